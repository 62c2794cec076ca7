//! What is minimized: anything that can add its loss to a graph. Value, gradient and Hessian follow from the core.
//!
//! An [`Objective`] says how its loss is computed. It does not know who minimizes it, from where, or how it is drawn.

use std::ops::{Add, AddAssign};

use crate::autodiff::{Graph, NodeId};

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
