//! The ways of the racers on a plane: paths with their iterates, the balls, and what gives way to them.

use super::frame::Plane;
use super::legend;
use super::pen::{Pen, Role};
use super::plotted::Plotted;
use super::theme::Look;
use super::track::{Track, spaced};
use super::view::Stage;
use crate::chart::arrow::edge_mark;
use crate::chart::path::decimate;
use crate::explain;
use crate::scene::{Anchor, Path, Rgba, Stroke};
use crate::session::Layer;

/// How far, in points, a path may pass an iterate that is left out.
const THIN: f64 = 0.1;
/// Units between two marks of a path.
const APART: f64 = 11.0;

/// A path on the page as lines: what cannot be seen of it is left out.
pub(super) fn lines(plane: &Plane, path: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let pieces = decimate(path, plane.view().grown(0.05), plane.scale(), THIN);
    pieces.into_iter().map(|piece| piece.into_iter().map(|k| plane.place(path[k])).collect()).collect()
}

/// The path of a racer at a time, seen from above: what is behind it, and fainter what is before it.
pub(super) fn path(pen: &mut Pen<'_>, plane: &Plane, track: &Track, at: f64, stage: &Stage<'_>) {
    let look = &track.look;
    if stage.shows(Layer::Prediction) {
        let ahead = pen.dashed(look.color.faded(0.6), 0.8, look.dash);
        for line in lines(plane, &track.future(at)) {
            pen.line(&line, ahead.clone());
        }
    }
    if !stage.shows(Layer::Path) {
        return;
    }
    for line in lines(plane, &track.past(at)) {
        pen.seamed(&line, look.color, 1.5, look.dash);
    }
    let known = |p: &&[f64; 2]| p.iter().all(|v| v.is_finite());
    let iterates = track.points.get(..=track.step(at)).unwrap_or_default();
    let places = iterates.iter().filter(known).map(|p| plane.place(*p)).filter(|p| plane.frame.contains(*p));
    for place in spaced(places, pen.u(APART)) {
        pen.marker(place, look, 2.1);
    }
}

/// A way that was left by a fork: pale, from the fork on.
pub(super) fn ghost(pen: &mut Pen<'_>, plane: &Plane, track: &Track) {
    let since = track.ghost.unwrap_or(0).min(track.points.len().saturating_sub(1));
    let dash = if track.look.dash.is_empty() { &[2.0, 3.0] } else { track.look.dash };
    let stroke = pen.dashed(track.look.color.faded(0.45), 1.1, dash);
    for line in lines(plane, &track.points[since..]) {
        pen.line(&line, stroke.clone());
    }
}

/// The ball at a time, seen from above; a mark at the edge for one that has left.
pub(super) fn ball(pen: &mut Pen<'_>, plane: &Plane, track: &Track, at: f64) {
    let Some(place) = track.place(at) else { return };
    if plane.shows(place) {
        disc(pen, plane.place(place), &track.look, if track.selected { 4.6 } else { 4.0 });
    } else {
        edge(pen, plane, track, place);
    }
}

/// A ball of a radius in units.
pub(super) fn disc(pen: &mut Pen<'_>, at: [f64; 2], look: &Look, radius: f64) {
    let radius = pen.u(radius);
    let circle = Path::circle(at, radius);
    let halo = Stroke::new(pen.theme.halo, pen.u(2.4));
    pen.path(circle.clone(), halo);
    let fill = if look.hollow { pen.theme.paper } else { look.color };
    pen.area(circle.clone(), fill);
    if !look.hollow {
        // Light from the left above.
        let light = |share: f64| Path::circle([at[0] - 0.28 * radius, at[1] - 0.3 * radius], share * radius);
        for (share, cover) in [(0.52, 40), (0.36, 60), (0.18, 120)] {
            pen.area(light(share), Rgba([255, 255, 255, cover]));
        }
    }
    let rim = Stroke::new(look.color, pen.line_width(if look.hollow { 1.3 } else { 0.8 }));
    pen.path(circle, rim);
}

/// The mark at the edge of the data that says where a ball has gone.
fn edge(pen: &mut Pen<'_>, plane: &Plane, track: &Track, place: [f64; 2]) {
    let (frame, far) = (plane.frame, plane.place(place));
    let Some(mark) = edge_mark([frame.left, frame.top], [frame.right, frame.bottom], far, pen.u(4.0)) else { return };
    let [dx, dy] = mark.toward;
    let reach = pen.u(9.0);
    let tail = [mark.at[0] - dx * reach, mark.at[1] - dy * reach];
    pen.arrow(tail, mark.at, track.look.color, 1.4, 6.0, true);
    pen.marker(tail, &track.look, 2.6);
    let numbers: Vec<String> = place.iter().map(|v| explain::number(*v)).collect();
    let text = format!("({})", numbers.join(", "));
    let half = 0.5 * pen.width(&text, Role::Small) + pen.u(3.0);
    let away = pen.u(8.0);
    let at = [
        (tail[0] - dx * (away + half * dx.abs())).clamp(frame.left + half, frame.right - half),
        (tail[1] - dy * away).clamp(frame.top + away, frame.bottom - away),
    ];
    let (ink, halo) = (pen.theme.text, pen.theme.halo);
    pen.haloed(at, &text, Role::Small, ink, Anchor::Middle, halo);
}

/// A track as a table.
pub(super) fn plotted(track: &Track, columns: [&str; 3]) -> Plotted {
    let rows = track.points.iter().zip(&track.losses).map(|([x, y], loss)| [*x, *y, *loss]).collect();
    Plotted::new("path", &track.id, columns, rows)
}

/// Places that numbers keep away from, in points.
pub(super) struct Crowd<'a> {
    plane: &'a Plane,
    places: Vec<[f64; 2]>,
    air: f64,
}

impl<'a> Crowd<'a> {
    /// The paths and minima of a plane, with so many points of air around them.
    pub(super) fn of(plane: &'a Plane, tracks: &[Track], minima: &[[f64; 2]], air: f64) -> Self {
        let mut places: Vec<[f64; 2]> = minima.iter().map(|at| plane.place(*at)).collect();
        for line in tracks.iter().flat_map(|track| lines(plane, &track.points)) {
            for pair in line.windows(2) {
                let [dx, dy] = [0, 1].map(|k| pair[1][k] - pair[0][k]);
                let parts = ((dx * dx + dy * dy).sqrt() / 4.0).clamp(1.0, 400.0) as usize;
                places.extend((0..=parts).map(|k| {
                    let t = k as f64 / parts as f64;
                    [pair[0][0] + dx * t, pair[0][1] + dy * t]
                }));
            }
        }
        places.retain(|place| plane.frame.contains(*place));
        Self { plane, places, air }
    }

    /// Whether something stands within a reach of a place of the data.
    pub(super) fn is_near(&self, at: [f64; 2], reach: f64) -> bool {
        let [x, y] = self.plane.place(at);
        let most = (0.8 * reach + self.air) * (0.8 * reach + self.air);
        self.places.iter().any(|[a, b]| (x - a) * (x - a) + (y - b) * (y - b) < most)
    }
}

/// The start of the selected racer, if it lies in the plane.
pub(super) fn start(pen: &mut Pen<'_>, plane: &Plane, place: [f64; 2]) {
    if plane.shows(place) {
        legend::start(pen, plane.place(place));
    }
}
