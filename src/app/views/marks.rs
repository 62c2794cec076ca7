//! Marks that both views share: minima, the start, the edge arrow of a ball that left, spacing of markers.

use egui::{Align2, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use super::track::Track;
use crate::app::paint::{face, haloed_text, marker};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::show_number;

/// A known minimum: a small cross in a ring.
pub(in crate::app) fn minimum(painter: &Painter, theme: &Theme, at: Pos2) {
    for (width, ink) in [(3.5, theme.halo), (1.5, theme.minimum)] {
        let stroke = Stroke::new(width, ink);
        painter.circle_stroke(at, 5.5, stroke);
        painter.line_segment([at - vec2(2.5, 0.0), at + vec2(2.5, 0.0)], stroke);
        painter.line_segment([at - vec2(0.0, 2.5), at + vec2(0.0, 2.5)], stroke);
    }
}

/// The place under the pointer: a small ring.
pub(in crate::app) fn spot(painter: &Painter, theme: &Theme, at: Pos2) {
    for (width, ink) in [(3.5, theme.halo), (1.5, theme.text)] {
        painter.circle_stroke(at, 4.0, Stroke::new(width, ink));
    }
}

/// The start: a ring with four ticks, to be grabbed.
pub(in crate::app) fn start(painter: &Painter, theme: &Theme, at: Pos2) {
    for (width, ink) in [(4.0, theme.halo), (1.75, theme.accent)] {
        let stroke = Stroke::new(width, ink);
        painter.circle_stroke(at, 9.0, stroke);
        for direction in [Vec2::X, Vec2::Y, -Vec2::X, -Vec2::Y] {
            painter.line_segment([at + direction * 9.0, at + direction * 13.0], stroke);
        }
    }
}

/// The places that are at least `apart` points from the one before.
pub(in crate::app) fn spaced(points: &[Pos2], apart: f32) -> Vec<Pos2> {
    let mut kept: Vec<Pos2> = Vec::new();
    for &at in points {
        if kept.last().is_none_or(|last| last.distance(at) >= apart) {
            kept.push(at);
        }
    }
    kept
}

/// An arrow at the edge of the view that says where a ball went.
pub(in crate::app) fn edge(
    painter: &Painter,
    theme: &Theme,
    track: &Track,
    at: Pos2,
    toward: Vec2,
    place: [f64; 2],
    map: bool,
) {
    let across = toward.rot90();
    let tip = at + toward * 10.0;
    let outline = vec![tip, at + across * 7.0 - toward * 3.0, at - across * 7.0 - toward * 3.0];
    painter.add(Shape::convex_polygon(outline, track.look.color, Stroke::new(1.5, theme.halo)));
    let tail = at - toward * 11.0;
    marker(painter, tail, track.look.marker, 4.0, track.look.color, theme.halo);
    let [x, y] = place.map(|v| show_number(v, 3));
    let words = if map { format!("({x}, {y})") } else { x };
    let anchor = match (toward.x.abs() > toward.y.abs(), toward.x > 0.0) {
        (true, true) => Align2::RIGHT_CENTER,
        (true, false) => Align2::LEFT_CENTER,
        _ => Align2::CENTER_CENTER,
    };
    let font = face(sizes().caption, true);
    haloed_text(painter, tail - toward * 10.0, anchor, words, font, theme.text, theme.halo);
}
