//! The arrows at the selected ball: downhill, the shares of the rule's states, the look-ahead point, the step. In data
//! coordinates; here they are brought to a length that can be seen, and what was done to it is said beside them.

use egui::{Align2, Painter, Pos2, Rect, Stroke, Vec2, pos2, vec2};

use super::ground::GroundMarks;
use super::plane::Plane;
use crate::app::paint::{ArrowStyle, Head, arrow, face, haloed_text, path};
use crate::app::theme::{Theme, sizes};
use crate::chart::arrow::magnification;

/// What an arrow is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum ArrowKind {
    /// Minus the gradient: a direction; its length is told by the words.
    Downhill,
    /// What a state adds to the step, at the length of that; the number tells the states apart.
    Share(usize),
    /// A state that shapes the step: a direction; its length is told by the words.
    Shape(usize),
    /// To the look-ahead point.
    LookAhead,
    /// The step.
    Step,
}

impl ArrowKind {
    /// How it looks.
    pub(in crate::app) fn style(self, theme: &Theme) -> ArrowStyle {
        const DASHES: [crate::app::theme::Dash; 3] = [&[], &[5.0, 2.5], &[1.5, 2.0]];
        let (width, color, dash, head) = match self {
            Self::Downhill => (2.25, theme.gradient, DASHES[0], Head::Full),
            Self::Share(k) => (2.0, theme.memory, DASHES[k % 3], Head::Open),
            Self::Shape(k) => (1.5, theme.shaping, DASHES[(k + 2) % 3], Head::Open),
            Self::LookAhead => (1.5, theme.memory, DASHES[2], Head::Ring),
            Self::Step => (2.25, theme.step, DASHES[0], Head::Full),
        };
        ArrowStyle { width, color, dash, head }
    }

    /// Whether its length is one of the data; else it is a direction.
    pub(in crate::app) fn has_length(self) -> bool {
        !matches!(self, Self::Downhill | Self::Shape(_))
    }
}

/// One arrow at the ball.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct ArrowMark {
    /// What it is about.
    pub kind: ArrowKind,
    /// From its tail to its tip, in the data.
    pub by: [f64; 2],
    /// Its name and its number.
    pub words: String,
    /// What it is and how long it is drawn.
    pub hint: String,
}

/// An arrow on the screen.
pub(in crate::app) struct Shaft<'a> {
    /// What it is.
    pub mark: &'a ArrowMark,
    /// Where it begins.
    pub tail: Pos2,
    /// Where it ends.
    pub tip: Pos2,
    /// By how much it is magnified.
    factor: f32,
}

/// The arrows at the ball, and the ground under it.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct StepMarks {
    /// Where the step begins, in the view's coordinates.
    pub from: [f64; 2],
    /// The arrows that are drawn, the most important last.
    pub arrows: Vec<ArrowMark>,
    /// All lengths of this step, of arrows that are not drawn yet too: their scale is one.
    pub lengths: Vec<[f64; 2]>,
    /// Where the step leads, in the view's coordinates.
    pub to: Option<[f64; 2]>,
    /// How the ground bends there.
    pub ground: Option<GroundMarks>,
}

/// The length of a direction, in points.
pub(in crate::app) const REACH: f32 = 52.0;
/// Points between two arrows above a curve.
const APART: f32 = 17.0;

/// From the tail of an arrow to its tip in points, before lengths are magnified; none where it cannot be drawn.
pub(in crate::app) type Reach<'a> = &'a dyn Fn(ArrowKind, [f64; 2]) -> Option<Vec2>;

impl StepMarks {
    /// By how much lengths are magnified.
    fn factor(&self, reach: Reach<'_>) -> f32 {
        let lengths = self.lengths.iter().filter_map(|by| reach(ArrowKind::Step, *by)).map(Vec2::length);
        magnification(f64::from(lengths.filter(|length| length.is_finite()).fold(0.0, f32::max))) as f32
    }

    /// The arrows from `tail` on.
    pub(in crate::app) fn shafts(&self, tail: Pos2, reach: Reach<'_>) -> Vec<Shaft<'_>> {
        let factor = self.factor(reach);
        let long = |mark| Some((mark, Self::long(mark, factor, reach)?));
        let drawn = self.arrows.iter().filter_map(long);
        drawn.map(|(mark, by)| Shaft { mark, tail, tip: tail + by, factor }).collect()
    }

    /// The same on a map.
    pub(in crate::app) fn shafts_on_map(&self, plane: Plane) -> Vec<Shaft<'_>> {
        let [px, py] = plane.per_point();
        let reach = |kind: ArrowKind, [x, y]: [f64; 2]| {
            let by = vec2((x / px) as f32, -(y / py) as f32);
            Some(if kind.has_length() { by } else { by.normalized() * REACH })
        };
        self.shafts(plane.to_screen(self.from[0], self.from[1]), &reach)
    }

