//! The fonts, embedded, so that ∇, η, arrows and Hangul look the same on every machine: no system font is asked.

use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// The families and their fallbacks, in the order in which a character is looked for.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 2] =
        [("Ubuntu-Light", epaint_default_fonts::UBUNTU_LIGHT), ("Hack", epaint_default_fonts::HACK_REGULAR)];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    fonts.families.insert(FontFamily::Proportional, ["Ubuntu-Light", "Hack"].map(str::to_owned).to_vec());
    fonts.families.insert(FontFamily::Monospace, ["Hack", "Ubuntu-Light"].map(str::to_owned).to_vec());
    fonts
}
