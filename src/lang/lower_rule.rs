//! Update rules to nodes of a graph: one step as a function of parameters, gradient and states.

use std::collections::BTreeMap;

use super::ast::{Expr, Rule};
use super::lower::{Value, lower};
use super::{Diagnostic, Problem, Span};
use crate::autodiff::{Graph, NodeId};

/// What a step gives to its rule.
#[derive(Clone, Copy)]
pub struct RuleInputs<'a> {
    /// The parameters before the step: a vector of a node each, or a column.
    pub w: &'a Value,
    /// The gradient there, in the form of `w`.
    pub g: &'a Value,
    /// The loss there.
    pub loss: NodeId,
    /// The rate of this step.
    pub lr: NodeId,
    /// The number of this step, from 1.
    pub t: NodeId,
    /// The hyperparameters, those declared in the text included.
    pub hyper: &'a dyn Fn(&str) -> Option<NodeId>,
    /// The states before the step; those of a value per parameter have the form of `w`.
    pub states: &'a BTreeMap<String, Value>,
}

/// One step of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct LoweredRule {
    /// The parameters after the step.
    pub w: Value,
    /// The states after the step, by name.
    pub states: BTreeMap<String, Value>,
    /// The value of each assignment, with its index in [`Rule::lines`].
    pub lines: Vec<(usize, Value)>,
}

/// Adds one step of a rule to a graph.
///
/// # Errors
/// A hyperparameter or state that the inputs do not have, or a state of another length than `w`.
pub fn lower_rule(graph: &mut Graph, rule: &Rule, inputs: &RuleInputs<'_>) -> Result<LoweredRule, Diagnostic> {
    let mut names: BTreeMap<&str, Value> = BTreeMap::from([
        ("w", inputs.w.clone()),
        ("g", inputs.g.clone()),
        ("loss", Value::Scalar(inputs.loss)),
        ("lr", Value::Scalar(inputs.lr)),
        ("t", Value::Scalar(inputs.t)),
    ]);
    for state in &rule.states {
        if let Some(value) = inputs.states.get(state) {
            names.insert(state, value.clone());
        }
    }
    let mut lines = Vec::with_capacity(rule.lines.len());
    for (index, line) in rule.lines.iter().enumerate() {
        let env = |name: &str| names.get(name).cloned().or_else(|| (inputs.hyper)(name).map(Value::Scalar));
        let value = lower(graph, &line.value, &env)?;
        let value = shaped(graph, rule, (&line.target, value), inputs.w, line.span)?;
        lines.push((index, value.clone()));
        names.insert(&line.target, value);
    }
    let states = rule
        .states
        .iter()
        .filter_map(|state| names.get(state.as_str()).map(|value| (state.clone(), value.clone())))
        .collect();
    let w = names.remove("w").unwrap_or_else(|| inputs.w.clone());
    Ok(LoweredRule { w, states, lines })
}

/// The states before the first step: as declared, else 0.
///
/// # Errors
/// A hyperparameter that `hyper` does not know.
pub fn lower_start(
    graph: &mut Graph,
    rule: &Rule,
    w: &Value,
    lr: NodeId,
    hyper: &dyn Fn(&str) -> Option<NodeId>,
) -> Result<BTreeMap<String, Value>, Diagnostic> {
    let mut states = BTreeMap::new();
    for state in &rule.states {
        let declared: Option<&Expr> = rule.inits.iter().find(|(name, _)| name == state).map(|(_, value)| value);
        let value = match declared {
            None => Value::Scalar(graph.constant(0.0)),
            Some(value) => lower(graph, value, &|name| match name {
                "w" => Some(w.clone()),
                "lr" => Some(Value::Scalar(lr)),
                _ => hyper(name).map(Value::Scalar),
            })?,
        };
        let span = declared.map(|value| value.span).unwrap_or_default();
        states.insert(state.clone(), shaped(graph, rule, (state, value), w, span)?);
    }
    Ok(states)
}

/// A name that holds a value per parameter anywhere holds one everywhere.
fn shaped(
    graph: &mut Graph,
    rule: &Rule,
    (name, value): (&str, Value),
    w: &Value,
    span: Span,
) -> Result<Value, Diagnostic> {
    let mismatch = || Diagnostic { kind: Problem::ListMismatch, span, suggestion: None };
    if rule.vectors.contains(name) {
        return value.like(graph, w).ok_or_else(mismatch);
    }
    value.scalar().map(Value::Scalar).ok_or_else(mismatch)
}
