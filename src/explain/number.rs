//! Numbers for reading: as many digits as mean something, a real minus sign. Files have their own form, [`shortest`].

/// Significant digits of [`number`].
const DIGITS: usize = 5;

/// A number with up to five significant digits: `0.1`, `−12.346`, `2.5e−9`, `∞`. Trailing zeros are left out.
pub fn number(value: f64) -> String {
    let text = steady(value);
    let (digits, exponent) = text.split_once('e').map_or((text.as_str(), None), |(d, e)| (d, Some(e)));
    let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    exponent.map_or_else(|| digits.to_owned(), |exponent| format!("{digits}e{exponent}"))
}

/// A number with exactly five significant digits, so that a running one keeps its width: `0.10000`, `−12.346`.
pub fn steady(value: f64) -> String {
    significant(value, DIGITS)
}

/// The same with four, where there is little room; 0 is `0`.
pub fn brief(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { significant(value, 4) }
}

/// The shortest text that reads back to the same float; `nan`, `inf`, `-inf`.
pub fn shortest(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    let (plain, scientific) = (value.to_string(), format!("{value:e}"));
    if scientific.len() < plain.len() { scientific } else { plain }
}

fn significant(value: f64, count: usize) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let size = value.abs();
    if size.is_infinite() {
        return format!("{sign}∞");
    }
    // Rounded first: 9.99999 has the exponent of 10.
    let rounded = format!("{size:.*e}", count - 1);
    let (digits, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        exponent @ -4..=5 => {
            let decimals = usize::try_from(count as i32 - 1 - exponent).unwrap_or(0);
            format!("{sign}{size:.decimals$}")
        }
        exponent if exponent < 0 => format!("{sign}{digits}e−{}", exponent.unsigned_abs()),
        exponent => format!("{sign}{digits}e{exponent}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_text_reads_back() {
        for (value, want) in [
            (0.1, "0.1"),
            (1.0, "1"),
            (-0.0, "-0"),
            (1e300, "1e300"),
            (1e-9, "1e-9"),
            (123456.0, "123456"),
            (5e-324, "5e-324"),
            (f64::NAN, "nan"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(shortest(value), want);
            assert!(value.is_nan() || want.parse::<f64>().is_ok_and(|back| back.to_bits() == value.to_bits()));
        }
    }
}
