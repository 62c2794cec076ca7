//! A loss of one variable: its graph, the tangent, the ways of the balls along it.

use std::sync::Arc;

use super::contour::{around, entries, minima, names};
use super::{Picture, Stage};
use crate::chart::hop::Hop;
use crate::chart::{self, Sampler, ball};
use crate::figure::arrows::{self, StepArrows};
use crate::figure::axes::{self, Axes};
use crate::figure::bend::Bend;
use crate::figure::error::FigureError;
use crate::figure::frame::Plane;
use crate::figure::page::{Gutters, Page};
use crate::figure::paths::{disc, plotted, start};
use crate::figure::pen::Pen;
use crate::figure::plotted::Plotted;
use crate::figure::track::{Track, drawn, ghosts, spaced, tracks};
use crate::figure::{legend, marks, words};
use crate::objective::Evaluator;
use crate::scene::{Path, Stroke};
use crate::session::Layer;

/// The view, laid out.
pub(super) struct Curve {
    page: Page,
    plane: Plane,
    axes: Axes,
    curve: chart::Curve,
    tracks: Vec<Track>,
    ghosts: Vec<Track>,
    minima: Vec<[f64; 2]>,
}

/// The radius of the balls in units.
const RADIUS: f64 = 5.2;

/// The losses worth showing over a stretch: the lowest, and the highest but for a few.
fn heights(sampler: &mut Sampler, [low, high]: [f64; 2]) -> [f64; 2] {
    let xs: Vec<f64> = (0..=512).map(|k| low + (high - low) * f64::from(k) / 512.0).collect();
    let mut ys = vec![f64::NAN; xs.len()];
    sampler.values(&[&xs], &mut ys);
    ys.retain(|y| y.is_finite());
    ys.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| ys.get(((ys.len().max(1) - 1) as f64 * share) as usize).copied();
    match (at(0.0), at(0.98), at(1.0)) {
        // A pole in sight must not flatten all the rest.
        (Some(low), Some(most), Some(high)) => {
            let high = if high - low > 20.0 * (most - low) { most } else { high };
            if high > low { [low, high] } else { [low - 1.0, low + 1.0] }
        }
        _ => [-1.0, 1.0],
    }
}

impl Curve {
    pub(super) fn new(stage: &Stage<'_>) -> Result<Self, FigureError> {
        let (session, request) = (stage.session, stage.request);
        let x = session.shown_range().first().copied().unwrap_or([-1.0, 1.0]);
        let mut sampler = Sampler::new(session.surface());
        let [low, high] = heights(&mut sampler, x);
        let air = high - low;
        let y = [low - 0.08 * air, high + 0.14 * air];
        let variable = session.surface().variables.first().cloned().unwrap_or_default();
        let axes = Axes { names: names(stage, [variable, words::function(session)]), ticks: request.parts.ticks };
        let (tracks, ghosts) = (tracks(session, request), ghosts(session, request));
        let minima = minima(stage);
        let shown = minima.iter().any(|[a, _]| (x[0]..=x[1]).contains(a));
        let legend = entries(stage, &tracks, &ghosts, shown, true);
        let page = Page::lay(request, around(stage, legend), 0.6, |pen, frame| {
            let [left, below] = axes.room(pen, &axes::even(frame, x, y));
            Gutters { left, below, right: pen.u(4.0), above: 0.0 }
        })?;
        let plane = axes::even(page.frame, x, y);
        let curve = chart::Curve::sample(x, plane.scale().map(|scale| 4.0 * scale), |xs, ys| sampler.values(&[xs], ys));
        Ok(Self { page, plane, axes, curve, tracks, ghosts, minima })
    }

    fn graph(&self, pen: &mut Pen<'_>) {
        let floor = self.plane.frame.bottom;
        for piece in &self.curve.pieces {
            let line: Vec<[f64; 2]> = piece.iter().map(|at| self.plane.place(*at)).collect();
            let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
            let mut area = Path::polyline(line.iter().copied());
            area.line_to([last[0], floor]).line_to([first[0], floor]).close();
            let (fill, ink) = (pen.theme.curve_fill, pen.theme.curve);
            pen.area(area, fill);
            let stroke = Stroke::new(ink, pen.line_width(1.5)).rounded();
            pen.line(&line, stroke);
        }
    }

