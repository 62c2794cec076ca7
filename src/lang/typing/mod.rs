//! What helps while a text is being typed, whether it parses or not: what each piece of it is, what could stand at the
//! cursor, which brackets belong together. Pure, and without a word for people.

mod bracket;
mod complete;
mod highlight;

pub use bracket::matching_brackets;
pub use complete::{Candidate, CandidateKind, Completion, Dialect, complete};
pub use highlight::{TokenClass, tokens};

use super::Span;
use super::token::{Token, TokenKind};

/// The names that `param` lines declare, with their places.
fn declared<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = (&'a str, Span)> {
    tokens.windows(2).filter_map(|pair| match pair {
        [word, name] if word.kind == TokenKind::Param && name.kind == TokenKind::Name => {
            Some((name.span.of(text), name.span))
        }
        _ => None,
    })
}
