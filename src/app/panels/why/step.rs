//! The tab of the step: where the ball is, the slope there, the arrows at the ball with their numbers and switches, and
//! how the descent ended.

use egui::{Align2, Sense, Ui, pos2, vec2};

use super::arrows::arrows;
use super::table::{NAMES, row, sentence, title};
use crate::app::paint::{face, strong, text};
use crate::app::reading::Reading;
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{caption, heading, rule};
use crate::i18n;
use crate::session::{Command, Session};

/// Draws the tab.
pub(super) fn step(ui: &mut Ui, session: &Session, view: &ViewState, reading: &Reading, commands: &mut Vec<Command>) {
    title(ui, view.lang, reading);
    rule(ui);
    iterate(ui, session, view, reading);
    rule(ui);
    arrows(ui, view.lang, &reading.arrows, commands);
    rule(ui);
    outcome(ui, view, reading);
}

fn iterate(ui: &mut Ui, session: &Session, view: &ViewState, reading: &Reading) {
    let lang = view.lang;
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let name = strong(sizes().caption);
    text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, i18n::text(lang, "app.here"), name, theme.muted);
    let variables = &session.surface().variables;
    let wide = (rect.width() - NAMES) / variables.len().max(1) as f32;
    for (k, name) in variables.iter().enumerate() {
        let at = pos2(rect.left() + NAMES + wide * (k as f32 + 1.0), rect.center().y);
        text(ui.painter(), at, Align2::RIGHT_CENTER, name, face(sizes().number, true), theme.faint);
    }
    ui.add_space(4.0);
    row(ui, i18n::text(lang, "app.iterate"), &reading.iterate, i18n::text(lang, "app.iterate_hint"));
    let one = |value: &String| [value.clone()];
    row(ui, "‖∇f‖", &one(&reading.slope), i18n::text(lang, "app.slope_hint"));
    if let Some(distance) = &reading.distance {
        row(ui, i18n::text(lang, "app.distance"), &one(distance), i18n::text(lang, "app.distance_hint"));
    }
    row(ui, i18n::text(lang, "app.rate_now"), &one(&reading.rate), i18n::text(lang, "app.rate_now_hint"));
    row(ui, i18n::text(lang, "app.evaluations"), &one(&reading.evaluations), i18n::text(lang, "app.evaluations_hint"));
}

fn outcome(ui: &mut Ui, view: &ViewState, reading: &Reading) {
    heading(ui, i18n::text(view.lang, "app.outcome"));
    ui.add_space(4.0);
    match &reading.outcome {
        Some(words) => sentence(ui, words, Theme::of(ui).text),
        None => _ = caption(ui, i18n::text(view.lang, "app.still_running")),
    }
    if let Some(stall) = &reading.stall {
        ui.add_space(2.0);
        sentence(ui, stall, Theme::of(ui).warn);
    }
}
