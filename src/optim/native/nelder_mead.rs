//! Nelder and Mead's simplex: `n + 1` corners that tumble downhill, looking at values only.
//!
//! One step is one round: reflect the worst corner through the middle of the others; stretch it if that was the best
//! yet, contract if it was no help, and if even that fails draw all corners in around the best one. The order of the
//! tests and of equal corners is that of Lagarias, Reeds, Wright & Wright 1998. The iterate is the best corner. The
//! first simplex has the start as a corner and the others `lr` away along each axis; they are evaluated in the first
//! step. The gradient that comes with a step is not looked at. Source: Nelder & Mead 1965.

use std::sync::Arc;

use crate::objective::{Counts, Evaluator, Objective};
use crate::optim::stepper::{Eval, Layout, Slot, State, Stepper};

pub(super) struct NelderMead {
    evaluator: Evaluator,
    reflection: f64,
    expansion: f64,
    contraction: f64,
    shrink: f64,
    n: usize,
    middle: Vec<f64>,
    reflected: Vec<f64>,
    other: Vec<f64>,
    slots: Vec<Slot>,
}

impl NelderMead {
    pub(super) fn new(objective: Arc<dyn Objective>, [reflection, expansion, contraction, shrink]: [f64; 4]) -> Self {
        let n = objective.dimension();
        let mut layout = Layout::default();
        for k in 0..=n {
            layout.add(format!("corner_{}", k + 1), n);
        }
        layout.add("values", n + 1);
        let evaluator = Evaluator::new(objective);
        let [middle, reflected, other] = [vec![0.0; n], vec![0.0; n], vec![0.0; n]];
        let slots = layout.done().0;
        Self { evaluator, reflection, expansion, contraction, shrink, n, middle, reflected, other, slots }
    }

    /// The loss at a corner.
    fn value(&mut self, at: &[f64]) -> f64 {
        walled(self.evaluator.value(at))
    }

    /// One round on sorted corners.
    fn round(&mut self, corners: &mut [f64], values: &mut [f64]) {
        let n = self.n;
        let (others, worst) = corners.split_at_mut(n * n);
        for (i, middle) in self.middle.iter_mut().enumerate() {
            *middle = others.iter().skip(i).step_by(n).sum::<f64>() / n as f64;
        }
        let mut reflected = std::mem::take(&mut self.reflected);
        let mut other = std::mem::take(&mut self.other);
        toward(&self.middle, worst, -self.reflection, &mut reflected);
        let value = self.value(&reflected);
        let (best, second_worst) = (values[0], values[n - 1]);
        let accepted = if value < best {
            toward(&self.middle, &reflected, self.expansion, &mut other);
            let stretched = self.value(&other);
            if stretched < value { Some((&other, stretched)) } else { Some((&reflected, value)) }
        } else if value < second_worst {
            Some((&reflected, value))
        } else {
            let outside = value < values[n];
            let (from, limit) = if outside { (&reflected[..], value) } else { (&*worst, values[n]) };
            toward(&self.middle, from, self.contraction, &mut other);
            let contracted = self.value(&other);
            let good = if outside { contracted <= limit } else { contracted < limit };
            good.then_some((&other, contracted))
        };
        if let Some((corner, value)) = accepted {
            worst.copy_from_slice(corner);
            values[n] = value;
        }
        let failed = accepted.is_none();
        (self.reflected, self.other) = (reflected, other);
        if failed {
            let (best, rest) = corners.split_at_mut(n);
            for (corner, value) in rest.chunks_exact_mut(n).zip(&mut values[1..]) {
                corner.iter_mut().zip(&*best).for_each(|(x, b)| *x = b + self.shrink * (*x - b));
                *value = self.value(corner);
            }
        }
    }
}

/// Where the loss is not finite, no corner wants to be.
fn walled(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::INFINITY }
}

/// `middle + factor*(from - middle)`
fn toward(middle: &[f64], from: &[f64], factor: f64, out: &mut [f64]) {
    for ((out, m), x) in out.iter_mut().zip(middle).zip(from) {
        *out = m + factor * (x - m);
    }
}

/// Best corner first; a corner that came later stands behind its equals.
fn sort(n: usize, corners: &mut [f64], values: &mut [f64]) {
    for end in 1..values.len() {
        let mut k = end;
        while k > 0 && values[k] < values[k - 1] {
            values.swap(k, k - 1);
            let (a, b) = corners[(k - 1) * n..(k + 1) * n].split_at_mut(n);
            a.swap_with_slice(b);
            k -= 1;
        }
    }
}

impl Stepper for NelderMead {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], lr: f64) -> State {
        let n = self.n;
        let mut memory = w.repeat(n + 1);
        for (k, corner) in memory.chunks_exact_mut(n.max(1)).skip(1).enumerate() {
            corner[k] += lr;
        }
        memory.resize(n * (n + 1) + n + 1, f64::NAN);
        State { t: 0, w: w.to_vec(), memory }
    }

    fn step(&mut self, state: &mut State, at: &Eval, _: f64) -> Counts {
        let n = self.n;
        let (corners, values) = state.memory.split_at_mut(n * (n + 1));
        if state.t == 0 {
            values[0] = walled(at.loss);
            for (corner, value) in corners.chunks_exact(n).zip(values.iter_mut()).skip(1) {
                *value = self.value(corner);
            }
            sort(n, corners, values);
        }
        self.round(corners, values);
        sort(n, corners, values);
        state.w.copy_from_slice(&corners[..n]);
        state.t += 1;
        self.evaluator.take_counts()
    }
}