    /// The flight of a step over the graph, if it is one; heights are shares of the plane's.
    fn hop(&self, from: [f64; 2], to: [f64; 2]) -> Option<Hop> {
        const LOOKS: usize = 32;
        let length = (to[0] - from[0]).abs() / (self.plane.x.range[1] - self.plane.x.range[0]);
        if !Hop::is_long(length) {
            return None;
        }
        let between = (1..LOOKS).map(|k| {
            let x = from[0] + (to[0] - from[0]) * (k as f64 / LOOKS as f64);
            self.curve.at(x).map_or(f64::NAN, |y| self.plane.y.share(y))
        });
        let ends = [from, to].map(|[_, y]| self.plane.y.share(y));
        let ground: Vec<f64> = std::iter::once(ends[0]).chain(between).chain([ends[1]]).collect();
        Hop::over(length, &ground)
    }

    /// A way through iterates: what lies along the graph, and what goes through the air.
    fn ways(&self, iterates: &[[f64; 2]]) -> [Vec<Vec<[f64; 2]>>; 2] {
        const PARTS: usize = 40;
        let [mut ground, mut air] = [Vec::new(), Vec::new()];
        let mut line: Vec<[f64; 2]> = Vec::new();
        for pair in iterates.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if !pair.iter().flatten().all(|v| v.is_finite()) {
                ground.push(std::mem::take(&mut line));
            } else if let Some(hop) = self.hop(from, to) {
                ground.push(std::mem::take(&mut line));
                let at = |k: usize| {
                    let t = k as f64 / PARTS as f64;
                    self.plane.place([from[0] + (to[0] - from[0]) * t, self.plane.y.value(hop.height(t))])
                };
                air.push((0..=PARTS).map(at).collect());
            } else {
                let along = self.curve.between(from[0], to[0]).unwrap_or_else(|| vec![from, to]);
                let places = line.last().copied().into_iter().chain(along.into_iter().map(|at| self.plane.place(at)));
                line = line
                    .iter()
                    .copied()
                    .chain(spaced(places, 0.5).into_iter().skip(usize::from(!line.is_empty())))
                    .collect();
            }
        }
        ground.push(line);
        [ground, air]
    }

    fn track(&self, pen: &mut Pen<'_>, stage: &Stage<'_>, track: &Track, at: f64) {
        let look = &track.look;
        for (iterates, layer, width, cover) in
            [(track.future(at), Layer::Prediction, 0.9, 0.5), (track.past(at), Layer::Path, 1.6, 0.9)]
        {
            if !stage.shows(layer) {
                continue;
            }
            let color = look.color.faded(cover);
            let [ground, air] = self.ways(&iterates);
            let (solid, flight) = (pen.dashed(color, width, look.dash), pen.dashed(color, 0.8 * width, &[3.0, 3.0]));
            for line in ground {
                pen.line(&line, solid.clone());
            }
            for line in air {
                pen.line(&line, flight.clone());
            }
        }
        if stage.shows(Layer::Path) {
            let known = |p: &&[f64; 2]| p.iter().all(|v| v.is_finite()) && self.plane.shows(**p);
            let iterates = track.points.get(..=track.step(at)).unwrap_or_default();
            for place in spaced(iterates.iter().filter(known).map(|p| self.plane.place(*p)), pen.u(6.0)) {
                pen.marker(place, look, 2.5);
            }
        }
    }

    /// The ball rests on the graph: it touches it where the iterate is.
    fn ball(&self, pen: &mut Pen<'_>, track: &Track, at: f64) {
        let Some((from, to)) = track.ends(at) else { return };
        let t = track.fraction(at);
        let x = from[0] + (to[0] - from[0]) * t;
        let radius = if track.selected { RADIUS } else { 0.88 * RADIUS };
        if let Some(hop) = if t > 0.0 { self.hop(from, to) } else { None } {
            let [px, py] = self.plane.place([x, self.plane.y.value(hop.height(t))]);
            return disc(pen, [px, py - pen.u(radius)], &track.look, radius);
        }
        let on = if t > 0.0 { self.curve.at(x) } else { Some(from[1]) };
        let Some(y) = on else { return };
        if !self.plane.shows([x, y]) {
            return;
        }
        let scale = self.plane.scale();
        let h = 0.75 / scale[0];
        let slope = match (self.curve.at(x - h), self.curve.at(x + h)) {
            (Some(a), Some(b)) => (b - a) / (2.0 * h),
            _ => 0.0,
        };
        let [px, py] = self.plane.place([x, y]);
        let rest = ball::rest(&self.curve, [x, y], slope, scale, pen.u(radius) + pen.line_width(0.75));
        disc(pen, [px + rest.center[0], py - rest.center[1]], &track.look, radius);
    }
}

