//! Many descents at once, a lane each: one update rule on one objective, all at the same step. The starts differ from
//! lane to lane, and so may the rate and any other hyperparameter. Gradient and rule are compiled into one plan, and a
//! block of lanes stays in the cache through all its steps, which is what makes maps fast. A lane's iterates are those
//! of a single descent, bit for bit.

use super::Noise;
use super::noise::Source;
use crate::autodiff::{Graph, NodeId, Plan, Workspace};
use crate::lang::{Diagnostic, Rule};
use crate::objective::Objective;
use crate::optim::{StepInputs, StepNodes, add_start, add_step, rule_slots};

/// A compiled step of many descents.
pub struct Fleet {
    dimension: usize,
    step: Plan<f64>,
    work: Workspace<f64>,
    start: Plan<f64>,
    uniforms: Vec<f64>,
    /// Whether the rate is a column.
    own_rates: bool,
    noise: Option<Source>,
}

/// What of a fleet differs from lane to lane besides the start, and the noise that is the same for all lanes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Variety<'a> {
    /// The rate.
    pub rate: bool,
    /// Other hyperparameters, by name.
    pub names: &'a [&'a str],
    /// What is added to the gradients.
    pub noise: Noise,
}

/// Where the descents of a [`Fleet`] are.
#[derive(Clone, Debug, PartialEq)]
pub struct FleetState {
    t: u64,
    lanes: usize,
    /// The iterates' components first, then the states that matter, then what differs from lane to lane: one column each,
    /// one number a lane.
    columns: Vec<Vec<f64>>,
}

impl FleetState {
    /// Steps made so far.
    pub fn steps(&self) -> u64 {
        self.t
    }

    /// How many descents there are.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// A component of all iterates, one number a lane.
    pub fn component(&self, k: usize) -> &[f64] {
        &self.columns[k]
    }

    /// Takes over another state, in the room that there is.
    pub(super) fn copy_from(&mut self, other: &Self) {
        (self.t, self.lanes) = (other.t, other.lanes);
        self.columns.resize_with(other.columns.len(), Vec::new);
        for (column, from) in self.columns.iter_mut().zip(&other.columns) {
            column.clear();
            column.extend_from_slice(from);
        }
    }

    /// These lanes alone, in this order.
    pub(super) fn of(&self, lanes: &[usize]) -> Self {
        let columns = self.columns.iter().map(|column| lanes.iter().map(|&lane| column[lane]).collect()).collect();
        Self { t: self.t, lanes: lanes.len(), columns }
    }
}

impl Fleet {
    /// Compiles `rule` with its hyperparameters besides the rate (by name) for `objective`; all lanes share them.
    ///
    /// # Errors
    /// As [`add_step`]: a hyperparameter that is missing.
    pub fn new(objective: &dyn Objective, rule: &Rule, settings: &[(&str, f64)]) -> Result<Self, Diagnostic> {
        Self::with(objective, rule, settings, Variety::default())
    }

