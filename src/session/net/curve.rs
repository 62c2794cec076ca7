//! The losses over the steps: measured at the end of epochs, over all the data, as many as can be seen.

use crate::nn::Measure;

/// What was measured at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// The mini-batch steps made.
    pub step: usize,
    /// The epoch that begins there.
    pub epoch: usize,
    /// Over the training data.
    pub train: Measure,
    /// Over the test data; none where there is none.
    pub test: Option<Measure>,
}

/// The measured points, in order. There are never more than [`Curve::MOST`]: beyond that only every second epoch, then
/// every fourth, is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    points: Vec<CurvePoint>,
    /// Every how many epochs one is kept.
    stride: usize,
}

impl Default for Curve {
    fn default() -> Self {
        Self { points: Vec::new(), stride: 1 }
    }
}

impl Curve {
    /// The most points that are kept.
    pub const MOST: usize = 2048;

    /// The points.
    pub fn points(&self) -> &[CurvePoint] {
        &self.points
    }

    /// Whether a point at the beginning of this epoch is wanted and not there yet.
    pub(super) fn wants(&self, epoch: usize, step: usize) -> bool {
        epoch.is_multiple_of(self.stride) && self.points.last().is_none_or(|last| last.step < step)
    }

    /// Adds a point behind the last one.
    pub(super) fn push(&mut self, point: CurvePoint) {
        self.points.push(point);
        while self.points.len() > Self::MOST {
            self.stride *= 2;
            let stride = self.stride;
            self.points.retain(|point| point.epoch.is_multiple_of(stride));
        }
    }

    /// Forgets what was measured after `step` steps.
    pub(super) fn cut(&mut self, step: usize) {
        self.points.retain(|point| point.step <= step);
    }
}
