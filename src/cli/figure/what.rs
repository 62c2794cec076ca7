//! What a figure is about: a scenario, a prepared figure, or a descent as `run` makes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Arguments, nothing};
use crate::cli::failure::Failure;
use crate::cli::{number, open};
use crate::descent::StopRule;
use crate::explain;
use crate::figure::{Request, View, find as find_preset};
use crate::i18n::{Lang, fill, text};
use crate::objective::Batch;
use crate::optim;
use crate::session::{
    Document, Layer, OptimizerChoice, Picture, Racer, RacerId, Scale, Session, SurfaceChoice, Transport,
};

/// The session, and the request as far as it follows from it.
pub(super) fn find(args: &Arguments, lang: Lang) -> Result<(Session, Request), Failure> {
    match (&args.what, args.objective.is_given()) {
        (Some(name), true) => Err(Failure::Input(fill(lang, "cli.figure.both", &[("name", name)]))),
        (None, false) => Err(nothing(lang)),
        (Some(name), false) => named(name, args, lang),
        (None, true) => {
            let session = descent(args, lang)?;
            let at = Some(session.last_step() as f64);
            let request = Request { at, ..Request::new(View::of(&session)) };
            Ok((session, request))
        }
    }
}

/// A prepared figure, or a scenario.
fn named(name: &str, args: &Arguments, lang: Lang) -> Result<(Session, Request), Failure> {
    let path = Path::new(name);
    match find_preset(name) {
        Ok(preset) => {
            let session =
                preset.session().map_err(|problem| Failure::Machine(problem.message(lang, "").to_string()))?;
            Ok((session, preset.request(lang, args.look.theme)))
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
fn descent(args: &Arguments, lang: Lang) -> Result<Session, Failure> {
    let surface = args.objective.surface(lang)?.into_owned();
    // What is wrong with a schedule is said with its place.
    args.course.schedule(lang)?;
    let schedule = args.course.schedule_text().map(str::to_owned);
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
    let start = match &args.start {
        Some(text) => number::point("--start", text, surface.dimension, lang)?,
        None => surface.start.clone(),
    };
    let steps = match &args.steps {
        Some(text) => number::steps("--steps", text, Document::MAX_STEPS, lang)?,
        None => Session::STEPS,
    };
    let usual = Picture::default();
    let layers: BTreeSet<Layer> = usual.layers.into_iter().filter(|layer| *layer != Layer::Prediction).collect();
    let document = Document {
        surface: match &surface.id {
            Some(id) => SurfaceChoice::Catalogue(id.clone()),
            None => SurfaceChoice::Formula(args.objective.text(&surface)),
        },
        params: BTreeMap::new(),
        start,
        racers: args.race.racers(lang)?.into_iter().enumerate().map(racer).collect(),
        ghosts: Vec::new(),
        selected: RacerId(0),
        noise: args.course.noise(lang)?,
        batch: Batch::default(),
        steps,
        stop: StopRule::Auto,
        transport: Transport::default(),
        picture: Picture { heights: surface.scale.into(), relief: surface.scale.into(), layers, ..Picture::default() },
    };
    let open = |document| Session::open(document).map_err(|refusal| Failure::Input(explain::refusal(lang, &refusal)));
    let session = open(document)?;
    if !spread(&session) {
        return Ok(session);
    }
    let mut document = session.document().clone();
    document.picture.losses = Scale::Log;
    open(document)
}

/// Whether losses go over more than two powers of ten, so that only their logarithm tells them apart.
fn spread(session: &Session) -> bool {
    let losses = || session.runs().flat_map(|(_, run)| run.rows()).map(|row| row.loss).filter(|loss| loss.is_finite());
    let (low, high) = (losses().fold(f64::INFINITY, f64::min), losses().fold(f64::NEG_INFINITY, f64::max));
    low > 0.0 && high > 100.0 * low
}
