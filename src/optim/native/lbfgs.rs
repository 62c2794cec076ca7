//! L-BFGS: the direction `-H⁻¹g`, with `H⁻¹` built from the last `m` steps by the two-loop recursion, then a search
//! along it for the strong Wolfe conditions.
//!
//! Source: Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright, algorithms 7.4 and 7.5, with their scaling `sᵀy/yᵀy` of
//! the first matrix. The first length tried is `lr`, in the very first step `lr/max(1, ‖g‖₁)`, since the gradient has no
//! natural length yet. A pair without positive curvature is not kept. After a search that finds nothing all pairs are
//! dropped, and the next step starts afresh along the gradient.

use std::sync::Arc;

use super::along::Along;
use crate::num::linalg::dot;
use crate::objective::{Counts, Objective};
use crate::optim::stepper::{Eval, Layout, Slot, State, Stepper};

/// A pair is kept if `sᵀy` exceeds this share of `‖s‖‖y‖`.
const CURVED: f64 = 1e-12;

pub(super) struct Lbfgs {
    along: Along,
    history: usize,
    n: usize,
    /// The first loop's factors, one per pair.
    alpha: Vec<f64>,
    slots: Vec<Slot>,
    len: usize,
}

/// [`State::memory`] by its parts; the pairs lie in rings.
struct Memory<'a> {
    /// How many pairs were ever kept since the last fresh start.
    pairs: &'a mut f64,
    w_last: &'a mut [f64],
    g_last: &'a mut [f64],
    direction: &'a mut [f64],
    s: &'a mut [f64],
    y: &'a mut [f64],
}

impl Lbfgs {
    pub(super) fn new(objective: Arc<dyn Objective>, history: usize, c1: f64, c2: f64) -> Self {
        let n = objective.dimension();
        let history = history.max(1);
        let mut layout = Layout::default();
        layout.add("pairs", 1);
        for name in ["w_last", "g_last", "d"] {
            layout.add(name, n);
        }
        for name in ["s", "y"] {
            for k in 1..=history {
                layout.add(format!("{name}_{k}"), n);
            }
        }
        let (slots, len) = layout.done();
        Self { along: Along::new(objective, c1, c2), history, n, alpha: vec![0.0; history], slots, len }
    }

    fn parts<'a>(&self, memory: &'a mut [f64]) -> Option<Memory<'a>> {
        let n = self.n;
        let (pairs, rest) = memory.split_first_mut()?;
        let (w_last, rest) = rest.split_at_mut_checked(n)?;
        let (g_last, rest) = rest.split_at_mut_checked(n)?;
        let (direction, rest) = rest.split_at_mut_checked(n)?;
        let (s, y) = rest.split_at_mut_checked(n * self.history)?;
        Some(Memory { pairs, w_last, g_last, direction, s, y })
    }

    /// Keeps the step that led here and what it did to the gradient.
    fn learn(&self, memory: &mut Memory<'_>, w: &[f64], gradient: &[f64]) {
        let n = self.n;
        let place = *memory.pairs as usize % self.history * n;
        let (mut ss, mut sy, mut yy) = (0.0, 0.0, 0.0);
        for i in 0..n {
            let (s, y) = (w[i] - memory.w_last[i], gradient[i] - memory.g_last[i]);
            ss += s * s;
            sy += s * y;
            yy += y * y;
        }
        if sy > CURVED * (ss * yy).sqrt() {
            for i in 0..n {
                memory.s[place + i] = w[i] - memory.w_last[i];
                memory.y[place + i] = gradient[i] - memory.g_last[i];
            }
            *memory.pairs += 1.0;
        }
    }

    /// The two loops: `-H⁻¹g` into `memory.direction`.
    fn direction(&mut self, memory: &mut Memory<'_>, gradient: &[f64]) {
        let n = self.n;
        let total = *memory.pairs as usize;
        let oldest = total.saturating_sub(self.history);
        let d = &mut *memory.direction;
        for (d, g) in d.iter_mut().zip(gradient) {
            *d = -g;
        }
        let pair = |k: usize| {
            let place = k % self.history * n;
            (&memory.s[place..place + n], &memory.y[place..place + n])
        };
        for k in (oldest..total).rev() {
            let (s, y) = pair(k);
            let alpha = dot(s, d) / dot(s, y);
            self.alpha[k - oldest] = alpha;
            d.iter_mut().zip(y).for_each(|(d, y)| *d -= alpha * y);
        }
        if let Some(newest) = total.checked_sub(1) {
            let (s, y) = pair(newest);
            let scale = dot(s, y) / dot(y, y);
            d.iter_mut().for_each(|d| *d *= scale);
        }
        for k in oldest..total {
            let (s, y) = pair(k);
            let beta = dot(y, d) / dot(s, y);
            let alpha = self.alpha[k - oldest];
            d.iter_mut().zip(s).for_each(|(d, s)| *d += (alpha - beta) * s);
        }
    }
}

impl Stepper for Lbfgs {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], _: f64) -> State {
        State { t: 0, w: w.to_vec(), memory: vec![0.0; self.len] }
    }

    fn step(&mut self, state: &mut State, at: &Eval, lr: f64) -> Counts {
        let t = state.t;
        state.t += 1;
        let Some(mut memory) = self.parts(&mut state.memory) else { return Counts::ZERO };
        if t > 0 {
            self.learn(&mut memory, &state.w, &at.gradient);
        }
        self.direction(&mut memory, &at.gradient);
        if dot(memory.direction, &at.gradient) >= 0.0 {
            *memory.pairs = 0.0;
            self.direction(&mut memory, &at.gradient);
        }
        let first =
            if *memory.pairs == 0.0 { lr / at.gradient.iter().map(|g| g.abs()).sum::<f64>().max(1.0) } else { lr };
        memory.w_last.copy_from_slice(&state.w);
        memory.g_last.copy_from_slice(&at.gradient);
        if self.along.advance(&mut state.w, at, memory.direction, first).is_none() {
            *memory.pairs = 0.0;
        }
        self.along.take_counts()
    }

    fn arrived(&self) -> Option<&Eval> {
        self.along.arrived()
    }
}
