//! The quiet parts of a panel: headings, captions, hairlines, sections that fold.

use egui::{Align, Align2, CornerRadius, Layout, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo};
use egui::{pos2, vec2};

use super::spoken;
use crate::app::paint::{Icon, icon, strong, text};
use crate::app::theme::{Theme, sizes};
use crate::i18n;

/// The heading of a room's part.
pub(in crate::app) fn heading(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui);
    ui.label(RichText::new(words).font(strong(sizes().caption)).color(theme.muted));
}

/// A caption: small and quiet.
pub(in crate::app) fn caption(ui: &mut Ui, words: &str) -> egui::Response {
    let theme = Theme::of(ui);
    ui.label(RichText::new(words).size(sizes().caption).color(theme.faint))
}

/// The head of a section that folds: its name with a chevron, and small controls at the right end. True when it was
/// folded or unfolded.
pub(in crate::app) fn section(ui: &mut Ui, name: &str, open: bool, controls: impl FnOnce(&mut Ui)) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(open));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(8.0, 0.0)), CornerRadius::same(6), theme.raised_hover);
    }
    let ink = if response.hovered() { theme.text } else { theme.muted };
    let chevron = Rect::from_center_size(pos2(rect.left() + 4.0, rect.center().y), vec2(12.0, 12.0));
    icon(ui.painter(), chevron, if open { Icon::Chevron } else { Icon::ChevronRight }, ink);
    let at = pos2(rect.left() + 16.0, rect.center().y);
    text(ui.painter(), at, Align2::LEFT_CENTER, name, strong(sizes().caption), ink);
    let right = UiBuilder::new().max_rect(rect).layout(Layout::right_to_left(Align::Center));
    controls(&mut ui.new_child(right));
    response.on_hover_text(i18n::text(spoken(ui), "app.control.section")).clicked()
}

/// A hairline across the panel with air above and below.
pub(in crate::app) fn rule(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 13.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y.round() + 0.5, Stroke::new(1.0, theme.line));
}
