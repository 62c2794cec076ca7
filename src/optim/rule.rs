//! Update rules at work: text, made a graph by the language and compiled by the core, one step at a time.
//!
//! The hyperparameters are constants of the compiled step, so a switch that is off costs nothing and a new setting means
//! a new plan. What does not come from text (the gradient, its noise, the schedule) is given from outside.

use std::collections::BTreeMap;

use super::stepper::{Eval, Layout, Line, Pace, Slot, State, Stepper};
use crate::autodiff::{Graph, NodeId, Plan, Workspace};
use crate::lang::{Diagnostic, LoweredRule, Rule, RuleInputs, Value, lower_rule, lower_start};
use crate::objective::Counts;

/// The states of a rule in `dimension` dimensions: their slots in [`State::memory`], and how many numbers they hold.
pub fn rule_slots(rule: &Rule, dimension: usize) -> (Vec<Slot>, usize) {
    let mut layout = Layout::default();
    for name in &rule.states {
        layout.add(name.clone(), if rule.state_is_vector(name) { dimension } else { 1 });
    }
    layout.done()
}

/// The nodes that one step needs; `memory` has the order of [`rule_slots`].
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub struct StepInputs<'a> {
    pub w: &'a [NodeId],
    pub g: &'a [NodeId],
    pub loss: NodeId,
    pub lr: NodeId,
    pub t: NodeId,
    pub memory: &'a [NodeId],
    pub hyper: &'a dyn Fn(&str) -> Option<NodeId>,
}

/// One step of a rule as nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct StepNodes {
    /// The parameters after the step.
    pub w: Vec<NodeId>,
    /// The states after the step, in the order of [`rule_slots`].
    pub memory: Vec<NodeId>,
    /// The value of each line.
    pub lines: Vec<(usize, Value)>,
}

/// Adds one step of a rule to a graph, with the states flat: for a map of many descents, the gradient's own nodes go in
/// and the plan's outputs are its next inputs.
///
/// # Errors
/// As [`lower_rule`].
pub fn add_step(graph: &mut Graph, rule: &Rule, inputs: &StepInputs<'_>) -> Result<StepNodes, Diagnostic> {
    let (slots, _) = rule_slots(rule, inputs.w.len());
    let mut states = BTreeMap::new();
    for slot in &slots {
        let nodes = inputs.memory.get(slot.offset..slot.offset + slot.len).unwrap_or_default();
        let value = match nodes {
            [node] if !rule.state_is_vector(&slot.name) => Value::Scalar(*node),
            nodes => Value::Vector(nodes.to_vec()),
        };
        states.insert(slot.name.clone(), value);
    }
    let StepInputs { w, g, loss, lr, t, hyper, .. } = *inputs;
    let (w, g) = (Value::Vector(w.to_vec()), Value::Vector(g.to_vec()));
    let given = RuleInputs { w: &w, g: &g, loss, lr, t, hyper, states: &states };
    let LoweredRule { w, states, lines } = lower_rule(graph, rule, &given)?;
    Ok(StepNodes { w: nodes(&w), memory: flat(&slots, &states), lines })
}

/// The nodes that one step over all parameters at once needs: a column in place of a node each.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub struct ColumnInputs<'a> {
    pub w: NodeId,
    pub g: NodeId,
    pub loss: NodeId,
    pub lr: NodeId,
    pub t: NodeId,
    /// A node for each slot of [`rule_slots`]: a column, or one number.
    pub memory: &'a [NodeId],
    pub hyper: &'a dyn Fn(&str) -> Option<NodeId>,
}

/// Adds one step of a rule over columns to a graph, for as many parameters as a net has: the parameters after it, and the
/// states, a node for each slot.
///
/// # Errors
/// As [`lower_rule`]; and that a rule which names single parameters (`at`) has no columns.
pub fn add_column_step(
    graph: &mut Graph,
    rule: &Rule,
    inputs: &ColumnInputs<'_>,
) -> Result<(NodeId, Vec<NodeId>), Diagnostic> {
    let (slots, _) = rule_slots(rule, 1);
    let states: BTreeMap<String, Value> =
        slots.iter().zip(inputs.memory).map(|(slot, &node)| (slot.name.clone(), one(rule, slot, node))).collect();
    let ColumnInputs { w, g, loss, lr, t, hyper, .. } = *inputs;
    let (w, g) = (Value::Column(w), Value::Column(g));
    let given = RuleInputs { w: &w, g: &g, loss, lr, t, hyper, states: &states };
    let LoweredRule { w, states, .. } = lower_rule(graph, rule, &given)?;
    let w = nodes(&w).first().copied().unwrap_or(inputs.w);
    Ok((w, flat(&slots, &states)))
}

