//! The axes: a frame with ticks outside, their numbers, the names of the axes; few and faint grid lines behind the data.

use super::frame::{Frame, Plane};
use super::pen::{Pen, Role};
use super::side::Side;
use crate::chart::Ticks;
use crate::scene::{Anchor, Path, Stroke};

/// What is written along the axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Axes {
    /// The names, across and up; empty for none.
    pub names: [String; 2],
    /// Whether there are ticks with numbers.
    pub ticks: bool,
}

/// The length of a tick, and the gap between it and its number, in units.
const TICK: f64 = 3.2;
const GAP: f64 = 3.0;
/// Units between two marks, across and up.
const ROOM: [f64; 2] = [52.0, 34.0];

impl Axes {
    /// The marks of the two sides in a frame.
    fn marks(&self, pen: &Pen<'_>, plane: &Plane) -> [Ticks; 2] {
        if !self.ticks {
            return Default::default();
        }
        // Decades are told by few digits: they may stand closer.
        let closer = |side: &Side| if side.log { 0.7 } else { 1.0 };
        let most = |k: usize, side: &Side| plane.frame.size()[k] / (pen.u(ROOM[k]) * closer(side));
        [plane.x.ticks(most(0, &plane.x)), plane.y.ticks(most(1, &plane.y))]
    }

    /// Points that are needed at the left of the data and below.
    pub(super) fn room(&self, pen: &Pen<'_>, plane: &Plane) -> [f64; 2] {
        let [across, up] = self.marks(pen, plane);
        let widest = up.iter().map(|mark| pen.width(&mark.label, Role::Tick)).fold(0.0, f64::max);
        let name = |k: usize| if self.names[k].is_empty() { 0.0 } else { pen.size(Role::Name) + pen.u(5.0) };
        let numbers = |any: bool, wide: f64| if any { wide + pen.u(TICK + GAP) } else { 0.0 };
        [numbers(!up.is_empty(), widest) + name(1), numbers(!across.is_empty(), pen.size(Role::Tick)) + name(0)]
    }

    /// Grid lines, behind the data.
    pub(super) fn grid(&self, pen: &mut Pen<'_>, plane: &Plane) {
        let Frame { left, top, right, bottom } = plane.frame;
        let [across, up] = self.marks(pen, plane);
        let mut path = Path::new();
        for mark in across.iter().filter(|mark| mark.major) {
            let x = plane.place([mark.value, plane.y.range[0]])[0];
            path.move_to([x, top]).line_to([x, bottom]);
        }
        for mark in up.iter().filter(|mark| mark.major) {
            let y = plane.place([plane.x.range[0], mark.value])[1];
            path.move_to([left, y]).line_to([right, y]);
        }
        let stroke = Stroke::new(pen.theme.grid, pen.line_width(0.6));
        pen.path(path, stroke);
    }

    /// The frame with ticks, numbers and names, over the data; `open` leaves out its upper and right side.
    pub(super) fn draw(&self, pen: &mut Pen<'_>, plane: &Plane, open: bool) {
        let Frame { left, top, right, bottom } = plane.frame;
        let marks = self.marks(pen, plane);
        let mut path = Path::new();
        if open {
            path.move_to([left, top]).line_to([left, bottom]).line_to([right, bottom]);
        } else {
            path = Path::rect(plane.frame.rect());
        }
        let long = pen.u(TICK);
        for mark in &marks[0] {
            let x = plane.place([mark.value, plane.y.range[0]])[0];
            path.move_to([x, bottom]).line_to([x, bottom + if mark.major { long } else { 0.6 * long }]);
        }
        for mark in &marks[1] {
            let y = plane.place([plane.x.range[0], mark.value])[1];
            path.move_to([left - if mark.major { long } else { 0.6 * long }, y]).line_to([left, y]);
        }
        let stroke = Stroke::new(pen.theme.axis, pen.line_width(0.7));
        pen.path(path, stroke);
        self.numbers(pen, plane, &marks);
        self.names(pen, plane, &marks);
    }

    fn numbers(&self, pen: &mut Pen<'_>, plane: &Plane, marks: &[Ticks; 2]) {
        let Frame { left, bottom, .. } = plane.frame;
        let away = pen.u(TICK + GAP);
        let color = pen.theme.muted;
        let mut free = f64::NEG_INFINITY;
        for mark in marks[0].iter().filter(|mark| !mark.label.is_empty()) {
            let x = plane.place([mark.value, plane.y.range[0]])[0];
            let half = 0.5 * pen.width(&mark.label, Role::Tick);
            if x - half < free {
                continue;
            }
            free = x + half + pen.u(4.0);
            let baseline = bottom + away + 0.74 * pen.size(Role::Tick);
            pen.text([x, baseline], &mark.label, Role::Tick, color, Anchor::Middle);
        }
        let mut free = f64::INFINITY;
        for mark in marks[1].iter().filter(|mark| !mark.label.is_empty()) {
            let y = plane.place([plane.x.range[0], mark.value])[1];
            if y > free {
                continue;
            }
            free = y - 1.2 * pen.size(Role::Tick);
            pen.centered([left - away, y], &mark.label, Role::Tick, color, Anchor::End);
        }
    }

    fn names(&self, pen: &mut Pen<'_>, plane: &Plane, marks: &[Ticks; 2]) {
        let frame = plane.frame;
        let color = pen.theme.text;
        let below = if marks[0].is_empty() { 0.0 } else { pen.u(TICK + GAP) + pen.size(Role::Tick) };
        if !self.names[0].is_empty() {
            let baseline = frame.bottom + below + pen.u(3.0) + 0.8 * pen.size(Role::Name);
            pen.text([frame.middle()[0], baseline], &self.names[0], Role::Name, color, Anchor::Middle);
        }
        if !self.names[1].is_empty() {
            let x = frame.left - self.room(pen, plane)[0] + 0.5 * pen.size(Role::Name);
            pen.upward([x, frame.middle()[1]], &self.names[1], Role::Name, color);
        }
    }
}

/// The sides of a plane that shows even ranges.
pub(super) fn even(frame: Frame, x: [f64; 2], y: [f64; 2]) -> Plane {
    Plane { frame, x: Side::even(x), y: Side::even(y) }
}
