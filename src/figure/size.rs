//! Lengths and sizes as authors write them: `12x8cm`, `3.4in x 2.5in`, `640x480px`, `360pt x 240pt`.

/// Points in an inch.
const INCH: f64 = 72.0;
/// The longest side of a figure in points: the largest page of PDF.
pub const LONGEST: f64 = 14_400.0;
/// The shortest side on which anything could be read.
pub const SHORTEST: f64 = 36.0;

/// Why a text is no size.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum SizeError {
    /// It does not read as two lengths.
    #[error("not two lengths")]
    Form,
    /// A side is shorter than [`SHORTEST`] or longer than [`LONGEST`]; in points.
    #[error("a side of {0} points")]
    Range(f64),
}

/// The size of a text in points: two lengths with `x` between them, each with its unit (`cm`, `mm`, `in`, `pt`, or `px`, of
/// which 96 make an inch) or both with the one at the end; without any they are `px`.
///
/// # Errors
/// If it is none, or one that no figure can have.
pub fn size(text: &str) -> Result<[f64; 2], SizeError> {
    let (width, height) = text.trim().split_once(['x', 'X', '×']).map_or_else(
        // The x of `px` divides nothing.
        || Err(SizeError::Form),
        |_| split(text.trim()).ok_or(SizeError::Form),
    )?;
    let (height, unit) = length(height).ok_or(SizeError::Form)?;
    let unit = unit.unwrap_or(INCH / 96.0);
    let (width, own) = length(width).ok_or(SizeError::Form)?;
    let size = [width * own.unwrap_or(unit), height * unit];
    match size.into_iter().find(|side| !(SHORTEST..=LONGEST).contains(side)) {
        Some(side) => Err(SizeError::Range(side)),
        None => Ok(size),
    }
}

/// The two sides of the dividing `x`, which is not that of `px`.
fn split(text: &str) -> Option<(&str, &str)> {
    let divides = |&(at, c): &(usize, char)| matches!(c, 'x' | 'X' | '×') && !text[..at].ends_with(['p', 'P']);
    let (at, c) = text.char_indices().find(divides)?;
    Some((text[..at].trim(), text[at + c.len_utf8()..].trim()))
}

/// A number with the points that its unit has, if it names one.
fn length(text: &str) -> Option<(f64, Option<f64>)> {
    let end = text.find(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" => None,
        "pt" => Some(1.0),
        "px" => Some(INCH / 96.0),
        "in" => Some(INCH),
        "cm" => Some(INCH / 2.54),
        "mm" => Some(INCH / 25.4),
        _ => return None,
    };
    let number: f64 = number.trim().parse().ok()?;
    number.is_finite().then_some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_authors_write_them() {
        for (text, want) in [
            ("360x240", Ok([270.0, 180.0])),
            ("5inx4in", Ok([360.0, 288.0])),
            ("2.54 x 5.08 cm", Ok([72.0, 144.0])),
            ("254mm×50.8mm", Ok([720.0, 144.0])),
            ("640x480px", Ok([480.0, 360.0])),
            ("640px x 480px", Ok([480.0, 360.0])),
            ("1in x 144pt", Ok([72.0, 144.0])),
            ("0x100", Err(SizeError::Range(0.0))),
            ("100000x100px", Err(SizeError::Range(75_000.0))),
            ("-5x100", Err(SizeError::Range(-3.75))),
            ("nanx100", Err(SizeError::Form)),
            ("100", Err(SizeError::Form)),
            ("100px", Err(SizeError::Form)),
            ("ax100", Err(SizeError::Form)),
            ("100x", Err(SizeError::Form)),
            ("100x100km", Err(SizeError::Form)),
            ("", Err(SizeError::Form)),
        ] {
            let near = |a: [f64; 2], b: [f64; 2]| (0..2).all(|k| (a[k] - b[k]).abs() < 1e-9);
            let same = match (size(text), want) {
                (Ok(a), Ok(b)) => near(a, b),
                (a, b) => a == b,
            };
            assert!(same, "{text}: {:?}", size(text));
        }
    }
}
