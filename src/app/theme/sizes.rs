//! Sizes: of type, of lines and of marks, in points. The presentation has the same table, scaled for the last row.

use std::cell::Cell;

use serde::Deserialize;

use super::TABLE;

/// Sizes in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Captions and ticks.
    pub caption: f32,
    /// Running text and controls.
    pub body: f32,
    /// Numbers, in the face of equal widths.
    pub number: f32,
    /// Titles of rooms.
    pub title: f32,
    /// The one big thing of a page.
    pub display: f32,
    /// How heavy lines and marks on data are: a factor on the widths and radii that they are designed with.
    pub weight: f32,
}

/// How the presentation differs.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presentation {
    /// Everything is larger by this factor.
    pub zoom: f32,
    /// Type is larger by this factor.
    pub text: f32,
    /// Lines and marks are heavier by this factor.
    pub weight: f32,
}

impl Sizes {
    pub(super) fn presented(self, by: Presentation) -> Self {
        Self {
            caption: self.caption * by.text,
            body: self.body * by.text,
            number: self.number * by.text,
            title: self.title * by.text,
            display: self.display * by.text,
            weight: self.weight * by.weight,
        }
    }
}

thread_local! {
    // A window is drawn by one thread from its first mark to its last, and the sizes are asked for at every mark.
    static PRESENTING: Cell<bool> = const { Cell::new(false) };
}

/// Takes the sizes of the presentation from now on, or the usual ones, for what this thread draws.
pub fn present(on: bool) {
    PRESENTING.set(on);
}

/// The sizes in force.
pub fn sizes() -> &'static Sizes {
    if PRESENTING.get() { &TABLE.presented } else { &TABLE.sizes }
}

/// How the presentation differs.
pub fn presentation() -> Presentation {
    TABLE.presentation
}
