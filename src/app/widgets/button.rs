//! Buttons: an icon with a name, or a word.

use egui::{
    Align2, CornerRadius, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::focus_ring;
use crate::app::paint::{Icon, face, icon, text};
use crate::app::theme::{Theme, sizes};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum ButtonKind {
    /// Nothing around it until it is hovered.
    Quiet,
    /// A raised field.
    Plain,
    /// The one that matters most: filled with the accent.
    Primary,
    /// Quiet, and switched on.
    On,
}

/// An icon button of `side` points; `name` is its accessible name and, with `key`, its hover text.
pub(in crate::app) fn icon_button(
    ui: &mut Ui,
    what: Icon,
    name: &str,
    key: &str,
    kind: ButtonKind,
    side: f32,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let radius = if kind == ButtonKind::Primary { (side / 2.0) as u8 } else { 6 };
    let ink = ground(ui, &response, kind, rect, radius);
    icon(ui.painter(), rect, what, ink);
    if key.is_empty() { response.on_hover_text(name) } else { response.on_hover_text(format!("{name}  ({key})")) }
}

/// An icon alone in a given place, within a row that is itself a control. True when it was pressed.
pub(in crate::app) fn small_button(ui: &Ui, place: Rect, id: Id, what: Icon, name: &str) -> bool {
    let theme = Theme::of(ui);
    let response = ui.interact(place, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let hot = response.hovered() || response.has_focus();
    icon(ui.painter(), place, what, if hot { theme.text } else { theme.faint });
    if response.has_focus() {
        focus_ring(ui, place, 5);
    }
    response.on_hover_text(name).clicked()
}

/// A small button with a word on it whose right upper corner is `corner`; `name` is its accessible name and hover text.
pub(in crate::app) fn word_button(ui: &Ui, corner: Pos2, id: Id, word: &str, name: &str) -> Response {
    let font = face(sizes().caption, false);
    let width = ui.painter().layout_no_wrap(word.to_owned(), font.clone(), Theme::of(ui).text).size().x + 14.0;
    let rect = Rect::from_min_max(pos2(corner.x - width, corner.y), pos2(corner.x, corner.y + 20.0));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let ink = ground(ui, &response, ButtonKind::Plain, rect, 5);
    text(ui.painter(), rect.center(), Align2::CENTER_CENTER, word, font, ink);
    response.on_hover_text(name)
}

/// A button with a word on it.
pub(in crate::app) fn text_button(ui: &mut Ui, name: &str, kind: ButtonKind) -> Response {
    let size = vec2(text_button_width(ui, name), 28.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let ink = ground(ui, &response, kind, rect, 6);
    text(ui.painter(), rect.center(), Align2::CENTER_CENTER, name, face(sizes().body, false), ink);
    response
}

/// How wide that is, in points.
pub(in crate::app) fn text_button_width(ui: &Ui, name: &str) -> f32 {
    let galley = ui.painter().layout_no_wrap(name.to_owned(), face(sizes().body, false), Theme::of(ui).text);
    galley.size().x + 20.0
}

/// Paints what is behind a button and gives the color of what is on it.
fn ground(ui: &Ui, response: &Response, kind: ButtonKind, rect: Rect, radius: u8) -> egui::Color32 {
    let theme = Theme::of(ui);
    let (hovered, pressed) = (response.hovered(), response.is_pointer_button_down_on());
    let radius_of = CornerRadius::same(radius);
    let painter = ui.painter();
    let ink = match kind {
        ButtonKind::Primary => {
            let fill = if pressed {
                theme.accent.lerp_to_gamma(theme.panel, 0.25)
            } else if hovered {
                theme.accent.lerp_to_gamma(theme.text, 0.18)
            } else {
                theme.accent
            };
            painter.rect_filled(rect, radius_of, fill);
            theme.on_accent
        }
        ButtonKind::Plain => {
            let fill = if pressed {
                theme.raised_active
            } else if hovered {
                theme.raised_hover
            } else {
                theme.raised
            };
            let outline = if hovered { theme.line_strong } else { theme.line };
            painter.rect(rect, radius_of, fill, Stroke::new(1.0, outline), StrokeKind::Inside);
            theme.text
        }
        ButtonKind::Quiet | ButtonKind::On => {
            if pressed {
                painter.rect_filled(rect, radius_of, theme.raised_active);
            } else if hovered {
                painter.rect_filled(rect, radius_of, theme.raised_hover);
            }
            if kind == ButtonKind::On {
                theme.accent
            } else if hovered {
                theme.text
            } else {
                theme.muted
            }
        }
    };
    if response.has_focus() {
        focus_ring(ui, rect, radius);
    }
    if ui.is_enabled() { ink } else { theme.faint.gamma_multiply(0.6) }
}
