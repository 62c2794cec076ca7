//! Checkpoints: all that a training needs to go on from a step exactly.

use super::deal::Place;
use crate::schedule::Cursor;

/// Numbers of either precision.
#[derive(Clone, Debug, PartialEq)]
pub enum Numbers {
    /// Single.
    F32(Vec<f32>),
    /// Double.
    F64(Vec<f64>),
}

impl Numbers {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::F32(values) => values.len(),
            Self::F64(values) => values.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A moment of a training: going on from it repeats every bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    pub(super) weights: Numbers,
    /// The states of the optimizer by name.
    pub(super) memory: Vec<(String, Numbers)>,
    /// The steps that the optimizer has counted.
    pub(super) t: u64,
    pub(super) place: Place,
    pub(super) cursor: Option<Cursor>,
}

impl Checkpoint {
    /// Where the training was.
    pub fn place(&self) -> Place {
        self.place
    }

    /// How many numbers it keeps.
    pub fn numbers(&self) -> usize {
        self.weights.len() + self.memory.iter().map(|(_, state)| state.len()).sum::<usize>()
    }
}
