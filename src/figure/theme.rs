//! Themes: the colors and lines of figures, read from `assets/figures/themes.toml` over the window's own table.

use std::sync::LazyLock;

use crate::chart::Palette;
use crate::chart::palette::luminance;
use crate::scene::Rgba;
use crate::session::{Marker, Racer};

/// One of the designed themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// Dark on white, in color.
    #[default]
    Light,
    /// Light on dark, for dark slides.
    Dark,
    /// Black on white, thin, safe in gray.
    Print,
}

impl ThemeName {
    /// Every theme, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// The name on the command line and in presets.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    /// The theme of a name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.id() == id)
    }
}

macro_rules! theme {
    ($($(#[$doc:meta])* $token:ident),* $(,)?) => {
        /// The colors and lines of a figure.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Theme {
            $($(#[$doc])* pub $token: Rgba,)*
            /// The colors of the racers.
            pub racers: Vec<Rgba>,
            /// The colors of the minima of a map.
            pub hues: Vec<Rgba>,
            /// The map of colors for heights.
            pub palette: Palette,
            /// How much of it is seen over the paper; 0 leaves heights to the contour lines.
            pub heat: f64,
            /// A factor on the widths of lines and the sizes of marks.
            pub weight: f64,
            /// Whether every other racer's marks are hollow.
            pub hollow: bool,
        }

        impl Theme {
            fn read(tokens: &Tokens<'_>) -> Self {
                let racers = tokens.list("racers");
                let hues = tokens.list("hues");
                Self {
                    $($token: tokens.color(stringify!($token)),)*
                    hues: if hues.is_empty() { racers.clone() } else { hues },
                    racers,
                    palette: Palette::find(tokens.word("paint")).unwrap_or_default(),
                    heat: tokens.number("heat"),
                    weight: tokens.number("weight"),
                    hollow: tokens.own.get("hollow").and_then(toml::Value::as_bool).unwrap_or_default(),
                }
            }
        }
    };
}

theme! {
    /// Behind everything.
    paper,
    /// Text.
    text,
    /// Text of the second rank.
    muted,
    /// The frame of the data, and its ticks.
    axis,
    /// Grid lines.
    grid,
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
    /// What is pointed out.
    mark,
    /// Around marks and paths.
    halo,
    /// The tangent.
    tangent,
    /// The arrow of the gradient.
    gradient,
    /// The arrow of the step.
    step,
    /// The parabola that fits at the iterate.
    model,
    /// Known minima.
    minimum,
    /// The start.
    accent,
    /// What needs care.
    warn,
    /// What diverges.
    bad,
}

/// What a theme is read from: its own table, and the window's.
struct Tokens<'a> {
    own: &'a toml::Table,
    window: &'a toml::Table,
    racers: &'a [toml::Value],
}

impl Tokens<'_> {
    fn color(&self, token: &str) -> Rgba {
        self.own.get(token).or_else(|| self.window.get(token)).and_then(color).unwrap_or_default()
    }

    fn list(&self, token: &str) -> Vec<Rgba> {
        let own = self.own.get(token).and_then(toml::Value::as_array).map(Vec::as_slice);
        let usual = if token == "racers" { self.racers } else { &[] };
        own.unwrap_or(usual).iter().filter_map(color).collect()
    }

    fn word(&self, token: &str) -> &str {
        self.own.get(token).and_then(toml::Value::as_str).unwrap_or_default()
    }

    fn number(&self, token: &str) -> f64 {
        self.own.get(token).and_then(toml::Value::as_float).unwrap_or(1.0)
    }
}

/// `#rrggbb` or `#rrggbbaa`.
fn color(value: &toml::Value) -> Option<Rgba> {
    let digits = value.as_str()?.strip_prefix('#')?;
    let part = |k: usize| u8::from_str_radix(digits.get(2 * k..2 * k + 2)?, 16).ok();
    let cover = if digits.len() == 8 { part(3)? } else { 255 };
    Some(Rgba([part(0)?, part(1)?, part(2)?, cover]))
}

static THEMES: LazyLock<[Theme; 3]> = LazyLock::new(|| {
    let table = |text: &str| text.parse::<toml::Table>().unwrap_or_default();
    let own = table(include_str!("../../assets/figures/themes.toml"));
    let windows = table(include_str!("../../assets/themes.toml"));
    let empty = toml::Table::new();
    let under = |table: &toml::Table, name: &str| table.get(name).and_then(toml::Value::as_table).cloned();
    ThemeName::ALL.map(|name| {
        let own = under(&own, name.id()).unwrap_or_default();
        let window = own.get("window").and_then(toml::Value::as_str).unwrap_or_default();
        let racers = windows.get("racers").and_then(|racers| racers.get(window)).and_then(toml::Value::as_array);
        let racers = racers.map_or(&[][..], Vec::as_slice);
        let window = windows.get(window).and_then(toml::Value::as_table).unwrap_or(&empty);
        Theme::read(&Tokens { own: &own, window, racers })
    })
});

/// How a racer is told from the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Its color.
    pub color: Rgba,
    /// Its mark.
    pub marker: Marker,
    /// Whether its marks are hollow.
    pub hollow: bool,
    /// The dash of its path, in widths of the line.
    pub dash: &'static [f32],
}

