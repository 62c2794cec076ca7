//! The smallest operands: numbers, names, calls, brackets, roots.

use super::Parser;
use crate::lang::ast::ExprKind;
use crate::lang::function::{Func, Function, functions};
use crate::lang::suggest::{as_factor_of_call, as_product, nearest};
use crate::lang::token::{Bracket, TokenKind};
use crate::lang::{Constant, Expected, Expr, Problem, Span, find_function};

impl Parser<'_> {
    pub(super) fn atom(&mut self) -> Expr {
        let token = self.token(0);
        match token.kind {
            TokenKind::Number(value) => {
                self.advance();
                self.node(ExprKind::Number(value), token.span)
            }
            TokenKind::Pi => {
                self.advance();
                self.node(ExprKind::Constant(Constant::Pi), token.span)
            }
            TokenKind::Name => self.name(),
            TokenKind::Open(_) => self.bracketed(),
            TokenKind::Root => self.nested(|p| {
                p.advance();
                let value = p.power();
                let span = token.span.to(value.span);
                p.node(ExprKind::Call(Func::Sqrt, vec![value]), span)
            }),
            TokenKind::Bar => self.bars(),
            TokenKind::If => self.expression(),
            _ => self.missing_operand(),
        }
    }

    /// Something that is no operand. Operators are skipped, so that what follows them is read.
    fn missing_operand(&mut self) -> Expr {
        self.report_unexpected(Expected::Operand);
        loop {
            match self.peek() {
                kind if kind.starts_operand() => return self.nested(Self::atom),
                TokenKind::Plus
                | TokenKind::Minus
                | TokenKind::Star
                | TokenKind::Slash
                | TokenKind::Caret
                | TokenKind::Superscript(_)
                | TokenKind::Compare(_)
                | TokenKind::Equals
                | TokenKind::Range
                | TokenKind::Foreign => {
                    self.advance();
                }
                _ => return self.hole(),
            }
        }
    }

    fn bracketed(&mut self) -> Expr {
        let open = self.open();
        let mut value = self.expression();
        while self.peek() == TokenKind::Comma {
            if !self.decimal_comma() {
                self.report_unexpected(Expected::CloseBracket);
            }
            self.advance();
            self.expression();
        }
        self.close(open);
        value.span = open.to(Span::new(open.start, self.last_end()));
        value
    }

    /// Reads an opening bracket of whatever shape; only round ones pass unreported.
    fn open(&mut self) -> Span {
        let token = self.advance();
        if token.kind != TokenKind::Open(Bracket::Round) {
            self.report_bracket(token.span, "(");
        }
        token.span
    }

    fn report_bracket(&mut self, span: Span, cure: &str) {
        let character = self.source(span).chars().next().unwrap_or('[');
        self.report(Problem::UnknownCharacter { character }, span, Some(cure.to_owned()));
    }

    /// Reads what stands before the closing bracket, all of it wrong, and the bracket.
    fn close(&mut self, open: Span) {
        let mut depth = 0_usize;
        loop {
            let token = self.token(0);
            match token.kind {
                TokenKind::Close(shape) if depth == 0 => {
                    // The wrong shape is reported once a pair.
                    if shape != Bracket::Round && !self.diagnostics.iter().any(|d| d.span == open) {
                        self.report_bracket(token.span, ")");
                    }
                    self.advance();
                    return;
                }
                kind if kind.is_end() => {
                    self.report_unexpected(Expected::CloseBracket);
                    return;
                }
                kind => {
                    if depth == 0 {
                        self.report_unexpected(Expected::CloseBracket);
                    }
                    match kind {
                        TokenKind::Open(_) => depth += 1,
                        TokenKind::Close(_) => depth -= 1,
                        _ => {}
                    }
                    self.advance();
                }
            }
        }
    }

    /// `|x|`
    fn bars(&mut self) -> Expr {
        let start = self.advance().span;
        let inner = self.expression();
        let closed = self.take(TokenKind::Bar);
        let span = start.to(Span::new(start.start, self.last_end()));
        let cure = closed.then(|| format!("abs({})", self.source(inner.span)));
        self.report(Problem::AbsoluteBars, span, cure);
        inner
    }

    fn name(&mut self) -> Expr {
        let token = self.advance();
        let name = self.source(token.span);
        if let Some(function) = find_function(name) {
            return self.function(function, token.span);
        }
        if let Some(constant) = Constant::find(name) {
            return self.node(ExprKind::Constant(constant), token.span);
        }
        if !self.known.contains(name) {
            let call = self.peek() == TokenKind::Open(Bracket::Round);
            self.unknown_name(name, token.span, call);
            if call {
                self.arguments();
            }
        }
        self.node(ExprKind::Name(name.to_owned()), token.span)
    }

    fn unknown_name(&mut self, name: &str, span: Span, call: bool) {
        let names = self.known.iter().map(String::as_str);
        let table = functions().iter().flat_map(|f| f.aliases.iter().chain([&f.name]).copied());
        let is_known = |part: &str| self.known.contains(part) || Constant::find(part).is_some();
        if call {
            let split = as_factor_of_call(name, is_known, |part| find_function(part).is_some());
            let cure = split.or_else(|| nearest(name, table));
            self.report(Problem::UnknownFunction { name: name.to_owned() }, span, cure);
            return;
        }
        let near = nearest(name, names.chain(["pi", "if", "then", "else"]).chain(table));
        let cure = as_product(name, is_known).or(near);
        let known = self.known.iter().cloned().collect();
        let kind = Problem::UnknownName { name: name.to_owned(), known, in_rule: self.in_rule };
        self.report(kind, span, cure);
    }

    fn function(&mut self, function: &'static Function, name: Span) -> Expr {
        if let Some(power) = self.function_power() {
            let mut value = self.function(function, name);
            let whole = Span::new(name.start, self.last_end());
            let argument = Span::new(power.end, whole.end);
            let exponent = self.source(power).trim_start_matches('^').trim_start_matches("**").trim();
            let inverse = function.inverse.filter(|_| matches!(exponent, "-1" | "−1" | "⁻¹"));
            let cure = match (inverse, exponent.starts_with(|c: char| c.is_ascii_digit() || c == '-')) {
                (Some(inverse), _) => format!("{}{}", inverse.name(), self.source(argument)),
                (None, true) => format!("{}{}^{exponent}", function.name, self.source(argument)),
                (None, false) => format!("{}{}{exponent}", function.name, self.source(argument)),
            };
            self.report(Problem::FunctionPower { function: function.name }, whole, Some(cure));
            value.span = whole;
            return value;
        }
        if !matches!(self.peek(), TokenKind::Open(_)) {
            return self.bare_function(function, name);
        }
        let arguments = self.arguments();
        let span = Span::new(name.start, self.last_end());
        if arguments.len() != function.parameters.len() {
            let cure = self.nested_call(function, &arguments);
            let (function, parameters) = (function.name, function.parameters);
            let kind = Problem::WrongArity { function, parameters, found: arguments.len() };
            self.report(kind, span, cure);
            return self.hole();
        }
        if function.func == Func::Pow {
            let mut parts = arguments.into_iter();
            if let (Some(base), Some(exponent)) = (parts.next(), parts.next()) {
                return self.node(ExprKind::Power(Box::new(base), Box::new(exponent)), span);
            }
            return self.hole();
        }
        self.node(ExprKind::Call(function.func, arguments), span)
    }

    /// The `^2` or `²` of `sin^2(x)`, read; nothing where it is not followed by a bracket.
    fn function_power(&mut self) -> Option<Span> {
        let minus = usize::from(self.token(1).kind == TokenKind::Minus);
        let length = match self.peek() {
            TokenKind::Superscript(_) => 1,
            TokenKind::Caret if matches!(self.token(1 + minus).kind, TokenKind::Number(_)) => 2 + minus,
            _ => return None,
        };
        if !matches!(self.token(length).kind, TokenKind::Open(_)) {
            return None;
        }
        let start = self.token(0).span;
        let span = start.to(self.token(length - 1).span);
        for _ in 0..length {
            self.advance();
        }
        Some(span)
    }

    /// `sin x`, or `sin` alone.
    fn bare_function(&mut self, function: &'static Function, name: Span) -> Expr {
        let start = self.token(0);
        let takes_one = start.kind.starts_operand() && start.kind != TokenKind::If;
        let mut value = self.hole();
        let mut end = name.end;
        while self.peek().starts_operand() && self.peek() != TokenKind::If {
            value = self.power();
            end = value.span.end;
        }
        let argument = if takes_one {
            self.source(Span::new(start.span.start, end)).to_owned()
        } else {
            let known = self.known.iter().next().map_or("x", String::as_str);
            if function.parameters.len() == 1 { known.to_owned() } else { function.parameters.join(", ") }
        };
        let cure = format!("{}({argument})", function.name);
        let kind = Problem::MissingBrackets { function: function.name };
        self.report(kind, Span::new(name.start, end), Some(cure));
        value
    }

    /// The arguments of a call with their brackets.
    pub(super) fn arguments(&mut self) -> Vec<Expr> {
        let open = self.open();
        let mut arguments = Vec::new();
        if matches!(self.peek(), TokenKind::Close(_)) {
            self.advance();
            return arguments;
        }
        loop {
            arguments.push(self.expression());
            if !self.take(TokenKind::Comma) {
                break;
            }
        }
        if !matches!(self.peek(), TokenKind::Close(_)) && !self.peek().is_end() {
            self.report_unexpected(Expected::CommaOrClose);
        }
        self.close(open);
        arguments
    }

    /// `min(a, b, c)` as `min(min(a, b), c)`.
    fn nested_call(&self, function: &Function, arguments: &[Expr]) -> Option<String> {
        let associative = matches!(function.func, Func::Min | Func::Max | Func::Hypot);
        let texts: Vec<&str> = arguments.iter().map(|a| self.source(a.span)).collect();
        if !associative || texts.len() < 3 || texts.len() > 8 {
            return None;
        }
        texts.into_iter().map(str::to_owned).reduce(|a, b| format!("{}({a}, {b})", function.name))
    }
}
