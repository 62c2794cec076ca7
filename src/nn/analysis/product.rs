//! A compiled pass for products of the Hessian with directions: the gradient of the gradient's component along one, as
//! nodes of the same graph (Pearlmutter 1994).

use smallvec::SmallVec;

use crate::autodiff::{Graph, NodeId, TensorPlan, TensorWorkspace};
use crate::nn::architecture::Architecture;
use crate::nn::net::{Layers, PartLoss};
use crate::nn::pass::{Aim, Gathered, Whole, push_parts};
use crate::nn::precision::Real;

/// A plan over so many rows with its buffers.
pub(super) struct ProductPass<T> {
    plan: TensorPlan<T>,
    work: TensorWorkspace<T>,
    /// The rows that it looks at.
    pub(super) data: Gathered<T>,
    parts: Vec<usize>,
}

impl<T: Real> ProductPass<T> {
    pub(super) fn new(architecture: &Architecture, rows: usize, aim: Aim) -> Self {
        let mut graph = Graph::new();
        let layers = Layers::add(&mut graph, architecture, rows, false);
        let part = PartLoss::add(&mut graph, &layers, rows, aim.loss, aim.penalty);
        let directions: Vec<NodeId> = layers
            .parameters
            .iter()
            .map(|&id| {
                let shape = graph.shape(id);
                graph.input_shaped(shape)
            })
            .collect();
        let products = graph.hessian_vector(part.loss, &layers.parameters, &directions);
        let mut inputs = vec![layers.x, part.target, part.count, part.share];
        inputs.extend(&layers.parameters);
        inputs.extend(&directions);
        let plan = TensorPlan::compile(&graph, &inputs, &products);
        let len = |id: &NodeId| graph.shape(*id).len();
        Self {
            work: plan.workspace(),
            plan,
            data: Gathered::new(architecture, rows, aim, [len(&layers.x), len(&part.target)]),
            parts: layers.parameters.iter().map(len).collect(),
        }
    }

    /// The part's contribution to the product over the whole.
    pub(super) fn run(&mut self, whole: Whole, weights: &[T], direction: &[T], out: &mut [T]) {
        let ([count, share], [x, target]) = (self.data.weight(whole), self.data.columns());
        let mut inputs = SmallVec::new();
        inputs.extend([x, target, &count, &share]);
        push_parts(&mut inputs, weights, &self.parts);
        push_parts(&mut inputs, direction, &self.parts);
        let mut outputs: SmallVec<[&mut [T]; 64]> = SmallVec::new();
        let mut rest = out;
        for &len in &self.parts {
            let (own, behind) = rest.split_at_mut(len);
            outputs.push(own);
            rest = behind;
        }
        self.plan.run(&mut self.work, &inputs, &mut outputs);
    }
}
