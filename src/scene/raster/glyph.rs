//! A text as one outline.

use skrifa::outline::OutlinePen;
use tiny_skia::{Path, PathBuilder};

use super::convert::coordinate;
use crate::scene::text::{face, runs};
use crate::scene::{Anchor, Text, width};

/// The outline of a text at its place, in points; none where there is nothing to be seen.
pub(super) fn outline(text: &Text) -> Option<Path> {
    let length = width(&text.text, text.size, text.weight);
    let along = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -0.5 * length,
        Anchor::End => -length,
    };
    let mut pen = Pen { builder: PathBuilder::new(), origin: text.at, along, scale: 0.0, direction: text.direction() };
    for run in runs(&text.text, text.weight) {
        let face = face(run.face);
        pen.scale = text.size / face.units;
        for c in run.text.chars() {
            let glyph = face.glyph(c).unwrap_or(0);
            face.outline(glyph, &mut pen);
            pen.along += face.glyph_advance(glyph) * pen.scale;
        }
    }
    pen.builder.finish()
}

/// Draws glyphs one after the other along the line of the text.
struct Pen {
    builder: PathBuilder,
    origin: [f64; 2],
    /// How far along the line the glyph begins.
    along: f64,
    /// Points to a unit of the face.
    scale: f64,
    /// Cosine and sine of the angle of the line, counterclockwise.
    direction: [f64; 2],
}

impl Pen {
    /// A place of the glyph, y upward in units, as a place of the page.
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let (right, up) = (self.along + f64::from(x) * self.scale, f64::from(y) * self.scale);
        let [x, y] = self.origin;
        let [cosine, sine] = self.direction;
        let (x, y) = (x + right * cosine - up * sine, y - right * sine - up * cosine);
        (coordinate(x), coordinate(y))
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        let ((a, b), (x, y)) = (self.place(a, b), self.place(x, y));
        self.builder.quad_to(a, b, x, y);
    }

    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        let ((a, b), (c, d), (x, y)) = (self.place(a, b), self.place(c, d), self.place(x, y));
        self.builder.cubic_to(a, b, c, d, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
