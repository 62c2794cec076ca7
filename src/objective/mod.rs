//! What is minimized: anything that can add its loss to a graph. Value, gradient and Hessian follow from the core.
//!
//! An [`Objective`] says how its loss is computed. It does not know who minimizes it, from where, or how it is drawn. A
//! loss over rows of data says so ([`Objective::data`]): then it is compiled once for so many rows, whatever they are, and
//! a mini-batch is a choice of rows.

mod batch;
mod compiled;
mod evaluator;

use std::ops::{Add, AddAssign};

use crate::autodiff::{Graph, NodeId};

pub use batch::{Batch, Dealer};
pub use compiled::Values;
pub use evaluator::Evaluator;

/// A loss of `dimension` parameters, as text that was lowered, a net with its data, or anything else that is made of
/// the operations of the core.
pub trait Objective: Send + Sync {
    /// How many parameters the loss has.
    fn dimension(&self) -> usize;

    /// Adds the loss at the parameters `w` (as many scalars as [`Objective::dimension`]) to the graph: one scalar node,
    /// made of scalars only. A loss over data has all its rows in it: for plans that run over many points at once.
    fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId;

    /// The loss as one over rows of data; none for a loss without data.
    fn data(&self) -> Option<&dyn DataLoss> {
        None
    }
}

/// A loss over rows of data, one number a column in each.
pub trait DataLoss: Send + Sync {
    /// The columns, all of one length.
    fn columns(&self) -> &[Vec<f64>];

    /// How many rows there are.
    fn rows(&self) -> usize {
        self.columns().first().map_or(0, Vec::len)
    }

    /// Adds the loss at the parameters `w` over rows to the graph: one scalar node. `columns` are nodes of the shape
    /// `rows × 1`, in the order of [`DataLoss::columns`]; there is at least one row.
    fn build_over(&self, graph: &mut Graph, w: &[NodeId], columns: &[NodeId]) -> NodeId;
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
    /// Rows of data that the gradients were computed of: all of them for a whole gradient, those of the mini-batch for a
    /// mini-batch's; 0 without data. What makes large and small batches comparable.
    pub rows: u64,
}

impl Counts {
    /// Nothing was evaluated.
    pub const ZERO: Self = Self { values: 0, gradients: 0, hessians: 0, rows: 0 };
    /// One value.
    pub const VALUE: Self = Self { values: 1, gradients: 0, hessians: 0, rows: 0 };
    /// A value and a gradient at the same point.
    pub const GRADIENT: Self = Self { values: 1, gradients: 1, hessians: 0, rows: 0 };
    /// A value, a gradient and a Hessian at the same point.
    pub const HESSIAN: Self = Self { values: 1, gradients: 1, hessians: 1, rows: 0 };

    /// The same with so many rows of data for each gradient.
    pub fn over(self, rows: usize) -> Self {
        Self { rows: self.gradients.saturating_mul(rows as u64), ..self }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.values = self.values.saturating_add(other.values);
        self.gradients = self.gradients.saturating_add(other.gradients);
        self.hessians = self.hessians.saturating_add(other.hessians);
        self.rows = self.rows.saturating_add(other.rows);
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Counts, Evaluator, Graph, NodeId, Objective};

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
