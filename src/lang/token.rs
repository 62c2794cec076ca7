//! The words of the language: what the lexer makes and the parser reads.

use super::Span;
use super::ast::Comparison;

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
