//! What a figure is about: a scenario, a prepared figure, or a descent as `run` makes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::Args;

use super::{LookArgs, nothing};
use crate::cli::failure::Failure;
use crate::cli::objective::ObjectiveArgs;
use crate::cli::race::{CourseArgs, RaceArgs};
use crate::cli::{number, open};
use crate::descent::{Noise, StopRule};
use crate::explain;
use crate::figure::{Request, View, find as find_preset};
use crate::i18n::{Lang, fill, text};
use crate::objective::Batch;
use crate::optim;
use crate::session::{
    Document, Layer, OptimizerChoice, Picture, Racer, RacerId, Scale, Session, SurfaceChoice, Transport,
};
use crate::surface::Surface;

/// The arguments.
#[derive(Args)]
pub(in crate::cli) struct SourceArgs {
    /// A scenario, or a prepared figure (`downhill presets` lists them)
    #[arg(value_name = "SCENARIO.toml|PRESET")]
    what: Option<String>,
    #[command(flatten)]
    objective: ObjectiveArgs,
    #[command(flatten)]
    race: RaceArgs,
    /// Where it starts [default: the surface's own start]
    #[arg(long, value_name = "X[,Y]", allow_hyphen_values = true)]
    start: Option<String>,
    /// How many steps it makes at most [default: 200]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    steps: Option<String>,
    #[command(flatten)]
    course: CourseArgs,
}

impl SourceArgs {
    /// The session, and the request as far as it follows from it.
    pub(in crate::cli) fn find(&self, look: &LookArgs, lang: Lang) -> Result<(Session, Request), Failure> {
        match (&self.what, self.objective.is_given()) {
            (Some(name), true) => Err(Failure::Input(fill(lang, "cli.figure.both", &[("name", name)]))),
            (None, false) => Err(nothing(lang)),
            (Some(name), false) => named(name, look, lang),
            (None, true) => {
                let session = descent(self, lang)?;
                let at = Some(session.last_step() as f64);
                let request = Request { at, ..Request::new(View::of(&session)) };
                Ok((session, request))
            }
        }
    }
}

/// A prepared figure, or a scenario.
fn named(name: &str, look: &LookArgs, lang: Lang) -> Result<(Session, Request), Failure> {
    let path = Path::new(name);
    match find_preset(name) {
        Ok(preset) => {
            let session =
                preset.session().map_err(|problem| Failure::Machine(problem.message(lang, "").to_string()))?;
            Ok((session, preset.request(lang, look.theme)))
        }
        // What looks like a file is one.
        Err(unknown) if !path.exists() && path.extension().is_none() => {
            let said = fill(lang, "cli.figure.no_file", &[("name", &name)]);
            let cure = match &unknown.suggestions[..] {
                [] => text(lang, "cli.figure.list").to_owned(),
                near => {
                    let names = near.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                    fill(lang, "cli.figure.meant", &[("names", &names)])
                }
            };
            Err(Failure::Input(format!("{said}; {cure}")))
        }
        Err(_) => {
            let session = open::session(path, lang)?;
            // A scenario that stands at its start shows all of its way.
            let cursor = session.document().transport.cursor;
            let at = if cursor > 0.0 { cursor } else { session.last_step() as f64 };
            let request = Request { at: Some(at), ..Request::new(View::of(&session)) };
            Ok((session, request))
        }
    }
}

/// The descents that the arguments of `run` describe.
fn descent(args: &SourceArgs, lang: Lang) -> Result<Session, Failure> {
    let surface = args.objective.surface(lang)?.into_owned();
    // What is wrong with a schedule is said with its place.
    args.course.schedule(lang)?;
    let start = match &args.start {
        Some(text) => number::point("--start", text, surface.dimension, lang)?,
        None => surface.start.clone(),
    };
    let steps = match &args.steps {
        Some(text) => number::steps("--steps", text, Document::MAX_STEPS, lang)?,
        None => Session::STEPS,
    };
    let text = args.objective.text(&surface);
    let racers = args.race.racers(lang)?;
    let schedule = args.course.schedule_text().map(str::to_owned);
    session(Descended { surface, text, racers, schedule, start, steps, noise: args.course.noise(lang)? }, lang)
}

