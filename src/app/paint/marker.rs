//! The racers' markers: one shape each, told apart without color.

use egui::{Color32, Painter, Pos2, Stroke, epaint::PathShape, vec2};

use crate::app::theme::sizes;
use crate::session::Marker;

/// Draws a marker of half-size `r` with a halo of color `halo` around it.
pub(in crate::app) fn marker(painter: &Painter, at: Pos2, shape: Marker, r: f32, color: Color32, halo: Color32) {
    if !(at.x.is_finite() && at.y.is_finite()) {
        return;
    }
    let r = r * sizes().weight;
    let rim = Stroke::new(1.0, halo);
    let polygon = |points: Vec<Pos2>| {
        painter.add(PathShape::convex_polygon(points, color, rim));
    };
    match shape {
        Marker::Circle => {
            painter.circle(at, r, color, rim);
        }
        Marker::Square => {
            let s = r * 0.88;
            polygon([(-s, -s), (s, -s), (s, s), (-s, s)].map(|(x, y)| at + vec2(x, y)).into());
        }
        Marker::Diamond => {
            let s = r * 1.2;
            polygon([(0.0, -s), (s, 0.0), (0.0, s), (-s, 0.0)].map(|(x, y)| at + vec2(x, y)).into());
        }
        Marker::TriangleUp | Marker::TriangleDown => {
            let (s, up) = (r * 1.15, if shape == Marker::TriangleUp { 1.0 } else { -1.0 });
            polygon([(0.0, -s), (s, s * 0.75), (-s, s * 0.75)].map(|(x, y)| at + vec2(x, y * up)).into());
        }
        Marker::Hexagon => {
            let corner = |k: u8| at + egui::Vec2::angled(f32::from(k) * std::f32::consts::FRAC_PI_3) * r * 1.1;
            polygon((0..6).map(corner).collect());
        }
        Marker::Cross | Marker::Plus => {
            let (s, turn) = if shape == Marker::Cross { (r * 0.9, vec2(1.0, 1.0)) } else { (r * 1.2, vec2(1.0, 0.0)) };
            for (width, ink) in [(r * 0.75 + 2.0, halo), (r * 0.75, color)] {
                let stroke = Stroke::new(width, ink);
                painter.line_segment([at - turn * s, at + turn * s], stroke);
                painter.line_segment([at - turn.rot90() * s, at + turn.rot90() * s], stroke);
            }
        }
    }
}
