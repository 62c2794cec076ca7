//! The ground of two variables: a field, its scale, and contour lines that lie on their level to the last digit that a
//! printer can show.

use super::frame::Plane;
use super::theme::Theme;
use crate::chart::path::decimate;
use crate::chart::{Contour, Field, Line, Sampler, Tone, ToneKind, View, contour, levels};
use crate::scene::Pixels;
use crate::session::Scale;

/// A field with its scale and its contour lines.
pub(super) struct Ground {
    /// The samples.
    pub field: Field,
    /// The scale of values.
    pub tone: Tone,
    /// The contour lines, the lowest first; in data.
    pub contours: Vec<Contour>,
}

/// About how many contour lines.
pub(super) const LEVELS: usize = 14;
/// Units of the page between two crossings of the grid, and the most crossings.
const GRAIN: f64 = 1.6;
const MOST: f64 = 420.0;
/// How often a crossing is brought nearer to its level.
const ROUNDS: usize = 4;
/// How far, in points, a line may pass a point that is left out.
const THIN: f64 = 0.06;

/// The spread of colors and heights for a scale.
pub(super) fn kind(scale: Scale) -> ToneKind {
    match scale {
        Scale::Linear => ToneKind::Linear,
        Scale::Log => ToneKind::Log,
    }
}

impl Ground {
    /// The ground of a plane.
    pub(super) fn of(sampler: &mut Sampler, plane: &Plane, unit: f64, kind: ToneKind, lines: bool) -> Self {
        let size = plane.frame.size().map(|side| (side / (GRAIN * unit)).clamp(80.0, MOST) as usize);
        let field = sampler.field(plane.view(), size);
        let tone = Tone::of(&field, kind);
        let mut contours = match lines {
            true => contour::contours(&field, &levels::levels(&tone, LEVELS)),
            false => Vec::new(),
        };
        for contour in &mut contours {
            for line in &mut contour.lines {
                refine(sampler, &field, contour.level, line);
            }
            contour.lines = std::mem::take(&mut contour.lines).into_iter().flat_map(|line| thin(line, plane)).collect();
        }
        Self { field, tone, contours }
    }

    /// The map of colors as a picture over a plane, so many pixels for a point.
    pub(super) fn heat(&self, sampler: &mut Sampler, plane: &Plane, theme: &Theme, density: f64) -> Pixels {
        let size = plane.frame.size().map(|side| (side * density).clamp(2.0, 4096.0) as usize);
        let View { x, y } = plane.view();
        // A pixel has the color of its middle.
        let inner = |[low, high]: [f64; 2], n: usize| {
            let half = 0.5 * (high - low) / n as f64;
            [low + half, high - half]
        };
        let field = sampler.field(View { x: inner(x, size[0]), y: inner(y, size[1]) }, size);
        let table: Vec<[u8; 3]> = (0..256).map(|k| theme.heat(f64::from(k) / 255.0)).collect();
        let paper = [theme.paper.0[0], theme.paper.0[1], theme.paper.0[2]];
        let mut rgba = Vec::with_capacity(4 * size[0] * size[1]);
        for value in field.values.chunks_exact(size[0]).rev().flatten() {
            let unit = self.tone.unit(*value);
            let [r, g, b] = if unit.is_nan() { paper } else { table[(unit * 255.0 + 0.5) as usize & 255] };
            rgba.extend_from_slice(&[r, g, b, 255]);
        }
        Pixels { width: size[0] as u32, height: size[1] as u32, rgba }
    }
}

