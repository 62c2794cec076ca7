//! What each piece of a text is, by the language's own lexer.

use std::collections::BTreeSet;

use crate::lang::token::{Bracket, Token, TokenKind};
use crate::lang::{Constant, Span, find_function, lexer};

/// What a piece of text is, for highlighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// A number, superscripts included.
    Number,
    /// `pi`, `π`, `e`.
    Constant,
    /// The name of a function.
    Function,
    /// A name that a `param` line of the text declares.
    Parameter,
    /// Any other name.
    Name,
    /// An operator, a comma, or an `=`.
    Operator,
    /// A bracket.
    Bracket,
    /// A word of the language: `if`, `then`, `else`, `param`, `state`, and `in` and `log` after a `param`.
    Keyword,
    /// From `#` to the end of the line.
    Comment,
    /// What the language does not know.
    Unknown,
}

/// The pieces of a text, from left to right, whether it parses or not; only blanks lie between them.
pub fn tokens(text: &str) -> Vec<(Span, TokenClass)> {
    let (tokens, _) = lexer::tokenize(text);
    let params: BTreeSet<&str> = super::declared(text, &tokens).map(|(name, _)| name).collect();
    let mut pieces = Vec::with_capacity(tokens.len());
    let (mut end, mut declaring) = (0, false);
    for token in &tokens {
        comments(text, end, token.span.start, &mut pieces);
        end = token.span.end;
        match token.kind {
            TokenKind::Param => declaring = true,
            kind if kind.is_end() => declaring = false,
            _ => {}
        }
        if !token.kind.is_end() {
            pieces.push((token.span, class(text, token, declaring, &params)));
        }
    }
    pieces
}

/// The comments between two places.
fn comments(text: &str, start: usize, end: usize, pieces: &mut Vec<(Span, TokenClass)>) {
    let mut at = start;
    while let Some(found) = text.get(at..end).and_then(|gap| gap.find('#')) {
        let start = at + found;
        at = text.get(start..end).and_then(|rest| rest.find('\n')).map_or(end, |length| start + length);
        pieces.push((Span::new(start, at), TokenClass::Comment));
    }
}

fn class(text: &str, token: &Token, declaring: bool, params: &BTreeSet<&str>) -> TokenClass {
    let name = token.span.of(text);
    match token.kind {
        TokenKind::Number(_) | TokenKind::Superscript(_) => TokenClass::Number,
        TokenKind::Name if declaring && matches!(name, "in" | "log") => TokenClass::Keyword,
        TokenKind::Name if params.contains(name) => TokenClass::Parameter,
        TokenKind::Name if find_function(name).is_some() => TokenClass::Function,
        TokenKind::Name if Constant::find(name).is_some() => TokenClass::Constant,
        TokenKind::Name => TokenClass::Name,
        TokenKind::Pi => TokenClass::Constant,
        TokenKind::Open(Bracket::Round) | TokenKind::Close(Bracket::Round) => TokenClass::Bracket,
        TokenKind::Open(_) | TokenKind::Close(_) | TokenKind::Bar | TokenKind::Foreign => TokenClass::Unknown,
        TokenKind::If | TokenKind::Then | TokenKind::Else | TokenKind::Param | TokenKind::State => TokenClass::Keyword,
        _ => TokenClass::Operator,
    }
}
