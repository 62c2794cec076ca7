//! Newton's method: the step to the critical point of the local parabola, `w - lr*H⁻¹g`.
//!
//! The system is solved in the Hessian's own axes: along each, slope over curvature. So a direction without any
//! curvature gives an infinite step, as the mathematics has it, or none where its slope is 0 as well; and one of
//! negative curvature leads uphill, to a saddle or a maximum. That is Newton's method as it is, undamped.

use std::sync::Arc;

use crate::num::linalg::{Eigen, dot, eigen, eigen2};
use crate::objective::{Counts, Evaluator, Objective};
use crate::optim::stepper::{Eval, Layout, Slot, State, Stepper};

pub(super) struct Newton {
    evaluator: Evaluator,
    gradient: Vec<f64>,
    hessian: Vec<f64>,
    slots: Vec<Slot>,
}

impl Newton {
    pub(super) fn new(objective: Arc<dyn Objective>) -> Self {
        let n = objective.dimension();
        let mut layout = Layout::default();
        layout.add("d", n);
        let slots = layout.done().0;
        Self { evaluator: Evaluator::new(objective), gradient: vec![0.0; n], hessian: vec![0.0; n * n], slots }
    }
}

impl Stepper for Newton {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], _: f64) -> State {
        State { t: 0, w: w.to_vec(), memory: vec![0.0; w.len()] }
    }

    fn step(&mut self, state: &mut State, at: &Eval, lr: f64) -> Counts {
        self.evaluator.hessian(&state.w, &mut self.gradient, &mut self.hessian);
        newton_direction(&self.hessian, &at.gradient, &mut state.memory);
        for (w, d) in state.w.iter_mut().zip(&state.memory) {
            *w += lr * d;
        }
        state.t += 1;
        self.evaluator.take_counts()
    }
}

/// `-H⁻¹g`, along the axes of `H`.
fn newton_direction(hessian: &[f64], gradient: &[f64], direction: &mut [f64]) {
    let along = |slope: f64, curvature: f64| if slope == 0.0 { 0.0 } else { -slope / curvature };
    match (hessian, gradient) {
        (&[curvature], &[slope]) => direction[0] = along(slope, curvature),
        (&[a, b, _, d], &[gx, gy]) => {
            let axes = eigen2(a, b, d);
            let steps = [0, 1].map(|k| {
                let [x, y] = axes.vectors[k];
                along(x * gx + y * gy, axes.values[k])
            });
            for (i, out) in direction.iter_mut().enumerate() {
                // An axis on which nothing moves must not turn an infinite step elsewhere into nan.
                *out = (0..2).filter(|&k| axes.vectors[k][i] != 0.0).map(|k| steps[k] * axes.vectors[k][i]).sum();
            }
        }
        _ => {
            let Eigen { values, vectors } = eigen(gradient.len(), hessian);
            direction.fill(0.0);
            for (value, vector) in values.iter().zip(&vectors) {
                let step = along(dot(vector, gradient), *value);
                for (out, x) in direction.iter_mut().zip(vector).filter(|(_, x)| **x != 0.0) {
                    *out += step * x;
                }
            }
        }
    }
}
