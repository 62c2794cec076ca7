//! A line search for the strong Wolfe conditions: bracket, then zoom with safeguarded cubic interpolation.
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed., algorithms 3.5 and 3.6. At the bottom, where rounding
//! hides the decrease of the value, the slopes decide instead (the approximate Wolfe conditions of Hager & Zhang 2005).
//! It sees numbers along a line and knows nothing of vectors.

/// The loss along the line, at one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probe {
    /// How far along the direction.
    pub(super) step: f64,
    /// The loss there.
    pub(super) value: f64,
    /// Its derivative with respect to `step`.
    pub(super) slope: f64,
}

/// When a place is good enough.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wolfe {
    /// Sufficient decrease.
    pub(super) c1: f64,
    /// Curvature.
    pub(super) c2: f64,
}

/// How often the step is stretched to bracket a minimum, and how often the bracket is narrowed.
const STRETCHES: usize = 25;
const ZOOMS: usize = 40;
/// A relative change of the loss that may be rounding.
const ROUNDING: f64 = 1e-14;

impl Wolfe {
    /// A place that satisfies the conditions, else the best one found that lowers the loss, else nothing.
    /// `origin` is at step 0 with a negative slope, `first` the first step to try.
    pub(super) fn search(&self, origin: Probe, first: f64, mut probe: impl FnMut(f64) -> Probe) -> Option<Probe> {
        let (mut last, mut step) = (origin, first);
        for trial in 0..STRETCHES {
            let here = probe(step);
            if self.as_good_as_flat(origin, here) {
                return Some(here);
            }
            if !self.low_enough(origin, here) || (trial > 0 && here.value >= last.value) {
                return self.zoom(origin, last, here, probe);
            }
            if self.flat_enough(origin, here) {
                return Some(here);
            }
            if here.slope >= 0.0 {
                return self.zoom(origin, here, last, probe);
            }
            let stride = here.step - last.step;
            let guess = cubic_minimum(last, here).unwrap_or(f64::INFINITY);
            // Behind us means that the cubic has no minimum ahead: go on boldly.
            let guess = if guess > here.step { guess } else { f64::INFINITY };
            step = guess.clamp(here.step + 0.5 * stride, here.step + 8.0 * stride);
            last = here;
        }
        Some(last)
    }

    fn zoom(&self, origin: Probe, lo: Probe, hi: Probe, mut probe: impl FnMut(f64) -> Probe) -> Option<Probe> {
        let (mut lo, mut hi) = (lo, hi);
        for _ in 0..ZOOMS {
            let width = hi.step - lo.step;
            let middle = lo.step + 0.5 * width;
            let (a, b) = (lo.step + 0.1 * width, hi.step - 0.1 * width);
            let guess = cubic_minimum(lo, hi).unwrap_or(middle);
            let step = guess.clamp(a.min(b), a.max(b));
            if step == lo.step || step == hi.step {
                break;
            }
            let here = probe(step);
            if self.as_good_as_flat(origin, here) {
                return Some(here);
            }
            if !self.low_enough(origin, here) || here.value >= lo.value {
                hi = here;
            } else {
                if self.flat_enough(origin, here) {
                    return Some(here);
                }
                if here.slope * width >= 0.0 {
                    hi = lo;
                }
                lo = here;
            }
        }
        (lo.step > 0.0).then_some(lo)
    }

    /// A place where the loss is not finite is a wall, even where it falls without end.
    fn low_enough(&self, origin: Probe, here: Probe) -> bool {
        here.value.is_finite() && here.value <= origin.value + self.c1 * here.step * origin.slope
    }

    fn flat_enough(&self, origin: Probe, here: Probe) -> bool {
        here.slope.abs() <= -self.c2 * origin.slope
    }

    /// The values differ by no more than rounding, and the slopes show the decrease that they are too coarse to show.
    fn as_good_as_flat(&self, origin: Probe, here: Probe) -> bool {
        (here.value - origin.value).abs() <= ROUNDING * origin.value.abs()
            && here.slope <= (2.0 * self.c1 - 1.0) * origin.slope
            && here.slope >= self.c2 * origin.slope
            && self.flat_enough(origin, here)
    }
}

/// Where the cubic with these values and slopes has its minimum, if it has one and all numbers are finite.
fn cubic_minimum(a: Probe, b: Probe) -> Option<f64> {
    let width = b.step - a.step;
    let d1 = a.slope + b.slope - 3.0 * (b.value - a.value) / width;
    let d2 = (d1 * d1 - a.slope * b.slope).sqrt().copysign(width);
    let minimum = b.step - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2.0 * d2);
    minimum.is_finite().then_some(minimum)
}

#[cfg(test)]
mod tests {
    use super::{Probe, Wolfe};

    fn run(f: impl Fn(f64) -> (f64, f64), first: f64) -> (Option<Probe>, usize) {
        let mut probes = 0;
        let probe = |step: f64| {
            let (value, slope) = f(step);
            Probe { step, value, slope }
        };
        let wolfe = Wolfe { c1: 1e-4, c2: 0.1 };
        let found = wolfe.search(probe(0.0), first, |step| {
            probes += 1;
            probe(step)
        });
        (found, probes)
    }

    #[test]
    fn the_conditions_hold_where_the_search_stops() {
        type Curve = fn(f64) -> (f64, f64);
        let curves: [(&str, Curve); 4] = [
            ("parabola", |s| ((s - 3.0) * (s - 3.0), 2.0 * (s - 3.0))),
            ("quartic", |s| (s.powi(4) - 2.0 * s, 4.0 * s.powi(3) - 2.0)),
            ("far", |s| (-s / (s * s + 2.0), (s * s - 2.0) / (s * s + 2.0).powi(2))),
            ("wall", |s| if s < 2.0 { (-s + 0.3 * s * s, -1.0 + 0.6 * s) } else { (f64::NAN, f64::NAN) }),
        ];
        for (name, f) in curves {
            let (value, slope) = f(0.0);
            for first in [1e-4, 0.1, 1.0, 10.0, 1e4] {
                let (found, probes) = run(f, first);
                let found = found.unwrap_or_else(|| panic!("{name} from {first}: nothing found"));
                assert!(found.value <= value + 1e-4 * found.step * slope, "{name} from {first}: {found:?}");
                assert!(found.slope.abs() <= 0.1 * slope.abs(), "{name} from {first}: {found:?}");
                assert!(probes <= 25, "{name} from {first}: {probes} probes");
            }
        }
    }

    #[test]
    fn a_line_without_a_bottom_ends() {
        let (found, probes) = run(|s| (-s, -1.0), 1.0);
        assert!(found.is_some_and(|p| p.step > 1e6) && probes <= 30);
        let (found, _) = run(|s| if s == 0.0 { (1.0, -1.0) } else { (2.0, 1.0) }, 1.0);
        assert!(found.is_none());
    }
}
