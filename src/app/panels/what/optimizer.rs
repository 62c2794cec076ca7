//! The selected racer's optimizer: which one, under its framework's name, and a control for each number it declares.

use egui::Ui;

use super::{rule, schedule};
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
    limit: Option<Option<[f64; 2]>>,
    commands: &mut Vec<Command>,
) {
    let lang = view.lang;
    let document = session.document();
    let Some(racer) = document.racer(document.selected) else { return };
    let Some(spec) = session.optimizer(racer.id) else { return };
    let optimizers = optim::catalogue();
    let own = rule::choices(lang);
    let before = own.len();
    let (chosen, note) = if session.rule_text(racer.id).is_some() {
        (Some(0), i18n::text(lang, "app.own_rule"))
    } else {
        let place = optimizers.iter().position(|entry| entry.id == spec.id);
        (place.map(|index| before + index), spec.id.as_str())
    };
    let field =
        Chooser { name: i18n::text(lang, "app.optimizer"), shown: (spec.name.get(lang), note), picture: None, chosen };
    let picked = field.show(ui, |_| {
        let choice = |spec: &'static optim::OptimizerSpec| Choice {
            group: group(&spec.id, lang),
            name: spec.name.get(lang),
            note: spec.id.clone(),
            picture: None,
            hint: spec.note.get(lang),
        };
        own.into_iter().chain(optimizers.iter().map(choice)).collect()
    });
    if let Some(index) = picked
        && !rule::choose(ui, session, racer, lang, index, commands)
        && let Some(spec) = optimizers.get(index - before)
    {
        commands.push(Command::ChooseOptimizer { racer: racer.id, id: spec.id.clone() });
    }
    rule::editor(ui, session, racer, lang, commands);
    ui.add_space(4.0);
    ui.push_id(("hyperparameters", racer.id.0), |ui| {
        for (place, declared) in spec.hyperparameters.iter().enumerate() {
            let Some(&value) = racer.settings.get(place) else { continue };
            if let Some(value) = control(ui, view, declared, place == 0, limit, value) {
                commands.push(Command::SetHyper { racer: racer.id, name: declared.name.clone(), value });
            }
        }
    });
    schedule::controls(ui, session, racer.id, view, commands);
}

/// The control of one declared number.
fn control(
    ui: &mut Ui,
    view: &ViewState,
    declared: &Hyperparameter,
    rate: bool,
    limit: Option<Option<[f64; 2]>>,
    value: f64,
) -> Option<f64> {
    let lang = view.lang;
    let (name, hint) = (declared.word.get(lang), hint(declared, lang));
    if declared.scale == Scale::Switch {
        return switch(ui, name, &hint, value != 0.0).map(f64::from);
    }
    let limit = limit.filter(|_| rate).flatten();
    let note = |at: f64| i18n::fill(lang, "app.stable_rate", &[("rate", &show_number(at, 3))]);
    let zones = ["app.zone.calm", "app.zone.overshoots", "app.zone.unstable"];
    let limit = limit.map(|[calm, at]| Limit {
        calm,
        at,
        zones: zones.map(|key| i18n::text(lang, key).to_owned()),
        note: note(at),
    });
    let rail = Rail { range: declared.range, scale: declared.scale, zero: declared.zero };
    let (symbol, default) = (declared.symbol.as_str(), Some(declared.default));
    Slider { name, symbol, hint: &hint, value, rail, default, limit, wide: rate }.show(ui)
}

/// What a number does, and what its framework calls it where that is another name.
fn hint(declared: &Hyperparameter, lang: i18n::Lang) -> String {
    let meaning = declared.meaning.get(lang);
    if declared.name == declared.word.en {
        return meaning.to_owned();
    }
    format!("{meaning}\n{}", i18n::fill(lang, "app.in_code", &[("name", &declared.name)]))
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
