//! Axes: ticks with their numbers outside the frame, few grid lines, a hairline around.

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, pos2};

use super::plane::Plane;
use crate::app::paint::{axis_number, face, text};
use crate::app::theme::{Theme, sizes};
use crate::chart::ticks::{Tick, ticks};

/// Points kept free for the numbers left of a plane.
const LEFT: f32 = 48.0;

/// Draws grid lines into the plane (behind the data).
pub(in crate::app) fn grid(painter: &Painter, theme: &Theme, plane: Plane) {
    let stroke = Stroke::new(1.0, theme.grid);
    for mark in ticks(plane.x[0], plane.x[1], (plane.rect.width() / 90.0) as usize) {
        painter.vline(plane.to_screen(mark.value, plane.y[0]).x.round() + 0.5, plane.rect.y_range(), stroke);
    }
    for mark in ticks(plane.y[0], plane.y[1], (plane.rect.height() / 60.0) as usize) {
        painter.hline(plane.rect.x_range(), plane.to_screen(plane.x[0], mark.value).y.round() + 0.5, stroke);
    }
}

/// Draws the frame, the ticks and the numbers around the plane (over the data), and the axes' names.
pub(in crate::app) fn frame(painter: &Painter, theme: &Theme, plane: Plane, names: [&str; 2]) {
    frame_of(painter, theme, plane, names, 0);
}

/// The same with at least about so many numbers across, for a plane that is narrow.
pub(in crate::app) fn frame_of(painter: &Painter, theme: &Theme, plane: Plane, names: [&str; 2], least: usize) {
    let rect = plane.rect;
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), StrokeKind::Outside);
    let font = face(sizes().caption, true);
    let tick = Stroke::new(1.0, theme.axis);
    let mut free = rect.left() - LEFT;
    for Tick { value, label, .. } in ticks(plane.x[0], plane.x[1], ((rect.width() / 90.0) as usize).max(least)) {
        let at = plane.to_screen(value, plane.y[0]).x;
        painter.vline(at.round() + 0.5, rect.bottom()..=rect.bottom() + 4.0, tick);
        let half = label.chars().count() as f32 * 3.4;
        // The last number gives way to the axis' name.
        if at - half > free && at + half < rect.right() - 16.0 {
            text(painter, pos2(at, rect.bottom() + 7.0), Align2::CENTER_TOP, label, font.clone(), theme.muted);
            free = at + half + 8.0;
        }
    }
    for Tick { value, label, .. } in ticks(plane.y[0], plane.y[1], (rect.height() / 60.0) as usize) {
        let at = plane.to_screen(plane.x[0], value).y;
        painter.hline(rect.left() - 4.0..=rect.left(), at.round() + 0.5, tick);
        if at > rect.top() + 18.0 {
            let room = (LEFT - 2.0, Rect::NOTHING);
            axis_number(painter, pos2(rect.left() - 8.0, at), room, &label, font.clone(), theme.muted);
        }
    }
    let name = face(sizes().body, true);
    text(painter, pos2(rect.right() - 2.0, rect.bottom() + 5.0), Align2::RIGHT_TOP, names[0], name.clone(), theme.text);
    text(painter, pos2(rect.left() - 8.0, rect.top() + 6.0), Align2::RIGHT_CENTER, names[1], name, theme.text);
}
