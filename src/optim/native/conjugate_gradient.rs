//! Nonlinear conjugate gradient: `d = -g + β·d`, with Polak and Ribière's `β = g·(g - g_last)/g_last²`, never negative
//! (β⁺: Powell 1984; Gilbert & Nocedal 1992), and a search along `d` for the strong Wolfe conditions.
//!
//! Where β is 0, where `d` would not lead down, and after a search that finds nothing, it starts afresh along the
//! gradient. The first length ever tried is `lr`; later ones expect the same first-order decrease as the step before
//! (Nocedal & Wright, section 3.5). Source: Polak & Ribière 1969; Nocedal & Wright, section 5.2.

use std::sync::Arc;

use super::along::Along;
use crate::num::linalg::dot;
use crate::objective::{Counts, Objective};
use crate::optim::stepper::{Eval, Layout, Slot, State, Stepper};

pub(super) struct ConjugateGradient {
    along: Along,
    n: usize,
    slots: Vec<Slot>,
    len: usize,
}

impl ConjugateGradient {
    pub(super) fn new(objective: Arc<dyn Objective>, c1: f64, c2: f64) -> Self {
        let n = objective.dimension();
        let mut layout = Layout::default();
        layout.add("alpha", 1);
        layout.add("slope", 1);
        layout.add("beta", 1);
        layout.add("g_last", n);
        layout.add("d", n);
        let (slots, len) = layout.done();
        Self { along: Along::new(objective, c1, c2), n, slots, len }
    }
}

impl Stepper for ConjugateGradient {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], _: f64) -> State {
        State { t: 0, w: w.to_vec(), memory: vec![0.0; self.len] }
    }

    fn step(&mut self, state: &mut State, at: &Eval, lr: f64) -> Counts {
        state.t += 1;
        let [alpha, last_slope, beta, rest @ ..] = &mut state.memory[..] else { return Counts::ZERO };
        let Some((g_last, d)) = rest.split_at_mut_checked(self.n) else { return Counts::ZERO };
        let g = &at.gradient;
        let before = dot(g_last, g_last);
        *beta = if before > 0.0 { ((dot(g, g) - dot(g, g_last)) / before).max(0.0) } else { 0.0 };
        for (d, g) in d.iter_mut().zip(g) {
            *d = *beta * *d - g;
        }
        let mut slope = dot(g, d);
        if slope >= 0.0 && *beta != 0.0 {
            *beta = 0.0;
            d.iter_mut().zip(g).for_each(|(d, g)| *d = -g);
            slope = dot(g, d);
        }
        let first = if *alpha > 0.0 { *alpha * (*last_slope / slope).clamp(1e-3, 1e3) } else { lr };
        g_last.copy_from_slice(g);
        match self.along.advance(&mut state.w, at, d, first) {
            Some((length, _)) => (*alpha, *last_slope) = (length, slope),
            None => {
                // Nothing is known of this place any more: the next step is the first.
                *alpha = 0.0;
                g_last.fill(0.0);
            }
        }
        self.along.take_counts()
    }

    fn arrived(&self) -> Option<&Eval> {
        self.along.arrived()
    }
}
