//! The selected racer's own rule: the way into it from the catalogue and back.

use egui::Ui;

use super::optimizer::drive;
use crate::app::paint::Icon;
use crate::app::state::ViewState;
use crate::app::widgets::{ButtonKind, icon_button};
use crate::i18n;
use crate::optim;
use crate::session::{Command, OptimizerChoice, Session};

/// The buttons in the head of the section: into the rule that the catalogue has, and back to it.
pub(super) fn controls(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let lang = view.lang;
    let Some(racer) = session.selected() else { return };
    if session.rule_text(racer.id).is_some() {
        let origin = view.origins.get(&racer.id).and_then(|id| optim::find(id).ok());
        if let Some(origin) = origin {
            let name = i18n::fill(lang, "app.back_to", &[("name", &origin.name.get(lang))]);
            if icon_button(ui, Icon::Undo, &name, "", ButtonKind::Quiet, 22.0).clicked() {
                commands.push(Command::ChooseOptimizer { racer: racer.id, id: origin.id.clone() });
            }
        }
    } else if let Some(drive) = drive(session, racer, lang, None).filter(|drive| drive.can_be_edited()) {
        let name = i18n::text(lang, "app.edit_rule");
        if icon_button(ui, Icon::Pencil, name, "", ButtonKind::Quiet, 22.0).clicked() {
            commands.extend(drive.edit(ui).map(|asked| super::optimizer::command(racer.id, asked)));
        }
    }
}

/// Notes which entry of the catalogue each racer follows, to lead back to it.
pub(super) fn note_origins(session: &Session, view: &mut ViewState) {
    for racer in session.racers() {
        if let OptimizerChoice::Catalogue(id) = &racer.optimizer
            && view.origins.get(&racer.id) != Some(id)
        {
            view.origins.insert(racer.id, id.clone());
        }
    }
}
