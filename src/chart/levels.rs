//! The values at which contour lines are drawn: round numbers, as even on the scale as round numbers allow.

use super::ticks::nice_step;
use super::{Tone, ToneKind};
use crate::num::elem;

/// About `count` levels inside a scale, ascending. Linear: multiples of a round step. Logarithmic: round heights above
/// the lowest value in the 1-2-5 series (or whole powers of ten, when there are many), rounded to plain numbers.
pub fn levels(tone: &Tone, count: usize) -> Vec<f64> {
    let count = count.clamp(1, 100);
    match tone.kind {
        ToneKind::Linear => even(tone.low, tone.high, count),
        ToneKind::Log => geometric(tone, count),
    }
}

fn even(low: f64, high: f64, count: usize) -> Vec<f64> {
    let step = nice_step((high - low) / (count + 1) as f64);
    let first = (low / step).floor() + 1.0;
    let values = (0..4 * count).map(|k| (first + k as f64) * step);
    values.take_while(|v| *v < high).filter(|v| *v > low).collect()
}

fn geometric(tone: &Tone, count: usize) -> Vec<f64> {
    let span = tone.high - tone.low;
    // Half the bend: the innermost rings around a minimum.
    let (first, last) = (elem::log10(tone.bend * 0.5).floor() as i32, elem::log10(span).ceil() as i32);
    let decades = (elem::log10(span / (tone.bend * 0.5))).max(0.3);
    let per_decade = count as f64 / decades;
    let series: &[f64] = match per_decade {
        d if d > 7.0 => &[1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0],
        d if d > 4.0 => &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0],
        d if d > 2.4 => &[1.0, 2.0, 5.0],
        d if d > 1.4 => &[1.0, 3.0],
        _ => &[1.0],
    };
    // With less than one level to a decade, some decades go without.
    let stride = ((1.0 / per_decade).ceil() as i32).max(1);
    let mut found: Vec<f64> = Vec::new();
    for exponent in (first..=last).filter(|e| e.rem_euclid(stride) == 0) {
        for mantissa in series {
            let height = parse(*mantissa, exponent);
            if height < tone.bend * 0.5 || height >= span {
                continue;
            }
            // Around a minimum of -837.97 the ring at 10 above it is drawn at -828 and says so.
            let grain = parse(1.0, elem::log10(height).floor() as i32 - 1);
            let level = if tone.low.abs() < grain { height } else { ((tone.low + height) / grain).round() * grain };
            let level = clean(level);
            if level > tone.low && level < tone.high && found.last().is_none_or(|last| *last < level) {
                found.push(level);
            }
        }
    }
    found
}

/// `mantissa · 10^exponent`, the float that one would write.
fn parse(mantissa: f64, exponent: i32) -> f64 {
    format!("{mantissa}e{exponent}").parse().unwrap_or(f64::NAN)
}

/// The same number without the dust of its last bits: 12 digits.
fn clean(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}
