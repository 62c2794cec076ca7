//! How the ground bends at the ball: the axes of the curvature, and the parabola that fits there.

use egui::{Align2, Painter, Pos2, Shape, Stroke, Vec2, vec2};

use super::plane::Plane;
use crate::app::paint::{face, haloed_text, path};
use crate::app::theme::{Dash, Theme, sizes};
use crate::app::widgets::show_number;
use crate::chart::{Field, View, contour};
use crate::surface::Curvature;

/// What is drawn of the ground at the ball.
#[derive(Clone, Debug)]
pub(in crate::app) struct GroundMarks {
    /// Slope and curvature at the ball.
    pub ground: Curvature,
    /// Whether the axes are drawn.
    pub axes: bool,
    /// Whether the parabola is drawn.
    pub model: bool,
}

/// Points of the longer axis from the ball to its end, and the least of the shorter one.
const AXIS: f64 = 64.0;
const LEAST: f64 = 5.0;
/// The parabola's contour lines are drawn so many points around the ball, on a grid of so many crossings a side.
const AROUND: f64 = 150.0;
const CROSSINGS: usize = 61;
/// How many contour lines of the parabola are drawn at most: those next to the ball's own height.
const LINES: usize = 7;
const MODEL_DASH: Dash = &[4.0, 3.0];
const DOWN_DASH: Dash = &[3.0, 2.5];

impl GroundMarks {
    /// Draws them on a map; `levels` are those of the map's own contour lines, so that equal heights can be compared.
    pub(in crate::app) fn paint_on_map(&self, painter: &Painter, theme: &Theme, plane: Plane, levels: &[f64]) {
        let [x, y] = [0, 1].map(|k| self.ground.at.get(k).copied().unwrap_or(f64::NAN));
        if !(x.is_finite() && y.is_finite() && self.ground.hessian.iter().all(|h| h.is_finite())) {
            return;
        }
        if self.model {
            self.contours(painter, theme, plane, [x, y], levels);
            if let Some([a, b]) = self.ground.newton_point().as_deref() {
                self.level_point(painter, theme, plane, plane.to_screen(*a, *b));
            }
        }
        if self.axes {
            self.cross(painter, theme, plane, plane.to_screen(x, y));
        }
    }

    /// Draws the parabola over a curve.
    pub(in crate::app) fn paint_on_curve(&self, painter: &Painter, theme: &Theme, plane: Plane) {
        if !self.model || self.ground.hessian.iter().any(|h| !h.is_finite()) {
            return;
        }
        const PARTS: u32 = 96;
        let place = |k: u32| plane.x[0] + (plane.x[1] - plane.x[0]) * f64::from(k) / f64::from(PARTS);
        let line: Vec<Pos2> = (0..=PARTS).map(|k| plane.to_screen(place(k), self.ground.model(&[place(k)]))).collect();
        path(painter, &line, MODEL_DASH, Stroke::new(1.5, theme.model));
        if let Some([x]) = self.ground.newton_point().as_deref() {
            self.level_point(painter, theme, plane, plane.to_screen(*x, self.ground.model(&[*x])));
        }
    }

    fn contours(&self, painter: &Painter, theme: &Theme, plane: Plane, [x, y]: [f64; 2], levels: &[f64]) {
        let [rx, ry] = plane.per_point().map(|unit| unit * AROUND);
        let view = View { x: [x - rx, x + rx], y: [y - ry, y + ry] };
        let field = Field::sample(view, [CROSSINGS, CROSSINGS], |xs, ys, out| {
            for ((x, y), z) in xs.iter().zip(ys).zip(out) {
                *z = self.ground.model(&[*x, *y]);
            }
        });
        // The line through the ball, and those of the map that are next to it in height.
        let mut near: Vec<f64> = levels.to_vec();
        near.sort_by(|a, b| (a - self.ground.value).abs().total_cmp(&(b - self.ground.value).abs()));
        near.truncate(LINES - 1);
        near.push(self.ground.value);
        let center = plane.to_screen(x, y);
        for line in contour::contours(&field, &near).into_iter().flat_map(|contour| contour.lines) {
            let mut points: Vec<Pos2> = line.points.iter().map(|&[x, y]| plane.to_screen(x, y)).collect();
            if line.closed {
                points.extend(points.first().copied());
            }
            // Within a disc: what is far from the ball is not told by the parabola.
            for piece in points.split(|at| at.distance(center) > AROUND as f32) {
                if piece.len() > 1 {
                    painter.add(Shape::line(piece.to_vec(), Stroke::new(2.5, theme.halo.gamma_multiply(0.35))));
                    path(painter, piece, MODEL_DASH, Stroke::new(1.25, theme.model));
                }
            }
        }
    }

    /// A diamond where the parabola is level.
    fn level_point(&self, painter: &Painter, theme: &Theme, plane: Plane, at: Pos2) {
        if !plane.rect.contains(at) {
            return;
        }
        let corners = [vec2(0.0, -6.0), vec2(6.0, 0.0), vec2(0.0, 6.0), vec2(-6.0, 0.0)].map(|by| at + by);
        for (width, ink) in [(4.0, theme.halo), (1.75, theme.model)] {
            painter.add(Shape::closed_line(corners.to_vec(), Stroke::new(width, ink)));
        }
    }

    /// The two directions, each as long as the curvature is small.
    fn cross(&self, painter: &Painter, theme: &Theme, plane: Plane, center: Pos2) {
        let [px, py] = plane.per_point();
        let eigen = &self.ground.eigen;
        let bends: Vec<f64> = eigen.values.iter().map(|value| value.abs()).collect();
        let least = bends.iter().copied().filter(|bend| *bend > 0.0).fold(f64::INFINITY, f64::min);
        for (k, (value, direction)) in eigen.values.iter().zip(&eigen.vectors).enumerate() {
            let (Some(dx), Some(dy)) = (direction.first(), direction.get(1)) else { continue };
            let toward: Vec2 = vec2((dx / px) as f32, -(dy / py) as f32).normalized();
            let share = if value.abs() > 0.0 { (least / value.abs()).sqrt() } else { 1.0 };
            let reach = toward * (AXIS * share).max(LEAST) as f32;
            let dash = if *value < 0.0 { DOWN_DASH } else { &[] };
            let ends = [center - reach, center + reach];
            painter.line_segment(ends, Stroke::new(4.0, theme.halo));
            path(painter, &ends, dash, Stroke::new(1.75, theme.text));
            for end in ends {
                let cap = toward.rot90() * 4.0;
                painter.line_segment([end - cap, end + cap], Stroke::new(4.0, theme.halo));
                painter.line_segment([end - cap, end + cap], Stroke::new(1.75, theme.text));
            }
            let end = if toward.y > 0.0 { ends[0] } else { ends[1] };
            let out = if toward.y > 0.0 { -toward } else { toward };
            let words = format!("λ{} {}", ["₁", "₂"][k.min(1)], show_number(*value, 3));
            let anchor = if out.x < -0.3 { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM };
            haloed_text(painter, end + out * 7.0, anchor, words, face(sizes().caption, true), theme.text, theme.halo);
        }
    }
}
