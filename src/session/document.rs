//! The document: all that decides a picture, as one value. Saved as a scenario, compared, cloned, put back by undo.

use std::collections::BTreeMap;

use super::{NetSlice, Picture, Racer, RacerId, Transport};
use crate::descent::{Noise, StopRule};
use crate::objective::Batch;
use crate::surface::ModelChoice;

/// Which surface is descended.
#[derive(Clone, Debug, PartialEq)]
pub enum SurfaceChoice {
    /// An entry of the catalogue, by its id.
    Catalogue(String),
    /// A formula, as text of the language. Always one that can be understood: what is being typed and is not yet a
    /// formula is a [`super::Draft`].
    Formula(String),
    /// A model with its data.
    Model(ModelChoice),
    /// A slice of a net's loss.
    Slice(Box<NetSlice>),
}

/// The path that a racer had before a fork.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// The racer as it was; its id is the ghost's own, its start is always its own.
    pub racer: Racer,
    /// Whose path it was. The racer may be gone since.
    pub of: RacerId,
    /// The step of the fork: up to there the two paths are one.
    pub since: usize,
}

impl SurfaceChoice {
    /// Whether the two are the same but for the points of a model: they are looked at in the same way.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Model(one), Self::Model(other)) => {
                (&one.entry, &one.prediction, &one.loss) == (&other.entry, &other.prediction, &other.loss)
            }
            _ => self == other,
        }
    }
}

/// All that decides a picture. It is always whole: its texts can be understood, its numbers are finite, the racers'
/// settings fit their rules, the start fits the surface. Only [`super::Session::apply`] and scenarios make one.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What is descended.
    pub surface: SurfaceChoice,
    /// Values of the parameters that the surface's formula declares, where they differ from the declaration.
    pub params: BTreeMap<String, f64>,
    /// Where all racers start.
    pub start: Vec<f64>,
    /// The balls, in the order of the list.
    pub racers: Vec<Racer>,
    /// What balls would have done without a fork: paths that stay while something else is tried. Nothing changes them
    /// but the noise and the horizon. Their ids are apart from those of the racers.
    pub ghosts: Vec<Ghost>,
    /// The racer whose settings and numbers are shown.
    pub selected: RacerId,
    /// Noise on the gradients, the same for all racers.
    pub noise: Noise,
    /// The rows of data that each gradient sees, the same for all racers; without data it means nothing.
    pub batch: Batch,
    /// The horizon: how many steps are made at most.
    pub steps: usize,
    /// Whether a descent ends before the horizon when it has converged or diverged.
    pub stop: StopRule,
    /// Where in time the picture is.
    pub transport: Transport,
    /// View, layers, range and scales.
    pub picture: Picture,
}

impl Document {
    /// The largest horizon of a session: all descents are kept whole in memory and computed at once.
    pub const MAX_STEPS: usize = 100_000;
    /// The largest number of racers.
    pub const MAX_RACERS: usize = 32;
    /// The largest number of ghosts; the oldest gives way.
    pub const MAX_GHOSTS: usize = 8;

    /// The racer of an id.
    pub fn racer(&self, id: RacerId) -> Option<&Racer> {
        self.racers.iter().find(|racer| racer.id == id)
    }

    /// Where a racer starts.
    pub fn start_of<'a>(&'a self, racer: &'a Racer) -> &'a [f64] {
        racer.start.as_deref().unwrap_or(&self.start)
    }

    /// An id that neither a racer nor a ghost has.
    pub(super) fn free_id(&self) -> RacerId {
        let ids = self.racers.iter().map(|racer| racer.id.0).chain(self.ghosts.iter().map(|ghost| ghost.racer.id.0));
        RacerId(ids.max().map_or(0, |most| most.saturating_add(1)))
    }

    pub(super) fn racer_mut(&mut self, id: RacerId) -> Option<&mut Racer> {
        self.racers.iter_mut().find(|racer| racer.id == id)
    }
}
