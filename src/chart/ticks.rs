//! Round numbers along an axis, with their labels.

use crate::num::elem;

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where, in data coordinates (on a logarithmic axis: the number itself, not its logarithm).
    pub value: f64,
    /// The number in words of the axis: `−0.5`, `10⁻³`; empty on the minor marks of a logarithmic axis.
    pub label: String,
    /// Whether it is one of the main marks.
    pub major: bool,
}

/// The marks of an axis.
pub type Ticks = Vec<Tick>;

/// The round step (1, 2 or 5 times a power of ten) at or above `raw`; 1 for what is not a positive number.
pub fn nice_step(raw: f64) -> f64 {
    if !(raw.is_finite() && raw > 0.0) {
        return 1.0;
    }
    let exponent = elem::log10(raw).floor() as i32;
    // One exponent more on both sides: the logarithm may be off by its last bit.
    for e in exponent - 1..=exponent + 1 {
        for mantissa in [1, 2, 5] {
            // As text, so that 0.001 is the float one would write.
            let step: f64 = format!("{mantissa}e{e}").parse().unwrap_or(raw);
            if step >= raw * (1.0 - 1e-9) {
                return step;
            }
        }
    }
    raw
}

/// At most `most` marks (at least 2 are asked for) at multiples of a round step in `[low, high]`; none for an interval
/// that is empty, not finite, or too narrow for its numbers to differ.
pub fn ticks(low: f64, high: f64, most: usize) -> Ticks {
    let span = high - low;
    if !(span.is_finite() && span > 0.0) || span < 1e-12 * low.abs().max(high.abs()) {
        return Vec::new();
    }
    let most = most.clamp(2, 200);
    let mut step = nice_step(span / most as f64);
    // An end that is a mark itself makes one more than fits.
    let inside = |step: f64| ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    while inside(step).1 - inside(step).0 >= most as f64 {
        step = nice_step(step * 1.5);
    }
    let (first, last) = inside(step);
    let count = (last - first).max(-1.0) as i64;
    let size = low.abs().max(high.abs());
    (0..=count)
        .map(|k| {
            // Times or divided by a whole number: exactly the decimal number that is meant.
            let n = first + k as f64;
            let value = if step >= 1.0 { n * step } else { n / (1.0 / step).round() };
            Tick { value: value + 0.0, label: number(value, step, size), major: true }
        })
        .collect()
}

/// Decades of a logarithmic axis in `[low, high]` (positive numbers): at most `most` labelled ones, the rest of them and
/// 2…9 between them as minor marks while there is room. Less than two decades get plain [`ticks`].
pub fn log_ticks(low: f64, high: f64, most: usize) -> Ticks {
    if !(low > 0.0 && high.is_finite() && high > low) {
        return Vec::new();
    }
    let most = most.clamp(2, 200) as i32;
    let (first, last) = (elem::log10(low) - 1e-9, elem::log10(high) + 1e-9);
    if last - first < 1.0 {
        return ticks(low, high, most as usize);
    }
    let (from, to) = (first.floor() as i32, last.ceil() as i32);
    let stride = (1..).find(|s| (last.floor() as i32).div_euclid(*s) - (from).div_euclid(*s) < most).unwrap_or(1);
    let mut marks = Vec::new();
    for e in from..=to {
        for digit in 1..10 {
            let value: f64 = format!("{digit}e{e}").parse().unwrap_or(f64::NAN);
            let major = digit == 1 && e.rem_euclid(stride) == 0;
            // Between labelled decades that are a few apart only the decades themselves are marked.
            let wanted = digit == 1 || stride == 1 && to - from <= 8;
            if wanted && value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9) {
                marks.push(Tick { value, label: if major { power(e) } else { String::new() }, major });
            }
        }
    }
    marks
}

/// A number at the grain of `step`, on an axis whose numbers are at most `size`.
fn number(value: f64, step: f64, size: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let grain = (elem::log10(step) + 1e-9).floor() as i32;
    if !(1e-3..1e6).contains(&size) {
        let digits = (elem::log10(value.abs()) + 1e-9).floor() as i32 - grain;
        return scientific(value, digits.clamp(0, 15) as usize);
    }
    let decimals = (-grain).clamp(0, 15) as usize;
    typographic(&format!("{value:.decimals$}"))
}

/// A number of any size in at most `digits` significant digits, as one writes it in a figure: `0.05`, `−12.5`,
/// `3×10⁷`, `nan`, `∞`.
pub fn short(value: f64, digits: usize) -> String {
    let digits = digits.clamp(1, 17);
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    // Rounding may carry into the next power of ten (9.996 to 10.0), so the exponent is read off the rounded number.
    let rounded: f64 = format!("{value:.*e}", digits - 1).parse().unwrap_or(value);
    let exponent = elem::log10(rounded.abs()).floor() as i32;
    if !(-4..6).contains(&exponent) {
        return scientific(value, digits - 1);
    }
    let decimals = (digits as i32 - 1 - exponent).clamp(0, 20) as usize;
    // Whole digits are not rounded away: 1234, not 1230.
    let text = if decimals == 0 { format!("{value:.0}") } else { format!("{rounded:.decimals$}") };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    typographic(text)
}

fn scientific(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    let exponent = exponent.parse().unwrap_or(0);
    match mantissa {
        "1" => power(exponent),
        "-1" => format!("−{}", power(exponent)),
        _ => format!("{}×{}", typographic(mantissa), raised(exponent)),
    }
}

/// `10ⁿ`; the powers that are shorter without stay plain.
fn power(exponent: i32) -> String {
    match exponent {
        -2..=3 => typographic(&format!("{}", format!("1e{exponent}").parse().unwrap_or(f64::NAN))),
        _ => raised(exponent),
    }
}

fn raised(exponent: i32) -> String {
    format!("10{}", exponent.to_string().chars().map(superscript).collect::<String>())
}

fn superscript(c: char) -> char {
    match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => c.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(c),
    }
}

/// The minus sign in place of the hyphen.
fn typographic(text: &str) -> String {
    text.replace('-', "−")
}
