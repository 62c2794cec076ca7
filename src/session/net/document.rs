//! The document of the network laboratory: all that decides a training and its picture, as one value.

use crate::nn::data::DataSpec;
use crate::nn::{Initializer, Layer, Loss, Penalty, Precision};
use crate::objective::Batch;
use crate::session::Drive;

use super::NetPicture;

/// What may change while a training runs.
#[derive(Clone, Debug, PartialEq)]
pub struct NetRecipe {
    /// The loss that is minimized.
    pub loss: Loss,
    /// What is added to it for the size of the weights.
    pub penalty: Penalty,
    /// The share of hidden activations that a training step leaves out.
    pub dropout: f64,
    /// The update rule with its settings and schedule.
    pub drive: Drive,
    /// How many rows a step sees, and in which order.
    pub batch: Batch,
    /// Whether the rows are shuffled anew for each epoch.
    pub shuffle: bool,
}

/// A weight or a bias that the hand has set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightEdit {
    /// Its place among the parameters.
    pub place: usize,
    /// Its value.
    pub value: f64,
}

/// A stretch of the training that was made with one recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct NetLeg {
    /// The step from which it holds; the first leg's is 0.
    pub since: usize,
    /// The recipe.
    pub recipe: NetRecipe,
    /// Weights that are set before the step `since` is made, in order.
    pub edits: Vec<WeightEdit>,
}

/// How fast time goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// So many mini-batch steps a second.
    Steps(f64),
    /// As fast as the machine can.
    Full,
}

/// Where in time the picture is, and how time goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct NetTransport {
    /// Whether time goes on by itself.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// The mini-batch steps that are made.
    pub step: usize,
    /// Which part of the next step is lit in the training loop, below [`PHASES`].
    pub phase: usize,
}

/// The parts of a step: draw a batch, forward, loss, backward and update.
pub const PHASES: usize = 4;

impl Default for NetTransport {
    fn default() -> Self {
        Self { playing: false, speed: Speed::Full, step: 0, phase: 0 }
    }
}

impl NetTransport {
    /// The paces that are offered, in steps a second; faster than the last is [`Speed::Full`].
    pub const PACES: [f64; 10] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];

    /// The next faster or slower speed.
    pub fn next_speed(&self, faster: bool) -> Speed {
        let paces = &Self::PACES;
        match (self.speed, faster) {
            (Speed::Full, true) => Speed::Full,
            (Speed::Full, false) => Speed::Steps(paces[paces.len() - 1]),
            (Speed::Steps(pace), true) => {
                paces.iter().find(|known| **known > pace * 1.0001).map_or(Speed::Full, |known| Speed::Steps(*known))
            }
            (Speed::Steps(pace), false) => {
                Speed::Steps(paces.iter().rev().find(|known| **known < pace * 0.9999).copied().unwrap_or(pace))
            }
        }
    }
}

/// All that decides a training and its picture. It is always whole: the layers fit the data, the loss fits both, the
/// settings fit the rule, every edit fits the net. Only [`super::NetSession::apply`] and scenarios make one.
#[derive(Clone, Debug, PartialEq)]
pub struct NetDocument {
    /// What is learned from.
    pub data: DataSpec,
    /// The layers; the last one is the output.
    pub layers: Vec<Layer>,
    /// How the first weights are drawn.
    pub initializer: Initializer,
    /// Which first weights.
    pub seed: u64,
    /// In which numbers the net computes.
    pub precision: Precision,
    /// The recipes with the steps from which each holds; never empty, the first from step 0, each later than the one
    /// before.
    pub legs: Vec<NetLeg>,
    /// Where in time the picture is.
    pub transport: NetTransport,
    /// How the net is looked at.
    pub picture: NetPicture,
}

impl NetDocument {
    /// The most hidden layers.
    pub const MAX_HIDDEN: usize = 12;
    /// The most units of a layer.
    pub const MAX_UNITS: usize = 4096;
    /// The most parameters.
    pub const MAX_PARAMETERS: usize = 20_000_000;
    /// The most legs.
    pub const MAX_LEGS: usize = 10_000;
    /// The most edits of all legs together.
    pub const MAX_EDITS: usize = 100_000;

    /// The leg that makes the next step.
    pub fn leg(&self) -> Option<&NetLeg> {
        self.legs.iter().rev().find(|leg| leg.since <= self.transport.step).or(self.legs.first())
    }

    /// The recipe of the next step.
    pub fn recipe(&self) -> Option<&NetRecipe> {
        self.leg().map(|leg| &leg.recipe)
    }

    /// Up to which step two documents train alike; none where not even the beginning is the same.
    pub(super) fn common_steps(&self, other: &Self) -> Option<usize> {
        let base =
            |document: &Self| (document.data.clone(), document.layers.clone(), document.initializer, document.seed);
        if base(self) != base(other) || self.precision != other.precision {
            return None;
        }
        Some(common(&self.legs, &other.legs))
    }
}

/// Up to which step two programs of legs are the same; the largest number if they are altogether.
pub(super) fn common(one: &[NetLeg], other: &[NetLeg]) -> usize {
    let differ = one.iter().zip(other).find(|(a, b)| a != b).map(|(a, b)| a.since.min(b.since));
    let longer = one.get(other.len()).or(other.get(one.len())).map(|leg| leg.since);
    differ.or(longer).unwrap_or(usize::MAX)
}
