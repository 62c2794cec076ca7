//! The racers' paths on the relief: along the ground in their dash, in the air as thin dashes, behind hills as faint dots.

use super::space::Space;
use crate::chart::relief::{self, Kind, lay, stretches};
use crate::figure::pen::Pen;
use crate::figure::track::{Track, spaced};
use crate::figure::view::Stage;
use crate::scene::Stroke;
use crate::session::Layer;

/// A point of a path on the page.
pub(super) type Bead = relief::Bead<[f64; 2]>;

/// A path laid on a relief and compared with what is in front of it.
pub(super) fn beads(space: &Space, path: &[[f64; 2]]) -> Vec<Vec<Bead>> {
    let laid = lay(&space.relief, &space.eye, path);
    relief::beads(&laid, |seen| space.on_page(seen), |seen| space.hides_seen(seen))
}

/// Draws a path at a time.
pub(super) fn draw(pen: &mut Pen<'_>, stage: &Stage<'_>, track: &Track, beads: &[Vec<Bead>], at: f64) {
    let look = &track.look;
    let (past, future) = (stage.shows(Layer::Path), stage.shows(Layer::Prediction));
    let between = |a: [f64; 2], b: [f64; 2], share: f64| [0, 1].map(|k| a[k] + (b[k] - a[k]) * share);
    for (kind, to_come, points) in stretches(beads, at, between) {
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
        let step = track.step(at);
        let iterate = |bead: &&Bead| bead.is_iterate(step);
        for place in spaced(beads.iter().flatten().filter(iterate).map(|bead| bead.at), pen.u(11.0)) {
            pen.marker(place, look, 2.1);
        }
    }
}
