//! Where the loss of a model is lowest: looked for, since it moves with the data.

use std::sync::Arc;

use crate::num::linalg::{Cholesky, norm_max};
use crate::objective::Evaluator;
use crate::surface::{Critical, CriticalKind, Nature, Surface};

/// Places on an axis of the coarse search.
const PLACES: usize = 25;
/// Steps of Newton's method at most.
const STEPS: usize = 60;

impl Surface {
    /// Looks for the minimum of a surface with data: Newton's method, damped, from the lowest of a grid over the domain. Known
    /// afterwards if it was reached; a loss that falls without end, or is kinked at its lowest, has none.
    pub fn find_minima(&mut self) {
        if self.model.is_none() {
            return;
        }
        let mut evaluator = Evaluator::new(Arc::new(self.clone()));
        self.minima =
            lowest(&mut evaluator, &self.domain).and_then(|at| newton(&mut evaluator, at)).into_iter().collect();
    }
}

/// The lowest place of the grid.
fn lowest(evaluator: &mut Evaluator, domain: &[[f64; 2]]) -> Option<Vec<f64>> {
    let count = PLACES.pow(u32::try_from(domain.len()).unwrap_or(1));
    let place = |k: usize, [low, high]: [f64; 2]| low + (high - low) * (k as f64 / (PLACES - 1) as f64);
    let columns: Vec<Vec<f64>> = domain
        .iter()
        .enumerate()
        .map(|(axis, &range)| {
            let stride = PLACES.pow(u32::try_from(axis).unwrap_or(0));
            (0..count).map(|k| place(k / stride % PLACES, range)).collect()
        })
        .collect();
    let mut values = vec![f64::NAN; count];
    let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    evaluator.values(&inputs, &mut values);
    let finite = values.iter().enumerate().filter(|(_, value)| value.is_finite());
    let (best, _) = finite.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    Some(columns.iter().map(|column| column[best]).collect())
}

/// Newton's method with Levenberg's damping, to where there is no step left and every direction curves upward.
fn newton(evaluator: &mut Evaluator, mut at: Vec<f64>) -> Option<Critical> {
    let n = at.len();
    let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
    let mut damping = 0.0;
    let mut value = evaluator.hessian(&at, &mut gradient, &mut hessian);
    for _ in 0..STEPS {
        if norm_max(&gradient) <= 1e-13 * (1.0 + norm_max(&hessian)) {
            break;
        }
        let scale = norm_max(&hessian).max(1e-12);
        let mut damped = hessian.clone();
        damped.iter_mut().step_by(n + 1).for_each(|diagonal| *diagonal += damping);
        let step = Cholesky::new(n, &damped).ok().map(|factor| factor.solve(&gradient));
        let trial: Option<Vec<f64>> = step.map(|step| at.iter().zip(step).map(|(w, s)| w - s).collect());
        let lower = trial.filter(|trial| evaluator.value(trial) <= value);
        damping = if lower.is_some() { damping * 0.1 } else { (damping * 10.0).max(1e-3 * scale) };
        if let Some(trial) = lower {
            at = trial;
            value = evaluator.hessian(&at, &mut gradient, &mut hessian);
        }
    }
    let curvature = crate::surface::Curvature::at(evaluator, &at);
    // The step that is left must be nothing: a loss that falls toward infinity is flat there, but never done.
    let left = Cholesky::new(n, &curvature.hessian).ok()?.solve(&curvature.gradient);
    let minimum = norm_max(&left) <= 1e-6 * (1.0 + norm_max(&at)) && curvature.nature() == Nature::Minimum;
    (minimum && value.is_finite()).then_some(Critical { at, value, kind: CriticalKind::Global })
}
