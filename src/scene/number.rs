//! Numbers as short as a file needs them.

/// Hundredths of a point, the finest that files of vectors tell apart: 3.5 thousandths of a millimeter.
pub(super) fn hundredths(value: f64) -> i64 {
    // A million points are far outside of any page.
    const FAR: f64 = 1e8;
    (value * 100.0).round().clamp(-FAR, FAR) as i64
}

/// Writes so many hundredths as a decimal without what is not needed: `12`, `.5`, `-3.25`.
pub(super) fn push_hundredths(text: &mut String, hundredths: i64) {
    push_scaled(text, hundredths, 2);
}

/// Writes a number with at most so many decimals, without what is not needed. What is not finite is 0.
pub(super) fn push(text: &mut String, value: f64, decimals: u32) {
    let value = if value.is_finite() { value } else { 0.0 };
    let scale = f64::from(10u32.pow(decimals));
    push_scaled(text, (value * scale).round().clamp(-1e15, 1e15) as i64, decimals);
}

/// The same as a text.
pub(super) fn short(value: f64, decimals: u32) -> String {
    let mut text = String::new();
    push(&mut text, value, decimals);
    text
}

fn push_scaled(text: &mut String, scaled: i64, decimals: u32) {
    use std::fmt::Write as _;
    let (mut rest, mut places) = (scaled.unsigned_abs(), decimals as usize);
    while places > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        places -= 1;
    }
    if scaled < 0 {
        text.push('-');
    }
    let unit = 10u64.pow(places as u32);
    let (whole, part) = (rest / unit, rest % unit);
    if whole > 0 || places == 0 {
        // Writing to a string does not fail.
        _ = write!(text, "{whole}");
    }
    if places > 0 {
        _ = write!(text, ".{part:0places$}");
    }
}
