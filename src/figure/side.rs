//! A side of a plane: a range of numbers laid out evenly or by their logarithm, and the marks along it.

use crate::chart::ticks::{Ticks, log_ticks, ticks};
use crate::num::elem;

/// A range of numbers along a side of a plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Side {
    /// Its two ends, the smaller first; above zero on a logarithmic one.
    pub range: [f64; 2],
    /// Whether it is laid out by the logarithm.
    pub log: bool,
}

impl Side {
    /// Laid out evenly.
    pub(super) fn even(range: [f64; 2]) -> Self {
        Self { range, log: false }
    }

    /// Laid out by the logarithm.
    pub(super) fn log(range: [f64; 2]) -> Self {
        Self { range, log: true }
    }

    /// Where a number stands, from 0 to 1, and beyond.
    pub(super) fn share(&self, value: f64) -> f64 {
        let [low, high] = self.range;
        if self.log {
            if value > 0.0 { elem::ln(value / low) / elem::ln(high / low) } else { f64::NEG_INFINITY }
        } else {
            (value - low) / (high - low)
        }
    }

    /// The number at a share: the inverse of [`Side::share`].
    pub(super) fn value(&self, share: f64) -> f64 {
        let [low, high] = self.range;
        if self.log { low * elem::exp(share * elem::ln(high / low)) } else { low + (high - low) * share }
    }

    /// At most about so many marks.
    pub(super) fn ticks(&self, most: f64) -> Ticks {
        let [low, high] = self.range;
        let most = most.clamp(4.0, 12.0) as usize;
        if self.log { log_ticks(low, high, most) } else { ticks(low, high, most) }
    }
}
