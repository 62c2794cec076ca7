//! The scale of colors: a bar at the right of the data with the levels of the contour lines and their numbers.

use super::frame::Frame;
use super::pen::{Pen, Role};
use crate::chart::{Tone, levels, ticks};
use crate::scene::{Anchor, Path, Pixels, Stroke};

/// Units: between the data and the bar, of the bar, of a tick, between a tick and its number.
const APART: f64 = 9.0;
const WIDE: f64 = 8.0;
const TICK: f64 = 2.6;
const GAP: f64 = 2.6;

/// A bar with marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Bar {
    /// The colors from below.
    pub colors: Vec<[u8; 3]>,
    /// Places from 0 to 1 with their numbers.
    pub marks: Vec<(f64, String)>,
    /// What is measured; empty for none.
    pub name: String,
    /// Whether the marks are drawn across the bar, as contour lines are across the data.
    pub lines: bool,
}

impl Bar {
    /// The bar of a scale of heights.
    pub(super) fn of_tone(tone: &Tone, colors: Vec<[u8; 3]>, name: String, count: usize) -> Self {
        let mark = |level: f64| (tone.unit(level), ticks::short(level, 3));
        Self { colors, marks: levels::levels(tone, count).into_iter().map(mark).collect(), name, lines: true }
    }

    /// Points that it needs at the right of the data.
    pub(super) fn room(&self, pen: &Pen<'_>) -> f64 {
        let widest = self.marks.iter().map(|(_, text)| pen.width(text, Role::Tick)).fold(0.0, f64::max);
        let name = if self.name.is_empty() { 0.0 } else { pen.u(4.0) + pen.size(Role::Name) };
        pen.u(APART + WIDE + TICK + GAP) + widest + name
    }

    /// Draws it beside a frame of data.
    pub(super) fn draw(&self, pen: &mut Pen<'_>, data: Frame) {
        let left = data.right + pen.u(APART);
        let frame = Frame { left, right: left + pen.u(WIDE), ..data };
        let rgba = self.colors.iter().rev().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
        pen.picture(frame, Pixels { width: 1, height: self.colors.len() as u32, rgba }, true);
        let mut path = Path::rect(frame.rect());
        let mut lines = Path::new();
        let height = |unit: f64| frame.bottom - unit * frame.height();
        let mut free = f64::INFINITY;
        let mut widest = 0.0_f64;
        let mut told = Vec::new();
        for (unit, text) in &self.marks {
            let y = height(*unit);
            if self.lines {
                lines.move_to([frame.left, y]).line_to([frame.right, y]);
            }
            if y <= free {
                path.move_to([frame.right, y]).line_to([frame.right + pen.u(TICK), y]);
                free = y - 1.25 * pen.size(Role::Tick);
                widest = widest.max(pen.width(text, Role::Tick));
                told.push((y, text));
            }
        }
        let thin = Stroke::new(pen.theme.contour_dark, pen.line_width(0.5));
        pen.path(lines, thin);
        let stroke = Stroke::new(pen.theme.axis, pen.line_width(0.6));
        pen.path(path, stroke);
        let x = frame.right + pen.u(TICK + GAP);
        let (muted, ink) = (pen.theme.muted, pen.theme.text);
        for (y, text) in told {
            pen.centered([x, y], text, Role::Tick, muted, Anchor::Start);
        }
        if !self.name.is_empty() {
            let at = x + widest + pen.u(4.0) + 0.5 * pen.size(Role::Name);
            pen.upward([at, data.middle()[1]], &self.name, Role::Name, ink);
        }
    }
}
