//! The eye that sees all of the box as large as it goes, with room for the numbers of its axes.

use crate::chart::relief::{Eye, RISE};
use crate::figure::frame::Frame;
use crate::figure::pen::Pen;
use crate::session::Camera;

/// Units for numbers and names: at the left, above, at the right, below.
const ROOM: [f64; 4] = [48.0, 8.0, 34.0, 24.0];
/// How often the eye is brought nearer to where it sees the box in the middle.
const ROUNDS: usize = 6;

/// The eye of a camera before a box over a ground of `half` sides. A camera that was moved near, or aside, is kept.
pub(super) fn eye(pen: &Pen<'_>, camera: &Camera, half: [f64; 2], frame: Frame) -> Eye {
    let size = frame.size();
    let usual = Camera::default();
    if camera.zoom != usual.zoom || camera.target != usual.target {
        return Eye::new(camera, half, size);
    }
    let [left, top, right, bottom] = ROOM.map(|units| pen.u(units));
    let free = [(size[0] - left - right).max(0.4 * size[0]), (size[1] - top - bottom).max(0.4 * size[1])];
    let middle = [left + 0.5 * free[0], top + 0.5 * free[1]];
    let mut camera = *camera;
    for _ in 0..ROUNDS {
        let eye = Eye::new(&camera, half, size);
        let (low, high) = bounds(&eye, half);
        let factor = (free[0] / (high[0] - low[0])).min(free[1] / (high[1] - low[1]));
        camera = camera.zoomed(factor);
        let eye = Eye::new(&camera, half, size);
        let (low, high) = bounds(&eye, half);
        camera = eye.panned(camera, [0, 1].map(|k| middle[k] - 0.5 * (low[k] + high[k])));
    }
    Eye::new(&camera, half, size)
}

/// The rectangle of the picture in which the box is seen.
fn bounds(eye: &Eye, half: [f64; 2]) -> ([f64; 2], [f64; 2]) {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for corner in 0..8_u8 {
        let sign = |bit: u8| if corner & bit > 0 { 1.0 } else { -1.0 };
        let at = eye.see([sign(1) * half[0], sign(2) * half[1], if corner & 4 > 0 { RISE } else { 0.0 }]).at;
        for k in 0..2 {
            (low[k], high[k]) = (low[k].min(at[k]), high[k].max(at[k]));
        }
    }
    (low, high)
}
