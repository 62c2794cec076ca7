//! The loss over the steps, a line for each racer.

use super::contour::{around, entries, names};
use super::{Picture, Stage};
use crate::figure::axes::Axes;
use crate::figure::error::FigureError;
use crate::figure::frame::{Frame, Plane};
use crate::figure::page::{Gutters, Page};
use crate::figure::pen::Pen;
use crate::figure::plotted::Plotted;
use crate::figure::side::Side;
use crate::figure::track::{Track, drawn, tracks};
use crate::figure::words;
use crate::i18n::text;
use crate::num::elem;
use crate::scene::Stroke;
use crate::session::Scale;

/// The view, laid out.
pub(super) struct Loss {
    page: Page,
    plane: Plane,
    axes: Axes,
    tracks: Vec<Track>,
}

/// The scale of losses, with a margin below and above.
fn side(tracks: &[Track], scale: Scale) -> Side {
    let finite = || tracks.iter().flat_map(|track| &track.losses).copied().filter(|loss| loss.is_finite());
    let start = tracks.iter().filter_map(|track| track.losses.first()).copied().fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    if low > high {
        return Side::even([0.0, 1.0]);
    }
    if scale == Scale::Log && low > 0.0 {
        // A racer that diverges must not flatten the others into a line.
        let high = if start.is_finite() { high.min(start * 1e4).max(low) } else { high };
        let (a, b) = (elem::log10(low), elem::log10(high));
        let air = (0.05 * (b - a)).max(0.05);
        return Side::log([elem::pow(10.0, a - air), elem::pow(10.0, b + air)]);
    }
    let high = if start.is_finite() { high.min(start + 4.0 * (start - low).abs()).max(low) } else { high };
    let air = (0.05 * (high - low)).max(1e-9 * high.abs()).max(1e-300);
    Side::even([low - air, high + air])
}

impl Loss {
    pub(super) fn new(stage: &Stage<'_>) -> Result<Self, FigureError> {
        let (session, request) = (stage.session, stage.request);
        let tracks = tracks(session, request);
        if tracks.is_empty() {
            return Err(FigureError::Nobody);
        }
        let up = side(&tracks, session.document().picture.losses);
        let across = Side::even([0.0, session.last_step().max(1) as f64]);
        let lang = request.lang;
        let usual = [text(lang, "figure.step").to_owned(), text(lang, "figure.loss").to_owned()];
        let axes = Axes { names: names(stage, usual), ticks: request.parts.ticks };
        let legend = entries(stage, &tracks, &[], false, false);
        let plane = |frame: Frame| Plane { frame, x: across, y: up };
        let page = Page::lay(request, around(stage, legend), 0.56, |pen, frame| {
            let [left, below] = axes.room(pen, &plane(frame));
            Gutters { left, below, right: pen.u(6.0), above: 0.0 }
        })?;
        Ok(Self { plane: plane(page.frame), page, axes, tracks })
    }
}

impl Picture for Loss {
    fn page(&self) -> &Page {
        &self.page
    }

    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, at: f64) {
        let plane = &self.plane;
        self.page.draw(pen, &words::caption(stage.session, stage.request, at.max(0.0) as usize));
        self.axes.grid(pen, plane);
        pen.clipped(plane.frame, |pen| {
            for track in drawn(&self.tracks) {
                let losses = track.losses.get(..=track.step(at)).unwrap_or_default();
                let place = |(k, loss): (usize, &f64)| loss.is_finite().then(|| plane.place([k as f64, *loss]));
                let places: Vec<Option<[f64; 2]>> = losses.iter().enumerate().map(place).collect();
                let stroke = pen.dashed(track.look.color, 1.5, track.look.dash);
                for piece in places.split(Option::is_none) {
                    let line = thinned(piece.iter().flatten().copied().collect(), 0.05);
                    pen.line(&line, stroke.clone());
                }
            }
        });
        // Marks a tenth of the width apart, each racer's beside the others'.
        let apart = 0.1 * plane.frame.width();
        for (number, track) in self.tracks.iter().enumerate() {
            let shift = apart * (number as f64 + 0.5) / self.tracks.len() as f64;
            let steps = track.step(at);
            let mut next = plane.frame.left + shift;
            for k in 0..=steps {
                let loss = track.losses.get(k).copied().unwrap_or(f64::NAN);
                let place = plane.place([k as f64, loss]);
                let last = k == steps;
                if loss.is_finite() && plane.shows([k as f64, loss]) && (place[0] >= next || last) {
                    pen.marker(place, &track.look, 2.4);
                    next = place[0] + apart;
                }
            }
        }
        if at > 0.0 && (at as usize) < stage.session.last_step() {
            let x = plane.place([at, plane.y.range[0]])[0];
            let stroke = Stroke::new(pen.theme.muted, pen.line_width(0.6));
            pen.line(&[[x, plane.frame.top], [x, plane.frame.bottom]], stroke);
        }
        self.axes.draw(pen, plane, true);
    }

    fn plotted(&self, _: &Stage<'_>) -> Vec<Plotted> {
        let row = |(step, loss): (usize, &f64)| [step as f64, *loss, *loss];
        let table = |track: &Track| {
            let rows = track.losses.iter().enumerate().map(row).collect();
            Plotted::new("loss", &track.id, ["step", "loss", "value"], rows)
        };
        self.tracks.iter().map(table).collect()
    }
}

/// A line without the points that nobody would miss.
fn thinned(line: Vec<[f64; 2]>, tolerance: f64) -> Vec<[f64; 2]> {
    let all = crate::chart::View { x: [f64::MIN, f64::MAX], y: [f64::MIN, f64::MAX] };
    let pieces = crate::chart::path::decimate(&line, all, [1.0, 1.0], tolerance);
    pieces.into_iter().flatten().map(|k| line[k]).collect()
}
