//! What is to be seen, as geometry in data coordinates: fields and their contour lines, colors, ticks, curves, paths,
//! the ball on its slope, the
//! relief in space. Pure functions in f64. It knows no screen, no toolkit and no theme: where a size on the screen
//! matters (labels, decimation), the caller gives the scale as pixels per unit.

pub mod arrow;
pub mod ball;
pub mod cache;
pub mod contour;
pub mod curve;
pub mod field;
pub mod hop;
pub mod label;
pub mod levels;
pub mod mosaic;
mod pace;
pub mod palette;
pub mod parabola;
pub mod path;
pub mod relief;
pub mod ticks;
pub mod tone;

pub use arrow::{Arrow, EdgeMark};
pub use cache::ContourCache;
pub use contour::{Contour, Line};
pub use curve::Curve;
pub use field::{Field, Sampler};
pub use label::Label;
pub use pace::Pace;
pub use palette::Palette;
pub use ticks::{Tick, Ticks};
pub use tone::{Tone, ToneKind};

/// A point in data coordinates.
pub type Point = [f64; 2];

/// What a view shows: an interval of each coordinate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Left and right end.
    pub x: [f64; 2],
    /// Lower and upper end.
    pub y: [f64; 2],
}

impl View {
    /// Whether a point is in it, the rim included.
    pub fn contains(&self, [x, y]: Point) -> bool {
        (self.x[0]..=self.x[1]).contains(&x) && (self.y[0]..=self.y[1]).contains(&y)
    }

    /// Width and height.
    pub fn size(&self) -> [f64; 2] {
        [self.x[1] - self.x[0], self.y[1] - self.y[0]]
    }

    /// Grown by a share of its size on every side.
    pub fn grown(&self, share: f64) -> Self {
        let [w, h] = self.size().map(|s| s * share);
        Self { x: [self.x[0] - w, self.x[1] + w], y: [self.y[0] - h, self.y[1] + h] }
    }
}
