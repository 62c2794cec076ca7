//! `downhill map`: basins of attraction, sweeps over settings, and the map of stability, as tables or as a picture.

mod axis;
mod picture;
mod stability;
mod table;

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::Context;
use super::args::{self, OutputArgs};
use super::failure::{Failure, say};
use super::figure::what::{Descended, session};
use super::figure::words;
use super::figure::write::{Format, Picture};
use super::number;
use super::objective::ObjectiveArgs;
use super::race::{CourseArgs, RaceArgs, Racer};
use super::window::Theme;
use crate::descent::map::{Axis, Map, MapSpec, Targets, Varied, draw, scout};
use crate::descent::{MAX_STEPS, Spec, StopRule};
use crate::explain;
use crate::figure::{Figure, Request, ThemeName, View};
use crate::i18n::{Lang, fill};
use crate::objective::Batch;
use crate::optim::Scale;
use crate::session::{Document, MapChoice};
use crate::surface::Surface;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// Which minimum each start reaches, and in how many steps
    Basins(MapArgs),
    /// In how many steps each setting arrives, of any two hyperparameters
    Sweep(MapArgs),
    /// How fast the error shrinks on a parabola, for each rate times curvature and each value of another setting
    Stability(stability::Arguments),
}

#[derive(Args)]
struct MapArgs {
    #[command(flatten)]
    objective: ObjectiveArgs,
    #[command(flatten)]
    race: RaceArgs,
    /// Where it starts, where the map does not vary that [default: the surface's own]
    #[arg(long, value_name = "X[,Y]", allow_hyphen_values = true)]
    start: Option<String>,
    /// How many steps it makes at most
    #[arg(long, value_name = "N", default_value = "500", allow_hyphen_values = true)]
    steps: String,
    #[command(flatten)]
    course: CourseArgs,
    #[command(flatten)]
    cells: CellArgs,
    #[command(flatten)]
    output: MapOutput,
}

/// What is varied, and how finely.
#[derive(Args)]
struct CellArgs {
    /// What varies across: a variable or a setting with its range, `lr=1e-4..1` (`…:log` or `…:linear` spreads it so)
    #[arg(long, value_name = "NAME=LOW..HIGH", allow_hyphen_values = true)]
    x: Option<String>,
    /// What varies up
    #[arg(long, value_name = "NAME=LOW..HIGH", allow_hyphen_values = true)]
    y: Option<String>,
    /// Cells across and up
    #[arg(long, value_name = "N|WxH", default_value = "512", allow_hyphen_values = true)]
    size: String,
}

/// Where the result goes and how it looks.
#[derive(Args)]
struct MapOutput {
    /// How the cells are written; a FILE.png, FILE.svg or FILE.pdf gets a picture
    #[arg(long, value_enum, default_value = "csv")]
    format: args::Format,
    /// The colors of the picture
    #[arg(long, value_enum, default_value = "light")]
    theme: Theme,
    #[command(flatten)]
    output: OutputArgs,
}

/// The most cells along a side.
const MOST: usize = 4096;

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    match &args.kind {
        Kind::Basins(args) => map(args, false, context.lang),
        Kind::Sweep(args) => map(args, true, context.lang),
        Kind::Stability(args) => stability::run(args, context.lang),
    }
}

fn map(args: &MapArgs, sweep: bool, lang: Lang) -> Result<(), Failure> {
    let surface = args.objective.surface(lang)?.into_owned();
    let racer = one(args.race.racers(lang)?, lang)?;
    let start = match &args.start {
        Some(text) => number::point("--start", text, surface.dimension, lang)?,
        None => surface.start.clone(),
    };
    let base = Spec {
        objective: Arc::new(surface.clone()),
        optimizer: racer.spec.clone(),
        settings: racer.settings.clone(),
        schedule: args.course.schedule(lang)?,
        start,
        noise: args.course.noise(lang)?,
        batch: Batch::default(),
        stop: StopRule::Auto,
        limit: number::steps("--steps", &args.steps, MAX_STEPS, lang)?,
    };
    let axes = axes(&args.cells, sweep, &surface, &racer, lang)?;
    let spec = MapSpec { base, axes, size: size(&args.cells.size, lang)?, targets: Arc::default() };
    let mut output = args.output.open(lang)?;
    let map = made(spec, &surface, lang)?;
    let minima = map.spec.targets.minima.clone();
    match &mut output {
        Sink::Text(out) => table::write(out, args.output.format, &map, &surface)?,
        Sink::Picture(out) => out.write(&picture::png(&map, args.output.theme)?)?,
        Sink::Vectors(out, format) => out.write(&vectors(args, surface, racer, map, *format, lang)?)?,
    }
    output.finish()?;
    for (number, at) in minima.iter().enumerate() {
        let place = at.iter().map(|x| explain::number(*x)).collect::<Vec<_>>().join(", ");
        say(&fill(lang, "cli.map_minimum", &[("number", &(number + 1)), ("place", &place)]));
    }
    Ok(())
}

