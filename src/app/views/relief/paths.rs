//! The racers' paths on the relief: along the ground in their dash, in the air as thin dashes, behind hills as faint dots.

use egui::{Painter, Pos2, Rect, Stroke};

use super::ReliefScene;
use super::space::on_screen;
use crate::app::paint::{haloed_path, marker, path};
use crate::app::theme::Theme;
use crate::app::views::marks::spaced;
use crate::app::views::track::Track;
use crate::chart::relief::{Eye, Laid, Picture, Relief, lay};
use crate::session::Layer;

/// A point of a path as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) struct Bead {
    at: Pos2,
    time: f64,
    air: bool,
    hidden: bool,
}

/// A path in pieces.
pub(in crate::app) type Beads = Vec<Vec<Bead>>;

/// A path laid on a relief and compared with what is in front of it.
pub(in crate::app) fn beads(rect: Rect, relief: &Relief, eye: &Eye, picture: &Picture, path: &[[f64; 2]]) -> Beads {
    let bead = |laid: &Laid| Bead {
        at: on_screen(rect, laid.seen),
        time: laid.time,
        air: laid.air,
        hidden: picture.hides(laid.seen),
    };
    lay(relief, eye, path).iter().map(|piece| piece.iter().map(bead).collect()).collect()
}

/// How a stretch of a path is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ground,
    Air,
    Hidden,
}

impl ReliefScene<'_> {
    pub(super) fn path(&self, painter: &Painter, theme: &Theme, track: &Track, beads: &Beads) {
        let color = track.look.color;
        let weight = if track.selected { 2.0 } else { 1.6 };
        let (past, future) = ((self.shows)(Layer::Path), (self.shows)(Layer::Prediction));
        for (kind, to_come, points) in stretches(beads, track.cursor) {
            match (kind, to_come) {
                (_, true) if !future => {}
                (_, false) if !past => {}
                (Kind::Hidden, _) => path(painter, &points, &[1.0, 3.0], Stroke::new(1.1, color.gamma_multiply(0.45))),
                (Kind::Air, true) => path(painter, &points, &[3.0, 3.0], Stroke::new(1.0, color.gamma_multiply(0.5))),
                (Kind::Air, false) => {
                    let halo = theme.halo.gamma_multiply(0.4);
                    haloed_path(painter, &points, &[3.5, 3.0], Stroke::new(1.1, color), halo);
                }
                (Kind::Ground, true) => {
                    path(painter, &points, &[], Stroke::new(2.2, theme.halo.gamma_multiply(0.35)));
                    path(painter, &points, track.look.dash, Stroke::new(1.1, color.gamma_multiply(0.65)));
                }
                (Kind::Ground, false) => {
                    let halo = theme.halo.gamma_multiply(0.7);
                    haloed_path(painter, &points, track.look.dash, Stroke::new(weight, color), halo);
                }
            }
        }
        if past && (track.selected || (self.shows)(Layer::Iterates)) {
            let step = track.step() as f64;
            let iterate = |bead: &&Bead| bead.time.fract() == 0.0 && bead.time <= step && !bead.hidden;
            let iterates: Vec<Pos2> = beads.iter().flatten().filter(iterate).map(|bead| bead.at).collect();
            let size = if track.selected { 2.8 } else { 2.3 };
            for at in spaced(&iterates, 10.0) {
                marker(painter, at, track.look.marker, size, color, theme.halo);
            }
        }
    }
}

/// The stretches of a path that are drawn alike: how, whether they are to come, and through which points.
fn stretches(beads: &Beads, cursor: f64) -> Vec<(Kind, bool, Vec<Pos2>)> {
    let mut found: Vec<(Kind, bool, Vec<Pos2>)> = Vec::new();
    for piece in beads {
        let mut open: Option<(Kind, bool, Vec<Pos2>)> = None;
        for pair in piece.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let kind = match (a.hidden || b.hidden, a.air || b.air) {
                (true, _) => Kind::Hidden,
                (_, true) => Kind::Air,
                _ => Kind::Ground,
            };
            // A segment that the ball is on is divided there.
            let share = ((cursor - a.time) / (b.time - a.time).max(1e-12)).clamp(0.0, 1.0) as f32;
            let ball = a.at.lerp(b.at, share);
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
