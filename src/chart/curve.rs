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

    /// The pieces as open lines.
    pub fn lines(&self) -> Vec<Line> {
        self.pieces.iter().map(|points| Line { points: points.clone(), closed: false }).collect()
    }
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
