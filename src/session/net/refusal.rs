//! Why a command was refused, or a document is none: data, the words belong to `explain`.

use crate::lang::Diagnostic;
use crate::nn::data::DataError;
use crate::nn::{Loss, TrainingError};
use crate::optim::{self, SettingError};
use crate::schedule::ScheduleError;
use crate::session::Refusal;

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum NetRefusal {
    /// There is no such data.
    Data(DataError),
    /// Data, layers, loss and recipe do not go together.
    Training(TrainingError),
    /// There is no such optimizer.
    UnknownOptimizer(optim::UnknownId),
    /// A method that trains no nets: it steps by itself and needs the whole loss at every step.
    Native(String),
    /// A hyperparameter does not take this.
    Setting(SettingError),
    /// A rule cannot be understood.
    Rule {
        /// The rule.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// A schedule cannot be understood.
    Schedule {
        /// The schedule.
        text: String,
        /// What is wrong with it.
        error: Box<ScheduleError>,
    },
    /// A loss that means nothing for these targets.
    Loss(Loss),
    /// More layers than there may be.
    TooManyLayers {
        /// How many hidden ones there may be.
        limit: usize,
    },
    /// There is no such layer, or it is the output, which stays.
    NoLayer(usize),
    /// The number of units of the output is that of what is learned.
    OutputUnits {
        /// How many the data wants.
        wanted: usize,
        /// How many there are.
        found: usize,
    },
    /// A number of units that is none.
    Units {
        /// How many were asked for.
        asked: usize,
        /// How many there may be.
        limit: usize,
    },
    /// More parameters than fit.
    TooManyParameters {
        /// How many there would be.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// There is no such parameter.
    NoWeight(usize),
    /// A share or a strength outside of its limits.
    Number {
        /// The value.
        value: f64,
        /// The least and the most.
        range: [f64; 2],
    },
    /// The legs of the training do not follow each other, or there is none.
    Legs,
    /// More changes of the recipe than are kept.
    TooManyLegs {
        /// How many are kept.
        limit: usize,
    },
    /// There is nothing to take back, or to make again.
    NothingToUndo,
}

impl From<DataError> for NetRefusal {
    fn from(error: DataError) -> Self {
        Self::Data(error)
    }
}

impl From<TrainingError> for NetRefusal {
    fn from(error: TrainingError) -> Self {
        Self::Training(error)
    }
}

/// What reading a rule or finding an optimizer says, which both laboratories do in one way.
impl From<Refusal> for NetRefusal {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownOptimizer(unknown) => Self::UnknownOptimizer(unknown),
            Refusal::Rule { text, problems } => Self::Rule { text, problems },
            Refusal::Schedule { text, error } => Self::Schedule { text, error },
            Refusal::Setting(error) => Self::Setting(error),
            _ => Self::NothingToUndo,
        }
    }
}
