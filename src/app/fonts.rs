//! The fonts, embedded, so that ∇, η, arrows and Hangul look the same on every machine: no system font is asked.
//!
//! Text is set in Downhill Sans (a subset of Pretendard, see `assets/fonts/README.md`): Latin and Hangul drawn for each
//! other, figures of one width, two weights. egui's own fonts, Ubuntu Light and Hack, follow with what it lacks (∇ ∈ ⊤),
//! and Hack leads where every letter has the same width.

use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

const REGULAR: &str = "Downhill Sans";
const SEMIBOLD: &str = "Downhill Sans SemiBold";
const UBUNTU: &str = "Ubuntu-Light";
const HACK: &str = "Hack";

/// The families of [`definitions`] in the order of the type scale, each with its fallbacks in the order in which a
/// character is looked for.
fn families() -> [(FontFamily, &'static [&'static str]); 3] {
    [
        (FontFamily::Proportional, &[REGULAR, HACK, UBUNTU]),
        (strong(), &[SEMIBOLD, REGULAR, HACK, UBUNTU]),
        (FontFamily::Monospace, &[HACK, REGULAR, UBUNTU]),
    ]
}

/// The family of titles and of what is to be seen first. It exists only where [`definitions`] are installed.
pub fn strong() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// The bytes of the embedded fonts and their names, for those who draw text themselves.
pub static FACES: [(&str, &[u8]); 4] = [
    (REGULAR, include_bytes!("../../assets/fonts/DownhillSans-Regular.otf")),
    (SEMIBOLD, include_bytes!("../../assets/fonts/DownhillSans-SemiBold.otf")),
    (HACK, epaint_default_fonts::HACK_REGULAR),
    (UBUNTU, epaint_default_fonts::UBUNTU_LIGHT),
];

/// The families and their fallbacks.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FACES {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, faces) in families() {
        fonts.families.insert(family, faces.iter().map(|&face| face.to_owned()).collect());
    }
    fonts
}
