//! What a descent is made of, and what can be wrong with it.

use std::sync::Arc;

use super::{Noise, StopRule};
use crate::objective::{Batch, Dealer, Objective};
use crate::optim::{BindError, Method, OptimizerSpec};
use crate::schedule::Schedule;

/// Everything that decides a descent: equal specs give equal histories, bit for bit, on every machine.
#[derive(Clone)]
pub struct Spec {
    /// What is minimized.
    pub objective: Arc<dyn Objective>,
    /// The update rule.
    pub optimizer: Arc<OptimizerSpec>,
    /// The values of the rule's hyperparameters in their order; the first is the rate.
    pub settings: Vec<f64>,
    /// What changes the rate from update to update; none keeps it.
    pub schedule: Option<Schedule>,
    /// Where it starts: as many numbers as the objective has parameters.
    pub start: Vec<f64>,
    /// What is added to the gradients.
    pub noise: Noise,
    /// The rows of data that each gradient sees; means nothing without data.
    pub batch: Batch,
    /// When it ends before the limit.
    pub stop: StopRule,
    /// How many steps are made at most.
    pub limit: usize,
}

/// Why there is no such descent.
#[derive(Clone, Debug, PartialEq)]
pub enum SpecError {
    /// The start has too few or too many numbers.
    Dimension {
        /// The parameters of the objective.
        wanted: usize,
        /// The numbers of the start.
        found: usize,
    },
    /// A number of the start is not finite.
    Start {
        /// Which, from 0.
        component: usize,
        /// What it is.
        value: f64,
    },
    /// The standard deviation of the noise is negative or not finite.
    Noise(f64),
    /// More steps than can be kept: their history would not fit [`MAX_BYTES`], or they are more than [`MAX_STEPS`].
    TooManySteps {
        /// How many were asked for.
        asked: usize,
        /// How many are possible here.
        limit: usize,
    },
    /// The settings mean nothing, or the rule cannot be compiled.
    Optimizer(BindError),
}

/// The largest number of steps of any descent.
pub const MAX_STEPS: usize = 10_000_000;
/// The largest history in bytes: 1 GiB.
pub const MAX_BYTES: usize = 1 << 30;

impl Spec {
    /// Whether the numbers can be used, apart from the optimizer's settings; `row_bytes` is the size of a row.
    pub(super) fn check(&self, row_bytes: usize) -> Result<(), SpecError> {
        let wanted = self.objective.dimension();
        if self.start.len() != wanted {
            return Err(SpecError::Dimension { wanted, found: self.start.len() });
        }
        if let Some(component) = self.start.iter().position(|w| !w.is_finite()) {
            return Err(SpecError::Start { component, value: self.start[component] });
        }
        if !(self.noise.sigma >= 0.0 && self.noise.sigma.is_finite()) {
            return Err(SpecError::Noise(self.noise.sigma));
        }
        let limit = MAX_STEPS.min(MAX_BYTES / row_bytes.max(1));
        if self.limit > limit {
            return Err(SpecError::TooManySteps { asked: self.limit, limit });
        }
        Ok(())
    }

    /// The mini-batches of the descent; none where every gradient is that of all the data: native methods see all of it.
    pub(super) fn batches(&self) -> Option<Dealer> {
        let rows = self.objective.data()?.rows();
        let rule = matches!(self.optimizer.method, Method::Rule { .. });
        (rule && !self.batch.is_full(rows)).then(|| Dealer::new(self.batch, rows))
    }

    /// The rate before any schedule.
    pub fn rate(&self) -> f64 {
        self.settings.first().copied().unwrap_or(f64::NAN)
    }
}
