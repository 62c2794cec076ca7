//! What the tabs are made of: the title about a racer, and rows of names and numbers.

use egui::{Align2, Sense, Ui, pos2, vec2};

use crate::app::paint::{elided_text, face, marker, strong, text};
use crate::app::reading::Reading;
use crate::app::theme::{Theme, sizes};
use crate::i18n::{self, Lang};

/// Points of a row, across.
const ROW: f32 = 20.0;
/// Points for the names of the rows.
pub(super) const NAMES: f32 = 92.0;

/// Whom the tab is about, with its loss.
pub(super) fn title(ui: &mut Ui, lang: Lang, reading: &Reading) {
    let theme = Theme::of(ui);
    let look = reading.look;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    marker(ui.painter(), rect.left_center() + vec2(6.0, 0.0), look.marker, 5.0, look.color, theme.panel);
    let at = rect.left_center() + vec2(20.0, 0.0);
    text(ui.painter(), at, Align2::LEFT_CENTER, &reading.optimizer, strong(sizes().body), theme.text);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let number = face(sizes().display, true);
    text(ui.painter(), rect.left_bottom() - vec2(0.0, 4.0), Align2::LEFT_BOTTOM, &reading.loss, number, theme.text);
    let small = face(sizes().caption, false);
    text(ui.painter(), rect.left_top(), Align2::LEFT_TOP, i18n::text(lang, "app.loss"), small.clone(), theme.faint);
    let step = i18n::fill(lang, "app.step_of", &[("step", &reading.step)]);
    text(ui.painter(), rect.right_bottom() - vec2(0.0, 7.0), Align2::RIGHT_BOTTOM, step, small, theme.muted);
    response.widget_info(|| {
        let words = format!("{} {}", i18n::text(lang, "app.loss"), reading.loss);
        egui::WidgetInfo::labeled(egui::Role::Label, true, words)
    });
    response.on_hover_text(i18n::text(lang, "app.loss_hint"));
}

/// Whom the tab is about, in one row, with the step.
pub(super) fn heading_row(ui: &mut Ui, lang: Lang, reading: &Reading) {
    let theme = Theme::of(ui);
    let look = reading.look;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    marker(ui.painter(), rect.left_center() + vec2(6.0, 0.0), look.marker, 5.0, look.color, theme.panel);
    let step = i18n::fill(lang, "app.step_of", &[("step", &reading.step)]);
    let small = face(sizes().caption, false);
    let step = text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, step, small, theme.muted);
    let at = rect.left_center() + vec2(20.0, 0.0);
    let room = step.left() - at.x - 8.0;
    elided_text(ui.painter(), at, room, &reading.optimizer, strong(sizes().body), theme.text);
}

/// A sentence over the width of the tab.
pub(super) fn sentence(ui: &mut Ui, words: &str, ink: egui::Color32) {
    ui.label(egui::RichText::new(words).size(sizes().body).color(ink));
}

/// A row of the table: a name, and a number for each column, right-aligned in columns of one width.
pub(super) fn row(ui: &mut Ui, name: &str, values: &[String], hint: &str) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, name, face(sizes().body, false), theme.muted);
    let columns = values.len().max(1) as f32;
    let wide = (rect.width() - NAMES) / columns;
    for (k, value) in values.iter().enumerate() {
        let at = pos2(rect.left() + NAMES + wide * (k as f32 + 1.0), rect.center().y);
        text(ui.painter(), at, Align2::RIGHT_CENTER, value, face(sizes().number, true), theme.text);
    }
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name} {}", values.join(", "))));
    if !hint.is_empty() {
        response.on_hover_text(hint);
    }
}
