//! The formula of the surface, and a slider for each parameter that it declares. What is being typed and cannot be read
//! yet leaves the last formula on the screen.

use egui::{Id, Ui};

use crate::app::panels::drive::own_choices;
use crate::app::state::ViewState;
use crate::app::widgets::{Choice, Editor, Mark, Rail, Slider};
use crate::i18n::{self, Lang};
use crate::lang::{Dialect, Scope};
use crate::optim::Scale;
use crate::session::{Command, Session, formula_snippets};

fn salt() -> Id {
    Id::unique("formula")
}

/// The first entries of the chooser of surfaces: a formula of one's own, and formulas to start from.
pub(super) fn choices(lang: Lang) -> Vec<Choice<'static>> {
    let (write, hint) = (i18n::text(lang, "app.write_formula"), i18n::text(lang, "app.formula_hint"));
    own_choices(lang, write, hint, formula_snippets())
}

/// Does what the entry of that place among [`choices`] says; false if it is beyond them.
pub(super) fn choose(ui: &Ui, index: usize, commands: &mut Vec<Command>) -> bool {
    let snippet = index.checked_sub(1).map(|index| formula_snippets().get(index));
    match snippet {
        Some(None) => return false,
        Some(Some(snippet)) => commands.push(Command::ChooseFormula(snippet.formula().to_owned())),
        None => {}
    }
    Editor::grab_focus(ui.ctx(), salt());
    true
}

/// Draws the box and the line below it.
pub(super) fn editor(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let lang = view.lang;
    let draft = session.drafts().formula.as_ref();
    let marks: Vec<Mark> = draft.map_or_else(Vec::new, |draft| {
        draft.problems.iter().map(|problem| Mark::of(lang, problem, &draft.text)).collect()
    });
    ui.add_space(4.0);
    let editor = Editor {
        name: i18n::text(lang, "app.formula"),
        salt: salt(),
        hint: i18n::text(lang, "app.formula_hint"),
        example: "",
        dialect: Some(Dialect::Formula(Scope { variables: &["x", "y"], columns: &[] })),
        marks: &marks,
        rows: 1,
        lines: true,
    };
    if let Some(text) = editor.show(ui, lang, session.formula_text()) {
        commands.push(Command::SetFormula(text));
    }
}

/// A slider for each parameter that the formula declares.
pub(super) fn params(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let surface = session.surface();
    for (param, &value) in surface.formula.params.iter().zip(&surface.params) {
        let span = param.default.abs().max(1.0);
        let range = param.range.unwrap_or([param.default - 5.0 * span, param.default + 5.0 * span]);
        let scale = if param.log && range[0] > 0.0 { Scale::Log } else { Scale::Linear };
        let rail = Rail { range, scale, zero: false };
        let default = Some(param.default);
        let name = param.name.as_str();
        let slider = Slider { name, symbol: "", hint: "", value, rail, default, limit: None, wide: false };
        if let Some(value) = slider.show(ui) {
            commands.push(Command::SetParam { name: param.name.clone(), value });
        }
    }
}
