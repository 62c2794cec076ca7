//! The selected racer's optimizer: which one, under its framework's name, and a control for each number it declares.

use egui::Ui;

use super::schedule;

use crate::app::state::ViewState;
use crate::app::widgets::{Choice, Chooser, Limit, Rail, Slider, show_number, switch};
use crate::i18n;
use crate::optim::{self, Hyperparameter, Scale};
use crate::session::{Command, Session};

/// Draws the chooser and the controls.
pub(super) fn controls(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    limit: Option<Option<f64>>,
    commands: &mut Vec<Command>,
) {
    let lang = view.lang;
    let document = session.document();
    let Some(racer) = document.racer(document.selected) else { return };
    let Some(spec) = session.optimizer(racer.id) else { return };
    let optimizers = optim::catalogue();
    let chosen = optimizers.iter().position(|entry| entry.id == spec.id);
    let field = Chooser {
        name: i18n::text(lang, "app.optimizer"),
        shown: (spec.name.get(lang), &spec.id),
        picture: None,
        chosen,
    };
    let picked = field.show(ui, |_| {
        let choice = |spec: &'static optim::OptimizerSpec| Choice {
            group: group(&spec.id, lang),
            name: spec.name.get(lang),
            note: spec.id.clone(),
            picture: None,
            hint: spec.note.get(lang),
        };
        optimizers.iter().map(choice).collect()
    });
    if let Some(spec) = picked.and_then(|index| optimizers.get(index)) {
        commands.push(Command::ChooseOptimizer { racer: racer.id, id: spec.id.clone() });
    }
    ui.add_space(4.0);
    ui.push_id(("hyperparameters", racer.id.0), |ui| {
        for (place, declared) in spec.hyperparameters.iter().enumerate() {
            let Some(&value) = racer.settings.get(place) else { continue };
            if let Some(value) = control(ui, view, declared, place == 0, limit, value) {
                commands.push(Command::SetHyper { racer: racer.id, name: declared.name.clone(), value });
            }
        }
    });
    schedule::field(ui, session, racer.id, view, commands);
}

/// The control of one declared number.
fn control(
    ui: &mut Ui,
    view: &ViewState,
    declared: &Hyperparameter,
    rate: bool,
    limit: Option<Option<f64>>,
    value: f64,
) -> Option<f64> {
    let lang = view.lang;
    let meaning = declared.meaning.get(lang);
    if declared.scale == Scale::Switch {
        return switch(ui, &declared.name, meaning, value != 0.0).map(f64::from);
    }
    let name = if rate { i18n::text(lang, "app.learning_rate") } else { declared.name.as_str() };
    // A rule that has a limit keeps its row, whether or not there is one at this place.
    let limit = limit.filter(|_| rate).map(|limit| {
        limit.map(|at| Limit { at, note: i18n::fill(lang, "app.stable_rate", &[("rate", &show_number(at, 3))]) })
    });
    let rail = Rail { range: declared.range, scale: declared.scale };
    Slider { name, symbol: &declared.symbol, hint: meaning, value, rail, default: Some(declared.default), limit }
        .show(ui)
}

/// The heading of an id such as `torch/adam`.
fn group(id: &str, lang: i18n::Lang) -> &'static str {
    match id.split_once('/').map(|(framework, _)| framework) {
        Some("torch") => "PyTorch",
        Some("keras") => "Keras",
        Some("optax") => "Optax",
        Some("book") => i18n::text(lang, "app.group_book"),
        Some(_) => "",
        None => i18n::text(lang, "app.group_native"),
    }
}
