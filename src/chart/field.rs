//! A function of two variables on a grid.

use super::{Point, View};
use crate::objective::{Objective, Values};

/// Values on the crossings of an even grid; the outermost lie on the rim of the view.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Crossings along x and along y, at least two each.
    pub size: [usize; 2],
    /// What the grid covers.
    pub view: View,
    /// Row by row from the lower rim, each from the left. May hold nan and infinities.
    pub values: Vec<f64>,
}

impl Field {
    /// Samples a function that is given a row of points at a time: their x, their y, and where the values go.
    pub fn sample(view: View, size: [usize; 2], mut row: impl FnMut(&[f64], &[f64], &mut [f64])) -> Self {
        let size = size.map(|n| n.clamp(2, 8192));
        let xs: Vec<f64> = (0..size[0]).map(|i| place(view.x, i, size[0])).collect();
        let mut ys = vec![0.0; size[0]];
        let mut values = vec![f64::NAN; size[0] * size[1]];
        for (j, out) in values.chunks_exact_mut(size[0]).enumerate() {
            ys.fill(place(view.y, j, size[1]));
            row(&xs, &ys, out);
        }
        Self { size, view, values }
    }

    /// The value at a crossing; nan outside.
    pub fn at(&self, i: usize, j: usize) -> f64 {
        if i < self.size[0] { self.values.get(j * self.size[0] + i).copied().unwrap_or(f64::NAN) } else { f64::NAN }
    }

    /// Where a crossing lies; fractions lie between.
    pub fn position(&self, i: f64, j: f64) -> Point {
        let along = |[a, b]: [f64; 2], k: f64, n: usize| a + (b - a) * (k / (n - 1) as f64);
        [along(self.view.x, i, self.size[0]), along(self.view.y, j, self.size[1])]
    }

    /// Whether the function breaks off between a crossing and the next one to the right (`along` 0) or above it (1): it
    /// jumps by more than `least`, against the way it goes on both sides and further. So it does at the pole of 1/x.
    pub fn breaks(&self, i: usize, j: usize, along: usize, least: f64) -> bool {
        let stride = if along == 0 { 1 } else { self.size[0] };
        let (k, n) = (j * self.size[0] + i, [i, j][along]);
        if n == 0 || n + 2 >= self.size[along] {
            return false;
        }
        let Some(values) = self.values.get(k - stride..=k + 2 * stride) else { return false };
        let rise = |step: usize| values[(step + 1) * stride] - values[step * stride];
        let (before, jump, after) = (rise(0), rise(1), rise(2));
        let far = jump.abs() > least && jump.abs() > before.abs() && jump.abs() > after.abs();
        far && (before < 0.0) == (jump > 0.0) && (after < 0.0) == (jump > 0.0) && before != 0.0 && after != 0.0
    }

    /// A jump that counts as one, see [`Field::breaks`]: half the spread of all but the outermost fiftieths of the finite
    /// values, given ascending; and whether there is one anywhere.
    pub fn broken(&self, sorted: &[f64]) -> (f64, bool) {
        let at = |share: f64| sorted.get(((sorted.len() as f64 - 1.0) * share).round() as usize).copied();
        let Some((low, high)) = at(0.02).zip(at(0.98)) else { return (f64::INFINITY, false) };
        let least = 0.5 * (high - low);
        let [columns, rows] = self.size;
        let any = (0..rows).any(|j| (0..columns).any(|i| (0..2).any(|along| self.breaks(i, j, along, least))));
        (least, any)
    }

    /// The finite values, ascending.
    pub fn sorted(&self) -> Vec<f64> {
        let mut finite: Vec<f64> = self.values.iter().copied().filter(|v| v.is_finite()).collect();
        finite.sort_unstable_by(f64::total_cmp);
        finite
    }
}

/// The `i`-th of `n` even places in an interval; the last is its end to the last bit.
fn place([a, b]: [f64; 2], i: usize, n: usize) -> f64 {
    if i + 1 == n { b } else { a + (b - a) * (i as f64 / (n - 1) as f64) }
}

/// A loss compiled for sampling: of one or two parameters, or a slice of more.
pub struct Sampler {
    losses: Values,
}

impl Sampler {
    /// Compiles the value of a loss.
    pub fn new(objective: &dyn Objective) -> Self {
        Self { losses: Values::new(objective) }
    }

    /// The values at many points given as a column for each parameter. Columns that are missing count as zeros, so a
    /// loss of one parameter may be given two.
    pub fn values(&mut self, columns: &[&[f64]], out: &mut [f64]) {
        let dimension = self.losses.dimension();
        let zeros = vec![0.0; if columns.len() < dimension { out.len() } else { 0 }];
        let inputs: Vec<&[f64]> = (0..dimension).map(|k| columns.get(k).copied().unwrap_or(&zeros)).collect();
        self.losses.at(&inputs, out);
    }

    /// The value at one point.
    pub fn value(&mut self, w: &[f64]) -> f64 {
        let columns: Vec<&[f64]> = w.chunks(1).collect();
        let mut out = [f64::NAN];
        self.values(&columns, &mut out);
        out[0]
    }

    /// The field of a loss of two parameters.
    pub fn field(&mut self, view: View, size: [usize; 2]) -> Field {
        Field::sample(view, size, |xs, ys, out| self.values(&[xs, ys], out))
    }
}
