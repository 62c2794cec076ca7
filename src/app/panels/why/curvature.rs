//! The tab of the curvature: how the ground bends here, and what rate it bears.

use egui::{Sense, Ui, vec2};

use super::table::{row, title};
use crate::app::paint::face;
use crate::app::reading::{Health, Reading};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{heading, rule};
use crate::i18n;

/// Draws the tab.
pub(super) fn ground(ui: &mut Ui, view: &ViewState, reading: &Reading) {
    title(ui, view.lang, reading);
    rule(ui);
    curvature(ui, view, reading);
}

fn curvature(ui: &mut Ui, view: &ViewState, reading: &Reading) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    heading(ui, i18n::text(lang, "app.curvature"));
    ui.add_space(4.0);
    row(ui, i18n::text(lang, "app.eigenvalues"), &reading.eigenvalues, i18n::text(lang, "app.eigenvalues_hint"));
    if let Some(condition) = &reading.condition {
        row(
            ui,
            i18n::text(lang, "app.condition"),
            std::slice::from_ref(condition),
            i18n::text(lang, "app.condition_hint"),
        );
    }
    row(ui, i18n::text(lang, "app.limit"), std::slice::from_ref(&reading.limit), i18n::text(lang, "app.limit_hint"));
    ui.add_space(4.0);
    let ink = match reading.health {
        Health::Steady => theme.good,
        Health::Overshoots => theme.warn,
        Health::Unstable => theme.bad,
        Health::Unknown => theme.faint,
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    let words = &reading.health_words;
    ui.painter().circle_filled(rect.left_top() + vec2(5.0, 9.0), 4.0, ink);
    let galley = ui.painter().layout(words.clone(), face(sizes().body, false), ink, rect.width() - 18.0);
    ui.painter_at(rect).galley(rect.left_top() + vec2(18.0, 1.0), galley, ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}
