//! The selected racer's own rule: the box for it, the way into it from the catalogue and back.

use egui::{Id, Ui};

use super::own;
use crate::app::paint::Icon;
use crate::app::state::ViewState;
use crate::app::widgets::{ButtonKind, Choice, Editor, Mark, icon_button};
use crate::i18n::{self, Lang};
use crate::lang::Dialect;
use crate::optim;
use crate::session::{Command, OptimizerChoice, Racer, RacerId, Session, rule_snippets};

/// What tells a racer's box from another's.
fn salt(racer: RacerId) -> Id {
    Id::unique(("rule", racer.0))
}

/// The buttons in the head of the section: into the rule that the catalogue has, and back to it.
pub(super) fn controls(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let lang = view.lang;
    let Some(racer) = session.selected() else { return };
    let Some(spec) = session.optimizer(racer.id) else { return };
    if session.rule_text(racer.id).is_some() {
        let origin = view.origins.get(&racer.id).and_then(|id| optim::find(id).ok());
        if let Some(origin) = origin {
            let name = i18n::fill(lang, "app.back_to", &[("name", &origin.name.get(lang))]);
            if icon_button(ui, Icon::Undo, &name, "", ButtonKind::Quiet, 22.0).clicked() {
                commands.push(Command::ChooseOptimizer { racer: racer.id, id: origin.id.clone() });
            }
        }
    } else if let Some(text) = spec.own_text(spec.name.get(lang), &racer.settings) {
        let name = i18n::text(lang, "app.edit_rule");
        if icon_button(ui, Icon::Pencil, name, "", ButtonKind::Quiet, 22.0).clicked() {
            commands.push(Command::SetRule { racer: racer.id, text });
            Editor::grab_focus(ui.ctx(), salt(racer.id));
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

/// The box, where the racer has a rule of its own.
pub(super) fn editor(ui: &mut Ui, session: &Session, racer: &Racer, lang: Lang, commands: &mut Vec<Command>) {
    let Some(shown) = session.rule_text(racer.id) else { return };
    let draft = session.drafts().rules.get(&racer.id);
    let marks: Vec<Mark> = draft.map_or_else(Vec::new, |draft| {
        draft.problems.iter().map(|problem| Mark::of(lang, problem, &draft.text)).collect()
    });
    let known: Vec<&str> = optim::built_in().map_or_else(|_| Vec::new(), |catalogue| catalogue.words().collect());
    ui.add_space(4.0);
    let editor = Editor {
        name: i18n::text(lang, "app.rule_box"),
        salt: salt(racer.id),
        hint: i18n::text(lang, "app.rule_hint"),
        example: "w = w - lr*g",
        dialect: Some(Dialect::Rule(&known)),
        marks: &marks,
        rows: 3,
        lines: true,
    };
    if let Some(text) = editor.show(ui, lang, shown) {
        commands.push(Command::SetRule { racer: racer.id, text });
    }
}

/// The first entries of the chooser: a rule of one's own, and rules to start from.
pub(super) fn choices(lang: Lang) -> Vec<Choice<'static>> {
    let (write, hint) = (i18n::text(lang, "app.write_rule"), i18n::text(lang, "app.rule_hint"));
    own::choices(lang, write, hint, rule_snippets())
}

/// Does what the entry of that place among [`choices`] says; false if it is beyond them.
pub(super) fn choose(
    ui: &Ui,
    session: &Session,
    racer: &Racer,
    lang: Lang,
    index: usize,
    commands: &mut Vec<Command>,
) -> bool {
    let plain = rule_snippets().first();
    let (snippet, own) = match index {
        0 => (plain, true),
        index => (rule_snippets().get(index - 1), false),
    };
    let Some(snippet) = snippet else { return false };
    // To write one's own is to go on with the present rule, where there is one that can be written.
    let present = session.optimizer(racer.id).and_then(|spec| spec.own_text(spec.name.get(lang), &racer.settings));
    match present.filter(|_| own) {
        Some(text) => commands.push(Command::SetRule { racer: racer.id, text }),
        None => commands.push(Command::ChooseRule { racer: racer.id, text: snippet.rule(lang) }),
    }
    Editor::grab_focus(ui.ctx(), salt(racer.id));
    true
}
