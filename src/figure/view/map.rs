//! Maps of fates: the basins of attraction, and sweeps over two settings.

use std::sync::Arc;

use super::contour::{names, ranges};
use super::{Picture, Stage};
use crate::chart::mosaic::{Inks, Rgb, step_range, strength};
use crate::chart::ticks::short;
use crate::descent::map::{self, Axis, Cell, Fate, MapSpec, Targets, Varied};
use crate::explain;
use crate::figure::axes::Axes;
use crate::figure::bar::Bar;
use crate::figure::error::FigureError;
use crate::figure::frame::{Frame, Plane};
use crate::figure::legend::{Entry, Sample};
use crate::figure::page::{Around, Gutters, Page};
use crate::figure::pen::Pen;
use crate::figure::plotted::Plotted;
use crate::figure::side::Side;
use crate::figure::theme::Theme;
use crate::figure::words;
use crate::i18n::{fill, text};
use crate::optim::Scale;
use crate::scene::{Path, Pixels, Rgba, Stroke};

/// The view, laid out.
pub(super) struct Map {
    page: Page,
    plane: Plane,
    axes: Axes,
    bar: Option<Bar>,
    map: map::Map,
    pixels: Pixels,
    limit: Vec<[f64; 2]>,
}

/// Minima that are listed.
const MOST: usize = 8;
/// Pixels for a point: patterns are made of them.
const DENSITY: f64 = 2.0;

/// The colors of a map in a theme.
fn inks(theme: &Theme) -> Inks {
    let rgb = |color: &Rgba| -> Rgb { [color.0[0], color.0[1], color.0[2]] };
    Inks {
        ground: rgb(&theme.paper),
        minima: theme.hues.iter().map(rgb).collect(),
        lost: rgb(&theme.muted),
        diverged: rgb(&theme.bad),
    }
}

/// What the map varies across and up.
fn sides(stage: &Stage<'_>, sweep: bool, frame: Option<Frame>) -> Result<[Axis; 2], FigureError> {
    let session = stage.session;
    let surface = session.surface();
    let optimizer = session.optimizer(session.document().selected).ok_or(FigureError::Nobody)?;
    let chosen = session.document().picture.maps.axes_of(optimizer, &surface.variables, session.range());
    if sweep {
        return Ok(chosen);
    }
    let start = |k: usize, range: [f64; 2]| Axis { what: Varied::Start(k), range, scale: Scale::Linear };
    if surface.dimension >= 2 {
        let [x, y] = ranges(stage);
        let (x, y) = frame.map_or((x, y), |frame| {
            let plane = Plane::equal(frame, x, y);
            (plane.x.range, plane.y.range)
        });
        return Ok([start(0, x), start(1, y)]);
    }
    // One variable: the starts across, the rates up.
    let rate = chosen.into_iter().find(|axis| axis.what == Varied::Hyper(0)).unwrap_or(chosen[0]);
    Ok([start(0, session.range().first().copied().unwrap_or([-1.0, 1.0])), rate])
}

fn side(axis: &Axis) -> Side {
    if axis.scale == Scale::Log { Side::log(axis.range) } else { Side::even(axis.range) }
}

/// Whether starts are varied on both sides: then it shows basins of the surface.
fn is_ground(map: &map::Map) -> bool {
    map.spec.axes.iter().all(|axis| matches!(axis.what, Varied::Start(_)))
}

