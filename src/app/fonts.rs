//! The fonts, embedded, so that ∇, η, arrows and Hangul look the same on every machine: no system font is asked.
//!
//! Text is set in Downhill Sans (a subset of Pretendard, see `assets/fonts/README.md`): Latin and Hangul drawn for each
//! other, figures of one width, two weights. egui's own fonts, Ubuntu Light and Hack, follow with what it lacks (∇ ∈ ⊤),
//! and Hack leads where every letter has the same width.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use crate::font::{FACES, Face, HACK, REGULAR, SEMIBOLD, UBUNTU};

/// The families of [`definitions`] in the order of the type scale, each with its fallbacks in the order in which a
/// character is looked for.
fn families() -> [(FontFamily, Vec<&'static Face>); 3] {
    [
        (FontFamily::Proportional, vec![&REGULAR, &HACK, &UBUNTU]),
        (strong(), vec![&SEMIBOLD, &REGULAR, &HACK, &UBUNTU]),
        (FontFamily::Monospace, vec![&HACK, &REGULAR, &UBUNTU]),
    ]
}

/// The family of titles and of what is to be seen first. It exists only where [`definitions`] are installed.
pub fn strong() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// The families and their fallbacks.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for &(name, bytes) in FACES {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, faces) in families() {
        fonts.families.insert(family, faces.iter().map(|(name, _)| (*name).to_owned()).collect());
    }
    fonts
}
