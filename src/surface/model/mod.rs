//! Models with data: a prediction `w*x + b`, a loss `mean((p - y)^2)` over the columns of the data, and the points.
//!
//! Both are texts of the language over the parameters `w` and `b` (or one of them). In the loss `x`, `y` and `p` (the
//! prediction) are lists with a number for each point. The loss is a [`Surface`](super::Surface) over the parameters like
//! any other, and knows its rows, so that a mini-batch is a choice of them.

mod build;
mod catalogue;
mod choice;
mod minimum;
mod predictor;
mod sample;
mod table;

use serde::Deserialize;

use crate::lang::{Diagnostic, Expr};

pub use catalogue::{ModelEntry, find_model, model_surfaces, models};
pub use choice::ModelChoice;
pub use predictor::Predictor;
pub use sample::Sample;
pub use table::{TableError, read_points};

/// The names that may be parameters of a model, in the order of the axes.
pub const PARAMETERS: [&str; 2] = ["w", "b"];
/// The columns of the data.
pub const COLUMNS: [&str; 2] = ["x", "y"];
/// The prediction of each row, in the loss.
pub const PREDICTION: &str = "p";

/// A point of the data: input and target.
pub type DataPoint = [f64; 2];

/// What a surface with data has besides its formula, which is the loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The entry of the catalogue that it began with.
    pub entry: String,
    /// The text of the prediction.
    pub prediction: String,
    /// What it says.
    pub body: Expr,
    /// What is predicted.
    pub target: Target,
    /// The columns of the data, `x` and `y`.
    pub columns: Vec<Vec<f64>>,
}

impl Model {
    /// The points, in the order of the rows.
    pub fn points(&self) -> impl Iterator<Item = DataPoint> {
        let column = |k: usize| self.columns.get(k).into_iter().flatten().copied();
        column(0).zip(column(1)).map(|(x, y)| [x, y])
    }
}

/// What a model predicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// A number.
    #[default]
    Number,
    /// The probability of class 1; targets are 0 or 1.
    Class,
}

/// Why there is no such model.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelError {
    /// There is no entry of that name.
    Unknown(super::UnknownId),
    /// The prediction cannot be understood.
    Prediction {
        /// The text.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// The loss cannot be understood.
    Loss {
        /// The text.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// More points than there may be.
    TooManyPoints {
        /// How many there are.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A coordinate that is not finite.
    Point {
        /// Which row, from 0.
        row: usize,
        /// The coordinate.
        value: f64,
    },
    /// A target of a class that is neither 0 nor 1.
    Class {
        /// Which row, from 0.
        row: usize,
        /// The target.
        value: f64,
    },
    /// There is no such point.
    NoPoint {
        /// Which row, from 0.
        row: usize,
        /// How many points there are.
        count: usize,
    },
}
