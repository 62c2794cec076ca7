//! One thread's share of a batch: its rows, in pieces that fit the caches, and the gradient of them all.

use super::architecture::Architecture;
use super::dataset::Dataset;
use super::dropout::Dropout;
use super::pass::{Aim, Backward, Whole};
use super::precision::Real;
use super::targets::Reading;

/// A piece holds at most so many activations: a few megabytes.
const PIECE: usize = 1 << 20;
/// A piece has at least so many rows, where there are as many, so that products stay matrix products.
const LEAST: usize = 128;

/// How many rows of a net are computed at once at most.
pub(super) fn piece_rows(architecture: &Architecture) -> usize {
    let units: usize = architecture.layers.iter().map(|layer| layer.units).sum();
    (PIECE / (architecture.inputs + units).max(1)).max(LEAST)
}

/// The same where nothing is learned: less memory, as nothing is kept for the way back.
pub(super) fn measured_rows(architecture: &Architecture) -> usize {
    (piece_rows(architecture) / 4).max(LEAST)
}

/// What the shares of a batch have in common.
#[derive(Clone, Copy)]
pub(super) struct Task<'a, T> {
    pub(super) architecture: &'a Architecture,
    pub(super) aim: Aim,
    pub(super) data: &'a Dataset,
    pub(super) reading: Reading,
    pub(super) weights: &'a [T],
    /// The rows of the whole batch.
    pub(super) rows: &'a [u32],
    /// Which neurons are dropped; none are where nothing is said.
    pub(super) dropout: Option<Dropout>,
}

/// The passes of one thread and what they gave.
pub(super) struct Share<T> {
    /// By the number of rows, with and without dropped neurons.
    passes: Vec<(Backward<T>, bool)>,
    pub(super) gradient: Vec<T>,
    /// The gradient of a further piece.
    spare: Vec<T>,
    pub(super) loss: T,
}

impl<T: Real> Share<T> {
    pub(super) fn new(parameters: usize) -> Self {
        Self { passes: Vec::new(), gradient: vec![T::default(); parameters], spare: Vec::new(), loss: T::default() }
    }

    /// Forgets what was compiled: the loss is another one.
    pub(super) fn forget(&mut self) {
        self.passes.clear();
    }

    /// Computes this share's part of the loss and the gradient: rows `from..to` of the batch.
    pub(super) fn work(&mut self, task: &Task<'_, T>, from: usize, to: usize) {
        let whole = Whole { rows: task.rows.len() };
        let most = piece_rows(task.architecture);
        self.loss = T::default();
        if from >= to {
            self.gradient.fill(T::default());
        }
        let mut next = from;
        while next < to {
            let end = to.min(next + most);
            let at = self.pass(task, end - next);
            let (pass, _) = &mut self.passes[at];
            pass.data.gather(task.data, task.reading, &task.rows[next..end]);
            if let Some(dropout) = task.dropout {
                dropout.fill(next, end - next, &mut pass.masks);
            }
            if next == from {
                self.loss = pass.run(whole, task.weights, &mut self.gradient);
            } else {
                self.spare.resize(self.gradient.len(), T::default());
                self.loss = self.loss + pass.run(whole, task.weights, &mut self.spare);
                add(&mut self.gradient, &self.spare);
            }
            next = end;
        }
    }

    /// The place of the pass for so many rows.
    fn pass(&mut self, task: &Task<'_, T>, rows: usize) -> usize {
        let dropped = task.dropout.is_some();
        let known = self.passes.iter().position(|(pass, drops)| pass.data.rows() == rows && *drops == dropped);
        known.unwrap_or_else(|| {
            self.passes.push((Backward::new(task.architecture, rows, task.aim, dropped), dropped));
            self.passes.len() - 1
        })
    }
}

/// `sum += more`.
pub(super) fn add<T: Real>(sum: &mut [T], more: &[T]) {
    for (sum, &more) in sum.iter_mut().zip(more) {
        *sum = *sum + more;
    }
}
