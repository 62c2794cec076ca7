//! Curvature at a point: gradient, Hessian, its eigenvalues and directions, and what they say about the point.

use crate::num::linalg::{self, Eigen};
use crate::objective::Evaluator;

/// Value, slope and curvature at one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Curvature {
    /// Where.
    pub at: Vec<f64>,
    /// The loss.
    pub value: f64,
    /// The gradient.
    pub gradient: Vec<f64>,
    /// The Hessian, row by row.
    pub hessian: Vec<f64>,
    /// Its eigenvalues, ascending, and their directions; nan where the Hessian is not finite.
    pub eigen: Eigen,
}

/// What the eigenvalues of the Hessian say about a point where the gradient vanishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// All curve upward.
    Minimum,
    /// All curve downward.
    Maximum,
    /// Some up, some down.
    Saddle,
    /// Some do not curve at all (or not in a finite way), and the others do not make it a saddle: the Hessian cannot tell.
    Degenerate,
}

impl Nature {
    /// Of eigenvalues; those smaller than a billionth of the largest (in size) count as zero.
    pub fn of(eigenvalues: &[f64]) -> Self {
        if eigenvalues.iter().any(|value| !value.is_finite()) {
            return Self::Degenerate;
        }
        let zero = 1e-9 * linalg::norm_max(eigenvalues);
        let up = eigenvalues.iter().filter(|&&value| value > zero).count();
        let down = eigenvalues.iter().filter(|&&value| value < -zero).count();
        match (up, down) {
            (1.., 1..) => Self::Saddle,
            (1.., 0) if up == eigenvalues.len() => Self::Minimum,
            (0, 1..) if down == eigenvalues.len() => Self::Maximum,
            _ => Self::Degenerate,
        }
    }
}

impl Curvature {
    /// At a point of as many numbers as the evaluator's dimension.
    pub fn at(evaluator: &mut Evaluator, at: &[f64]) -> Self {
        let n = evaluator.dimension();
        let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
        let value = evaluator.hessian(at, &mut gradient, &mut hessian);
        let eigen = linalg::eigen(n, &hessian);
        Self { at: at.to_vec(), value, gradient, hessian, eigen }
    }

    /// What the point would be if the gradient vanished there.
    pub fn nature(&self) -> Nature {
        Nature::of(&self.eigen.values)
    }

    /// The largest eigenvalue.
    pub fn sharpness(&self) -> Option<f64> {
        self.eigen.values.last().copied().filter(|value| value.is_finite())
    }

    /// The condition number: the largest over the smallest eigenvalue, where all are positive.
    pub fn condition(&self) -> Option<f64> {
        match (self.eigen.values.first(), self.sharpness()) {
            (Some(&least), Some(most)) if least > 0.0 => Some(most / least),
            _ => None,
        }
    }

    /// The largest learning rate with which gradient descent with heavy-ball momentum μ is stable on the parabola that
    /// fits here: `2(1 + μ)/λmax` (Polyak 1964). None where no direction curves upward.
    pub fn stable_rate(&self, momentum: f64) -> Option<f64> {
        self.sharpness().filter(|&most| most > 0.0).map(|most| 2.0 * (1.0 + momentum) / most)
    }
}

#[cfg(test)]
mod tests {
    use super::Nature;

    #[test]
    fn nature_of_eigenvalues() {
        for (values, nature) in [
            (vec![1.0], Nature::Minimum),
            (vec![1e-3, 4.0], Nature::Minimum),
            (vec![-4.0, -1.0], Nature::Maximum),
            (vec![-1.0, 2.0], Nature::Saddle),
            (vec![0.0, 0.0], Nature::Degenerate),
            (vec![0.0, 2.0], Nature::Degenerate),
            (vec![-2.0, 0.0], Nature::Degenerate),
            (vec![-1.0, 0.0, 2.0], Nature::Saddle),
            (vec![f64::NAN, 2.0], Nature::Degenerate),
            (vec![2.0, f64::INFINITY], Nature::Degenerate),
            (vec![], Nature::Degenerate),
        ] {
            assert_eq!(Nature::of(&values), nature, "{values:?}");
        }
    }
}
