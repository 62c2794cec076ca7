//! What a training is told: all that may change while it runs.

use super::loss::{Loss, Penalty};
use crate::objective::Batch;
use crate::optim::OptimizerSpec;
use crate::schedule::Schedule;

/// How steps are made.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// What is minimized.
    pub loss: Loss,
    /// What is added to it for the size of the weights.
    pub penalty: Penalty,
    /// The share of the hidden activations that a step leaves out; the others are raised for it. 0 for none.
    pub dropout: f64,
    /// The update rule.
    pub optimizer: OptimizerSpec,
    /// The values of its hyperparameters; the first is the rate.
    pub settings: Vec<f64>,
    /// What changes the rate from update to update.
    pub schedule: Option<Schedule>,
    /// How many rows a step sees, and in which order. Its seed is also that of the dropped neurons.
    pub batch: Batch,
    /// Whether the rows are shuffled anew for each epoch; else they are dealt in their order.
    pub shuffle: bool,
}

impl Recipe {
    /// A recipe with an optimizer's own settings: no penalty, no schedule, all rows at once.
    pub fn new(loss: Loss, optimizer: &OptimizerSpec) -> Self {
        Self {
            loss,
            penalty: Penalty::default(),
            dropout: 0.0,
            settings: optimizer.defaults(),
            optimizer: optimizer.clone(),
            schedule: None,
            batch: Batch::default(),
            shuffle: true,
        }
    }

    /// The rate before any schedule.
    pub fn rate(&self) -> f64 {
        self.settings.first().copied().unwrap_or(f64::NAN)
    }
}
