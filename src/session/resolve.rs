//! From the texts and ids of a document to what they mean, and whether it is whole at all.

use std::sync::Arc;

use super::refusal::{Number, Refusal};
use super::{Document, Drive, MapChoice, OptimizerChoice, Racer, SurfaceChoice, Transport};
use crate::optim::{self, OptimizerSpec};
use crate::schedule::Schedule;
use crate::surface::{self, Surface};

/// What a document means.
#[derive(Clone)]
pub(super) struct Resolved {
    pub(super) surface: Arc<Surface>,
    /// One for each racer, in their order: its legs, then what holds now.
    pub(super) racers: Vec<Vec<Meaning>>,
    /// One for each ghost, in their order.
    pub(super) ghosts: Vec<Vec<Meaning>>,
}

/// What the texts of a drive mean.
#[derive(Clone)]
pub(super) struct Meaning {
    drive: Drive,
    pub(super) optimizer: Arc<OptimizerSpec>,
    pub(super) schedule: Option<Schedule>,
}

impl Resolved {
    /// The optimizers that hold now, in the order of the racers.
    pub(super) fn optimizers(&self) -> impl Iterator<Item = &Arc<OptimizerSpec>> {
        self.racers.iter().filter_map(|meanings| meanings.last()).map(|meaning| &meaning.optimizer)
    }
}

/// What a document means; taken over from the one before where the two say the same.
pub(super) fn resolve(document: &Document, before: Option<(&Document, &Resolved)>) -> Result<Resolved, Refusal> {
    let surface = match before {
        Some((old, resolved)) if old.surface == document.surface && old.params == document.params => {
            resolved.surface.clone()
        }
        _ => Arc::new(surface_of(document)?),
    };
    check(document, &surface)?;
    let known = before.map_or(&[][..], |(_, resolved)| &resolved.racers);
    let known_ghosts = before.map_or(&[][..], |(_, resolved)| &resolved.ghosts);
    let known: Vec<&Meaning> = known.iter().chain(known_ghosts).flatten().collect();
    let racers = document.racers.iter().map(|racer| meanings(racer, &known)).collect::<Result<_, _>>()?;
    let ghosts = document.ghosts.iter().map(|ghost| meanings(&ghost.racer, &known)).collect::<Result<_, _>>()?;
    Ok(Resolved { surface, racers, ghosts })
}

/// What a racer's legs and its present settings mean; `known` is what was understood before.
fn meanings(racer: &Racer, known: &[&Meaning]) -> Result<Vec<Meaning>, Refusal> {
    let drives = racer.legs.iter().map(|leg| leg.drive.clone()).chain([racer.drive()]);
    drives
        .map(|drive| {
            let optimizer = match known.iter().find(|meaning| meaning.drive.optimizer == drive.optimizer) {
                Some(meaning) => meaning.optimizer.clone(),
                None => optimizer_of(&drive.optimizer)?,
            };
            optimizer.check(&drive.settings).map_err(Refusal::Setting)?;
            let schedule = match known.iter().find(|meaning| meaning.drive.schedule == drive.schedule) {
                Some(meaning) => meaning.schedule.clone(),
                None => schedule_of(drive.schedule.as_deref())?,
            };
            Ok(Meaning { drive, optimizer, schedule })
        })
        .collect()
}

/// The surface of a document with its parameters.
pub(super) fn surface_of(document: &Document) -> Result<Surface, Refusal> {
    let mut surface = match &document.surface {
        SurfaceChoice::Catalogue(id) => surface::find(id).map_err(Refusal::UnknownSurface)?.clone(),
        SurfaceChoice::Model(choice) => choice.surface()?,
        SurfaceChoice::Slice(slice) => slice.surface()?,
        SurfaceChoice::Formula(text) => {
            Surface::from_formula(text, None).map_err(|problems| Refusal::Formula { text: text.clone(), problems })?
        }
    };
    for (name, &value) in &document.params {
        if !value.is_finite() {
            return Err(Refusal::Number { what: Number::Param, value });
        }
        if !surface.set_param(name, value) {
            let known = surface.formula.params.iter().map(|param| param.name.clone()).collect();
            return Err(Refusal::UnknownParam { name: name.clone(), known });
        }
    }
    surface.find_minima();
    Ok(surface)
}

