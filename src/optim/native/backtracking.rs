//! Gradient descent that tries a long step and shortens it until the loss has fallen enough (Armijo 1966):
//! `f(w - αg) <= f(w) - c₁·α·‖g‖²`, α = lr, τ·lr, τ²·lr …
//!
//! If no step down to the limit satisfies this (at a minimum to working precision, or at a kink), the ball stays.

use std::sync::Arc;

use crate::num::linalg::dot;
use crate::objective::{Counts, Evaluator, Objective};
use crate::optim::stepper::{Eval, Layout, Slot, State, Stepper};

/// How often a step is shortened at most.
const TRIALS: usize = 200;

pub(super) struct Backtracking {
    evaluator: Evaluator,
    c1: f64,
    shrink: f64,
    trial: Vec<f64>,
    slots: Vec<Slot>,
}

impl Backtracking {
    pub(super) fn new(objective: Arc<dyn Objective>, c1: f64, shrink: f64) -> Self {
        let trial = vec![0.0; objective.dimension()];
        let mut layout = Layout::default();
        layout.add("alpha", 1);
        Self { evaluator: Evaluator::new(objective), c1, shrink, trial, slots: layout.done().0 }
    }
}

impl Stepper for Backtracking {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], _: f64) -> State {
        State { t: 0, w: w.to_vec(), memory: vec![0.0] }
    }

    fn step(&mut self, state: &mut State, at: &Eval, lr: f64) -> Counts {
        state.t += 1;
        let slope = dot(&at.gradient, &at.gradient);
        let mut alpha = lr;
        for _ in 0..TRIALS {
            for ((trial, w), g) in self.trial.iter_mut().zip(&state.w).zip(&at.gradient) {
                *trial = w - alpha * g;
            }
            // A step that moves nothing satisfies the condition by rounding and says so.
            if slope == 0.0 || self.trial == state.w {
                alpha = 0.0;
                break;
            }
            let value = self.evaluator.value(&self.trial);
            if value.is_finite() && value <= at.loss - self.c1 * alpha * slope {
                state.w.copy_from_slice(&self.trial);
                break;
            }
            alpha *= self.shrink;
        }
        state.memory[0] = alpha;
        self.evaluator.take_counts()
    }
}
