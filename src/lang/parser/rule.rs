//! Update rules: lines of assignments with `param` and `state` declarations.

use std::collections::{BTreeMap, BTreeSet};

use super::Parser;
use crate::lang::ast::{Assign, Comparison, Expr, ExprKind, Param, Rule};
use crate::lang::kind::{Kind, check};
use crate::lang::token::TokenKind;
use crate::lang::{Constant, Diagnostic, Expected, Problem, Span, find_function};

/// What a step gives to its rule: parameters, gradient, loss, rate, step number.
pub(in crate::lang) const GIVEN: [&str; 5] = ["w", "g", "loss", "lr", "t"];
/// Those of them that a rule may assign: the update itself, and a gradient with weight decay added.
const ASSIGNABLE: [&str; 2] = ["w", "g"];
/// Those of them that hold a value per parameter.
const VECTORS: [&str; 2] = ["w", "g"];

/// Reads an update rule; `declared` are hyperparameters that are declared elsewhere.
///
/// # Errors
/// All problems that one reading finds, in the order of the text.
pub fn parse_rule(text: &str, declared: &[&str]) -> Result<Rule, Vec<Diagnostic>> {
    let known = GIVEN.iter().chain(declared).map(|name| (*name).to_owned()).collect();
    let mut parser = Parser::new(text, known, true);
    let mut draft = Draft::default();
    // A hyperparameter is not assigned: it is the user's.
    draft.fixed.extend(declared.iter().map(|name| (*name).to_owned()));
    parser.announce_assigned();
    while parser.peek() != TokenKind::End {
        parser.statement(&mut draft);
    }
    if !draft.lines.iter().any(|line| line.target == "w") && parser.diagnostics.is_empty() {
        let end = Span::new(text.len(), text.len());
        let empty = draft.lines.is_empty() && draft.params.is_empty() && draft.inits.is_empty();
        let kind = if empty { Problem::Empty } else { Problem::NoUpdate };
        let cure = if empty { "w = w - lr*g" } else { "\nw = w - lr*g" };
        parser.report(kind, end, Some(cure.to_owned()));
    }
    let rule = draft.finish(&mut parser.diagnostics);
    parser.finish(|_| rule)
}

/// What is read of a rule so far.
#[derive(Default)]
struct Draft {
    params: Vec<Param>,
    inits: Vec<(String, Expr)>,
    lines: Vec<Assign>,
    /// Hyperparameters.
    fixed: BTreeSet<String>,
}

impl Parser<'_> {
    /// Makes the names known that some line assigns or declares as a state, so that lines above may read them.
    fn announce_assigned(&mut self) {
        for at in 0..self.tokens.len() {
            let Some([name, equals]) = self.tokens.get(at..at + 2) else { break };
            let begins = at.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.kind);
            let begins = matches!(begins, None | Some(TokenKind::LineEnd | TokenKind::State));
            if begins && name.kind == TokenKind::Name && equals.kind == TokenKind::Equals {
                self.known.insert(self.source(name.span).to_owned());
            }
        }
    }

    fn statement(&mut self, draft: &mut Draft) {
        match self.peek() {
            TokenKind::LineEnd => {
                self.advance();
                return;
            }
            TokenKind::Param => {
                if let Some(param) = self.param() {
                    draft.fixed.insert(param.name.clone());
                    draft.params.push(param);
                }
            }
            TokenKind::State => self.state(draft),
            TokenKind::Name | TokenKind::Pi if self.token(1).kind == TokenKind::Equals => self.assignment(draft),
            _ => self.not_an_assignment(),
        }
        self.leftover(|kind| kind == TokenKind::LineEnd);
        self.take(TokenKind::LineEnd);
    }

    fn assignment(&mut self, draft: &mut Draft) {
        let token = self.advance();
        let target = self.source(token.span).to_owned();
        self.check_target(&target, token.span, draft);
        self.advance();
        let value = self.expression();
        draft.lines.push(Assign { target, span: token.span, value });
    }

    fn check_target(&mut self, name: &str, span: Span, draft: &Draft) {
        let given = GIVEN.contains(&name) && !ASSIGNABLE.contains(&name);
        let taken = draft.fixed.contains(name);
        if given || taken || find_function(name).is_some() || Constant::find(name).is_some() {
            self.report(Problem::ReservedName { name: name.to_owned() }, span, None);
        }
    }

    /// `state NAME = expression`
    fn state(&mut self, draft: &mut Draft) {
        self.advance();
        let token = self.token(0);
        if !matches!(token.kind, TokenKind::Name | TokenKind::Pi) {
            self.report_unexpected(Expected::Name);
            return self.skip_line();
        }
        self.advance();
        let name = self.source(token.span).to_owned();
        self.check_target(&name, token.span, draft);
        if GIVEN.contains(&name.as_str()) || draft.inits.iter().any(|(other, _)| *other == name) {
            self.report(Problem::Redeclared { name: name.clone() }, token.span, None);
        }
        if !self.take(TokenKind::Equals) {
            self.report_unexpected(Expected::Equals);
            return self.skip_line();
        }
        // Before the first step there are only the parameters, the rate and the hyperparameters.
        let mut start: BTreeSet<String> = draft.fixed.clone();
        start.extend(["w".to_owned(), "lr".to_owned()]);
        let all = std::mem::replace(&mut self.known, start);
        let value = self.expression();
        self.known = all;
        draft.inits.push((name, value));
    }

    /// A line without `NAME =` in front.
    fn not_an_assignment(&mut self) {
        let start = self.token(0);
        let second = self.token(1);
        let augmented = self.token(2);
        let operator = matches!(second.kind, TokenKind::Plus | TokenKind::Minus | TokenKind::Star | TokenKind::Slash);
        if start.kind == TokenKind::Name && operator && augmented.kind == TokenKind::Equals {
            // `w -= lr*g`
            self.at += 3;
            let value = self.expression();
            let (name, sign) = (self.source(start.span), self.source(second.span));
            let cure = format!("{name} = {name} {sign} ({})", self.source(value.span));
            return self.report(Problem::NotAssignment, start.span.to(value.span), Some(cure));
        }
        if start.kind == TokenKind::Name && second.kind == TokenKind::Compare(Comparison::Eq) {
            self.at += 2;
            self.expression();
            return self.report(Problem::NotAssignment, second.span, Some("=".to_owned()));
        }
        let value = self.expression();
        let span = start.span.to(value.span);
        let cure = format!("w = {}", self.source(span));
        self.report(Problem::NotAssignment, span, Some(cure));
    }
}

