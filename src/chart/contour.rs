//! Contour lines by marching squares, joined into long lines.
//!
//! Each cell of the grid is crossed on the edges where the field passes the level; the crossings are placed by linear
//! interpolation and two neighbors share theirs, so lines have no gaps. The two-line cell (a saddle) is decided by the
//! value at its center. A cell with a corner that is not finite has no line: contours end at the rim of the undefined.

use super::path::decimate;
use super::{Field, Point};

/// The lines of one level.
#[derive(Clone, Debug, PartialEq)]
pub struct Contour {
    /// The value.
    pub level: f64,
    /// Its lines, the order a function of the field alone.
    pub lines: Vec<Line>,
}

/// A line through points; a closed one does not repeat its first point.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The points, the higher ground on the left when walking along (in a picture with y up).
    pub points: Vec<Point>,
    /// Whether the last point is joined to the first.
    pub closed: bool,
}

impl Line {
    /// Leaves out the points that lie within `tolerance` cells of the grid of the line through the others.
    pub fn thin(&mut self, field: &Field, tolerance: f64) {
        let [width, height] = field.view.size();
        let cells = [(field.size[0] - 1) as f64 / width, (field.size[1] - 1) as f64 / height];
        if self.closed {
            self.points.extend_from_within(..1);
        }
        let pieces = decimate(&self.points, field.view.grown(1.0), cells, tolerance);
        if let [kept] = &pieces[..] {
            self.points = kept.iter().map(|&k| self.points[k]).collect();
        }
        if self.closed {
            self.points.pop();
        }
    }
}

/// The contour lines of a field at some levels, in the order of the levels. Levels that are not finite have none.
pub fn contours(field: &Field, levels: &[f64]) -> Vec<Contour> {
    let mut links = Links::new(field);
    levels.iter().map(|&level| Contour { level, lines: links.lines(field, level) }).collect()
}

const NONE: u32 = u32::MAX;

/// For each edge of the grid the edge where the line that comes out of it leaves the next cell. An edge is crossed in one
/// direction only, so one link forward and one back is all there can be.
struct Links {
    next: Vec<u32>,
    previous: Vec<u32>,
    /// The edges with a link forward, in the order of the cells.
    used: Vec<u32>,
}

/// The edge from crossing `(i, j)` to the right is `2 k`, the one upward `2 k + 1`, with `k = j * width + i`.
fn edges(k: usize, width: usize) -> [u32; 4] {
    // Bottom, right, top, left.
    [2 * k, 2 * (k + 1) + 1, 2 * (k + width), 2 * k + 1].map(|e| e as u32)
}

impl Links {
    fn new(field: &Field) -> Self {
        let count = 2 * field.values.len();
        Self { next: vec![NONE; count], previous: vec![NONE; count], used: Vec::new() }
    }

    fn join(&mut self, from: u32, to: u32) {
        self.next[from as usize] = to;
        self.previous[to as usize] = from;
        self.used.push(from);
    }

    fn lines(&mut self, field: &Field, level: f64) -> Vec<Line> {
        let [width, height] = field.size;
        if !level.is_finite() || field.values.len() != width * height {
            return Vec::new();
        }
        for j in 0..height - 1 {
            let low = &field.values[j * width..(j + 1) * width];
            let high = &field.values[(j + 1) * width..(j + 2) * width];
            for i in 0..width - 1 {
                let corners = [low[i], low[i + 1], high[i + 1], high[i]];
                let case = (0..4).fold(0, |case, c| case | (usize::from(corners[c] >= level) << c));
                if case != 0 && case != 15 && corners.iter().all(|v| v.is_finite()) {
                    self.cell(case, corners, level, edges(j * width + i, width));
                }
            }
        }
        self.collect(field, level)
    }

    /// Joins the edges of one cell; bit `c` of `case` says that corner `c` (from the lower left, counterclockwise) is
    /// at or above the level.
    fn cell(&mut self, case: usize, corners: [f64; 4], level: f64, [bottom, right, top, left]: [u32; 4]) {
        let above = || corners.iter().map(|v| v * 0.25).sum::<f64>() >= level;
        // The higher ground on the left.
        match case {
            1 => self.join(bottom, left),
            2 => self.join(right, bottom),
            3 => self.join(right, left),
            4 => self.join(top, right),
            6 => self.join(top, bottom),
            7 => self.join(top, left),
            8 => self.join(left, top),
            9 => self.join(bottom, top),
            11 => self.join(right, top),
            12 => self.join(left, right),
            13 => self.join(bottom, right),
            14 => self.join(left, bottom),
            5 if above() => [(bottom, right), (top, left)].into_iter().for_each(|(a, b)| self.join(a, b)),
            5 => [(bottom, left), (top, right)].into_iter().for_each(|(a, b)| self.join(a, b)),
            10 if above() => [(left, bottom), (right, top)].into_iter().for_each(|(a, b)| self.join(a, b)),
            _ => [(right, bottom), (left, top)].into_iter().for_each(|(a, b)| self.join(a, b)),
        }
    }

    /// Walks along the links and clears them.
    fn collect(&mut self, field: &Field, level: f64) -> Vec<Line> {
        let used = std::mem::take(&mut self.used);
        // Open lines first, each from its start; what then is left are loops.
        let starts = used.iter().copied().filter(|&e| self.previous[e as usize] == NONE);
        let order: Vec<u32> = starts.chain(used.iter().copied()).collect();
        let mut lines = Vec::new();
        for start in order {
            let mut points = Vec::new();
            let mut edge = start;
            let closed = self.previous[start as usize] != NONE;
            while self.next[edge as usize] != NONE {
                push(&mut points, crossing(field, edge, level));
                edge = std::mem::replace(&mut self.next[edge as usize], NONE);
            }
            if !closed && !points.is_empty() {
                push(&mut points, crossing(field, edge, level));
            }
            if closed && points.len() > 1 && points.first() == points.last() {
                points.pop();
            }
            if points.len() > 1 {
                lines.push(Line { points, closed });
            }
        }
        self.previous.fill(NONE);
        self.used = used;
        self.used.clear();
        lines
    }
}

/// A level that is met exactly at a crossing of the grid is met on several edges at once.
fn push(points: &mut Vec<Point>, point: Point) {
    if points.last() != Some(&point) {
        points.push(point);
    }
}

/// Where the level is met on an edge.
fn crossing(field: &Field, edge: u32, level: f64) -> Point {
    let (k, upward) = ((edge / 2) as usize, edge % 2 == 1);
    let (i, j) = (k % field.size[0], k / field.size[0]);
    let (a, b) = (field.at(i, j), if upward { field.at(i, j + 1) } else { field.at(i + 1, j) });
    let t = ((level - a) / (b - a)).clamp(0.0, 1.0);
    if upward { field.position(i as f64, j as f64 + t) } else { field.position(i as f64 + t, j as f64) }
}
