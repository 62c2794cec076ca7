//! Where on a rail a value stands: linear, logarithmic, or logarithmic in the distance to one.

use crate::num::elem;
use crate::optim::Scale;

/// How far below its top a logarithmic rail reaches when its range begins at zero.
const DECADES_TO_ZERO: f64 = 8.0;

/// The map between values and positions 0 to 1 on a rail.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Rail {
    /// The values at the two ends.
    pub range: [f64; 2],
    /// How they are spread.
    pub scale: Scale,
    /// Whether the left end stands for 0, below a range that a logarithm cannot begin at 0.
    pub zero: bool,
}

impl Rail {
    /// The position of `value`, within 0 to 1.
    pub(in crate::app) fn position(&self, value: f64) -> f64 {
        let [low, high] = self.range;
        let position = match self.scale {
            Scale::Linear | Scale::Integer | Scale::Switch => (value - low) / (high - low),
            Scale::Log => {
                let (a, b) = log_ends(low, high);
                if value <= 0.0 { 0.0 } else { (elem::log10(value) - a) / (b - a) }
            }
            Scale::OneMinus => {
                let (a, b) = log_ends(1.0 - high, 1.0 - low);
                if value >= 1.0 { 1.0 } else { 1.0 - (elem::log10(1.0 - value) - a) / (b - a) }
            }
        };
        if position.is_nan() { 0.0 } else { position.clamp(0.0, 1.0) }
    }

    /// The value at a position, rounded to what a hand can mean: three digits, or the ends exactly.
    pub(in crate::app) fn value(&self, position: f64) -> f64 {
        let [low, high] = self.range;
        if position <= 0.0 {
            return if self.zero { 0.0 } else { low };
        }
        if position >= 1.0 {
            return high;
        }
        match self.scale {
            Scale::Integer => (low + position * (high - low)).round(),
            Scale::Switch => f64::from(position >= 0.5),
            Scale::Linear => {
                let grain = elem::pow(10.0, elem::log10((high - low) / 1000.0).floor());
                let value = ((low + position * (high - low)) / grain).round() * grain;
                digits(value, 12).clamp(low, high)
            }
            Scale::Log => {
                let (a, b) = log_ends(low, high);
                digits(elem::pow(10.0, a + position * (b - a)), 3).clamp(low, high)
            }
            Scale::OneMinus => {
                let (a, b) = log_ends(1.0 - high, 1.0 - low);
                let distance = digits(elem::pow(10.0, a + (1.0 - position) * (b - a)), 3);
                digits(1.0 - distance, 12).clamp(low, high)
            }
        }
    }

    /// The value one key press away: a hundredth of the rail, or the next whole number.
    pub(in crate::app) fn nudge(&self, value: f64, presses: f64) -> f64 {
        match self.scale {
            Scale::Integer | Scale::Switch => (value + presses).round().clamp(self.range[0], self.range[1]),
            _ => self.value(self.position(value) + presses * 0.01),
        }
    }

    /// Positions of the powers of ten, for a logarithmic rail.
    pub(in crate::app) fn decades(&self) -> Vec<f64> {
        let [low, high] = self.range;
        let ends = match self.scale {
            Scale::Log => log_ends(low, high),
            Scale::OneMinus => log_ends(1.0 - high, 1.0 - low),
            _ => return Vec::new(),
        };
        let mut positions = Vec::new();
        for exponent in (ends.0.ceil() as i32)..=(ends.1.floor() as i32) {
            let power = elem::pow(10.0, f64::from(exponent));
            positions.push(self.position(if self.scale == Scale::OneMinus { 1.0 - power } else { power }));
        }
        positions
    }
}

/// The next speed of play above or below: 1, 2, 5 times a power of ten.
pub(in crate::app) fn next_speed(speed: f64, up: bool) -> f64 {
    const SPEEDS: [f64; 13] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
    let next = if up {
        SPEEDS.into_iter().find(|s| *s > speed * 1.0001)
    } else {
        SPEEDS.into_iter().rev().find(|s| *s < speed * 0.9999)
    };
    next.unwrap_or(speed)
}

/// The logarithms of the ends of a range that may begin at zero.
fn log_ends(low: f64, high: f64) -> (f64, f64) {
    let top = elem::log10(high.max(f64::MIN_POSITIVE));
    let bottom = if low > 0.0 { elem::log10(low) } else { top - DECADES_TO_ZERO };
    (bottom, top)
}

/// `value` rounded to `count` significant digits.
fn digits(value: f64, count: usize) -> f64 {
    format!("{value:.*e}", count - 1).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rail_leads_there_and_back() {
        for (scale, range) in [
            (Scale::Linear, [-2.0, 3.0]),
            (Scale::Log, [1e-5, 10.0]),
            (Scale::Log, [0.0, 1.0]),
            (Scale::OneMinus, [0.0, 0.9999]),
            (Scale::OneMinus, [0.0, 1.0]),
            (Scale::Integer, [1.0, 50.0]),
        ] {
            let rail = Rail { range, scale, zero: false };
            assert_eq!(rail.value(0.0), range[0]);
            assert_eq!(rail.value(1.0), range[1]);
            for k in 1..100 {
                let value = rail.value(f64::from(k) / 100.0);
                let again = rail.value(rail.position(value));
                assert!((again - value).abs() <= 1e-9 * value.abs().max(1e-6), "{scale:?} {value} {again}");
                assert!(value >= range[0] && value <= range[1]);
            }
        }
        let rate = Rail { range: [1e-4, 1.0], scale: Scale::Log, zero: true };
        assert_eq!(rate.value(0.5), 0.01);
        assert_eq!(rate.decades().len(), 5);
        assert_eq!((rate.value(0.0), rate.position(0.0), rate.nudge(0.0, 1.0) > 0.0), (0.0, 0.0, true));
    }
}
