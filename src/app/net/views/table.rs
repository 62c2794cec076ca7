//! Tables of numbers on the canvas, and the frame of a card: what several views are made of.

use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::app::paint::{elided_text, face, strong, text};
use crate::app::theme::{Theme, sizes};

/// Points of a line, down.
pub(super) const LINE: f32 = 18.0;

/// A raised card with a title; the place for what is in it.
pub(super) fn card(painter: &Painter, theme: &Theme, rect: Rect, title: &str, outline: Color32) -> Rect {
    painter.rect(rect, CornerRadius::same(8), theme.raised, Stroke::new(1.0, outline), StrokeKind::Inside);
    let at = rect.min + vec2(14.0, 9.0);
    text(painter, at, Align2::LEFT_TOP, title, strong(sizes().body), theme.text);
    Rect::from_min_max(rect.min + vec2(14.0, 32.0), rect.max - vec2(14.0, 8.0))
}

/// A line of figures, elided.
pub(super) fn figures(painter: &Painter, at: Pos2, width: f32, words: &str, ink: Color32) {
    elided_text(painter, at + vec2(0.0, LINE / 2.0), width, words, face(sizes().number, true), ink);
}

/// A table: the first column at the left, the others right-aligned; what does not fit below is left out.
pub(super) fn table(painter: &Painter, theme: &Theme, rect: Rect, head: &[&str], rows: &[Vec<String>]) {
    let columns = head.len().max(1);
    let first = if columns > 1 { rect.width() * 0.22 } else { rect.width() };
    let wide = (rect.width() - first) / (columns - 1).max(1) as f32;
    let place = |column: usize, y: f32| match column {
        0 => (pos2(rect.left(), y), Align2::LEFT_CENTER),
        k => (pos2(rect.left() + first + wide * k as f32, y), Align2::RIGHT_CENTER),
    };
    let small = face(sizes().caption, false);
    for (column, word) in head.iter().enumerate() {
        let (at, anchor) = place(column, rect.top() + LINE / 2.0);
        text(painter, at, anchor, word, small.clone(), theme.faint);
    }
    for (k, row) in rows.iter().enumerate() {
        let y = rect.top() + LINE * (k as f32 + 1.5);
        if y + LINE / 2.0 > rect.bottom() + 1.0 {
            break;
        }
        for (column, value) in row.iter().enumerate().take(columns) {
            let (at, anchor) = place(column, y);
            let ink = if column == 0 { theme.muted } else { theme.text };
            text(painter, at, anchor, value, face(sizes().number, true), ink);
        }
    }
}
