//! Problems as failures: what `explain` says, with the name of the input in front of the place.

use super::failure::Failure;
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::lang::Diagnostic;
use crate::schedule::{ScheduleError, ScheduleProblem};

/// All problems of a text, each with its place and the line with carets: `formula:1:5: …`.
pub(super) fn diagnostics(lang: Lang, name: &str, source: &str, problems: &[Diagnostic]) -> Failure {
    let said = problems.iter().map(|problem| format!("{name}:{}", explain::diagnostic(lang, problem, source)));
    Failure::Input(said.collect::<Vec<_>>().join("\n"))
}

/// What is wrong with a schedule: of a formula all its own problems, else the place in the text.
pub(super) fn schedule(lang: Lang, spec: &str, error: &ScheduleError) -> Failure {
    match (&error.problem, error.span) {
        (ScheduleProblem::Formula { text, problems }, _) => diagnostics(lang, "schedule", text, problems),
        (problem, Some(span)) => {
            let said = explain::schedule_problem(lang, problem);
            Failure::Input(format!("schedule:{}", explain::Message::new(said, span, spec)))
        }
        (problem, None) => Failure::Input(format!("schedule: {}", explain::schedule_problem(lang, problem))),
    }
}

/// A sentence about an option, with its name in front.
pub(super) fn option(lang: Lang, option: &str, said: &str) -> Failure {
    Failure::Input(fill(lang, "cli.option", &[("option", &option), ("said", &said)]))
}
