//! Expressions where some names are known: their values, and what is left of them when what is switched off is left out.

use super::ast::{Expr, ExprKind, Factor, Term};
use super::lower::{Value, lower};
use crate::autodiff::Graph;

/// The value of an expression: one number, or one per parameter. None where a name is unknown or lists do not fit.
pub fn evaluate(expr: &Expr, known: &dyn Fn(&str) -> Option<Vec<f64>>) -> Option<Vec<f64>> {
    let mut graph = Graph::new();
    let inputs: Vec<(String, Vec<f64>)> = expr.names().into_iter().filter_map(|n| known(&n).map(|v| (n, v))).collect();
    let values: Vec<(&str, Value)> = inputs
        .iter()
        .map(|(name, numbers)| {
            let nodes: Vec<_> = numbers.iter().map(|number| graph.constant(*number)).collect();
            (name.as_str(), if let [node] = nodes[..] { Value::Scalar(node) } else { Value::Vector(nodes) })
        })
        .collect();
    let env = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let nodes = match lower(&mut graph, expr, &env).ok()? {
        Value::Scalar(node) | Value::Column(node) => vec![node],
        Value::Vector(nodes) => nodes,
    };
    // Of constants the graph makes constants.
    nodes.into_iter().map(|node| graph.as_const(node)).collect()
}

/// The expression with decisions made where `decided` knows the condition for all parameters alike, and without terms
/// and factors that `off` says are 0 or 1: what is left says the same, for eyes.
pub fn settle(expr: &Expr, decided: &dyn Fn(&Expr) -> Option<bool>, constant: &dyn Fn(&str) -> Option<f64>) -> Expr {
    Settling { decided, constant }.expr(expr)
}

struct Settling<'a> {
    decided: &'a dyn Fn(&Expr) -> Option<bool>,
    constant: &'a dyn Fn(&str) -> Option<f64>,
}

impl Settling<'_> {
    fn expr(&self, expr: &Expr) -> Expr {
        let list = |items: &[Expr]| items.iter().map(|item| self.expr(item)).collect();
        let kind = match &expr.kind {
            ExprKind::If(choice) => match (self.decided)(&choice.condition) {
                Some(true) => return self.expr(&choice.then),
                Some(false) => return self.expr(&choice.otherwise),
                None => {
                    let mut choice = choice.clone();
                    choice.condition = self.expr(&choice.condition);
                    choice.then = self.expr(&choice.then);
                    choice.otherwise = self.expr(&choice.otherwise);
                    ExprKind::If(choice)
                }
            },
            ExprKind::Sum(terms) => return self.sum(terms),
            ExprKind::Product(factors) => return self.product(factors),
            ExprKind::Neg(value) => return self.expr(value).negated(),
            ExprKind::Power(base, exponent) => {
                ExprKind::Power(Box::new(self.expr(base)), Box::new(self.expr(exponent)))
            }
            ExprKind::Compare(sign, a, b) => ExprKind::Compare(*sign, Box::new(self.expr(a)), Box::new(self.expr(b))),
            ExprKind::Call(func, arguments) => ExprKind::Call(*func, list(arguments)),
            kind => kind.clone(),
        };
        kind.at(expr.span)
    }

    /// Whether an expression is this number, whatever the step.
    fn is(&self, expr: &Expr, number: f64) -> bool {
        match &expr.kind {
            ExprKind::Number(value) => *value == number,
            ExprKind::Name(name) => (self.constant)(name) == Some(number),
            _ => false,
        }
    }

    fn sum(&self, terms: &[Term]) -> Expr {
        let settled = terms.iter().map(|term| (term.negative, self.expr(&term.value)));
        Expr::sum(settled.filter(|(_, value)| !self.is(value, 0.0)))
    }

    fn product(&self, factors: &[Factor]) -> Expr {
        let settled: Vec<(bool, Expr)> =
            factors.iter().map(|factor| (factor.divides, self.expr(&factor.value))).collect();
        if settled.iter().any(|(divides, value)| !divides && self.is(value, 0.0)) {
            return Expr::number(0.0);
        }
        let first_kept = settled.iter().any(|(divides, value)| !divides && !self.is(value, 1.0));
        let kept = settled.into_iter().filter(|(divides, value)| !self.is(value, 1.0) || (!divides && !first_kept));
        Expr::product(kept)
    }
}
