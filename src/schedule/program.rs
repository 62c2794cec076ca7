//! A text of the language, compiled: what computes the rate of an update, or, of a text that watches a metric, the next
//! rate after an update.

use std::collections::BTreeMap;

use crate::autodiff::{Graph, NodeId, Plan};
use crate::lang::{self, Diagnostic, Expr, Scope, Value};

/// Names that every text may use; `metric` makes it watch.
const TIME: &str = "t";
const BASE: &str = "lr";
const METRIC: &str = "metric";
/// Names that a text assigns.
const RATE: &str = "rate";
const MOMENTUM: &str = "momentum";

/// A text with its arguments, ready to run.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// From `[t, lr]` to `[rate]` or `[rate, momentum]`; or from `[t, lr, metric, states …]` to the next states.
    plan: Plan<f64>,
    /// From `lr` to the first states.
    initial: Option<Plan<f64>>,
    /// Of a watching text: where `rate` is among the states.
    rate: usize,
    states: usize,
    momentum: bool,
}

/// What the arguments of a kind are to its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Bindings {
    /// Numbers, and formulas of `lr` (or of `t` and `lr`), by name.
    pub(super) names: BTreeMap<String, Expr>,
    /// Lists.
    pub(super) columns: BTreeMap<String, Vec<f64>>,
    /// Whether the momentum is moved.
    pub(super) momentum: bool,
}

/// Whether a text watches a metric.
pub(super) fn reads_metric(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == METRIC)
}

/// A line `target = value`, or `state target = value`.
struct Line<'a> {
    state: bool,
    target: &'a str,
    value: &'a str,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().filter_map(|line| {
        let line = line.split('#').next().unwrap_or("").trim();
        let (target, value) = line.split_once('=')?;
        let target = target.trim();
        let stripped = target.strip_prefix("state ");
        Some(Line { state: stripped.is_some(), target: stripped.unwrap_or(target).trim(), value })
    })
}

/// A graph under construction, with what its names mean so far.
struct Builder {
    graph: Graph,
    names: BTreeMap<String, Value>,
    columns: Vec<String>,
}

impl Builder {
    /// A graph of `t` and `lr`, and these nodes.
    fn new() -> (Self, Vec<NodeId>) {
        let mut builder = Self { graph: Graph::new(), names: BTreeMap::new(), columns: Vec::new() };
        let inputs = vec![builder.input(TIME), builder.input(BASE)];
        (builder, inputs)
    }

    fn input(&mut self, name: &str) -> NodeId {
        let node = self.graph.input();
        self.names.insert(name.to_owned(), Value::Scalar(node));
        node
    }

    /// An expression as a node.
    fn node(&mut self, expr: &Expr) -> Result<NodeId, Vec<Diagnostic>> {
        let names = &self.names;
        let value = lang::lower(&mut self.graph, expr, &|name| names.get(name).cloned());
        let value = value.map_err(|problem| vec![problem])?;
        Ok(value.scalar().unwrap_or_else(|| self.graph.constant(f64::NAN)))
    }

    /// A text as a node; it may use the names so far.
    fn text(&mut self, text: &str) -> Result<NodeId, Vec<Diagnostic>> {
        let variables: Vec<&str> =
            self.names.keys().filter(|name| !self.columns.contains(name)).map(String::as_str).collect();
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let formula = lang::parse_formula(text, &Scope { variables: &variables, columns: &columns })?;
        self.node(&formula.body)
    }

    /// Arguments become names; those that are formulas may use `t` and `lr`.
    fn bind(&mut self, bindings: &Bindings) -> Result<(), Vec<Diagnostic>> {
        for (name, expr) in &bindings.names {
            let node = self.node(expr)?;
            self.names.insert(name.clone(), Value::Scalar(node));
        }
        for (name, list) in &bindings.columns {
            let nodes = list.iter().map(|&value| self.graph.constant(value)).collect();
            self.names.insert(name.clone(), Value::Vector(nodes));
            self.columns.push(name.clone());
        }
        Ok(())
    }

    fn assign(&mut self, line: &Line<'_>) -> Result<(), Vec<Diagnostic>> {
        let node = self.text(line.value)?;
        self.names.insert(line.target.to_owned(), Value::Scalar(node));
        Ok(())
    }

