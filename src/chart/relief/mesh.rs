//! The surface as triangles. Those with a corner that has no value are left out, those that pass the floor or the ceiling
//! of the box are clipped there.

use super::{RISE, unit};
use crate::chart::{Field, Tone};

/// A corner of the mesh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vertex {
    /// Its place in the box.
    pub at: [f32; 3],
    /// The upward normal of the surface.
    pub normal: [f32; 3],
    /// Its place on the scale of colors, 0 to 1.
    pub tone: f32,
    /// How open it lies to the sky, 1 on a plain, less in a hollow.
    pub open: f32,
}

/// Triangles with their corners, counterclockwise seen from above.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// The corners: the crossings of the grid row by row, then those that clipping made.
    pub vertices: Vec<Vertex>,
    /// Three corners each; row by row from the lower rim.
    pub triangles: Vec<[u32; 3]>,
}

/// How many cells a hollow may be away to be noticed.
const REACH: usize = 10;

/// Whether the cell with these corners (lower left, lower right, upper left, upper right) is divided along the diagonal
/// from its lower left: along the one that changes less, so that ridges are not notched.
pub(super) fn rising(a: f64, b: f64, c: f64, d: f64) -> bool {
    (b - c).abs() >= (a - d).abs() || (b - c).is_nan()
}

/// A height that takes part in slopes: what is cut away counts as little above the box.
pub(super) fn held(unit: f64) -> f64 {
    unit.clamp(-1.5, 1.5)
}

impl Mesh {
    /// The mesh over a field whose heights, 0 to 1 in the box, are given at its crossings; open where it jumps so far that
    /// it breaks off.
    pub(super) fn of(field: &Field, heights: &[f64], tone: &Tone, half: [f64; 2], jump: Option<f64>) -> Self {
        let [columns, rows] = field.size;
        let step = [2.0 * half[0] / (columns - 1) as f64, 2.0 * half[1] / (rows - 1) as f64];
        let open = openness(heights, columns);
        let mut mesh = Self { vertices: Vec::with_capacity(heights.len()), triangles: Vec::new() };
        for j in 0..rows {
            for i in 0..columns {
                let k = j * columns + i;
                let slope_x = slope(heights, k, i, columns, 1) / step[0];
                let slope_y = slope(heights, k, j, rows, columns) / step[1];
                let normal = unit([-slope_x * RISE, -slope_y * RISE, 1.0]);
                let at = [i as f64 * step[0] - half[0], j as f64 * step[1] - half[1], heights[k] * RISE];
                mesh.vertices.push(Vertex {
                    at: at.map(|v| v as f32),
                    normal: normal.map(|v| v as f32),
                    tone: tone.unit(field.values[k]) as f32,
                    open: open[k],
                });
            }
        }
        mesh.triangles.reserve(2 * heights.len());
        for j in 0..rows - 1 {
            for i in 0..columns - 1 {
                if jump.is_some_and(|least| torn(field, i, j, least)) {
                    continue;
                }
                let k = j * columns + i;
                let [a, b, c, d] = [k, k + 1, k + columns, k + columns + 1];
                let [ha, hb, hc, hd] = [a, b, c, d].map(|k| heights[k]);
                let pair = if rising(ha, hb, hc, hd) { [[a, b, d], [a, d, c]] } else { [[a, b, c], [b, d, c]] };
                for corners in pair {
                    mesh.add(corners, heights);
                }
            }
        }
        mesh
    }

    fn add(&mut self, corners: [usize; 3], heights: &[f64]) {
        let high = corners.map(|k| heights[k]);
        if high.iter().all(|h| (0.0..=1.0).contains(h)) {
            self.triangles.push(corners.map(|k| k as u32));
        } else if high.iter().all(|h| h.is_finite()) && high.iter().any(|h| *h > 0.0) && high.iter().any(|h| *h < 1.0) {
            self.clip(corners, high);
        }
    }

