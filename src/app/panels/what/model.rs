//! The texts of a model: the prediction, and the loss over it.

use egui::{Id, Ui};

use crate::app::state::ViewState;
use crate::app::widgets::{Editor, Mark};
use crate::i18n;
use crate::lang::{Dialect, Scope};
use crate::session::{Command, Draft, Session};
use crate::surface::model::{COLUMNS, PARAMETERS, PREDICTION};

/// Draws the two boxes and the lines below them.
pub(super) fn editors(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let lang = view.lang;
    let marks = |draft: &Option<Draft<Vec<crate::lang::Diagnostic>>>| -> Vec<Mark> {
        let marked = |draft: &Draft<Vec<crate::lang::Diagnostic>>| {
            draft.problems.iter().map(|problem| Mark::of(lang, problem, &draft.text)).collect()
        };
        draft.as_ref().map_or_else(Vec::new, marked)
    };
    ui.add_space(4.0);
    let params: Vec<&str> = session.surface().formula.params.iter().map(|param| param.name.as_str()).collect();
    let known = [&PARAMETERS[..], &params[..]].concat();
    let of_x = [&known[..], &COLUMNS[..1]].concat();
    let editor = Editor {
        name: i18n::text(lang, "data.prediction"),
        salt: Id::unique("prediction"),
        hint: i18n::text(lang, "data.prediction_hint"),
        example: "",
        dialect: Some(Dialect::Formula(Scope { variables: &of_x, columns: &[] })),
        marks: &marks(&session.drafts().prediction),
        rows: 1,
        lines: true,
    };
    if let Some(text) = editor.show(ui, lang, session.prediction_text()) {
        commands.push(Command::SetPrediction(text));
    }
    let columns = [COLUMNS[0], COLUMNS[1], PREDICTION];
    let editor = Editor {
        name: i18n::text(lang, "data.loss"),
        salt: Id::unique("loss"),
        hint: i18n::text(lang, "data.loss_hint"),
        example: "",
        dialect: Some(Dialect::Formula(Scope { variables: &known, columns: &columns })),
        marks: &marks(&session.drafts().formula),
        rows: 1,
        lines: true,
    };
    if let Some(text) = editor.show(ui, lang, session.formula_text()) {
        commands.push(Command::SetFormula(text));
    }
}
