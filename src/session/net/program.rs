//! The program of a training: everything that decides each of its steps, as one immutable value. Whoever advances the
//! training holds one, and sees by comparing up to where another says the same.

use std::sync::Arc;

use super::WeightEdit;
use crate::nn::{Architecture, Precision, Recipe, Split};

/// A stretch of a program.
#[derive(Clone)]
pub struct ProgramLeg {
    /// The step from which it holds.
    pub since: usize,
    /// How steps are made.
    pub recipe: Arc<Recipe>,
    /// Weights that are set before the step `since`.
    pub edits: Vec<WeightEdit>,
}

/// Everything that decides the steps of a training.
#[derive(Clone)]
pub struct Program {
    /// The data.
    pub split: Arc<Split>,
    /// The layers.
    pub architecture: Arc<Architecture>,
    /// The first weights.
    pub weights: Arc<Vec<f64>>,
    /// In which numbers.
    pub precision: Precision,
    /// The stretches, at least one; the first from step 0.
    pub legs: Vec<ProgramLeg>,
}

impl Program {
    /// The leg that makes the step after `step` others.
    pub fn leg_at(&self, step: usize) -> usize {
        self.legs.partition_point(|leg| leg.since <= step).saturating_sub(1)
    }

    /// Up to how many steps two programs are the same; none where they do not even begin in the same place.
    pub fn common_steps(&self, other: &Self) -> Option<usize> {
        let same_base = Arc::ptr_eq(&self.split, &other.split)
            && Arc::ptr_eq(&self.architecture, &other.architecture)
            && Arc::ptr_eq(&self.weights, &other.weights)
            && self.precision == other.precision;
        if !same_base {
            return None;
        }
        let same = |a: &ProgramLeg, b: &ProgramLeg| {
            a.since == b.since && Arc::ptr_eq(&a.recipe, &b.recipe) && a.edits == b.edits
        };
        let differ = self.legs.iter().zip(&other.legs).find(|(a, b)| !same(a, b)).map(|(a, b)| a.since.min(b.since));
        let longer = self.legs.get(other.legs.len()).or(other.legs.get(self.legs.len())).map(|leg| leg.since);
        Some(differ.or(longer).unwrap_or(usize::MAX))
    }
}
