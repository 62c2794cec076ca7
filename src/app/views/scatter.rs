//! The data of a model: the points, the fitted curve of every racer, the residuals of the present mini-batch, for classes
//! the decision threshold.

use egui::{Align2, Color32, Painter, Pos2, Stroke, pos2, vec2};

use super::axes;
use super::plane::Plane;
use crate::app::paint::{face, haloed_path, haloed_text, marker, path};
use crate::app::theme::{RacerLook, Theme, sizes};
use crate::session::Marker;

/// A fitted curve.
pub(in crate::app) struct Fitted {
    /// The look of its racer.
    pub look: RacerLook,
    /// Whether its racer is the selected one.
    pub selected: bool,
    /// Its points, in data.
    pub points: Vec<[f64; 2]>,
}

/// What the pane of the data shows.
pub(in crate::app) struct ScatterScene<'a> {
    /// Where.
    pub plane: Plane,
    /// The points.
    pub points: &'a [[f64; 2]],
    /// For each point, whether it belongs to the present mini-batch.
    pub batch: &'a [bool],
    /// For each point of the mini-batch, the selected racer's prediction; nan elsewhere.
    pub predicted: &'a [f64],
    /// The curves.
    pub fitted: &'a [Fitted],
    /// Whether targets are classes.
    pub classes: bool,
    /// Where the selected racer's decision changes, with the words for it.
    pub threshold: Option<(f64, &'a str)>,
    /// The point under the pointer, and the selected one.
    pub marked: [Option<usize>; 2],
}

impl ScatterScene<'_> {
    /// Draws it.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme) {
        let plane = self.plane;
        painter.rect_filled(plane.rect, 0.0, theme.canvas);
        let inside = painter.with_clip_rect(plane.rect.intersect(painter.clip_rect()));
        axes::grid(&inside, theme, plane);
        if self.classes {
            let y = plane.to_screen(plane.x[0], 0.5).y;
            let ends = [pos2(plane.rect.left(), y), pos2(plane.rect.right(), y)];
            path(&inside, &ends, &[2.0, 3.0], Stroke::new(1.0, theme.axis));
        }
        self.threshold(&inside, theme);
        self.residuals(&inside, theme);
        let order = || self.fitted.iter().filter(|f| !f.selected).chain(self.fitted.iter().filter(|f| f.selected));
        for fitted in order() {
            let known = fitted.points.iter().filter(|p| p[1].is_finite());
            let line: Vec<Pos2> = known.map(|&[x, y]| plane.to_screen(x, y)).collect();
            let width = if fitted.selected { 2.25 } else { 1.5 };
            let stroke = Stroke::new(width, fitted.look.color);
            haloed_path(&inside, &line, fitted.look.dash, stroke, theme.canvas);
        }
        self.points(&inside, theme);
        axes::frame_of(painter, theme, plane, ["x", "y"], 4);
    }

    fn threshold(&self, painter: &Painter, theme: &Theme) {
        let Some((x, words)) = self.threshold else { return };
        let at = self.plane.to_screen(x, 0.5);
        if !self.plane.rect.x_range().contains(at.x) {
            return;
        }
        let rect = self.plane.rect;
        path(
            painter,
            &[pos2(at.x, rect.top()), pos2(at.x, rect.bottom())],
            &[6.0, 4.0],
            Stroke::new(1.25, theme.muted),
        );
        let right = at.x > rect.center().x;
        let (anchor, gap) = if right { (Align2::RIGHT_TOP, -6.0) } else { (Align2::LEFT_TOP, 6.0) };
        let font = face(sizes().caption, true);
        haloed_text(painter, pos2(at.x + gap, rect.top() + 6.0), anchor, words, font, theme.muted, theme.canvas);
    }

    /// From the points of the batch straight to the curve.
    fn residuals(&self, painter: &Painter, theme: &Theme) {
        let strength = if self.is_whole() { 0.3 } else { 0.8 };
        for (&[x, y], &predicted) in self.points.iter().zip(self.predicted) {
            if predicted.is_finite() {
                let ends = [self.plane.to_screen(x, y), self.plane.to_screen(x, predicted)];
                painter.line_segment(ends, Stroke::new(1.25, theme.gradient.gamma_multiply(strength)));
            }
        }
    }

    /// Whether every point belongs to the batch: then none stands out.
    fn is_whole(&self) -> bool {
        self.batch.iter().all(|chosen| *chosen)
    }

    /// Classes differ by shape; the mini-batch by size, fill and a ring.
    fn points(&self, painter: &Painter, theme: &Theme) {
        let (quiet, whole) = (theme.muted, self.is_whole());
        for (row, (&[x, y], &chosen)) in self.points.iter().zip(self.batch).enumerate() {
            let at = self.plane.to_screen(x, y);
            let shape = if self.classes && y > 0.5 { Marker::TriangleUp } else { Marker::Circle };
            let (size, ink) = if chosen { (4.5, theme.text) } else { (3.25, quiet.gamma_multiply(0.75)) };
            if chosen && !whole {
                ring(painter, at, 7.5, 1.25, theme.gradient);
            }
            marker(painter, at, shape, size, ink, theme.canvas);
            if self.marked[1] == Some(row) {
                ring(painter, at, 10.0, 2.0, theme.accent);
            } else if self.marked[0] == Some(row) {
                ring(painter, at, 10.0, 1.5, theme.accent.gamma_multiply(0.6));
            }
        }
    }
}

fn ring(painter: &Painter, at: Pos2, radius: f32, width: f32, ink: Color32) {
    painter.circle_stroke(at, radius, Stroke::new(width, ink));
}

/// The words of an empty plane, in its middle.
pub(in crate::app) fn note(painter: &Painter, theme: &Theme, plane: Plane, words: &str) {
    let at = plane.rect.center() + vec2(0.0, -8.0);
    haloed_text(painter, at, Align2::CENTER_CENTER, words, face(sizes().body, false), theme.muted, theme.canvas);
}