    fn named(&mut self, name: &str) -> NodeId {
        self.names.get(name).and_then(Value::scalar).unwrap_or_else(|| self.graph.constant(f64::NAN))
    }
}

impl Program {
    /// Compiles a text of assignments.
    ///
    /// # Errors
    ///
    /// What is wrong with a line; the places are in its right-hand side.
    pub(super) fn new(text: &str, bindings: &Bindings) -> Result<Self, Vec<Diagnostic>> {
        let watching = reads_metric(text);
        let (mut builder, mut inputs) = Builder::new();
        builder.bind(bindings)?;
        if !watching {
            for line in lines(text) {
                builder.assign(&line)?;
            }
            let momentum = bindings.momentum && builder.names.contains_key(MOMENTUM);
            let mut outputs = vec![builder.named(RATE)];
            if momentum {
                outputs.push(builder.named(MOMENTUM));
            }
            let plan = Plan::compile(&builder.graph, &inputs, &[], &outputs);
            return Ok(Self { plan, initial: None, rate: 0, states: 0, momentum });
        }
        let states: Vec<&str> = lines(text).filter(|line| line.state).map(|line| line.target).collect();
        let initial = Self::initial(text, bindings)?;
        inputs.push(builder.input(METRIC));
        for state in &states {
            inputs.push(builder.input(state));
        }
        for line in lines(text).filter(|line| !line.state) {
            builder.assign(&line)?;
        }
        let outputs: Vec<NodeId> = states.iter().map(|state| builder.named(state)).collect();
        let plan = Plan::compile(&builder.graph, &inputs, &[], &outputs);
        let rate = states.iter().position(|&state| state == RATE).unwrap_or(0);
        Ok(Self { plan, initial: Some(initial), rate, states: states.len(), momentum: false })
    }

    /// The first states of a watching text.
    fn initial(text: &str, bindings: &Bindings) -> Result<Plan<f64>, Vec<Diagnostic>> {
        let (mut builder, inputs) = Builder::new();
        builder.bind(bindings)?;
        let mut outputs = Vec::new();
        for line in lines(text).filter(|line| line.state) {
            builder.assign(&line)?;
            outputs.push(builder.named(line.target));
        }
        Ok(Plan::compile(&builder.graph, &inputs, &[], &outputs))
    }

    /// Compiles a formula of `t` and `lr`, with parameters at their defaults.
    pub(super) fn of_formula(formula: &lang::Formula) -> Result<Self, Vec<Diagnostic>> {
        let (mut builder, inputs) = Builder::new();
        for param in &formula.params {
            let node = builder.graph.constant(param.default);
            builder.names.insert(param.name.clone(), Value::Scalar(node));
        }
        let rate = builder.node(&formula.body)?;
        let plan = Plan::compile(&builder.graph, &inputs, &[], &[rate]);
        Ok(Self { plan, initial: None, rate: 0, states: 0, momentum: false })
    }

    /// Whether it needs a metric after each update.
    pub(super) fn watches(&self) -> bool {
        self.initial.is_some()
    }

    /// Whether it says a momentum.
    pub(super) fn moves_momentum(&self) -> bool {
        self.momentum
    }

    /// Rate and momentum of the update number `t` of a text that does not watch.
    pub(super) fn at(&self, t: u64, base: f64) -> (f64, Option<f64>) {
        let mut out = [f64::NAN; 2];
        self.plan.run_point(&mut self.plan.workspace(), &[t as f64, base], &[], &mut out);
        (out[0], self.momentum.then_some(out[1]))
    }

    /// The first states of a watching text, and the first rate.
    pub(super) fn begin(&self, base: f64) -> (Vec<f64>, f64) {
        let mut memory = vec![f64::NAN; self.states];
        if let Some(plan) = &self.initial {
            plan.run_point(&mut plan.workspace(), &[0.0, base], &[], &mut memory);
        }
        let rate = memory.get(self.rate).copied().unwrap_or(f64::NAN);
        (memory, rate)
    }

    /// The states after the update number `t` and the metric seen there; the next rate.
    pub(super) fn watch(&self, t: u64, base: f64, metric: f64, memory: &mut [f64]) -> f64 {
        let mut inputs = vec![t as f64, base, metric];
        inputs.extend_from_slice(memory);
        self.plan.run_point(&mut self.plan.workspace(), &inputs, &[], memory);
        memory.get(self.rate).copied().unwrap_or(f64::NAN)
    }
}
