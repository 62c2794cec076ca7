//! What the pane of the data shows: round ranges, so that a point that moves a little moves nothing else.

use super::is_class;
use crate::num::elem;
use crate::surface::model::{Model, find_model};

/// The ranges of `x` and `y`: the entry's own and all the points, with air around.
pub(super) fn ranges(model: &Model, points: &[[f64; 2]]) -> [[f64; 2]; 2] {
    let usual = find_model(&model.entry).map_or([-1.0, 1.0], |entry| entry.x);
    let x = rounded(spanned(usual, points.iter().map(|point| point[0])));
    if is_class(model) {
        return [x, [-0.2, 1.2]];
    }
    let first = points.first().map_or([0.0, 1.0], |point| [point[1], point[1]]);
    [x, rounded(spanned(first, points.iter().map(|point| point[1])))]
}

fn spanned([low, high]: [f64; 2], values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([low, high], |[low, high], value| [low.min(value), high.max(value)])
}

/// The range with a twelfth of air, out to the next eighth of a power of ten.
fn rounded([low, high]: [f64; 2]) -> [f64; 2] {
    let width = (high - low).max(1e-9 * (1.0 + high.abs())).max(1e-300);
    let mut step = 1.0;
    let exponent = elem::log10(width).floor();
    for _ in 0..(exponent.abs() as i32) {
        step = if exponent < 0.0 { step / 10.0 } else { step * 10.0 };
    }
    let step = if width / step < 2.0 {
        step / 5.0
    } else if width / step < 5.0 {
        step / 2.0
    } else {
        step
    };
    let air = width / 12.0;
    [((low - air) / step).floor() * step, ((high + air) / step).ceil() * step]
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn ranges_are_round_and_hold_what_they_must() {
        for range in [[-2.0, 2.0], [0.0, 1.0], [0.3, 0.3], [-1e6, 1e6], [1e-5, 2e-5], [5.0, 5.1]] {
            let [low, high] = rounded(range);
            assert!(low < range[0] && high > range[1], "{range:?}: {low} {high}");
            assert!(high - low < 3.0 * (range[1] - range[0]) + 1e-6 * (1.0 + high.abs()), "{range:?}: {low} {high}");
        }
        assert_eq!(rounded([-2.0, 2.0]), [-2.5, 2.5]);
    }
}
