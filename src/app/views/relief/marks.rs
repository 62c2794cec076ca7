//! What else stands on the relief: the rims of cuts, minima, the start, the arrows of the step, the cross-hair.

use egui::{Align2, Painter, Pos2, Stroke, vec2};

use super::{ReliefScene, pale};
use crate::app::paint::{face, haloed_text, path};
use crate::app::theme::{Theme, sizes};
use crate::app::views::arrows::StepMarks;
use crate::app::views::marks;
use crate::app::views::spot::Pane;

/// Parts of a line of the cross-hair.
const PARTS: usize = 80;

impl ReliefScene<'_> {
    /// The rims along which poles are cut.
    pub(super) fn rims(&self, painter: &Painter, theme: &Theme) {
        for (height, line) in &self.space.relief.rims {
            let closing = line.points.first().filter(|_| line.closed);
            let places = line.points.iter().chain(closing).map(|&at| {
                let [x, y] = self.space.relief.ground(at);
                [x, y, *height]
            });
            self.seen_line(painter, places, &[4.0, 2.0], Stroke::new(1.25, theme.text.gamma_multiply(0.85)));
        }
    }

    /// A line through places of the box, faint behind hills.
    pub(super) fn seen_line(
        &self,
        painter: &Painter,
        places: impl Iterator<Item = [f64; 3]>,
        dash: crate::app::theme::Dash,
        stroke: Stroke,
    ) {
        let faint = Stroke::new(stroke.width * 0.8, stroke.color.gamma_multiply(0.3));
        let mut run: Vec<Pos2> = Vec::new();
        let mut behind = false;
        for place in places {
            let seen = self.space.eye.see(place);
            let (at, hidden) = (self.screen(seen), self.space.picture.hides(seen));
            if hidden != behind && !run.is_empty() {
                path(painter, &run, dash, if behind { faint } else { stroke });
                run = run.last().copied().into_iter().collect();
            }
            behind = hidden;
            run.push(at);
        }
        path(painter, &run, dash, if behind { faint } else { stroke });
    }

    pub(super) fn minima(&self, painter: &Painter, theme: &Theme) {
        for place in self.minima.iter().filter_map(|&at| self.on_ground(at)) {
            let seen = self.space.eye.see(place);
            // There may be dozens: those behind hills would only be in the way.
            if !self.space.picture.hides(seen) {
                marks::minimum(painter, theme, self.screen(seen));
            }
        }
    }

    pub(super) fn start(&self, painter: &Painter, theme: &Theme) {
        if let Some(place) = self.start.and_then(|at| self.on_ground(at)) {
            let seen = self.space.eye.see(place);
            marks::start(&pale(painter, self.space.picture.hides(seen)), theme, self.screen(seen));
        }
    }

    pub(super) fn arrows(&self, painter: &Painter, theme: &Theme) {
        let Some(step) = self.step else { return };
        StepMarks::paint(painter, theme, &self.space.shafts(step), self.space.rect);
    }

    /// The cross-hair: two lines on the surface through the place, and its number where the pointer is on the map.
    pub(super) fn spot(&self, painter: &Painter, theme: &Theme) {
        let Some(spot) = self.spot else { return };
        let [x, y] = self.space.relief.ground(spot.place);
        let half = self.space.relief.half;
        if x.abs() > half[0] || y.abs() > half[1] {
            return;
        }
        let stroke = Stroke::new(1.0, theme.text.gamma_multiply(0.6));
        for (along, half) in half.into_iter().enumerate() {
            let mut run: Vec<[f64; 3]> = Vec::new();
            for k in 0..=PARTS {
                let t = (k as f64 / PARTS as f64 * 2.0 - 1.0) * half;
                let at = if along == 0 { [t, y] } else { [x, t] };
                match self.space.relief.height(at) {
                    Some(z) => run.push([at[0], at[1], z]),
                    None => self.seen_line(painter, std::mem::take(&mut run).into_iter(), &[], stroke),
                }
            }
            self.seen_line(painter, run.into_iter(), &[], stroke);
        }
        let Some(z) = self.space.relief.height([x, y]) else { return };
        let at = self.place([x, y, z]);
        marks::spot(painter, theme, at);
        if spot.pane == Pane::Map {
            let font = face(sizes().caption, true);
            haloed_text(
                painter,
                at + vec2(10.0, -10.0),
                Align2::LEFT_BOTTOM,
                &spot.words,
                font,
                theme.text,
                theme.halo,
            );
        }
    }
}
