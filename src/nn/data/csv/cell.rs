//! One cell of a table: a number, or why it is none.

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Nothing is there, or a sign for nothing.
    Hole,
    /// Something else is there.
    Text,
    /// An infinite number.
    Infinite,
    /// Not UTF-8.
    Encoding,
}

/// What programs write where nothing is known.
const HOLES: [&str; 8] = ["", "na", "n/a", "nan", "null", "none", "?", "-"];

/// The number of a cell. Where commas do not separate, they may stand for the decimal point.
pub(super) fn number(cell: &[u8], separator: u8) -> Result<f64, Cause> {
    let text = std::str::from_utf8(cell).map_err(|_| Cause::Encoding)?;
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(value) if value.is_nan() => Err(Cause::Hole),
        Ok(_) => Err(Cause::Infinite),
        Err(_) => unusual(text, separator),
    }
}

/// A decimal comma, a typographic minus, or no number at all.
fn unusual(text: &str, separator: u8) -> Result<f64, Cause> {
    if HOLES.iter().any(|hole| text.eq_ignore_ascii_case(hole)) {
        return Err(Cause::Hole);
    }
    let plain = text.replace('−', "-");
    let plain = if separator == b',' { plain } else { plain.replace(',', ".") };
    plain.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or(Cause::Text)
}

/// The beginning of a cell, to be quoted in a message.
pub(super) fn quoted(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).chars().take(40).collect()
}