impl Map {
    pub(super) fn new(stage: &Stage<'_>, sweep: bool) -> Result<Self, FigureError> {
        let session = stage.session;
        let surface = session.surface();
        let run = session.run(session.document().selected).ok_or(FigureError::Nobody)?;
        let known: Vec<Vec<f64>> = surface.minima.iter().map(|minimum| minimum.at.clone()).collect();
        let width = surface.domain.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
        let cells = session.document().picture.maps.size;
        let make = |axes: [Axis; 2], size: [usize; 2], targets: Option<Arc<Targets>>| {
            let mut base = run.spec().clone();
            base.stop = crate::descent::StopRule::Auto;
            let spec = MapSpec { base, axes, size, targets: Arc::default() };
            let found = || map::scout(&spec, &known, width, &|| false).map(Arc::new).unwrap_or_default();
            let targets = targets.unwrap_or_else(found);
            // Nobody gives it up here.
            map::draw(&MapSpec { targets, ..spec }, Vec::new(), stage.crew, &|_| true)?.ok_or(FigureError::Nobody)
        };
        // A rough map tells which fates there are, for the legend.
        let rough = make(sides(stage, sweep, None)?, [64, 64], None)?;
        let layout = Layout::of(stage, &rough, &|frame| sides(stage, sweep, Some(frame)))?;
        let [wide, high] = layout.page.frame.size();
        let size = [cells, ((cells as f64 * high / wide).round() as usize).clamp(16, 4 * cells)];
        let axes = sides(stage, sweep, Some(layout.page.frame))?;
        let map = make(axes, size, Some(rough.spec.targets.clone()))?;
        Ok(layout.filled(stage, map))
    }

    /// A map that is made already.
    pub(super) fn of(stage: &Stage<'_>, map: map::Map) -> Result<Self, FigureError> {
        let layout = Layout::of(stage, &map, &|_| Ok(map.spec.axes))?;
        Ok(layout.filled(stage, map))
    }
}

/// A map without its cells.
struct Layout {
    page: Page,
    plane: Plane,
    axes: Axes,
}

impl Layout {
    /// The layout for a map of such fates; `sides` tells what it varies in a frame.
    fn of(
        stage: &Stage<'_>,
        rough: &map::Map,
        sides: &dyn Fn(Frame) -> Result<[Axis; 2], FigureError>,
    ) -> Result<Self, FigureError> {
        let (session, request, theme) = (stage.session, stage.request, stage.theme());
        let parts = request.parts;
        let length = |axis: &Axis| axis.range[1] - axis.range[0];
        let [x, y] = &rough.spec.axes;
        let shape = if is_ground(rough) { (length(y) / length(x)).clamp(0.45, 0.92) } else { 0.62 };
        let (optimizer, variables) = (&rough.spec.base.optimizer, &session.surface().variables);
        let name = |axis: &Axis| words::varied(axis, optimizer, variables, request.lang);
        let axes = Axes { names: names(stage, rough.spec.axes.each_ref().map(name)), ticks: parts.ticks };
        let inks = inks(theme);
        let bar = parts.scale.then(|| steps_bar(stage, rough, &inks));
        let around = Around {
            title: if parts.title { words::title(session, request) } else { String::new() },
            legend: if parts.legend { entries(stage, rough, &inks) } else { Vec::new() },
            caption: if parts.caption { caption(stage, rough) } else { String::new() },
        };
        let plane = |frame: Frame| -> Result<Plane, FigureError> {
            let [x, y] = sides(frame)?;
            Ok(Plane { frame, x: side(&x), y: side(&y) })
        };
        let page = Page::lay(request, around, shape, |pen, frame| {
            let [left, below] = plane(frame).map_or([0.0; 2], |plane| axes.room(pen, &plane));
            Gutters { left, below, right: bar.as_ref().map_or(pen.u(6.0), |bar| bar.room(pen)), above: 0.0 }
        })?;
        Ok(Self { plane: plane(page.frame)?, page, axes })
    }

    fn filled(self, stage: &Stage<'_>, map: map::Map) -> Map {
        let Self { page, plane, axes } = self;
        let inks = inks(stage.theme());
        let picture = page.frame.size().map(|side| (side * DENSITY).round().clamp(1.0, 4096.0) as usize);
        let pixels = pixels(picture, &inks.picture(&map, picture));
        let bar = stage.request.parts.scale.then(|| steps_bar(stage, &map, &inks));
        Map { page, plane, axes, bar, pixels, limit: map.limit(), map }
    }
}

fn pixels(size: [usize; 2], colors: &[Rgb]) -> Pixels {
    let rgba = colors.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
    Pixels { width: size[0] as u32, height: size[1] as u32, rgba }
}