impl Picture for Curve {
    fn page(&self) -> &Page {
        &self.page
    }

    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, at: f64) {
        let plane = &self.plane;
        self.page.draw(pen, &words::caption(stage.session, stage.request, at.max(0.0) as usize));
        let mut evaluator = Evaluator::new(stage.session.shared_surface() as Arc<_>);
        let sight = marks::CurveSight::new(&mut evaluator);
        let sees = marks::Sight::plane(plane, &self.tracks, Some(&sight));
        pen.clipped(plane.frame, |pen| {
            if stage.shows(Layer::Grid) {
                self.axes.grid(pen, plane);
            }
            self.graph(pen);
            for ghost in &self.ghosts {
                let since = ghost.ghost.unwrap_or(0).min(ghost.points.len().saturating_sub(1));
                let stroke = pen.dashed(ghost.look.color.faded(0.45), 1.1, &[2.0, 3.0]);
                for line in self.ways(&ghost.points[since..]).into_iter().flatten() {
                    pen.line(&line, stroke.clone());
                }
            }
            for at in self.minima.iter().filter(|at| plane.shows(**at)) {
                legend::minimum(pen, plane.place(*at));
            }
            let place = self.tracks.iter().find(|track| track.selected).and_then(|track| track.place(at));
            let whole = at.fract() == 0.0 && (at as usize) < stage.session.last_step();
            if let Some([x, _]) = place.filter(|_| whole && stage.shows(Layer::Tangent)) {
                let [value, slope] = sight.at(x);
                let ends = ball::tangent([x, value], slope, plane.scale(), pen.u(64.0));
                let stroke = Stroke::new(pen.theme.tangent, pen.line_width(1.2));
                pen.line(&ends.map(|end| plane.place(end)), stroke);
            }
            if let Some(bend) = Bend::of(stage, at) {
                bend.on_curve(pen, plane);
            }
            for track in drawn(&self.tracks) {
                self.track(pen, stage, track, at);
            }
            if let ([x], true) = (stage.session.shown_start(), stage.request.parts.start) {
                start(pen, plane, [*x, sight.at(*x)[0]]);
            }
        });
        self.axes.draw(pen, plane, true);
        pen.clipped(plane.frame, |pen| marks::draw(pen, &sees, stage, true));
        if stage.request.parts.balls {
            for track in drawn(&self.tracks) {
                self.ball(pen, track, at);
            }
        }
        if let Some(step) = StepArrows::of(stage, at) {
            arrows::on_curve(pen, plane, &step, pen.u(2.0 * RADIUS + 4.0));
        }
        marks::draw(pen, &sees, stage, false);
    }

    fn plotted(&self, stage: &Stage<'_>) -> Vec<Plotted> {
        let variable = stage.session.surface().variables.first().map_or("", String::as_str);
        let columns = [variable, "loss", "value"];
        let line = |piece: &Vec<[f64; 2]>| {
            Plotted::new("curve", "", columns, piece.iter().map(|[x, y]| [*x, *y, *y]).collect())
        };
        let mut parts: Vec<Plotted> = self.curve.pieces.iter().map(line).collect();
        parts.extend(self.tracks.iter().map(|track| plotted(track, columns)));
        parts.extend(self.minima.iter().map(|[x, y]| Plotted::new("minimum", "", columns, vec![[*x, *y, *y]])));
        parts
    }
}
