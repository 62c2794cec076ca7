//! The panels of the network laboratory: what is learned and how (left), the numbers (right), the time (below).

mod data;
mod layers;
mod numbers;
mod optimizer;
mod training;
mod when;

use egui::{Margin, ScrollArea, Ui};

pub(super) use numbers::numbers;
pub(super) use training::loss_name;
pub(super) use when::{slim, when};

use super::plane::NetPlane;
use super::state::{NetSection, NetState};
use crate::app::widgets::{rule as hairline, section};
use crate::i18n::{self, Lang};
use crate::session::net::{NetCommand, NetSession};

/// Draws the left panel.
pub(super) fn what(
    ui: &mut Ui,
    session: &NetSession,
    state: &mut NetState,
    plane: Option<&NetPlane>,
    lang: Lang,
    commands: &mut Vec<NetCommand>,
) {
    ScrollArea::vertical().id_salt("net what").auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if unfolded(ui, state, NetSection::Data, i18n::text(lang, "net.section.data"), |_| {}) {
                data::controls(ui, session, state, plane, lang, commands);
            }
            hairline(ui);
            let mut added = false;
            if unfolded(ui, state, NetSection::Layers, i18n::text(lang, "net.section.layers"), |ui| {
                added = layers::add(ui, session, lang);
            }) {
                layers::controls(ui, session, lang, commands);
            }
            if added {
                commands.push(NetCommand::AddLayer);
            }
            hairline(ui);
            if unfolded(ui, state, NetSection::Loss, i18n::text(lang, "net.section.loss"), |_| {}) {
                training::controls(ui, session, lang, commands);
            }
            hairline(ui);
            let mut asked = None;
            let origin = optimizer::note_origin(session, state);
            if unfolded(ui, state, NetSection::Optimizer, i18n::text(lang, "app.optimizer"), |ui| {
                asked = optimizer::head(ui, session, origin.as_deref(), lang);
            }) {
                optimizer::controls(ui, session, lang, commands);
            }
            commands.extend(asked);
        });
    });
}

/// The head of a section; whether what is below it is to be drawn.
fn unfolded(ui: &mut Ui, state: &mut NetState, which: NetSection, name: &str, controls: impl FnOnce(&mut Ui)) -> bool {
    let open = !state.folded.contains(&which);
    if section(ui, name, open, controls) && !state.folded.remove(&which) {
        state.folded.insert(which);
    }
    open
}
