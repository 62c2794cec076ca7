//! Long paths made short without a visible change.

use super::{Point, View};

/// The indices of a path that are enough to draw it: the line through them stays within `tolerance` pixels of every
/// point and passes them in order, so turns, zigzags and loops that can be seen are kept. `scale` is pixels per unit.
/// A piece ends at a point that is not finite. What lies outside of `view` and does not cross it is left out; give a
/// view grown by the width of the line.
pub fn decimate(path: &[Point], view: View, scale: [f64; 2], tolerance: f64) -> Vec<Vec<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < path.len() {
        if !is_finite(&path[start]) {
            start += 1;
            continue;
        }
        let end = path[start..].iter().position(|p| !is_finite(p)).map_or(path.len(), |k| start + k);
        visible(path, start, end, view, &mut |from, to| pieces.push(thin(path, from, to, scale, tolerance)));
        start = end;
    }
    pieces
}

fn is_finite(p: &Point) -> bool {
    p[0].is_finite() && p[1].is_finite()
}

/// Calls back for each run of points from `start` to `end` (exclusive) whose segments may cross the view.
fn visible(path: &[Point], start: usize, end: usize, view: View, run: &mut dyn FnMut(usize, usize)) {
    if end - start == 1 {
        if view.contains(path[start]) {
            run(start, end);
        }
        return;
    }
    let mut open = None;
    for k in start..end - 1 {
        let (a, b) = (path[k], path[k + 1]);
        let beside = |i: usize, [low, high]: [f64; 2]| a[i].max(b[i]) < low || a[i].min(b[i]) > high;
        if beside(0, view.x) || beside(1, view.y) {
            if let Some(from) = open.take() {
                run(from, k + 1);
            }
        } else {
            open.get_or_insert(k);
        }
    }
    if let Some(from) = open {
        run(from, end);
    }
}

/// Opens a wedge from the last kept point that holds all lines passing within the tolerance of the points since; a point
/// outside the wedge, or one that turns back, makes its predecessor the next kept point.
fn thin(path: &[Point], from: usize, to: usize, scale: [f64; 2], tolerance: f64) -> Vec<usize> {
    // A point may lie aside of the line and beyond its end at once: both together stay within the tolerance.
    let (aside, beyond) = (0.85 * tolerance, 0.5 * tolerance);
    let mut kept = vec![from];
    let mut anchor = from;
    // The wedge's right and left side, and how far from the anchor the farthest point is.
    let mut wedge: Option<([f64; 2], [f64; 2])> = None;
    let mut reach = 0.0_f64;
    let mut k = from + 1;
    while k < to {
        let p = [0, 1].map(|i| (path[k][i] - path[anchor][i]) * scale[i]);
        let distance = (p[0] * p[0] + p[1] * p[1]).sqrt();
        let inside = wedge.is_none_or(|(right, left)| cross(right, p) >= 0.0 && cross(p, left) >= 0.0);
        let forward = distance >= reach - beyond;
        if !(inside && forward) && k - 1 > anchor {
            anchor = k - 1;
            kept.push(anchor);
            (wedge, reach) = (None, 0.0);
            continue;
        }
        reach = reach.max(distance);
        if distance > aside {
            let s = aside / distance;
            let c = (1.0 - s * s).sqrt();
            let (right, left) =
                ([c * p[0] + s * p[1], c * p[1] - s * p[0]], [c * p[0] - s * p[1], c * p[1] + s * p[0]]);
            let (r, l) = wedge.unwrap_or((right, left));
            wedge = Some((if cross(r, right) > 0.0 { right } else { r }, if cross(left, l) > 0.0 { left } else { l }));
        }
        k += 1;
    }
    if to - 1 > anchor {
        kept.push(to - 1);
    }
    kept
}

fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}
