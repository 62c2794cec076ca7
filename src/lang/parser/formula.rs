//! Formulas: `param` lines, then one expression.

use super::Parser;
use crate::lang::ast::{Formula, Param};
use crate::lang::kind::{Kind, check};
use crate::lang::token::TokenKind;
use crate::lang::{Constant, Diagnostic, Expected, Problem, Span, find_function};

/// The names that may occur in a formula.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    /// Names of single numbers.
    pub variables: &'a [&'a str],
    /// Names of lists: data columns, or lists of settings.
    pub columns: &'a [&'a str],
}

/// Reads a formula. Its value is one number: lists have to be made one by `mean`, `sum` …
///
/// # Errors
/// All problems that one reading finds, in the order of the text.
pub fn parse_formula(text: &str, scope: &Scope<'_>) -> Result<Formula, Vec<Diagnostic>> {
    let known = scope.variables.iter().chain(scope.columns).map(|name| (*name).to_owned()).collect();
    let mut parser = Parser::new(text, known, false);
    let mut params: Vec<Param> = Vec::new();
    loop {
        match parser.peek() {
            TokenKind::Param => params.extend(parser.param()),
            TokenKind::LineEnd => {
                parser.advance();
            }
            _ => break,
        }
    }
    if parser.peek() == TokenKind::End && parser.diagnostics.is_empty() {
        let end = Span::new(text.len(), text.len());
        parser.report(Problem::Empty, end, None);
    }
    parser.left_side();
    let body = parser.expression();
    while parser.peek() == TokenKind::LineEnd && parser.token(1).kind == TokenKind::End {
        parser.advance();
    }
    parser.leftover(|_| false);
    if parser.diagnostics.is_empty() {
        let kind_of = |name: &str| if scope.columns.contains(&name) { Kind::List } else { Kind::Number };
        let kind = check(&body, &kind_of, &mut parser.diagnostics);
        if kind == Kind::List {
            let cure = format!("mean({})", body.span.of(text));
            parser.report(Problem::NeedsNumber, body.span, Some(cure));
        }
    }
    parser.finish(|_| Formula { params, body })
}

impl Parser<'_> {
    /// The result, or all the problems in the order of the text.
    pub(super) fn finish<T>(mut self, result: impl FnOnce(&Self) -> T) -> Result<T, Vec<Diagnostic>> {
        if self.diagnostics.is_empty() {
            return Ok(result(&self));
        }
        self.diagnostics.sort_by_key(|d| d.span);
        Err(self.diagnostics)
    }

    /// `f(x, y) =` or `z =` in front of a formula, with a name that means nothing: the rest is the formula.
    fn left_side(&mut self) {
        let name = self.token(0);
        let text = self.source(name.span);
        let meaningful = self.known.contains(text) || find_function(text).is_some() || Constant::find(text).is_some();
        if name.kind != TokenKind::Name || meaningful {
            return;
        }
        let mut length = 1;
        if matches!(self.token(length).kind, TokenKind::Open(_)) {
            length += 1;
            while matches!(self.token(length).kind, TokenKind::Name | TokenKind::Comma) {
                length += 1;
            }
            if !matches!(self.token(length).kind, TokenKind::Close(_)) {
                return;
            }
            length += 1;
        }
        let equals = self.token(length);
        if equals.kind == TokenKind::Equals {
            self.report(Problem::SingleEquals, name.span.to(equals.span), Some(String::new()));
            self.at += length + 1;
        }
    }

    /// `param NAME = number [in LO..HI] [log]`, from `param` to the end of the line.
    pub(super) fn param(&mut self) -> Option<Param> {
        self.advance();
        let (name, span) = self.declared_name()?;
        if !self.take(TokenKind::Equals) {
            self.report_unexpected(Expected::Equals);
            self.skip_line();
            return None;
        }
        let default = self.signed_number()?;
        let mut param = Param { name, span, default, range: None, log: false };
        if self.word_is("in") {
            let start = self.advance().span;
            let low = self.signed_number()?;
            if !self.take(TokenKind::Range) {
                self.report_unexpected(Expected::Range);
                self.skip_line();
                return None;
            }
            let high = self.signed_number()?;
            param.range = Some([low, high]);
            param.log = self.word_is("log");
            let place = start.to(Span::new(start.start, self.last_end()));
            if low >= high || (param.log && low <= 0.0) {
                self.report(Problem::BadRange, place, None);
            }
        }
        if self.word_is("log") {
            param.log = true;
            self.advance();
        }
        if !self.peek().is_end() {
            self.report_unexpected(Expected::ParamEnd);
            self.skip_line();
        }
        self.known.insert(param.name.clone());
        Some(param)
    }

    /// The name after `param` or `state`, neither reserved nor taken.
    pub(super) fn declared_name(&mut self) -> Option<(String, Span)> {
        let token = self.token(0);
        let name = self.source(token.span).to_owned();
        if token.kind != TokenKind::Name && token.kind != TokenKind::Pi {
            self.report_unexpected(Expected::Name);
            self.skip_line();
            return None;
        }
        self.advance();
        if find_function(&name).is_some() || Constant::find(&name).is_some() {
            self.report(Problem::ReservedName { name: name.clone() }, token.span, None);
        } else if self.known.contains(&name) {
            self.report(Problem::Redeclared { name: name.clone() }, token.span, None);
        }
        Some((name, token.span))
    }

    fn signed_number(&mut self) -> Option<f64> {
        let mut sign = 1.0;
        while matches!(self.peek(), TokenKind::Minus | TokenKind::Plus) {
            if self.advance().kind == TokenKind::Minus {
                sign = -sign;
            }
        }
        if let TokenKind::Number(value) = self.peek() {
            self.advance();
            return Some(sign * value);
        }
        self.report_unexpected(Expected::Number);
        self.skip_line();
        None
    }

    fn word_is(&self, word: &str) -> bool {
        self.peek() == TokenKind::Name && self.source(self.token(0).span) == word
    }

    pub(super) fn skip_line(&mut self) {
        while !self.peek().is_end() {
            self.advance();
        }
    }
}
