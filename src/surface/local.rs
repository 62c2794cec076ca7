//! The parabola that fits at a point (Taylor to the second order), and what kind of place the point is.

use super::Curvature;
use super::Nature;
use crate::num::linalg::{self, dot, norm};

/// What kind of place a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It goes down somewhere, noticeably.
    Slope,
    /// Nearly level, and all directions bend upward.
    Minimum,
    /// Nearly level, and all directions bend downward.
    Maximum,
    /// Nearly level, up in one direction and down in another.
    Saddle,
    /// Nearly level, and it hardly bends: it stays level for a while.
    Plateau,
    /// Nearly level, and the second order cannot tell.
    Unclear,
}

/// Of the steepest slope, what counts as level.
pub const LEVEL: f64 = 0.01;

impl Curvature {
    /// The parabola's value at a point.
    pub fn model(&self, w: &[f64]) -> f64 {
        let by: Vec<f64> = w.iter().zip(&self.at).map(|(a, b)| a - b).collect();
        let bent: Vec<f64> = self.hessian.chunks_exact(by.len().max(1)).map(|row| dot(row, &by)).collect();
        self.value + dot(&self.gradient, &by) + 0.5 * dot(&by, &bent)
    }

    /// Where the parabola is level: its lowest point, its highest, or its saddle. None where some direction does not
    /// bend.
    pub fn newton_point(&self) -> Option<Vec<f64>> {
        let values = &self.eigen.values;
        let least = values.iter().fold(f64::INFINITY, |least, value| least.min(value.abs()));
        if values.iter().any(|value| !value.is_finite()) || least <= 1e-12 * linalg::norm_max(values) {
            return None;
        }
        let step = linalg::solve(&self.hessian, &self.gradient).ok()?;
        let point: Vec<f64> = self.at.iter().zip(&step).map(|(w, by)| w - by).collect();
        point.iter().all(|x| x.is_finite()).then_some(point)
    }

    /// What kind of place this is, measured by the steepest slope and by a width that are usual here. Level is what is
    /// below [`LEVEL`] of the steepest; a plateau is what would still be level a width away.
    pub fn place(&self, steepest: f64, width: f64) -> Place {
        let slope = norm(&self.gradient);
        if !slope.is_finite() || slope > LEVEL * steepest {
            return Place::Slope;
        }
        if linalg::norm_max(&self.eigen.values) * width <= LEVEL * steepest {
            return Place::Plateau;
        }
        match self.nature() {
            Nature::Minimum => Place::Minimum,
            Nature::Maximum => Place::Maximum,
            Nature::Saddle => Place::Saddle,
            Nature::Degenerate => Place::Unclear,
        }
    }
}
