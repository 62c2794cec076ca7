//! Text on data: one line, anchored, in a face and size of the table; with a halo where the ground is a color map.

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, FontFamily, FontId, Painter, Pos2, Rect, vec2};

/// A face of the type scale: words in the proportional face, numbers in the one of equal widths.
pub(in crate::app) fn face(points: f32, number: bool) -> FontId {
    FontId::new(points, if number { FontFamily::Monospace } else { FontFamily::Proportional })
}

/// The face of titles.
pub(in crate::app) fn strong(points: f32) -> FontId {
    FontId::new(points, crate::app::fonts::strong())
}

/// Draws one line and returns where it stands.
pub(in crate::app) fn text(
    painter: &Painter,
    at: Pos2,
    anchor: Align2,
    text: impl ToString,
    font: FontId,
    color: Color32,
) -> Rect {
    painter.text(at, anchor, text, font, color)
}

/// The same from its left end, with an ellipsis where `width` does not suffice.
pub(in crate::app) fn elided_text(
    painter: &Painter,
    left_middle: Pos2,
    width: f32,
    text: &str,
    font: FontId,
    color: Color32,
) -> Rect {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(width);
    let galley = painter.layout_job(job);
    let rect = Align2::LEFT_CENTER.anchor_size(left_middle, galley.size());
    painter.galley(rect.min, galley, color);
    rect
}

/// A number left of an axis, smaller where the room of `width` points would not hold it: cut off it would be another
/// number. None is drawn where it would lie on `taken`.
pub(in crate::app) fn axis_number(
    painter: &Painter,
    right_middle: Pos2,
    (width, taken): (f32, Rect),
    number: &str,
    font: FontId,
    color: Color32,
) {
    let lay = |font: &FontId| painter.layout_no_wrap(number.to_owned(), font.clone(), color);
    let mut galley = lay(&font);
    if galley.size().x > width {
        galley = lay(&FontId { size: (font.size * width / galley.size().x).max(LEAST), ..font });
    }
    let rect = Align2::RIGHT_CENTER.anchor_size(right_middle, galley.size());
    if !rect.intersects(taken) {
        painter.galley(rect.min, galley, color);
    }
}

/// The smallest letters, in points.
const LEAST: f32 = 7.0;

/// One line with a halo of one point around the letters.
pub(in crate::app) fn haloed_text(
    painter: &Painter,
    at: Pos2,
    anchor: Align2,
    text: impl ToString,
    font: FontId,
    color: Color32,
    halo: Color32,
) -> Rect {
    let galley = painter.layout_no_wrap(text.to_string(), font, color);
    let rect = anchor.anchor_size(at, galley.size());
    for (x, y) in [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)]
    {
        let ghost = galley.clone();
        painter.galley_with_override_text_color(rect.min + vec2(x, y), ghost, halo);
    }
    painter.galley(rect.min, galley, color);
    rect
}

/// Text that stands at an angle (radians, clockwise on the screen) around its middle, with a halo.
pub(in crate::app) fn tilted_text(
    painter: &Painter,
    middle: Pos2,
    angle: f32,
    text: &str,
    font: FontId,
    color: Color32,
    halo: Color32,
) {
    let galley = painter.layout_no_wrap(text.to_owned(), font, color);
    let corner = |by: egui::Vec2| middle + by - egui::emath::Rot2::from_angle(angle) * (galley.size() / 2.0);
    for by in [vec2(-1.0, 0.0), vec2(1.0, 0.0), vec2(0.0, -1.0), vec2(0.0, 1.0)] {
        let ghost = TextShape::new(corner(by), galley.clone(), halo).with_override_text_color(halo).with_angle(angle);
        painter.add(ghost);
    }
    painter.add(TextShape::new(corner(egui::Vec2::ZERO), galley.clone(), color).with_angle(angle));
}
