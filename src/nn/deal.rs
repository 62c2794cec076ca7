//! Where a training is among its batches, and which rows are next.

use crate::objective::{Batch, Dealer};

/// Where a training is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Steps made so far.
    pub step: usize,
    /// Epochs finished so far.
    pub epoch: usize,
    /// Batches of the present epoch made so far.
    pub batch: usize,
    /// How many batches an epoch has.
    pub batches: usize,
}

/// Deals rows: shuffled anew for each epoch, or in their order.
#[derive(Debug)]
pub(super) struct Deal {
    batch: Batch,
    shuffle: bool,
    dealer: Dealer,
    rows: Vec<u32>,
}

impl Deal {
    pub(super) fn new(batch: Batch, shuffle: bool, rows: usize) -> Self {
        let all = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
        Self { batch, shuffle, dealer: Dealer::new(batch, rows), rows: all }
    }

    /// Whether it deals like this.
    pub(super) fn is(&self, batch: Batch, shuffle: bool) -> bool {
        self.batch == batch && self.shuffle == shuffle
    }

    /// How many batches an epoch has.
    pub(super) fn batches(&self) -> usize {
        self.batch.per_epoch(self.rows.len())
    }

    /// All rows, in their order.
    pub(super) fn all(&self) -> &[u32] {
        &self.rows
    }

    /// The rows of the next batch.
    pub(super) fn rows(&mut self, place: Place) -> &[u32] {
        if self.shuffle {
            return self.dealer.deal(place.epoch * self.batches() + place.batch);
        }
        if self.batch.is_full(self.rows.len()) {
            return &self.rows;
        }
        let from = place.batch * self.batch.size;
        &self.rows[from..self.rows.len().min(from + self.batch.size)]
    }
}

impl Place {
    /// The place after a step.
    pub(super) fn next(self) -> Self {
        let last = self.batch + 1 >= self.batches;
        let (epoch, batch) = if last { (self.epoch + 1, 0) } else { (self.epoch, self.batch + 1) };
        Self { step: self.step + 1, epoch, batch, ..self }
    }

    /// The same place with epochs of another length: what was begun counts as finished.
    pub(super) fn with_batches(self, batches: usize) -> Self {
        if batches == self.batches {
            return self;
        }
        Self { epoch: self.epoch + usize::from(self.batch > 0), batch: 0, batches, ..self }
    }
}