/// The optimizer of a choice.
pub(super) fn optimizer_of(choice: &OptimizerChoice) -> Result<Arc<OptimizerSpec>, Refusal> {
    match choice {
        OptimizerChoice::Catalogue(id) => {
            optim::find(id).map(|spec| Arc::new(spec.clone())).map_err(Refusal::UnknownOptimizer)
        }
        OptimizerChoice::Rule(text) => OptimizerSpec::from_rule(text)
            .map(Arc::new)
            .map_err(|problems| Refusal::Rule { text: text.clone(), problems }),
    }
}

pub(super) fn schedule_of(text: Option<&str>) -> Result<Option<Schedule>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    Schedule::parse(text).map(Some).map_err(|error| Refusal::Schedule { text: text.to_owned(), error: Box::new(error) })
}

/// Whether the numbers of a document fit it and each other.
fn check(document: &Document, surface: &Surface) -> Result<(), Refusal> {
    let number = |what, value: f64, fits: bool| if fits { Ok(()) } else { Err(Refusal::Number { what, value }) };
    let ghosts = document.ghosts.iter().map(|ghost| &ghost.racer);
    let own = document.racers.iter().chain(ghosts.clone()).filter_map(|racer| racer.start.as_ref());
    for start in own.chain([&document.start]) {
        if start.len() != surface.dimension {
            return Err(Refusal::Dimension { wanted: surface.dimension, found: start.len() });
        }
        for &value in start {
            number(Number::Start, value, value.is_finite())?;
        }
    }
    let sigma = document.noise.sigma;
    number(Number::Sigma, sigma, sigma.is_finite() && sigma >= 0.0)?;
    let Transport { speed, cursor, .. } = document.transport;
    number(Number::Speed, speed, (Transport::SPEEDS[0]..=Transport::SPEEDS[1]).contains(&speed))?;
    number(Number::Cursor, cursor, cursor.is_finite() && cursor >= 0.0)?;
    let epsilon = document.picture.epsilon.unwrap_or_default();
    number(Number::Epsilon, epsilon, epsilon.is_finite())?;
    if !(1..=Document::MAX_STEPS).contains(&document.steps) {
        return Err(Refusal::Steps { asked: document.steps, limit: Document::MAX_STEPS });
    }
    if document.racers.len() > Document::MAX_RACERS {
        return Err(Refusal::TooManyRacers { limit: Document::MAX_RACERS });
    }
    let all: Vec<&Racer> = document.racers.iter().chain(ghosts).collect();
    for (index, racer) in all.iter().enumerate() {
        if all[..index].iter().any(|other| other.id == racer.id) {
            return Err(Refusal::SameRacer(racer.id));
        }
        let ends = || racer.legs.iter().map(|leg| leg.until);
        if ends().zip(ends().skip(1)).any(|(one, next)| next <= one) || ends().any(|end| end == 0) {
            return Err(Refusal::Legs(racer.id));
        }
    }
    if document.racer(document.selected).is_none() {
        return Err(Refusal::UnknownRacer(document.selected));
    }
    if let Some(value) = document.picture.camera.fault() {
        return Err(Refusal::Number { what: Number::Camera, value });
    }
    if let Some(range) = &document.picture.range
        && (range.len() != surface.dimension
            || range.iter().any(|&[low, high]| !(low < high && (high - low).is_finite())))
    {
        return Err(Refusal::Range);
    }
    let maps = &document.picture.maps;
    if !MapChoice::SIZES.contains(&maps.size) {
        return Err(Refusal::MapSize { asked: maps.size });
    }
    if maps.axes.iter().filter_map(|axis| axis.range).any(|range| !MapChoice::accepts(range)) {
        return Err(Refusal::Range);
    }
    Ok(())
}
