//! A loss of two variables in space: the shaded surface as a picture, and over it as vectors the box with its axes, the
//! paths on the ground and through the air, the balls. What lies behind a hill is not drawn, or as faint dots.

mod fit;
mod space;
mod way;

use super::contour::{around, entries, minima, ranges};
use super::{Picture, Stage};
use crate::chart::relief::{Ink, Raster, Relief as Surface};
use crate::chart::{Sampler, Tone, levels};
use crate::figure::error::FigureError;
use crate::figure::ground::{LEVELS, kind};
use crate::figure::page::{Gutters, Page};
use crate::figure::paths::{self, disc};
use crate::figure::pen::Pen;
use crate::figure::plotted::Plotted;
use crate::figure::theme::Theme;
use crate::figure::track::{Track, drawn, tracks};
use crate::figure::{legend, marks, words};
use crate::session::Layer;
use space::Space;
use way::Bead;

/// The view, laid out.
pub(super) struct Relief {
    page: Page,
    space: Space,
    tracks: Vec<Track>,
    ways: Vec<Vec<Vec<Bead>>>,
    minima: Vec<[f64; 2]>,
}

/// Crossings of the grid along each side.
const GRID: [usize; 2] = [220, 220];
/// The radius of the balls in units.
const RADIUS: f64 = 4.8;

impl Relief {
    pub(super) fn new(stage: &Stage<'_>) -> Result<Self, FigureError> {
        let (session, request, theme) = (stage.session, stage.request, stage.theme());
        let [x, y] = ranges(stage);
        let picture = &session.document().picture;
        let mut sampler = Sampler::new(session.surface());
        let field = sampler.field(crate::chart::View { x, y }, GRID);
        let tone = Tone::of(&field, kind(picture.heights));
        let surface = Surface::of(&field, &tone, kind(picture.relief));
        let (tracks, minima) = (tracks(session, request), minima(stage));
        let inside = |[a, b]: &[f64; 2]| (x[0]..=x[1]).contains(a) && (y[0]..=y[1]).contains(b);
        let legend = entries(stage, &tracks, &[], minima.iter().any(inside), false);
        let page = Page::lay(request, around(stage, legend), 0.74, |_, _| Gutters::default())?;
        let pen = page.pen(theme);
        let eye = fit::eye(&pen, &picture.camera, surface.half, page.frame);
        let inks = inks(theme, stage.shows(Layer::HeatMap));
        let found = if stage.shows(Layer::Contours) { levels::levels(&tone, LEVELS) } else { Vec::new() };
        let found: Vec<f64> = found.into_iter().map(|level| tone.unit(level)).collect();
        let density = request.density.clamp(0.5, 6.0) as f32;
        let raster = Raster { inks: &inks, levels: &found, density, smooth: true };
        let seen = raster.draw(&surface.mesh, &eye, page.frame.size());
        let variables = &session.surface().variables;
        let name = |k: usize| variables.get(k).cloned().unwrap_or_default();
        let names = super::contour::names(stage, [name(0), name(1)]);
        let [a, b] = names;
        let up = if request.parts.names { words::function(session) } else { String::new() };
        let space = Space::new(page.frame, surface, eye, seen, [a, b, up], request.parts.ticks);
        let ways = tracks.iter().map(|track| way::beads(&space, &track.points)).collect();
        Ok(Self { page, space, tracks, ways, minima })
    }

    /// The ball: it touches the surface along the normal; on a jump it flies.
    fn ball(&self, pen: &mut Pen<'_>, track: &Track, at: f64) {
        let Some((from, to)) = track.ends(at) else { return };
        let relief = &self.space.relief;
        let Some(([x, y, z], air)) = relief.on_the_way(from, to, track.fraction(at)) else { return };
        let seen = self.space.eye.see([x, y, z]);
        let radius = RADIUS * seen.near * if track.selected { 1.0 } else { 0.88 };
        let unit = pen.u(radius) / self.space.eye.scale(seen.near);
        let normal = if air { [0.0, 0.0, 1.0] } else { relief.normal([x, y]) };
        let middle = [x + normal[0] * unit, y + normal[1] * unit, z + normal[2] * unit];
        let hidden = self.space.hides(middle);
        let place = self.space.place(middle);
        pen.faded(if hidden { 0.3 } else { 1.0 }, |pen| disc(pen, place, &track.look, radius));
    }
}

impl Picture for Relief {
    fn page(&self) -> &Page {
        &self.page
    }

    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, at: f64) {
        self.page.draw(pen, &words::caption(stage.session, stage.request, at.max(0.0) as usize));
        let space = &self.space;
        space.walls(pen);
        space.surface(pen);
        space.rims(pen);
        for place in self.minima.iter().filter_map(|at| space.on_ground(*at)) {
            // There may be dozens: those behind hills would only be in the way.
            if !space.hides(place) {
                legend::minimum(pen, space.place(place));
            }
        }
        pen.clipped(self.page.frame, |pen| {
            let order = || {
                let all = self.tracks.iter().zip(&self.ways);
                all.clone().filter(|(track, _)| !track.selected).chain(all.filter(|(track, _)| track.selected))
            };
            for (track, beads) in order() {
                way::draw(pen, stage, track, beads, at);
            }
        });
        if let ([x, y], true) = (stage.session.shown_start(), stage.request.parts.start)
            && let Some(place) = space.on_ground([*x, *y])
            && !space.hides(place)
        {
            legend::start(pen, space.place(place));
        }
        let sees = marks::Sight {
            place: Box::new(|at| space.on_ground(at).map(|place| space.place(place))),
            tracks: &self.tracks,
            curve: None,
            scale: [1.0; 2],
            floor: self.page.frame.bottom,
        };
        marks::draw(pen, &sees, stage, true);
        if stage.request.parts.balls {
            for track in drawn(&self.tracks) {
                self.ball(pen, track, at);
            }
        }
        space.axes(pen);
        marks::draw(pen, &sees, stage, false);
    }

    fn plotted(&self, stage: &Stage<'_>) -> Vec<Plotted> {
        let variables = &stage.session.surface().variables;
        let [x, y] = [0, 1].map(|k| variables.get(k).map_or("", String::as_str));
        let columns = [x, y, "loss"];
        let mut parts: Vec<Plotted> = self.tracks.iter().map(|track| paths::plotted(track, columns)).collect();
        let view = self.space.relief.view;
        let field = Sampler::new(stage.session.surface()).field(view, GRID);
        let row = |k: usize| {
            let [a, b] = field.position((k % GRID[0]) as f64, (k / GRID[0]) as f64);
            [a, b, field.values[k]]
        };
        parts.push(Plotted::new("surface", "", columns, (0..field.values.len()).map(row).collect()));
        parts
    }
}

/// The colors of the surface by their place on the scale.
fn inks(theme: &Theme, colors: bool) -> Vec<Ink> {
    let plain = theme.shade(0.75);
    (0..=255_u8)
        .map(|k| {
            let ground = if colors { theme.shade(f64::from(k) / 255.0) } else { plain };
            let line = if Theme::is_light(ground) { theme.contour_dark } else { theme.contour_light };
            let [r, g, b, cover] = line.0;
            // Lines of a picture are wider than those of a pen.
            let cover = 0.7 * f32::from(cover) / 255.0;
            Ink { ground: ground.map(f32::from), line: [r, g, b].map(f32::from), cover }
        })
        .collect()
}
