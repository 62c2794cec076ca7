//! Lines through points as curves: what is smooth in the data is smooth at any magnification.

use crate::scene::Path;

/// The cosine of the turn beyond which a corner is one.
const CORNER: f64 = 0.86;
/// Directions that differ by less are the same.
const STRAIGHT: f64 = 0.01;

/// Adds a smooth line through points; a closed one goes back to the first.
pub(super) fn add(path: &mut Path, points: &[[f64; 2]], closed: bool) {
    let count = points.len();
    if count < 2 {
        return;
    }
    let at = |k: usize| points[k % count];
    // The chords: their directions of length one, and their lengths.
    let chords = if closed { count } else { count - 1 };
    let chord: Vec<([f64; 2], f64)> = (0..chords).map(|k| direction(at(k), at(k + 1))).collect();
    let slope = |k: usize| -> Option<[f64; 2]> {
        let (before, after) = match (k, closed) {
            (0, false) => return None,
            (k, false) if k + 1 == count => return None,
            (k, _) => (chord[(k + chords - 1) % chords], chord[k % chords]),
        };
        let cosine = before.0[0] * after.0[0] + before.0[1] * after.0[1];
        let sum = before.1 + after.1;
        (cosine > CORNER && sum > 0.0).then(|| [0, 1].map(|i| (before.0[i] * after.1 + after.0[i] * before.1) / sum))
    };
    path.move_to(at(0));
    for (k, &(way, length)) in chord.iter().enumerate() {
        let (from, to) = (at(k), at(k + 1));
        let (leave, arrive) = (slope(k).unwrap_or(way), slope((k + 1) % count).unwrap_or(way));
        let same = |a: [f64; 2]| (a[0] - way[0]).abs() < STRAIGHT && (a[1] - way[1]).abs() < STRAIGHT;
        if same(leave) && same(arrive) {
            if !(closed && k + 1 == chords) {
                path.line_to(to);
            }
        } else {
            let third = length / 3.0;
            let first = [0, 1].map(|i| from[i] + leave[i] * third);
            let second = [0, 1].map(|i| to[i] - arrive[i] * third);
            path.cubic_to(first, second, to);
        }
    }
    if closed {
        path.close();
    }
}

/// From one point to another: the direction, and the distance.
fn direction(from: [f64; 2], to: [f64; 2]) -> ([f64; 2], f64) {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = (dx * dx + dy * dy).sqrt();
    if length > 0.0 { ([dx / length, dy / length], length) } else { ([0.0, 0.0], 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::elem;
    use crate::scene::Segment;

    #[test]
    fn a_circle_of_few_points_is_round() {
        let points: Vec<[f64; 2]> = (0..16)
            .map(|k| {
                let angle = f64::from(k) * std::f64::consts::PI / 8.0;
                [elem::cos(angle), elem::sin(angle)]
            })
            .collect();
        let mut path = Path::new();
        add(&mut path, &points, true);
        let mut from = points[0];
        let mut curves = 0;
        for segment in path.segments() {
            if let Segment::CubicTo([a, b, c]) = segment {
                let middle = [0, 1].map(|i| (from[i] + 3.0 * a[i] + 3.0 * b[i] + c[i]) / 8.0);
                let radius = (middle[0] * middle[0] + middle[1] * middle[1]).sqrt();
                assert!((radius - 1.0).abs() < 2e-3, "{radius}");
                (from, curves) = (*c, curves + 1);
            }
        }
        assert_eq!(curves, 16);
    }

    #[test]
    fn corners_stay_corners_and_straight_lines_straight() {
        let mut path = Path::new();
        add(&mut path, &[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [2.0, 2.0]], false);
        assert!(path.segments().iter().all(|segment| !matches!(segment, Segment::CubicTo(_))));
    }
}
