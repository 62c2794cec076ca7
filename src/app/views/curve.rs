//! The view of one variable: the graph of the loss, the ball resting on it, the tangent, the step.

use egui::{Mesh, Painter, Pos2, Stroke, pos2, vec2};

use super::approximation::Approximation;
use super::arrows::StepMarks;
use super::axes;
use super::marks;
use super::plane::Plane;
use super::track::Track;
use crate::app::paint::{Ball, marker, path, soft_shadow};
use crate::app::theme::{Theme, sizes};
use crate::chart::hop::Hop;
use crate::chart::{Curve, ball};
use crate::num::elem;
use crate::session::Layer;

/// What the view of a curve shows.
pub(in crate::app) struct CurveScene<'a> {
    /// Where.
    pub plane: Plane,
    /// Which layers are drawn.
    pub shows: &'a dyn Fn(Layer) -> bool,
    /// The graph.
    pub curve: &'a Curve,
    /// The loss at any place.
    pub loss: &'a dyn Fn(f64) -> f64,
    /// The loss and the slope where the selected ball is.
    pub slope: Option<[f64; 2]>,
    /// The linear approximation at the ball, if it is drawn.
    pub approximation: Option<Approximation>,
    /// The racers.
    pub tracks: &'a [Track],
    /// Known minima.
    pub minima: &'a [[f64; 2]],
    /// The selected racer's start.
    pub start: Option<f64>,
    /// The name of the axis.
    pub names: [&'a str; 2],
    /// The arrows of the selected racer's step.
    pub step: Option<&'a StepMarks>,
}

const RADIUS: f32 = 11.0;