/// Adds the states before the first step to a graph, a node for each slot.
///
/// # Errors
/// As [`lower_start`].
pub fn add_column_start(
    graph: &mut Graph,
    rule: &Rule,
    w: NodeId,
    lr: NodeId,
    hyper: &dyn Fn(&str) -> Option<NodeId>,
) -> Result<Vec<NodeId>, Diagnostic> {
    let (slots, _) = rule_slots(rule, 1);
    Ok(flat(&slots, &lower_start(graph, rule, &Value::Column(w), lr, hyper)?))
}

/// A slot's node as the value that it is.
fn one(rule: &Rule, slot: &Slot, node: NodeId) -> Value {
    if rule.state_is_vector(&slot.name) { Value::Column(node) } else { Value::Scalar(node) }
}

/// Adds the states before the first step to a graph, flat in the order of [`rule_slots`].
///
/// # Errors
/// As [`lower_start`].
pub fn add_start(
    graph: &mut Graph,
    rule: &Rule,
    w: &[NodeId],
    lr: NodeId,
    hyper: &dyn Fn(&str) -> Option<NodeId>,
) -> Result<Vec<NodeId>, Diagnostic> {
    let (slots, _) = rule_slots(rule, w.len());
    let w = Value::Vector(w.to_vec());
    Ok(flat(&slots, &lower_start(graph, rule, &w, lr, hyper)?))
}

/// The nodes of the states one after the other.
fn flat(slots: &[Slot], states: &BTreeMap<String, Value>) -> Vec<NodeId> {
    slots.iter().filter_map(|slot| states.get(&slot.name)).flat_map(nodes).collect()
}

fn nodes(value: &Value) -> Vec<NodeId> {
    match value {
        Value::Scalar(node) | Value::Column(node) => vec![*node],
        Value::Vector(nodes) => nodes.clone(),
    }
}

/// A plan with its buffers.
struct Compiled {
    plan: Plan<f64>,
    work: Workspace<f64>,
    inputs: Vec<f64>,
    out: Vec<f64>,
}

impl Compiled {
    fn new(graph: &Graph, inputs: &[NodeId], uniforms: &[NodeId], outputs: &[NodeId]) -> Self {
        let plan = Plan::compile(graph, inputs, uniforms, outputs);
        let work = plan.workspace();
        Self { plan, work, inputs: vec![0.0; inputs.len()], out: vec![0.0; outputs.len()] }
    }

    /// Runs on the parts, one after the other.
    fn run(&mut self, parts: &[&[f64]], uniforms: &[f64]) -> &[f64] {
        let mut at = 0;
        for part in parts {
            let end = (at + part.len()).min(self.inputs.len());
            self.inputs[at..end].copy_from_slice(&part[..end - at]);
            at = end;
        }
        self.plan.run_point(&mut self.work, &self.inputs, uniforms, &mut self.out);
        &self.out
    }
}

/// A rule with its settings, compiled for a dimension.
pub(super) struct RuleStepper {
    slots: Vec<Slot>,
    start: Compiled,
    step: Compiled,
    lines: Compiled,
    /// Number and name of each line, and how many values it has.
    places: Vec<(usize, String, usize)>,
    /// The setting of the momentum, where it is an argument of each step.
    momentum: Option<f64>,
}

