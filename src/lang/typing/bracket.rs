//! Brackets that belong together.

use crate::lang::token::{Bracket, TokenKind};
use crate::lang::{Span, lexer};

/// The bracket at the cursor (a byte; the one before it comes first) and its partner, in the order of the text; none
/// where there is no bracket or it has no partner.
pub fn matching_brackets(text: &str, at: usize) -> Option<[Span; 2]> {
    let (tokens, _) = lexer::tokenize(text);
    let mut open: Vec<Span> = Vec::new();
    let mut pairs: Vec<[Span; 2]> = Vec::new();
    for token in &tokens {
        match token.kind {
            TokenKind::Open(Bracket::Round) => open.push(token.span),
            TokenKind::Close(Bracket::Round) => pairs.extend(open.pop().map(|start| [start, token.span])),
            _ => {}
        }
    }
    let touched =
        |edge: fn(&Span) -> usize| pairs.iter().find(|pair| pair.iter().any(|span| edge(span) == at)).copied();
    touched(|span| span.end).or_else(|| touched(|span| span.start))
}