impl CurveScene<'_> {
    /// How far above the ball the lowest arrow stands.
    pub(in crate::app) const LIFT: f32 = 2.0 * RADIUS + 4.0;

    /// Draws it.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme) {
        let plane = self.plane;
        painter.rect_filled(plane.rect, 0.0, theme.canvas);
        let inside = painter.with_clip_rect(plane.rect.intersect(painter.clip_rect()));
        axes::grid(&inside, theme, plane);
        self.graph(&inside, theme);
        if let Some(ground) = self.step.and_then(|step| step.ground.as_ref()) {
            ground.paint(&inside, theme, (plane, false), &ground.on_curve(plane));
        }
        for &[x, y] in self.minima {
            marks::minimum(&inside, theme, plane.to_screen(x, y));
        }
        if let Some([value, slope]) = self.slope
            && let Some(track) = self.tracks.iter().find(|track| track.selected)
            && let Some([x, _]) = track.place()
            && plane.exit(x, value, 0.0).is_none()
            && (self.shows)(Layer::Tangent)
            && !track.ends().is_some_and(|(from, to)| self.on_the_way(from, to, track.fraction()).1)
        {
            self.tangent(&inside, theme, x, value, slope);
        }
        for track in self.tracks.iter().filter(|t| !t.selected).chain(self.tracks.iter().filter(|t| t.selected)) {
            self.track(&inside, theme, track);
        }
        if let Some(x) = self.start {
            marks::start(&inside, theme, plane.to_screen(x, (self.loss)(x)));
        }
        if let Some(approximation) = &self.approximation {
            approximation.paint(&inside, theme, plane);
        }
        for track in self.tracks.iter().filter(|t| !t.selected).chain(self.tracks.iter().filter(|t| t.selected)) {
            self.ball(&inside, theme, track);
        }
        // Above the balls: another one may stand where a word does.
        if let Some(step) = self.step {
            step.paint_on_curve(&inside, theme, plane, Self::LIFT);
        }
        axes::frame(painter, theme, plane, self.names);
    }

    fn graph(&self, painter: &Painter, theme: &Theme) {
        let floor = self.plane.rect.bottom();
        for piece in &self.curve.pieces {
            let line: Vec<Pos2> = piece.iter().map(|&[x, y]| self.plane.to_screen(x, y)).collect();
            let mut mesh = Mesh::default();
            for (k, at) in line.iter().enumerate() {
                mesh.colored_vertex(*at, theme.curve_fill);
                mesh.colored_vertex(pos2(at.x, floor), theme.curve_fill);
                if k > 0 {
                    let n = 2 * k as u32;
                    mesh.add_triangle(n - 2, n - 1, n);
                    mesh.add_triangle(n - 1, n, n + 1);
                }
            }
            painter.add(mesh);
            path(painter, &line, &[], Stroke::new(2.0, theme.curve));
        }
    }

    fn tangent(&self, painter: &Painter, theme: &Theme, x: f64, value: f64, slope: f64) {
        if !(value.is_finite() && slope.is_finite()) {
            return;
        }
        let ends = ball::tangent([x, value], slope, self.plane.scale(), 130.0);
        painter.line_segment(ends.map(|[x, y]| self.plane.to_screen(x, y)), Stroke::new(1.5, theme.tangent));
    }

    /// The flight of a step over the graph, if it is one; heights are shares of the plane's.
    fn hop(&self, from: [f64; 2], to: [f64; 2]) -> Option<Hop> {
        let length = (to[0] - from[0]).abs() / (self.plane.x[1] - self.plane.x[0]);
        if !Hop::is_long(length) {
            return None;
        }
        const LOOKS: usize = 32;
        let share = |y: f64| (y - self.plane.y[0]) / (self.plane.y[1] - self.plane.y[0]);
        let between = (1..LOOKS).map(|k| {
            let x = from[0] + (to[0] - from[0]) * (k as f64 / LOOKS as f64);
            self.curve.at(x).map_or(f64::NAN, share)
        });
        let ground: Vec<f64> = std::iter::once(share(from[1])).chain(between).chain([share(to[1])]).collect();
        Hop::over(length, &ground)
    }

    /// Where the ball is `t` of the way from one iterate to the next, and whether it is in the air.
    fn on_the_way(&self, from: [f64; 2], to: [f64; 2], t: f64) -> ([f64; 2], bool) {
        let x = from[0] + (to[0] - from[0]) * t;
        match if t > 0.0 { self.hop(from, to) } else { None } {
            Some(hop) => ([x, self.plane.y[0] + hop.height(t) * (self.plane.y[1] - self.plane.y[0])], true),
            None if t == 0.0 => (from, false),
            None => ([x, (self.loss)(x)], false),
        }
    }

    /// The way through some iterates as lines on the screen: those along the graph, and those through the air.
    fn ways(&self, iterates: &[[f64; 2]]) -> [Vec<Vec<Pos2>>; 2] {
        const PARTS: usize = 28;
        let place = |[x, y]: [f64; 2]| self.plane.to_screen(x, y);
        let (mut ground, mut air): (Vec<Vec<Pos2>>, Vec<Vec<Pos2>>) = (Vec::new(), Vec::new());
        let mut line: Vec<Pos2> = Vec::new();
        for pair in iterates.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if !pair.iter().flatten().all(|v| v.is_finite()) {
                ground.push(std::mem::take(&mut line));
            } else if let Some(hop) = self.hop(from, to) {
                ground.push(std::mem::take(&mut line));
                let high = self.plane.y[1] - self.plane.y[0];
                let at = |k: usize| {
                    let t = k as f64 / PARTS as f64;
                    place([from[0] + (to[0] - from[0]) * t, self.plane.y[0] + hop.height(t) * high])
                };
                air.push((0..=PARTS).map(at).collect());
            } else {
                let along = self.curve.between(from[0], to[0]).unwrap_or_else(|| vec![from, to]);
                for at in along.into_iter().map(place) {
                    if line.last().is_none_or(|last| last.distance(at) >= 1.0) {
                        line.push(at);
                    }
                }
            }
        }
        ground.push(line);
        [ground, air]
    }

    fn track(&self, painter: &Painter, theme: &Theme, track: &Track) {
        let step = track.step();
        let place = |[x, y]: [f64; 2]| self.plane.to_screen(x, y);
        let known = |p: &&[f64; 2]| p[0].is_finite() && p[1].is_finite();
        let faint = track.look.color.gamma_multiply(0.35);
        let solid = track.look.color.gamma_multiply(0.8);
        let (past, future) = (&track.points[..=step], &track.points[step..]);
        for (iterates, layer, weight, ink, size, fill) in [
            (future, Layer::Prediction, 1.0, faint, 2.25, faint),
            (past, Layer::Path, 1.25, solid, 3.25, track.look.color),
        ] {
            if !(self.shows)(layer) {
                continue;
            }
            let [ground, air] = self.ways(iterates);
            for line in ground {
                path(painter, &line, track.look.dash, Stroke::new(weight + 0.5, ink));
            }
            for line in air {
                path(painter, &line, &[3.0, 3.0], Stroke::new(weight, ink));
            }
            let marks: Vec<Pos2> = iterates.iter().filter(known).copied().map(place).collect();
            for at in marks::spaced(&marks, 5.0) {
                marker(painter, at, track.look.marker, size, fill, theme.canvas);
            }
        }
    }

    /// The ball rests on the graph: it touches it where the iterate is, along the normal.
    fn ball(&self, painter: &Painter, theme: &Theme, track: &Track) {
        let Some((from, to)) = track.ends() else { return };
        let ([x, value], air) = self.on_the_way(from, to, track.fraction());
        if let Some((at, toward)) = self.plane.exit(x, value, 14.0) {
            marks::edge(painter, theme, track, at, toward, [x, value], false);
            return;
        }
        if !value.is_finite() {
            return;
        }
        let [px, py] = self.plane.per_point();
        let h = px * 0.75;
        let slope = ((self.loss)(x + h) - (self.loss)(x - h)) / (2.0 * h);
        let slope = if slope.is_finite() { slope } else { 0.0 };
        let radius = sizes().weight * if track.selected { RADIUS } else { RADIUS * 0.8 };
        if air {
            return self.flying(painter, theme, track, [x, value], radius);
        }
        // The line has a width of its own: the ball lies on its upper side.
        let rest = ball::rest(self.curve, [x, value], slope, self.plane.scale(), f64::from(radius) + 1.0);
        let contact = self.plane.to_screen(x, value);
        let tilt = elem::atan(-slope * px / py) as f32;
        soft_shadow(painter, contact + vec2(1.5, 2.0), vec2(radius * 1.2, 4.0), tilt, theme.shadow);
        let length = 1.0 / egui::Vec2::angled(tilt).x.max(0.05);
        let rolled = (contact.x - self.plane.rect.left()) * length;
        Ball {
            center: contact + vec2(rest.center[0] as f32, -rest.center[1] as f32),
            radius,
            color: track.look.color,
            turn: rolled / radius,
            rim: theme.canvas,
        }
        .paint(painter);
    }

    /// A ball on a jump, above its shadow.
    fn flying(&self, painter: &Painter, theme: &Theme, track: &Track, [x, value]: [f64; 2], radius: f32) {
        let center = self.plane.to_screen(x, value) - vec2(0.0, radius);
        if let Some(ground) = self.curve.at(x) {
            let below = self.plane.to_screen(x, ground);
            let above = ((below.y - center.y) / self.plane.rect.height()).clamp(0.0, 1.0);
            let shadow = theme.shadow.gamma_multiply(0.8 - 0.6 * above);
            soft_shadow(painter, below + vec2(1.5, 2.0), vec2(radius * (1.2 + above), 4.0), 0.0, shadow);
        }
        let turn = (center.x - self.plane.rect.left()) / radius;
        Ball { center, radius, color: track.look.color, turn, rim: theme.canvas }.paint(painter);
    }
}