    /// The same above a curve, one over the other; `lift` is how far above the ball the lowest stands.
    pub(in crate::app) fn shafts_on_curve(&self, plane: Plane, lift: f32) -> Vec<Shaft<'_>> {
        let [px, _] = plane.per_point();
        let reach = |kind: ArrowKind, [x, _]: [f64; 2]| {
            let by = vec2((x / px) as f32, 0.0);
            Some(if kind.has_length() { by } else { by.normalized() * REACH })
        };
        let from = plane.to_screen(self.from[0], self.from[1]);
        let mut shafts = self.shafts(from, &reach);
        let count = self.arrows.len();
        for shaft in &mut shafts {
            let row = self.arrows.iter().position(|mark| std::ptr::eq(mark, shaft.mark)).map_or(0, |k| count - 1 - k);
            let up = vec2(0.0, lift + APART * row as f32);
            (shaft.tail, shaft.tip) = (shaft.tail - up, shaft.tip - up);
        }
        shafts
    }

    /// An arrow from tail to tip in points.
    fn long(mark: &ArrowMark, factor: f32, reach: Reach<'_>) -> Option<Vec2> {
        let by = reach(mark.kind, mark.by)?;
        let by = if mark.kind.has_length() { by * factor } else { by };
        (by.x.is_finite() && by.y.is_finite()).then_some(by)
    }

    fn words(mark: &ArrowMark, factor: f32) -> String {
        let magnified = factor != 1.0 && mark.kind.has_length();
        if magnified { format!("{}  ×{factor}", mark.words) } else { mark.words.clone() }
    }

    /// Draws arrows, with words at the tips that lie in `inside`.
    pub(in crate::app) fn paint(painter: &Painter, theme: &Theme, shafts: &[Shaft<'_>], inside: Rect) {
        let mut taken: Vec<Rect> = Vec::new();
        for Shaft { mark, tail, tip, .. } in shafts {
            arrow(painter, *tail, *tip, mark.kind.style(theme), theme.halo);
        }
        for Shaft { mark, tail, tip, factor } in shafts.iter().rev() {
            // A word beside the ball itself would belong to no arrow, one outside is not seen.
            if tail.distance(*tip) >= 16.0 && inside.contains(*tip) {
                label(painter, theme, *tip, tip.x < tail.x, &Self::words(mark, *factor), mark.kind, &mut taken);
            }
        }
    }

    /// Draws them above a curve.
    pub(in crate::app) fn paint_on_curve(&self, painter: &Painter, theme: &Theme, plane: Plane, lift: f32) {
        let shafts = self.shafts_on_curve(plane, lift);
        for Shaft { mark, tail, tip, factor } in shafts.iter().rev() {
            arrow(painter, *tail, *tip, mark.kind.style(theme), theme.canvas);
            let clear = if tail.distance(*tip) < 6.0 { *tail } else { *tip };
            label(painter, theme, clear, tip.x < tail.x, &Self::words(mark, *factor), mark.kind, &mut Vec::new());
        }
        let from = plane.to_screen(self.from[0], self.from[1]);
        let factor = shafts.first().map_or(1.0, |shaft| shaft.factor);
        let stepped = self.arrows.iter().any(|mark| mark.kind == ArrowKind::Step);
        if let Some([x, y]) = self.to.filter(|_| stepped && factor == 1.0) {
            let to = plane.to_screen(x, y);
            let above = pos2(to.x, from.y - lift);
            if (to.y - above.y).abs() > 4.0 {
                path(painter, &[above, to], &[2.0, 3.0], Stroke::new(1.0, theme.step));
            }
        }
    }
}

/// The words at a tip, below those that stand there already.
fn label(painter: &Painter, theme: &Theme, tip: Pos2, left: bool, words: &str, kind: ArrowKind, taken: &mut Vec<Rect>) {
    let (anchor, gap) = if left { (Align2::RIGHT_CENTER, -8.0) } else { (Align2::LEFT_CENTER, 8.0) };
    let font = face(sizes().caption, true);
    let size = painter.layout_no_wrap(words.to_owned(), font.clone(), theme.text).size();
    let mut at = tip + vec2(gap, 0.0);
    for _ in 0..8 {
        let place = anchor.anchor_size(at, size);
        let Some(other) = taken.iter().find(|other| other.intersects(place)) else { break };
        at.y = other.bottom() + size.y / 2.0 + 1.0;
    }
    taken.push(haloed_text(painter, at, anchor, words, font, kind.style(theme).color, theme.halo));
}
