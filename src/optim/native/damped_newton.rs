//! Newton with Levenberg's damping: `w + lr*p`, `(H + λI) p = -g`, with λ large enough that the matrix is positive
//! definite, so that every step goes downhill and a saddle repels it.
//!
//! A step that does not lower the loss is not made: λ grows by a factor and the step is tried again. After a step, λ
//! shrinks by the factor where the parabola foretold the loss well (at least 3/4 of it) and grows where it did not (less
//! than 1/4). Sources: Levenberg 1944; Goldfeld, Quandt & Trotter 1966; the quarters are those of trust regions
//! (Nocedal & Wright, algorithm 4.1). λ is a state, and so is the direction tried last.

use std::sync::Arc;

use crate::num::linalg::{Cholesky, dot, norm_max};
use crate::objective::{Counts, Evaluator, Objective};
use crate::optim::stepper::{Eval, Layout, Slot, State, Stepper};

/// How often λ may grow within one step before the ball stays where it is.
const TRIALS: usize = 60;
/// A relative change of the loss that may be rounding.
const ROUNDING: f64 = 1e-14;

pub(super) struct DampedNewton {
    evaluator: Evaluator,
    damping: f64,
    factor: f64,
    gradient: Vec<f64>,
    hessian: Vec<f64>,
    damped: Vec<f64>,
    downhill: Vec<f64>,
    trial: Vec<f64>,
    slots: Vec<Slot>,
}

impl DampedNewton {
    pub(super) fn new(objective: Arc<dyn Objective>, damping: f64, factor: f64) -> Self {
        let n = objective.dimension();
        let mut layout = Layout::default();
        layout.add("lambda", 1);
        layout.add("d", n);
        Self {
            evaluator: Evaluator::new(objective),
            damping,
            factor,
            gradient: vec![0.0; n],
            hessian: vec![0.0; n * n],
            damped: vec![0.0; n * n],
            downhill: vec![0.0; n],
            trial: vec![0.0; n],
            slots: layout.done().0,
        }
    }

    /// The solution of `(H + λI) p = -g`, if that matrix is positive definite.
    fn direction(&mut self, lambda: f64) -> Option<Vec<f64>> {
        let n = self.downhill.len();
        self.damped.copy_from_slice(&self.hessian);
        self.damped.iter_mut().step_by(n + 1).for_each(|diagonal| *diagonal += lambda);
        let p = Cholesky::new(n, &self.damped).ok()?.solve(&self.downhill);
        p.iter().all(|x| x.is_finite()).then_some(p)
    }
}

/// What the parabola says the step `lr*p` saves; positive.
fn foretold(gradient: &[f64], hessian: &[f64], p: &[f64], lr: f64) -> f64 {
    let bend: f64 = p.iter().zip(hessian.chunks_exact(p.len())).map(|(x, row)| x * dot(row, p)).sum();
    -lr * dot(gradient, p) - 0.5 * lr * lr * bend
}

impl Stepper for DampedNewton {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], _: f64) -> State {
        let mut memory = vec![0.0; 1 + w.len()];
        memory[0] = self.damping;
        State { t: 0, w: w.to_vec(), memory }
    }

    fn step(&mut self, state: &mut State, at: &Eval, lr: f64) -> Counts {
        state.t += 1;
        let loss = self.evaluator.hessian(&state.w, &mut self.gradient, &mut self.hessian);
        for (d, g) in self.downhill.iter_mut().zip(&at.gradient) {
            *d = -g;
        }
        let scale = norm_max(&self.hessian);
        let mut lambda = state.memory[0];
        // Growing by the factor must get off the ground, and reach the size of the Hessian in a few steps.
        let grown = |lambda: f64, factor: f64| (lambda * factor).max(1e-3 * scale).max(f64::MIN_POSITIVE);
        for _ in 0..TRIALS {
            if self.downhill.iter().all(|&g| g == 0.0) {
                break;
            }
            let Some(p) = self.direction(lambda) else {
                lambda = grown(lambda, self.factor);
                continue;
            };
            for ((trial, w), p) in self.trial.iter_mut().zip(&state.w).zip(&p) {
                *trial = w + lr * p;
            }
            let saved = loss - self.evaluator.value(&self.trial);
            let promised = foretold(&at.gradient, &self.hessian, &p, lr);
            // At the bottom both are rounding, and the Hessian knows better than their difference.
            let tiny = promised.abs() <= ROUNDING * loss.abs() && saved.abs() <= ROUNDING * loss.abs();
            state.memory[1..].copy_from_slice(&p);
            if (saved > 0.0 && saved.is_finite()) || tiny {
                state.w.copy_from_slice(&self.trial);
                if saved >= 0.75 * promised || tiny {
                    lambda /= self.factor;
                } else if saved < 0.25 * promised {
                    lambda = grown(lambda, self.factor);
                }
                break;
            }
            lambda = grown(lambda, self.factor);
        }
        state.memory[0] = lambda;
        self.evaluator.take_counts()
    }
}
