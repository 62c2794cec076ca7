//! The arrows at the selected ball: where the slope leads down, and the step that the rule makes of it.

use super::frame::Plane;
use super::pen::{Pen, Role};
use super::view::Stage;
use crate::chart::arrow::magnification;
use crate::explain;
use crate::num::linalg::norm;
use crate::scene::{Anchor, Rgba};
use crate::session::Layer;

/// What the selected racer does in the step from the one that is shown.
pub(super) struct StepArrows {
    /// The iterate: the variables.
    pub from: Vec<f64>,
    /// The loss there.
    pub loss: f64,
    /// Minus the gradient, if it is drawn.
    pub downhill: Option<Vec<f64>>,
    /// What the step adds, if it is drawn.
    pub step: Option<Vec<f64>>,
}

/// The length of a direction, in units.
const REACH: f64 = 34.0;

impl StepArrows {
    /// Those of a time; none between steps and at the end.
    pub(super) fn of(stage: &Stage<'_>, at: f64) -> Option<Self> {
        let run = stage.session.run(stage.session.document().selected)?;
        let step = at.max(0.0) as usize;
        if at.fract() != 0.0 || step >= run.last_step() {
            return None;
        }
        let (row, next) = (run.row(step), run.row(step + 1));
        let good = |by: &Vec<f64>| by.iter().all(|x| x.is_finite()) && by.iter().any(|x| *x != 0.0);
        let downhill = stage.shows(Layer::Gradient).then(|| row.gradient.iter().map(|g| -g).collect());
        let moved = stage.shows(Layer::Step).then(|| next.w.iter().zip(row.w).map(|(a, b)| a - b).collect());
        let (downhill, moved) = (downhill.filter(good), moved.filter(good));
        (downhill.is_some() || moved.is_some()).then(|| Self {
            from: row.w.to_vec(),
            loss: row.loss,
            downhill,
            step: moved,
        })
    }
}

/// An arrow on its way to the page.
struct Drawn {
    by: [f64; 2],
    color: Rgba,
    words: String,
}

/// Draws them on a plane of both variables.
pub(super) fn on_map(pen: &mut Pen<'_>, plane: &Plane, arrows: &StepArrows) {
    let [x, y] = arrows.from[..] else { return };
    let scale = plane.scale();
    draw(pen, plane, (plane.place([x, y]), 0.0), arrows, &|by| {
        let at = |k: usize| by.get(k).copied().unwrap_or(0.0);
        [at(0) * scale[0], -at(1) * scale[1]]
    });
}

/// Draws them above a curve; `lift` is how far above the iterate.
pub(super) fn on_curve(pen: &mut Pen<'_>, plane: &Plane, arrows: &StepArrows, lift: f64) {
    let [x] = arrows.from[..] else { return };
    let [px, py] = plane.place([x, arrows.loss]);
    let scale = plane.scale();
    // One over the other: all of them lie level.
    draw(pen, plane, ([px, py - lift], pen.u(11.0)), arrows, &|by| {
        [by.first().copied().unwrap_or(0.0) * scale[0], 0.0]
    });
}

/// The number of an arrow: with its sign where there is one direction, else its length.
fn told(names: [&str; 2], vector: &[f64]) -> String {
    match vector {
        [only] => format!("{} = {}", names[0], explain::brief(*only)),
        several => format!("{} = {}", names[1], explain::brief(norm(several))),
    }
}

/// Draws arrows from a place on, each so many points above the one before.
fn draw(
    pen: &mut Pen<'_>,
    plane: &Plane,
    (tail, apart): ([f64; 2], f64),
    arrows: &StepArrows,
    reach: &dyn Fn(&[f64]) -> [f64; 2],
) {
    if !plane.frame.contains(tail) {
        return;
    }
    let mut all = Vec::new();
    if let Some(downhill) = &arrows.downhill {
        let by = reach(downhill);
        let length = norm(&by).max(1e-300);
        let by = by.map(|v| v / length * pen.u(REACH));
        all.push(Drawn { by, color: pen.theme.gradient, words: told(["−f′", "|∇f|"], downhill) });
    }
    if let Some(step) = &arrows.step {
        let by = reach(step);
        let factor = magnification(norm(&by) / pen.unit);
        let words = told(["Δ", "|Δ|"], step);
        let words = if factor > 1.0 { format!("{words}, ×{factor}") } else { words };
        all.push(Drawn { by: by.map(|v| v * factor), color: pen.theme.step, words });
    }
    let tail = |place: usize| [tail[0], tail[1] - apart * place as f64];
    for (place, arrow) in all.iter().enumerate() {
        let tail = tail(place);
        let tip = [tail[0] + arrow.by[0], tail[1] + arrow.by[1]];
        pen.arrow(tail, tip, arrow.color, 1.6, 7.0, true);
    }
    let mut taken: Option<f64> = None;
    for (place, arrow) in all.iter().enumerate().rev() {
        let tail = tail(place);
        let tip = [tail[0] + arrow.by[0], tail[1] + arrow.by[1]];
        let left = arrow.by[0] < 0.0;
        let wide = pen.width(&arrow.words, Role::Tick);
        let gap = pen.u(6.0);
        // Words that would leave the data stand on the other side of the tip.
        let left = if left { tip[0] - gap - wide > plane.frame.left } else { tip[0] + gap + wide > plane.frame.right };
        let (anchor, x) = if left { (Anchor::End, tip[0] - gap) } else { (Anchor::Start, tip[0] + gap) };
        let line = 1.3 * pen.size(Role::Tick);
        let y = match taken {
            Some(other) if (other - tip[1]).abs() < line => other + if tip[1] < other { -line } else { line },
            _ => tip[1],
        };
        let y = y.clamp(plane.frame.top + line, plane.frame.bottom - line);
        taken = Some(y);
        if plane.frame.contains(tip) {
            let halo = pen.theme.halo;
            pen.haloed([x, y], &arrow.words, Role::Tick, arrow.color, anchor, halo);
        }
    }
}
