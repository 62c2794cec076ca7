//! How the ground bends at the ball: the axes of the curvature, and the parabola that fits there.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::plane::Plane;
use crate::app::paint::{face, haloed_text, path};
use crate::app::theme::{Dash, Theme, sizes};
use crate::app::widgets::show_number;
use crate::chart::parabola::parabola;
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

/// A part of it on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum GroundPart {
    /// A line of the parabola.
    Model(Vec<Pos2>),
    /// Where the parabola is level.
    Level(Pos2),
    /// The axis of an eigenvalue, by its place among them: a line from end to end.
    Axis(usize, Vec<Pos2>),
}

/// Points of the longer axis from the ball to its end, and the least of the shorter one.
const AXIS: f64 = 64.0;
const LEAST: f64 = 5.0;
/// The parabola's contour lines are drawn so many points around the ball, on a grid of so many crossings a side.
const AROUND: f64 = 150.0;
const CROSSINGS: usize = 61;
const MODEL_DASH: Dash = &[4.0, 3.0];
const DOWN_DASH: Dash = &[3.0, 2.5];

impl GroundMarks {
    /// Where the ball is on a map, if all that is to be drawn there is known.
    pub(super) fn at(&self) -> Option<[f64; 2]> {
        let [x, y] = [0, 1].map(|k| self.ground.at.get(k).copied().unwrap_or(f64::NAN));
        let known = x.is_finite() && y.is_finite() && self.ground.hessian.iter().all(|h| h.is_finite());
        known.then_some([x, y])
    }

    /// Its parts on a map; `levels` are those of the map's own contour lines, so that equal heights can be compared.
    pub(in crate::app) fn on_map(&self, plane: Plane, levels: &[f64]) -> Vec<GroundPart> {
        let Some([x, y]) = self.at() else { return Vec::new() };
        let mut parts = Vec::new();
        if self.model {
            parts.extend(self.contours(plane, [x, y], levels).into_iter().map(GroundPart::Model));
            if let Some([a, b]) = self.ground.newton_point().as_deref() {
                parts.push(GroundPart::Level(plane.to_screen(*a, *b)));
            }
        }
        if self.axes {
            let [px, py] = plane.per_point();
            let center = plane.to_screen(x, y);
            for (k, [dx, dy], reach) in self.directions() {
                let by = vec2((dx / px) as f32, -(dy / py) as f32).normalized() * reach as f32;
                parts.push(GroundPart::Axis(k, vec![center - by, center + by]));
            }
        }
        parts
    }

    /// Its parts on a curve.
    pub(in crate::app) fn on_curve(&self, plane: Plane) -> Vec<GroundPart> {
        if !self.model || self.ground.hessian.iter().any(|h| !h.is_finite()) {
            return Vec::new();
        }
        const PARTS: u32 = 96;
        let place = |k: u32| plane.x[0] + (plane.x[1] - plane.x[0]) * f64::from(k) / f64::from(PARTS);
        let on = |x: f64| plane.to_screen(x, self.ground.model(&[x]));
        let level = self.ground.newton_point().and_then(|point| point.first().copied());
        let line = GroundPart::Model((0..=PARTS).map(|k| on(place(k))).collect());
        std::iter::once(line).chain(level.map(|x| GroundPart::Level(on(x)))).collect()
    }

    /// Draws its parts on a plane.
    pub(in crate::app) fn paint(
        &self,
        painter: &Painter,
        theme: &Theme,
        (plane, map): (Plane, bool),
        parts: &[GroundPart],
    ) {
        for part in parts {
            match part {
                GroundPart::Model(line) if map => {
                    painter.add(Shape::line(line.clone(), Stroke::new(2.5, theme.halo.gamma_multiply(0.35))));
                    path(painter, line, MODEL_DASH, Stroke::new(1.25, theme.model));
                }
                GroundPart::Model(line) => path(painter, line, MODEL_DASH, Stroke::new(1.5, theme.model)),
                GroundPart::Level(at) => level_point(painter, theme, plane.rect, *at),
                GroundPart::Axis(k, line) => {
                    let (Some(&from), Some(&to)) = (line.first(), line.last()) else { continue };
                    painter.line_segment([from, to], Stroke::new(4.0, theme.halo));
                    path(painter, line, self.dash(*k), Stroke::new(1.75, theme.text));
                    let cap = (to - from).normalized().rot90() * 4.0;
                    self.caps(painter, theme, *k, [from, to].map(|end| [end - cap, end + cap]));
                }
            }
        }
    }

