//! Completion of a text of the shape `head:name=value,name=value`, whose names its caller knows.

use super::{Candidate, CandidateKind, Completion};
use crate::lang::Span;

/// The heads or the arguments that could stand at the cursor, a byte of the text; none where a value stands.
pub(super) fn complete_call(text: &str, at: usize, heads: &[&str], arguments: &[&str]) -> Option<Completion> {
    let before = text.get(..at)?;
    let begin = before.rfind([':', ',']).map_or(0, |sign| sign + 1);
    let begin = begin + before[begin..].len() - before[begin..].trim_start().len();
    let rest = text.get(begin..)?;
    let end = begin + rest.find(|c: char| matches!(c, ':' | ',' | '=') || c.is_whitespace()).unwrap_or(rest.len());
    // Behind a blank or an `=` the word is over.
    let begun = before.get(begin..).filter(|_| at <= end)?;
    let behind = before.contains(':');
    let (names, kind) = if behind { (arguments, CandidateKind::Argument) } else { (heads, CandidateKind::Head) };
    let equals = if behind && !text.get(end..)?.starts_with('=') { "=" } else { "" };
    let lower = begun.to_lowercase();
    // `step` finds `torch/StepLR`, too.
    let fits = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with(&lower) || name.split_once('/').is_some_and(|(_, tail)| tail.starts_with(&lower))
    };
    let entry = |name: &&str| Candidate { name: (*name).to_owned(), kind, insert: format!("{name}{equals}") };
    let candidates: Vec<Candidate> = names.iter().filter(|name| fits(name)).map(entry).collect();
    let span = Span::new(begin, end);
    let complete = candidates.iter().any(|candidate| candidate.name == span.of(text));
    (!candidates.is_empty()).then_some(Completion { span, candidates, complete })
}
