//! Tokens to expressions, by recursive descent. Every problem is recorded and reading goes on, so that one pass reports
//! as many as it can; an expression with problems is never handed out.
//!
//! ```text
//! expression = "if" expression "then" expression "else" expression | comparison
//! comparison = sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
//! sum        = product {("+" | "-") product}
//! product    = signed {("*" | "/") signed | power}          the second form is the implicit product
//! signed     = ("-" | "+") signed | power
//! power      = atom [superscript | "^" signed]
//! atom       = number | name | "√" power | function "(" expression {"," expression} ")" | "(" expression ")"
//! ```

mod atom;
mod formula;
mod rule;

use std::collections::BTreeSet;

use super::ast::{Choice, Comparison, ExprKind};
use super::limits::{MAX_DEPTH, MAX_DIAGNOSTICS, MAX_NODES};
use super::token::{Token, TokenKind};
use super::{Diagnostic, Expected, Expr, Problem, Span, lexer};

pub use formula::{Scope, parse_formula};
pub(super) use rule::GIVEN;
pub use rule::parse_rule;

/// The state of reading one text.
struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    /// Names that may be read.
    known: BTreeSet<String>,
    /// Whether unknown names could be declared with `param`.
    in_rule: bool,
    diagnostics: Vec<Diagnostic>,
    depth: usize,
    nodes: usize,
    /// A limit was hit: nothing more is read or reported.
    stopped: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, known: BTreeSet<String>, in_rule: bool) -> Self {
        let (tokens, diagnostics) = lexer::tokenize(text);
        let stopped = tokens.len() <= 1 && !diagnostics.is_empty();
        Self { text, tokens, at: 0, known, in_rule, diagnostics, depth: 0, nodes: 0, stopped }
    }

    fn token(&self, ahead: usize) -> Token {
        let end = Span::new(self.text.len(), self.text.len());
        self.tokens.get(self.at + ahead).copied().unwrap_or(Token { kind: TokenKind::End, span: end })
    }

    fn peek(&self) -> TokenKind {
        self.token(0).kind
    }

    fn advance(&mut self) -> Token {
        let token = self.token(0);
        self.at = (self.at + 1).min(self.tokens.len().saturating_sub(1));
        token
    }

    fn take(&mut self, kind: TokenKind) -> bool {
        let found = self.peek() == kind;
        if found {
            self.advance();
        }
        found
    }

    /// The end of what was read last.
    fn last_end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.span.end)
    }

    fn source(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    fn report(&mut self, kind: Problem, span: Span, suggestion: Option<String>) {
        let known_place = self.diagnostics.iter().any(|d| d.span.start == span.start);
        if !self.stopped && !known_place {
            self.diagnostics.push(Diagnostic { kind, span, suggestion });
            if self.diagnostics.len() >= MAX_DIAGNOSTICS {
                self.stop();
            }
        }
    }

    /// Jumps to the end: what follows is neither read nor reported.
    fn stop(&mut self) {
        self.stopped = true;
        self.at = self.tokens.len().saturating_sub(1);
    }

    /// Reports the next token, or the end that comes too early. Reads nothing.
    fn report_unexpected(&mut self, expected: Expected) {
        let token = self.token(0);
        if token.kind.is_end() {
            let cure = (expected == Expected::CloseBracket).then(|| ")".to_owned());
            let place = Span::new(token.span.start, token.span.start);
            self.report(Problem::UnexpectedEnd { expected }, place, cure);
        } else {
            let found = self.source(token.span).to_owned();
            self.report(Problem::UnexpectedToken { found, expected }, token.span, None);
        }
    }

    /// What stands for an expression that could not be read.
    fn hole(&self) -> Expr {
        ExprKind::Number(0.0).at(self.token(0).span)
    }

    /// Goes one level deeper for the time of `read`, unless that is too deep.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Expr) -> Expr {
        if self.depth >= MAX_DEPTH {
            let span = self.token(0).span;
            self.report(Problem::TooDeep { limit: MAX_DEPTH }, span, None);
            self.stop();
            return self.hole();
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Counts a part of the expression.
    fn node(&mut self, kind: ExprKind, span: Span) -> Expr {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.report(Problem::TooLarge { limit: MAX_NODES }, span, None);
            self.stop();
        }
        kind.at(span)
    }

    fn expression(&mut self) -> Expr {
        self.nested(|p| if p.peek() == TokenKind::If { p.conditional() } else { p.comparison() })
    }

    fn conditional(&mut self) -> Expr {
        let start = self.advance().span;
        let condition = self.expression();
        self.word(TokenKind::Then, Expected::Then);
        let then = self.expression();
        self.word(TokenKind::Else, Expected::Else);
        let otherwise = self.expression();
        let span = start.to(otherwise.span);
        self.node(ExprKind::If(Box::new(Choice { condition, then, otherwise })), span)
    }

    fn word(&mut self, kind: TokenKind, expected: Expected) {
        if !self.take(kind) {
            self.report_unexpected(expected);
        }
    }

    fn comparison(&mut self) -> Expr {
        let first = self.sum();
        let Some(sign) = self.comparison_sign() else { return first };
        let second = self.sum();
        let span = first.span.to(second.span);
        let before = second.span;
        if let TokenKind::Compare(next) = self.peek() {
            self.advance();
            let third = self.sum();
            let (a, b, c) = (self.source(first.span), self.source(before), self.source(third.span));
            let cure = format!("({a} {} {b})*({b} {} {c})", sign.symbol(), next.symbol());
            self.report(Problem::ChainedComparison, span.to(third.span), Some(cure));
            while matches!(self.peek(), TokenKind::Compare(_)) {
                self.advance();
                self.sum();
            }
        }
        self.node(ExprKind::Compare(sign, Box::new(first), Box::new(second)), span)
    }

    fn comparison_sign(&mut self) -> Option<Comparison> {
        let token = self.token(0);
        match token.kind {
            TokenKind::Compare(sign) => {
                self.advance();
                Some(sign)
            }
            TokenKind::Equals => {
                self.report(Problem::SingleEquals, token.span, Some("==".to_owned()));
                self.advance();
                Some(Comparison::Eq)
            }
            _ => None,
        }
    }

    fn sum(&mut self) -> Expr {
        let first = self.product();
        let mut terms = Vec::new();
        loop {
            let negative = match self.peek() {
                TokenKind::Plus => false,
                TokenKind::Minus => true,
                _ => break,
            };
            self.advance();
            self.nodes += 1;
            terms.push((negative, self.product()));
        }
        if terms.is_empty() {
            return first;
        }
        Expr::sum(std::iter::once((false, first)).chain(terms))
    }

    fn product(&mut self) -> Expr {
        let first = self.signed();
        let mut factors: Vec<(bool, Expr)> = Vec::new();
        loop {
            let token = self.token(0);
            let (divides, factor) = match token.kind {
                TokenKind::Star => {
                    self.advance();
                    (false, self.signed())
                }
                TokenKind::Slash => {
                    self.advance();
                    (true, self.signed())
                }
                TokenKind::Foreign => {
                    let before = factors.last().map_or(&first, |(_, value)| value).span;
                    (true, self.foreign(before))
                }
                kind if kind.starts_operand() && kind != TokenKind::If => {
                    if matches!(kind, TokenKind::Number(_)) {
                        let cure = format!("*{}", self.source(token.span));
                        self.report(Problem::MissingOperator, token.span, Some(cure));
                    }
                    let divisor = factors.last().filter(|(divides, _)| *divides).map(|(_, value)| value.span);
                    let factor = self.power();
                    if let Some(divisor) = divisor {
                        self.ambiguous_product(divisor, factor.span);
                    }
                    (false, factor)
                }
                _ => break,
            };
            self.nodes += 1;
            factors.push((divides, factor));
        }
        if factors.is_empty() {
            return first;
        }
        Expr::product(std::iter::once((false, first)).chain(factors))
    }

    fn ambiguous_product(&mut self, divisor: Span, factor: Span) {
        let kind = Problem::AmbiguousProduct {
            divisor: self.source(divisor).to_owned(),
            factor: self.source(factor).to_owned(),
        };
        let cure = format!("({}*{})", self.source(divisor), self.source(factor));
        self.report(kind, divisor.to(factor), Some(cure));
    }

    /// `x // y`, `x % y`, `a && b`, after the left operand.
    fn foreign(&mut self, left: Span) -> Expr {
        let token = self.advance();
        let operator = self.source(token.span).to_owned();
        let right = self.signed();
        let (a, b) = (self.source(left), self.source(right.span));
        let (span, cure) = match operator.as_str() {
            "//" => (token.span, Some("/".to_owned())),
            "%" => (left.to(right.span), Some(format!("({a} - {b}*floor({a}/{b}))"))),
            "&&" => (token.span, Some("*".to_owned())),
            _ => (token.span, None),
        };
        self.report(Problem::UnknownOperator { operator }, span, cure);
        right
    }

    fn signed(&mut self) -> Expr {
        let token = self.token(0);
        match token.kind {
            TokenKind::Minus => self.nested(|p| {
                p.advance();
                let value = p.signed();
                let span = token.span.to(value.span);
                p.node(ExprKind::Neg(Box::new(value)), span)
            }),
            TokenKind::Plus => self.nested(|p| {
                p.advance();
                p.signed()
            }),
            _ => self.power(),
        }
    }

    fn power(&mut self) -> Expr {
        let mut base = self.atom();
        let token = self.token(0);
        if let TokenKind::Superscript(exponent) = token.kind {
            self.advance();
            let mut value = self.node(ExprKind::Number(f64::from(exponent.unsigned_abs())), token.span);
            if exponent < 0 {
                value = value.negated();
            }
            let span = base.span.to(token.span);
            base = self.node(ExprKind::Power(Box::new(base), Box::new(value)), span);
            if matches!(self.peek(), TokenKind::Caret | TokenKind::Superscript(_)) {
                let cure = format!("({})", self.source(span));
                self.report(Problem::AmbiguousPower, span, Some(cure));
            }
        }
        if self.take(TokenKind::Caret) {
            let exponent = self.nested(Self::signed);
            let span = base.span.to(exponent.span);
            base = self.node(ExprKind::Power(Box::new(base), Box::new(exponent)), span);
        }
        while self.peek() == TokenKind::Foreign && self.source(self.token(0).span) == "!" {
            self.factorial(base.span);
        }
        base
    }

    /// `3!`: there are no factorials, but that of a small number can be written out.
    fn factorial(&mut self, of: Span) {
        let sign = self.advance();
        let number = self.source(of).parse::<u64>().ok().filter(|n| *n <= 20);
        let cure = number.map(|n| (1..=n).product::<u64>().to_string());
        let span = if cure.is_some() { of.to(sign.span) } else { sign.span };
        self.report(Problem::UnknownOperator { operator: "!".to_owned() }, span, cure);
    }

    /// Everything after the end of a complete expression is wrong; it is read all the same, for the problems in it.
    fn leftover(&mut self, last: impl Fn(TokenKind) -> bool) {
        while !last(self.peek()) && self.peek() != TokenKind::End {
            let token = self.token(0);
            if !self.decimal_comma() {
                self.report_unexpected(Expected::OperatorOrEnd);
            }
            self.advance();
            if token.kind.is_end() || self.peek().starts_operand() {
                self.expression();
            }
        }
    }

    /// `1,5` where no comma can stand.
    fn decimal_comma(&mut self) -> bool {
        let (comma, after) = (self.token(0), self.token(1));
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).copied();
        let Some(before) = before.filter(|_| comma.kind == TokenKind::Comma) else { return false };
        let touching = before.span.end == comma.span.start && comma.span.end == after.span.start;
        if !touching || !matches!((before.kind, after.kind), (TokenKind::Number(_), TokenKind::Number(_))) {
            return false;
        }
        let cure = format!("{}.{}", self.source(before.span), self.source(after.span));
        self.report(Problem::DecimalComma, before.span.to(after.span), Some(cure));
        true
    }
}
