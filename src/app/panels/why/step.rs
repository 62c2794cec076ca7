//! The tab of the step: where the ball is, the slope there, what the step adds, and how the descent ended.

use egui::{Align2, Sense, Ui, pos2, vec2};

use super::table::{NAMES, row, title};
use crate::app::paint::{face, strong, text};
use crate::app::reading::Reading;
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{caption, heading, rule};
use crate::i18n;
use crate::session::Session;

/// Draws the tab.
pub(super) fn step(ui: &mut Ui, session: &Session, view: &ViewState, reading: &Reading) {
    title(ui, view.lang, reading);
    rule(ui);
    iterate(ui, session, view, reading);
    rule(ui);
    outcome(ui, view, reading);
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
