//! A function of one variable as lines: sampled finer where it bends, broken where it has no value or jumps.

use super::{Line, Point};

/// The graph of a function over an interval.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// The pieces between the gaps, each from left to right.
    pub pieces: Vec<Vec<Point>>,
    /// The lowest and highest of its finite values, `None` if there is none.
    pub range: Option<[f64; 2]>,
}

/// Even samples that the refinement starts from.
const EVEN: usize = 256;
/// How often an interval may be halved: 2^-12 of an even step is far below a pixel.
const DEPTH: u32 = 12;
/// Samples are never more than this.
const MOST: usize = 20_000;

impl Curve {
    /// Samples `f`, which is given many x at a time and writes the values. `scale` is pixels per unit of x and of y:
    /// an interval is halved while the middle lies more than a quarter of a pixel off the chord.
    pub fn sample([from, to]: [f64; 2], scale: [f64; 2], mut f: impl FnMut(&[f64], &mut [f64])) -> Self {
        if !(from.is_finite() && to.is_finite() && from < to) {
            return Self::default();
        }
        let xs: Vec<f64> = (0..=EVEN).map(|k| from + (to - from) * (k as f64 / EVEN as f64)).collect();
        let mut ys = vec![f64::NAN; xs.len()];
        f(&xs, &mut ys);
        let mut points: Vec<Point> = xs.into_iter().zip(ys).map(|(x, y)| [x, y]).collect();
        // Each round halves all intervals that need it and asks for their middles in one go.
        let mut open: Vec<bool> = vec![true; EVEN];
        let mut broken = vec![false; EVEN];
        for _ in 0..DEPTH {
            let wanted: Vec<usize> = (0..open.len()).filter(|&k| open[k]).collect();
            if wanted.is_empty() || points.len() + wanted.len() > MOST {
                break;
            }
            let xs: Vec<f64> = wanted.iter().map(|&k| 0.5 * (points[k][0] + points[k + 1][0])).collect();
            let mut ys = vec![f64::NAN; xs.len()];
            f(&xs, &mut ys);
            let mut middles = xs.into_iter().zip(ys).map(|(x, y)| [x, y]);
            let (mut finer, mut asked, mut cut) = (Vec::new(), Vec::new(), Vec::new());
            for k in 0..open.len() {
                finer.push(points[k]);
                let middle = if open[k] { middles.next() } else { None };
                let Some(m) = middle else {
                    asked.push(false);
                    cut.push(broken[k]);
                    continue;
                };
                let (a, b) = (points[k], points[k + 1]);
                let more = bends(a, m, b, scale);
                finer.push(m);
                asked.extend([more, more]);
                cut.extend([jumps(a, m, scale) && more, jumps(m, b, scale) && more]);
            }
            finer.extend(points.last());
            (points, open, broken) = (finer, asked, cut);
        }
        Self::pieces(&points, &broken)
    }

    fn pieces(points: &[Point], broken: &[bool]) -> Self {
        let mut curve = Self::default();
        let mut piece: Vec<Point> = Vec::new();
        for (k, &[x, y]) in points.iter().enumerate() {
            if y.is_finite() {
                let [low, high] = curve.range.unwrap_or([y, y]);
                curve.range = Some([low.min(y), high.max(y)]);
                piece.push([x, y]);
            }
            if !y.is_finite() || broken.get(k).copied().unwrap_or(false) {
                curve.pieces.extend(Some(std::mem::take(&mut piece)).filter(|p| p.len() > 1));
            }
        }
        curve.pieces.extend(Some(piece).filter(|p| p.len() > 1));
        curve
    }

    /// The graph from one place to another (in either direction) with both ends; none where it has a gap between them.
    pub fn between(&self, from: f64, to: f64) -> Option<Vec<Point>> {
        let (low, high) = (from.min(to), from.max(to));
        let holds = |piece: &&Vec<Point>| {
            piece.first().is_some_and(|first| first[0] <= low) && piece.last().is_some_and(|last| high <= last[0])
        };
        let piece = self.pieces.iter().find(holds)?;
        let on = |x: f64| [x, height(piece, x)];
        let inner = piece.partition_point(|p| p[0] <= low)..piece.partition_point(|p| p[0] < high);
        let mut points = vec![on(low)];
        points.extend_from_slice(piece.get(inner).unwrap_or(&[]));
        points.push(on(high));
        if from > to {
            points.reverse();
        }
        Some(points)
    }

    /// The height of the graph as it is drawn; none in a gap.
    pub fn at(&self, x: f64) -> Option<f64> {
        let holds = |piece: &&Vec<Point>| {
            piece.first().is_some_and(|first| first[0] <= x) && piece.last().is_some_and(|last| x <= last[0])
        };
        self.pieces.iter().find(holds).map(|piece| height(piece, x))
    }

    /// The pieces as open lines.
    pub fn lines(&self) -> Vec<Line> {
        self.pieces.iter().map(|points| Line { points: points.clone(), closed: false }).collect()
    }
}

/// The height of a piece of two points at least at a place within it.
fn height(piece: &[Point], x: f64) -> f64 {
    let k = piece.partition_point(|p| p[0] < x).clamp(1, piece.len() - 1);
    let (a, b) = (piece[k - 1], piece[k]);
    a[1] + (b[1] - a[1]) * ((x - a[0]) / (b[0] - a[0])).clamp(0.0, 1.0)
}

/// Whether the middle shows something that the chord does not.
fn bends(a: Point, m: Point, b: Point, scale: [f64; 2]) -> bool {
    match (a[1].is_finite(), m[1].is_finite(), b[1].is_finite()) {
        // The rim of a gap is looked for, its inside is not.
        (false, false, false) => false,
        (true, true, true) => {
            let (dx, dy) = ((b[0] - a[0]) * scale[0], (b[1] - a[1]) * scale[1]);
            let off = ((m[1] - 0.5 * (a[1] + b[1])) * scale[1]).abs();
            // The distance to the chord, not the height above it: a steep straight wall needs no points.
            let apart = off * (dx / (dx * dx + dy * dy).sqrt().max(1e-300));
            // What is smooth becomes straight when halved; at a cliff the middle stays with one of its sides.
            apart > 0.25 || off > 0.35 * dy.abs() && off > 0.7
        }
        _ => true,
    }
}

/// Whether two neighbors that still want to be halved are next to nothing apart in x and far apart in y: a cliff.
fn jumps(a: Point, b: Point, scale: [f64; 2]) -> bool {
    let (dx, dy) = ((b[0] - a[0]).abs() * scale[0], (b[1] - a[1]).abs() * scale[1]);
    dx < 0.02 && dy > 1.0
}
