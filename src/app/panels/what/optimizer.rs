//! The selected racer's optimizer with its settings and its schedule.

use egui::{Id, Ui};

use super::pace;
use crate::app::panels::drive::{DriveAsk, DriveControls};
use crate::app::state::ViewState;
use crate::i18n::Lang;
use crate::session::{Command, Racer, RacerId, Session};

/// The controls of a racer's rule.
pub(super) fn drive<'a>(
    session: &'a Session,
    racer: &'a Racer,
    lang: Lang,
    limit: Option<Option<[f64; 2]>>,
) -> Option<DriveControls<'a>> {
    Some(DriveControls {
        lang,
        salt: Id::unique(("drive", racer.id.0)),
        spec: session.optimizer(racer.id)?,
        settings: &racer.settings,
        rule_text: session.rule_text(racer.id),
        rule_draft: session.drafts().rules.get(&racer.id),
        schedule_text: session.schedule_text(racer.id),
        schedule_draft: session.drafts().schedules.get(&racer.id),
        limit,
        native: true,
    })
}

/// What is asked for of a racer.
pub(super) fn command(racer: RacerId, asked: DriveAsk) -> Command {
    match asked {
        DriveAsk::Entry(id) => Command::ChooseOptimizer { racer, id },
        DriveAsk::Rule(text) => Command::ChooseRule { racer, text },
        DriveAsk::RuleText(text) => Command::SetRule { racer, text },
        DriveAsk::Hyper { name, value } => Command::SetHyper { racer, name, value },
        DriveAsk::Schedule(text) => Command::SetSchedule { racer, text },
    }
}

/// Draws the controls.
pub(super) fn controls(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    limit: Option<Option<[f64; 2]>>,
    commands: &mut Vec<Command>,
) {
    let Some(racer) = session.selected() else { return };
    let Some(drive) = drive(session, racer, view.lang, limit) else { return };
    let rule = drive.rule(ui);
    let mut sought = Vec::new();
    let schedule = drive.schedule(ui, |ui| pace::curve(ui, session, racer.id, view.lang, &mut sought));
    commands.extend(rule.into_iter().chain(schedule).map(|asked| command(racer.id, asked)));
    commands.extend(sought);
}
