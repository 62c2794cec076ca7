//! Pictures as vectors, and the files that they become.
//!
//! A [`Scene`] is a short list of plain things: paths, text, pictures and groups, in points. It knows nothing of
//! descents: whoever has something to show says it in this vocabulary, and every writer of this room says it in a
//! format:
//!
//! - [`svg`]: vectors; text stays text, and the glyphs that it uses travel with it;
//! - [`pdf`]: the same for paper;
//! - [`pixels`] and [`png`]: at any scale;
//! - [`animation`]: many scenes as a film, of which [`Show`] draws only what changes.
//!
//! The same scene gives the same bytes.
//! Text is set in the faces that the program embeds ([`crate::font`]), each character in the first face that has it, without kerning,
//! so that [`width`] is exact in every format.

pub mod about;
pub mod animation;

mod base64;
mod canvas;
mod item;
mod number;
mod path;
mod pdf;
mod png;
mod raster;
mod svg;
mod text;

pub use canvas::{MAX_PIXELS, MAX_SIDE, SceneError};
pub use item::{Anchor, Item, Pixels, Rect, Rgba, Stroke, Text, Weight};
pub use path::{Path, Segment};
pub use pdf::pdf;
pub use png::encode as png_of;
pub use raster::{Show, pixels, png};
pub use svg::svg;
pub use text::width;

/// A picture.
///
/// Sizes and places are in points (1/72 inch), x to the right and y downward, from the upper left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width and height in points.
    pub size: [f64; 2],
    /// What is behind everything; none leaves it transparent.
    pub background: Option<Rgba>,
    /// What is drawn, the first at the back.
    pub items: Vec<Item>,
    /// What the file says of itself.
    pub about: About,
}

/// What a file says of itself. Texts that are empty are not written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// A line.
    pub title: String,
    /// What is to be seen, for those who cannot see it.
    pub description: String,
    /// The text from which the picture can be made again.
    pub scenario: String,
}
