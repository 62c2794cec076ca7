//! The view of two variables in space: the box with its axes, the surface as a texture, and what stands on it. What lies
//! behind a hill is faint: paths are dotted lightly, balls are pale.

mod ball;
mod frame;
mod marks;
mod paths;

use egui::{Mesh, Painter, Pos2, Rect, TextureId, pos2};

pub(in crate::app) use paths::{Beads, beads};

use super::arrows::StepMarks;
use super::spot::Spot;
use super::track::Track;
use crate::app::theme::Theme;
use crate::chart::relief::{Eye, Picture, Relief, Seen};
use crate::session::Layer;

/// What the view of a relief shows.
pub(in crate::app) struct ReliefScene<'a> {
    /// Where.
    pub rect: Rect,
    /// From where.
    pub eye: Eye,
    /// The surface.
    pub relief: &'a Relief,
    /// The surface as it is seen, for what it hides.
    pub picture: &'a Picture,
    /// The same to be drawn.
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
        let inside = painter.with_clip_rect(self.rect.intersect(painter.clip_rect()));
        self.walls(&inside, theme);
        let mut sheet = Mesh::with_texture(self.texture);
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        sheet.add_rect_with_uv(self.rect, whole, theme.picture_tint());
        inside.add(sheet);
        self.rims(&inside, theme);
        self.minima(&inside, theme);
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

    /// Where something that is seen stands on the screen.
    fn screen(&self, seen: Seen) -> Pos2 {
        on_screen(self.rect, seen)
    }

    /// Where a place of the box stands on the screen.
    fn place(&self, place: [f64; 3]) -> Pos2 {
        self.screen(self.eye.see(place))
    }

    /// A place of the data on the surface, in the box.
    fn on_ground(&self, place: [f64; 2]) -> Option<[f64; 3]> {
        let [x, y] = self.relief.ground(place);
        self.relief.height([x, y]).map(|z| [x, y, z])
    }
}

/// Where something that is seen in a picture over `rect` stands on the screen.
fn on_screen(rect: Rect, seen: Seen) -> Pos2 {
    let [x, y] = seen.at.map(|v| v.clamp(-1e5, 1e5) as f32);
    pos2(rect.left() + x, rect.top() + y)
}

/// The same painter at a share of its strength, for what is behind a hill.
fn pale(painter: &Painter, hidden: bool) -> Painter {
    let mut painter = painter.clone();
    if hidden {
        painter.multiply_opacity(0.28);
    }
    painter
}
