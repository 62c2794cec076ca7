//! Arrows with proper heads: a shaft that ends where the head begins, a head that keeps its size. They differ by head and
//! dash, not by color alone.

use egui::{Color32, Painter, Pos2, Shape, Stroke, epaint::PathShape};

use super::path;
use crate::app::theme::{Dash, sizes};

/// What ends an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Head {
    /// A filled barb.
    Full,
    /// Two strokes.
    Open,
    /// A ring around the place itself.
    Ring,
}

/// How an arrow looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) struct ArrowStyle {
    /// Points of the shaft, across.
    pub width: f32,
    /// Its color.
    pub color: Color32,
    /// The dash of the shaft.
    pub dash: Dash,
    /// What it ends with.
    pub head: Head,
}

/// Draws an arrow from `from` to `to`; nothing when it would be shorter than it is wide.
pub(in crate::app) fn arrow(painter: &Painter, from: Pos2, to: Pos2, style: ArrowStyle, halo: Color32) {
    let ArrowStyle { width, color, dash, head } = style;
    let vector = to - from;
    let length = vector.length();
    if !length.is_finite() || length < 3.0 {
        return;
    }
    let width = width * sizes().weight;
    let along = vector / length;
    let across = along.rot90();
    let size = (width * 4.5).min(length * 0.6);
    let wing = size * 0.42;
    match head {
        Head::Full => {
            let neck = to - along * size * 0.82;
            let outline = vec![to, to - along * size + across * wing, neck, to - along * size - across * wing];
            painter.line_segment([from, neck], Stroke::new(width + 2.5, halo));
            painter.add(Shape::closed_line(outline.clone(), Stroke::new(2.5, halo)));
            path(painter, &[from, neck], dash, Stroke::new(style.width, color));
            // The head is not convex (its back is notched), so it is two triangles.
            for side in [1, 3] {
                let half = vec![outline[0], outline[side], outline[2]];
                painter.add(PathShape::convex_polygon(half, color, Stroke::NONE));
            }
        }
        Head::Open => {
            let barb = vec![to - along * size + across * wing, to, to - along * size - across * wing];
            painter.line_segment([from, to], Stroke::new(width + 2.5, halo));
            painter.add(Shape::line(barb.clone(), Stroke::new(width + 2.5, halo)));
            path(painter, &[from, to], dash, Stroke::new(style.width, color));
            painter.add(Shape::line(barb, Stroke::new(width, color)));
        }
        Head::Ring => {
            let edge = to - along * 4.0_f32.min(length);
            painter.line_segment([from, edge], Stroke::new(width + 2.5, halo));
            painter.circle_stroke(to, 4.0, Stroke::new(width + 2.5, halo));
            path(painter, &[from, edge], dash, Stroke::new(style.width, color));
            painter.circle_stroke(to, 4.0, Stroke::new(width, color));
        }
    }
}
