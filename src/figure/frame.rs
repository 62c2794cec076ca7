//! Where things stand on the page: frames in points, and the map between the page and the data.

use super::side::Side;
use crate::chart::View;
use crate::scene::Rect;

/// A rectangle of the page, in points, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    /// The page of a size.
    pub(super) fn page([width, height]: [f64; 2]) -> Self {
        Self { left: 0.0, top: 0.0, right: width, bottom: height }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn size(&self) -> [f64; 2] {
        [self.width(), self.height()]
    }

    pub(super) fn middle(&self) -> [f64; 2] {
        [0.5 * (self.left + self.right), 0.5 * (self.top + self.bottom)]
    }

    /// Smaller by a margin on every side.
    pub(super) fn shrunk(self, by: f64) -> Self {
        Self { left: self.left + by, top: self.top + by, right: self.right - by, bottom: self.bottom - by }
    }

    pub(super) fn contains(&self, [x, y]: [f64; 2]) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    pub(super) fn rect(self) -> Rect {
        Rect::new(self.left, self.top, self.width().max(0.0), self.height().max(0.0))
    }
}

/// A frame that shows a range of two numbers, the second one upward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plane {
    pub frame: Frame,
    pub x: Side,
    pub y: Side,
}

impl Plane {
    /// Where a place of the data stands; far outside it stays finite, so that lines toward it are drawn right.
    pub(super) fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let bound = |t: f64| t.clamp(-50.0, 51.0);
        [
            self.frame.left + bound(self.x.share(x)) * self.frame.width(),
            self.frame.bottom - bound(self.y.share(y)) * self.frame.height(),
        ]
    }

    /// Points per unit of the data, across and up, of even sides.
    pub(super) fn scale(&self) -> [f64; 2] {
        let length = |side: &Side| side.range[1] - side.range[0];
        [self.frame.width() / length(&self.x), self.frame.height() / length(&self.y)]
    }

    /// What is shown.
    pub(super) fn view(&self) -> View {
        View { x: self.x.range, y: self.y.range }
    }

    /// Whether a place of the data is inside.
    pub(super) fn shows(&self, [x, y]: [f64; 2]) -> bool {
        (0.0..=1.0).contains(&self.x.share(x)) && (0.0..=1.0).contains(&self.y.share(y))
    }

    /// The least plane of a frame that shows both ranges at one scale.
    pub(super) fn equal(frame: Frame, x: [f64; 2], y: [f64; 2]) -> Self {
        let scale = ((x[1] - x[0]) / frame.width()).max((y[1] - y[0]) / frame.height());
        let around = |range: [f64; 2], side: f64| {
            let (middle, half) = ((range[0] + range[1]) / 2.0, scale * side / 2.0);
            // The side that fills the frame keeps its ends to the last bit.
            if (2.0 * half - (range[1] - range[0])).abs() <= 1e-9 * half {
                range
            } else {
                [middle - half, middle + half]
            }
        };
        Self { frame, x: Side::even(around(x, frame.width())), y: Side::even(around(y, frame.height())) }
    }
}
