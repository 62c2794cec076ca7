//! Why a descent that made all its steps has not arrived: looked for in its last rows, with the numbers that show it.
//!
//! Looked for in this order, in the last 20 steps:
//! - **a cycle**: the coordinate that moves most jumps back and forth, and its jumps do not shrink;
//! - **level ground**: the gradient is below a thousandth of what is usual here (the steepest that was met, or the loss
//!   over the way that it came), and the ground is straight or a saddle, not a bowl with its bottom near;
//! - **a brake**: a state of the rule has only ever grown, and with it the length of a step per slope has shrunk to less
//!   than a tenth of what it was;
//! - **too small a rate**: at the pace of these steps as many again would not reach the bottom of the parabola that fits
//!   at the last row.
//!
//! A descent that stands well in none of these ways is on its way. Nothing is said of noisy ones and of mini-batches.

use super::Descent;
use super::history::Row;
use super::outcome::Reason;
use crate::num::linalg::{self, Eigen, dot, norm};
use crate::objective::Evaluator;
use crate::optim::Method;

/// Why it has not arrived.
#[derive(Clone, Debug, PartialEq)]
pub enum Stall {
    /// It jumps back and forth.
    Cycle {
        /// The parameter that moves most, from 0.
        parameter: usize,
        /// How far each jump goes.
        jump: f64,
        /// The rate of the last step.
        rate: f64,
    },
    /// The ground is level.
    Plateau {
        /// The length of the gradient in the last row.
        slope: f64,
        /// The largest that was met.
        steepest: f64,
        /// The smallest eigenvalue of the Hessian there: negative beside a saddle.
        curvature: f64,
    },
    /// A state that only grows shortens the steps.
    Brake {
        /// The state.
        state: String,
        /// The length of the first step for its slope.
        first: f64,
        /// The same of the last step.
        last: f64,
    },
    /// The rate is so small that many more steps are needed.
    Slow {
        /// How much lower the loss gets with each step.
        pace: f64,
        /// How much lower it could get, on the parabola that fits here.
        left: f64,
        /// How many steps that are; none if it does not get lower at all.
        steps: Option<f64>,
    },
}

/// How many steps are looked at.
const WINDOW: usize = 20;
/// Of the steepest slope, what counts as level.
const FLAT: f64 = 1e-3;
/// The ground is straight if the slope would change by no more than this share of what is usual on the way that it came.
const STRAIGHT: f64 = 0.02;
/// It is a bowl if the bottom of the parabola is nearer than this share of that way.
const NEAR: f64 = 0.04;
/// Of the first step's length per slope, what counts as braked.
const BRAKED: f64 = 0.1;
/// The share of jumps that must change direction.
const BACK_AND_FORTH: f64 = 0.8;
/// The share of its length that a jump must keep over the window not to shrink.
const KEPT: f64 = 0.9;
/// Below this share of the largest, a curvature counts as none.
const NO_CURVATURE: f64 = 1e-6;

impl Descent {
    /// Why it has not arrived, if it has made all its steps and something is seen; the evaluator is one of its objective.
    pub fn stall(&self, evaluator: &mut Evaluator) -> Option<Stall> {
        let last = self.last_step();
        let out_of_steps = self.outcome().is_some_and(|outcome| outcome.reason == Reason::StepLimit);
        let noisy = self.spec().noise.sigma > 0.0 || self.spec().batches().is_some();
        if !out_of_steps || last < 2 * WINDOW || noisy {
            return None;
        }
        let n = evaluator.dimension();
        let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
        evaluator.hessian(self.row(last).w, &mut gradient, &mut hessian);
        if hessian.iter().chain(&gradient).any(|x| !x.is_finite()) {
            return None;
        }
        let eigen = linalg::eigen(n, &hessian);
        let steepest = self.rows().map(|row| norm(row.gradient)).fold(0.0, f64::max);
        self.cycle().or_else(|| self.plateau(&gradient, &eigen, steepest)).or_else(|| {
            let slow = self.slow(&gradient, &eigen)?;
            Some(self.brake().unwrap_or(slow))
        })
    }

    fn moved(&self, step: usize, k: usize) -> f64 {
        let at = |row: Row<'_>| row.w.get(k).copied().unwrap_or(f64::NAN);
        at(self.row(step)) - at(self.row(step - 1))
    }

