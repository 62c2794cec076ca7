//! Where the numbers of contour lines stand: on straight and rather flat stretches, away from the rim and each other.

use super::ticks::short;
use super::{Contour, Line, Point, View};
use crate::num::elem;

/// The number on a contour line.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Which contour of those given.
    pub contour: usize,
    /// Which of its lines.
    pub line: usize,
    /// The number, short.
    pub text: String,
    /// Its middle, in data coordinates.
    pub at: Point,
    /// Its slope on the screen, radians, y up, between -π/2 and π/2: the text stands upright.
    pub angle: f64,
}

/// Space between labels, in their own widths.
const APART: f64 = 2.5;
/// Distance to the rim in pixels.
const RIM: f64 = 10.0;

/// The places of the labels. `scale` is pixels per unit of x and y; `width` tells the width of a text in pixels. Each
/// line that is long enough gets one, the highest levels first (a wall's lines are dense, and few of them fit).
pub fn labels(contours: &[Contour], view: View, scale: [f64; 2], width: impl Fn(&str) -> f64) -> Vec<Label> {
    labels_beside(contours, view, scale, width, |_, _| false)
}

/// The same where something else stands already: `busy` says of a place in data coordinates and a radius in pixels whether
/// it is in the way there.
pub fn labels_beside(
    contours: &[Contour],
    view: View,
    scale: [f64; 2],
    width: impl Fn(&str) -> f64,
    busy: impl Fn(Point, f64) -> bool,
) -> Vec<Label> {
    let mut found: Vec<(Label, [f64; 2], f64)> = Vec::new();
    for (k, contour) in contours.iter().enumerate().rev() {
        let text = short(contour.level, 3);
        let wide = width(&text) + 8.0;
        for (n, line) in contour.lines.iter().enumerate() {
            let data = |p: [f64; 2]| [0, 1].map(|i| p[i] / scale[i] + [view.x, view.y][i][0]);
            let taken = |p: [f64; 2]| {
                busy(data(p), 0.5 * wide)
                    || found.iter().any(|(_, q, other)| {
                        let apart = APART * 0.5 * (wide + other);
                        (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) < apart * apart
                    })
            };
            if let Some((p, angle)) = place(line, view, scale, wide, taken) {
                found.push((Label { contour: k, line: n, text: text.clone(), at: data(p), angle }, p, wide));
            }
        }
    }
    found.into_iter().map(|(label, ..)| label).collect()
}

/// The best place of a text on a line: its middle in pixels from the lower left corner, and its angle.
fn place(
    line: &Line,
    view: View,
    scale: [f64; 2],
    wide: f64,
    taken: impl Fn([f64; 2]) -> bool,
) -> Option<([f64; 2], f64)> {
    let corner = [view.x[0], view.y[0]];
    let size = [0, 1].map(|i| view.size()[i] * scale[i]);
    let mut points: Vec<[f64; 2]> = line.points.iter().map(|p| [0, 1].map(|i| (p[i] - corner[i]) * scale[i])).collect();
    if line.closed {
        points.extend_from_within(..1);
    }
    let mut along = vec![0.0];
    for pair in points.windows(2) {
        along.push(along.last().copied().unwrap_or(0.0) + distance(pair[0], pair[1]));
    }
    let total = along.last().copied().unwrap_or(0.0);
    // A ring that its own number would fill is left alone.
    if total < 2.5 * wide {
        return None;
    }
    let mut best: Option<(f64, [f64; 2], f64)> = None;
    let (mut tail, mut head) = (0, 0);
    for k in 0..points.len() {
        while along[tail] < along[k] - wide * 0.5 {
            tail += 1;
        }
        while head + 1 < points.len() && along[head] < along[k] + wide * 0.5 {
            head += 1;
        }
        let middle = points[k];
        let rim = (0..2).all(|i| (RIM + wide * 0.3..=size[i] - RIM - wide * 0.3).contains(&middle[i]));
        let arc = along[head] - along[tail];
        if !rim || arc < wide * 0.8 || taken(middle) {
            continue;
        }
        let chord = [points[head][0] - points[tail][0], points[head][1] - points[tail][1]];
        let straight = distance(points[head], points[tail]) / arc;
        let flat = chord[0].abs() / distance(points[head], points[tail]).max(1e-9);
        let score = 8.0 * straight + flat;
        if straight > 0.93 && best.is_none_or(|(most, ..)| score > most + 1e-9) {
            let angle =
                if chord[0] >= 0.0 { elem::atan2(chord[1], chord[0]) } else { elem::atan2(-chord[1], -chord[0]) };
            best = Some((score, middle, angle));
        }
    }
    best.map(|(_, middle, angle)| (middle, angle))
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}