/// What a cell looks like, small.
fn swatch(inks: &Inks, fate: Fate) -> Sample {
    const SIZE: [usize; 2] = [32, 18];
    let at = |k: usize| inks.pixel(Cell { fate, steps: 1 }, [1, 2], k % SIZE[0], k / SIZE[0]);
    Sample::Swatch(pixels(SIZE, &(0..SIZE[0] * SIZE[1]).map(at).collect::<Vec<_>>()))
}

fn entries(stage: &Stage<'_>, map: &map::Map, inks: &Inks) -> Vec<Entry> {
    let lang = stage.request.lang;
    let count = |fate: &dyn Fn(Fate) -> bool| map.cells.iter().filter(|cell| fate(cell.fate)).count();
    let mut minima: Vec<(u16, usize)> = (0..map.spec.targets.minima.len())
        .map(|k| (k as u16, count(&|fate| fate == Fate::Arrived(k as u16))))
        .filter(|(_, count)| *count > 0)
        .collect();
    minima.sort_by_key(|(minimum, count)| (std::cmp::Reverse(*count), *minimum));
    minima.truncate(MOST);
    minima.sort_unstable();
    let minimum = |(minimum, _): (u16, usize)| {
        let at = map.spec.targets.minima.get(usize::from(minimum)).map(|at| short_place(at)).unwrap_or_default();
        Entry { sample: swatch(inks, Fate::Arrived(minimum)), text: at }
    };
    let mut entries: Vec<Entry> = minima.into_iter().map(minimum).collect();
    let others = [
        (Fate::Lost, text(lang, "figure.lost")),
        (Fate::Diverged, text(lang, "figure.diverged")),
        (Fate::Impossible, text(lang, "figure.impossible")),
    ];
    for (fate, words) in others {
        let same = |found: Fate| found == fate || fate == Fate::Diverged && found == Fate::NonFinite;
        if count(&same) > 0 {
            entries.push(Entry { sample: swatch(inks, fate), text: words.to_owned() });
        }
    }
    entries
}

/// A place in few digits.
fn short_place(at: &[f64]) -> String {
    let numbers: Vec<String> = at.iter().map(|x| short(if x.abs() < 1e-9 { 0.0 } else { *x }, 3)).collect();
    if numbers.len() == 1 { numbers.concat() } else { format!("({})", numbers.join(", ")) }
}

/// The scale of the steps: few are strong.
fn steps_bar(stage: &Stage<'_>, map: &map::Map, inks: &Inks) -> Bar {
    let range = step_range(map);
    let [few, many] = range.map(|steps| f64::from(steps).max(1.0));
    let side = Side::log([few + 1.0, many.max(few + 1.0) + 1.0]);
    let steps = |share: f64| (side.value(share) - 1.0).round() as u32;
    let favorite = map.favorite().and_then(|at| map.spec.targets.minima.iter().position(|other| other == at));
    let hue = inks.hue(favorite.unwrap_or(0) as u16);
    let color = |k: u32| {
        let share = strength(steps(f64::from(k) / 63.0), range);
        [0, 1, 2].map(|k| (f64::from(inks.ground[k]) * (1.0 - share) + f64::from(hue[k]) * share + 0.5) as u8)
    };
    // 1, 2, 5, 10, 20, 50 …
    let series = (0..9).flat_map(|decade| [1.0, 2.0, 5.0].map(|digit| digit * f64::from(10_u32.pow(decade))));
    let marks = series.filter(|steps| (few..=many).contains(steps));
    let name = if stage.request.parts.names { text(stage.request.lang, "figure.steps_axis") } else { "" };
    Bar {
        colors: (0..64).map(color).collect(),
        marks: marks.map(|steps| (side.share(steps + 1.0), short(steps, 6))).collect(),
        name: name.to_owned(),
        lines: false,
    }
}