    fn cycle(&self) -> Option<Stall> {
        let last = self.last_step();
        let window = last + 1 - WINDOW..=last;
        let farthest = |k: &usize| window.clone().map(|step| self.moved(step, *k).abs()).fold(0.0, f64::max);
        let k = (0..self.spec().start.len()).max_by(|a, b| farthest(a).total_cmp(&farthest(b)))?;
        let turns = window.clone().skip(1).filter(|&step| self.moved(step, k) * self.moved(step - 1, k) < 0.0).count();
        let half = WINDOW / 2;
        let length = |from: usize| (from..from + half).map(|step| self.moved(step, k).abs()).sum::<f64>() / half as f64;
        let (early, late) = (length(last + 1 - WINDOW), length(last + 1 - half));
        let stays = late > 0.0 && late >= KEPT * early;
        let rate = self.row(last).lr?;
        (turns as f64 >= BACK_AND_FORTH * (WINDOW - 1) as f64 && stays).then_some(Stall::Cycle {
            parameter: k,
            jump: late,
            rate,
        })
    }

    /// Level, and no bowl: in a bowl a small gradient means that the bottom is near.
    fn plateau(&self, gradient: &[f64], eigen: &Eigen, steepest: f64) -> Option<Stall> {
        let slope = norm(gradient);
        let curvature = eigen.values.first().copied()?;
        let width = self.rows().map(|row| super::judge::change(self.row(0).w, row.w)).fold(0.0, f64::max).max(1.0);
        // A descent that began on level ground has met no slope to compare with: then the loss itself is the measure.
        let usual = steepest.max(self.last().loss.abs() / width);
        let level = slope <= FLAT * usual;
        let to_bottom: f64 = (eigen.values.iter().zip(&eigen.vectors))
            .map(|(value, vector)| dot(vector, gradient) / value)
            .map(|along| along * along)
            .sum();
        let bowl = curvature > 0.0 && to_bottom.sqrt() <= NEAR * width;
        let straight = linalg::norm_max(&eigen.values) * width <= STRAIGHT * usual;
        (level && !bowl && (straight || curvature < 0.0)).then_some(Stall::Plateau { slope, steepest, curvature })
    }

    fn brake(&self) -> Option<Stall> {
        if !matches!(self.spec().optimizer.method, Method::Rule { .. }) {
            return None;
        }
        let last = self.last_step();
        let grown = self.slots().iter().find(|slot| {
            let values =
                |step: usize| self.state(step).map(|state| slot.of(&state.memory).to_vec()).unwrap_or_default();
            let rows: Vec<Vec<f64>> = (0..=last).map(values).collect();
            let never_falls = rows.windows(2).all(|pair| pair[0].iter().zip(&pair[1]).all(|(a, b)| b >= a));
            let ends = rows.first().zip(rows.last());
            slot.len == self.spec().start.len()
                && never_falls
                && ends.is_some_and(|(first, last)| first.iter().zip(last).any(|(a, b)| b > a))
        })?;
        let per_slope = |step: usize| {
            let by: Vec<f64> = (0..self.spec().start.len()).map(|k| self.moved(step, k)).collect();
            norm(&by) / norm(self.row(step - 1).gradient)
        };
        let (first, last) = (per_slope(1), per_slope(last));
        (last <= BRAKED * first).then(|| Stall::Brake { state: grown.name.clone(), first, last })
    }

    fn slow(&self, gradient: &[f64], eigen: &Eigen) -> Option<Stall> {
        let last = self.last_step();
        let pace = (self.row(last - WINDOW).loss - self.row(last).loss) / WINDOW as f64;
        let largest = linalg::norm_max(&eigen.values);
        // The descent to the bottom of the parabola; a direction that bends downward counts as one that bends upward as much.
        let left: f64 = eigen
            .values
            .iter()
            .zip(&eigen.vectors)
            .map(|(value, vector)| {
                let along = dot(vector, gradient);
                0.5 * along * along / value.abs().max(NO_CURVATURE * largest).max(f64::MIN_POSITIVE)
            })
            .sum();
        let near = 1e-9 * (1.0 + self.row(0).loss.abs());
        if left <= near || pace < 0.0 {
            return None;
        }
        let steps = (pace > 0.0).then(|| (left / pace).ceil());
        steps.is_none_or(|steps| steps > last as f64).then_some(Stall::Slow { pace, left, steps })
    }
}
