//! From values to heights in the box: linear or logarithmic, and cut where a pole would flatten all the rest.

use crate::chart::tone::{FAR, STUMP};
use crate::chart::{Tone, ToneKind};
use crate::num::elem;

/// How values become heights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heights {
    tone: Tone,
    /// The transformed value of the ceiling.
    ceiling: f64,
    /// Whether there are values below the floor, and above the ceiling.
    cut: [bool; 2],
}

impl Heights {
    /// The heights for finite values in ascending order; whether the function is broken is for the field to say.
    pub fn of(sorted: &[f64], kind: ToneKind, broken: bool) -> Self {
        let tone = Tone::of_values(sorted, kind, broken);
        let mut heights = Self { tone, ceiling: 1.0, cut: [false; 2] };
        let at = |share: f64| sorted.get(((sorted.len() as f64 - 1.0) * share).round() as usize).copied();
        let (Some(least), Some(low), Some(high), Some(most)) = (at(0.0), at(0.02), at(0.98), at(1.0)) else {
            return heights;
        };
        let [low, high, most] = [low, high, most].map(|value| heights.spread(value));
        let spread = high - low;
        let pole = spread > 0.0 && most - high > if broken { STUMP } else { FAR } * spread;
        let top = if pole { high + STUMP * spread } else { most };
        heights.ceiling = if top > 0.0 && top.is_finite() { top } else { heights.spread(tone.high) };
        heights.cut = [least < tone.low, pole];
        heights
    }

    /// The height of a value: 0 at the floor, 1 at the ceiling of the box, beyond where it is cut off.
    pub fn unit(&self, value: f64) -> f64 {
        self.spread(value) / self.ceiling
    }

    /// The value at a height from 0 to 1.
    pub fn value(&self, unit: f64) -> f64 {
        let spread = unit * self.ceiling;
        match self.tone.kind {
            ToneKind::Linear => self.tone.low + spread,
            ToneKind::Log => self.tone.low + self.tone.bend * (elem::exp(spread) - 1.0),
        }
    }

    /// The values at which the surface is cut: below, above.
    pub fn cuts(&self) -> [Option<f64>; 2] {
        [self.cut[0].then_some(self.tone.low), self.cut[1].then(|| self.value(1.0))]
    }

    /// Values with their heights for marks along the vertical axis, from below.
    pub fn marks(&self, most: usize) -> Vec<(f64, f64)> {
        let top = self.value(1.0);
        let values: Vec<f64> = match self.tone.kind {
            ToneKind::Linear => {
                crate::chart::ticks::ticks(self.tone.low, top, most).into_iter().map(|tick| tick.value).collect()
            }
            ToneKind::Log => crate::chart::levels::levels(&Tone { high: top, ..self.tone }, most),
        };
        values.into_iter().map(|value| (value, self.unit(value))).collect()
    }

    /// A value on the scale: 0 at the floor, below it straight on.
    fn spread(&self, value: f64) -> f64 {
        let height = value - self.tone.low;
        match self.tone.kind {
            ToneKind::Log if height > 0.0 => elem::ln(1.0 + height / self.tone.bend),
            ToneKind::Log => height / self.tone.bend,
            ToneKind::Linear => height,
        }
    }
}
