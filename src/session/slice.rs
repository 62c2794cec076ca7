//! A slice of a net's loss as what is descended: the net, its weights and rows of its data as they were, and a plane
//! through them. It holds all that it needs, so it stays when the net goes on.

use std::sync::Arc;

use super::edit::Edit;
use super::{Refusal, SurfaceChoice};
use crate::i18n::Localized;
use crate::nn::analysis::{LossSpec, Plane, SliceError, SliceObjective};
use crate::nn::{Architecture, Dataset, Layer, Loss, NameError, Penalty, Precision};
use crate::objective::{Batch, Evaluator};
use crate::surface::Surface;

/// All that decides a slice.
#[derive(Clone, Debug, PartialEq)]
pub struct NetSlice {
    /// What it is called.
    pub name: String,
    /// The layers of the net; the last one is the output.
    pub layers: Vec<Layer>,
    /// The loss.
    pub loss: Loss,
    /// What is added to it for the size of the weights.
    pub penalty: Penalty,
    /// The rows that the loss goes over.
    pub data: Arc<Dataset>,
    /// The plane through the weights.
    pub plane: Arc<Plane>,
    /// What is shown of it.
    pub range: [[f64; 2]; 2],
    /// Where descents start.
    pub start: [f64; 2],
}

/// Why there is no such slice.
#[derive(Clone, Debug, PartialEq)]
pub enum SliceProblem {
    /// The net is too large, or does not fit its data or the plane.
    Net(SliceError),
    /// A name that means nothing.
    Name(NameError),
    /// A row that does not fit the others, from 0.
    Row(usize),
    /// A range that is empty, or a start or a direction that is not finite.
    NotFinite,
}

impl NetSlice {
    /// How many rows a slice should go over, so that a field of losses is made while one waits.
    pub fn rows_for(architecture: &Architecture, rows: usize) -> usize {
        const WORK: usize = 20_000;
        (WORK / architecture.parameters().max(1)).clamp(20, 1000).min(rows)
    }

    /// The surface.
    ///
    /// # Errors
    /// A net that is too large, or does not fit its data or the plane.
    pub fn surface(&self) -> Result<Surface, SliceProblem> {
        let fits = |&[low, high]: &[f64; 2]| low < high && (high - low).is_finite();
        let plane = self.plane.origin.iter().chain(self.plane.axes.iter().flatten());
        if !self.range.iter().all(fits) || self.start.iter().chain(plane).any(|x| !x.is_finite()) {
            return Err(SliceProblem::NotFinite);
        }
        let spec = LossSpec {
            architecture: Architecture { inputs: self.data.inputs(), layers: self.layers.clone() },
            loss: self.loss,
            penalty: self.penalty,
            data: Arc::clone(&self.data),
            rows: None,
            precision: Precision::F64,
        };
        let objective = Arc::new(SliceObjective::new(&spec, Plane::clone(&self.plane)).map_err(SliceProblem::Net)?);
        let mut surface = Surface::foreign(Localized::same(&self.name), objective.clone(), self.range, self.start);
        surface.lr = rate(&mut Evaluator::new(objective), self.start);
        Ok(surface)
    }
}

impl Edit<'_> {
    pub(super) fn choose_slice(&mut self, slice: Box<NetSlice>) -> Result<(), Refusal> {
        let surface = slice.surface()?;
        self.document.surface = SurfaceChoice::Slice(slice);
        self.document.batch = Batch { size: 0, ..self.document.batch };
        (self.document.picture.heights, self.document.picture.relief) = (surface.scale.into(), surface.scale.into());
        self.settle(&surface);
        Ok(())
    }
}

/// A fifth of what the curvature at the start bears, in one digit; where the ground bends down or not at all, a tenth.
fn rate(evaluator: &mut Evaluator, start: [f64; 2]) -> f64 {
    let (mut slope, mut hessian) = ([0.0; 2], [0.0; 4]);
    evaluator.hessian(&start, &mut slope, &mut hessian);
    let largest = crate::num::linalg::eigen2(hessian[0], hessian[1], hessian[3]).values[1];
    let wanted = 0.4 / largest;
    if !(largest > 0.0 && wanted.is_finite()) {
        return 0.1;
    }
    let (mut power, mut digit) = (1.0_f64, wanted);
    while digit < 1.0 && power < 1e12 {
        (digit, power) = (digit * 10.0, power * 10.0);
    }
    while digit >= 10.0 && power > 1e-12 {
        (digit, power) = (digit / 10.0, power / 10.0);
    }
    digit.floor() / power
}
