//! Values, gradients and Hessians of an objective at points, counted.

use std::sync::Arc;

use super::compiled::{Compiled, columns, gradient, hessian, value};
use super::{Counts, Objective};

/// Values, gradients and Hessians of one objective at points, counted. Each of the three is compiled at its first use;
/// after that nothing is allocated. Give every thread its own.
#[derive(Clone)]
pub struct Evaluator {
    objective: Arc<dyn Objective>,
    value: Option<Compiled>,
    gradient: Option<Compiled>,
    hessian: Option<Compiled>,
    /// The gradients of mini-batches, one for each size that occurs: usually two, the last of an epoch being shorter.
    batches: Vec<Compiled>,
    /// The rows of a mini-batch, a column each.
    chosen: Vec<Vec<f64>>,
    counts: Counts,
}

impl Evaluator {
    /// An evaluator that has compiled and counted nothing yet.
    pub fn new(objective: Arc<dyn Objective>) -> Self {
        Self {
            objective,
            value: None,
            gradient: None,
            hessian: None,
            batches: Vec::new(),
            chosen: Vec::new(),
            counts: Counts::ZERO,
        }
    }

    /// What is evaluated.
    pub fn objective(&self) -> &Arc<dyn Objective> {
        &self.objective
    }

    /// How many parameters the objective has.
    pub fn dimension(&self) -> usize {
        self.objective.dimension()
    }

    /// How many rows of data it has; 0 without data.
    pub fn rows(&self) -> usize {
        self.objective.data().map_or(0, |data| data.rows())
    }

    /// What was evaluated so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What was evaluated since this was last asked.
    pub fn take_counts(&mut self) -> Counts {
        std::mem::take(&mut self.counts)
    }

    /// The loss at `w`.
    ///
    /// # Panics
    ///
    /// As the methods below: when a slice is shorter than the dimension asks.
    pub fn value(&mut self, w: &[f64]) -> f64 {
        self.counts += Counts::VALUE;
        self.look(w)
    }

    /// The loss at `w` without counting it: for the record, not for whoever descends.
    pub fn look(&mut self, w: &[f64]) -> f64 {
        let compiled = self.value.get_or_insert_with(|| Compiled::new(&*self.objective, value));
        compiled.run(w, columns(&*self.objective))[0]
    }

    /// The loss at `w`; its gradient is written to `gradient`.
    pub fn gradient(&mut self, w: &[f64], gradient: &mut [f64]) -> f64 {
        self.counts += Counts::GRADIENT.over(self.rows());
        let n = self.objective.dimension();
        let compiled = self.gradient.get_or_insert_with(|| Compiled::new(&*self.objective, self::gradient));
        let out = compiled.run(w, columns(&*self.objective));
        gradient[..n].copy_from_slice(&out[1..=n]);
        out[0]
    }

    /// The loss at `w` over a mini-batch, the data's rows of these numbers; its gradient is written to `gradient`. Over no
    /// rows, or without data, both are nan.
    pub fn batch_gradient(&mut self, w: &[f64], rows: &[u32], gradient: &mut [f64]) -> f64 {
        self.counts += Counts::GRADIENT.over(rows.len());
        let n = self.objective.dimension();
        let columns = columns(&*self.objective);
        if rows.is_empty() || columns.is_empty() {
            gradient[..n].fill(f64::NAN);
            return f64::NAN;
        }
        let known = self.batches.iter().position(|compiled| compiled.rows() == Some(rows.len()));
        let place = known.unwrap_or_else(|| {
            self.batches.push(Compiled::over(&*self.objective, rows.len(), self::gradient));
            self.batches.len() - 1
        });
        self.chosen.resize(columns.len(), Vec::new());
        for (chosen, column) in self.chosen.iter_mut().zip(columns) {
            chosen.clear();
            chosen.extend(rows.iter().map(|&row| column[row as usize]));
        }
        let out = self.batches[place].run(w, &self.chosen);
        gradient[..n].copy_from_slice(&out[1..=n]);
        out[0]
    }

    /// The loss at `w`; its gradient is written to `gradient`, its Hessian, row by row, to `hessian`.
    pub fn hessian(&mut self, w: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> f64 {
        self.counts += Counts::HESSIAN.over(self.rows());
        let n = self.objective.dimension();
        let compiled = self.hessian.get_or_insert_with(|| Compiled::new(&*self.objective, self::hessian));
        let out = compiled.run(w, columns(&*self.objective));
        gradient[..n].copy_from_slice(&out[1..=n]);
        let mut next = n + 1;
        for i in 0..n {
            for j in i..n {
                hessian[i * n + j] = out[next];
                hessian[j * n + i] = out[next];
                next += 1;
            }
        }
        out[0]
    }

    /// The losses at many points: `w[k][lane]` is parameter `k` of point `lane`. For pictures: not counted.
    pub fn values(&mut self, w: &[&[f64]], out: &mut [f64]) {
        let compiled = self.value.get_or_insert_with(|| Compiled::new(&*self.objective, value));
        compiled.run_lanes(w, columns(&*self.objective), out.len(), &mut [out]);
    }

    /// The losses and gradients at many points: `gradient[k][lane]` is its component `k`. For pictures: not counted.
    pub fn gradients(&mut self, w: &[&[f64]], out: &mut [f64], gradient: &mut [&mut [f64]]) {
        let compiled = self.gradient.get_or_insert_with(|| Compiled::new(&*self.objective, self::gradient));
        let lanes = out.len();
        let mut outputs: Vec<&mut [f64]> = Vec::with_capacity(1 + gradient.len());
        outputs.push(out);
        outputs.extend(gradient.iter_mut().map(|column| &mut **column));
        compiled.run_lanes(w, columns(&*self.objective), lanes, &mut outputs);
    }
}
