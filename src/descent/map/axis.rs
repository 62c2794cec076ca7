//! What a map varies along its sides.

use crate::optim::Scale;

/// What is varied along a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varied {
    /// A coordinate of the start.
    Start(usize),
    /// A hyperparameter, by its place; 0 is the rate.
    Hyper(usize),
}

/// A side of a map: what is varied, over which values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// What is varied.
    pub what: Varied,
    /// The values at the two ends.
    pub range: [f64; 2],
    /// How the values are spread.
    pub scale: Scale,
}

impl Axis {
    /// The value in the middle of a cell of `cells`.
    pub fn value(&self, cell: usize, cells: usize) -> f64 {
        self.scale.value_at(self.range, (cell as f64 + 0.5) / cells.max(1) as f64)
    }

    /// The cell of `cells` that a value lies in; the nearest for one beyond the ends.
    pub fn cell(&self, value: f64, cells: usize) -> usize {
        ((self.position(value) * cells as f64) as usize).min(cells.saturating_sub(1))
    }

    /// Where a value stands, 0 to 1.
    pub fn position(&self, value: f64) -> f64 {
        self.scale.position(self.range, value)
    }
}
