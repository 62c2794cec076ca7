//! A net as nodes of a graph: its layers, its loss over rows, its gradient. Everything else follows from the core.

use super::architecture::Architecture;
use super::loss::{Loss, Penalty};
use crate::autodiff::{Graph, NodeId, Shape};

/// A shape from sizes; nets are smaller than 2³² in each direction.
pub(super) fn shape(rows: usize, cols: usize) -> Shape {
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Shape::new(size(rows), size(cols))
}

/// The layers of a net over so many rows.
pub(super) struct Layers {
    /// The inputs, `[rows, inputs]`.
    pub(super) x: NodeId,
    /// For each layer its weight, `[out, in]`, and its bias, `[1, out]`: the parameters in their flat order.
    pub(super) parameters: Vec<NodeId>,
    /// What multiplies the activations of each hidden layer, where some are dropped.
    pub(super) masks: Vec<NodeId>,
    /// The sums of each layer, `[rows, units]`.
    pub(super) sums: Vec<NodeId>,
    /// The activations of each layer, `[rows, units]`, before any are dropped.
    pub(super) activations: Vec<NodeId>,
}

impl Layers {
    /// Adds the layers to a graph; with `dropped`, hidden activations are multiplied by masks.
    pub(super) fn add(graph: &mut Graph, architecture: &Architecture, rows: usize, dropped: bool) -> Self {
        let x = graph.input_shaped(shape(rows, architecture.inputs));
        let mut layers =
            Self { x, parameters: Vec::new(), masks: Vec::new(), sums: Vec::new(), activations: Vec::new() };
        let mut before = x;
        for (k, layer) in architecture.layers.iter().enumerate() {
            let weight = graph.input_shaped(shape(layer.units, architecture.inputs_of(k)));
            let bias = graph.input_shaped(shape(1, layer.units));
            layers.parameters.extend([weight, bias]);
            let columns = graph.transpose(weight);
            let z = graph.affine(before, columns, bias);
            let h = layer.activation.add(graph, z);
            layers.sums.push(z);
            layers.activations.push(h);
            before = h;
            if dropped && k + 1 < architecture.layers.len() {
                let mask = graph.input_shaped(shape(rows, layer.units));
                layers.masks.push(mask);
                before = graph.mul(h, mask);
            }
        }
        layers
    }

    /// The outputs.
    pub(super) fn output(&self) -> NodeId {
        self.activations.last().copied().unwrap_or(self.x)
    }

    /// The weights alone.
    pub(super) fn weights(&self) -> Vec<NodeId> {
        self.parameters.iter().copied().step_by(2).collect()
    }
}

/// The loss of a part of a batch: its own sum over the whole batch's count, and its share of the penalty.
pub(super) struct PartLoss {
    /// What is wanted of the rows.
    pub(super) target: NodeId,
    /// Over how many numbers the batch's mean goes.
    pub(super) count: NodeId,
    /// Which share of the batch the part is.
    pub(super) share: NodeId,
    /// The sum of the loss over the part, undivided.
    pub(super) sum: NodeId,
    /// The part's contribution to the loss of the batch.
    pub(super) loss: NodeId,
    /// The penalty as a whole; none where there is none.
    pub(super) penalty: Option<NodeId>,
}

impl PartLoss {
    /// Adds the loss of `rows` rows to a graph.
    pub(super) fn add(graph: &mut Graph, layers: &Layers, rows: usize, loss: Loss, penalty: Penalty) -> Self {
        let output = layers.output();
        let outputs = graph.shape(output).len() / rows.max(1);
        let wanted = if loss.wants_columns() { shape(outputs, rows) } else { shape(rows, outputs) };
        let target = graph.input_shaped(wanted);
        let (count, share) = (graph.input(), graph.input());
        let sum = loss.add_sum(graph, output, target);
        let mut total = graph.div(sum, count);
        let penalty = penalty.add(graph, &layers.weights());
        if let Some(penalty) = penalty {
            let part = graph.mul(share, penalty);
            total = graph.add(total, part);
        }
        Self { target, count, share, sum, loss: total, penalty }
    }
}