    /// The same where more than the start differs from lane to lane; the settings of those names are not looked at.
    ///
    /// # Errors
    /// As [`Fleet::new`].
    pub fn with(
        objective: &dyn Objective,
        rule: &Rule,
        settings: &[(&str, f64)],
        variety: Variety<'_>,
    ) -> Result<Self, Diagnostic> {
        let dimension = objective.dimension();
        let mut graph = Graph::new();
        let (_, memory_len) = rule_slots(rule, dimension);
        let w: Vec<NodeId> = (0..dimension).map(|_| graph.input()).collect();
        let memory: Vec<NodeId> = (0..memory_len).map(|_| graph.input()).collect();
        let mut own: Vec<NodeId> = Vec::new();
        let lr = if variety.rate { graph.input() } else { graph.uniform() };
        own.extend(variety.rate.then_some(lr));
        let t = graph.uniform();
        let values: Vec<(&str, NodeId)> = settings
            .iter()
            .map(|&(name, value)| {
                let varies = variety.names.contains(&name);
                (name, if varies { graph.input() } else { graph.constant(value) })
            })
            .collect();
        let hyper = |name: &str| values.iter().find(|(known, _)| *known == name).map(|&(_, node)| node);
        own.extend(variety.names.iter().filter_map(|name| hyper(name)));
        let loss = objective.build(&mut graph, &w);
        let mut g = graph.grad(loss, &w);
        let mut uniforms = if variety.rate { vec![t] } else { vec![lr, t] };
        if !variety.noise.is_off() {
            for slope in &mut g {
                let noise = graph.uniform();
                *slope = graph.add(*slope, noise);
                uniforms.push(noise);
            }
        }
        let inputs = StepInputs { w: &w, g: &g, loss, lr, t, memory: &memory, hyper: &hyper };
        let next = add_step(&mut graph, rule, &inputs)?;
        let kept = kept(&graph, &memory, &next);
        let columns = |w: &[NodeId], memory: &[NodeId]| -> Vec<NodeId> {
            w.iter().copied().chain(kept.iter().map(|&k| memory[k])).collect()
        };
        let after = columns(&next.w, &next.memory);
        let step = Plan::compile(&graph, &[columns(&w, &memory), own.clone()].concat(), &uniforms, &after);

        let initial = add_start(&mut graph, rule, &w, lr, &hyper)?;
        let before = [&w[..], &own].concat();
        let rate: &[NodeId] = if variety.rate { &[] } else { &[lr] };
        let start = Plan::compile(&graph, &before, rate, &columns(&w, &initial));
        let work = step.workspace();
        let noise = (!variety.noise.is_off()).then(|| variety.noise.source());
        Ok(Self { dimension, step, work, start, uniforms: Vec::new(), own_rates: variety.rate, noise })
    }

    /// The state at the starts: one column a component, one number a lane. `lr` is the first step's rate.
    ///
    /// # Panics
    /// When there are fewer columns than the objective has parameters.
    pub fn start(&self, starts: &[&[f64]], lr: f64) -> FleetState {
        self.start_with(starts, &[], lr)
    }

    /// The same with the columns of what differs from lane to lane: the rates, then the others in the order of
    /// [`Variety::names`].
    ///
    /// # Panics
    /// When columns are missing.
    pub fn start_with(&self, starts: &[&[f64]], own: &[&[f64]], lr: f64) -> FleetState {
        let lanes = starts.iter().chain(own).map(|column| column.len()).min().unwrap_or(0);
        let mut columns = vec![vec![0.0; lanes]; self.start.outputs()];
        let mut out: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        let inputs = [&starts[..self.dimension], own].concat();
        self.start.run_lanes(&mut self.start.workspace(), lanes, &inputs, &[lr], &mut out);
        columns.extend(own.iter().map(|column| column[..lanes].to_vec()));
        FleetState { t: 0, lanes, columns }
    }

    /// Makes as many steps as there are rates. Where each lane has a rate of its own, only their number matters.
    pub fn advance(&mut self, state: &mut FleetState, rates: &[f64]) {
        self.uniforms.clear();
        for (k, &rate) in rates.iter().enumerate() {
            let made = state.t + k as u64;
            if !self.own_rates {
                self.uniforms.push(rate);
            }
            self.uniforms.push((made + 1) as f64);
            if let Some(noise) = &mut self.noise {
                self.uniforms.extend(noise.of(made as usize, self.dimension));
            }
        }
        let mut columns: Vec<&mut [f64]> = state.columns.iter_mut().map(Vec::as_mut_slice).collect();
        self.step.run_steps(&mut self.work, state.lanes, &mut columns, &self.uniforms, rates.len());
        state.t += rates.len() as u64;
    }
}

/// The states that the iterates ever depend on: a switch that is off leaves some behind.
fn kept(graph: &Graph, memory: &[NodeId], next: &StepNodes) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    loop {
        let roots = next.w.iter().copied().chain(kept.iter().map(|&k| next.memory[k]));
        let reached = graph.reached(roots);
        let now: Vec<usize> = (0..memory.len()).filter(|&k| reached[memory[k].index()]).collect();
        if now == kept {
            return kept;
        }
        kept = now;
    }
}
