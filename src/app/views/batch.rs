//! The present mini-batch over the views of the loss: its own curve or contour lines, thin and dashed, and the arrow of the
//! whole gradient beside the one that the step follows.

use egui::{Align2, Painter, Pos2, Stroke, pos2, vec2};

use super::arrows::REACH;
use super::plane::Plane;
use crate::app::paint::{ArrowStyle, Head, arrow, face, haloed_text, path};
use crate::app::theme::{Dash, Theme, sizes};

/// What is drawn over a view.
pub(in crate::app) struct BatchScene<'a> {
    /// Where.
    pub plane: Plane,
    /// The graph or the contour lines of the batch's own loss, in data; a closed line ends where it begins.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// The selected racer's place.
    pub from: [f64; 2],
    /// Minus the gradient of the batch, whose arrow is there already.
    pub own: Option<[f64; 2]>,
    /// Minus the gradient over all the data, if its arrow is wanted.
    pub whole: Option<[f64; 2]>,
    /// Whether the view is a map; else it is a curve, where arrows lie level.
    pub map: bool,
    /// The words at the arrow.
    pub words: &'a str,
}

const DASH: Dash = &[5.0, 4.0];
/// How long the whole gradient's arrow is, in those of the batch's.
const SHORT: f32 = 0.7;

impl BatchScene<'_> {
    /// Draws it.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme) {
        let inside = painter.with_clip_rect(self.plane.rect.intersect(painter.clip_rect()));
        let ink = theme.gradient.gamma_multiply(if self.map { 0.75 } else { 0.9 });
        for line in &self.lines {
            let points: Vec<Pos2> = line.iter().map(|&[x, y]| self.plane.to_screen(x, y)).collect();
            path(&inside, &points, DASH, Stroke::new(1.0, ink));
        }
        let Some([x, y]) = self.whole else { return };
        let from = self.plane.to_screen(self.from[0], self.from[1]);
        if !self.plane.rect.contains(from) {
            return;
        }
        let [px, py] = self.plane.per_point();
        let tip = |[x, y]: [f64; 2], reach: f32| from + vec2((x / px) as f32, -(y / py) as f32).normalized() * reach;
        let (tail, head) = if self.map {
            // Shorter than the arrow of the batch, which is seen beyond it where both agree.
            (from, tip([x, y], SHORT * REACH))
        } else {
            // Above the arrow of the batch.
            let tail = from - vec2(0.0, 64.0);
            (tail, pos2(tail.x + if x < 0.0 { -REACH } else { REACH }, tail.y))
        };
        if !(head.x.is_finite() && head.y.is_finite()) {
            return;
        }
        let style = ArrowStyle { width: 2.25, color: theme.text, dash: &[], head: Head::Full };
        arrow(&inside, tail, head, style, theme.halo);
        let (anchor, gap) = if head.x < tail.x { (Align2::RIGHT_CENTER, -8.0) } else { (Align2::LEFT_CENTER, 8.0) };
        // The words of the two arrows keep a line apart.
        let other = self.own.filter(|_| self.map).map(|own| tip(own, REACH));
        let near = other.map(|other| head.y - other.y).filter(|apart| apart.abs() < 15.0);
        let lift = near.map_or(0.0, |apart| if apart > 0.0 { 15.0 - apart } else { -15.0 - apart });
        let font = face(sizes().caption, true);
        haloed_text(&inside, head + vec2(gap, lift), anchor, self.words, font, theme.text, theme.halo);
    }
}
