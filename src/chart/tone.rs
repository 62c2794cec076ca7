//! From a field's values to 0…1: what a color map and the choice of levels see.
//!
//! Losses span many powers of ten and have walls that would swallow the whole scale. A tone therefore looks at the
//! quantiles of what is in view and not at its largest value, and its logarithmic kind is even in the logarithm of the
//! *height above the lowest value in view*, going over to a straight line near that value:
//! `ln(1 + (v - low) / bend)`. So a minimum of any value, also a negative one, is resolved.

use super::Field;
use crate::num::elem;

/// How values are spread over the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToneKind {
    /// Even in the value.
    Linear,
    /// Even in the logarithm of the height above the lowest value.
    #[default]
    Log,
}

/// A scale of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// The spread.
    pub kind: ToneKind,
    /// The value that becomes 0.
    pub low: f64,
    /// The value that becomes 1; values above it become 1, too.
    pub high: f64,
    /// The height above `low` at which the logarithm takes over from the straight line.
    pub bend: f64,
}

/// The share of the values that lie above the scale's end.
const ABOVE: f64 = 0.02;
/// Values beyond this many times the spread of all but the outermost fiftieths are a pole's.
pub(super) const FAR: f64 = 2.5;
/// What is left of a pole above or below all others, in spreads.
pub(super) const STUMP: f64 = 0.5;
/// The share of the values that lie below the bend.
const BELOW_BEND: f64 = 0.02;

impl Tone {
    /// The scale for what is in a field. A field without a finite value gets 0 to 1, a constant one a scale around it.
    pub fn of(field: &Field, kind: ToneKind) -> Self {
        let sorted = field.sorted();
        Self::of_values(&sorted, kind, field.broken(&sorted).1)
    }

    /// The scale for finite values in ascending order.
    pub fn of_sorted(sorted: &[f64], kind: ToneKind) -> Self {
        Self::of_values(sorted, kind, false)
    }

    /// The same; a function that is `broken` (see [`Field::breaks`]) falls to the bottomless, which must not swallow the
    /// scale either. A well, however deep, is no such thing.
    pub fn of_values(sorted: &[f64], kind: ToneKind, broken: bool) -> Self {
        let quantile = |q: f64| sorted.get(((sorted.len() as f64 - 1.0) * q).round() as usize).copied();
        let (Some(low), Some(high)) = (quantile(0.0), quantile(1.0 - ABOVE)) else {
            return Self { kind, low: 0.0, high: 1.0, bend: 1.0 };
        };
        // All values but a few may be the same (a plateau with a hole): then the few decide.
        let core = quantile(BELOW_BEND).unwrap_or(low);
        let low = if broken { low.max(core - STUMP * (high - core)) } else { low };
        let high = if high > low { high } else { sorted.last().copied().unwrap_or(high) };
        let high = if high > low { high } else { low + low.abs().max(1.0) };
        let span = high - low;
        let bend = quantile(BELOW_BEND).unwrap_or(low) - low;
        // At least a millionth: below it the differences are rounding; at most a third, else the logarithm is a line.
        Self { kind, low, high, bend: bend.clamp(span * 1e-6, span / 3.0) }
    }

    /// Where a value lies on the scale, from 0 to 1; nan for nan.
    pub fn unit(&self, value: f64) -> f64 {
        let height = (value - self.low).clamp(0.0, self.high - self.low);
        match self.kind {
            ToneKind::Linear => height / (self.high - self.low),
            ToneKind::Log => self.log(height) / self.log(self.high - self.low),
        }
    }

    /// The value at a place from 0 to 1 on the scale: the inverse of [`Tone::unit`].
    pub fn value(&self, unit: f64) -> f64 {
        let unit = unit.clamp(0.0, 1.0);
        let span = self.high - self.low;
        match self.kind {
            ToneKind::Linear => self.low + span * unit,
            ToneKind::Log => self.low + self.bend * (elem::exp(unit * self.log(span)) - 1.0),
        }
    }

    fn log(&self, height: f64) -> f64 {
        elem::ln(1.0 + height / self.bend)
    }
}
