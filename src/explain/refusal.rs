//! Why something was not accepted: unknown names with suggestions, settings, starts, commands.

use super::{diagnostic, name, number, schedule_problem, training};
use crate::descent::SpecError;
use crate::i18n::{Lang, fill, text};
use crate::lang::Diagnostic;
use crate::nn::analysis::SliceError;
use crate::optim::{self, BindError, SettingError};
use crate::session::{MapChoice, Number, Refusal, SliceProblem, Transport};
use crate::surface::{self, ModelError};

/// There is no such surface.
pub fn unknown_surface(lang: Lang, unknown: &surface::UnknownId) -> String {
    let problem = fill(lang, "error.unknown_surface", &[("id", &unknown.id)]);
    cured(lang, &problem, &unknown.suggestions, text(lang, "error.list_surfaces"))
}

/// There is no such optimizer.
pub fn unknown_optimizer(lang: Lang, unknown: &optim::UnknownId) -> String {
    let problem = fill(lang, "error.unknown_optimizer", &[("id", &unknown.id)]);
    cured(lang, &problem, &unknown.suggestions, text(lang, "error.list_optimizers"))
}

/// Why a setting was not accepted.
pub fn setting(lang: Lang, error: &SettingError) -> String {
    match error {
        SettingError::UnknownName { name, known, suggestion } => {
            let problem = fill(lang, "error.unknown_setting", &[("name", name)]);
            let names = fill(lang, "error.settings", &[("known", &known.join(", "))]);
            cured(lang, &problem, suggestion.as_slice(), &names)
        }
        SettingError::NotANumber { name, text } => fill(lang, "error.not_a_number", &[("name", name), ("text", text)]),
        SettingError::NotFinite { name, value } => {
            fill(lang, "error.not_finite", &[("name", name), ("value", &number(*value))])
        }
        SettingError::OutOfLimits { name, value, limits } => {
            let (given, min, max) = (number(*value), number(limits.min), number(limits.max));
            if *value < limits.min {
                fill(lang, "error.below", &[("name", name), ("min", &min), ("value", &given)])
            } else if limits.open {
                fill(lang, "error.reaches", &[("name", name), ("max", &max), ("value", &given)])
            } else {
                fill(lang, "error.above", &[("name", name), ("max", &max), ("value", &given)])
            }
        }
        SettingError::NotWhole { name, value } => {
            fill(lang, "error.not_whole", &[("name", name), ("value", &number(*value))])
        }
        SettingError::NotASwitch { name, text } => fill(lang, "error.not_a_switch", &[("name", name), ("text", text)]),
        SettingError::WrongOrder { smaller, larger } => {
            fill(lang, "error.wrong_order", &[("smaller", smaller), ("larger", larger)])
        }
        SettingError::WrongCount { wanted, found } => {
            fill(lang, "error.wrong_count", &[("wanted", wanted), ("found", found)])
        }
    }
}

/// Why there is no such descent.
pub fn spec(lang: Lang, error: &SpecError) -> String {
    match error {
        SpecError::Dimension { wanted, found } => dimension(lang, *wanted, *found),
        SpecError::Start { value, .. } => fill(lang, "error.start", &[("value", &number(*value))]),
        SpecError::Noise(value) => fill(lang, "error.sigma", &[("value", &number(*value))]),
        SpecError::TooManySteps { asked, limit } => steps(lang, *asked, *limit),
        SpecError::Optimizer(BindError::Setting(error)) => setting(lang, error),
        SpecError::Optimizer(BindError::Rule(problem)) => {
            fill(lang, "error.rule", &[("why", &diagnostic(lang, problem, "").text)])
        }
    }
}