    /// Adds the part of a triangle between floor and ceiling.
    fn clip(&mut self, corners: [usize; 3], high: [f64; 3]) {
        let mut polygon: Vec<(Vertex, f64)> = corners.iter().zip(high).map(|(&k, h)| (self.vertices[k], h)).collect();
        for (end, sign) in [(0.0, 1.0), (1.0, -1.0)] {
            let inside = |h: f64| (h - end) * sign >= 0.0;
            let mut kept = Vec::with_capacity(polygon.len() + 1);
            for (k, &(vertex, h)) in polygon.iter().enumerate() {
                let (next, to) = polygon[(k + 1) % polygon.len()];
                if inside(h) {
                    kept.push((vertex, h));
                }
                if inside(h) != inside(to) {
                    kept.push((between(vertex, next, (end - h) / (to - h), end), end));
                }
            }
            polygon = kept;
        }
        let first = self.vertices.len() as u32;
        self.vertices.extend(polygon.iter().map(|(vertex, _)| *vertex));
        self.triangles.extend((2..polygon.len() as u32).map(|k| [first, first + k - 1, first + k]));
    }
}

/// Whether the function breaks off along one of the sides of a cell.
fn torn(field: &Field, i: usize, j: usize, least: f64) -> bool {
    let breaks = |i: usize, j: usize, along: usize| field.breaks(i, j, along, least);
    breaks(i, j, 0) || breaks(i, j + 1, 0) || breaks(i, j, 1) || breaks(i + 1, j, 1)
}

/// A corner on the way from one to another, on the floor or the ceiling.
fn between(a: Vertex, b: Vertex, t: f64, end: f64) -> Vertex {
    let t = t as f32;
    let mix = |a: f32, b: f32| a + (b - a) * t;
    let mix3 = |a: [f32; 3], b: [f32; 3]| [mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])];
    let [x, y, _] = mix3(a.at, b.at);
    Vertex {
        at: [x, y, (end * RISE) as f32],
        normal: mix3(a.normal, b.normal),
        tone: mix(a.tone, b.tone),
        open: mix(a.open, b.open),
    }
}

/// The difference of heights per cell along one axis at crossing `k`, the `n`-th of `count`; one-sided beside a gap.
fn slope(heights: &[f64], k: usize, n: usize, count: usize, stride: usize) -> f64 {
    let here = heights[k];
    let low = if n > 0 { heights[k - stride] } else { f64::NAN };
    let high = if n + 1 < count { heights[k + stride] } else { f64::NAN };
    let rise = match (low.is_finite(), high.is_finite()) {
        (true, true) => (held(high) - held(low)) * 0.5,
        (true, false) => held(here) - held(low),
        (false, true) => held(high) - held(here),
        (false, false) => 0.0,
    };
    if rise.is_finite() { rise } else { 0.0 }
}

/// How open each crossing lies: less the more the ground around it is above it on average.
fn openness(heights: &[f64], columns: usize) -> Vec<f32> {
    let known: Vec<f32> =
        heights.iter().map(|h| if h.is_finite() { h.clamp(0.0, 1.0) as f32 } else { f32::NAN }).collect();
    let mut around = known.clone();
    let rows = heights.len() / columns;
    // Twice the mean along each axis is close to a bell.
    for _ in 0..2 {
        for j in 0..rows {
            mean(&mut around, j * columns, columns, 1);
        }
        for i in 0..columns {
            mean(&mut around, i, rows, columns);
        }
    }
    let hollow = |(h, mean): (&f32, &f32)| if h.is_nan() { 1.0 } else { 1.0 - (3.0 * (mean - h)).clamp(-0.15, 0.45) };
    known.iter().zip(&around).map(hollow).collect()
}

/// Replaces each number of a row by the mean of those within reach; gaps take no part and are filled.
fn mean(values: &mut [f32], first: usize, count: usize, stride: usize) {
    let row: Vec<f32> = (0..count).map(|k| values[first + k * stride]).collect();
    let (mut sum, mut known) = (0.0_f64, 0_u32);
    let change = |k: usize, by: f64, sum: &mut f64, known: &mut u32| {
        if let Some(value) = row.get(k).filter(|value| !value.is_nan()) {
            *sum += by * f64::from(*value);
            *known = known.wrapping_add_signed(by as i32);
        }
    };
    (0..REACH).for_each(|k| change(k, 1.0, &mut sum, &mut known));
    for k in 0..count {
        change(k + REACH, 1.0, &mut sum, &mut known);
        values[first + k * stride] = if known > 0 { (sum / f64::from(known)) as f32 } else { f32::NAN };
        if k >= REACH {
            change(k - REACH, -1.0, &mut sum, &mut known);
        }
    }
}
