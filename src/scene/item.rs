//! The things of a scene.

use super::Path;
use crate::num::elem;

/// A color as sRGB bytes and opacity; the color is not multiplied by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// An opaque color.
    pub const fn opaque([r, g, b]: [u8; 3]) -> Self {
        Self([r, g, b, 255])
    }

    /// The same color, as opaque as that (0 to 1) times what it was.
    #[must_use]
    pub fn faded(self, opacity: f64) -> Self {
        let Self([r, g, b, a]) = self;
        Self([r, g, b, (f64::from(a) * opacity.clamp(0.0, 1.0)).round() as u8])
    }

    /// Opacity from 0 to 1.
    pub(super) fn opacity(self) -> f64 {
        f64::from(self.0[3]) / 255.0
    }
}

/// A rectangle: the upper left corner and the size, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The upper left corner.
    pub at: [f64; 2],
    /// Width and height, not negative.
    pub size: [f64; 2],
}

impl Rect {
    /// From the corner and the size.
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { at: [x, y], size: [width, height] }
    }

    /// The lower right corner.
    pub fn end(&self) -> [f64; 2] {
        [self.at[0] + self.size[0], self.at[1] + self.size[1]]
    }
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// The color.
    pub color: Rgba,
    /// In points.
    pub width: f64,
    /// Lengths of dash and gap by turns, in points; empty for a line without gaps.
    pub dash: Vec<f64>,
    /// Round ends and corners; else the ends are flat and the corners pointed.
    pub round: bool,
}

impl Stroke {
    /// A line without gaps, its ends flat.
    pub const fn new(color: Rgba, width: f64) -> Self {
        Self { color, width, dash: Vec::new(), round: false }
    }

    /// The same with round ends and corners.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self { round: true, ..self }
    }

    /// The same in dashes. What is no pattern (negative, not a number, nothing but zeros) is a line without gaps.
    #[must_use]
    pub fn dashed(self, dash: &[f64]) -> Self {
        Self { dash: dash.to_vec(), ..self }
    }

    /// Whether there is anything to be seen.
    pub(super) fn is_visible(&self) -> bool {
        self.width > 0.0 && self.color.0[3] > 0
    }

    /// The pattern, of even length, or none: an odd one is repeated, as SVG says.
    pub(super) fn pattern(&self) -> Option<Vec<f64>> {
        let good =
            self.dash.iter().all(|part| part.is_finite() && *part >= 0.0) && self.dash.iter().sum::<f64>() > 0.01;
        let times = 1 + self.dash.len() % 2;
        good.then(|| self.dash.repeat(times))
    }
}

/// A face of the embedded ones, with those that stand in for it where it lacks a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Running text and numbers.
    #[default]
    Regular,
    /// Titles.
    Semibold,
    /// Every letter of one width: formulas, code.
    Mono,
}

/// Which part of a text is at its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    #[default]
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// A point of the baseline; `anchor` says which.
    pub at: [f64; 2],
    /// The characters. Control characters (a line break too) are not drawn.
    pub text: String,
    /// The size of the type in points.
    pub size: f64,
    /// The face.
    pub weight: Weight,
    /// The color.
    pub color: Rgba,
    /// What is at `at`.
    pub anchor: Anchor,
    /// By how many degrees it is turned, counterclockwise, about `at`; 90 is upward.
    pub turn: f64,
    /// A seam around the glyphs that keeps them readable on what is behind them.
    pub halo: Option<Rgba>,
}

impl Text {
    /// Cosine and sine of its turn; what is not finite is no turn.
    pub(super) fn direction(&self) -> [f64; 2] {
        let angle = if self.turn.is_finite() { self.turn * (std::f64::consts::PI / 180.0) } else { 0.0 };
        [elem::cos(angle), elem::sin(angle)]
    }

    /// The width of the seam's line, half of which is outside of a glyph.
    pub(super) fn halo_width(&self) -> f64 {
        0.28 * self.size
    }
}

/// A picture of pixels, row by row from the top, four bytes each: red, green, blue, opacity, the colors not
/// multiplied by it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `4·width·height` bytes.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// Width and height.
    pub fn size(&self) -> [u32; 2] {
        [self.width, self.height]
    }

    /// Whether there is something, and as many bytes as the size says. What is not sound is not drawn.
    pub fn is_sound(&self) -> bool {
        let bytes = u64::from(self.width) * u64::from(self.height) * 4;
        bytes > 0 && self.rgba.len() as u64 == bytes
    }

    /// Whether nothing shines through.
    pub(super) fn is_opaque(&self) -> bool {
        self.rgba.chunks_exact(4).all(|pixel| pixel[3] == 255)
    }
}

/// A thing of a scene.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Lines and areas. The area is filled first, with what is inside by the nonzero rule.
    Path {
        /// Its outline.
        path: Path,
        /// The color of the area.
        fill: Option<Rgba>,
        /// The line.
        stroke: Option<Stroke>,
    },
    /// A line of text.
    Text(Text),
    /// A picture, stretched over a rectangle.
    Image {
        /// Where it goes.
        rect: Rect,
        /// The picture.
        pixels: Pixels,
        /// Whether colors between the pixels' are made up where it is enlarged; else pixels become squares.
        smooth: bool,
    },
    /// Things that belong together.
    Group {
        /// What is outside is not drawn.
        clip: Option<Rect>,
        /// Of all things together, 0 to 1.
        opacity: f64,
        /// The things, the first at the back.
        items: Vec<Item>,
    },
}

impl Item {
    /// An area.
    pub fn fill(path: Path, color: Rgba) -> Self {
        Self::Path { path, fill: Some(color), stroke: None }
    }

    /// A line.
    pub fn stroke(path: Path, stroke: Stroke) -> Self {
        Self::Path { path, fill: None, stroke: Some(stroke) }
    }

    /// Things of which only what is inside of a rectangle is drawn.
    pub fn clipped(clip: Rect, items: Vec<Self>) -> Self {
        Self::Group { clip: Some(clip), opacity: 1.0, items }
    }
}