fn caption(stage: &Stage<'_>, map: &map::Map) -> String {
    let (session, request) = (stage.session, stage.request);
    if let Some(caption) = &request.caption {
        return caption.clone();
    }
    let lang = request.lang;
    let racer = session.selected().map(|racer| words::racer(session, racer, lang)).unwrap_or_default();
    let limit = map.spec.base.limit;
    let mut said = vec![words::formula(session)];
    let started = map.spec.axes.iter().any(|axis| matches!(axis.what, Varied::Start(_)));
    if !started {
        let spec = &map.spec.base;
        said.push(words::short_name(session, spec.optimizer.name.get(lang), lang));
        said.push(fill(lang, "figure.start", &[("place", &words::place(&spec.start))]));
    } else {
        said.push(racer);
    }
    let radius = explain::number(map.spec.targets.radius);
    said.push(fill(lang, "figure.arrived", &[("radius", &radius), ("steps", &limit)]));
    said.join(" · ")
}

impl Picture for Map {
    fn page(&self) -> &Page {
        &self.page
    }

    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, _: f64) {
        let plane = &self.plane;
        self.page.draw(pen, &caption(stage, &self.map));
        pen.picture(plane.frame, self.pixels.clone(), false);
        let frame = plane.frame;
        let on_page = |[x, y]: [f64; 2]| [frame.left + x * frame.width(), frame.bottom - y * frame.height()];
        pen.clipped(frame, |pen| {
            if self.limit.len() > 1 {
                let line: Vec<[f64; 2]> = self.limit.iter().map(|at| on_page(*at)).collect();
                let ink = pen.theme.text;
                pen.seamed(&line, ink, 1.2, &[6.0, 3.0]);
            }
            if is_ground(&self.map) {
                for at in &self.map.spec.targets.minima {
                    if let [x, y] = at[..]
                        && plane.shows([x, y])
                    {
                        crate::figure::legend::minimum(pen, plane.place([x, y]));
                    }
                }
            }
            if let Some(best) = self.map.best().filter(|_| !is_ground(&self.map)) {
                let at = plane.place(self.map.spec.values(best));
                star(pen, at);
            }
        });
        self.axes.draw(pen, plane, false);
        if let Some(bar) = &self.bar {
            bar.draw(pen, frame);
        }
    }

    fn plotted(&self, stage: &Stage<'_>) -> Vec<Plotted> {
        let spec = &self.map.spec;
        let variables = &stage.session.surface().variables;
        let name = |k: usize| crate::session::varied_name(spec.axes[k].what, &spec.base.optimizer, variables);
        let columns = [name(0), name(1), "steps"];
        let word = |fate: Fate| match fate {
            Fate::Unknown => "unknown".to_owned(),
            Fate::Arrived(minimum) => format!("arrived {}", minimum + 1),
            Fate::Lost => "not_arrived".to_owned(),
            Fate::Diverged => "diverged".to_owned(),
            Fate::NonFinite => "nonfinite".to_owned(),
            Fate::Impossible => "impossible".to_owned(),
        };
        let mut parts: Vec<Plotted> = Vec::new();
        for (index, cell) in self.map.cells.iter().enumerate() {
            let [x, y] = spec.values(index);
            let series = word(cell.fate);
            let row = [x, y, f64::from(cell.steps)];
            match parts.iter_mut().find(|part| part.series == series) {
                Some(part) => part.rows.push(row),
                None => parts.push(Plotted::new("cell", &series, columns, vec![row])),
            }
        }
        parts
    }
}

/// The mark of the best cell: a star of four lines.
fn star(pen: &mut Pen<'_>, [x, y]: [f64; 2]) {
    let mut path = Path::new();
    for [dx, dy] in [[5.5, 0.0], [0.0, 5.5], [3.4, 3.4], [3.4, -3.4]] {
        let (dx, dy) = (pen.u(dx), pen.u(dy));
        path.move_to([x - dx, y - dy]).line_to([x + dx, y + dy]);
    }
    let (halo, ink) = (Stroke::new(pen.theme.halo, pen.u(3.4)), Stroke::new(pen.theme.text, pen.line_width(1.3)));
    pen.path(path.clone(), halo);
    pen.path(path, ink);
}
