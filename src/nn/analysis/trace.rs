//! Rows followed through a net and back: every layer's sums and activations, the loss, and the adjoint of each of them,
//! which are nodes of the same graph.

use smallvec::SmallVec;

use super::LossSpec;
use crate::autodiff::{Graph, NodeId, TensorPlan};
use crate::nn::error::TrainingError;
use crate::nn::net::{Layers, PartLoss};
use crate::nn::pass::push_parts;

/// What one layer made of the rows, and how the loss depends on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TracedLayer {
    /// The sums `W input + b`, `rows × units`.
    pub sums: Vec<f64>,
    /// The activations, `rows × units`.
    pub activations: Vec<f64>,
    /// The loss's derivative by each sum.
    pub sum_adjoints: Vec<f64>,
    /// The loss's derivative by each activation.
    pub activation_adjoints: Vec<f64>,
}

/// Rows followed through.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The rows' inputs, `rows × inputs`.
    pub inputs: Vec<f64>,
    /// What the loss compares the outputs with, `rows × outputs`.
    pub targets: Vec<f64>,
    /// The layers, from the first.
    pub layers: Vec<TracedLayer>,
    /// The mean loss of the rows.
    pub data_loss: f64,
    /// What is added for the size of the weights.
    pub penalty: f64,
    /// Both together: what is differentiated.
    pub loss: f64,
    /// The loss's derivative by each parameter, in their flat order.
    pub gradient: Vec<f64>,
}

/// Follows the rows of a loss through a net with these weights and back, in double precision. One row is the usual case; the
/// rows of a batch are followed together, and the loss is their mean.
///
/// # Errors
/// What is wrong with the net or the data; too few weights.
pub fn trace(spec: &LossSpec, weights: &[f64]) -> Result<Trace, TrainingError> {
    let reading = spec.check()?;
    let (wanted, found) = (spec.architecture.parameters(), weights.len());
    if wanted != found {
        return Err(TrainingError::Weights { wanted, found });
    }
    let chosen = spec.chosen();
    let (rows, outputs) = (chosen.len(), spec.architecture.outputs());
    let mut graph = Graph::new();
    let layers = Layers::add(&mut graph, &spec.architecture, rows, false);
    let part = PartLoss::add(&mut graph, &layers, rows, spec.loss, spec.penalty);
    let between: Vec<NodeId> = layers.sums.iter().zip(&layers.activations).flat_map(|(&z, &h)| [z, h]).collect();
    let wrt: Vec<NodeId> = between.iter().chain(&layers.parameters).copied().collect();
    let adjoints = graph.grad(part.loss, &wrt);
    let nothing = graph.constant(0.0);
    let results: Vec<NodeId> = [part.loss, part.penalty.unwrap_or(nothing)]
        .into_iter()
        .chain(between.iter().copied())
        .chain(adjoints)
        .collect();
    let mut inputs = vec![layers.x, part.target, part.count, part.share];
    inputs.extend(&layers.parameters);
    let plan = TensorPlan::<f64>::compile(&graph, &inputs, &results);

    let len = |id: &NodeId| graph.shape(*id).len();
    let (mut x, mut target) = (vec![0.0; len(&layers.x)], vec![0.0; len(&part.target)]);
    let columns = spec.loss.wants_columns();
    spec.data.gather(&chosen, &mut x);
    reading.gather(&spec.data, &chosen, outputs, columns, &mut target);
    let parts: Vec<usize> = layers.parameters.iter().map(len).collect();
    let count = [spec.loss.count(rows, outputs) as f64];
    let mut given = SmallVec::new();
    given.extend([&x[..], &target, &count, &[1.0]]);
    push_parts(&mut given, weights, &parts);
    let mut values: Vec<Vec<f64>> = results.iter().map(|id| vec![0.0; len(id)]).collect();
    let mut out: Vec<&mut [f64]> = values.iter_mut().map(Vec::as_mut_slice).collect();
    plan.run(&mut plan.workspace(), &given, &mut out);
    drop(given);

    let mut values = values.into_iter();
    let mut one = || values.next().unwrap_or_default();
    let (loss, penalty) = (first(&one()), first(&one()));
    let mut traced = vec![TracedLayer::default(); layers.sums.len()];
    for layer in &mut traced {
        (layer.sums, layer.activations) = (one(), one());
    }
    for layer in &mut traced {
        (layer.sum_adjoints, layer.activation_adjoints) = (one(), one());
    }
    let gradient = values.flatten().collect();
    if columns {
        target = (0..rows * outputs).map(|k| target[k % outputs * rows + k / outputs]).collect();
    }
    Ok(Trace { inputs: x, targets: target, layers: traced, data_loss: loss - penalty, penalty, loss, gradient })
}

fn first(values: &[f64]) -> f64 {
    values.first().copied().unwrap_or(f64::NAN)
}
