//! What becomes of a descent on a map: one stated rule, for a lane among thousands as for a ball with its history.
//!
//! - The ball is looked at at the start, then every [`LOOK`] steps, and after the last one.
//! - It has **arrived** at a minimum when it is found within the radius of it [`LOOKS`] times in a row, or at all looks
//!   from some on to the last. Its steps are those to the first iterate from which on it was inside.
//! - It has **diverged** when a look finds it so by the rule of [`super::super::judge`], or a value that is not finite.
//!   Its steps are those to the first iterate of which that is true.
//! - Else it has **not arrived**.

use crate::descent::judge::{GROWTH, change};
use crate::descent::{Descent, Reason};
use crate::num::linalg::{norm, norm_max};

/// Steps from a look to the next.
pub const LOOK: usize = 10;
/// Looks in a row that must find a ball at the same minimum.
pub const LOOKS: u8 = 3;

/// What became of a descent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is not computed yet.
    #[default]
    Unknown,
    /// It reached a minimum, by its number in [`Targets::minima`].
    Arrived(u16),
    /// It is nowhere near a minimum, or passes by.
    Lost,
    /// The loss or the distance has grown beyond measure.
    Diverged,
    /// A value is not finite.
    NonFinite,
    /// The optimizer does not take this setting.
    Impossible,
}

/// A cell of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cell {
    /// What became of the descent.
    pub fate: Fate,
    /// After how many steps.
    pub steps: u32,
}

/// The minima that a map tells apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Targets {
    /// Where they are.
    pub minima: Vec<Vec<f64>>,
    /// How near is near enough.
    pub radius: f64,
}

impl Targets {
    /// The minimum that a place is within the radius of; the nearest.
    pub fn at(&self, w: &[f64]) -> Option<u16> {
        let distance = |minimum: &Vec<f64>| minimum.iter().zip(w).map(|(a, b)| (b - a) * (b - a)).sum::<f64>();
        let distances = self.minima.iter().map(distance).enumerate();
        let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1))?;
        (nearest.1 <= self.radius * self.radius).then_some(nearest.0 as u16)
    }
}

/// Whether an iterate is farther gone than any descent that comes back.
pub(in crate::descent) fn gone(first_loss: f64, start: &[f64], loss: f64, w: &[f64]) -> bool {
    loss - first_loss > GROWTH * (1.0 + first_loss.abs()) || change(start, w) > GROWTH * (1.0 + norm_max(start))
}

/// How often in a row a ball was found at the same minimum.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stay {
    pub(super) looks: u8,
    pub(super) minimum: u16,
    /// The first iterate inside.
    pub(super) since: u32,
}

impl Stay {
    /// Takes a look into account; whether the ball has just come in, so that [`Stay::since`] is still to be found.
    pub(super) fn see(&mut self, minimum: Option<u16>) -> bool {
        match minimum {
            None => self.looks = 0,
            Some(minimum) if self.looks > 0 && minimum == self.minimum => self.looks += 1,
            Some(minimum) => {
                (self.looks, self.minimum) = (1, minimum);
                return true;
            }
        }
        false
    }

    /// What that amounts to after this look.
    pub(super) fn verdict(self, last: bool) -> Option<Fate> {
        if self.looks >= LOOKS || (last && self.looks > 0) {
            return Some(Fate::Arrived(self.minimum));
        }
        last.then_some(Fate::Lost)
    }
}

/// What became of a descent that is complete, if it may make `steps` steps.
pub fn of_descent(descent: &Descent, targets: &Targets, steps: usize) -> Cell {
    let bad = descent.outcome().and_then(|outcome| match outcome.reason {
        Reason::NonFinite { .. } => Some((outcome.step, Fate::NonFinite)),
        Reason::Diverged { .. } => Some((outcome.step, Fate::Diverged)),
        _ => None,
    });
    let inside = |step: usize, minimum: u16| targets.at(descent.row(step).w) == Some(minimum);
    let mut stay = Stay::default();
    let mut unseen = 0;
    for look in (0..steps).step_by(LOOK).chain([steps]) {
        if let Some((end, fate)) = bad.filter(|(end, _)| *end <= look) {
            return Cell { fate, steps: end as u32 };
        }
        if stay.see(targets.at(descent.row(look).w)) {
            let first = (unseen..=look).rev().take_while(|&step| inside(step, stay.minimum)).last();
            stay.since = first.unwrap_or(look) as u32;
        }
        match stay.verdict(look == steps) {
            Some(fate @ Fate::Arrived(_)) => return Cell { fate, steps: stay.since },
            Some(fate) => return Cell { fate, steps: steps as u32 },
            None => unseen = look + 1,
        }
    }
    Cell::default()
}

/// The distance of the nearest two of some points; infinite for less than two.
pub(super) fn nearest_pair(points: &[Vec<f64>]) -> f64 {
    let mut least = f64::INFINITY;
    for (k, a) in points.iter().enumerate() {
        for b in &points[k + 1..] {
            let difference: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
            least = least.min(norm(&difference));
        }
    }
    least
}
