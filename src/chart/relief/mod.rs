//! A surface of two variables in space: a mesh over the same field that the contour lines come from, with normals and
//! shade; the eye that looks at it; what is under a place of the picture; lines laid on it.
//!
//! Everything stands in a box: the view on the ground, its longer side from -1 to 1, the heights from 0 to [`RISE`]. What
//! has no value is left open. A pole is cut where it would flatten all the rest, and the rim of the cut is a line.
//! Geometry only: colors come in as a table, and how the picture is made of it is the caller's business.

mod eye;
mod heights;
mod lay;
mod mesh;
mod pick;
mod raster;
mod stretch;

pub use eye::{Eye, Seen};
pub use heights::Heights;
pub use lay::{Laid, lay};
pub use mesh::{Mesh, Vertex};
pub use raster::{Ink, Picture, Raster};
pub use stretch::{Bead, Kind, Stretch, beads, stretches};

use super::{Field, Line, Point, Tone, ToneKind, View, contour};

/// How high the box is, in its units.
pub const RISE: f64 = 0.86;

/// A surface in its box.
#[derive(Clone, Debug)]
pub struct Relief {
    /// What the ground shows.
    pub view: View,
    /// Half the sides of the ground; the longer is 1.
    pub half: [f64; 2],
    /// How values become heights.
    pub heights: Heights,
    /// The surface as triangles.
    pub mesh: Mesh,
    /// The lines along which the surface is cut, each with the height of the cut in the box.
    pub rims: Vec<(f64, Line)>,
    size: [usize; 2],
    /// Heights at the crossings of the grid in units of the box, 0 to 1 inside of it; row by row.
    grid: Vec<f64>,
}

impl Relief {
    /// The relief of a field. `tone` is the scale of its colors, `kind` the one of its heights.
    pub fn of(field: &Field, tone: &Tone, kind: ToneKind) -> Self {
        let (mut relief, jump) = Self::heights_of(field, kind);
        relief.mesh = Mesh::of(field, &relief.grid, tone, relief.half, jump);
        let rim = |(cut, height): (Option<f64>, f64)| {
            let contours = cut.map_or_else(Vec::new, |value| contour::contours(field, &[value]));
            contours.into_iter().flat_map(|contour| contour.lines).map(move |line| (height, line))
        };
        relief.rims = relief.heights.cuts().into_iter().zip([0.0, RISE]).flat_map(rim).collect();
        relief
    }

    /// A relief that is not to be seen: its heights without a mesh, which tell what rolls and what flies.
    pub fn bare(field: &Field, kind: ToneKind) -> Self {
        Self::heights_of(field, kind).0
    }

    /// The heights, and what counts as a jump where the field is broken.
    fn heights_of(field: &Field, kind: ToneKind) -> (Self, Option<f64>) {
        let sorted = field.sorted();
        let (jump, broken) = field.broken(&sorted);
        let heights = Heights::of(&sorted, kind, broken);
        let grid: Vec<f64> = field.values.iter().map(|&value| heights.unit(value)).collect();
        let [width, height] = field.view.size();
        let longer = width.max(height);
        let half = [width / longer, height / longer];
        let (mesh, rims) = (Mesh::default(), Vec::new());
        (Self { view: field.view, half, heights, mesh, rims, size: field.size, grid }, broken.then_some(jump))
    }

    /// Where a place of the ground stands in the box.
    pub fn ground(&self, [x, y]: Point) -> Point {
        let along = |v: f64, [low, high]: [f64; 2], half: f64| ((v - low) / (high - low) * 2.0 - 1.0) * half;
        [along(x, self.view.x, self.half[0]), along(y, self.view.y, self.half[1])]
    }

    /// The place in the data that stands at a place of the ground: the inverse of [`Relief::ground`].
    pub fn data(&self, [x, y]: Point) -> Point {
        let along = |v: f64, [low, high]: [f64; 2], half: f64| low + (v / half + 1.0) * 0.5 * (high - low);
        [along(x, self.view.x, self.half[0]), along(y, self.view.y, self.half[1])]
    }

    /// The height over a place of the ground, in the box, on the triangles that are drawn; outside, where the surface has
    /// no value and where it is cut away: none.
    pub fn height(&self, place: Point) -> Option<f64> {
        let unit = self.unit(place)?;
        (-1e-9..=1.0 + 1e-9).contains(&unit).then_some(unit * RISE)
    }

    /// The same from 0 to 1, and beyond where the surface is cut.
    fn unit(&self, [x, y]: Point) -> Option<f64> {
        let [columns, rows] = self.size;
        let along = |v: f64, half: f64, n: usize| (v / half + 1.0) * 0.5 * (n - 1) as f64;
        let (u, v) = (along(x, self.half[0], columns), along(y, self.half[1], rows));
        // The rim may be missed by the last bit.
        let inside = |t: f64, n: usize| (-1e-6..=(n - 1) as f64 + 1e-6).contains(&t);
        if !(inside(u, columns) && inside(v, rows)) {
            return None;
        }
        let cell = |t: f64, n: usize| (t.max(0.0) as usize).min(n - 2);
        let (i, j) = (cell(u, columns), cell(v, rows));
        let (s, t) = (u - i as f64, v - j as f64);
        let at = |i: usize, j: usize| self.grid[j * columns + i];
        let (a, b, c, d) = (at(i, j), at(i + 1, j), at(i, j + 1), at(i + 1, j + 1));
        let unit = match (mesh::rising(a, b, c, d), s, t) {
            (true, s, t) if t <= s => a + s * (b - a) + t * (d - b),
            (true, s, t) => a + t * (c - a) + s * (d - c),
            (false, s, t) if s + t <= 1.0 => a + s * (b - a) + t * (c - a),
            (false, s, t) => d + (1.0 - s) * (c - d) + (1.0 - t) * (b - d),
        };
        unit.is_finite().then_some(unit)
    }

    /// Whether the box stands over a place of the ground.
    fn holds(&self, [x, y]: Point) -> bool {
        x.abs() <= self.half[0] && y.abs() <= self.half[1]
    }

    /// The upward normal of the surface at a place of the ground, in the box; straight up where there is none.
    pub fn normal(&self, [x, y]: Point) -> [f64; 3] {
        let step = [0, 1].map(|k| 2.0 * self.half[k] / (self.size[k] - 1) as f64);
        let slope = |k: usize| {
            let beside = |by: f64| self.unit(if k == 0 { [x + by, y] } else { [x, y + by] });
            let here = || self.unit([x, y]);
            let (low, high, span) = match (beside(-step[k]), beside(step[k])) {
                (Some(low), Some(high)) => (low, high, 2.0 * step[k]),
                (Some(low), None) => (low, here().unwrap_or(low), step[k]),
                (None, Some(high)) => (here().unwrap_or(high), high, step[k]),
                (None, None) => (0.0, 0.0, 1.0),
            };
            mesh::held(high - low) * RISE / span
        };
        unit([-slope(0), -slope(1), 1.0])
    }
}

/// A vector of length one in the same direction.
fn unit(v: [f64; 3]) -> [f64; 3] {
    let length = (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt();
    v.map(|part| part / length)
}
