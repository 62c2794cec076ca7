//! Which rule, and a control for each number that it declares.

use egui::Ui;

use super::{DriveAsk, DriveControls, rule};
use crate::app::widgets::{Choice, Chooser, Limit, Rail, Slider, show_number, switch};
use crate::i18n::{self, Lang};
use crate::optim::{self, Hyperparameter, Method, Scale};

impl DriveControls<'_> {
    /// Draws the chooser, the box of one's own rule, and the controls.
    pub(in crate::app) fn rule(&self, ui: &mut Ui) -> Option<DriveAsk> {
        let lang = self.lang;
        let offered = |spec: &&'static optim::OptimizerSpec| self.native || !matches!(spec.method, Method::Native(_));
        let optimizers: Vec<&'static optim::OptimizerSpec> = optim::catalogue().iter().filter(offered).collect();
        let own = rule::choices(lang);
        let before = own.len();
        let (chosen, note) = if self.rule_text.is_some() {
            (Some(0), i18n::text(lang, "app.own_rule"))
        } else {
            let place = optimizers.iter().position(|entry| entry.id == self.spec.id);
            (place.map(|index| before + index), self.spec.id.as_str())
        };
        let shown = (self.spec.name.get(lang), note);
        let field = Chooser { name: i18n::text(lang, "app.optimizer"), shown, picture: None, chosen };
        let picked = field.show(ui, |_| {
            let choice = |spec: &&'static optim::OptimizerSpec| Choice {
                group: group(&spec.id, lang),
                name: spec.name.get(lang),
                note: spec.id.clone(),
                picture: None,
                hint: spec.note.get(lang),
            };
            own.into_iter().chain(optimizers.iter().map(choice)).collect()
        });
        let mut asked = picked.and_then(|index| match index.checked_sub(before) {
            None => self.choose_own(ui, index),
            Some(index) => optimizers.get(index).map(|spec| DriveAsk::Entry(spec.id.clone())),
        });
        asked = self.rule_box(ui).or(asked);
        ui.add_space(4.0);
        ui.push_id(("hyperparameters", self.salt), |ui| {
            for (place, declared) in self.spec.hyperparameters.iter().enumerate() {
                let Some(&value) = self.settings.get(place) else { continue };
                if let Some(value) = control(ui, lang, declared, place == 0, self.limit, value) {
                    asked = Some(DriveAsk::Hyper { name: declared.name.clone(), value });
                }
            }
        });
        asked
    }
}

/// The control of one declared number.
fn control(
    ui: &mut Ui,
    lang: Lang,
    declared: &Hyperparameter,
    rate: bool,
    limit: Option<Option<[f64; 2]>>,
    value: f64,
) -> Option<f64> {
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
fn hint(declared: &Hyperparameter, lang: Lang) -> String {
    let meaning = declared.meaning.get(lang);
    if declared.name == declared.word.en {
        return meaning.to_owned();
    }
    format!("{meaning}\n{}", i18n::fill(lang, "app.in_code", &[("name", &declared.name)]))
}

/// The heading of an id such as `torch/adam`.
fn group(id: &str, lang: Lang) -> &'static str {
    match id.split_once('/').map(|(framework, _)| framework) {
        Some("torch") => "PyTorch",
        Some("keras") => "Keras",
        Some("optax") => "Optax",
        Some("book") => i18n::text(lang, "app.group_book"),
        Some(_) => "",
        None => i18n::text(lang, "app.group_native"),
    }
}
