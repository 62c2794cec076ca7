//! What is minimized: anything that can add its loss to a graph. Value, gradient and Hessian follow from the core.
//!
//! An [`Objective`] says how its loss is computed. It does not know who minimizes it, from where, or how it is drawn.

use std::ops::{Add, AddAssign};
use std::sync::Arc;

use crate::autodiff::{Graph, NodeId, Plan, Workspace};

/// A loss of `dimension` parameters, as text that was lowered, a net with its data, or anything else that is made of
/// the operations of the core.
pub trait Objective: Send + Sync {
    /// How many parameters the loss has.
    fn dimension(&self) -> usize;

    /// Adds the loss at the parameters `w` (as many scalars as [`Objective::dimension`]) to the graph: one scalar node.
    fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId;
}

/// How often a loss was looked at. An evaluation that yields several of them counts once in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Values of the loss.
    pub values: u64,
    /// Gradients.
    pub gradients: u64,
    /// Hessians, or products of the Hessian with a vector.
    pub hessians: u64,
}

impl Counts {
    /// Nothing was evaluated.
    pub const ZERO: Self = Self { values: 0, gradients: 0, hessians: 0 };
    /// One value.
    pub const VALUE: Self = Self { values: 1, gradients: 0, hessians: 0 };
    /// A value and a gradient at the same point.
    pub const GRADIENT: Self = Self { values: 1, gradients: 1, hessians: 0 };
    /// A value, a gradient and a Hessian at the same point.
    pub const HESSIAN: Self = Self { values: 1, gradients: 1, hessians: 1 };
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.values = self.values.saturating_add(other.values);
        self.gradients = self.gradients.saturating_add(other.gradients);
        self.hessians = self.hessians.saturating_add(other.hessians);
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::ZERO, Add::add)
    }
}

/// Values, gradients and Hessians of one objective at points, counted. Each of the three is compiled at its first use;
/// after that nothing is allocated. Give every thread its own.
#[derive(Clone)]
pub struct Evaluator {
    objective: Arc<dyn Objective>,
    value: Option<Compiled>,
    gradient: Option<Compiled>,
    hessian: Option<Compiled>,
    counts: Counts,
}

/// A plan with its buffers.
#[derive(Clone)]
struct Compiled {
    plan: Plan<f64>,
    work: Workspace<f64>,
    out: Vec<f64>,
}

impl Compiled {
    /// Compiles what `outputs` makes of the graph, the parameters and the loss.
    fn new(objective: &dyn Objective, outputs: impl FnOnce(&mut Graph, &[NodeId], NodeId) -> Vec<NodeId>) -> Self {
        let mut graph = Graph::new();
        let w: Vec<NodeId> = (0..objective.dimension()).map(|_| graph.input()).collect();
        let loss = objective.build(&mut graph, &w);
        let outputs = outputs(&mut graph, &w, loss);
        let plan = Plan::compile(&graph, &w, &[], &outputs);
        let work = plan.workspace();
        Self { plan, work, out: vec![0.0; outputs.len()] }
    }

    fn value(objective: &dyn Objective) -> Self {
        Self::new(objective, |_, _, loss| vec![loss])
    }

    fn gradient(objective: &dyn Objective) -> Self {
        Self::new(objective, |graph, w, loss| {
            let mut outputs = vec![loss];
            outputs.extend(graph.grad(loss, w));
            outputs
        })
    }

    /// The value, the gradient and the upper triangle of the Hessian, row by row.
    fn hessian(objective: &dyn Objective) -> Self {
        Self::new(objective, |graph, w, loss| {
            let mut outputs = vec![loss];
            outputs.extend(graph.grad(loss, w));
            let rows = graph.hessian(loss, w);
            outputs.extend(rows.iter().enumerate().flat_map(|(i, row)| row.iter().skip(i)));
            outputs
        })
    }

    fn run(&mut self, w: &[f64]) -> &[f64] {
        self.plan.run_point(&mut self.work, w, &[], &mut self.out);
        &self.out
    }
}

impl Evaluator {
    /// An evaluator that has compiled and counted nothing yet.
    pub fn new(objective: Arc<dyn Objective>) -> Self {
        Self { objective, value: None, gradient: None, hessian: None, counts: Counts::ZERO }
    }

    /// What is evaluated.
    pub fn objective(&self) -> &Arc<dyn Objective> {
        &self.objective
    }

    /// How many parameters the objective has.
    pub fn dimension(&self) -> usize {
        self.objective.dimension()
    }

    /// What was evaluated so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What was evaluated since this was last asked.
    pub fn take_counts(&mut self) -> Counts {
        std::mem::take(&mut self.counts)
    }

