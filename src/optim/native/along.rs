//! The loss along a line from the iterate: what the methods with a Wolfe search share.

use std::sync::Arc;

use crate::num::linalg::dot;
use crate::objective::{Counts, Evaluator, Objective};
use crate::optim::line_search::{Probe, Wolfe};
use crate::optim::stepper::Eval;

/// An objective looked at along lines, with buffers.
pub(super) struct Along {
    evaluator: Evaluator,
    wolfe: Wolfe,
    trial: Vec<f64>,
    /// What was found at `trial`, the place probed last.
    last: Eval,
    /// Whether the last move went to `trial`.
    arrived: bool,
}

impl Along {
    pub(super) fn new(objective: Arc<dyn Objective>, c1: f64, c2: f64) -> Self {
        let n = objective.dimension();
        Self {
            evaluator: Evaluator::new(objective),
            wolfe: Wolfe { c1, c2 },
            trial: vec![0.0; n],
            last: Eval { loss: 0.0, gradient: vec![0.0; n] },
            arrived: false,
        }
    }

    /// Moves `w` along `direction` to where the strong Wolfe conditions hold. Returns the length and the slope at the
    /// start, or nothing (and `w` stays) if the direction does not lead down.
    pub(super) fn advance(&mut self, w: &mut [f64], at: &Eval, direction: &[f64], first: f64) -> Option<(f64, f64)> {
        self.arrived = false;
        let slope = dot(&at.gradient, direction);
        if slope >= 0.0 || !slope.is_finite() {
            return None;
        }
        let origin = Probe { step: 0.0, value: at.loss, slope };
        let (evaluator, trial, last) = (&mut self.evaluator, &mut self.trial, &mut self.last);
        let mut probed = 0.0;
        let found = self.wolfe.search(origin, first, |step| {
            probed = step;
            for ((trial, w), d) in trial.iter_mut().zip(&*w).zip(direction) {
                *trial = w + step * d;
            }
            last.loss = evaluator.gradient(trial, &mut last.gradient);
            Probe { step, value: last.loss, slope: dot(&last.gradient, direction) }
        })?;
        for (w, d) in w.iter_mut().zip(direction) {
            *w += found.step * d;
        }
        self.arrived = found.step == probed;
        Some((found.step, slope))
    }

    pub(super) fn arrived(&self) -> Option<&Eval> {
        self.arrived.then_some(&self.last)
    }

    /// The evaluations since this was last asked.
    pub(super) fn take_counts(&mut self) -> Counts {
        self.evaluator.take_counts()
    }
}
