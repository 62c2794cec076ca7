//! The local parabola on a map: its contour lines near the place where it touches the ground.

use super::{Field, Point, View, contour};
use crate::surface::Curvature;

/// How many lines there are at most: those next to the place's own height.
const LINES: usize = 7;

/// The contour lines of the parabola that fits at a place of two variables: that through the place, and those of the given levels
/// that are next to it in height, so that equal heights can be compared with the ground's own lines. They are sought `half` a
/// side around the place, on a grid of so many crossings a side. A closed line ends where it begins.
pub fn parabola(ground: &Curvature, half: [f64; 2], crossings: usize, levels: &[f64]) -> Vec<Vec<Point>> {
    let [x, y] = ground.at[..] else { return Vec::new() };
    let view = View { x: [x - half[0], x + half[0]], y: [y - half[1], y + half[1]] };
    let field = Field::sample(view, [crossings, crossings], |xs, ys, out| {
        for ((x, y), z) in xs.iter().zip(ys).zip(out) {
            *z = ground.model(&[*x, *y]);
        }
    });
    let mut near: Vec<f64> = levels.to_vec();
    near.sort_by(|a, b| (a - ground.value).abs().total_cmp(&(b - ground.value).abs()));
    near.truncate(LINES - 1);
    near.push(ground.value);
    let lines = contour::contours(&field, &near).into_iter().flat_map(|contour| contour.lines);
    lines
        .map(|line| {
            let closing = line.points.first().filter(|_| line.closed);
            line.points.iter().chain(closing).copied().collect()
        })
        .collect()
}
