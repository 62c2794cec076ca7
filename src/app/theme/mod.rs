//! The design tokens: one table of colors and sizes (`assets/themes.toml`): dark, light and high contrast, each designed.
//!
//! Everything that the window draws takes its colors from a [`Theme`]; a test reads the sources and finds no color
//! named elsewhere. This module knows nothing of what is drawn.

mod apply;
mod name;
mod racer;
mod sizes;

use std::sync::LazyLock;

use egui::Color32;
use serde::{Deserialize, Deserializer};

use crate::chart::Palette;
use crate::session::Racer;

pub use apply::{apply, choose, chosen};
pub use name::ThemeName;
pub use racer::{Dash, RacerLook};
pub use sizes::{Presentation, Sizes, present, presentation, sizes};

/// The step of the grid on which everything stands, in points.
pub const GRID: f32 = 4.0;

/// A color as the table writes it, `#rrggbb` or `#rrggbbaa`.
#[derive(Clone, Copy, Debug)]
struct Ink(Color32);

impl<'de> Deserialize<'de> for Ink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Color32::from_hex(&text).map(Self).map_err(|_| serde::de::Error::custom(format!("{text} is not a color")))
    }
}

fn ink<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    Ink::deserialize(deserializer).map(|ink| ink.0)
}

fn palette<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Palette, D::Error> {
    let id = String::deserialize(deserializer)?;
    Palette::find(&id).ok_or_else(|| serde::de::Error::custom(format!("{id} is not a color map")))
}

