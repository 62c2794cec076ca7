//! Compiled passes over rows: forward with the loss, and forward and backward with the gradient.

use smallvec::SmallVec;

use super::architecture::Architecture;
use super::loss::{Loss, Penalty};
use super::net::{Layers, PartLoss};
use super::precision::Real;
use super::targets::Reading;
use crate::autodiff::{Graph, NodeId, TensorPlan, TensorWorkspace};

use super::dataset::Dataset;

/// Inputs or outputs of a run; more layers than these hold would allocate.
type Few<T> = SmallVec<[T; 64]>;

/// What decides a loss besides the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Aim {
    pub(super) loss: Loss,
    pub(super) penalty: Penalty,
}

/// A batch that a part belongs to: how many rows it has in all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    pub(super) rows: usize,
}

/// The rows of data that a pass looks at, as its plan reads them.
pub(super) struct Gathered<T> {
    rows: usize,
    outputs: usize,
    aim: Aim,
    x: Vec<T>,
    target: Vec<T>,
}

impl<T: Real> Gathered<T> {
    /// Room for so many rows of a net.
    pub(super) fn new(architecture: &Architecture, rows: usize, aim: Aim, [x, target]: [usize; 2]) -> Self {
        let outputs = architecture.outputs();
        Self { rows, outputs, aim, x: vec![T::default(); x], target: vec![T::default(); target] }
    }

    /// How many rows it takes.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Takes rows of data.
    pub(super) fn gather(&mut self, data: &Dataset, reading: Reading, rows: &[u32]) {
        data.gather(rows, &mut self.x);
        reading.gather(data, rows, self.outputs, self.aim.loss.wants_columns(), &mut self.target);
    }

    /// By how much the sums of these rows count in the mean over a whole batch: how many summands that has, and the rows'
    /// share of it.
    pub(super) fn weight(&self, whole: Whole) -> [[T; 1]; 2] {
        let count = self.aim.loss.count(whole.rows, self.outputs) as f64;
        [[T::of(count)], [T::of(self.rows as f64 / whole.rows as f64)]]
    }

    /// Inputs and targets.
    pub(super) fn columns(&self) -> [&[T]; 2] {
        [&self.x, &self.target]
    }
}

/// A plan over so many rows with its buffers: the loss and the gradient of a part of a batch.
pub(super) struct Backward<T> {
    plan: TensorPlan<T>,
    work: TensorWorkspace<T>,
    /// The rows that it looks at.
    pub(super) data: Gathered<T>,
    /// The masks of the hidden layers; empty without dropout.
    pub(super) masks: Vec<Vec<T>>,
    /// The lengths of the parameters' parts, in their flat order.
    parts: Vec<usize>,
}

impl<T: Real> Backward<T> {
    pub(super) fn new(architecture: &Architecture, rows: usize, aim: Aim, dropped: bool) -> Self {
        let mut graph = Graph::new();
        let layers = Layers::add(&mut graph, architecture, rows, dropped);
        let part = PartLoss::add(&mut graph, &layers, rows, aim.loss, aim.penalty);
        let gradient = graph.grad(part.loss, &layers.parameters);
        let mut inputs = vec![layers.x, part.target, part.count, part.share];
        inputs.extend(&layers.masks);
        inputs.extend(&layers.parameters);
        let outputs: Vec<NodeId> = std::iter::once(part.loss).chain(gradient).collect();
        let plan = TensorPlan::compile(&graph, &inputs, &outputs);
        let len = |id: &NodeId| graph.shape(*id).len();
        Self {
            work: plan.workspace(),
            plan,
            data: Gathered::new(architecture, rows, aim, [len(&layers.x), len(&part.target)]),
            masks: layers.masks.iter().map(|id| vec![T::of(1.0); len(id)]).collect(),
            parts: layers.parameters.iter().map(len).collect(),
        }
    }

