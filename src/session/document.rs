//! The document: all that decides a picture, as one value. Saved as a scenario, compared, cloned, put back by undo.

use std::collections::BTreeMap;

use super::{Picture, Racer, RacerId, Transport};
use crate::descent::{Noise, StopRule};

/// Which surface is descended.
#[derive(Clone, Debug, PartialEq)]
pub enum SurfaceChoice {
    /// An entry of the catalogue, by its id.
    Catalogue(String),
    /// A formula, as text of the language. Always one that can be understood: what is being typed and is not yet a
    /// formula is a [`super::Draft`].
    Formula(String),
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
    /// The racer whose settings and numbers are shown.
    pub selected: RacerId,
    /// Noise on the gradients, the same for all racers.
    pub noise: Noise,
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
    pub const MAX_RACERS: usize = 16;

    /// The racer of an id.
    pub fn racer(&self, id: RacerId) -> Option<&Racer> {
        self.racers.iter().find(|racer| racer.id == id)
    }

    pub(super) fn racer_mut(&mut self, id: RacerId) -> Option<&mut Racer> {
        self.racers.iter_mut().find(|racer| racer.id == id)
    }
}
