//! The words of the language: what the lexer makes and the parser reads.

use super::ast::Comparison;
use super::{Constant, Span, find_function, lexer};

/// A token with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// The kinds of token. Names and operators of other languages are read from the text by their span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    Number(f64),
    Name,
    /// `π`, a token of its own so that `2πx` is a product.
    Pi,
    Plus,
    Minus,
    Star,
    Slash,
    Caret,
    /// A run of superscript digits: `²`, `¹⁰`, `⁻¹`.
    Superscript(i32),
    /// `√`
    Root,
    Open(Bracket),
    Close(Bracket),
    Comma,
    Compare(Comparison),
    Equals,
    /// `..`
    Range,
    /// `|`
    Bar,
    /// An operator that other languages have: `//`, `%`, `!`, `&&`.
    Foreign,
    If,
    Then,
    Else,
    Param,
    State,
    /// The end of a line, or `;`.
    LineEnd,
    /// The end of the text.
    End,
}

/// The shapes of brackets; only round ones are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
}

impl TokenKind {
    /// Whether an operand can begin with it (signs apart).
    pub(super) const fn starts_operand(self) -> bool {
        matches!(self, Self::Number(_) | Self::Name | Self::Pi | Self::Root | Self::Open(_) | Self::If)
    }

    /// Whether it stands between two operands.
    pub(super) const fn is_infix(self) -> bool {
        matches!(
            self,
            Self::Plus
                | Self::Minus
                | Self::Star
                | Self::Slash
                | Self::Caret
                | Self::Compare(_)
                | Self::Range
                | Self::Comma
                | Self::Then
                | Self::Else
        )
    }

    /// Whether a line or the text ends here.
    pub(super) const fn is_end(self) -> bool {
        matches!(self, Self::LineEnd | Self::End)
    }
}

/// What a piece of text is, for highlighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// A number, superscripts included.
    Number,
    /// `pi`, `π`, `e`.
    Constant,
    /// The name of a function.
    Function,
    /// Any other name.
    Name,
    /// An operator, a comma, or an `=`.
    Operator,
    /// A bracket.
    Bracket,
    /// A word of the language: `if`, `then`, `else`, `param`, `state`.
    Keyword,
    /// What the language does not know.
    Unknown,
}

/// The tokens of a text, from left to right, whether it parses or not; blanks and comments lie between them.
pub fn tokens(text: &str) -> Vec<(Span, TokenClass)> {
    let (tokens, _) = lexer::tokenize(text);
    tokens
        .iter()
        .filter(|token| !token.kind.is_end())
        .map(|token| {
            let name = token.span.of(text);
            let class = match token.kind {
                TokenKind::Number(_) | TokenKind::Superscript(_) => TokenClass::Number,
                TokenKind::Name if find_function(name).is_some() => TokenClass::Function,
                TokenKind::Name if Constant::find(name).is_some() => TokenClass::Constant,
                TokenKind::Name => TokenClass::Name,
                TokenKind::Pi => TokenClass::Constant,
                TokenKind::Open(Bracket::Round) | TokenKind::Close(Bracket::Round) => TokenClass::Bracket,
                TokenKind::Open(_) | TokenKind::Close(_) | TokenKind::Bar | TokenKind::Foreign => TokenClass::Unknown,
                TokenKind::If | TokenKind::Then | TokenKind::Else | TokenKind::Param | TokenKind::State => {
                    TokenClass::Keyword
                }
                _ => TokenClass::Operator,
            };
            (token.span, class)
        })
        .collect()
}