/// Moves the points of a contour line along their edges of the grid to where the function has the level.
fn refine(sampler: &mut Sampler, field: &Field, level: f64, line: &mut Line) {
    let mut edges: Vec<Edge> = line.points.iter().filter_map(|point| Edge::of(field, *point, level)).collect();
    if edges.len() != line.points.len() {
        return;
    }
    let (mut xs, mut ys, mut values) = (Vec::new(), Vec::new(), vec![0.0; edges.len()]);
    for _ in 0..ROUNDS {
        xs.clear();
        ys.clear();
        for edge in &edges {
            let [x, y] = edge.place();
            xs.push(x);
            ys.push(y);
        }
        sampler.values(&[&xs, &ys], &mut values);
        for (edge, value) in edges.iter_mut().zip(&values) {
            edge.narrow(value - level);
        }
    }
    for (point, edge) in line.points.iter_mut().zip(&edges) {
        *point = edge.place();
    }
}

/// An edge of the grid on which the function passes a level.
struct Edge {
    ends: [[f64; 2]; 2],
    /// A stretch of it, 0 to 1, at whose ends the function lies on different sides of the level, and by how much.
    low: (f64, f64),
    high: (f64, f64),
    /// Where on it the level is met, as far as is known.
    at: f64,
}

impl Edge {
    /// The edge that a crossing lies on.
    fn of(field: &Field, [x, y]: [f64; 2], level: f64) -> Option<Self> {
        let View { x: across, y: up } = field.view;
        let cells = |v: f64, [low, high]: [f64; 2], n: usize| (v - low) / (high - low) * (n - 1) as f64;
        let (u, v) = (cells(x, across, field.size[0]), cells(y, up, field.size[1]));
        let on = |t: f64| (t - t.round()).abs() < 1e-6;
        let (from, to, at) = match (on(u), on(v)) {
            (_, true) => ((u.floor(), v.round()), (u.floor() + 1.0, v.round()), u - u.floor()),
            (true, false) => ((u.round(), v.floor()), (u.round(), v.floor() + 1.0), v - v.floor()),
            (false, false) => return None,
        };
        let value = |(i, j): (f64, f64)| field.at(i as usize, j as usize) - level;
        let (low, high) = ((0.0, value(from)), (1.0, value(to)));
        let ends = [field.position(from.0, from.1), field.position(to.0, to.1)];
        // A level that is met at a crossing of the grid is where it is.
        if low.1 == 0.0 || high.1 == 0.0 || (low.1 < 0.0) == (high.1 < 0.0) {
            let ends = [[x, y], [x, y]];
            return Some(Self { ends, low: (0.0, 0.0), high: (1.0, 0.0), at: 0.0 });
        }
        Some(Self { ends, low, high, at })
    }

    fn place(&self) -> [f64; 2] {
        let [a, b] = self.ends;
        [0, 1].map(|k| a[k] + (b[k] - a[k]) * self.at)
    }

    /// Takes the value at the present place, less the level, and finds a better one.
    fn narrow(&mut self, value: f64) {
        if !value.is_finite() || value == 0.0 || self.low.1 == 0.0 {
            return;
        }
        // The end that stays counts half: else one that is far off the level would hold the other for long.
        if (value < 0.0) == (self.low.1 < 0.0) {
            (self.low, self.high.1) = ((self.at, value), 0.5 * self.high.1);
        } else {
            (self.high, self.low.1) = ((self.at, value), 0.5 * self.low.1);
        }
        let ((a, fa), (b, fb)) = (self.low, self.high);
        self.at = (a - fa * (b - a) / (fb - fa)).clamp(a.min(b), a.max(b));
    }
}

/// The same line with as few points as are seen on the page; it may fall into pieces where it leaves it.
fn thin(line: Line, plane: &Plane) -> Vec<Line> {
    let mut points = line.points;
    if line.closed {
        points.extend_from_within(..1);
    }
    let view = plane.view().grown(1.0);
    let pieces = decimate(&points, view, plane.scale(), THIN);
    let whole = pieces.len() == 1 && line.closed;
    let kept = |piece: Vec<usize>| {
        let mut points: Vec<[f64; 2]> = piece.into_iter().map(|k| points[k]).collect();
        if whole {
            points.pop();
        }
        Line { points, closed: whole }
    };
    pieces.into_iter().map(kept).filter(|line| line.points.len() > 1).collect()
}
