//! The present mini-batch over the views of the loss: its own curve or contour lines, thin and dashed, and the arrow of the
//! whole gradient beside the one that the step follows.

use egui::{Align2, Painter, Pos2, Stroke, Vec2, pos2, vec2};

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

/// What is seen of the mini-batch at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum BatchPart {
    /// The arrow of the whole gradient.
    Whole,
    /// A line of the batch's own loss.
    Line,
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
        let Some((tail, head)) = self.shaft() else { return };
        let style = ArrowStyle { width: 2.25, color: theme.text, dash: &[], head: Head::Full };
        arrow(&inside, tail, head, style, theme.halo);
        let (anchor, gap) = if head.x < tail.x { (Align2::RIGHT_CENTER, -8.0) } else { (Align2::LEFT_CENTER, 8.0) };
        // The words of the two arrows keep a line apart.
        let other = self.own.filter(|_| self.map).map(|own| tail + self.toward(own) * REACH);
        let near = other.map(|other| head.y - other.y).filter(|apart| apart.abs() < 15.0);
        let lift = near.map_or(0.0, |apart| if apart > 0.0 { 15.0 - apart } else { -15.0 - apart });
        let font = face(sizes().caption, true);
        haloed_text(&inside, head + vec2(gap, lift), anchor, self.words, font, theme.text, theme.halo);
    }

    /// The direction on the screen of one in data.
    fn toward(&self, [x, y]: [f64; 2]) -> Vec2 {
        let [px, py] = self.plane.per_point();
        vec2((x / px) as f32, -(y / py) as f32).normalized()
    }

    /// Tail and head of the whole gradient's arrow, if it is seen.
    fn shaft(&self) -> Option<(Pos2, Pos2)> {
        let whole = self.whole?;
        let from = self.plane.to_screen(self.from[0], self.from[1]);
        let (tail, head) = if self.map {
            // Shorter than the arrow of the batch, which is seen beyond it where both agree.
            (from, from + self.toward(whole) * (SHORT * REACH))
        } else {
            // Above the arrow of the batch.
            let tail = from - vec2(0.0, 64.0);
            (tail, pos2(tail.x + if whole[0] < 0.0 { -REACH } else { REACH }, tail.y))
        };
        let seen = self.plane.rect.contains(from) && head.x.is_finite() && head.y.is_finite();
        seen.then_some((tail, head))
    }

    /// What is near a place on the screen, as `away` measures how far a place is from a straight way.
    pub(in crate::app) fn part_near(&self, reach: f32, away: impl Fn(Pos2, Pos2) -> f32) -> Option<BatchPart> {
        if self.shaft().is_some_and(|(tail, head)| away(tail, head) < reach) {
            return Some(BatchPart::Whole);
        }
        let ways = self.lines.iter().flat_map(|line| line.windows(2));
        let mut ends = ways.map(|ends| [ends[0], ends[1]].map(|[x, y]| self.plane.to_screen(x, y)));
        ends.any(|[a, b]| away(a, b) < reach).then_some(BatchPart::Line)
    }
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2};

    use super::*;

    #[test]
    fn what_lies_near_is_found() {
        let plane =
            Plane { rect: Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 200.0)), x: [0.0, 2.0], y: [0.0, 2.0] };
        let mut scene = BatchScene {
            plane,
            lines: vec![vec![[0.0, 0.5], [2.0, 0.5]]],
            from: [1.0, 1.0],
            own: None,
            whole: Some([1.0, 0.0]),
            map: true,
            words: "",
        };
        let near = |scene: &BatchScene<'_>, x: f32, y: f32| {
            scene.part_near(3.0, |a, b| {
                let way = b - a;
                let t = ((pos2(x, y) - a).dot(way) / way.length_sq()).clamp(0.0, 1.0);
                (a + way * t).distance(pos2(x, y))
            })
        };
        for (map, x, y, part) in [
            (true, 120.0, 101.0, Some(BatchPart::Whole)),
            (true, 80.0, 100.0, None),
            (true, 30.0, 151.0, Some(BatchPart::Line)),
            (true, 30.0, 160.0, None),
            (false, 120.0, 36.0, Some(BatchPart::Whole)),
            (false, 120.0, 101.0, None),
        ] {
            scene.map = map;
            assert_eq!(near(&scene, x, y), part, "{map} {x} {y}");
        }
        scene.whole = None;
        assert_eq!(near(&scene, 120.0, 36.0), None, "an arrow that is not drawn");
    }
}
