//! The methods that no rule of the language can say: they need the Hessian, search along a line, or use no gradient.
//! A file a method. Each keeps all that it remembers in [`State::memory`](super::State), and reports its evaluations.

mod along;
mod backtracking;
mod conjugate_gradient;
mod damped_newton;
mod finite_differences;
mod lbfgs;
mod nelder_mead;
mod newton;

use std::sync::Arc;

use serde::Deserialize;

use super::Stepper;
use crate::objective::Objective;

/// Which native method an entry of the catalogue means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the methods' own")]
pub enum Native {
    Newton,
    DampedNewton,
    Lbfgs,
    Backtracking,
    ConjugateGradient,
    NelderMead,
    FiniteDifferences,
}

impl Native {
    /// The hyperparameters that the method wants besides the rate, in the order in which it takes them.
    pub const fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Newton => &[],
            Self::DampedNewton => &["damping", "factor"],
            Self::Lbfgs => &["history", "c1", "c2"],
            Self::Backtracking => &["c1", "backtrack"],
            Self::ConjugateGradient => &["c1", "c2"],
            Self::NelderMead => &["reflection", "expansion", "contraction", "shrink"],
            Self::FiniteDifferences => &["h"],
        }
    }

    /// The method for an objective; `settings` are the values of [`Native::settings`].
    pub(super) fn stepper(self, settings: &[f64], objective: Arc<dyn Objective>) -> Box<dyn Stepper> {
        let at = |k: usize| settings.get(k).copied().unwrap_or(f64::NAN);
        match self {
            Self::Newton => Box::new(newton::Newton::new(objective)),
            Self::DampedNewton => Box::new(damped_newton::DampedNewton::new(objective, at(0), at(1))),
            Self::Lbfgs => Box::new(lbfgs::Lbfgs::new(objective, at(0) as usize, at(1), at(2))),
            Self::Backtracking => Box::new(backtracking::Backtracking::new(objective, at(0), at(1))),
            Self::ConjugateGradient => Box::new(conjugate_gradient::ConjugateGradient::new(objective, at(0), at(1))),
            Self::NelderMead => Box::new(nelder_mead::NelderMead::new(objective, [at(0), at(1), at(2), at(3)])),
            Self::FiniteDifferences => Box::new(finite_differences::FiniteDifferences::new(objective, at(0))),
        }
    }
}
