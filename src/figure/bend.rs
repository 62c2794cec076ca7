//! How the ground bends at the selected iterate: the axes of the curvature, the parabola that fits there, and on a curve how
//! good the tangent is.

use std::sync::Arc;

use super::frame::Plane;
use super::pen::{Pen, Role};
use super::view::Stage;
use crate::chart::parabola::parabola;
use crate::explain;
use crate::objective::Evaluator;
use crate::scene::{Anchor, Path, Stroke};
use crate::session::Layer;
use crate::surface::Curvature;

/// What is drawn of the ground at the selected iterate.
pub(super) struct Bend {
    ground: Curvature,
    axes: bool,
    model: bool,
    /// How far along the tangent is looked, and the loss there.
    tangent: Option<[f64; 2]>,
}

/// Units: of the longer axis from the iterate to its end, and the least of the shorter one.
const AXIS: f64 = 44.0;
const LEAST: f64 = 4.0;
/// The parabola's contour lines are drawn so many units around the iterate, on a grid of so many crossings a side.
const AROUND: f64 = 96.0;
const CROSSINGS: usize = 81;
const DASH: [f32; 2] = [4.0, 3.0];

impl Bend {
    /// What the layers of the session show of a time; nothing between steps.
    pub(super) fn of(stage: &Stage<'_>, at: f64) -> Option<Self> {
        let session = stage.session;
        let run = session.run(session.document().selected)?;
        let row = run.row((at.max(0.0) as usize).min(run.last_step()));
        let (axes, model) = (stage.shows(Layer::CurvatureAxes), stage.shows(Layer::LocalModel));
        let linear = stage.shows(Layer::Approximation) && row.w.len() == 1;
        if at.fract() != 0.0 || !row.is_finite() || !(axes || model || linear) {
            return None;
        }
        let mut evaluator = Evaluator::new(session.shared_surface() as Arc<_>);
        let ground = Curvature::at(&mut evaluator, row.w);
        let epsilon = session.epsilon();
        let tangent = row.w.first().filter(|_| linear).map(|x| [epsilon, evaluator.value(&[x + epsilon])]);
        Some(Self { ground, axes, model, tangent })
    }

    /// Draws it on a plane of both variables; `levels` are those of the ground's own contour lines, so that equal heights
    /// can be compared.
    pub(super) fn on_map(&self, pen: &mut Pen<'_>, plane: &Plane, levels: &[f64]) {
        let [x, y] = self.ground.at[..] else { return };
        if self.ground.hessian.iter().any(|h| !h.is_finite()) {
            return;
        }
        if self.model {
            self.contours(pen, plane, [x, y], levels);
            if let Some([a, b]) = self.ground.newton_point().as_deref() {
                level_point(pen, plane, [*a, *b]);
            }
        }
        if self.axes {
            self.cross(pen, plane, plane.place([x, y]));
        }
    }

    fn contours(&self, pen: &mut Pen<'_>, plane: &Plane, [x, y]: [f64; 2], levels: &[f64]) {
        let [rx, ry] = plane.scale().map(|scale| pen.u(AROUND) / scale);
        let center = plane.place([x, y]);
        let far = |at: &[f64; 2]| {
            let (dx, dy) = (at[0] - center[0], at[1] - center[1]);
            dx * dx + dy * dy > pen.u(AROUND) * pen.u(AROUND)
        };
        let mut lines = Vec::new();
        for line in parabola(&self.ground, [rx, ry], CROSSINGS, levels) {
            let points: Vec<[f64; 2]> = line.iter().map(|at| plane.place(*at)).collect();
            // Within a disc: what is far from the iterate is not told by the parabola.
            lines.extend(points.split(far).filter(|piece| piece.len() > 1).map(<[_]>::to_vec));
        }
        let (seam, ink) = (pen.theme.halo.faded(0.4), pen.theme.model);
        let seam = Stroke::new(seam, pen.u(2.0));
        let stroke = pen.dashed(ink, 1.0, &DASH);
        for line in lines {
            pen.line(&line, seam.clone());
            pen.line(&line, stroke.clone());
        }
    }