/// What descends on what, as arguments say it.
pub(in crate::cli) struct Descended {
    /// What is descended.
    pub surface: Surface,
    /// Its formula as text.
    pub text: String,
    /// Who descends.
    pub racers: Vec<crate::cli::race::Racer>,
    /// What changes their rates.
    pub schedule: Option<String>,
    /// Where they start.
    pub start: Vec<f64>,
    /// How many steps they make.
    pub steps: usize,
    /// Noise on their gradients.
    pub noise: Noise,
}

/// A session of what descends on what, as a new one looks.
pub(in crate::cli) fn session(descended: Descended, lang: Lang) -> Result<Session, Failure> {
    let Descended { surface, text, racers, schedule, start, steps, noise } = descended;
    let racer = |(place, racer): (usize, crate::cli::race::Racer)| {
        let optimizer = match racer.spec.source() {
            Some(rule) if optim::find(&racer.spec.id).is_err() => OptimizerChoice::Rule(rule.to_owned()),
            _ => OptimizerChoice::Catalogue(racer.spec.id.clone()),
        };
        Racer {
            id: RacerId(place as u32),
            optimizer,
            settings: racer.settings,
            schedule: schedule.clone(),
            start: None,
            legs: Vec::new(),
            visible: true,
            palette: (place % usize::from(Racer::LOOKS)) as u8,
        }
    };
    let usual = Picture::default();
    let layers: BTreeSet<Layer> = usual.layers.into_iter().filter(|layer| *layer != Layer::Prediction).collect();
    let heights: Scale = surface.scale.into();
    let document = Document {
        surface: surface.id.map_or(SurfaceChoice::Formula(text), SurfaceChoice::Catalogue),
        params: BTreeMap::new(),
        start,
        racers: racers.into_iter().enumerate().map(racer).collect(),
        ghosts: Vec::new(),
        selected: RacerId(0),
        noise,
        batch: Batch::default(),
        steps,
        stop: StopRule::Auto,
        transport: Transport::default(),
        picture: Picture { heights, relief: heights, layers, ..Picture::default() },
    };
    let open = |document| Session::open(document).map_err(|refusal| Failure::Input(explain::refusal(lang, &refusal)));
    let session = open(document)?;
    let mut document = session.document().clone();
    if spread(&session) {
        document.picture.losses = Scale::Log;
    }
    if session.surface().id.is_none() {
        document.picture.range = around(&session);
    }
    open(document)
}

/// The ranges of a typed formula where something happens: twice those of the paths, if that is not far out of the usual.
fn around(session: &Session) -> Option<Vec<[f64; 2]>> {
    let range = |k: usize| {
        let places = || session.runs().flat_map(|(_, run)| run.rows()).filter_map(|row| row.w.get(k).copied());
        let (low, high) = (places().fold(f64::INFINITY, f64::min), places().fold(f64::NEG_INFINITY, f64::max));
        let [from, to] = session.range().get(k).copied()?;
        let air = (0.5 * (high - low)).max(0.05 * (to - from));
        ((to - from) * 2.0 > high - low).then_some([low - air, high + air])
    };
    (0..session.surface().dimension).map(range).collect()
}

/// Whether losses go over more than two powers of ten, so that only their logarithm tells them apart.
fn spread(session: &Session) -> bool {
    let losses = || session.runs().flat_map(|(_, run)| run.rows()).map(|row| row.loss).filter(|loss| loss.is_finite());
    let (low, high) = (losses().fold(f64::INFINITY, f64::min), losses().fold(f64::NEG_INFINITY, f64::max));
    low > 0.0 && high > 100.0 * low
}
