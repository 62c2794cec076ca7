//! A slice of a net's loss as a function of two numbers that can be descended like any surface: exact, with its exact
//! gradient and Hessian, and with mini-batches of the net's own rows.
//!
//! The loss at `(a, b)` is that at the weights `w + a d + b e`: a graph of `a` and `b` in which every weight is a node. That
//! is for small nets; of large ones there is the picture alone ([`super::draw_slice`]).

use std::sync::Arc;

use super::{LossSpec, Plane};
use crate::autodiff::{Binary, Graph, NodeId};
use crate::nn::activation::Activation;
use crate::nn::architecture::Architecture;
use crate::nn::error::TrainingError;
use crate::nn::loss::{Loss, Penalty};
use crate::objective::{DataLoss, Objective};

/// The most weights: a node each, and several more for the derivatives.
const MAX_PARAMETERS: usize = 5_000;

/// Why a slice is no objective.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SliceError {
    /// The net is too large.
    #[error("{found} parameters, {limit} possible")]
    TooLarge {
        /// How many parameters it has.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The net or its data are wrong, or the plane is another net's.
    #[error(transparent)]
    Loss(#[from] TrainingError),
}

/// The loss over a plane through the weights.
#[derive(Clone, Debug)]
pub struct SliceObjective {
    architecture: Architecture,
    loss: Loss,
    penalty: Penalty,
    plane: Arc<Plane>,
    /// The inputs, then what the loss compares each output with: one number a row in each.
    columns: Arc<Vec<Vec<f64>>>,
}

impl SliceObjective {
    /// The slice of a loss by a plane through its weights.
    ///
    /// # Errors
    /// A net that is too large for it; what is wrong with the net or the data.
    pub fn new(spec: &LossSpec, plane: Plane) -> Result<Self, SliceError> {
        let architecture = spec.architecture.clone();
        let (wanted, limit) = (architecture.parameters(), MAX_PARAMETERS);
        if wanted > limit {
            return Err(SliceError::TooLarge { found: wanted, limit });
        }
        let reading = spec.check()?;
        let lengths = [plane.origin.len(), plane.axes[0].len(), plane.axes[1].len()];
        if let Some(&found) = lengths.iter().find(|&&length| length != wanted) {
            return Err(TrainingError::Weights { wanted, found }.into());
        }
        let chosen = spec.chosen();
        let (rows, inputs, outputs) = (chosen.len(), architecture.inputs, architecture.outputs());
        let (mut x, mut target) = (vec![0.0; rows * inputs], vec![0.0; rows * outputs]);
        spec.data.gather(&chosen, &mut x);
        reading.gather(&spec.data, &chosen, outputs, false, &mut target);
        let column = |all: &[f64], width: usize, k: usize| all.iter().skip(k).step_by(width).copied().collect();
        let mut columns: Vec<Vec<f64>> = (0..inputs).map(|k| column(&x, inputs, k)).collect();
        columns.extend((0..outputs).map(|k| column(&target, outputs, k)));
        let (loss, penalty) = (spec.loss, spec.penalty);
        Ok(Self { architecture, loss, penalty, plane: Arc::new(plane), columns: Arc::new(columns) })
    }

    /// The plane.
    pub fn plane(&self) -> &Plane {
        &self.plane
    }

    /// The weights of the net as nodes of `a` and `b`.
    fn weights(&self, graph: &mut Graph, w: &[NodeId]) -> Vec<NodeId> {
        let Plane { origin, axes: [first, second], .. } = &*self.plane;
        let along = |graph: &mut Graph, sum: NodeId, slope: f64, at: Option<&NodeId>| match at {
            Some(&at) if slope != 0.0 => {
                let slope = graph.constant(slope);
                let step = graph.mul(slope, at);
                graph.add(sum, step)
            }
            _ => sum,
        };
        origin
            .iter()
            .zip(first.iter().zip(second))
            .map(|(&origin, (&d, &e))| {
                let origin = graph.constant(origin);
                let moved = along(graph, origin, d, w.first());
                along(graph, moved, e, w.get(1))
            })
            .collect()
    }

    /// The sum of the loss over what the columns hold: rows, or one row as numbers.
    fn sum(&self, graph: &mut Graph, weights: &[NodeId], columns: &[NodeId]) -> NodeId {
        let (inputs, targets) = columns.split_at(self.architecture.inputs);
        let mut before = inputs.to_vec();
        for (k, layer) in self.architecture.layers.iter().enumerate() {
            let width = before.len();
            let (weight, bias) = (&weights[self.architecture.weight(k)], &weights[self.architecture.bias(k)]);
            let sums: Vec<NodeId> = weight
                .chunks_exact(width)
                .zip(bias)
                .map(|(row, &bias)| {
                    let mut sum = bias;
                    for (&weight, &input) in row.iter().zip(&before) {
                        let product = graph.mul(weight, input);
                        sum = graph.add(sum, product);
                    }
                    sum
                })
                .collect();
            before = match layer.activation {
                Activation::Softmax => softmax(graph, &sums),
                activation => sums.iter().map(|&sum| activation.add(graph, sum)).collect(),
            };
        }
        if self.loss == Loss::SoftmaxCrossEntropy {
            return cross_entropy(graph, &before, targets);
        }
        let mut total = graph.constant(0.0);
        for (&output, &target) in before.iter().zip(targets) {
            let part = self.loss.add_sum(graph, output, target);
            total = graph.add(total, part);
        }
        total
    }

    /// The mean of sums over so many rows, and the penalty.
    fn whole(&self, graph: &mut Graph, weights: &[NodeId], sum: NodeId, rows: usize) -> NodeId {
        let count = graph.constant(self.loss.count(rows, self.architecture.outputs()) as f64);
        let mean = graph.div(sum, count);
        let layers = 0..self.architecture.layers.len();
        let counted: Vec<NodeId> = layers.flat_map(|k| weights[self.architecture.weight(k)].iter().copied()).collect();
        match self.penalty.add(graph, &counted) {
            Some(penalty) => graph.add(mean, penalty),
            None => mean,
        }
    }
}

impl Objective for SliceObjective {
    fn dimension(&self) -> usize {
        2
    }

    fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId {
        let weights = self.weights(graph, w);
        let rows = self.columns.first().map_or(0, Vec::len);
        let mut total = graph.constant(0.0);
        for row in 0..rows {
            let values: Vec<NodeId> = self.columns.iter().map(|column| graph.constant(column[row])).collect();
            let part = self.sum(graph, &weights, &values);
            total = graph.add(total, part);
        }
        self.whole(graph, &weights, total, rows)
    }

    fn data(&self) -> Option<&dyn DataLoss> {
        Some(self)
    }
}

impl DataLoss for SliceObjective {
    fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    fn build_over(&self, graph: &mut Graph, w: &[NodeId], columns: &[NodeId]) -> NodeId {
        let rows = columns.first().map_or(0, |&column| graph.shape(column).len());
        let weights = self.weights(graph, w);
        let sum = self.sum(graph, &weights, columns);
        self.whole(graph, &weights, sum, rows)
    }
}

/// The exponentials of numbers less the largest of them, the numbers less it, and the exponentials' sum.
fn shifted(graph: &mut Graph, sums: &[NodeId]) -> (Vec<NodeId>, Vec<NodeId>, NodeId) {
    let mut peak = sums.first().copied().unwrap_or_else(|| graph.constant(0.0));
    for &sum in sums.iter().skip(1) {
        peak = graph.binary(Binary::Max, peak, sum);
    }
    let less: Vec<NodeId> = sums.iter().map(|&sum| graph.sub(sum, peak)).collect();
    let exps: Vec<NodeId> = less.iter().map(|&less| graph.exp(less)).collect();
    let mut total = graph.constant(0.0);
    for &exp in &exps {
        total = graph.add(total, exp);
    }
    (exps, less, total)
}

fn softmax(graph: &mut Graph, sums: &[NodeId]) -> Vec<NodeId> {
    let (exps, _, total) = shifted(graph, sums);
    exps.iter().map(|&exp| graph.div(exp, total)).collect()
}

/// The sum over the rows of the logarithm of the exponentials' sum, less the output at the class.
fn cross_entropy(graph: &mut Graph, outputs: &[NodeId], targets: &[NodeId]) -> NodeId {
    let (_, less, total) = shifted(graph, outputs);
    let mut each = graph.ln(total);
    for (&less, &target) in less.iter().zip(targets) {
        let own = graph.mul(target, less);
        each = graph.sub(each, own);
    }
    graph.sum(each)
}
