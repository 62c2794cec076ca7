//! Why a command was refused, or a document is none: data, the words belong to `explain`.

use super::{RacerId, SliceProblem};
use crate::lang::Diagnostic;
use crate::optim::{self, SettingError};
use crate::schedule::ScheduleError;
use crate::surface::{self, ModelError};

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// There is no such surface.
    UnknownSurface(surface::UnknownId),
    /// The model or its data cannot be.
    Model(ModelError),
    /// A slice of a net's loss cannot be.
    Slice(SliceProblem),
    /// What is descended has no data.
    NoData,
    /// There is no such optimizer.
    UnknownOptimizer(optim::UnknownId),
    /// The formula declares no such parameter.
    UnknownParam {
        /// What was asked for.
        name: String,
        /// The parameters that it declares.
        known: Vec<String>,
    },
    /// There is no such racer.
    UnknownRacer(RacerId),
    /// Two racers of one id.
    SameRacer(RacerId),
    /// A hyperparameter does not take this.
    Setting(SettingError),
    /// A document's formula cannot be understood.
    Formula {
        /// The formula.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// A document's rule cannot be understood.
    Rule {
        /// The rule.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// A document's schedule cannot be understood.
    Schedule {
        /// The schedule.
        text: String,
        /// What is wrong with it.
        error: Box<ScheduleError>,
    },
    /// A number that is not finite, or outside its limits.
    Number {
        /// Which.
        what: Number,
        /// The value.
        value: f64,
    },
    /// The start has too few or too many numbers for the surface.
    Dimension {
        /// The surface's.
        wanted: usize,
        /// The start's.
        found: usize,
    },
    /// More steps than are kept, or none.
    Steps {
        /// How many were asked for.
        asked: usize,
        /// How many are possible.
        limit: usize,
    },
    /// More racers than there may be.
    TooManyRacers {
        /// How many there may be.
        limit: usize,
    },
    /// The legs of a racer do not follow each other.
    Legs(RacerId),
    /// The racer has no fork to take back.
    NoFork(RacerId),
    /// There is nothing to take back, or to make again.
    NothingToUndo,
    /// The last racer cannot go.
    LastRacer,
    /// A range that is empty, or not one pair for each variable.
    Range,
    /// A map of a size that is none of [`super::MapChoice::SIZES`].
    MapSize {
        /// Cells along a side that were asked for.
        asked: usize,
    },
}

impl From<ModelError> for Refusal {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<SliceProblem> for Refusal {
    fn from(problem: SliceProblem) -> Self {
        Self::Slice(problem)
    }
}

/// Numbers of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// A coordinate of the start.
    Start,
    /// A parameter of the formula.
    Param,
    /// The standard deviation of the noise.
    Sigma,
    /// The speed.
    Speed,
    /// The place in time.
    Cursor,
    /// A number of the camera.
    Camera,
    /// How far along the tangent the linear approximation is looked at.
    Epsilon,
}
