//! What a name of the language means, in a few words: for the list that completes it.

use crate::i18n::{Lang, text};
use crate::lang::{Candidate, CandidateKind, Constant, Func};
use crate::optim;

/// What a candidate means, without a period.
pub fn candidate(lang: Lang, candidate: &Candidate) -> String {
    match candidate.kind {
        CandidateKind::Function(func) => function(lang, func).to_owned(),
        CandidateKind::Constant(Constant::Pi) => text(lang, "word.pi").to_owned(),
        CandidateKind::Constant(Constant::E) => text(lang, "word.e").to_owned(),
        CandidateKind::Variable => text(lang, "word.variable").to_owned(),
        CandidateKind::Column => text(lang, "word.column").to_owned(),
        CandidateKind::Assigned => text(lang, "word.assigned").to_owned(),
        CandidateKind::Hyperparameter => hyperparameter(lang, &candidate.name).unwrap_or_default(),
        CandidateKind::Parameter => {
            hyperparameter(lang, &candidate.name).unwrap_or_else(|| text(lang, "word.parameter").to_owned())
        }
        CandidateKind::Given => given(lang, &candidate.name).to_owned(),
        CandidateKind::Keyword => keyword(lang, &candidate.name).to_owned(),
    }
}

/// What the glossary says, without its period.
fn hyperparameter(lang: Lang, name: &str) -> Option<String> {
    let known = optim::built_in().ok()?.hyperparameter(name)?;
    Some(known.meaning.get(lang).trim_end_matches('.').to_owned())
}

fn given(lang: Lang, name: &str) -> &'static str {
    match name {
        "w" => text(lang, "word.w"),
        "g" => text(lang, "word.g"),
        "loss" => text(lang, "word.loss"),
        "lr" => text(lang, "word.lr"),
        "t" => text(lang, "word.t"),
        _ => "",
    }
}

fn keyword(lang: Lang, name: &str) -> &'static str {
    match name {
        "if" => text(lang, "word.if"),
        "then" => text(lang, "word.then"),
        "else" => text(lang, "word.else"),
        "param" => text(lang, "word.param"),
        "state" => text(lang, "word.state"),
        "in" => text(lang, "word.in"),
        "log" => text(lang, "word.log"),
        _ => "",
    }
}

/// What a function computes.
fn function(lang: Lang, func: Func) -> &'static str {
    match func {
        Func::Sin => text(lang, "function.sin"),
        Func::Cos => text(lang, "function.cos"),
        Func::Tan => text(lang, "function.tan"),
        Func::Asin => text(lang, "function.asin"),
        Func::Acos => text(lang, "function.acos"),
        Func::Atan => text(lang, "function.atan"),
        Func::Sinh => text(lang, "function.sinh"),
        Func::Cosh => text(lang, "function.cosh"),
        Func::Tanh => text(lang, "function.tanh"),
        Func::Exp => text(lang, "function.exp"),
        Func::Ln => text(lang, "function.ln"),
        Func::Log2 => text(lang, "function.log2"),
        Func::Log10 => text(lang, "function.log10"),
        Func::Sqrt => text(lang, "function.sqrt"),
        Func::Abs => text(lang, "function.abs"),
        Func::Sign => text(lang, "function.sign"),
        Func::Floor => text(lang, "function.floor"),
        Func::Relu => text(lang, "function.relu"),
        Func::Sigmoid => text(lang, "function.sigmoid"),
        Func::Softplus => text(lang, "function.softplus"),
        Func::Erf => text(lang, "function.erf"),
        Func::Min => text(lang, "function.min"),
        Func::Max => text(lang, "function.max"),
        Func::Pow => text(lang, "function.pow"),
        Func::Hypot => text(lang, "function.hypot"),
        Func::Atan2 => text(lang, "function.atan2"),
        Func::Clamp => text(lang, "function.clamp"),
        Func::Mean => text(lang, "function.mean"),
        Func::Sum => text(lang, "function.sum"),
        Func::At => text(lang, "function.at"),
        Func::Norm => text(lang, "function.norm"),
        Func::Dot => text(lang, "function.dot"),
    }
}
