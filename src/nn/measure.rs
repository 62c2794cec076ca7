//! Measures: the loss over data as it is, without dropped neurons, and the share of rows that are told rightly.

use super::architecture::Architecture;
use super::dataset::Dataset;
use super::pass::{Aim, Measuring};
use super::precision::Real;
use super::share::measured_rows;
use super::targets::Reading;

/// How well a net does on data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The loss over all the rows, penalty included.
    pub loss: f64,
    /// The same without the penalty.
    pub data_loss: f64,
    /// The share of rows that are told rightly; none where the targets are no classes.
    pub accuracy: Option<f64>,
}

/// Measures with plans that are kept.
pub(super) struct Measurer<T> {
    most: usize,
    /// For whole pieces and for the last one.
    plans: Vec<Measuring<T>>,
}

impl<T: Real> Measurer<T> {
    pub(super) fn new(architecture: &Architecture) -> Self {
        Self { most: measured_rows(architecture), plans: Vec::new() }
    }

    /// Measures a net on data; nan where the loss cannot read them, or there are none.
    pub(super) fn measure(&mut self, architecture: &Architecture, aim: Aim, data: &Dataset, weights: &[T]) -> Measure {
        let nothing = Measure { loss: f64::NAN, data_loss: f64::NAN, accuracy: None };
        let (rows, outputs) = (data.rows(), architecture.outputs());
        let fits = rows > 0 && data.inputs() == architecture.inputs;
        let Some(reading) = Reading::new(aim.loss, data, outputs).ok().filter(|_| fits) else { return nothing };
        let (mut sum, mut penalty, mut right) = (0.0, 0.0, Some(0));
        let mut next = 0;
        while next < rows {
            let end = rows.min(next + self.most);
            let piece: Vec<u32> = (next as u32..end as u32).collect();
            let part = self.plan(architecture, end - next, aim).run(data, reading, &piece, weights);
            sum += part.sum;
            penalty = part.penalty;
            right = right.zip(part.right).map(|(right, more)| right + more);
            next = end;
        }
        let data_loss = sum / aim.loss.count(rows, outputs) as f64;
        let accuracy = right.map(|right| right as f64 / rows as f64);
        Measure { loss: data_loss + penalty, data_loss, accuracy }
    }

    fn plan(&mut self, architecture: &Architecture, rows: usize, aim: Aim) -> &mut Measuring<T> {
        let at = self.plans.iter().position(|plan| plan.is_for(rows, aim)).unwrap_or_else(|| {
            // Training data and test data have a last piece each.
            if self.plans.len() >= 4 {
                self.plans.clear();
            }
            self.plans.push(Measuring::new(architecture, rows, aim));
            self.plans.len() - 1
        });
        &mut self.plans[at]
    }
}
