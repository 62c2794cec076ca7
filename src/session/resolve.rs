//! From the texts and ids of a document to what they mean, and whether it is whole at all.

use std::sync::Arc;

use super::refusal::{Number, Refusal};
use super::{Document, OptimizerChoice, Racer, SurfaceChoice, Transport};
use crate::optim::{self, OptimizerSpec};
use crate::schedule::Schedule;
use crate::surface::{self, Surface};

/// What a document means.
#[derive(Clone)]
pub(super) struct Resolved {
    pub(super) surface: Arc<Surface>,
    /// One for each racer, in their order.
    pub(super) optimizers: Vec<Arc<OptimizerSpec>>,
    /// One for each racer, in their order.
    pub(super) schedules: Vec<Option<Schedule>>,
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
    let mut optimizers = Vec::with_capacity(document.racers.len());
    let mut schedules = Vec::with_capacity(document.racers.len());
    for racer in &document.racers {
        let known = before.and_then(|(old, resolved)| {
            let index = old.racers.iter().position(|other| other.id == racer.id)?;
            Some((old.racers.get(index)?, resolved.optimizers.get(index)?, resolved.schedules.get(index)?))
        });
        let optimizer = match known {
            Some((old, optimizer, _)) if old.optimizer == racer.optimizer => optimizer.clone(),
            _ => optimizer_of(&racer.optimizer)?,
        };
        optimizer.check(&racer.settings).map_err(Refusal::Setting)?;
        optimizers.push(optimizer);
        schedules.push(match known {
            Some((old, _, schedule)) if old.schedule == racer.schedule => schedule.clone(),
            _ => schedule_of(racer)?,
        });
    }
    Ok(Resolved { surface, optimizers, schedules })
}

/// The surface of a document with its parameters.
pub(super) fn surface_of(document: &Document) -> Result<Surface, Refusal> {
    let mut surface = match &document.surface {
        SurfaceChoice::Catalogue(id) => surface::find(id).map_err(Refusal::UnknownSurface)?.clone(),
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

fn schedule_of(racer: &Racer) -> Result<Option<Schedule>, Refusal> {
    let Some(text) = &racer.schedule else { return Ok(None) };
    Schedule::parse(text).map(Some).map_err(|error| Refusal::Schedule { text: text.clone(), error: Box::new(error) })
}

/// Whether the numbers of a document fit it and each other.
fn check(document: &Document, surface: &Surface) -> Result<(), Refusal> {
    if document.start.len() != surface.dimension {
        return Err(Refusal::Dimension { wanted: surface.dimension, found: document.start.len() });
    }
    let number = |what, value: f64, fits: bool| if fits { Ok(()) } else { Err(Refusal::Number { what, value }) };
    for &value in &document.start {
        number(Number::Start, value, value.is_finite())?;
    }
    let sigma = document.noise.sigma;
    number(Number::Sigma, sigma, sigma.is_finite() && sigma >= 0.0)?;
    let Transport { speed, cursor, .. } = document.transport;
    number(Number::Speed, speed, (Transport::SPEEDS[0]..=Transport::SPEEDS[1]).contains(&speed))?;
    number(Number::Cursor, cursor, cursor.is_finite() && cursor >= 0.0)?;
    if !(1..=Document::MAX_STEPS).contains(&document.steps) {
        return Err(Refusal::Steps { asked: document.steps, limit: Document::MAX_STEPS });
    }
    if document.racers.len() > Document::MAX_RACERS {
        return Err(Refusal::TooManyRacers { limit: Document::MAX_RACERS });
    }
    for (index, racer) in document.racers.iter().enumerate() {
        if document.racers[..index].iter().any(|other| other.id == racer.id) {
            return Err(Refusal::SameRacer(racer.id));
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
    Ok(())
}