    /// The loss at `w`.
    ///
    /// # Panics
    ///
    /// As the methods below: when a slice is shorter than the dimension asks.
    pub fn value(&mut self, w: &[f64]) -> f64 {
        self.counts += Counts::VALUE;
        let compiled = self.value.get_or_insert_with(|| Compiled::value(&*self.objective));
        compiled.run(w)[0]
    }

    /// The loss at `w`; its gradient is written to `gradient`.
    pub fn gradient(&mut self, w: &[f64], gradient: &mut [f64]) -> f64 {
        self.counts += Counts::GRADIENT;
        let n = self.objective.dimension();
        let compiled = self.gradient.get_or_insert_with(|| Compiled::gradient(&*self.objective));
        let out = compiled.run(w);
        gradient[..n].copy_from_slice(&out[1..=n]);
        out[0]
    }

    /// The loss at `w`; its gradient is written to `gradient`, its Hessian, row by row, to `hessian`.
    pub fn hessian(&mut self, w: &[f64], gradient: &mut [f64], hessian: &mut [f64]) -> f64 {
        self.counts += Counts::HESSIAN;
        let n = self.objective.dimension();
        let compiled = self.hessian.get_or_insert_with(|| Compiled::hessian(&*self.objective));
        let out = compiled.run(w);
        gradient[..n].copy_from_slice(&out[1..=n]);
        let mut next = n + 1;
        for i in 0..n {
            for j in i..n {
                hessian[i * n + j] = out[next];
                hessian[j * n + i] = out[next];
                next += 1;
            }
        }
        out[0]
    }

    /// The losses at many points: `w[k][lane]` is parameter `k` of point `lane`. For pictures: not counted.
    pub fn values(&mut self, w: &[&[f64]], out: &mut [f64]) {
        let compiled = self.value.get_or_insert_with(|| Compiled::value(&*self.objective));
        compiled.plan.run_lanes(&mut compiled.work, out.len(), w, &[], &mut [out]);
    }

    /// The losses and gradients at many points: `gradient[k][lane]` is its component `k`. For pictures: not counted.
    pub fn gradients(&mut self, w: &[&[f64]], out: &mut [f64], gradient: &mut [&mut [f64]]) {
        let compiled = self.gradient.get_or_insert_with(|| Compiled::gradient(&*self.objective));
        let lanes = out.len();
        let mut columns: Vec<&mut [f64]> = Vec::with_capacity(1 + gradient.len());
        columns.push(out);
        columns.extend(gradient.iter_mut().map(|column| &mut **column));
        compiled.plan.run_lanes(&mut compiled.work, lanes, w, &[], &mut columns);
    }
}

#[cfg(test)]
mod tests {
    use super::{Arc, Counts, Evaluator, Graph, NodeId, Objective};

    /// `x^2*y + 3*y`
    struct Product;

    impl Objective for Product {
        fn dimension(&self) -> usize {
            2
        }

        fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId {
            let square = graph.powi(w[0], 2);
            let (three, curved) = (graph.constant(3.0), graph.mul(square, w[1]));
            let straight = graph.mul(three, w[1]);
            graph.add(curved, straight)
        }
    }

    #[test]
    fn value_gradient_and_hessian_agree_and_are_counted() {
        let mut evaluator = Evaluator::new(Arc::new(Product));
        let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
        assert_eq!(evaluator.value(&[2.0, 5.0]), 35.0);
        assert_eq!(evaluator.gradient(&[2.0, 5.0], &mut gradient), 35.0);
        assert_eq!(gradient, [20.0, 7.0]);
        assert_eq!(evaluator.hessian(&[2.0, 5.0], &mut gradient, &mut hessian), 35.0);
        assert_eq!((gradient, hessian), ([20.0, 7.0], [10.0, 4.0, 4.0, 0.0]));
        assert_eq!(evaluator.take_counts(), [Counts::VALUE, Counts::GRADIENT, Counts::HESSIAN].into_iter().sum());
        assert_eq!(evaluator.counts(), Counts::ZERO);
    }

    #[test]
    fn lanes_give_what_points_give() {
        let mut evaluator = Evaluator::new(Arc::new(Product));
        let (x, y) = ([0.5, -1.0, 3.0], [2.0, 4.0, 0.25]);
        let (mut values, mut gx, mut gy, mut gradient) = ([0.0; 3], [0.0; 3], [0.0; 3], [0.0; 2]);
        evaluator.values(&[&x, &y], &mut values);
        let only_values = values;
        evaluator.gradients(&[&x, &y], &mut values, &mut [&mut gx, &mut gy]);
        assert_eq!(values, only_values);
        for lane in 0..3 {
            assert_eq!(values[lane], evaluator.gradient(&[x[lane], y[lane]], &mut gradient));
            assert_eq!([gx[lane], gy[lane]], gradient);
        }
    }
}
