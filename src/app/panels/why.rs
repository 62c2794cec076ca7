//! Right: why it goes as it goes. The iterate with its numbers, the update rule with its states, the curvature, the
//! stability, and how it ended, in words.

use egui::{Align2, CornerRadius, Margin, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use crate::app::paint::{face, marker, strong, text};
use crate::app::reading::{Health, Reading};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{caption, heading, rule};
use crate::i18n;
use crate::session::Session;

const ROW: f32 = 20.0;
/// Points for the names of the rows.
const NAMES: f32 = 92.0;

/// Draws the panel about the selected racer.
pub(in crate::app) fn why(ui: &mut Ui, session: &Session, view: &ViewState, reading: Option<&Reading>) {
    let Some(reading) = reading else { return };
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            title(ui, view, reading);
            rule(ui);
            iterate(ui, session, view, reading);
            rule(ui);
            update(ui, view, reading);
            rule(ui);
            curvature(ui, view, reading);
            rule(ui);
            outcome(ui, view, reading);
        });
    });
}

fn title(ui: &mut Ui, view: &ViewState, reading: &Reading) {
    let theme = Theme::of(ui);
    let lang = view.lang;
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
}

/// A row of the table: a name, and a number for each column, right-aligned in columns of one width.
fn row(ui: &mut Ui, name: &str, values: &[String], hint: &str) {
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

fn iterate(ui: &mut Ui, session: &Session, view: &ViewState, reading: &Reading) {
    let lang = view.lang;
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    text(
        ui.painter(),
        rect.left_center(),
        Align2::LEFT_CENTER,
        i18n::text(lang, "app.here"),
        strong(sizes().caption),
        theme.muted,
    );
    let variables = &session.surface().variables;
    let wide = (rect.width() - NAMES) / variables.len().max(1) as f32;
    for (k, name) in variables.iter().enumerate() {
        let at = pos2(rect.left() + NAMES + wide * (k as f32 + 1.0), rect.center().y);
        text(ui.painter(), at, Align2::RIGHT_CENTER, name, face(sizes().number, true), theme.faint);
    }
    ui.add_space(4.0);
    row(ui, i18n::text(lang, "app.iterate"), &reading.iterate, i18n::text(lang, "app.iterate_hint"));
    row(ui, i18n::text(lang, "app.gradient"), &reading.gradient, i18n::text(lang, "app.gradient_hint"));
    row(ui, i18n::text(lang, "app.next_step"), &reading.next_step, i18n::text(lang, "app.next_step_hint"));
    let one = |value: &String| [value.clone()];
    row(ui, "‖∇f‖", &one(&reading.slope), i18n::text(lang, "app.slope_hint"));
    row(ui, i18n::text(lang, "app.rate_now"), &one(&reading.rate), i18n::text(lang, "app.rate_now_hint"));
    row(ui, i18n::text(lang, "app.evaluations"), &one(&reading.evaluations), i18n::text(lang, "app.evaluations_hint"));
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

fn outcome(ui: &mut Ui, view: &ViewState, reading: &Reading) {
    heading(ui, i18n::text(view.lang, "app.outcome"));
    ui.add_space(4.0);
    match &reading.outcome {
        Some(words) => {
            ui.label(words);
        }
        None => {
            caption(ui, i18n::text(view.lang, "app.still_running"));
        }
    }
}
