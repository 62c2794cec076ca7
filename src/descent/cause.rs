//! Why a descent diverged: looked for in its history, with the numbers that prove it.

use super::history::History;
use super::outcome::Cause;
use super::spec::Spec;
use super::stability::Character;
use crate::num::linalg;
use crate::objective::Evaluator;

/// How many rows after the last good one are looked at.
const ROWS: usize = 64;

/// Why the last row of this history is where it is.
pub(super) fn of(spec: &Spec, history: &History, evaluator: &mut Evaluator) -> Cause {
    let last = history.len().saturating_sub(1);
    if last == 0 {
        return Cause::Outside;
    }
    let lowest = lowest_row(history);
    if let Some(limit) = Character::of(&spec.optimizer, &spec.settings).limit() {
        let momentum = momentum(spec);
        for step in lowest..last.min(lowest + ROWS) {
            let rate = history.row(step + 1).lr.unwrap_or(f64::NAN);
            let Some(curvature) = eigenvalues(evaluator, history.row(step).w).last().copied() else { continue };
            if rate * curvature > limit {
                return Cause::Overshoot { step, rate, curvature, limit, momentum };
            }
        }
    }
    let (first, end) = (history.row(0).loss, history.row(last).loss);
    if end < first && lowest == last { Cause::Bottomless } else { Cause::Unknown }
}

/// The row of the lowest loss; of equal ones the first. A last row of minus infinity is lowest too.
fn lowest_row(history: &History) -> usize {
    let losses = (0..history.len()).map(|step| history.row(step).loss);
    losses.enumerate().fold((0, f64::INFINITY), |best, (step, loss)| if loss < best.1 { (step, loss) } else { best }).0
}

/// The hyperparameter called momentum, if there is one and it is on.
fn momentum(spec: &Spec) -> Option<f64> {
    let index = spec.optimizer.hyperparameters.iter().position(|h| h.name == "momentum")?;
    spec.settings.get(index).copied().filter(|value| *value != 0.0)
}

/// The eigenvalues of the Hessian at a point, ascending; empty where they are not finite.
pub(super) fn eigenvalues(evaluator: &mut Evaluator, w: &[f64]) -> Vec<f64> {
    let n = evaluator.dimension();
    let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
    evaluator.hessian(w, &mut gradient, &mut hessian);
    if hessian.iter().any(|x| !x.is_finite()) {
        return Vec::new();
    }
    linalg::eigen(n, &hessian).values
}
