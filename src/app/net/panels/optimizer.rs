//! The update rule with its settings and schedule: the controls of the other laboratory, about the one training here.

use egui::{Id, Ui};

use crate::app::net::state::NetState;
use crate::app::paint::Icon;
use crate::app::panels::{DriveAsk, DriveControls};
use crate::app::widgets::{ButtonKind, icon_button};
use crate::i18n::{self, Lang};
use crate::optim;
use crate::session::OptimizerChoice;
use crate::session::net::{NetCommand, NetSession};

fn drive(session: &NetSession, lang: Lang) -> Option<DriveControls<'_>> {
    let drafts = session.drafts();
    Some(DriveControls {
        lang,
        salt: Id::unique("net drive"),
        spec: session.optimizer()?,
        settings: &session.recipe()?.drive.settings,
        rule_text: session.rule_text(),
        rule_draft: drafts.rule.as_ref(),
        schedule_text: session.schedule_text(),
        schedule_draft: drafts.schedule.as_ref(),
        limit: None,
        native: false,
    })
}

fn command(asked: DriveAsk) -> NetCommand {
    match asked {
        DriveAsk::Entry(id) => NetCommand::ChooseOptimizer(id),
        DriveAsk::Rule(text) => NetCommand::ChooseRule(text),
        DriveAsk::RuleText(text) => NetCommand::SetRule(text),
        DriveAsk::Hyper { name, value } => NetCommand::SetHyper { name, value },
        DriveAsk::Schedule(text) => NetCommand::SetSchedule(text),
    }
}

/// Notes which entry of the catalogue is followed, to lead back to it.
pub(super) fn note_origin(session: &NetSession, state: &mut NetState) -> Option<String> {
    if let Some(OptimizerChoice::Catalogue(id)) = session.recipe().map(|recipe| &recipe.drive.optimizer) {
        state.origin = Some(id.clone());
    }
    state.origin.clone()
}

/// The button in the head of the section: into the rule that the catalogue has, or back to it.
pub(super) fn head(ui: &mut Ui, session: &NetSession, origin: Option<&str>, lang: Lang) -> Option<NetCommand> {
    let drive = drive(session, lang)?;
    if drive.rule_text.is_some() {
        let origin = origin.and_then(|id| optim::find(id).ok())?;
        let name = i18n::fill(lang, "app.back_to", &[("name", &origin.name.get(lang))]);
        let back = icon_button(ui, Icon::Undo, &name, "", ButtonKind::Quiet, 22.0).clicked();
        return back.then(|| NetCommand::ChooseOptimizer(origin.id.clone()));
    }
    let name = i18n::text(lang, "app.edit_rule");
    let edit = drive.can_be_edited() && icon_button(ui, Icon::Pencil, name, "", ButtonKind::Quiet, 22.0).clicked();
    if edit { drive.edit(ui).map(command) } else { None }
}

/// Draws the controls.
pub(super) fn controls(ui: &mut Ui, session: &NetSession, lang: Lang, commands: &mut Vec<NetCommand>) {
    let Some(drive) = drive(session, lang) else { return };
    let rule = drive.rule(ui);
    let schedule = drive.schedule(ui, |_| {});
    commands.extend(rule.into_iter().chain(schedule).map(command));
}