/// Why a command was refused.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownSurface(unknown) => unknown_surface(lang, unknown),
        Refusal::Model(error) => model(lang, error),
        Refusal::Slice(problem) => slice(lang, problem),
        Refusal::NoData => text(lang, "error.no_data").to_owned(),
        Refusal::UnknownOptimizer(unknown) => unknown_optimizer(lang, unknown),
        Refusal::UnknownParam { name, known } => {
            let problem = fill(lang, "error.unknown_param", &[("name", name)]);
            cured(lang, &problem, known, text(lang, "error.no_params"))
        }
        Refusal::UnknownRacer(id) => fill(lang, "error.unknown_racer", &[("id", &id.0)]),
        Refusal::SameRacer(id) => fill(lang, "error.same_racer", &[("id", &id.0)]),
        Refusal::Setting(error) => setting(lang, error),
        Refusal::Formula { text, problems } => fill(lang, "error.formula", &[("why", &first(lang, text, problems))]),
        Refusal::Rule { text, problems } => fill(lang, "error.rule", &[("why", &first(lang, text, problems))]),
        Refusal::Schedule { error, .. } => {
            fill(lang, "error.schedule", &[("why", &schedule_problem(lang, &error.problem))])
        }
        Refusal::Number { what, value } => {
            let value = number(*value);
            match what {
                Number::Start => fill(lang, "error.start", &[("value", &value)]),
                Number::Param => fill(lang, "error.param", &[("value", &value)]),
                Number::Sigma => fill(lang, "error.sigma", &[("value", &value)]),
                Number::Speed => {
                    let [min, max] = Transport::SPEEDS.map(number);
                    fill(lang, "error.speed", &[("min", &min), ("max", &max), ("value", &value)])
                }
                Number::Epsilon => fill(lang, "error.epsilon", &[("value", &value)]),
                Number::Cursor => fill(lang, "error.cursor", &[("value", &value)]),
                Number::Camera => fill(lang, "error.camera", &[("value", &value)]),
            }
        }
        Refusal::Dimension { wanted, found } => dimension(lang, *wanted, *found),
        Refusal::Steps { asked: 0, .. } => text(lang, "error.no_steps").to_owned(),
        Refusal::Steps { asked, limit } => steps(lang, *asked, *limit),
        Refusal::TooManyRacers { limit } => fill(lang, "error.too_many_racers", &[("limit", limit)]),
        Refusal::Legs(id) => fill(lang, "error.legs", &[("id", &id.0)]),
        Refusal::NoFork(_) => text(lang, "error.no_fork").to_owned(),
        Refusal::NothingToUndo => text(lang, "error.nothing_to_undo").to_owned(),
        Refusal::LastRacer => text(lang, "error.last_racer").to_owned(),
        Refusal::Range => text(lang, "error.range").to_owned(),
        Refusal::MapSize { asked } => {
            let sizes = MapChoice::SIZES.map(|size| size.to_string()).join(", ");
            fill(lang, "error.map_size", &[("asked", asked), ("sizes", &sizes)])
        }
    }
}

/// Why there is no such slice of a net's loss.
fn slice(lang: Lang, problem: &SliceProblem) -> String {
    match problem {
        SliceProblem::Net(SliceError::TooLarge { found, limit }) => {
            fill(lang, "error.slice_too_large", &[("found", found), ("limit", limit)])
        }
        SliceProblem::Net(SliceError::Loss(error)) => training(lang, error),
        SliceProblem::Name(error) => name(lang, error),
        SliceProblem::Row(row) => fill(lang, "error.slice_row", &[("row", &(row + 1))]),
        SliceProblem::NotFinite => text(lang, "error.slice_not_finite").to_owned(),
    }
}

/// Why there is no such model.
fn model(lang: Lang, error: &ModelError) -> String {
    match error {
        ModelError::Unknown(unknown) => {
            let problem = fill(lang, "error.unknown_model", &[("id", &unknown.id)]);
            let known: Vec<&str> = surface::model::models().iter().map(|entry| entry.id.as_str()).collect();
            cured(lang, &problem, &unknown.suggestions, &fill(lang, "error.models", &[("known", &known.join(", "))]))
        }
        ModelError::Prediction { text, problems } => {
            fill(lang, "error.prediction", &[("why", &first(lang, text, problems))])
        }
        ModelError::Loss { text, problems } => fill(lang, "error.loss", &[("why", &first(lang, text, problems))]),
        ModelError::TooManyPoints { found, limit } => {
            fill(lang, "error.too_many_points", &[("found", found), ("limit", limit)])
        }
        ModelError::Point { row, value } => {
            fill(lang, "error.point", &[("row", &(row + 1)), ("value", &number(*value))])
        }
        ModelError::Class { row, value } => {
            fill(lang, "error.class", &[("row", &(row + 1)), ("value", &number(*value))])
        }
        ModelError::NoPoint { row, count } => fill(lang, "error.no_point", &[("row", &(row + 1)), ("count", count)]),
    }
}

fn dimension(lang: Lang, wanted: usize, found: usize) -> String {
    if wanted == 1 {
        fill(lang, "error.one_coordinate", &[("found", &found)])
    } else {
        fill(lang, "error.dimension", &[("wanted", &wanted), ("found", &found)])
    }
}

fn steps(lang: Lang, asked: usize, limit: usize) -> String {
    fill(lang, "error.steps", &[("asked", &asked), ("limit", &limit)])
}

/// The first problem of a text with its place.
fn first(lang: Lang, source: &str, problems: &[Diagnostic]) -> String {
    problems.first().map_or_else(String::new, |problem| diagnostic(lang, problem, source).to_string())
}

/// The problem with the names that were probably meant, or with what else helps.
pub(super) fn cured(lang: Lang, problem: &str, suggestions: &[String], otherwise: &str) -> String {
    let names = suggestions.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    let cure =
        if names.is_empty() { otherwise.to_owned() } else { fill(lang, "error.did_you_mean", &[("names", &names)]) };
    fill(lang, "error.cured", &[("problem", &problem), ("cure", &cure)])
}
