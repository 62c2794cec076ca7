//! What is wrong with a net or its training, in words.

use super::refusal::cured;
use super::{data, diagnostic, number, schedule_problem, setting, unknown_optimizer};
use crate::i18n::{Lang, fill, text};
use crate::lang::Diagnostic;
use crate::nn::{ArchitectureError, Broken, NameError, NameKind, Stop, TargetError, TrainingError};
use crate::optim::BindError;
use crate::session::net::NetRefusal;

/// Why a command was refused in the network laboratory.
pub fn net_refusal(lang: Lang, refusal: &NetRefusal) -> String {
    match refusal {
        NetRefusal::Data(error) => data(lang, error),
        NetRefusal::Training(error) => training(lang, error),
        NetRefusal::UnknownOptimizer(unknown) => unknown_optimizer(lang, unknown),
        NetRefusal::Native(id) => fill(lang, "net.error.native", &[("id", id)]),
        NetRefusal::Setting(error) => setting(lang, error),
        NetRefusal::Rule { text, problems } => fill(lang, "error.rule", &[("why", &first(lang, text, problems))]),
        NetRefusal::Schedule { error, .. } => {
            fill(lang, "error.schedule", &[("why", &schedule_problem(lang, &error.problem))])
        }
        NetRefusal::Loss(loss) => fill(lang, "net.error.loss", &[("loss", loss)]),
        NetRefusal::TooManyLayers { limit } => fill(lang, "net.error.too_many_layers", &[("limit", limit)]),
        NetRefusal::NoLayer(layer) => fill(lang, "net.error.no_layer", &[("layer", &(layer + 1))]),
        NetRefusal::OutputUnits { wanted, found } => outputs(lang, *wanted, *found),
        NetRefusal::Units { asked, limit } => fill(lang, "net.error.units", &[("asked", asked), ("limit", limit)]),
        NetRefusal::TooManyParameters { found, limit } => {
            fill(lang, "net.error.too_many_parameters", &[("found", found), ("limit", limit)])
        }
        NetRefusal::NoWeight(place) => fill(lang, "net.error.no_weight", &[("place", &(place + 1))]),
        NetRefusal::Number { value, range: [min, max] } => {
            let (value, min, max) = (number(*value), number(*min), number(*max));
            fill(lang, "net.error.number", &[("value", &value), ("min", &min), ("max", &max)])
        }
        NetRefusal::Legs => text(lang, "net.error.legs").to_owned(),
        NetRefusal::TooManyLegs { limit } => fill(lang, "net.error.too_many_legs", &[("limit", limit)]),
        NetRefusal::NothingToUndo => text(lang, "error.nothing_to_undo").to_owned(),
    }
}

/// Why there is no such training.
pub fn training(lang: Lang, error: &TrainingError) -> String {
    match error {
        TrainingError::Architecture(error) => architecture(lang, *error),
        TrainingError::NoRows => text(lang, "net.error.no_rows").to_owned(),
        TrainingError::Inputs { wanted, found } => {
            fill(lang, "net.error.inputs", &[("wanted", wanted), ("found", found)])
        }
        TrainingError::Target(error) => target(lang, error),
        TrainingError::Weights { wanted, found } => {
            fill(lang, "net.error.weights", &[("wanted", wanted), ("found", found)])
        }
        TrainingError::Weight { index, value } => {
            fill(lang, "net.error.weight", &[("place", &(index + 1)), ("value", &number(*value))])
        }
        TrainingError::Optimizer(BindError::Setting(error)) => setting(lang, error),
        TrainingError::Optimizer(BindError::Rule(problem)) => {
            fill(lang, "error.rule", &[("why", &diagnostic(lang, problem, "").text)])
        }
        TrainingError::Native { id } => fill(lang, "net.error.native", &[("id", id)]),
        TrainingError::Dropout(share) => fill(lang, "net.error.dropout", &[("value", &number(*share))]),
        TrainingError::Penalty(factor) => fill(lang, "net.error.penalty", &[("value", &number(*factor))]),
    }
}

fn architecture(lang: Lang, error: ArchitectureError) -> String {
    match error {
        ArchitectureError::NoInputs => text(lang, "net.error.no_inputs").to_owned(),
        ArchitectureError::NoLayers => text(lang, "net.error.no_layers").to_owned(),
        ArchitectureError::NoUnits { layer } => fill(lang, "net.error.no_units", &[("layer", &(layer + 1))]),
        ArchitectureError::TooLarge { limit } => fill(lang, "net.error.too_large", &[("limit", &limit)]),
    }
}

fn target(lang: Lang, error: &TargetError) -> String {
    match error {
        TargetError::Outputs { wanted, found } => outputs(lang, *wanted, *found),
        TargetError::Classes { classes, outputs } => {
            fill(lang, "net.error.classes", &[("classes", classes), ("outputs", outputs)])
        }
        TargetError::Value { row, value, loss, .. } => {
            let value = number(*value);
            fill(lang, "net.error.value", &[("row", &(row + 1)), ("value", &value), ("loss", loss)])
        }
        TargetError::Label { row, label, outputs } => {
            fill(lang, "net.error.label", &[("row", &(row + 1)), ("label", label), ("outputs", outputs)])
        }
    }
}

fn outputs(lang: Lang, wanted: usize, found: usize) -> String {
    fill(lang, "net.error.outputs", &[("wanted", &wanted), ("found", &found)])
}

/// Why a training cannot go on.
pub fn stop(lang: Lang, stop: &Stop) -> String {
    let (value, rate) = (number(stop.value), number(stop.rate));
    match stop.what {
        Broken::Loss => {
            fill(lang, "net.error.stopped_loss", &[("step", &stop.step), ("value", &value), ("rate", &rate)])
        }
        Broken::Weight { index } => {
            let place = index + 1;
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("step", &stop.step), ("place", &place), ("value", &value), ("rate", &rate)];
            fill(lang, "net.error.stopped_weight", &values)
        }
    }
}

/// Why a word names nothing.
pub fn name(lang: Lang, error: &NameError) -> String {
    match error {
        NameError::Unknown { kind, name, known, suggestion } => {
            let problem = match kind {
                NameKind::Activation => fill(lang, "net.error.unknown_activation", &[("name", name)]),
                NameKind::Loss => fill(lang, "net.error.unknown_loss", &[("name", name)]),
                NameKind::Initializer => fill(lang, "net.error.unknown_initializer", &[("name", name)]),
                NameKind::Precision => fill(lang, "net.error.unknown_precision", &[("name", name)]),
            };
            let all = fill(lang, "net.error.known", &[("known", &known.join(", "))]);
            cured(lang, &problem, suggestion.as_slice(), &all)
        }
        NameError::NoNumber { name } => fill(lang, "net.error.no_number", &[("name", name)]),
        NameError::Number { name, text, positive: true } => {
            fill(lang, "net.error.positive", &[("name", name), ("text", text)])
        }
        NameError::Number { name, text, positive: false } => {
            fill(lang, "net.error.finite", &[("name", name), ("text", text)])
        }
    }
}

/// The first problem of a text with its place.
fn first(lang: Lang, source: &str, problems: &[Diagnostic]) -> String {
    problems.first().map_or_else(String::new, |problem| diagnostic(lang, problem, source).to_string())
}