macro_rules! theme {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The colors of one theme.
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Theme {
            $($(#[$doc])* #[serde(deserialize_with = "ink")] pub $name: Color32,)*
            /// How much of a color map shows over the canvas, 0 to 1.
            pub heat_strength: f32,
            /// The color map of heights.
            #[serde(deserialize_with = "palette")]
            pub palette: Palette,
            /// The racers' colors, in order.
            #[serde(skip)]
            pub racers: Vec<Color32>,
            /// Which theme this is.
            #[serde(skip)]
            pub name: ThemeName,
            /// Whether it is light on dark.
            #[serde(skip)]
            pub dark: bool,
        }
    };
}

theme! {
    /// Behind data: the view, the loss plot, text fields.
    canvas,
    /// The frame around the data.
    panel,
    /// What can be pressed.
    raised,
    /// What can be pressed, under the pointer.
    raised_hover,
    /// What is being pressed.
    raised_active,
    /// Hairlines between rooms.
    line,
    /// Outlines of controls.
    line_strong,
    /// Text.
    text,
    /// Text of the second rank.
    muted,
    /// Captions and what is switched off.
    faint,
    /// The one accent.
    accent,
    /// The accent behind text.
    accent_soft,
    /// Text on the accent.
    on_accent,
    /// A good state.
    good,
    /// A state to watch.
    warn,
    /// A bad state.
    bad,
    /// Grid lines.
    grid,
    /// Axis lines and ticks.
    axis,
    /// The graph of a function of one variable.
    curve,
    /// Below that graph.
    curve_fill,
    /// Contour lines on light ground.
    contour_dark,
    /// Contour lines on dark ground.
    contour_light,
    /// Their numbers on light ground.
    label_dark,
    /// Their numbers on dark ground.
    label_light,
    /// Around text and paths on the color map.
    halo,
    /// Shadows.
    shadow,
    /// The tangent line.
    tangent,
    /// The gradient's arrow.
    gradient,
    /// The step's arrow.
    step,
    /// The arrows of what the rule remembers.
    memory,
    /// The arrows of what shapes its steps.
    shaping,
    /// The local parabola.
    model,
    /// Known minima.
    minimum,
    /// Numbers in formulas and rules.
    code_number,
    /// Functions in formulas and rules.
    code_function,
    /// Declared parameters in formulas and rules.
    code_parameter,
    /// Words of the language in formulas and rules.
    code_keyword,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RacerInks {
    dark: Vec<Ink>,
    light: Vec<Ink>,
    contrast: Vec<Ink>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    dark: Theme,
    light: Theme,
    contrast: Theme,
    racers: RacerInks,
    sizes: Sizes,
    presentation: Presentation,
    /// The sizes of the presentation, made from the two above.
    #[serde(skip)]
    presented: Sizes,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let source = include_str!("../../../assets/themes.toml");
    let mut table: Table = match toml::from_str(source) {
        Ok(table) => table,
        // The table is part of the program and read by a test: this can only be met while it is being edited.
        Err(error) => panic!("assets/themes.toml: {error}"),
    };
    let RacerInks { dark, light, contrast } = &table.racers;
    for (name, theme, inks) in [
        (ThemeName::Dark, &mut table.dark, dark),
        (ThemeName::Light, &mut table.light, light),
        (ThemeName::Contrast, &mut table.contrast, contrast),
    ] {
        theme.name = name;
        theme.dark = name == ThemeName::Dark;
        theme.racers = inks.iter().map(|ink| ink.0).collect();
    }
    table.presented = table.sizes.presented(table.presentation);
    table
});

impl Theme {
    /// The theme of that name.
    pub fn get(name: ThemeName) -> &'static Self {
        match name {
            ThemeName::Dark => &TABLE.dark,
            ThemeName::Light => &TABLE.light,
            ThemeName::Contrast => &TABLE.contrast,
        }
    }

    /// The theme that `ui` is drawn in.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::get(chosen(ui.ctx()))
    }

    /// The color of a height, 0 to 1: the theme's color map, softened toward the canvas so that paths stand out.
    pub fn heat(&self, unit: f64) -> Color32 {
        let [r, g, b] = self.palette.color(unit);
        self.canvas.lerp_to_gamma(Color32::from_rgb(r, g, b), self.heat_strength)
    }

    /// Whether the color of a height is light, so that what is written on it is dark.
    pub fn is_light(&self, unit: f64) -> bool {
        let [r, g, b, _] = self.heat(unit).to_array();
        crate::chart::palette::luminance([r, g, b]) > 0.18
    }

    /// A color that was mixed of those of the theme.
    pub fn rgb(&self, [r, g, b]: [u8; 3]) -> Color32 {
        Color32::from_rgb(r, g, b)
    }

    /// What a picture is multiplied by to be seen as it is.
    pub fn picture_tint(&self) -> Color32 {
        Color32::WHITE
    }

    /// The look of a racer: color, marker and dash.
    pub fn racer(&self, racer: &Racer) -> RacerLook {
        RacerLook::new(self, racer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG relative luminance contrast of two opaque colors.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let rgba = egui::Rgba::from(c);
            0.2126 * rgba.r() + 0.7152 * rgba.g() + 0.0722 * rgba.b()
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        for name in ThemeName::ALL {
            let theme = Theme::get(name);
            let least = if name == ThemeName::Contrast { 7.0 } else { 4.5 };
            for ground in [theme.panel, theme.canvas, theme.raised] {
                for (what, ink) in [
                    ("text", theme.text),
                    ("muted", theme.muted),
                    ("accent", theme.accent),
                    ("good", theme.good),
                    ("warn", theme.warn),
                    ("bad", theme.bad),
                    ("code_number", theme.code_number),
                    ("code_function", theme.code_function),
                    ("code_parameter", theme.code_parameter),
                    ("code_keyword", theme.code_keyword),
                ] {
                    let ratio = contrast(ink, ground);
                    assert!(ratio >= least, "{what} on {ground:?}, {name:?}: {ratio}");
                }
                assert!(contrast(theme.faint, ground) >= least - 0.5, "faint on {ground:?}, {name:?}");
            }
            for (index, &ink) in theme.racers.iter().enumerate() {
                let ratio = contrast(ink, theme.canvas);
                assert!(ratio >= least - 2.0, "racer {index}, {name:?}: {ratio}");
            }
        }
    }
}
