//! The view of two variables in space: the box with its axes, the surface as a texture, and what stands on it. What lies
//! behind a hill is faint: paths are dotted lightly, balls are pale.

mod ball;
mod frame;
mod ground;
mod marks;
mod paths;
mod space;

use egui::{Mesh, Painter, Pos2, Rect, TextureId, pos2};

pub(in crate::app) use paths::{Beads, beads};
pub(in crate::app) use space::Space;

use super::arrows::StepMarks;
use super::spot::Spot;
use super::track::Track;
use crate::app::theme::Theme;
use crate::chart::relief::Seen;
use crate::session::Layer;

/// What the view of a relief shows.
pub(in crate::app) struct ReliefScene<'a> {
    /// The surface, and where and from where it is seen.
    pub space: Space<'a>,
    /// The surface as it is seen, to be drawn.
    pub texture: TextureId,
    /// Which layers are drawn.
    pub shows: &'a dyn Fn(Layer) -> bool,
    /// The racers.
    pub tracks: &'a [Track],
    /// Their paths, laid on the surface.
    pub paths: &'a [Beads],
    /// Known minima.
    pub minima: &'a [[f64; 2]],
    /// The start.
    pub start: Option<[f64; 2]>,
    /// The names of the axes: of the ground, and of the heights.
    pub names: [&'a str; 3],
    /// The arrows of the selected racer's step.
    pub step: Option<&'a StepMarks>,
    /// The place under the pointer, here or on the map.
    pub spot: Option<&'a Spot>,
    /// Where heights are cut off, in words: below, above.
    pub cuts: [Option<String>; 2],
}

impl ReliefScene<'_> {
    /// Draws it.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme) {
        let inside = painter.with_clip_rect(self.space.rect.intersect(painter.clip_rect()));
        self.walls(&inside, theme);
        let mut sheet = Mesh::with_texture(self.texture);
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        sheet.add_rect_with_uv(self.space.rect, whole, theme.picture_tint());
        inside.add(sheet);
        self.rims(&inside, theme);
        self.minima(&inside, theme);
        self.ground(&inside, theme);
        let order = || {
            let all = self.tracks.iter().zip(self.paths);
            all.clone().filter(|(t, _)| !t.selected).chain(all.filter(|(t, _)| t.selected))
        };
        for (track, beads) in order() {
            self.path(&inside, theme, track, beads);
        }
        self.start(&inside, theme);
        for (track, _) in order() {
            self.ball(&inside, theme, track);
        }
        self.arrows(&inside, theme);
        self.axes(&inside, theme);
        self.spot(&inside, theme);
    }

    fn screen(&self, seen: Seen) -> Pos2 {
        self.space.screen(seen)
    }

    fn place(&self, place: [f64; 3]) -> Pos2 {
        self.space.place(place)
    }

    fn on_ground(&self, place: [f64; 2]) -> Option<[f64; 3]> {
        self.space.on_ground(place)
    }
}

/// The same painter at a share of its strength, for what is behind a hill.
fn pale(painter: &Painter, hidden: bool) -> Painter {
    let mut painter = painter.clone();
    if hidden {
        painter.multiply_opacity(0.28);
    }
    painter
}
