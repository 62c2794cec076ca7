//! What is under a point of the picture: the ray from the eye against the surface.

use super::{Eye, RISE, Relief};
use crate::chart::Point;

/// Parts of a ray that are looked at before it is narrowed down: finer than the grid.
const PARTS: usize = 512;

impl Relief {
    /// The place in the data that is seen at a point of the picture; none beside the surface.
    pub fn pick(&self, eye: &Eye, at: Point) -> Option<Point> {
        let (from, way) = eye.ray(at);
        let place = |t: f64| [0, 1, 2].map(|k| from[k] + t * way[k]);
        // The stretch inside of the box, which a ray along one of its sides may just miss.
        let (low, high) = ([-self.half[0], -self.half[1], 0.0], [self.half[0], self.half[1], RISE]);
        let (mut enter, mut leave) = (0.0_f64, f64::INFINITY);
        for k in 0..3 {
            let ends = [(low[k] - 1e-9 - from[k]) / way[k], (high[k] + 1e-9 - from[k]) / way[k]];
            if ends.iter().all(|t| t.is_finite()) {
                enter = enter.max(ends[0].min(ends[1]));
                leave = leave.min(ends[0].max(ends[1]));
            } else if !(low[k]..=high[k]).contains(&from[k]) {
                return None;
            }
        }
        if enter >= leave {
            return None;
        }
        let above = |t: f64| {
            let [x, y, z] = place(t);
            self.unit([x, y]).map(|unit| z - unit * RISE)
        };
        let part = |k: usize| enter + (leave - enter) * (k as f64 / PARTS as f64);
        let mut before = above(enter).map(|gap| (enter, gap));
        for t in (1..=PARTS).map(part) {
            let now = above(t).map(|gap| (t, gap));
            if let (Some((a, low)), Some((b, high))) = (before, now)
                && (low <= 0.0) != (high <= 0.0)
            {
                let t = narrow(a, b, low <= 0.0, &above);
                let [x, y, z] = place(t);
                // A wall between two cells that a pole lies between is no surface.
                if above(t).is_some_and(|gap| gap.abs() < 1e-3) && (-1e-6..=RISE + 1e-6).contains(&z) {
                    return Some(self.data([x, y]));
                }
            }
            before = now;
        }
        None
    }
}

/// The place between `a` and `b` where the sign changes.
fn narrow(mut a: f64, mut b: f64, below: bool, above: &dyn Fn(f64) -> Option<f64>) -> f64 {
    for _ in 0..40 {
        let middle = 0.5 * (a + b);
        match above(middle) {
            Some(gap) if (gap <= 0.0) == below => a = middle,
            _ => b = middle,
        }
    }
    0.5 * (a + b)
}