impl RuleStepper {
    /// `settings` are the hyperparameters besides the rate, by name; that of the name `moved` is an argument of each step.
    pub(super) fn new(
        rule: &Rule,
        dimension: usize,
        settings: &[(&str, f64)],
        moved: Option<&str>,
    ) -> Result<Self, Diagnostic> {
        let (slots, len) = rule_slots(rule, dimension);
        let mut graph = Graph::new();
        let mut inputs = |count: usize| (0..count).map(|_| graph.input()).collect::<Vec<_>>();
        let (w, memory, g, loss) = (inputs(dimension), inputs(len), inputs(dimension), inputs(1));
        let (lr, t) = (graph.uniform(), graph.uniform());
        let momentum = settings.iter().find(|(name, _)| Some(*name) == moved).map(|(_, value)| *value);
        let mut uniforms = vec![lr, t];
        let mut nodes_of = BTreeMap::new();
        for &(name, value) in settings {
            let node = if Some(name) == moved { graph.uniform() } else { graph.constant(value) };
            if Some(name) == moved {
                uniforms.push(node);
            }
            nodes_of.insert(name, node);
        }
        let settings = nodes_of;
        let hyper = |name: &str| settings.get(name).copied();
        let given = StepInputs { w: &w, g: &g, loss: loss[0], lr, t, memory: &memory, hyper: &hyper };
        let step = add_step(&mut graph, rule, &given)?;
        let start = add_start(&mut graph, rule, &w, lr, &hyper)?;

        let all: Vec<NodeId> = [&w[..], &memory, &g, &loss].concat();
        let outputs = [&step.w[..], &step.memory].concat();
        let mut places = Vec::with_capacity(step.lines.len());
        let mut values = Vec::new();
        for (line, value) in step.lines {
            let value = nodes(&value);
            let name = rule.lines.get(line).map(|assign| assign.target.clone()).unwrap_or_default();
            places.push((line, name, value.len()));
            values.extend(value);
        }
        Ok(Self {
            slots,
            start: Compiled::new(&graph, &w, &uniforms, &start),
            step: Compiled::new(&graph, &all, &uniforms, &outputs),
            lines: Compiled::new(&graph, &all, &uniforms, &values),
            places,
            momentum,
        })
    }
}

impl RuleStepper {
    /// The uniforms of a step: rate, number, and the momentum where it is an argument; the first [`Self::count`] of them
    /// are the plan's.
    fn uniforms(&self, pace: Pace, t: f64) -> [f64; 3] {
        [pace.lr, t, pace.momentum.or(self.momentum).unwrap_or(f64::NAN)]
    }

    fn count(&self) -> usize {
        2 + usize::from(self.momentum.is_some())
    }
}

impl Stepper for RuleStepper {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn start(&mut self, w: &[f64], lr: f64) -> State {
        let uniforms = self.uniforms(Pace { lr, momentum: None }, 0.0);
        let memory = self.start.run(&[w], &uniforms[..self.count()]).to_vec();
        State { t: 0, w: w.to_vec(), memory }
    }

    fn step(&mut self, state: &mut State, at: &Eval, lr: f64) -> Counts {
        self.step_at(state, at, Pace { lr, momentum: None })
    }

    fn step_at(&mut self, state: &mut State, at: &Eval, pace: Pace) -> Counts {
        state.t += 1;
        let parts = [&state.w[..], &state.memory, &at.gradient, &[at.loss]];
        let (uniforms, count) = (self.uniforms(pace, state.t as f64), self.count());
        let out = self.step.run(&parts, &uniforms[..count]);
        let (w, memory) = out.split_at(state.w.len().min(out.len()));
        state.w.copy_from_slice(w);
        state.memory.copy_from_slice(memory);
        Counts::ZERO
    }

    fn lines(&mut self, state: &State, at: &Eval, lr: f64) -> Vec<Line> {
        self.lines_at(state, at, Pace { lr, momentum: None })
    }

    fn lines_at(&mut self, state: &State, at: &Eval, pace: Pace) -> Vec<Line> {
        let parts = [&state.w[..], &state.memory, &at.gradient, &[at.loss]];
        let (uniforms, count) = (self.uniforms(pace, (state.t + 1) as f64), self.count());
        let mut values = self.lines.run(&parts, &uniforms[..count]).iter().copied();
        let places = self.places.iter();
        places
            .map(|(line, name, len)| Line {
                line: *line,
                name: name.clone(),
                value: values.by_ref().take(*len).collect(),
            })
            .collect()
    }
}
