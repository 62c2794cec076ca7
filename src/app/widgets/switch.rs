//! A switch: a name and a state, on or off.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, lerp, pos2, vec2};

use super::{focus_ring, spoken};
use crate::app::paint::{face, text};
use crate::app::theme::{Theme, sizes};
use crate::i18n;

/// Draws a switch over the width there is; gives the new state when it was thrown.
pub(in crate::app) fn switch(ui: &mut Ui, name: &str, hint: &str, on: bool) -> Option<bool> {
    let theme = Theme::of(ui);
    let (rect, mut response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    let clicked = response.clicked();
    if clicked {
        response.mark_changed();
    }
    let on = on != clicked;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    let ink = if ui.is_enabled() { theme.text } else { theme.faint };
    text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, name, face(sizes().body, false), ink);
    let body = Rect::from_center_size(pos2(rect.right() - 17.0, rect.center().y), vec2(32.0, 18.0));
    let t = ui.ctx().animate_bool_responsive(response.id, on);
    let fill = theme.raised_active.lerp_to_gamma(theme.accent, t);
    let outline = if response.hovered() { theme.line_strong } else { theme.line };
    ui.painter().rect(body, CornerRadius::same(9), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
    let x = lerp(body.left() + 9.0..=body.right() - 9.0, t);
    let knob = theme.muted.lerp_to_gamma(theme.on_accent, t);
    ui.painter().circle_filled(pos2(x, body.center().y), 6.0, knob);
    if response.has_focus() {
        focus_ring(ui, body, 9);
    }
    response.on_hover_text(if hint.is_empty() { i18n::text(spoken(ui), "app.control.switch") } else { hint });
    clicked.then_some(on)
}

/// A word in `rect` that is switched on and off by a click; gives the new state when it was.
pub(in crate::app) fn word_switch(ui: &Ui, rect: Rect, id: egui::Id, word: &str, name: &str, on: bool) -> Option<bool> {
    let theme = Theme::of(ui);
    let response = ui.interact(rect, id, Sense::click());
    let clicked = response.clicked();
    let on = on != clicked;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    let (fill, outline) = match (on, response.hovered()) {
        (true, _) => (theme.accent_soft, theme.accent_soft),
        (false, true) => (theme.raised_hover, theme.line_strong),
        (false, false) => (theme.panel, theme.line_strong),
    };
    ui.painter().rect(rect, CornerRadius::same(5), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
    let ink = if on { theme.accent } else { theme.muted };
    text(ui.painter(), rect.center(), Align2::CENTER_CENTER, word, face(sizes().caption, false), ink);
    if response.has_focus() {
        focus_ring(ui, rect, 5);
    }
    response.on_hover_text(name);
    clicked.then_some(on)
}
