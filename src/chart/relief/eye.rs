//! The eye: from the box to the picture and back.
//!
//! Perspective, with a long lens: near hills are a little larger, so that the depth of a still picture is read without
//! turning it, and straight lines of the ground stay straight. Zooming narrows the lens and does not walk: the eye stands
//! outside of the box at all times, and nothing is ever behind it.

use super::RISE;
use crate::chart::Point;
use crate::num::elem;
use crate::session::Camera;

/// How far the eye is from what it looks at, in units of the box.
const DISTANCE: f64 = 6.0;
/// Points kept free beside and above the box for the numbers of its axes.
const AIR: [f64; 2] = [56.0, 60.0];

/// Where something is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// In points of the picture from its upper left corner, y down.
    pub at: [f64; 2],
    /// How near it is: 1 at the middle, more toward the eye. Even along straight lines of the picture, so it can be
    /// interpolated there.
    pub near: f64,
}

/// An eye before a picture of some size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eye {
    /// To the right in the picture.
    pub right: [f64; 3],
    /// Upward in the picture.
    pub up: [f64; 3],
    /// From what is looked at to the eye.
    pub back: [f64; 3],
    target: [f64; 3],
    middle: [f64; 2],
    /// Points for a unit of length at the middle.
    scale: f64,
}

impl Eye {
    /// The eye of a camera before a box over a ground of `half` sides, on a picture of `size` points. At zoom 1 all of the
    /// box is seen from every side.
    pub fn new(camera: &Camera, half: [f64; 2], size: [f64; 2]) -> Self {
        let (yaw, pitch) = (radians(camera.yaw), radians(camera.pitch));
        let (sy, cy, sp, cp) = (elem::sin(yaw), elem::cos(yaw), elem::sin(pitch), elem::cos(pitch));
        let round = (half[0] * half[0] + half[1] * half[1]).sqrt();
        // From the usual height; the same from all sides, so that nothing breathes while it turns.
        let home = radians(Camera::default().pitch);
        let tall = 2.0 * round * elem::sin(home) + RISE * elem::cos(home);
        let free = |k: usize| (size[k] - AIR[k]).max(size[k] * 0.5);
        let scale = (free(0) / (2.1 * round)).min(free(1) / (1.06 * tall));
        let [x, y, z] = camera.target;
        Self {
            right: [-sy, cy, 0.0],
            up: [-sp * cy, -sp * sy, cp],
            back: [cp * cy, cp * sy, sp],
            target: [x, y, z + 0.5 * RISE],
            middle: [size[0] * 0.5, size[1] * 0.5],
            scale: scale * camera.zoom,
        }
    }

    /// Where a place of the box is seen.
    pub fn see(&self, place: [f64; 3]) -> Seen {
        let from = [0, 1, 2].map(|k| place[k] - self.target[k]);
        let near = DISTANCE / (DISTANCE - dot(from, self.back));
        let scale = self.scale * near;
        Seen { at: [self.middle[0] + dot(from, self.right) * scale, self.middle[1] - dot(from, self.up) * scale], near }
    }

    /// Points for a unit of length where something is as near.
    pub fn scale(&self, near: f64) -> f64 {
        self.scale * near
    }

    /// The ray through a point of the picture: where it begins, and its direction of length one.
    pub fn ray(&self, at: Point) -> ([f64; 3], [f64; 3]) {
        let (x, y) = ((at[0] - self.middle[0]) / self.scale, (self.middle[1] - at[1]) / self.scale);
        let from = [0, 1, 2].map(|k| self.target[k] + DISTANCE * self.back[k]);
        let way = [0, 1, 2].map(|k| x * self.right[k] + y * self.up[k] - DISTANCE * self.back[k]);
        (from, super::unit(way))
    }

    /// The camera after everything was made larger by a factor; what is seen at a point of the picture stays there.
    pub fn zoomed(&self, camera: Camera, factor: f64, at: Point) -> Camera {
        let next = camera.zoomed(factor);
        let factor = next.zoom / camera.zoom;
        let by = [0, 1].map(|k| (at[k] - self.middle[k]) * (1.0 - factor));
        Self { scale: self.scale * factor, ..*self }.panned(next, by)
    }

    /// The camera after a drag of the picture by so many points: what was at the middle moves along with the hand.
    pub fn panned(&self, camera: Camera, by: [f64; 2]) -> Camera {
        let shift = |k: usize| (self.up[k] * by[1] - self.right[k] * by[0]) / self.scale;
        Camera { target: [0, 1, 2].map(|k| camera.target[k] + shift(k)), ..camera }.bounded()
    }
}

pub(super) fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn radians(degrees: f64) -> f64 {
    degrees * (std::f64::consts::PI / 180.0)
}
