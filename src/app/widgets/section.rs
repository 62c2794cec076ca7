//! The quiet parts of a panel: headings, captions, hairlines.

use egui::{RichText, Sense, Stroke, Ui, vec2};

use crate::app::paint::strong;
use crate::app::theme::{Theme, sizes};

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

/// A hairline across the panel with air above and below.
pub(in crate::app) fn rule(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 13.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y.round() + 0.5, Stroke::new(1.0, theme.line));
}
