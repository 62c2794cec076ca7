//! The racers' paths on the relief: along the ground in their dash, in the air as thin dashes, behind hills as faint dots.

use egui::{Painter, Pos2, Rect, Stroke};

use super::ReliefScene;
use super::space::on_screen;
use crate::app::paint::{haloed_path, marker, path};
use crate::app::theme::Theme;
use crate::app::views::marks::spaced;
use crate::app::views::track::Track;
use crate::chart::relief::{self, Bead, Eye, Kind, Picture, Relief, lay, stretches};
use crate::session::Layer;

/// A path in pieces.
pub(in crate::app) type Beads = Vec<Vec<Bead<Pos2>>>;

/// A path laid on a relief and compared with what is in front of it.
pub(in crate::app) fn beads(rect: Rect, relief: &Relief, eye: &Eye, picture: &Picture, path: &[[f64; 2]]) -> Beads {
    relief::beads(&lay(relief, eye, path), |seen| on_screen(rect, seen), |seen| picture.hides(seen))
}

impl ReliefScene<'_> {
    pub(super) fn path(&self, painter: &Painter, theme: &Theme, track: &Track, beads: &Beads) {
        let color = track.look.color;
        let weight = if track.selected { 2.0 } else { 1.6 };
        let (past, future) = ((self.shows)(Layer::Path), (self.shows)(Layer::Prediction));
        for (kind, to_come, points) in stretches(beads, track.cursor, |a, b, share| a.lerp(b, share as f32)) {
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
            let step = track.step();
            let iterate = |bead: &&Bead<Pos2>| bead.is_iterate(step);
            let iterates: Vec<Pos2> = beads.iter().flatten().filter(iterate).map(|bead| bead.at).collect();
            let size = if track.selected { 2.8 } else { 2.3 };
            for at in spaced(&iterates, 10.0) {
                marker(painter, at, track.look.marker, size, color, theme.halo);
            }
        }
    }
}
