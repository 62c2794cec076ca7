//! The racers' paths on the relief: along the ground in their dash, in the air as thin dashes, behind hills as faint dots.

use super::space::Space;
use crate::chart::relief::{Laid, lay};
use crate::figure::pen::Pen;
use crate::figure::track::{Track, spaced};
use crate::figure::view::Stage;
use crate::scene::Stroke;
use crate::session::Layer;

/// A point of a path on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bead {
    at: [f64; 2],
    time: f64,
    air: bool,
    hidden: bool,
}

/// A path laid on a relief and compared with what is in front of it.
pub(super) fn beads(space: &Space, path: &[[f64; 2]]) -> Vec<Vec<Bead>> {
    let bead = |laid: &Laid| Bead {
        at: space.on_page(laid.seen),
        time: laid.time,
        air: laid.air,
        hidden: space.hides_seen(laid.seen),
    };
    lay(&space.relief, &space.eye, path).iter().map(|piece| piece.iter().map(bead).collect()).collect()
}

/// How a stretch of a path is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ground,
    Air,
    Hidden,
}

/// Draws a path at a time.
pub(super) fn draw(pen: &mut Pen<'_>, stage: &Stage<'_>, track: &Track, beads: &[Vec<Bead>], at: f64) {
    let look = &track.look;
    let (past, future) = (stage.shows(Layer::Path), stage.shows(Layer::Prediction));
    for (kind, to_come, points) in stretches(beads, at) {
        let stroke = match (kind, to_come) {
            (_, true) if !future => continue,
            (_, false) if !past => continue,
            (Kind::Hidden, _) => pen.dashed(look.color.faded(0.4), 0.8, &[1.0, 3.0]),
            (Kind::Air, true) => pen.dashed(look.color.faded(0.5), 0.8, &[3.0, 3.0]),
            (Kind::Ground, true) => pen.dashed(look.color.faded(0.6), 0.8, look.dash),
            (Kind::Air, false) => pen.dashed(look.color, 0.9, &[3.5, 3.0]),
            (Kind::Ground, false) => pen.dashed(look.color, 1.5, look.dash),
        };
        if kind == Kind::Ground && !to_come {
            let seam = Stroke::new(Space::seam(pen).faded(0.75), stroke.width + pen.u(1.5)).rounded();
            pen.line(&points, seam);
        }
        pen.line(&points, stroke);
    }
    if past {
        let step = track.step(at) as f64;
        let iterate = |bead: &&Bead| bead.time.fract() == 0.0 && bead.time <= step && !bead.hidden;
        for place in spaced(beads.iter().flatten().filter(iterate).map(|bead| bead.at), pen.u(11.0)) {
            pen.marker(place, look, 2.1);
        }
    }
}

/// The stretches of a path that are drawn alike: how, whether they are to come, and through which points.
fn stretches(beads: &[Vec<Bead>], cursor: f64) -> Vec<(Kind, bool, Vec<[f64; 2]>)> {
    let mut found: Vec<(Kind, bool, Vec<[f64; 2]>)> = Vec::new();
    for piece in beads {
        let mut open: Option<(Kind, bool, Vec<[f64; 2]>)> = None;
        for pair in piece.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let kind = match (a.hidden || b.hidden, a.air || b.air) {
                (true, _) => Kind::Hidden,
                (_, true) => Kind::Air,
                _ => Kind::Ground,
            };
            // A segment that the ball is on is divided there.
            let share = ((cursor - a.time) / (b.time - a.time).max(1e-12)).clamp(0.0, 1.0);
            let ball = [0, 1].map(|k| a.at[k] + (b.at[k] - a.at[k]) * share);
            let parts = match share {
                0.0 => [Some((true, a.at, b.at)), None],
                1.0 => [Some((false, a.at, b.at)), None],
                _ => [Some((false, a.at, ball)), Some((true, ball, b.at))],
            };
            for (to_come, from, to) in parts.into_iter().flatten() {
                match &mut open {
                    Some((k, t, points)) if (*k, *t) == (kind, to_come) => points.push(to),
                    _ => found.extend(open.replace((kind, to_come, vec![from, to]))),
                }
            }
        }
        found.extend(open);
    }
    // What is behind hills first, then what is to come.
    found.sort_by_key(|(kind, to_come, _)| (*kind != Kind::Hidden, !*to_come));
    found
}
