//! Numbers as text and back: the shortest text that reads back to the same float, and what a user types.

pub(super) use crate::explain::shortest;
use crate::i18n::{Lang, fill};

use super::failure::Failure;

/// The numbers of a point, `X` or `X,Y`; finite.
pub(super) fn point(option: &str, text: &str, dimension: usize, lang: Lang) -> Result<Vec<f64>, Failure> {
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() != dimension {
        let key = if dimension == 1 { "cli.point_wants_one" } else { "cli.point_wants_two" };
        return Err(Failure::Input(fill(lang, key, &[("option", &option), ("text", &text)])));
    }
    parts.into_iter().map(|part| finite(option, part, lang)).collect()
}

/// A finite number.
pub(super) fn finite(option: &str, text: &str, lang: Lang) -> Result<f64, Failure> {
    let said = |key| Failure::Input(fill(lang, key, &[("option", &option), ("text", &text.trim())]));
    match text.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(said("cli.not_finite")),
        Err(_) => Err(said("cli.not_a_number")),
    }
}

/// A number of steps from 0 to `limit`. `1e3` is understood, so that `1e12` is told what is wrong with it.
pub(super) fn steps(option: &str, text: &str, limit: usize, lang: Lang) -> Result<usize, Failure> {
    let trimmed = text.trim();
    let value = trimmed.parse::<f64>().ok().filter(|value| *value >= 0.0 && value.fract() == 0.0);
    match value {
        // Below 2^53, which every limit is, the conversion is exact.
        Some(value) if value <= limit as f64 => Ok(value as usize),
        Some(_) => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("option", &option), ("text", &trimmed), ("limit", &limit)];
            Err(Failure::Input(fill(lang, "cli.too_many_steps", &values)))
        }
        None => Err(Failure::Input(fill(lang, "cli.not_a_count", &[("option", &option), ("text", &trimmed)]))),
    }
}
