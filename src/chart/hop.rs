//! Whether a ball can roll from one iterate to the next, or is seen to jump.
//!
//! A step knows nothing of the ground between its ends. Where the step is short, or the ground along it nearly straight,
//! a rolling ball tells no lie; where it is long and the straight way would lead through a ridge or far above a valley,
//! the ball would have to climb and fall on its way, which no step does: it is shown to fly.

/// The flight over the ground between two iterates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hop {
    /// The heights where it begins and ends.
    pub ends: [f64; 2],
    /// How high above the straight way it is in the middle.
    pub lift: f64,
}

/// Shorter steps, as a share of the view, are rolled.
const LONG: f64 = 0.08;
/// How far the ground may leave the straight way, as a share of the height of the view.
const BEND: f64 = 0.05;
/// Air above the ground.
const AIR: f64 = 0.04;

impl Hop {
    /// Whether a step of this length, as a share of the view's width, may be a flight at all.
    pub fn is_long(length: f64) -> bool {
        length >= LONG
    }

    /// The flight of a step of `length` (a share of the view's width) over ground that has these heights (shares of the
    /// view's height) at even places from the start to the end of the step; none for a step that is rolled.
    pub fn over(length: f64, ground: &[f64]) -> Option<Self> {
        let (&from, &to) = (ground.first()?, ground.last()?);
        if !(Self::is_long(length) && from.is_finite() && to.is_finite()) {
            return None;
        }
        let last = (ground.len() - 1) as f64;
        let straight = |k: usize| from + (to - from) * (k as f64 / last);
        let off = |k: usize| ground[k] - straight(k);
        let inner = 1..ground.len() - 1;
        // No ground at all cannot be rolled over.
        if !inner.clone().any(|k| off(k).abs() > BEND || off(k).is_nan()) {
            return None;
        }
        let clear = inner.map(|k| (k as f64 / last, off(k))).filter(|(_, off)| off.is_finite());
        let least = clear.map(|(t, off)| off / (4.0 * t * (1.0 - t))).fold(0.0, f64::max);
        Some(Self { ends: [from, to], lift: least.min(1.5) + AIR + 0.2 * length.min(1.0) })
    }

    /// The height at a time from 0 to 1.
    pub fn height(&self, t: f64) -> f64 {
        let [from, to] = self.ends;
        from + (to - from) * t + self.lift * 4.0 * t * (1.0 - t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(f: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..=16).map(|k| f(f64::from(k) / 16.0)).collect()
    }

    #[test]
    fn long_steps_over_valleys_and_ridges_are_jumps() {
        let valley = ground(|t| 2.0 * (t - 0.5) * (t - 0.5));
        let ridge = ground(|t| 0.3 - (t - 0.5) * (t - 0.5));
        let plane = ground(|t| 0.2 + 0.5 * t);
        assert_eq!(Hop::over(0.05, &valley), None, "a short step");
        assert_eq!(Hop::over(0.5, &plane), None, "straight ground");
        for ground in [&valley, &ridge, &ground(|t| if t > 0.4 && t < 0.6 { f64::NAN } else { 0.1 })] {
            let hop = Hop::over(0.4, ground).unwrap();
            assert_eq!([hop.height(0.0), hop.height(1.0)], [ground[0], ground[16]]);
            for (k, ground) in ground.iter().enumerate().skip(1).take(15).filter(|(_, ground)| ground.is_finite()) {
                assert!(hop.height(k as f64 / 16.0) > *ground, "clear of the ground");
            }
        }
        let mut pole = valley;
        pole[16] = f64::INFINITY;
        assert_eq!(Hop::over(0.4, &pole), None, "nobody flies to where there is nothing");
    }
}
