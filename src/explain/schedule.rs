//! What is wrong with the text of a schedule, in words.

use crate::i18n::{Lang, fill, text};
use crate::schedule::{self, ScheduleProblem, Unread, Wanted};

/// A sentence about the problem, with the cure where there is one. Of a wrong formula the places and cures are in its
/// own list of problems.
pub fn schedule_problem(lang: Lang, problem: &ScheduleProblem) -> String {
    match problem {
        ScheduleProblem::Empty => text(lang, "schedule.empty").to_owned(),
        ScheduleProblem::UnknownKind { name, suggestions } => {
            let said = fill(lang, "schedule.unknown_kind", &[("name", name)]);
            cured(lang, &said, suggestions, text(lang, "schedule.list_kinds"))
        }
        ScheduleProblem::UnknownArgument { kind, known, .. } if known.is_empty() => {
            fill(lang, "schedule.no_arguments", &[("kind", kind)])
        }
        ScheduleProblem::UnknownArgument { kind, name, suggestion, known } => {
            let said = fill(lang, "schedule.unknown_argument", &[("kind", kind), ("name", name)]);
            let takes = fill(lang, "schedule.takes", &[("known", &quoted(known))]);
            cured(lang, &said, suggestion.as_slice(), &takes)
        }
        ScheduleProblem::MissingArgument { kind, name } => {
            let example = schedule::catalogue().iter().find(|known| known.id == *kind).map(schedule::Kind::example);
            let example = example.unwrap_or_default();
            fill(lang, "schedule.missing_argument", &[("kind", kind), ("name", name), ("example", &example)])
        }
        ScheduleProblem::RepeatedArgument { name } => fill(lang, "schedule.repeated_argument", &[("name", name)]),
        ScheduleProblem::NoEquals { found } => fill(lang, "schedule.no_equals", &[("found", found)]),
        ScheduleProblem::Unbalanced => text(lang, "schedule.unbalanced").to_owned(),
        ScheduleProblem::WrongValue { name, wanted, found } => {
            let wanted = self::wanted(lang, wanted);
            fill(lang, "schedule.wrong_value", &[("name", name), ("wanted", &wanted), ("found", found)])
        }
        ScheduleProblem::WrongLength { name, wanted, found } => {
            fill(lang, "schedule.wrong_length", &[("name", name), ("wanted", wanted), ("found", found)])
        }
        ScheduleProblem::TooLong { name } => {
            fill(lang, "schedule.too_long", &[("name", name), ("limit", &schedule::MAX_LIST)])
        }
        ScheduleProblem::NotAscending { name } => fill(lang, "schedule.not_ascending", &[("name", name)]),
        ScheduleProblem::Json => text(lang, "schedule.json").to_owned(),
        ScheduleProblem::NoKind => text(lang, "schedule.no_kind").to_owned(),
        ScheduleProblem::TooDeep => fill(lang, "schedule.too_deep", &[("limit", &schedule::MAX_DEPTH)]),
        ScheduleProblem::Formula { text, .. } => fill(lang, "schedule.formula", &[("formula", text)]),
        ScheduleProblem::File { path, why } => match why {
            Unread::NotHere => fill(lang, "schedule.file_not_here", &[("path", path)]),
            Unread::Missing => fill(lang, "schedule.file_missing", &[("path", path)]),
            Unread::NotText => fill(lang, "schedule.file_no_text", &[("path", path)]),
            Unread::Refused => fill(lang, "schedule.file_unreadable", &[("path", path)]),
        },
        ScheduleProblem::NoColumn { path, column } => {
            fill(lang, "schedule.no_column", &[("path", path), ("column", column)])
        }
        ScheduleProblem::BadCell { path, line, found } => {
            fill(lang, "schedule.bad_cell", &[("path", path), ("line", line), ("found", found)])
        }
    }
}

fn wanted(lang: Lang, wanted: &Wanted) -> String {
    match wanted {
        Wanted::Number => text(lang, "schedule.wanted_number").to_owned(),
        Wanted::Count { min } => fill(lang, "schedule.wanted_count", &[("min", min)]),
        Wanted::Switch => text(lang, "schedule.wanted_switch").to_owned(),
        Wanted::Choice(words) => fill(lang, "schedule.wanted_choice", &[("words", &quoted(words))]),
        Wanted::List => text(lang, "schedule.wanted_list").to_owned(),
        Wanted::Pairs => text(lang, "schedule.wanted_pairs").to_owned(),
        Wanted::Formula => text(lang, "schedule.wanted_formula").to_owned(),
        Wanted::Schedules => text(lang, "schedule.wanted_schedules").to_owned(),
    }
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The problem with the names that were probably meant, or with what else helps.
fn cured(lang: Lang, problem: &str, suggestions: &[String], otherwise: &str) -> String {
    let cure = if suggestions.is_empty() {
        otherwise.to_owned()
    } else {
        fill(lang, "schedule.did_you_mean", &[("names", &quoted(suggestions))])
    };
    fill(lang, "schedule.with_cure", &[("problem", &problem), ("cure", &cure)])
}
