//! The limit of stability on a map: where the rate becomes too large for the curvature at the minimum.

use super::axis::Varied;
use super::spec::Map;
use super::verdict::Fate;
use crate::descent::Character;
use crate::num::linalg::eigen;
use crate::objective::Evaluator;

/// Places along the limit.
const PLACES: usize = 32;

impl Map {
    /// The minimum that most cells arrive at.
    pub fn favorite(&self) -> Option<&[f64]> {
        let count = |minimum: usize| self.cells.iter().filter(|c| c.fate == Fate::Arrived(minimum as u16)).count();
        let minima = &self.spec.targets.minima;
        let favorite = (0..minima.len()).max_by_key(|&minimum| (count(minimum), std::cmp::Reverse(minimum)))?;
        minima.get(favorite).map(Vec::as_slice)
    }

    /// The largest rate that is stable at the minimum that most cells arrive at, for each value of the other side, as
    /// places on the map, 0 to 1 across and up. Empty where no side varies the rate, and where nothing says it.
    pub fn limit(&self) -> Vec<[f64; 2]> {
        let spec = &self.spec;
        let rate = spec.axes.iter().position(|axis| axis.what == Varied::Hyper(0));
        let (Some(rate), None, Some(at)) = (rate, &spec.base.schedule, self.favorite()) else { return Vec::new() };
        let n = at.len();
        let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
        Evaluator::new(spec.base.objective.clone()).hessian(at, &mut gradient, &mut hessian);
        let Some(curvature) = eigen(n, &hessian).values.last().copied().filter(|most| *most > 0.0) else {
            return Vec::new();
        };
        let other = spec.axes[1 - rate];
        let mut places = Vec::with_capacity(PLACES + 1);
        for place in 0..=PLACES {
            let share = place as f64 / PLACES as f64;
            let mut settings = spec.base.settings.clone();
            if let Varied::Hyper(index) = other.what
                && let Some(slot) = settings.get_mut(index)
            {
                *slot = other.scale.value_at(other.range, share);
            }
            let Some(product) = Character::of(&spec.base.optimizer, &settings).limit() else { continue };
            let [low, high] = spec.axes[rate].range;
            let most = product / curvature;
            if (low..=high).contains(&most) {
                let along = spec.axes[rate].position(most);
                places.push(if rate == 0 { [along, share] } else { [share, along] });
            }
        }
        places
    }
}
