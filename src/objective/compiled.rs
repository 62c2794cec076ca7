//! What an objective becomes when it is compiled: a plan of scalars, or, over data, a plan whose columns come at run time,
//! so that other rows need no other plan.

use smallvec::SmallVec;

use super::Objective;
use crate::autodiff::{Graph, NodeId, Plan, Shape, TensorPlan, TensorWorkspace, Workspace};

/// Inputs or outputs of a run; more than these would allocate.
type Few<T> = SmallVec<[T; 16]>;

/// A plan with its buffers.
#[derive(Clone)]
pub(super) enum Compiled {
    /// Of scalars.
    Scalars { plan: Plan<f64>, work: Workspace<f64>, out: Vec<f64> },
    /// Over columns of so many rows.
    Rows { plan: TensorPlan<f64>, work: TensorWorkspace<f64>, out: Vec<f64>, rows: usize },
}

impl Compiled {
    /// Compiles what `outputs` makes of the graph, the parameters and the loss over all the rows.
    pub(super) fn new(
        objective: &dyn Objective,
        outputs: impl FnOnce(&mut Graph, &[NodeId], NodeId) -> Vec<NodeId>,
    ) -> Self {
        match objective.data() {
            Some(data) => Self::over(objective, data.rows(), outputs),
            None => {
                let mut graph = Graph::new();
                let w = parameters(&mut graph, objective);
                let loss = objective.build(&mut graph, &w);
                let outputs = outputs(&mut graph, &w, loss);
                let plan = Plan::compile(&graph, &w, &[], &outputs);
                Self::Scalars { work: plan.workspace(), plan, out: vec![0.0; outputs.len()] }
            }
        }
    }

    /// The same over so many rows of data that come at run time. Over no rows a loss is nan.
    pub(super) fn over(
        objective: &dyn Objective,
        rows: usize,
        outputs: impl FnOnce(&mut Graph, &[NodeId], NodeId) -> Vec<NodeId>,
    ) -> Self {
        let mut graph = Graph::new();
        let w = parameters(&mut graph, objective);
        let mut inputs = w.clone();
        let loss = match objective.data() {
            Some(data) if rows > 0 => {
                let shape = Shape::new(u32::try_from(rows).unwrap_or(u32::MAX), 1);
                let columns: Vec<NodeId> = data.columns().iter().map(|_| graph.input_shaped(shape)).collect();
                inputs.extend(&columns);
                data.build_over(&mut graph, &w, &columns)
            }
            _ => graph.constant(f64::NAN),
        };
        let outputs = outputs(&mut graph, &w, loss);
        let plan = TensorPlan::compile(&graph, &inputs, &outputs);
        Self::Rows { work: plan.workspace(), plan, out: vec![0.0; outputs.len()], rows }
    }

    /// How many rows it takes; none where there is no data.
    pub(super) fn rows(&self) -> Option<usize> {
        match self {
            Self::Scalars { .. } => None,
            Self::Rows { rows, .. } => Some(*rows),
        }
    }

    /// The outputs at one point, over these columns (unused without data).
    pub(super) fn run(&mut self, w: &[f64], columns: &[Vec<f64>]) -> &[f64] {
        match self {
            Self::Scalars { plan, work, out } => {
                plan.run_point(work, w, &[], out);
                out
            }
            Self::Rows { plan, work, out, .. } => {
                let inputs: Few<&[f64]> = w.chunks_exact(1).chain(columns.iter().map(Vec::as_slice)).collect();
                let mut outputs: Few<&mut [f64]> = out.chunks_exact_mut(1).collect();
                plan.run(work, &inputs, &mut outputs);
                drop(outputs);
                out
            }
        }
    }

    /// The outputs at many points: `w[k][lane]` is parameter `k`, `out[j][lane]` output `j`.
    pub(super) fn run_lanes(&mut self, w: &[&[f64]], columns: &[Vec<f64>], lanes: usize, out: &mut [&mut [f64]]) {
        if let Self::Scalars { plan, work, .. } = self {
            plan.run_lanes(work, lanes, w, &[], out);
            return;
        }
        let mut point: Few<f64> = SmallVec::from_elem(0.0, w.len());
        for lane in 0..lanes {
            for (at, column) in point.iter_mut().zip(w) {
                *at = column[lane];
            }
            for (column, value) in out.iter_mut().zip(self.run(&point, columns)) {
                column[lane] = *value;
            }
        }
    }
}

fn parameters(graph: &mut Graph, objective: &dyn Objective) -> Vec<NodeId> {
    (0..objective.dimension()).map(|_| graph.input()).collect()
}

/// The columns of an objective's data; none without data.
pub(super) fn columns(objective: &dyn Objective) -> &[Vec<f64>] {
    objective.data().map_or(&[], |data| data.columns())
}

/// Only the loss.
pub(super) fn value(_: &mut Graph, _: &[NodeId], loss: NodeId) -> Vec<NodeId> {
    vec![loss]
}

/// The loss and its gradient.
pub(super) fn gradient(graph: &mut Graph, w: &[NodeId], loss: NodeId) -> Vec<NodeId> {
    let mut outputs = vec![loss];
    outputs.extend(graph.grad(loss, w));
    outputs
}

/// The loss, its gradient and the upper triangle of its Hessian, row by row.
pub(super) fn hessian(graph: &mut Graph, w: &[NodeId], loss: NodeId) -> Vec<NodeId> {
    let mut outputs = gradient(graph, w, loss);
    let rows = graph.hessian(loss, w);
    outputs.extend(rows.iter().enumerate().flat_map(|(i, row)| row.iter().skip(i)));
    outputs
}

/// The values of a loss at many points: for pictures, not counted. It keeps no objective, only its numbers.
pub struct Values {
    compiled: Compiled,
    columns: Vec<Vec<f64>>,
    dimension: usize,
}

impl Values {
    /// Compiles the value of a loss.
    pub fn new(objective: &dyn Objective) -> Self {
        let compiled = Compiled::new(objective, value);
        Self { compiled, columns: columns(objective).to_vec(), dimension: objective.dimension() }
    }

    /// How many parameters the loss has.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The losses: `w[k][lane]` is parameter `k` of point `lane`.
    pub fn at(&mut self, w: &[&[f64]], out: &mut [f64]) {
        self.compiled.run_lanes(w, &self.columns, out.len(), &mut [out]);
    }
}
