//! Left: what descends on what. The surface or a formula, the racers, the chosen racer's optimizer with a slider for
//! each of its numbers, the start, the noise.

mod formula;
mod model;
mod optimizer;
mod pace;
mod racers;
mod rule;
mod start;
mod surfaces;

use egui::{ScrollArea, Ui};

use crate::app::cache::Cache;
use crate::app::panels::settings;
use crate::app::state::{Section, ViewState};
use crate::app::widgets::{follow_focus, rule as hairline, section};
use crate::i18n;
use crate::session::{Command, Session};

/// Draws the panel; `limit` are the rates of the selected racer up to which steps do not overshoot
/// where its ball is, and up to which they are stable. What is asked for is added to `commands`.
pub(in crate::app) fn what(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    cache: &mut Cache,
    limit: Option<Option<[f64; 2]>>,
    commands: &mut Vec<Command>,
) {
    let lang = view.lang;
    rule::note_origins(session, view);
    if let Some(id) = &session.surface().id {
        view.surface_origin = Some(id.clone());
    }
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if unfolded(ui, view, Section::Surface, i18n::text(lang, "app.surface"), |ui, view| {
                surfaces::controls(ui, session, view, commands);
            }) {
                surfaces::chooser(ui, session, view, cache, commands);
                if session.surface().model.is_some() {
                    model::editors(ui, session, view, commands);
                } else if session.surface().foreign.is_none() {
                    formula::editor(ui, session, view, commands);
                }
                formula::params(ui, session, commands);
            }
            hairline(ui);
            if session.surface().model.is_some() {
                if unfolded(ui, view, Section::Data, i18n::text(lang, "data.section"), |_, _| {}) {
                    settings(ui, session, lang, commands);
                }
                hairline(ui);
            }
            if unfolded(ui, view, Section::Racers, i18n::text(lang, "app.racers"), |ui, _| {
                racers::add(ui, session, lang, commands);
            }) {
                racers::list(ui, session, view, commands);
            }
            hairline(ui);
            if unfolded(ui, view, Section::Optimizer, i18n::text(lang, "app.optimizer"), |ui, view| {
                rule::controls(ui, session, view, commands);
            }) {
                optimizer::controls(ui, session, view, limit, commands);
            }
            hairline(ui);
            if unfolded(ui, view, Section::Start, i18n::text(lang, "app.start_and_noise"), |_, _| {}) {
                start::controls(ui, session, view, commands);
            }
            follow_focus(ui);
        });
    });
}

/// The head of a section; whether what is below it is to be drawn.
fn unfolded(
    ui: &mut Ui,
    view: &mut ViewState,
    which: Section,
    name: &str,
    controls: impl FnOnce(&mut Ui, &ViewState),
) -> bool {
    let open = !view.folded.contains(&which);
    if section(ui, name, open, |ui| controls(ui, view)) && !view.folded.remove(&which) {
        view.folded.insert(which);
    }
    open
}
