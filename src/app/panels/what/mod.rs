//! Left: what descends on what. The surface or a formula, the racers, the chosen racer's optimizer with a slider for
//! each of its numbers, the start, the noise.

mod formula;
mod optimizer;
mod racers;
mod schedule;
mod start;
mod surfaces;

use egui::{ScrollArea, Ui};

use crate::app::cache::Cache;
use crate::app::state::ViewState;
use crate::app::widgets::rule;
use crate::session::{Command, Session};

/// Draws the panel; `limit` is the largest stable rate of the selected racer where its ball is. What is asked for is added to `commands`.
pub(in crate::app) fn what(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    cache: &mut Cache,
    limit: Option<Option<f64>>,
    commands: &mut Vec<Command>,
) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 10)).show(ui, |ui| {
            surfaces::chooser(ui, session, view, cache, commands);
            formula::editor(ui, session, view, commands);
            formula::params(ui, session, commands);
            rule(ui);
            racers::list(ui, session, view, commands);
            optimizer::controls(ui, session, view, limit, commands);
            rule(ui);
            start::controls(ui, session, view, commands);
        });
    });
}
