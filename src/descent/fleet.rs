//! Many descents at once, a lane each: one update rule with one setting on one objective, from many starts, all at the
//! same step. Gradient and rule are compiled into one plan, and a block of lanes stays in the cache through all its
//! steps, which is what makes maps fast. A lane's iterates are those of a single descent, bit for bit.

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
}

/// Where the descents of a [`Fleet`] are.
#[derive(Clone, Debug, PartialEq)]
pub struct FleetState {
    t: u64,
    lanes: usize,
    /// The iterates' components first, then the states that matter: one column each, one number a lane.
    columns: Vec<Vec<f64>>,
}

impl FleetState {
    /// Steps made so far.
    pub fn steps(&self) -> u64 {
        self.t
    }

    /// A component of all iterates, one number a lane.
    pub fn component(&self, k: usize) -> &[f64] {
        &self.columns[k]
    }
}

impl Fleet {
    /// Compiles `rule` with its hyperparameters besides the rate (by name) for `objective`.
    ///
    /// # Errors
    /// As [`add_step`]: a hyperparameter that is missing.
    pub fn new(objective: &dyn Objective, rule: &Rule, settings: &[(&str, f64)]) -> Result<Self, Diagnostic> {
        let dimension = objective.dimension();
        let mut graph = Graph::new();
        let (_, memory_len) = rule_slots(rule, dimension);
        let w: Vec<NodeId> = (0..dimension).map(|_| graph.input()).collect();
        let memory: Vec<NodeId> = (0..memory_len).map(|_| graph.input()).collect();
        let (lr, t) = (graph.uniform(), graph.uniform());
        let constants: Vec<(&str, NodeId)> =
            settings.iter().map(|&(name, value)| (name, graph.constant(value))).collect();
        let hyper = |name: &str| constants.iter().find(|(known, _)| *known == name).map(|&(_, node)| node);
        let loss = objective.build(&mut graph, &w);
        let g = graph.grad(loss, &w);
        let inputs = StepInputs { w: &w, g: &g, loss, lr, t, memory: &memory, hyper: &hyper };
        let next = add_step(&mut graph, rule, &inputs)?;
        let kept = kept(&graph, &memory, &next);
        let columns = |w: &[NodeId], memory: &[NodeId]| -> Vec<NodeId> {
            w.iter().copied().chain(kept.iter().map(|&k| memory[k])).collect()
        };
        let step = Plan::compile(&graph, &columns(&w, &memory), &[lr, t], &columns(&next.w, &next.memory));

        let initial = add_start(&mut graph, rule, &w, lr, &hyper)?;
        let start = Plan::compile(&graph, &w, &[lr], &columns(&w, &initial));
        let work = step.workspace();
        Ok(Self { dimension, step, work, start, uniforms: Vec::new() })
    }

    /// The state at the starts: one column a component, one number a lane. `lr` is the first step's rate.
    ///
    /// # Panics
    /// When there are fewer columns than the objective has parameters.
    pub fn start(&self, starts: &[&[f64]], lr: f64) -> FleetState {
        let lanes = starts.iter().map(|column| column.len()).min().unwrap_or(0);
        let mut columns = vec![vec![0.0; lanes]; self.start.outputs()];
        let mut out: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        self.start.run_lanes(&mut self.start.workspace(), lanes, &starts[..self.dimension], &[lr], &mut out);
        FleetState { t: 0, lanes, columns }
    }

    /// Makes as many steps as there are rates.
    pub fn advance(&mut self, state: &mut FleetState, rates: &[f64]) {
        self.uniforms.clear();
        for (k, &rate) in rates.iter().enumerate() {
            self.uniforms.extend([rate, (state.t + k as u64 + 1) as f64]);
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