/// A map as a figure.
fn vectors(
    args: &MapArgs,
    surface: Surface,
    racer: Racer,
    map: Map,
    format: Format,
    lang: Lang,
) -> Result<Vec<u8>, Failure> {
    let theme = match args.output.theme {
        Theme::Dark => ThemeName::Dark,
        Theme::Light => ThemeName::Light,
        Theme::Contrast => ThemeName::Print,
    };
    let text = args.objective.text(&surface);
    let Spec { start, noise, limit, .. } = &map.spec.base;
    let steps = (*limit).clamp(1, Document::MAX_STEPS);
    let descended =
        Descended { surface, text, racers: vec![racer], schedule: None, start: start.clone(), steps, noise: *noise };
    let session = session(descended, lang)?;
    let request = Request { theme, lang, ..Request::new(View::Basins) };
    let figure = Figure::of_map(&session, &request, map).map_err(|error| words::failure(&error, lang))?;
    format.bytes(&figure, 1.0, lang)
}

/// The one optimizer of a map.
fn one(racers: Vec<Racer>, lang: Lang) -> Result<Racer, Failure> {
    let count = racers.len();
    let mut racers = racers.into_iter();
    match (racers.next(), racers.next()) {
        (Some(racer), None) => Ok(racer),
        _ => Err(Failure::Input(fill(lang, "cli.map_one", &[("count", &count)]))),
    }
}

/// Both sides: what is said, or what is usual.
fn axes(args: &CellArgs, sweep: bool, surface: &Surface, racer: &Racer, lang: Lang) -> Result<[Axis; 2], Failure> {
    let usual = MapChoice::default().axes_of(&racer.spec, &surface.variables, &surface.domain);
    let start = |k: usize| Axis { what: Varied::Start(k), range: surface.domain[k], scale: Scale::Linear };
    let usual = match (sweep, surface.dimension) {
        (true, _) => usual,
        (false, 1) => [start(0), usual[0]],
        (false, _) => [start(0), start(1)],
    };
    let read = |option: &'static str, text: &Option<String>, usual: Axis| match text {
        Some(text) => axis::read(option, text, surface, &racer.spec, lang),
        None => Ok(usual),
    };
    let axes = [read("--x", &args.x, usual[0])?, read("--y", &args.y, usual[1])?];
    if axes[0].what == axes[1].what {
        return Err(Failure::Input(fill(lang, "cli.map_same", &[])));
    }
    Ok(axes)
}

/// `512` or `640x400`.
fn size(text: &str, lang: Lang) -> Result<[usize; 2], Failure> {
    let side = |text: &str| text.trim().parse::<usize>().ok().filter(|side| (1..=MOST).contains(side));
    let sides = match text.split_once(['x', 'X', '×']) {
        Some((across, up)) => side(across).zip(side(up)),
        None => side(text).map(|side| (side, side)),
    };
    let wrong = || Failure::Input(fill(lang, "cli.map_size", &[("text", &text), ("most", &MOST)]));
    sides.map(|(across, up)| [across, up]).ok_or_else(wrong)
}

/// The map, with progress on a terminal.
fn made(spec: MapSpec, surface: &Surface, lang: Lang) -> Result<Map, Failure> {
    let known: Vec<Vec<f64>> = surface.minima.iter().map(|minimum| minimum.at.clone()).collect();
    let width = surface.domain.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
    let targets: Targets = scout(&spec, &known, width, &|| false).unwrap_or_default();
    let spec = MapSpec { targets: Arc::new(targets), ..spec };
    let total = spec.cells().max(1);
    let terminal = io::stderr().is_terminal();
    let last = std::sync::atomic::AtomicUsize::new(0);
    let made = draw(&spec, Vec::new(), &crew, &|progress| {
        let percent = progress.done * 100 / total;
        if terminal && last.swap(percent, std::sync::atomic::Ordering::Relaxed) != percent {
            _ = write!(io::stderr().lock(), "\r{percent:3} %");
        }
        true
    });
    if terminal {
        _ = write!(io::stderr().lock(), "\r      \r");
    }
    match made {
        Ok(Some(map)) => Ok(map),
        // Nobody gives it up here.
        Ok(None) => Ok(Map { cells: vec![Default::default(); spec.cells()], spec }),
        Err(error) => Err(Failure::Input(explain::spec(lang, &error))),
    }
}

/// All threads of the machine.
pub(super) fn crew(work: &(dyn Fn() + Sync)) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
}

/// Text or a picture.
enum Sink {
    Text(super::output::Output),
    Picture(super::output::Output),
    Vectors(super::output::Output, Format),
}

impl Sink {
    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Text(output) | Self::Picture(output) | Self::Vectors(output, _) => output.finish(),
        }
    }
}

impl MapOutput {
    /// Opens the output: the end of the file's name says what it is.
    fn open(&self, lang: Lang) -> Result<Sink, Failure> {
        let format = self.output.output.as_deref().and_then(|path| Format::of(path, lang).ok());
        let output = super::output::Output::open(&self.output, lang)?;
        Ok(match format {
            Some(Format::Picture(Picture::Png)) => Sink::Picture(output),
            Some(format @ Format::Picture(_)) => Sink::Vectors(output, format),
            _ => Sink::Text(output),
        })
    }
}