    fn contours(&self, plane: Plane, [x, y]: [f64; 2], levels: &[f64]) -> Vec<Vec<Pos2>> {
        let [rx, ry] = plane.per_point().map(|unit| unit * AROUND);
        let center = plane.to_screen(x, y);
        let mut pieces = Vec::new();
        for line in parabola(&self.ground, [rx, ry], CROSSINGS, levels) {
            let points: Vec<Pos2> = line.iter().map(|&[x, y]| plane.to_screen(x, y)).collect();
            // Within a disc: what is far from the ball is not told by the parabola.
            let near = points.split(|at| at.distance(center) > AROUND as f32);
            pieces.extend(near.filter(|piece| piece.len() > 1).map(<[Pos2]>::to_vec));
        }
        pieces
    }

    /// The axes: which, their directions in the data, and how far they reach from the ball in points, the less the more
    /// the ground bends along them.
    pub(super) fn directions(&self) -> impl Iterator<Item = (usize, [f64; 2], f64)> {
        let eigen = &self.ground.eigen;
        let bends = eigen.values.iter().map(|value| value.abs());
        let least = bends.filter(|bend| *bend > 0.0).fold(f64::INFINITY, f64::min);
        eigen.values.iter().zip(&eigen.vectors).enumerate().filter_map(move |(k, (value, direction))| {
            let share = if value.abs() > 0.0 { (least / value.abs()).sqrt() } else { 1.0 };
            Some((k, [*direction.first()?, *direction.get(1)?], (AXIS * share).max(LEAST)))
        })
    }

    /// Dashed where the ground bends downward.
    pub(super) fn dash(&self, axis: usize) -> Dash {
        if self.ground.eigen.values.get(axis).is_some_and(|value| *value < 0.0) { DOWN_DASH } else { &[] }
    }

    /// The ends of an axis as short lines across it, and its number at the upper one.
    pub(super) fn caps(&self, painter: &Painter, theme: &Theme, axis: usize, caps: [[Pos2; 2]; 2]) {
        for cap in caps {
            painter.line_segment(cap, Stroke::new(4.0, theme.halo));
            painter.line_segment(cap, Stroke::new(1.75, theme.text));
        }
        let [a, b] = caps.map(|[one, other]| one.lerp(other, 0.5));
        let (end, out): (Pos2, Vec2) = if a.y < b.y { (a, a - b) } else { (b, b - a) };
        let out = if out.length() > 0.1 { out.normalized() } else { -Vec2::Y };
        let value = self.ground.eigen.values.get(axis).copied().unwrap_or(f64::NAN);
        let words = format!("{} {}", axis_name(axis), show_number(value, 3));
        let anchor = if out.x < -0.3 { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM };
        haloed_text(painter, end + out * 7.0, anchor, words, face(sizes().caption, true), theme.text, theme.halo);
    }
}

/// The name of an eigenvalue.
pub(in crate::app) fn axis_name(axis: usize) -> String {
    format!("λ{}", ["₁", "₂"][axis.min(1)])
}

/// A diamond where the parabola is level, if that is in sight.
pub(super) fn level_point(painter: &Painter, theme: &Theme, inside: Rect, at: Pos2) {
    if !inside.contains(at) {
        return;
    }
    let corners = [vec2(0.0, -6.0), vec2(6.0, 0.0), vec2(0.0, 6.0), vec2(-6.0, 0.0)].map(|by| at + by);
    for (width, ink) in [(4.0, theme.halo), (1.75, theme.model)] {
        painter.add(Shape::closed_line(corners.to_vec(), Stroke::new(width, ink)));
    }
}
