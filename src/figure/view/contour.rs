//! A loss of two variables from above: the map of colors, contour lines with their numbers, paths and marks.

use super::{Picture, Stage};
use crate::chart::{Label, Sampler, label};
use crate::figure::arrows::{self, StepArrows};
use crate::figure::axes::Axes;
use crate::figure::bar::Bar;
use crate::figure::bend::Bend;
use crate::figure::error::FigureError;
use crate::figure::frame::Plane;
use crate::figure::ground::{Ground, LEVELS, kind};
use crate::figure::legend::{Entry, Sample};
use crate::figure::lines::contour_lines;
use crate::figure::page::{Around, Gutters, Page};
use crate::figure::paths;
use crate::figure::pen::{Pen, Role};
use crate::figure::plotted::Plotted;
use crate::figure::track::{Track, drawn, ghosts, tracks};
use crate::figure::{legend, marks, words};
use crate::scene::Pixels;
use crate::session::Layer;
use crate::surface::CriticalKind;

/// The view, laid out.
pub(super) struct Contour {
    page: Page,
    plane: Plane,
    axes: Axes,
    bar: Option<Bar>,
    ground: Ground,
    heat: Option<Pixels>,
    labels: Vec<Label>,
    tracks: Vec<Track>,
    ghosts: Vec<Track>,
    minima: Vec<[f64; 2]>,
}

/// Pixels for a point in the map of colors: it is smooth, and viewers make it smoother.
const HEAT: f64 = 1.5;
/// More known minima than this are not all marked.
const MANY: usize = 12;
/// The least shape of the data: a strip is given some ground on its long sides.
const NARROWEST: f64 = 0.5;

/// The ranges of both variables.
pub(super) fn ranges(stage: &Stage<'_>) -> [[f64; 2]; 2] {
    let range = stage.session.shown_range();
    let [x, y] = [0, 1].map(|k| range.get(k).copied().unwrap_or([-1.0, 1.0]));
    let grown = |[low, high]: [f64; 2], least: f64| {
        let more = (least - (high - low)).max(0.0) * 0.5;
        [low - more, high + more]
    };
    [grown(x, NARROWEST * (y[1] - y[0])), grown(y, NARROWEST * (x[1] - x[0]))]
}

/// The known minima, if they are drawn.
pub(super) fn minima(stage: &Stage<'_>) -> Vec<[f64; 2]> {
    if !stage.shows(Layer::CriticalPoints) {
        return Vec::new();
    }
    let place = |at: &[f64], value: f64| [at.first().copied().unwrap_or(f64::NAN), at.get(1).copied().unwrap_or(value)];
    let known = &stage.session.surface().minima;
    // Dozens of marks tell less than the lowest of them.
    let told = known.iter().filter(|minimum| known.len() <= MANY || minimum.kind == CriticalKind::Global);
    told.map(|minimum| place(&minimum.at, minimum.value)).collect()
}

/// The entries of the legend that views of descents share.
pub(super) fn entries(stage: &Stage<'_>, tracks: &[Track], ghosts: &[Track], minima: bool, start: bool) -> Vec<Entry> {
    let lang = stage.request.lang;
    if !stage.request.parts.legend {
        return Vec::new();
    }
    let racer = |track: &Track| Entry { sample: Sample::Racer(track.look.clone()), text: track.name.clone() };
    let mut entries: Vec<Entry> = tracks.iter().map(racer).collect();
    if let Some(ghost) = ghosts.first() {
        let text = crate::i18n::text(lang, "figure.ghost").to_owned();
        entries.push(Entry { sample: Sample::Ghost(ghost.look.clone()), text });
    }
    if start && stage.request.parts.start {
        entries.push(Entry { sample: Sample::Start, text: crate::i18n::text(lang, "figure.start_mark").to_owned() });
    }
    if minima {
        entries.push(Entry { sample: Sample::Minimum, text: crate::i18n::text(lang, "figure.minimum").to_owned() });
    }
    entries
}

/// The names of the axes, where they are wanted.
pub(super) fn names(stage: &Stage<'_>, usual: [String; 2]) -> [String; 2] {
    let [across, up] = usual;
    let own = |k: usize, usual: String| match &stage.request.names[k] {
        _ if !stage.request.parts.names => String::new(),
        Some(name) => name.get(stage.request.lang).to_owned(),
        None => usual,
    };
    [own(0, across), own(1, up)]
}

/// What stands around a picture of descents; the caption is that of the last step.
pub(super) fn around(stage: &Stage<'_>, legend: Vec<Entry>) -> Around {
    let parts = stage.request.parts;
    let last = stage.session.last_step();
    Around {
        title: if parts.title { words::title(stage.session, stage.request) } else { String::new() },
        legend,
        caption: if parts.caption { words::caption(stage.session, stage.request, last) } else { String::new() },
    }
}

