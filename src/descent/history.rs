//! The exact history of a descent in flat storage: every row and, beside it, the optimizer's whole state.

use crate::objective::Counts;
use crate::optim::{Eval, State};

/// One row: an iterate with what is known there. Row 0 is the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row<'a> {
    /// Its number; step `k` leads to row `k`.
    pub step: usize,
    /// The iterate.
    pub w: &'a [f64],
    /// The loss there.
    pub loss: f64,
    /// The gradient that step `step + 1` uses, noise included.
    pub gradient: &'a [f64],
    /// The rate of the step that led here; none in row 0.
    pub lr: Option<f64>,
    /// All evaluations up to here, this row's included.
    pub counts: Counts,
}

impl Row<'_> {
    /// Whether all its numbers are finite.
    pub fn is_finite(&self) -> bool {
        self.loss.is_finite() && self.w.iter().chain(self.gradient).all(|x| x.is_finite())
    }
}

/// Rows and states.
#[derive(Clone, Debug)]
pub(super) struct History {
    /// The dimension.
    n: usize,
    /// Length of the optimizer's memory.
    memory_len: usize,
    /// A row after the other: `w`, gradient, loss, rate.
    rows: Vec<f64>,
    counts: Vec<Counts>,
    /// The memories, from row `first` on.
    memory: Vec<f64>,
    /// The first row whose state is known: 0, or where a fork began with another optimizer.
    first: usize,
    /// The steps that the optimizer had made at row `first`.
    first_t: u64,
}

impl History {
    pub(super) fn new(n: usize, memory_len: usize) -> Self {
        Self { n, memory_len, rows: Vec::new(), counts: Vec::new(), memory: Vec::new(), first: 0, first_t: 0 }
    }

    /// How many bytes a row takes.
    pub(super) fn row_bytes(n: usize, memory_len: usize) -> usize {
        (2 * n + 2 + memory_len) * size_of::<f64>() + size_of::<Counts>()
    }

    fn stride(&self) -> usize {
        2 * self.n + 2
    }

    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// Room for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.rows.reserve(rows * self.stride());
        self.memory.reserve(rows * self.memory_len);
        self.counts.reserve(rows);
    }

    pub(super) fn push(&mut self, state: &State, at: &Eval, lr: f64, counts: Counts) {
        self.rows.extend_from_slice(&state.w);
        self.rows.extend_from_slice(&at.gradient);
        self.rows.extend_from_slice(&[at.loss, lr]);
        self.memory.extend_from_slice(&state.memory);
        self.counts.push(counts);
    }

    /// The row `step`, or the last one.
    pub(super) fn row(&self, step: usize) -> Row<'_> {
        let step = step.min(self.len().saturating_sub(1));
        let (n, at) = (self.n, step * self.stride());
        let row = &self.rows[at..at + self.stride()];
        Row {
            step,
            w: &row[..n],
            gradient: &row[n..2 * n],
            loss: row[2 * n],
            lr: (step > 0).then_some(row[2 * n + 1]),
            counts: self.counts[step],
        }
    }

    /// The optimizer's state at a row, if it is known.
    pub(super) fn state(&self, step: usize) -> Option<State> {
        let from = step.checked_sub(self.first).filter(|_| step < self.len())?;
        let memory = self.memory[from * self.memory_len..(from + 1) * self.memory_len].to_vec();
        Some(State { t: self.first_t + from as u64, w: self.row(step).w.to_vec(), memory })
    }

    /// Keeps the rows `0..=step`.
    pub(super) fn truncate(&mut self, step: usize) {
        let rows = (step + 1).min(self.len());
        self.rows.truncate(rows * self.stride());
        self.counts.truncate(rows);
        self.memory.truncate(rows.saturating_sub(self.first) * self.memory_len);
    }

    /// The last row's state becomes that of another optimizer; the states before it are no longer known.
    pub(super) fn restate(&mut self, state: &State) {
        self.memory_len = state.memory.len();
        self.memory.clear();
        self.memory.extend_from_slice(&state.memory);
        self.first = self.len().saturating_sub(1);
        self.first_t = state.t;
    }

    /// Replaces gradient and loss of the last row (the objective or its noise is another from there on).
    pub(super) fn reevaluate(&mut self, at: &Eval, counts: Counts) {
        let (n, stride) = (self.n, self.stride());
        let from = self.rows.len() - stride;
        self.rows[from + n..from + 2 * n].copy_from_slice(&at.gradient);
        self.rows[from + 2 * n] = at.loss;
        if let Some(last) = self.counts.last_mut() {
            *last = counts;
        }
    }
}
