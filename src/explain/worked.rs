//! A step of a rule line by line, with its numbers in the place of its names. Taken from the rule itself, so it holds for
//! every rule of the catalogue and for one that a user typed.

use std::collections::BTreeMap;

use super::number::{brief, number};
use crate::descent::{Descent, Probe};
use crate::lang::{Expr, ExprKind, Rule, evaluate, print_plugged, print_text, settle};
use crate::nn::analysis::WeightStep;
use crate::optim::{Line, Method, OptimizerSpec};

/// A line of a rule at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkedLine {
    /// The name that it assigns.
    pub name: String,
    /// The line as text of the language.
    pub text: String,
    /// Its right side with numbers: `0.9·(−0.1200, 0.4000) − 0.01·(3.100, −2.000)`. What is switched off (a term with the
    /// factor 0, the branch not taken) is left out. Empty where that is no more than the value.
    pub plugged: String,
    /// Its value: one number, or one per parameter.
    pub value: Vec<f64>,
    /// The value as text.
    pub result: String,
    /// The names that it reads.
    pub reads: Vec<String>,
}

/// The lines of the rule in the step from row `step` of a descent to the next, as its probe finds them. Empty for native
/// methods, and where the state is not known.
pub fn worked(descent: &Descent, probe: &mut Probe, step: usize) -> Vec<WorkedLine> {
    let spec = descent.spec();
    let Method::Rule { rule, .. } = &spec.optimizer.method else { return Vec::new() };
    let Some(state) = descent.state(step) else { return Vec::new() };
    let row = descent.row(step);
    let rate = if step < descent.last_step() { descent.row(step + 1).lr } else { None };
    let rate = rate.unwrap_or_else(|| descent.next_rate());
    let hypers = spec.optimizer.hyperparameters.iter().zip(&spec.settings).skip(1);
    let constants: BTreeMap<&str, f64> = hypers.map(|(hyper, value)| (hyper.name.as_str(), *value)).collect();

    let mut names: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (name, values) in [("w", row.w.to_vec()), ("g", row.gradient.to_vec())] {
        names.insert(name.to_owned(), values);
    }
    for (name, value) in [("loss", row.loss), ("lr", rate), ("t", (state.t + 1) as f64)] {
        names.insert(name.to_owned(), vec![value]);
    }
    for slot in descent.slots() {
        names.insert(slot.name.clone(), slot.of(&state.memory).to_vec());
    }
    work(rule, &constants, names, probe.lines(descent, step))
}

/// The lines of the rule in the update of one weight of a net. A line that sums over all weights shows its value alone: the
/// numbers of one weight would not give it.
pub fn worked_weight(optimizer: &OptimizerSpec, step: &WeightStep) -> Vec<WorkedLine> {
    let Method::Rule { rule, .. } = &optimizer.method else { return Vec::new() };
    let constants = step.settings.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let given =
        [("w", step.before), ("g", step.gradient), ("loss", step.loss), ("lr", step.rate), ("t", step.t as f64)];
    let states = step.states.iter().map(|state| (state.name.clone(), vec![state.before]));
    let names = given.iter().map(|(name, value)| ((*name).to_owned(), vec![*value])).chain(states).collect();
    let mut lines = work(rule, &constants, names, step.lines.clone());
    for (worked, line) in lines.iter_mut().zip(&step.lines) {
        if rule.lines.get(line.line).is_some_and(|assign| reduces(&assign.value)) {
            worked.plugged.clear();
        }
    }
    lines
}

/// Whether an expression makes one number of a list.
fn reduces(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Constant(_) | ExprKind::Name(_) => false,
        ExprKind::Neg(a) => reduces(a),
        ExprKind::Sum(terms) => terms.iter().any(|term| reduces(&term.value)),
        ExprKind::Product(factors) => factors.iter().any(|factor| reduces(&factor.value)),
        ExprKind::Power(a, b) | ExprKind::Compare(_, a, b) => reduces(a) || reduces(b),
        ExprKind::Call(func, arguments) => func.is_reduction() || arguments.iter().any(reduces),
        ExprKind::If(choice) => [&choice.condition, &choice.then, &choice.otherwise].into_iter().any(reduces),
    }
}

/// The lines with the numbers of their names: those that are given at the beginning, then what the lines assign.
fn work(
    rule: &Rule,
    constants: &BTreeMap<&str, f64>,
    mut names: BTreeMap<String, Vec<f64>>,
    lines: Vec<Line>,
) -> Vec<WorkedLine> {
    let mut done = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(assign) = rule.lines.get(line.line) else { continue };
        let known = |name: &str| names.get(name).cloned().or_else(|| constants.get(name).map(|value| vec![*value]));
        let decided = |condition: &Expr| {
            let values = evaluate(condition, &known)?;
            let truth = values.iter().map(|value| *value != 0.0);
            let first = *values.first()? != 0.0;
            truth.into_iter().all(|one| one == first).then_some(first)
        };
        let constant = |name: &str| constants.get(name).copied().filter(|_| !names.contains_key(name));
        let settled = settle(&assign.value, &decided, &constant);
        let shown = |name: &str| match constant(name) {
            Some(value) => Some(number(value)),
            None if name == "lr" || name == "t" => known(name).map(|values| exact(&values)),
            None => known(name).map(|values| tuple(&values)),
        };
        let plugged = print_plugged(&settled, &shown);
        let result = tuple(&line.value);
        done.push(WorkedLine {
            text: format!("{} = {}", line.name, print_text(&assign.value)),
            plugged: if plugged == result { String::new() } else { plugged },
            result,
            reads: assign.value.names().into_iter().collect(),
            value: line.value.clone(),
            name: line.name.clone(),
        });
        names.insert(line.name, line.value);
    }
    done
}

/// Numbers in as many digits as they have.
fn exact(values: &[f64]) -> String {
    values.first().map_or_else(String::new, |value| number(*value))
}

/// One number, or several in brackets.
pub fn tuple(values: &[f64]) -> String {
    match values {
        [value] => brief(*value),
        values => format!("({})", values.iter().map(|value| brief(*value)).collect::<Vec<_>>().join(", ")),
    }
}
