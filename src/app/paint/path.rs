//! Paths, solid or dashed, plain or with a halo that sets them off from a color map.

use egui::{Color32, Painter, Pos2, Shape, Stroke};

use crate::app::theme::{Dash, sizes};

/// Draws a path at the weight in force; a dashed one keeps its dash along bends.
pub(in crate::app) fn path(painter: &Painter, points: &[Pos2], dash: Dash, stroke: Stroke) {
    if points.len() < 2 {
        return;
    }
    let stroke = Stroke::new(stroke.width * sizes().weight, stroke.color);
    if dash.is_empty() {
        painter.add(Shape::line(points.to_vec(), stroke));
        return;
    }
    let width = stroke.width.max(1.2);
    let (on, off): (Vec<f32>, Vec<f32>) = dash.chunks_exact(2).map(|pair| (pair[0] * width, pair[1] * width)).unzip();
    painter.extend(Shape::dashed_line_with_offset(points, stroke, &on, &off, 0.0));
}

/// The same over a solid halo.
pub(in crate::app) fn haloed_path(painter: &Painter, points: &[Pos2], dash: Dash, stroke: Stroke, halo: Color32) {
    if points.len() < 2 {
        return;
    }
    painter.add(Shape::line(points.to_vec(), Stroke::new(stroke.width * sizes().weight + 2.0, halo)));
    path(painter, points, dash, stroke);
}
