//! Where things of the data stand on a relief that is seen: for drawing them, and for finding what is under the pointer.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::app::theme::sizes;
use crate::app::views::arrows::{ArrowKind, REACH, Shaft, StepMarks};
use crate::chart::arrow::edge_mark;
use crate::chart::relief::{Eye, Picture, RISE, Relief, Seen};

/// A relief before an eye.
#[derive(Clone, Copy)]
pub(in crate::app) struct Space<'a> {
    /// Where it is drawn.
    pub rect: Rect,
    /// From where it is seen.
    pub eye: Eye,
    /// The surface.
    pub relief: &'a Relief,
    /// The surface as it is seen, for what it hides.
    pub picture: &'a Picture,
}

/// The radius of the selected ball and of the others, in points at the middle of the box.
const RADIUS: [f32; 2] = [9.0, 7.65];

impl Space<'_> {
    /// Where something that is seen stands on the screen.
    pub(in crate::app) fn screen(&self, seen: Seen) -> Pos2 {
        on_screen(self.rect, seen)
    }

    /// Where a place of the box stands on the screen.
    pub(in crate::app) fn place(&self, place: [f64; 3]) -> Pos2 {
        self.screen(self.eye.see(place))
    }

    /// A place of the data on the surface, in the box.
    pub(in crate::app) fn on_ground(&self, place: [f64; 2]) -> Option<[f64; 3]> {
        let [x, y] = self.relief.ground(place);
        self.relief.height([x, y]).map(|z| [x, y, z])
    }

    /// Where a place of the data is seen on the surface; none where a hill hides it, and outside.
    pub(in crate::app) fn sight(&self, place: [f64; 2]) -> Option<Pos2> {
        let seen = self.eye.see(self.on_ground(place)?);
        let at = self.screen(seen);
        (self.rect.contains(at) && !self.picture.hides(seen)).then_some(at)
    }

    /// The radius of a ball that touches the surface at a place of the box: on the screen, and in the box.
    pub(in crate::app) fn radius(&self, contact: [f64; 3], selected: bool) -> (f32, f64) {
        let near = self.eye.see(contact).near;
        let radius = sizes().weight * near as f32 * RADIUS[usize::from(!selected)];
        (radius, f64::from(radius) / self.eye.scale(near))
    }

    /// Where the middle of a ball is seen that rests at a place of the data; none outside of the box and the picture.
    pub(in crate::app) fn resting(&self, place: [f64; 2], selected: bool) -> Option<Pos2> {
        let contact = self.on_ground(place).filter(|&at| self.rect.contains(self.place(at)))?;
        let (normal, unit) = (self.relief.normal([contact[0], contact[1]]), self.radius(contact, selected).1);
        Some(self.place([0, 1, 2].map(|k| contact[k] + normal[k] * unit)))
    }

    /// The mark at the edge for a place that is not seen, with its direction: at the rim of the ground on the way to it,
    /// or of the picture. None for a place that is no number.
    pub(in crate::app) fn exit(&self, place: [f64; 2]) -> Option<(Pos2, Vec2)> {
        let [x, y] = self.relief.ground(place);
        if x.is_nan() || y.is_nan() {
            return None;
        }
        let half = self.relief.half;
        let out = edge_mark([-half[0], -half[1]], half, [x, y], 0.0);
        let (rim, way) = match out {
            Some(mark) => (mark.at, mark.toward),
            None => ([x, y], [0.0, 0.0]),
        };
        let height = self.relief.height(rim).unwrap_or(RISE);
        let at = self.place([rim[0], rim[1], height]);
        let toward = match out {
            Some(_) => self.place([rim[0] + 0.05 * way[0], rim[1] + 0.05 * way[1], height]) - at,
            // Above the cut, or outside of the picture only.
            None => vec2(0.0, -1.0),
        };
        let inner = self.rect.shrink(18.0);
        let local = |p: Pos2| [f64::from(p.x), f64::from(p.y)];
        let (at, toward) = match edge_mark(local(inner.min), local(inner.max), local(at), 0.0) {
            Some(mark) => {
                (pos2(mark.at[0] as f32, mark.at[1] as f32), vec2(mark.toward[0] as f32, mark.toward[1] as f32))
            }
            None => (at, toward.normalized()),
        };
        Some((at, if toward == Vec2::ZERO { vec2(0.0, -1.0) } else { toward }))
    }

    /// The arrows of a step.
    pub(in crate::app) fn shafts<'m>(&self, step: &'m StepMarks) -> Vec<Shaft<'m>> {
        let foot = self.on_ground(step.from);
        foot.map_or_else(Vec::new, |foot| step.shafts(self.place(foot), &|kind, by| self.reach(step.from, kind, by)))
    }

    /// From the tail of an arrow to its tip: directions lie along the slope, lengths lead to where they end on the ground.
    fn reach(&self, from: [f64; 2], kind: ArrowKind, by: [f64; 2]) -> Option<Vec2> {
        let foot = self.on_ground(from)?;
        let tail = self.place(foot);
        let end = [from[0] + by[0], from[1] + by[1]];
        if kind.has_length() {
            return self.on_ground(end).map(|to| self.place(to) - tail);
        }
        let ahead = self.relief.ground(end);
        let [dx, dy] = [0, 1].map(|k| ahead[k] - foot[k]);
        let normal = self.relief.normal([foot[0], foot[1]]);
        let dz = -(normal[0] * dx + normal[1] * dy) / normal[2];
        let long = f64::from(REACH) / self.eye.scale(1.0) / (dx * dx + dy * dy + dz * dz).sqrt();
        Some(self.place([foot[0] + dx * long, foot[1] + dy * long, foot[2] + dz * long]) - tail)
    }
}

/// Where something that is seen in a picture over `rect` stands on the screen.
pub(super) fn on_screen(rect: Rect, seen: Seen) -> Pos2 {
    let [x, y] = seen.at.map(|v| v.clamp(-1e5, 1e5) as f32);
    pos2(rect.left() + x, rect.top() + y)
}