impl Contour {
    pub(super) fn new(stage: &Stage<'_>) -> Result<Self, FigureError> {
        let (session, request, theme) = (stage.session, stage.request, stage.theme());
        let [x, y] = ranges(stage);
        let variables = &session.surface().variables;
        let axes = Axes {
            names: names(stage, [0, 1].map(|k| variables.get(k).cloned().unwrap_or_default())),
            ticks: request.parts.ticks,
        };
        let mut sampler = Sampler::new(session.surface());
        let kind = kind(session.document().picture.heights);
        let heat = stage.shows(Layer::HeatMap) && theme.heat > 0.0;
        // A rough look at the heights, for the numbers of their scale.
        let bar = |tone: &crate::chart::Tone| {
            let colors = (0..=255).map(|k| theme.heat(f64::from(k) / 255.0)).collect();
            let name = if request.parts.names { words::function(session) } else { String::new() };
            Bar::of_tone(tone, colors, name, LEVELS)
        };
        let rough = crate::chart::Tone::of(&sampler.field(crate::chart::View { x, y }, [64, 64]), kind);
        let scale = heat && request.parts.scale;
        let guess = scale.then(|| bar(&rough));
        let (tracks, ghosts) = (tracks(session, request), ghosts(session, request));
        let minima = minima(stage);
        let shown = minima.iter().any(|[a, b]| (x[0]..=x[1]).contains(a) && (y[0]..=y[1]).contains(b));
        let legend = entries(stage, &tracks, &ghosts, shown, true);
        let shape = ((y[1] - y[0]) / (x[1] - x[0])).clamp(0.45, 0.92);
        let page = Page::lay(request, around(stage, legend), shape, |pen, frame| {
            let [left, below] = axes.room(pen, &Plane::equal(frame, x, y));
            Gutters { left, below, right: guess.as_ref().map_or(0.0, |bar| bar.room(pen)), above: 0.0 }
        })?;
        let plane = Plane::equal(page.frame, x, y);
        let pen = page.pen(theme);
        let lines = stage.shows(Layer::Contours);
        let ground = Ground::of(&mut sampler, &plane, pen.unit, kind, lines);
        let image = heat.then(|| ground.heat(&mut sampler, &plane, theme, request.density.min(HEAT)));
        let busy = paths::Crowd::of(&plane, &tracks, &minima, pen.u(5.0));
        let width = |text: &str| pen.width(text, Role::Small);
        let labels = label::labels_beside(&ground.contours, plane.view(), plane.scale(), width, |at, reach| {
            busy.is_near(at, reach)
        });
        let bar = scale.then(|| bar(&ground.tone));
        Ok(Self { page, plane, axes, bar, ground, heat: image, labels, tracks, ghosts, minima })
    }
}

impl Picture for Contour {
    fn page(&self) -> &Page {
        &self.page
    }

    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, at: f64) {
        let plane = &self.plane;
        let step = at.max(0.0) as usize;
        self.page.draw(pen, &words::caption(stage.session, stage.request, step));
        pen.clipped(plane.frame, |pen| {
            if let Some(heat) = &self.heat {
                pen.picture(plane.frame, heat.clone(), true);
            }
            if stage.shows(Layer::Grid) {
                self.axes.grid(pen, plane);
            }
            contour_lines(pen, plane, &self.ground, &self.labels, self.heat.is_some());
            for at in self.minima.iter().filter(|at| plane.shows(**at)) {
                legend::minimum(pen, plane.place(*at));
            }
            if let Some(bend) = Bend::of(stage, at) {
                let levels: Vec<f64> = self.ground.contours.iter().map(|contour| contour.level).collect();
                bend.on_map(pen, plane, &levels);
            }
            for ghost in &self.ghosts {
                paths::ghost(pen, plane, ghost);
            }
            for track in drawn(&self.tracks) {
                paths::path(pen, plane, track, at, stage);
            }
            if let ([x, y], true) = (stage.session.shown_start(), stage.request.parts.start) {
                paths::start(pen, plane, [*x, *y]);
            }
            if stage.request.parts.balls {
                for track in drawn(&self.tracks) {
                    paths::ball(pen, plane, track, at);
                }
            }
            if let Some(step) = StepArrows::of(stage, at) {
                arrows::on_map(pen, plane, &step);
            }
        });
        self.axes.draw(pen, plane, false);
        if let Some(bar) = &self.bar {
            bar.draw(pen, plane.frame);
        }
        let sees = marks::Sight::plane(plane, &self.tracks, None);
        marks::draw(pen, &sees, stage, true);
        marks::draw(pen, &sees, stage, false);
    }

    fn plotted(&self, stage: &Stage<'_>) -> Vec<Plotted> {
        let variables = &stage.session.surface().variables;
        let [x, y] = [0, 1].map(|k| variables.get(k).map_or("", String::as_str));
        let columns = [x, y, "loss"];
        let mut parts: Vec<Plotted> = self.tracks.iter().map(|track| paths::plotted(track, columns)).collect();
        for minimum in stage.session.surface().minima.iter().filter(|_| !self.minima.is_empty()) {
            if let [a, b] = minimum.at[..] {
                parts.push(Plotted::new("minimum", "", columns, vec![[a, b, minimum.value]]));
            }
        }
        for contour in &self.ground.contours {
            for line in &contour.lines {
                let closing = line.points.first().filter(|_| line.closed);
                let rows = line.points.iter().chain(closing).map(|[a, b]| [*a, *b, contour.level]).collect();
                parts.push(Plotted::new("contour", &contour.level.to_string(), columns, rows));
            }
        }
        if self.heat.is_some() {
            let field = &self.ground.field;
            let cell = |k: usize| {
                let [a, b] = field.position((k % field.size[0]) as f64, (k / field.size[0]) as f64);
                [a, b, field.values[k]]
            };
            parts.push(Plotted::new("field", "", columns, (0..field.values.len()).map(cell).collect()));
        }
        parts
    }
}
