//! The rail of a slider: what is set, where the decades and the default stand, the zones around the limit, the knob.

use egui::{CornerRadius, Rect, Response, Stroke, Ui, pos2, vec2};

use super::{Limit, Slider};
use crate::app::paint::{path, soft_shadow};
use crate::app::theme::Theme;
use crate::app::widgets::{Rail, focus_ring};

const KNOB: f32 = 6.0;

/// The rail within the room of a slider: the knob's middle is always on it.
pub(super) fn place(room: Rect) -> Rect {
    let y = room.center().y;
    Rect::from_min_max(pos2(room.left() + KNOB, y - 1.5), pos2(room.right() - KNOB, y + 1.5))
}

/// Where a value stands on the track.
pub(super) fn x_of(track: Rect, rail: &Rail, value: f64) -> f32 {
    track.left() + rail.position(value) as f32 * track.width()
}

/// Draws the rail with its marks and the knob at `value`.
pub(super) fn paint(ui: &Ui, response: &Response, room: Rect, slider: &Slider<'_>, value: f64) {
    let theme = Theme::of(ui);
    let track = place(room);
    let painter = ui.painter();
    painter.rect_filled(track, CornerRadius::same(2), theme.line_strong);
    let decades = slider.rail.decades();
    // Marks that stand too close say nothing.
    let sparse = decades.len() as f32 * 6.0 <= track.width();
    for decade in decades.into_iter().filter(|_| sparse) {
        let x = track.left() + decade as f32 * track.width();
        painter.vline(x, track.bottom() + 2.0..=track.bottom() + 5.0, Stroke::new(1.0, theme.line_strong));
    }
    if let Some(default) = slider.default {
        let x = x_of(track, &slider.rail, default);
        painter.vline(x, track.top() - 5.0..=track.top() - 2.0, Stroke::new(1.5, theme.faint));
    }
    let knob = pos2(x_of(track, &slider.rail, value), track.center().y);
    let below = Rect::from_min_max(track.min, pos2(knob.x, track.bottom()));
    painter.rect_filled(below, CornerRadius::same(2), theme.accent);
    if let Some(limit) = &slider.limit {
        zones(ui, track, slider, limit);
    }
    let held = response.dragged() || response.is_pointer_button_down_on();
    if response.hovered() || held {
        painter.circle_filled(knob, KNOB + 4.0, theme.accent_soft);
    }
    soft_shadow(painter, knob + vec2(0.0, 1.5), vec2(KNOB + 3.0, KNOB + 3.0), 0.0, theme.shadow);
    let rim = Stroke::new(if held { 2.5 } else { 1.5 }, theme.accent);
    painter.circle(knob, KNOB - 0.5, if theme.dark { theme.text } else { theme.raised }, rim);
    if response.has_focus() {
        focus_ring(ui, room.shrink2(vec2(0.0, 4.0)), 6);
    }
}

/// The zones above the rail, and the limit across it.
fn zones(ui: &Ui, track: Rect, slider: &Slider<'_>, limit: &Limit) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let y = track.top() - 4.0;
    let [calm, at] = [limit.calm, limit.at].map(|value| x_of(track, &slider.rail, value));
    let stroke = |ink| Stroke::new(2.0, ink);
    if calm > track.left() {
        painter.hline(track.left()..=calm, y, stroke(theme.good));
    }
    if at > calm {
        path(painter, &[pos2(calm, y), pos2(at, y)], &[1.5, 1.0], stroke(theme.warn));
    }
    if at < track.right() {
        painter.hline(at..=track.right(), y, stroke(theme.bad));
        let mut x = at + 4.0;
        while x < track.right() {
            painter.line_segment([pos2(x - 1.5, y - 3.0), pos2(x + 1.5, y + 3.0)], Stroke::new(1.0, theme.bad));
            x += 4.0;
        }
        painter.vline(at, y - 4.0..=track.bottom() + 4.0, Stroke::new(1.5, theme.bad));
    }
}
