//! Contour lines with gaps for their numbers.

use super::frame::Plane;
use super::ground::Ground;
use super::pen::{Pen, Role};
use super::smooth;
use super::theme::Theme;
use crate::chart::Label;
use crate::num::elem;
use crate::scene::{Path, Stroke};

/// The room of a number on the page.
struct Box {
    middle: [f64; 2],
    /// The cosine and the sine of its angle, y down.
    turn: [f64; 2],
    half: [f64; 2],
}

impl Box {
    /// The part of a straight line from 0 to 1 that lies in it; none if it passes by.
    fn part(&self, from: [f64; 2], to: [f64; 2]) -> Option<(f64, f64)> {
        let local = |p: [f64; 2]| {
            let (x, y) = (p[0] - self.middle[0], p[1] - self.middle[1]);
            [x * self.turn[0] + y * self.turn[1], y * self.turn[0] - x * self.turn[1]]
        };
        let (a, b) = (local(from), local(to));
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        for k in 0..2 {
            let way = b[k] - a[k];
            if way.abs() < 1e-12 {
                if a[k].abs() > self.half[k] {
                    return None;
                }
                continue;
            }
            let (t, s) = ((-self.half[k] - a[k]) / way, (self.half[k] - a[k]) / way);
            (low, high) = (low.max(t.min(s)), high.min(t.max(s)));
        }
        (low < high).then_some((low, high))
    }
}

/// Draws the lines, and the numbers in their gaps; `colored` where there is a map of colors under them.
pub(super) fn contour_lines(pen: &mut Pen<'_>, plane: &Plane, ground: &Ground, labels: &[Label], colored: bool) {
    for (number, contour) in ground.contours.iter().enumerate() {
        let unit = ground.tone.unit(contour.level);
        let light = !colored || Theme::is_light(pen.theme.heat(unit));
        let paper = Theme::is_light([pen.theme.paper.0[0], pen.theme.paper.0[1], pen.theme.paper.0[2]]);
        let light = if colored { light } else { paper };
        let line_ink = if light { pen.theme.contour_dark } else { pen.theme.contour_light };
        let mut path = Path::new();
        for (n, line) in contour.lines.iter().enumerate() {
            let mut points: Vec<[f64; 2]> = line.points.iter().map(|at| plane.place(*at)).collect();
            let room = labels.iter().find(|label| label.contour == number && label.line == n);
            let Some(room) = room.map(|label| room_of(pen, plane, label)) else {
                smooth::add(&mut path, &points, line.closed);
                continue;
            };
            if line.closed {
                points.extend_from_within(..1);
            }
            for piece in cut(&points, &room, line.closed) {
                smooth::add(&mut path, &piece, false);
            }
        }
        let stroke = Stroke::new(line_ink, pen.line_width(0.55)).rounded();
        pen.path(path, stroke);
        let ink = if light { pen.theme.label_dark } else { pen.theme.label_light };
        for label in labels.iter().filter(|label| label.contour == number) {
            let degrees = label.angle * (180.0 / std::f64::consts::PI);
            pen.tilted(plane.place(label.at), &label.text, Role::Small, ink.faded(0.85), degrees);
        }
    }
}

fn room_of(pen: &Pen<'_>, plane: &Plane, label: &Label) -> Box {
    let half = [0.5 * pen.width(&label.text, Role::Small) + pen.u(2.0), 0.75 * pen.size(Role::Small)];
    Box { middle: plane.place(label.at), turn: [elem::cos(label.angle), -elem::sin(label.angle)], half }
}

/// A line without what lies in a box. Of a closed one, whose last point is its first, the ends are joined again.
fn cut(points: &[[f64; 2]], room: &Box, closed: bool) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut piece: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let on = |t: f64| [0, 1].map(|k| from[k] + (to[k] - from[k]) * t);
        match room.part(from, to) {
            None => piece.push(to),
            Some((low, high)) => {
                if low > 0.0 {
                    piece.push(on(low));
                    pieces.push(std::mem::take(&mut piece));
                }
                piece.clear();
                if high < 1.0 {
                    piece.extend([on(high), to]);
                }
            }
        }
    }
    pieces.push(piece);
    if closed && pieces.len() > 1 {
        let first = pieces.swap_remove(0);
        if let Some(last) = pieces.iter_mut().find(|piece| !piece.is_empty() && piece.last() == first.first()) {
            last.extend(first.into_iter().skip(1));
        } else {
            pieces.push(first);
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}
