//! The linear approximation on a curve: the tangent as far as `ε`, and the gap between it and the loss there.

use egui::{Align2, Painter, Pos2, Stroke, pos2, vec2};

use super::plane::Plane;
use crate::app::paint::{face, haloed_text, path};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::show_number;

/// The approximation `f(x + ε) ≈ f(x) + f′(x)·ε`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) struct Approximation {
    /// Where the tangent touches.
    pub x: f64,
    /// The loss there.
    pub value: f64,
    /// The slope there.
    pub slope: f64,
    /// How far along it is looked.
    pub epsilon: f64,
    /// The loss at `x + ε`.
    pub truth: f64,
}

impl Approximation {
    /// What the tangent says.
    pub(in crate::app) fn linear(&self) -> f64 {
        self.value + self.slope * self.epsilon
    }

    /// What the tangent says less the loss.
    pub(in crate::app) fn error(&self) -> f64 {
        self.linear() - self.truth
    }

    /// The end of the tangent, where the handle is.
    pub(in crate::app) fn handle(&self, plane: Plane) -> Pos2 {
        plane.to_screen(self.x + self.epsilon, self.linear())
    }

    /// Draws it.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme, plane: Plane) {
        if !(self.linear().is_finite() && self.value.is_finite()) {
            return;
        }
        let touch = plane.to_screen(self.x, self.value);
        let end = self.handle(plane);
        let corner = pos2(end.x, touch.y);
        let font = face(sizes().caption, true);
        let label = |at: Pos2, anchor: Align2, words: String, ink| {
            haloed_text(painter, at, anchor, words, font.clone(), ink, theme.canvas);
        };
        // The run ε and the rise f′·ε, as legs of a triangle under the tangent.
        path(painter, &[touch, corner], &[2.0, 2.5], Stroke::new(1.25, theme.muted));
        path(painter, &[corner, end], &[2.0, 2.5], Stroke::new(1.25, theme.muted));
        painter.line_segment([touch, end], Stroke::new(2.5, theme.tangent));
        // Below: above the ball are the arrows.
        let middle = pos2((touch.x + end.x) / 2.0, touch.y + 4.0);
        label(middle, Align2::CENTER_TOP, format!("ε {}", show_number(self.epsilon, 3)), theme.muted);
        if !self.truth.is_finite() {
            return;
        }
        // The gap: a bracket beside the end, away from the ball.
        let truth = plane.to_screen(self.x + self.epsilon, self.truth);
        let side = if self.epsilon < 0.0 { -1.0 } else { 1.0 };
        let [near, far] = [6.0, 12.0].map(|by| by * side);
        let stroke = Stroke::new(1.75, theme.warn);
        let bracket = [end + vec2(near, 0.0), end + vec2(far, 0.0), truth + vec2(far, 0.0), truth + vec2(near, 0.0)];
        for pair in bracket.windows(2) {
            painter.line_segment([pair[0], pair[1]], stroke);
        }
        painter.circle(truth, 3.5, theme.canvas, Stroke::new(1.75, theme.curve));
        let beside = pos2(end.x + far + 6.0 * side, (end.y + truth.y) / 2.0);
        let anchor = if side < 0.0 { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        label(beside, anchor, format!("Δf {}", show_number(self.error(), 3)), theme.warn);
    }
}
