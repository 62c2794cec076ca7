//! When a descent has converged or diverged: a stated rule, applied after each step.
//!
//! **Converged** means that the ball stands still and would go on standing still. All of these hold:
//! - in each of the last [`QUIET`] steps every parameter changed by at most [`TOLERANCE`]`·(1 + |w|)`; with mini-batches,
//!   in as many steps as surely see every row of the data: the rows of some batches may have no slope;
//! - each of them went at most [`RATIO`] times as far for its rate as the farthest step of the descent: a tiny or a
//!   vanishing rate is not convergence;
//! - the velocity is gone too: let on for [`QUIET`] more steps with the gradient frozen, the rule stays as still. A ball
//!   that passes over level ground, or turns around at its highest point, fails here. (Native methods have no gradient
//!   to freeze; the last two points must suffice for them.)
//!
//! **Diverged** means that the loss has grown by [`GROWTH`]`·(1 + |first loss|)`, or that a parameter is farther than
//! [`GROWTH`]`·(1 + the start's size)` from the start.

use super::history::History;
use super::outcome::Sign;
use crate::num::linalg::norm_max;
use crate::optim::{Eval, State, Stepper};

/// How many steps must be still.
pub const QUIET: usize = 10;
/// The largest change of a parameter that counts as none, relative to `1 + |w|`.
pub const TOLERANCE: f64 = 1e-8;
/// The largest distance per rate that counts as none, relative to the farthest of the descent.
pub const RATIO: f64 = 1e-6;
/// How large a growth is a divergence.
pub const GROWTH: f64 = 1e6;

/// What the rule has to remember of the rows seen so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Judge {
    /// How many steps in a row were still.
    quiet: usize,
    /// The farthest step per rate.
    farthest: f64,
}

impl Judge {
    /// Of all the rows of a history.
    pub(super) fn of(history: &History) -> Self {
        let mut judge = Self::default();
        for step in 1..history.len() {
            judge.see(history, step);
        }
        judge
    }

    /// Takes the step that led to a row into account.
    pub(super) fn see(&mut self, history: &History, step: usize) {
        let (before, after) = (history.row(step - 1), history.row(step));
        let size = change(before.w, after.w);
        let rate = after.lr.unwrap_or(0.0).abs();
        let reach = if rate > 0.0 { size / rate } else { f64::INFINITY };
        if rate > 0.0 {
            self.farthest = self.farthest.max(reach);
        }
        let still = is_still(before.w, after.w) && (reach <= RATIO * self.farthest || (size == 0.0 && rate > 0.0));
        self.quiet = if still { self.quiet + 1 } else { 0 };
    }

    /// The row since which it stands still, if it does so long enough; the velocity is not looked at. `per_epoch` steps
    /// see all the data.
    pub(super) fn still_since(&self, step: usize, per_epoch: usize) -> Option<usize> {
        // Twice an epoch but one: wherever it begins, a whole epoch lies in it.
        let wanted = QUIET.max(per_epoch.saturating_mul(2).saturating_sub(1));
        (self.quiet >= wanted).then(|| step - self.quiet)
    }
}

/// Whether the rule would stay where it is if the slope stayed what it is.
pub(super) fn stays(stepper: &mut dyn Stepper, state: &State, at: &Eval, lr: f64) -> bool {
    let mut state = state.clone();
    (0..QUIET).all(|_| {
        let before = state.w.clone();
        stepper.step(&mut state, at, lr);
        is_still(&before, &state.w)
    })
}

/// Whether the last row has gone too far.
pub(super) fn diverged(history: &History) -> Option<Sign> {
    let (first, last) = (history.row(0), history.row(usize::MAX));
    if last.loss - first.loss > GROWTH * (1.0 + first.loss.abs()) {
        return Some(Sign::Loss { from: first.loss, to: last.loss });
    }
    let distance = change(first.w, last.w);
    (distance > GROWTH * (1.0 + norm_max(first.w))).then_some(Sign::Distance(distance))
}

/// The largest change of a parameter.
pub(super) fn change(before: &[f64], after: &[f64]) -> f64 {
    before.iter().zip(after).fold(0.0, |most, (a, b)| f64::max(most, (b - a).abs()))
}

fn is_still(before: &[f64], after: &[f64]) -> bool {
    before.iter().zip(after).all(|(a, b)| (b - a).abs() <= TOLERANCE * (1.0 + b.abs()))
}
