//! Settings that suit: which rate a rule should begin with on a surface, so that what is chosen moves at once.

use crate::descent::Character;
use crate::optim::OptimizerSpec;
use crate::surface::Surface;

/// For rules whose rates are lengths: the width of the plot is so many steps.
const STEPS_ACROSS: f64 = 100.0;
/// Lengths of the first step, in rates, for which a rate is called a length.
const REACH: std::ops::RangeInclusive<f64> = 0.3..=30.0;

/// The defaults of an optimizer with a rate that suits the surface.
pub(super) fn settings(optimizer: &OptimizerSpec, surface: &Surface) -> Vec<f64> {
    let mut settings = optimizer.defaults();
    if let Some(rate) = rate(optimizer, &settings, surface)
        && let Some(first) = settings.first_mut()
    {
        *first = rate;
    }
    settings
}

/// The surface's prepared rate for a rule that follows the slope, a hundredth of the plot's width for one whose rates are
/// lengths; none for any other: its own default is best.
pub(super) fn rate(optimizer: &OptimizerSpec, settings: &[f64], surface: &Surface) -> Option<f64> {
    let rate = match Character::of(optimizer, settings) {
        Character::Linear { .. } => surface.lr,
        Character::ScaleFree { reach } if REACH.contains(&reach) => {
            let width = surface.domain.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
            round(width / STEPS_ACROSS)
        }
        Character::ScaleFree { .. } | Character::Other => return None,
    };
    optimizer.hyperparameters.first().filter(|lr| lr.check(rate).is_ok()).map(|_| rate)
}

/// 1, 2 or 5 times a power of ten, not above the number.
fn round(wanted: f64) -> f64 {
    let mut power = 1.0;
    while 1.0 / power > wanted && power < 1e15 {
        power *= 10.0;
    }
    [5.0, 2.0].into_iter().map(|digit| digit / power).find(|&rate| rate <= wanted).unwrap_or(1.0 / power)
}
