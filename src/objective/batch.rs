//! Mini-batches: which rows of the data the gradient of a step is computed of. Knows no data, only how many rows there are.

use crate::num::stream::{Purpose, Stream};

/// How the rows of data are dealt to the steps.
///
/// The rows are shuffled anew for each epoch and dealt `size` at a time; the last batch of an epoch may be shorter, and
/// its loss is the mean over that batch, as the frameworks have it. The batch of a step belongs to (seed, step): every
/// racer sees the same rows at the same step, and a replay sees them again. The loss of a row is always that over all the
/// data; where it is computed for the record only, it is not counted.
///
/// Native methods compare losses along a line, which means nothing when each is over other rows: they see all the data at
/// every step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// How many rows; 0, or as many as there are, for all of them at once.
    pub size: usize,
    /// Which order.
    pub seed: u64,
}

impl Batch {
    /// Whether each step sees all the rows.
    pub fn is_full(self, rows: usize) -> bool {
        self.size == 0 || self.size >= rows
    }

    /// How many steps see every row once.
    pub fn per_epoch(self, rows: usize) -> usize {
        if self.is_full(rows) { 1 } else { rows.div_ceil(self.size) }
    }

    /// The epoch of the gradient at row `step` of a history, from 0, and which of its batches it uses.
    pub fn place(self, rows: usize, step: usize) -> (usize, usize) {
        let per = self.per_epoch(rows);
        (step / per, step % per)
    }

    /// The rows of the gradient at row `step` of a history: all of them in their order where batches are full.
    pub fn rows(self, rows: usize, step: usize) -> Vec<u32> {
        let mut dealer = Dealer::new(self, rows);
        dealer.deal(step).to_vec()
    }
}

/// Deals the rows of all steps, addressed by the step; the order of an epoch is kept until another is asked for.
#[derive(Debug)]
pub struct Dealer {
    batch: Batch,
    stream: Stream,
    epoch: Option<usize>,
    order: Vec<u32>,
}

impl Dealer {
    /// A dealer of so many rows.
    pub fn new(batch: Batch, rows: usize) -> Self {
        let order = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
        Self { batch, stream: Stream::new(batch.seed, Purpose::Batches), epoch: None, order }
    }

    /// How many steps see every row once.
    pub fn per_epoch(&self) -> usize {
        self.batch.per_epoch(self.order.len())
    }

    /// The rows of the gradient at row `step`.
    pub fn deal(&mut self, step: usize) -> &[u32] {
        let rows = self.order.len();
        if self.batch.is_full(rows) {
            return &self.order;
        }
        let (epoch, place) = self.batch.place(rows, step);
        if self.epoch != Some(epoch) {
            for (row, slot) in (0..).zip(&mut self.order) {
                *slot = row;
            }
            self.stream.shuffle(epoch as u64, &mut self.order);
            self.epoch = Some(epoch);
        }
        let from = place * self.batch.size;
        &self.order[from..rows.min(from + self.batch.size)]
    }
}