impl Draft {
    /// Finds the states and which names hold a value per parameter, and checks what functions get.
    fn finish(self, report: &mut Vec<Diagnostic>) -> Rule {
        let states = self.states();
        let mut vectors: BTreeSet<String> = VECTORS.iter().map(|name| (*name).to_owned()).collect();
        loop {
            // A name is a vector if any of its values is one: the set only grows, so this ends.
            let before = vectors.len();
            let kinds = |name: &str| if vectors.contains(name) { Kind::List } else { Kind::Number };
            let assigned = self.lines.iter().map(|line| (&line.target, &line.value));
            let declared = self.inits.iter().map(|(name, value)| (name, value));
            let found: Vec<String> = assigned
                .chain(declared)
                .filter(|(_, value)| check(value, &kinds, &mut Vec::new()) == Kind::List)
                .map(|(name, _)| name.clone())
                .collect();
            vectors.extend(found);
            if vectors.len() == before {
                break;
            }
        }
        if report.is_empty() {
            let kinds = |name: &str| if vectors.contains(name) { Kind::List } else { Kind::Number };
            for value in self.inits.iter().map(|(_, value)| value).chain(self.lines.iter().map(|line| &line.value)) {
                check(value, &kinds, report);
            }
        }
        Rule { params: self.params, inits: self.inits, lines: self.lines, states, vectors }
    }

    /// Declared states, and names that are read before the text first assigns them.
    fn states(&self) -> Vec<String> {
        let declared = self.inits.iter().map(|(name, _)| name.clone());
        let mut first_read: BTreeMap<String, usize> = BTreeMap::new();
        let mut assigned: BTreeSet<&str> = GIVEN.into_iter().collect();
        let mut states: Vec<String> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            for name in names_in_order(&line.value) {
                if !assigned.contains(name) && !self.fixed.contains(name) && !first_read.contains_key(name) {
                    first_read.insert(name.to_owned(), at);
                    states.push(name.to_owned());
                }
            }
            assigned.insert(&line.target);
        }
        let mut unread: Vec<String> = declared.filter(|name| !first_read.contains_key(name)).collect();
        let mut seen = BTreeSet::new();
        unread.retain(|name| seen.insert(name.clone()));
        states.extend(unread);
        states
    }
}

/// The names of an expression as they stand in the text.
fn names_in_order(expr: &Expr) -> Vec<&str> {
    match &expr.kind {
        ExprKind::Name(name) => vec![name],
        _ => expr.children().into_iter().flat_map(names_in_order).collect(),
    }
}
