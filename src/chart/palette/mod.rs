//! Color maps: a number from 0 to 1 becomes a color. Perceptually even, lightness rising all the way, so that they also
//! read in gray and for every kind of color vision. Which one a theme takes is not decided here.

mod tables;

use crate::num::elem;

/// A color map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Palette {
    /// Violet over green to yellow.
    #[default]
    Viridis,
    /// Blue over gray to yellow: the same for color-blind eyes.
    Cividis,
    /// Blue water to white paper: light, for the light theme and for print.
    Paper,
    /// Deep to lighter blue: quiet, for the dark theme; racers stand out on it.
    Night,
    /// Middle gray to white, for high contrast: black lines are seen on all of it.
    Gray,
}

impl Palette {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 5] = [Self::Viridis, Self::Cividis, Self::Paper, Self::Night, Self::Gray];

    /// A name for files and menus.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Viridis => "viridis",
            Self::Cividis => "cividis",
            Self::Paper => "paper",
            Self::Night => "night",
            Self::Gray => "gray",
        }
    }

    /// The map of this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|map| map.id() == id)
    }

    const fn table(self) -> &'static [u32; 256] {
        match self {
            Self::Viridis => &tables::VIRIDIS,
            Self::Cividis => &tables::CIVIDIS,
            Self::Paper => &tables::PAPER,
            Self::Night => &tables::NIGHT,
            Self::Gray => &tables::GRAY,
        }
    }

    /// The color of `unit`, red, green and blue; what lies outside 0 to 1 gets the color of the end, nan that of 0.
    pub fn color(self, unit: f64) -> [u8; 3] {
        // The places between two of the 256 colors are mixed, so that a smooth field stays smooth.
        let place = if unit.is_nan() { 0.0 } else { unit.clamp(0.0, 1.0) * 255.0 };
        let low = place as usize;
        let t = place - low as f64;
        let [_, r, g, b] = self.table()[low.min(255)].to_be_bytes();
        let [_, r1, g1, b1] = self.table()[(low + 1).min(255)].to_be_bytes();
        [(r, r1), (g, g1), (b, b1)].map(|(a, b)| (f64::from(a) + (f64::from(b) - f64::from(a)) * t + 0.5) as u8)
    }

    /// Whether dark lines and letters are seen better than light ones on the color of `unit`.
    pub fn is_light(self, unit: f64) -> bool {
        luminance(self.color(unit)) > 0.18
    }
}

/// The relative luminance of an sRGB color, 0 for black to 1 for white (WCAG's).
pub fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { elem::pow((v + 0.055) / 1.055, 2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_map_gets_lighter_without_a_jump() {
        for map in Palette::ALL {
            assert_eq!(Palette::find(map.id()), Some(map));
            let light: Vec<f64> = (0..=1000).map(|k| luminance(map.color(f64::from(k) / 1000.0))).collect();
            let id = map.id();
            assert!(light.windows(20).all(|w| w[19] > w[0]), "{id} rises");
            assert!(light.windows(2).all(|w| (w[1] - w[0]).abs() < 0.01), "{id} has no jump");
            assert_eq!(map.color(-3.0), map.color(0.0));
            assert_eq!(map.color(7.0), map.color(1.0));
            assert_eq!(map.color(f64::NAN), map.color(0.0));
        }
        assert_eq!(Palette::Viridis.color(0.0), [68, 1, 84]);
        assert_eq!(Palette::Viridis.color(1.0), [253, 231, 37]);
        assert_eq!(Palette::Cividis.color(1.0), [254, 232, 56]);
        assert!(Palette::Paper.is_light(0.0) && !Palette::Night.is_light(0.0));
    }
}
