//! The update of one weight in numbers: the rule's own lines, run over all parameters and looked at in one place. So it
//! holds for every rule of the catalogue and for one that somebody typed.

use std::collections::BTreeMap;

use crate::autodiff::{Graph, NodeId, TensorPlan};
use crate::lang::{LoweredRule, RuleInputs, Value, lower_rule};
use crate::nn::net::shape;
use crate::optim::{BindError, Line, Method, OptimizerSpec};

/// What is told to the update.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// All weights before it.
    pub weights: &'a [f64],
    /// The gradient of the batch there.
    pub gradient: &'a [f64],
    /// The loss of the batch there.
    pub loss: f64,
    /// The states of the optimizer before it, by name: one number, or one a weight. What the settings keep from mattering (a
    /// velocity, with a momentum of 0) may be left out.
    pub states: &'a [(String, Vec<f64>)],
    /// The learning rate.
    pub rate: f64,
    /// The momentum, where a schedule moves it.
    pub momentum: Option<f64>,
    /// The number of the update, from 1.
    pub t: u64,
}

/// A state of the optimizer around an update.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightState {
    /// Its name in the rule.
    pub name: String,
    /// Its value for the weight, or for all of them.
    pub before: f64,
    /// The same after the update.
    pub after: f64,
    /// Whether each weight has its own.
    pub own: bool,
}

/// The update of one weight.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightStep {
    /// Which weight, in the flat order.
    pub index: usize,
    /// Its value before.
    pub before: f64,
    /// The loss's derivative by it.
    pub gradient: f64,
    /// The loss of the batch.
    pub loss: f64,
    /// The learning rate.
    pub rate: f64,
    /// The number of the update, from 1.
    pub t: u64,
    /// The hyperparameters besides the rate, by name.
    pub settings: Vec<(String, f64)>,
    /// The rule's lines in their order, each with its one value for this weight.
    pub lines: Vec<Line>,
    /// The states that were told.
    pub states: Vec<WeightState>,
    /// The weight's value after.
    pub after: f64,
}

/// The update of a weight by an optimizer with settings (the first is the rate, and is not read). None for native methods,
/// and where there is no such weight or a state has another length.
///
/// # Errors
/// A rule that cannot be compiled.
pub fn weight_step(
    optimizer: &OptimizerSpec,
    settings: &[f64],
    told: &Told<'_>,
    index: usize,
) -> Result<Option<WeightStep>, BindError> {
    let Method::Rule { rule, .. } = &optimizer.method else { return Ok(None) };
    let n = told.weights.len();
    if index >= n || told.gradient.len() != n {
        return Ok(None);
    }
    let moved = told.momentum.and(optimizer.momentum_index());
    let settings: Vec<(String, f64)> = optimizer
        .hyperparameters
        .iter()
        .zip(settings)
        .enumerate()
        .skip(1)
        .map(|(k, (hyper, &value))| {
            (hyper.name.clone(), if Some(k) == moved { told.momentum.unwrap_or(value) } else { value })
        })
        .collect();

    let mut graph = Graph::new();
    let column = shape(n, 1);
    let (w, g) = (graph.input_shaped(column), graph.input_shaped(column));
    let (loss, lr, t) = (graph.input(), graph.input(), graph.input());
    let mut inputs = vec![w, g, loss, lr, t];
    let mut states = BTreeMap::new();
    let (loss_value, rate, number) = ([told.loss], [told.rate], [told.t as f64]);
    let mut given: Vec<&[f64]> = vec![told.weights, told.gradient, &loss_value, &rate, &number];
    let nothing = vec![0.0; n];
    let known = |name: &str| told.states.iter().find(|(known, _)| known == name).map(|(_, values)| values.as_slice());
    for name in &rule.states {
        let own = rule.state_is_vector(name);
        let len = if own { n } else { 1 };
        let values = known(name).unwrap_or(&nothing[..len]);
        if values.len() != len {
            return Ok(None);
        }
        let node = graph.input_shaped(shape(values.len(), 1));
        inputs.push(node);
        given.push(values);
        states.insert(name.clone(), if own { Value::Column(node) } else { Value::Scalar(node) });
    }
    let constants: Vec<(&str, NodeId)> =
        settings.iter().map(|(name, value)| (name.as_str(), graph.constant(*value))).collect();
    let hyper = |name: &str| constants.iter().find(|(known, _)| *known == name).map(|(_, node)| *node);
    let (weights, gradient) = (Value::Column(w), Value::Column(g));
    let rule_inputs = RuleInputs { w: &weights, g: &gradient, loss, lr, t, hyper: &hyper, states: &states };
    let LoweredRule { w: next, states: after, lines } =
        lower_rule(&mut graph, rule, &rule_inputs).map_err(BindError::Rule)?;

    let all = lines.iter().map(|(_, value)| value).chain([&next]);
    let all = all.chain(rule.states.iter().filter_map(|name| after.get(name)));
    // Columns go in, so columns and numbers come out.
    let Some(outputs) = all.map(node).collect::<Option<Vec<NodeId>>>() else { return Ok(None) };
    let plan = TensorPlan::<f64>::compile(&graph, &inputs, &outputs);
    let mut values: Vec<Vec<f64>> = outputs.iter().map(|id| vec![0.0; graph.shape(*id).len()]).collect();
    let mut out: Vec<&mut [f64]> = values.iter_mut().map(Vec::as_mut_slice).collect();
    plan.run(&mut plan.workspace(), &given, &mut out);

    let one = |values: &[f64]| values.get(if values.len() == n { index } else { 0 }).copied().unwrap_or(f64::NAN);
    let mut found = values.iter().map(|values| one(values));
    let mut next = || found.next().unwrap_or(f64::NAN);
    let name = |line: usize| rule.lines.get(line).map(|assign| assign.target.clone()).unwrap_or_default();
    let lines = lines.iter().map(|&(line, _)| Line { line, name: name(line), value: vec![next()] }).collect();
    let after = next();
    let states = rule.states.iter().filter_map(|name| {
        let (after, own) = (next(), rule.state_is_vector(name));
        known(name).map(|before| WeightState { name: name.clone(), before: one(before), after, own })
    });
    Ok(Some(WeightStep {
        index,
        before: told.weights[index],
        gradient: told.gradient[index],
        loss: told.loss,
        rate: told.rate,
        t: told.t,
        states: states.collect(),
        settings,
        lines,
        after,
    }))
}

/// The node of a value over columns.
fn node(value: &Value) -> Option<NodeId> {
    match value {
        Value::Scalar(node) | Value::Column(node) => Some(*node),
        Value::Vector(_) => None,
    }
}