    /// The part's contribution to the loss of the whole batch; that to the gradient is written.
    pub(super) fn run(&mut self, whole: Whole, weights: &[T], gradient: &mut [T]) -> T {
        let ([count, share], [x, target]) = (self.data.weight(whole), self.data.columns());
        let mut inputs: Few<&[T]> = SmallVec::new();
        inputs.extend([x, target, &count, &share]);
        inputs.extend(self.masks.iter().map(Vec::as_slice));
        let mut loss = [T::default()];
        let mut outputs: Few<&mut [T]> = SmallVec::new();
        outputs.push(&mut loss);
        let (mut weights, mut gradient) = (weights, gradient);
        for &len in &self.parts {
            let (own, rest) = weights.split_at(len);
            inputs.push(own);
            weights = rest;
            let (own, rest) = gradient.split_at_mut(len);
            outputs.push(own);
            gradient = rest;
        }
        self.plan.run(&mut self.work, &inputs, &mut outputs);
        drop(outputs);
        loss[0]
    }
}

/// A plan over so many rows with its buffers: the sum of the loss and the outputs.
pub(super) struct Measuring<T> {
    plan: TensorPlan<T>,
    work: TensorWorkspace<T>,
    rows: usize,
    aim: Aim,
    x: Vec<T>,
    target: Vec<T>,
    outputs: Vec<T>,
    parts: Vec<usize>,
}

/// What a part of the data says.
pub(super) struct PartMeasure {
    pub(super) sum: f64,
    pub(super) penalty: f64,
    pub(super) right: Option<usize>,
}

impl<T: Real> Measuring<T> {
    pub(super) fn new(architecture: &Architecture, rows: usize, aim: Aim) -> Self {
        let mut graph = Graph::new();
        let layers = Layers::add(&mut graph, architecture, rows, false);
        let part = PartLoss::add(&mut graph, &layers, rows, aim.loss, aim.penalty);
        let mut inputs = vec![layers.x, part.target];
        inputs.extend(&layers.parameters);
        let penalty = part.penalty.unwrap_or_else(|| graph.constant(0.0));
        let outputs = [part.sum, penalty, layers.output()];
        let plan = TensorPlan::compile(&graph, &inputs, &outputs);
        let len = |id: &NodeId| graph.shape(*id).len();
        Self {
            work: plan.workspace(),
            plan,
            rows,
            aim,
            x: vec![T::default(); len(&layers.x)],
            target: vec![T::default(); len(&part.target)],
            outputs: vec![T::default(); len(&layers.output())],
            parts: layers.parameters.iter().map(len).collect(),
        }
    }

    /// Whether it is for so many rows and this aim.
    pub(super) fn is_for(&self, rows: usize, aim: Aim) -> bool {
        self.rows == rows && self.aim == aim
    }

    /// Looks at rows of data.
    pub(super) fn run(&mut self, data: &Dataset, reading: Reading, rows: &[u32], weights: &[T]) -> PartMeasure {
        let width = self.outputs.len() / self.rows.max(1);
        data.gather(rows, &mut self.x);
        reading.gather(data, rows, width, self.aim.loss.wants_columns(), &mut self.target);
        let mut inputs: Few<&[T]> = SmallVec::new();
        inputs.extend([&self.x[..], &self.target]);
        push_parts(&mut inputs, weights, &self.parts);
        let (mut sum, mut penalty) = ([T::default()], [T::default()]);
        self.plan.run(&mut self.work, &inputs, &mut [&mut sum, &mut penalty, &mut self.outputs]);
        let right = reading.right(self.aim.loss, data, rows, &self.outputs);
        PartMeasure { sum: sum[0].wide(), penalty: penalty[0].wide(), right }
    }
}

/// Appends the parts of a flat vector.
pub(super) fn push_parts<'a, T>(inputs: &mut Few<&'a [T]>, mut weights: &'a [T], parts: &[usize]) {
    for &len in parts {
        let (own, rest) = weights.split_at(len);
        inputs.push(own);
        weights = rest;
    }
}
