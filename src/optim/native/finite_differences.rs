//! Plain descent with the slope measured instead of derived: `(f(w + h·eᵢ) - f(w))/h` for one weight after the other.
//!
//! This is the naive way, on purpose: two forward passes for every weight in every step, an error of order `h` from the
//! bend of the loss and one of order `ε/h` from rounding. The gradient that comes with a step is not looked at; what
//! was measured is kept in the state, so that it can be drawn beside the true one.

use std::sync::Arc;

use crate::objective::{Counts, Evaluator, Objective};
use crate::optim::stepper::{Eval, Layout, Slot, State, Stepper};

pub(super) struct FiniteDifferences {
    evaluator: Evaluator,
    h: f64,
    nudged: Vec<f64>,
    slots: Vec<Slot>,
}

impl FiniteDifferences {
    pub(super) fn new(objective: Arc<dyn Objective>, h: f64) -> Self {
        let n = objective.dimension();
        let mut layout = Layout::default();
        layout.add("slope", n);
        Self { evaluator: Evaluator::new(objective), h, nudged: vec![0.0; n], slots: layout.done().0 }
    }
}

impl Stepper for FiniteDifferences {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], _: f64) -> State {
        State { t: 0, w: w.to_vec(), memory: vec![0.0; w.len()] }
    }

    fn step(&mut self, state: &mut State, _: &Eval, lr: f64) -> Counts {
        for (i, slope) in state.memory.iter_mut().enumerate() {
            self.nudged.copy_from_slice(&state.w);
            self.nudged[i] += self.h;
            *slope = (self.evaluator.value(&self.nudged) - self.evaluator.value(&state.w)) / self.h;
        }
        for (w, slope) in state.w.iter_mut().zip(&state.memory) {
            *w -= lr * slope;
        }
        state.t += 1;
        self.evaluator.take_counts()
    }
}
