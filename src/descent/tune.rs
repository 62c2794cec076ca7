//! The best rate: which learning rate has the lowest loss after all steps, found by a search that shows its trials.
//!
//! First rates over the whole range, evenly in their logarithm; then, a few times, rates between the neighbors of the
//! best. Every trial is a descent of its own from the same start, with the same noise and as many steps, so that the
//! best rates of different rules can be compared.

use super::map::Axis;
use super::map::verdict::gone;
use super::{Descent, Spec, SpecError, StopRule};

/// Rates of the first round, and rounds and rates of the refinement.
const FIRST: usize = 41;
const ROUNDS: usize = 3;
const BETWEEN: usize = 8;
/// Losses that differ by less than this share of the way down are equal: then the quicker descent is better.
const EQUAL: f64 = 1e-12;

/// One descent of the search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// Its rate, rounded to three digits.
    pub rate: f64,
    /// The loss after the last step.
    pub loss: f64,
    /// The first step after which the loss was that, but for rounding.
    pub steps: usize,
    /// Whether it diverged.
    pub failed: bool,
}

/// What a search has found so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tuning {
    /// The trials, by their rates.
    pub trials: Vec<Trial>,
    /// The loss at the start.
    pub first_loss: f64,
    /// The share of the trials that are made.
    pub share: f32,
}

impl Tuning {
    /// The trial with the lowest loss; none while all fail.
    pub fn best(&self) -> Option<&Trial> {
        let kept = || self.trials.iter().filter(|trial| !trial.failed);
        let lowest = kept().map(|trial| trial.loss).min_by(f64::total_cmp)?;
        let equal = lowest + EQUAL * (self.first_loss - lowest).abs();
        kept().filter(|trial| trial.loss <= equal).min_by_key(|trial| trial.steps)
    }
}

/// Searches the rates of `axis` for the descent of `spec`. `watch` sees every trial; none if it says false.
///
/// # Errors
/// What is wrong with the spec.
pub fn tune(spec: &Spec, axis: &Axis, watch: &mut dyn FnMut(&Tuning) -> bool) -> Result<Option<Tuning>, SpecError> {
    let mut ball = Descent::new(Spec { stop: StopRule::Never, ..spec.clone() })?;
    let mut tuning = Tuning { first_loss: ball.row(0).loss, ..Tuning::default() };
    let total = (FIRST + ROUNDS * BETWEEN) as f32;
    for round in 0..=ROUNDS {
        let [from, to, count] = match round {
            0 => [0.0, 1.0, FIRST as f64],
            _ => {
                let Some(best) = tuning.best().copied() else { break };
                let at = tuning.trials.iter().position(|trial| trial.rate == best.rate).unwrap_or(0);
                let near = |at: Option<usize>| at.and_then(|at| tuning.trials.get(at)).map_or(best.rate, |t| t.rate);
                [axis.position(near(at.checked_sub(1))), axis.position(near(Some(at + 1))), BETWEEN as f64]
            }
        };
        for k in 0..count as usize {
            // The first round has both ends, the others only what lies between.
            let share = if round == 0 { k as f64 / (count - 1.0) } else { (k as f64 + 1.0) / (count + 1.0) };
            let rate = rounded(axis.scale.value_at(axis.range, from + (to - from) * share));
            if !tuning.trials.iter().any(|trial| trial.rate == rate) {
                let trial = trial(&mut ball, &spec.start, rate)?;
                let at = tuning.trials.partition_point(|other| other.rate < rate);
                tuning.trials.insert(at, trial);
            }
            tuning.share = (tuning.share + 1.0 / total).min(1.0);
            if !watch(&tuning) {
                return Ok(None);
            }
        }
    }
    tuning.share = 1.0;
    Ok(Some(tuning))
}

fn trial(ball: &mut Descent, start: &[f64], rate: f64) -> Result<Trial, SpecError> {
    ball.restart(start, rate)?;
    ball.finish();
    let (first, last) = (ball.row(0), ball.last());
    let failed = !last.is_finite() || gone(first.loss, start, last.loss, last.w);
    let equal = last.loss + EQUAL * (first.loss - last.loss).abs();
    let steps = ball.rows().position(|row| row.loss <= equal).unwrap_or(ball.last_step());
    Ok(Trial { rate, loss: last.loss, steps, failed })
}

/// Three digits: what a person would type.
fn rounded(rate: f64) -> f64 {
    format!("{rate:.2e}").parse().unwrap_or(rate)
}
