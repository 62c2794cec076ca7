//! What is wrong with a net or its training, in words.

use super::refusal::cured;
use super::{diagnostic, number, setting};
use crate::i18n::{Lang, fill, text};
use crate::nn::{ArchitectureError, Broken, NameError, NameKind, Stop, TargetError, TrainingError};
use crate::optim::BindError;

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
