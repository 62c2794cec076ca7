//! A race: many descents that see the same noise and the same mini-batches, and who is ahead. Evaluations are counted per ball, so that a
//! comparison can be fair.

use super::{Descent, Outcome, Spec, SpecError};
use crate::num::linalg::norm;
use crate::objective::Counts;

/// Descents that go on together.
#[derive(Default)]
pub struct Race {
    balls: Vec<Descent>,
}

/// How a ball does at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Which ball, in the order of the race.
    pub ball: usize,
    /// The row that it is at: the step asked for, or its last.
    pub step: usize,
    /// The loss there.
    pub loss: f64,
    /// The length of the gradient there.
    pub gradient: f64,
    /// The distance to the nearest of the given points; none without points.
    pub distance: Option<f64>,
    /// All its evaluations so far.
    pub counts: Counts,
    /// Why it ended, if it has by then.
    pub outcome: Option<Outcome>,
}

impl Race {
    /// A race of these descents; all of them get the noise and the batches of the first, so that they are the same for all.
    ///
    /// # Errors
    /// The first descent that cannot be, by its number, and why.
    pub fn new(specs: Vec<Spec>) -> Result<Self, (usize, SpecError)> {
        let (noise, batch) = specs.first().map(|spec| (spec.noise, spec.batch)).unwrap_or_default();
        let balls = specs
            .into_iter()
            .enumerate()
            .map(|(ball, spec)| Descent::new(Spec { noise, batch, ..spec }).map_err(|error| (ball, error)))
            .collect::<Result<_, _>>()?;
        Ok(Self { balls })
    }

    /// The descents.
    pub fn balls(&self) -> &[Descent] {
        &self.balls
    }

    /// Makes up to `n` steps of each. Returns the most that any has made.
    pub fn advance(&mut self, n: usize) -> usize {
        self.balls.iter_mut().map(|ball| ball.advance(n)).max().unwrap_or(0)
    }

    /// The standings at a step, the lowest loss first (losses that are not finite last, then by the order of the race).
    pub fn standings(&self, step: usize, minima: &[&[f64]]) -> Vec<Standing> {
        standings(self.balls.iter(), step, minima)
    }
}

/// The standings of descents at a step, as [`Race::standings`].
pub fn standings<'a>(balls: impl IntoIterator<Item = &'a Descent>, step: usize, minima: &[&[f64]]) -> Vec<Standing> {
    let mut table: Vec<Standing> =
        balls.into_iter().enumerate().map(|(ball, descent)| standing(ball, descent, step, minima)).collect();
    let key = |standing: &Standing| if standing.loss.is_finite() { standing.loss } else { f64::INFINITY };
    table.sort_by(|a, b| key(a).total_cmp(&key(b)));
    table
}

fn standing(ball: usize, descent: &Descent, step: usize, minima: &[&[f64]]) -> Standing {
    let row = descent.row(step);
    let away = |minimum: &&[f64]| {
        let difference: Vec<f64> = row.w.iter().zip(*minimum).map(|(a, b)| a - b).collect();
        norm(&difference)
    };
    Standing {
        ball,
        step: row.step,
        loss: row.loss,
        gradient: norm(row.gradient),
        distance: minima.iter().map(away).min_by(f64::total_cmp),
        counts: row.counts,
        outcome: descent.outcome().filter(|outcome| outcome.step <= step).cloned(),
    }
}