impl Theme {
    /// The theme of a name.
    pub fn get(name: ThemeName) -> &'static Self {
        match name {
            ThemeName::Light => &THEMES[0],
            ThemeName::Dark => &THEMES[1],
            ThemeName::Print => &THEMES[2],
        }
    }

    /// The color of a height, 0 to 1, on the paper.
    pub fn heat(&self, unit: f64) -> [u8; 3] {
        let [r, g, b, _] = self.paper.0;
        let paper = [r, g, b];
        if self.heat <= 0.0 {
            return paper;
        }
        let color = self.palette.color(unit);
        [0, 1, 2].map(|k| {
            let (from, to) = (f64::from(paper[k]), f64::from(color[k]));
            (from + (to - from) * self.heat + 0.5) as u8
        })
    }

    /// The color of a height on a shaded surface: there is one in every theme.
    pub fn shade(&self, unit: f64) -> [u8; 3] {
        self.palette.color(unit)
    }

    /// Whether a color is light, so that what is written on it is dark.
    pub fn is_light(color: [u8; 3]) -> bool {
        luminance(color) > 0.18
    }

    /// The look of a racer.
    pub fn look(&self, racer: &Racer) -> Look {
        let color = match self.racers.len() {
            0 => self.text,
            n => self.racers[usize::from(racer.palette) % n],
        };
        let hollow = self.hollow && !racer.palette.is_multiple_of(2);
        Look { color, marker: racer.marker(), hollow, dash: racer.dash() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_has_a_color_that_is_seen_on_the_paper() {
        for name in ThemeName::ALL {
            let theme = Theme::get(name);
            let bright = |color: Rgba| luminance([color.0[0], color.0[1], color.0[2]]);
            let contrast = |a: Rgba, b: Rgba| {
                let (a, b) = (bright(a), bright(b));
                (a.max(b) + 0.05) / (a.min(b) + 0.05)
            };
            for (what, ink, least) in [
                ("text", theme.text, 7.0),
                ("muted", theme.muted, 4.5),
                ("axis", theme.axis, 3.0),
                ("curve", theme.curve, 7.0),
                ("mark", theme.mark, 7.0),
                ("tangent", theme.tangent, 3.0),
                ("gradient", theme.gradient, 3.0),
                ("step", theme.step, 3.0),
                ("model", theme.model, 3.0),
                ("minimum", theme.minimum, 7.0),
            ] {
                assert!(contrast(ink, theme.paper) >= least, "{what}, {name:?}: {}", contrast(ink, theme.paper));
            }
            assert_eq!(theme.racers.len(), usize::from(Racer::PALETTE), "{name:?}");
            for ink in &theme.racers {
                assert!(contrast(*ink, theme.paper) >= 2.5, "{ink:?}, {name:?}");
            }
            assert!(theme.hues.len() >= 8 && theme.weight > 0.0);
        }
        assert!(Theme::get(ThemeName::Print).racers.iter().all(|ink| *ink == Rgba([0, 0, 0, 255])));
    }
}
