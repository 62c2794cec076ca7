//! Arrows with proper heads: a shaft that ends where the head begins, a head that keeps its size.

use egui::{Color32, Painter, Pos2, Shape, Stroke, epaint::PathShape};

/// Draws an arrow from `from` to `to`; nothing when it would be shorter than it is wide.
pub(in crate::app) fn arrow(painter: &Painter, from: Pos2, to: Pos2, width: f32, color: Color32, halo: Color32) {
    let vector = to - from;
    let length = vector.length();
    if !length.is_finite() || length < 3.0 {
        return;
    }
    let along = vector / length;
    let across = along.rot90();
    let head = (width * 4.5).min(length * 0.6);
    let wing = head * 0.42;
    let neck = to - along * head * 0.82;
    let outline = vec![to, to - along * head + across * wing, neck, to - along * head - across * wing];
    painter.line_segment([from, neck], Stroke::new(width + 2.5, halo));
    painter.add(Shape::closed_line(outline.clone(), Stroke::new(2.5, halo)));
    painter.line_segment([from, neck], Stroke::new(width, color));
    // The head is not convex (its back is notched), so it is two triangles.
    for side in [1, 3] {
        painter.add(PathShape::convex_polygon(vec![outline[0], outline[side], outline[2]], color, Stroke::NONE));
    }
}
