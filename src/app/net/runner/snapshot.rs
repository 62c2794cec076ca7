//! What the training has come to, as one immutable value for the views.

use std::sync::Arc;

use super::{Fields, Study};
use crate::nn::{BatchStep, Measure, Place, Stop, TrainingError};
use crate::session::net::{Curve, Program};

/// The training at a step.
pub(in crate::app) struct Snapshot {
    /// Grows from snapshot to snapshot.
    pub number: u64,
    /// What is trained.
    pub program: Arc<Program>,
    /// The jump of the order that it belongs to.
    pub jump: u64,
    /// The mini-batch steps made.
    pub step: usize,
    /// The same within the epochs.
    pub place: Place,
    /// The farthest step that was made.
    pub farthest: usize,
    /// Whether it stands where it was wanted, or goes on freely; else it is on its way.
    pub arrived: bool,
    /// All parameters.
    pub weights: Arc<Vec<f64>>,
    /// The losses over all the data: at this very step, or, of a large net, at the last epoch's beginning.
    pub measured: Measured,
    /// The step that led here; none where it was wound to.
    pub batch: Option<BatchStep>,
    /// The gradient over all the training data, where it was wanted.
    pub gradient: Option<Arc<Vec<f64>>>,
    /// What else the view wanted to know.
    pub study: Option<Arc<Study>>,
    /// Why it cannot go on.
    pub stopped: Option<Stop>,
    /// The losses over the steps.
    pub curve: Arc<Curve>,
    /// What the neurons answer over the plane.
    pub fields: Option<Arc<Fields>>,
    /// How many steps a second were made lately.
    pub pace: Option<f64>,
    /// What does not go together in the program.
    pub trouble: Option<TrainingError>,
}

/// Losses over all the data.
#[derive(Clone, Copy, Default)]
pub(in crate::app) struct Measured {
    /// Of which step.
    pub step: usize,
    /// Over the training data.
    pub train: Option<Measure>,
    /// Over the test data.
    pub test: Option<Measure>,
}
