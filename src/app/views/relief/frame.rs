//! The box of a relief: its ground and the two walls behind with grid lines, the axes in front with ticks and numbers.

use egui::{Align2, Painter, Pos2, Shape, Stroke, Vec2, pos2, vec2};

use super::ReliefScene;
use crate::app::paint::{face, haloed_text, text};
use crate::app::theme::{Theme, sizes};
use crate::chart::relief::RISE;
use crate::chart::ticks::{short, ticks};

/// Points between two numbers of an axis.
const APART: f32 = 30.0;

impl ReliefScene<'_> {
    /// On which side of the box the eye stands, along each axis of the ground: -1 or 1.
    fn front(&self) -> [f64; 2] {
        [0, 1].map(|k| if self.space.eye.back[k] >= 0.0 { 1.0 } else { -1.0 })
    }

    /// Ground and back walls with their grid, behind everything.
    pub(super) fn walls(&self, painter: &Painter, theme: &Theme) {
        let [hx, hy] = self.space.relief.half;
        let [fx, fy] = self.front();
        let (back_x, back_y) = (-fx * hx, -fy * hy);
        let ground = [[-hx, -hy, 0.0], [hx, -hy, 0.0], [hx, hy, 0.0], [-hx, hy, 0.0]];
        let walls = [
            [[back_x, -hy, 0.0], [back_x, hy, 0.0], [back_x, hy, RISE], [back_x, -hy, RISE]],
            [[-hx, back_y, 0.0], [hx, back_y, 0.0], [hx, back_y, RISE], [-hx, back_y, RISE]],
        ];
        for face in [ground, walls[0], walls[1]] {
            let corners: Vec<Pos2> = face.iter().map(|&corner| self.place(corner)).collect();
            painter.add(Shape::convex_polygon(corners, theme.grid, Stroke::NONE));
        }
        let grid = Stroke::new(1.0, theme.grid);
        for (mark, _) in self.ground_marks(0) {
            painter.line_segment([[mark, -hy, 0.0], [mark, hy, 0.0]].map(|p| self.place(p)), grid);
            painter.line_segment([[mark, back_y, 0.0], [mark, back_y, RISE]].map(|p| self.place(p)), grid);
        }
        for (mark, _) in self.ground_marks(1) {
            painter.line_segment([[-hx, mark, 0.0], [hx, mark, 0.0]].map(|p| self.place(p)), grid);
            painter.line_segment([[back_x, mark, 0.0], [back_x, mark, RISE]].map(|p| self.place(p)), grid);
        }
        for (z, _) in self.height_marks() {
            painter.line_segment([[back_x, -hy, z], [back_x, hy, z]].map(|p| self.place(p)), grid);
            painter.line_segment([[-hx, back_y, z], [hx, back_y, z]].map(|p| self.place(p)), grid);
        }
        let edge = Stroke::new(1.0, theme.axis);
        for face in walls {
            let corners: Vec<Pos2> = face.iter().map(|&corner| self.place(corner)).collect();
            painter.add(Shape::closed_line(corners, edge));
        }
    }

    /// The axes along the front edges of the ground and along one upright edge, with ticks, numbers and names.
    pub(super) fn axes(&self, painter: &Painter, theme: &Theme) {
        let [hx, hy] = self.space.relief.half;
        let [fx, fy] = self.front();
        let (front_x, front_y) = (fx * hx, fy * hy);
        let x = [[-hx, front_y, 0.0], [hx, front_y, 0.0]];
        let y = [[front_x, -hy, 0.0], [front_x, hy, 0.0]];
        let marks = self.ground_marks(0).into_iter().map(|(v, label)| ([v, front_y, 0.0], label)).collect();
        self.axis(painter, theme, x, [0.0, fy, 0.0], marks, self.names[0]);
        let marks = self.ground_marks(1).into_iter().map(|(v, label)| ([front_x, v, 0.0], label)).collect();
        self.axis(painter, theme, y, [fx, 0.0, 0.0], marks, self.names[1]);
        // The upright edge that stands farthest left.
        let corners = [[front_x, -front_y], [-front_x, front_y]];
        let left = |corner: &[f64; 2]| self.place([corner[0], corner[1], 0.0]).x;
        let [cx, cy] = if left(&corners[0]) <= left(&corners[1]) { corners[0] } else { corners[1] };
        let (foot, top) = (self.place([cx, cy, 0.0]), self.place([cx, cy, RISE]));
        painter.line_segment([foot, top], Stroke::new(1.0, theme.axis));
        let font = face(sizes().caption, true);
        let mut free = f32::INFINITY;
        for (z, label) in self.height_marks() {
            let at = self.place([cx, cy, z]);
            painter.line_segment([at - vec2(4.0, 0.0), at], Stroke::new(1.0, theme.axis));
            if free - at.y >= 13.0 && at.y > top.y + 9.0 {
                text(painter, at - vec2(8.0, 0.0), Align2::RIGHT_CENTER, label, font.clone(), theme.muted);
                free = at.y;
            }
        }
        if (top - foot).length() > 20.0 {
            let name = face(sizes().body, true);
            text(painter, top - vec2(8.0, 0.0), Align2::RIGHT_CENTER, self.names[2], name, theme.text);
        }
        for (words, at, lift) in [(&self.cuts[0], foot, -9.0), (&self.cuts[1], top, -14.0)] {
            if let Some(words) = words {
                let at = pos2(at.x.max(self.space.rect.left()) + 6.0, at.y + lift);
                let font = face(sizes().caption, false);
                haloed_text(painter, at, Align2::LEFT_CENTER, words, font, theme.muted, theme.canvas);
            }
        }
    }

    /// An axis along an edge of the ground; `out` leads away from the box.
    fn axis(
        &self,
        painter: &Painter,
        theme: &Theme,
        ends: [[f64; 3]; 2],
        out: [f64; 3],
        marks: Vec<([f64; 3], String)>,
        name: &str,
    ) {
        let line = ends.map(|end| self.place(end));
        painter.line_segment(line, Stroke::new(1.0, theme.line_strong));
        let middle = [0, 1, 2].map(|k| 0.5 * (ends[0][k] + ends[1][k]));
        let beyond = [0, 1, 2].map(|k| middle[k] + 0.2 * out[k]);
        let away = (self.place(beyond) - self.place(middle)).normalized();
        // An axis that is seen from its end has no room for numbers.
        let along = (line[1] - line[0]).normalized();
        let aside = if away == Vec2::ZERO { vec2(0.0, 1.0) } else { away };
        if (along.x * aside.y - along.y * aside.x).abs() < 0.2 || line[0].distance(line[1]) < 24.0 {
            return;
        }
        let font = face(sizes().caption, true);
        let mut last: Option<Pos2> = None;
        for (place, label) in marks {
            let at = self.place(place);
            painter.line_segment([at, at + aside * 4.0], Stroke::new(1.0, theme.axis));
            if last.is_none_or(|last| last.distance(at) >= APART) {
                let wide = 3.2 * label.chars().count() as f32;
                let at_text = at + aside * (11.0 + wide * aside.x.abs() * 0.8);
                text(painter, at_text, Align2::CENTER_CENTER, label, font.clone(), theme.muted);
                last = Some(at);
            }
        }
        let at = self.place(middle) + aside * 33.0;
        text(painter, at, Align2::CENTER_CENTER, name, face(sizes().body, true), theme.text);
    }

    /// The marks along an axis of the ground: places in the box, and numbers.
    fn ground_marks(&self, k: usize) -> Vec<(f64, String)> {
        let [low, high] = [self.space.relief.view.x, self.space.relief.view.y][k];
        let half = self.space.relief.half;
        let long = self.space.eye.scale(1.0) * 2.0 * half[k];
        let count = (long / 64.0).clamp(3.0, 12.0) as usize;
        ticks(low, high, count)
            .into_iter()
            .map(|tick| {
                (self.space.relief.ground(if k == 0 { [tick.value, 0.0] } else { [0.0, tick.value] })[k], tick.label)
            })
            .collect()
    }

    /// The marks along the heights: places in the box, and numbers.
    fn height_marks(&self) -> Vec<(f64, String)> {
        let count = (self.space.eye.scale(1.0) * RISE / 26.0).clamp(2.0, 10.0) as usize;
        let marks = self.space.relief.heights.marks(count).into_iter();
        marks.filter(|(_, unit)| (0.0..=1.0).contains(unit)).map(|(v, unit)| (unit * RISE, short(v, 3))).collect()
    }
}
