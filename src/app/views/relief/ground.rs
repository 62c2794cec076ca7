//! How the ground bends at the ball, in space: the parabola that fits there as a net around the ball, the axes of the
//! curvature along the surface.

use egui::{Painter, Pos2, Stroke};

use super::{ReliefScene, Space};
use crate::app::theme::Theme;
use crate::app::views::ground::{GroundMarks, GroundPart, level_point};
use crate::chart::relief::RISE;
use crate::num::elem;

/// The net reaches so many points from the ball, with so many lines a side, each in so many parts.
const AROUND: f64 = 120.0;
const LINES: i32 = 4;
const PARTS: i32 = 28;
/// Parts of an axis, and half the length of its ends, in points.
const AXIS_PARTS: i32 = 24;
const CAP: f64 = 4.0;

/// A line through places of the box.
type Line = Vec<[f64; 3]>;

impl Space<'_> {
    /// Where the parabola stands over a place of the ground; none outside of the box.
    fn fitted(&self, marks: &GroundMarks, [x, y]: [f64; 2]) -> Option<[f64; 3]> {
        let [hx, hy] = self.relief.half;
        let value = marks.ground.model(&self.relief.data([x, y]));
        let unit = self.relief.heights.unit(value);
        let inside = x.abs() <= hx && y.abs() <= hy && (0.0..=1.0).contains(&unit);
        inside.then_some([x, y, unit * RISE])
    }

    /// The net of the parabola: lines along both axes of the ground within a circle around the ball, and the circle.
    fn net(&self, marks: &GroundMarks) -> Vec<Line> {
        let Some(at) = marks.at() else { return Vec::new() };
        let center = self.relief.ground(at);
        let radius = AROUND / self.eye.scale(1.0);
        let mut lines: Vec<Line> = Vec::new();
        let mut add = |places: &mut dyn Iterator<Item = [f64; 2]>| {
            let mut line = Line::new();
            for [dx, dy] in places {
                match self.fitted(marks, [center[0] + dx, center[1] + dy]) {
                    Some(place) => line.push(place),
                    None => lines.push(std::mem::take(&mut line)),
                }
            }
            lines.push(line);
        };
        for k in -(LINES - 1)..LINES {
            let side = radius * f64::from(k) / f64::from(LINES);
            let half = (radius * radius - side * side).sqrt();
            let along = |part: i32| half * (2.0 * f64::from(part) / f64::from(PARTS) - 1.0);
            add(&mut (0..=PARTS).map(|part| [along(part), side]));
            add(&mut (0..=PARTS).map(|part| [side, along(part)]));
        }
        let round = 2 * PARTS;
        add(&mut (0..=round).map(|part| {
            let angle = std::f64::consts::TAU * f64::from(part) / f64::from(round);
            [radius * elem::cos(angle), radius * elem::sin(angle)]
        }));
        lines.retain(|line| line.len() > 1);
        lines
    }

    /// Where the parabola is level.
    fn level(&self, marks: &GroundMarks) -> Option<[f64; 3]> {
        let point = marks.ground.newton_point()?;
        self.fitted(marks, self.relief.ground([*point.first()?, *point.get(1)?]))
    }

    /// The axes along the surface, with the lines across their ends.
    fn axes(&self, marks: &GroundMarks) -> Vec<(usize, Line, [Line; 2])> {
        let Some(at) = marks.at() else { return Vec::new() };
        let center = self.relief.ground(at);
        let points = self.eye.scale(1.0);
        let on = |[x, y]: [f64; 2]| self.relief.height([x, y]).map(|z| [x, y, z]);
        let mut found = Vec::new();
        for (k, way, reach) in marks.directions() {
            let ahead = self.relief.ground([at[0] + way[0], at[1] + way[1]]);
            let [dx, dy] = [0, 1].map(|k| ahead[k] - center[k]);
            let length = (dx * dx + dy * dy).sqrt();
            let way = [dx / length, dy / length];
            let along = |t: f64| [0, 1].map(|k| center[k] + way[k] * t * reach / points);
            let line: Line = (-AXIS_PARTS..=AXIS_PARTS)
                .filter_map(|part| on(along(f64::from(part) / f64::from(AXIS_PARTS))))
                .collect();
            let cap = |end: Option<&[f64; 3]>| -> Line {
                let across = |side: f64| end.and_then(|[x, y, _]| on([x - way[1] * side, y + way[0] * side]));
                [-CAP, CAP].into_iter().filter_map(|side| across(side / points)).collect()
            };
            let caps = [cap(line.first()), cap(line.last())];
            found.push((k, line, caps));
        }
        found
    }

    /// The parts on the screen, of those that are in sight.
    pub(in crate::app) fn ground_parts(&self, marks: &GroundMarks) -> Vec<GroundPart> {
        let mut parts = Vec::new();
        let line = |line: Line| line.into_iter().map(|place| self.place(place)).collect();
        if marks.model {
            parts.extend(self.net(marks).into_iter().map(line).map(GroundPart::Model));
            parts.extend(self.level(marks).map(|place| GroundPart::Level(self.place(place))));
        }
        if marks.axes {
            parts.extend(self.axes(marks).into_iter().map(|(k, axis, _)| GroundPart::Axis(k, line(axis))));
        }
        parts
    }
}

impl ReliefScene<'_> {
    /// Draws what is wanted of it.
    pub(super) fn ground(&self, painter: &Painter, theme: &Theme) {
        let Some(marks) = self.step.and_then(|step| step.ground.as_ref()) else { return };
        if marks.model {
            for line in self.space.net(marks) {
                self.seen_line(painter, line.into_iter(), &[], Stroke::new(1.0, theme.model));
            }
            if let Some(place) = self.space.level(marks) {
                let seen = self.space.eye.see(place);
                let painter = super::pale(painter, self.space.picture.hides(seen));
                level_point(&painter, theme, self.space.rect, self.screen(seen));
            }
        }
        if marks.axes {
            for (k, line, caps) in self.space.axes(marks) {
                self.seen_line(painter, line.iter().copied(), &[], Stroke::new(4.0, theme.halo));
                self.seen_line(painter, line.into_iter(), marks.dash(k), Stroke::new(1.75, theme.text));
                let ends =
                    |cap: &Line| -> Option<[Pos2; 2]> { Some([self.place(*cap.first()?), self.place(*cap.last()?)]) };
                if let (Some(one), Some(other)) = (ends(&caps[0]), ends(&caps[1])) {
                    marks.caps(painter, theme, k, [one, other]);
                }
            }
        }
    }
}
