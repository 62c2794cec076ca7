//! Why there is no figure: data, the words are somebody else's.

use super::request::View;
use crate::descent::SpecError;

/// Why a session has no figure of a kind.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// The view is one of losses with another number of variables.
    #[error("{view:?} needs {wanted} variables, not {found}")]
    Dimension {
        /// The view that was asked for.
        view: View,
        /// The number of variables that it shows.
        wanted: usize,
        /// The number of the session's.
        found: usize,
    },
    /// No racer is drawn that the view could be about.
    #[error("nobody descends")]
    Nobody,
    /// The steps of the rule are not proportional to the slope: no parabola tells how stable it is.
    #[error("the rule {0} is not linear")]
    NotLinear(String),
    /// The rule has only a rate.
    #[error("the rule {0} has no other setting")]
    NoOther(String),
    /// The method has no lines to be shown.
    #[error("the method {0} has no lines")]
    NoLines(String),
    /// The descent of a map cannot be.
    #[error("no descent")]
    Descent(SpecError),
    /// The figure is too small for what stands around its data; in points.
    #[error("no room on {0:?}")]
    Small([f64; 2]),
}

impl From<SpecError> for FigureError {
    fn from(error: SpecError) -> Self {
        Self::Descent(error)
    }
}