    /// The two directions, each as long as the curvature is small; a bar at the ends, dashes where it bends downward.
    fn cross(&self, pen: &mut Pen<'_>, plane: &Plane, center: [f64; 2]) {
        let scale = plane.scale();
        let eigen = &self.ground.eigen;
        let bends = || eigen.values.iter().map(|value| value.abs());
        let least = bends().filter(|bend| *bend > 0.0).fold(f64::INFINITY, f64::min);
        for (k, (value, direction)) in eigen.values.iter().zip(&eigen.vectors).enumerate() {
            let [dx, dy] = direction[..] else { continue };
            let (dx, dy) = (dx * scale[0], -dy * scale[1]);
            let length = (dx * dx + dy * dy).sqrt().max(1e-300);
            let share = if value.abs() > 0.0 { (least / value.abs()).sqrt() } else { 1.0 };
            let reach = pen.u((AXIS * share).max(LEAST));
            let way = [dx / length, dy / length];
            let on = |along: f64, aside: f64| {
                [center[0] + way[0] * along - way[1] * aside, center[1] + way[1] * along + way[0] * aside]
            };
            let cap = pen.u(3.0);
            let mut path = Path::line(on(-reach, 0.0), on(reach, 0.0));
            for end in [-reach, reach] {
                path.move_to(on(end, -cap)).line_to(on(end, cap));
            }
            let (ink, halo) = (pen.theme.text, pen.theme.halo);
            let stroke = pen.dashed(ink, 1.3, if *value < 0.0 { &[3.0, 2.5] } else { &[] });
            pen.path(path.clone(), Stroke::new(halo.faded(0.8), pen.u(3.2)));
            pen.path(path, stroke);
            // The upper end has the number.
            let sign = if way[1] > 0.0 { -1.0 } else { 1.0 };
            let at = on(sign * (reach + pen.u(8.0)), 0.0);
            let left = sign * way[0] < -0.3;
            let anchor = if left { Anchor::End } else { Anchor::Start };
            let words = format!("λ{} = {}", ["₁", "₂"][k.min(1)], explain::brief(*value));
            pen.haloed(at, &words, Role::Small, ink, anchor, halo);
        }
    }

    /// Draws it over a curve.
    pub(super) fn on_curve(&self, pen: &mut Pen<'_>, plane: &Plane) {
        const PARTS: u32 = 120;
        let [x] = self.ground.at[..] else { return };
        if self.model && self.ground.hessian.iter().all(|h| h.is_finite()) {
            let place = |k: u32| {
                let x = plane.x.value(f64::from(k) / f64::from(PARTS));
                plane.place([x, self.ground.model(&[x])])
            };
            let line: Vec<[f64; 2]> = (0..=PARTS).map(place).collect();
            let stroke = pen.dashed(pen.theme.model, 1.2, &DASH);
            pen.line(&line, stroke);
            if let Some([at]) = self.ground.newton_point().as_deref() {
                level_point(pen, plane, [*at, self.ground.model(&[*at])]);
            }
        }
        let ([slope], Some([epsilon, truth])) = (&self.ground.gradient[..], self.tangent) else { return };
        let (value, linear) = (self.ground.value, self.ground.value + slope * epsilon);
        if linear.is_finite() {
            approximation(pen, plane, [x, value], [x + epsilon, linear], truth);
        }
    }
}

/// The tangent from where it touches to its end, with the run `ε` below and the gap to the loss beside the end.
fn approximation(pen: &mut Pen<'_>, plane: &Plane, touch: [f64; 2], end: [f64; 2], truth: f64) {
    let (from, to, real) = (plane.place(touch), plane.place(end), plane.place([end[0], truth]));
    let corner = [to[0], from[1]];
    let (muted, ink, warn, halo) = (pen.theme.muted, pen.theme.tangent, pen.theme.warn, pen.theme.halo);
    let legs = pen.dashed(muted, 0.8, &[2.0, 2.5]);
    pen.line(&[from, corner, to], legs);
    let stroke = Stroke::new(ink, pen.line_width(1.8));
    pen.line(&[from, to], stroke);
    let below = if to[1] > from[1] { -1.0 } else { 1.0 };
    // Beyond the ball, which rests where the tangent touches.
    let at = [0.35 * from[0] + 0.65 * to[0], from[1] + below * pen.u(8.0)];
    let words = format!("ε = {}", explain::brief(end[0] - touch[0]));
    pen.haloed(at, &words, Role::Small, muted, Anchor::Middle, halo);
    if !truth.is_finite() {
        return;
    }
    // A bracket beside the end, away from where the tangent touches.
    let side = if to[0] < from[0] { -1.0 } else { 1.0 };
    let [near, far] = [4.0, 8.0].map(|units| side * pen.u(units));
    let bracket = [[to[0] + near, to[1]], [to[0] + far, to[1]], [to[0] + far, real[1]], [to[0] + near, real[1]]];
    let stroke = Stroke::new(warn, pen.line_width(1.3));
    pen.line(&bracket, stroke);
    let ring = Stroke::new(pen.theme.curve, pen.line_width(1.2));
    let dot = Path::circle(real, pen.u(2.4));
    let paper = pen.theme.paper;
    pen.area(dot.clone(), paper);
    pen.path(dot, ring);
    let at = [to[0] + far + side * pen.u(4.0), 0.5 * (to[1] + real[1])];
    let anchor = if side < 0.0 { Anchor::End } else { Anchor::Start };
    pen.haloed(at, &format!("Δf = {}", explain::brief(end[1] - truth)), Role::Small, warn, anchor, halo);
}

/// A diamond where the parabola is level.
fn level_point(pen: &mut Pen<'_>, plane: &Plane, at: [f64; 2]) {
    if !plane.shows(at) {
        return;
    }
    let ([x, y], reach) = (plane.place(at), pen.u(4.2));
    let path = Path::polygon([[x, y - reach], [x + reach, y], [x, y + reach], [x - reach, y]]);
    let (halo, ink) = (pen.theme.halo, pen.theme.model);
    pen.path(path.clone(), Stroke::new(halo, pen.u(2.8)));
    let stroke = Stroke::new(ink, pen.line_width(1.3));
    pen.path(path, stroke);
}
