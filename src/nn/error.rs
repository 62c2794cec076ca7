//! Why there is no such training, and why one has stopped.

use super::architecture::ArchitectureError;
use super::targets::TargetError;
use crate::optim::BindError;

/// Why there is no such training.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrainingError {
    /// There can be no such net.
    #[error(transparent)]
    Architecture(#[from] ArchitectureError),
    /// There is no row to learn from.
    #[error("no rows to learn from")]
    NoRows,
    /// The data have another number of inputs than the net.
    #[error("the net has {wanted} inputs, the data {found}")]
    Inputs {
        /// The inputs of the net.
        wanted: usize,
        /// Those of the data.
        found: usize,
    },
    /// The loss cannot read the targets.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Not as many weights as the net has parameters.
    #[error("{wanted} parameters wanted, {found} found")]
    Weights {
        /// The parameters of the net.
        wanted: usize,
        /// The numbers that were given.
        found: usize,
    },
    /// A weight that is not finite.
    #[error("parameter {index} is {value}")]
    Weight {
        /// Its place in the flat vector.
        index: usize,
        /// What it is.
        value: f64,
    },
    /// The settings mean nothing, or the rule cannot be compiled.
    #[error("{0:?}")]
    Optimizer(BindError),
    /// A method that needs more than the gradient of a batch.
    #[error("`{id}` does not train nets")]
    Native {
        /// Its id.
        id: String,
    },
    /// The dropped share is not in `[0, 1)`.
    #[error("{0} of the neurons cannot be dropped")]
    Dropout(f64),
    /// A factor of the penalty is negative or not finite.
    #[error("a penalty of {0}")]
    Penalty(f64),
}

/// The first value that is not finite, with which a training ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// What it is.
    pub what: Broken,
    /// Its value: infinite, or not a number.
    pub value: f64,
    /// The steps that were made.
    pub step: usize,
    /// The epochs that were finished.
    pub epoch: usize,
    /// The learning rate of the last step.
    pub rate: f64,
}

/// What is not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The loss of a batch. Its update was not made.
    Loss,
    /// A parameter after an update.
    Weight {
        /// Its place in the flat vector.
        index: usize,
    },
}
