//! Names of files that say what is in them and that every system takes.

use super::Settings;
use crate::session::{Document, SurfaceChoice};

/// The most letters of a part.
const LONGEST: usize = 40;

/// A name for a file: what is descended, by whom where there is only one, and what is seen.
pub(in crate::app) fn file_name(document: &Document, settings: &Settings) -> String {
    let surface = match &document.surface {
        SurfaceChoice::Catalogue(id) => safe(id),
        SurfaceChoice::Formula(_) => "formula".to_owned(),
        SurfaceChoice::Model(_) => "model".to_owned(),
        SurfaceChoice::Slice(_) => "slice".to_owned(),
    };
    let racers: Vec<_> = document.racers.iter().filter(|racer| racer.visible).collect();
    let optimizer = match racers.as_slice() {
        [one] => match &one.optimizer {
            crate::session::OptimizerChoice::Catalogue(id) => safe(id),
            crate::session::OptimizerChoice::Rule(_) => "rule".to_owned(),
        },
        _ => String::new(),
    };
    let parts = [surface.as_str(), optimizer.as_str(), settings.view.id()];
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    format!("{name}.{}", settings.format.ending())
}

/// Letters, digits and hyphens; all else becomes a hyphen, none of them beside another.
fn safe(text: &str) -> String {
    let plain: String =
        text.chars().take(LONGEST).map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_system() {
        for (text, want) in [
            ("torch/sgd", "torch-sgd"),
            ("ellipse10", "ellipse10"),
            ("../../etc/passwd", "etc-passwd"),
            ("a:b*c?\"<>|\\ d", "a-b-c-d"),
            ("CON.", "con"),
            ("경사 하강", "경사-하강"),
            ("", ""),
        ] {
            assert_eq!(safe(text), want);
        }
    }
}
