//! The tab of the rule: the text that makes the steps, and what it remembers.

use egui::{CornerRadius, Margin, RichText, Ui};

use super::table::{row, title};
use crate::app::paint::face;
use crate::app::reading::Reading;
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{heading, rule};
use crate::i18n;

/// Draws the tab.
pub(super) fn update_rule(ui: &mut Ui, view: &ViewState, reading: &Reading) {
    title(ui, view.lang, reading);
    rule(ui);
    update(ui, view, reading);
}

fn update(ui: &mut Ui, view: &ViewState, reading: &Reading) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    heading(ui, i18n::text(lang, "app.rule"));
    ui.add_space(4.0);
    egui::Frame::new()
        .fill(theme.canvas)
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(8, 6))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            for line in &reading.rule {
                ui.label(RichText::new(line).font(face(sizes().caption, true)).color(theme.text));
            }
        });
    ui.add_space(4.0);
    for (name, values) in &reading.states {
        row(ui, name, values, "");
    }
}
