//! From the texts and ids of a document to what they mean, and whether it is whole at all.

use std::sync::Arc;

use super::document::{NetLeg, NetRecipe};
use super::{NetDocument, NetRefusal, Program, ProgramLeg, Speed, fitting_losses, output_for};
use crate::nn::{Architecture, Layer, Recipe, Split, Targets};
use crate::optim::{Method, OptimizerSpec};
use crate::schedule::Schedule;
use crate::session::resolve::{optimizer_of, schedule_of};

/// What a document means.
#[derive(Clone)]
pub(super) struct NetResolved {
    /// The document that it was made of.
    pub(super) document: NetDocument,
    pub(super) split: Arc<Split>,
    pub(super) program: Arc<Program>,
}

impl NetResolved {
    /// The optimizer that makes the step after `step` others.
    pub(super) fn optimizer_at(&self, step: usize) -> Option<&OptimizerSpec> {
        self.program.legs.get(self.program.leg_at(step)).map(|leg| &leg.recipe.optimizer)
    }
}

/// The data of a document; taken over from the one before where it is the same.
pub(super) fn split_of(document: &NetDocument, before: Option<&NetResolved>) -> Result<Arc<Split>, NetRefusal> {
    match before {
        Some(before) if before.document.data == document.data => Ok(before.split.clone()),
        _ => Ok(Arc::new(document.data.split()?)),
    }
}

/// Makes output and losses fit the targets, where other data asks for other ones.
pub(super) fn fit_to_data(document: &mut NetDocument, split: &Split, before: &Split) {
    let (now, then) = (&split.train.targets, &before.train.targets);
    if kind(now) == kind(then) {
        return;
    }
    let losses = fitting_losses(now);
    for leg in &mut document.legs {
        let same = losses.iter().find(|loss| std::mem::discriminant(*loss) == std::mem::discriminant(&leg.recipe.loss));
        // A loss for numbers is no good beginning for classes, though it would do.
        let fresh = same.is_none() || matches!(now, Targets::Classes { .. }) != matches!(then, Targets::Classes { .. });
        if let (true, Some(first)) = (fresh, losses.first()) {
            leg.recipe.loss = *first;
        }
    }
    if let (Some(recipe), Some(last)) = (document.recipe().cloned(), document.layers.last_mut()) {
        *last = output_for(recipe.loss, now);
    }
}

/// What decides which outputs and losses fit.
fn kind(targets: &Targets) -> (bool, usize) {
    match targets {
        Targets::Numbers { cols, .. } => (false, *cols),
        Targets::Classes { names, .. } => (true, names.len()),
    }
}

/// What a document means; taken over from the one before where the two say the same.
pub(super) fn resolve(
    document: &NetDocument,
    split: Arc<Split>,
    before: Option<&NetResolved>,
) -> Result<NetResolved, NetRefusal> {
    check(document, &split)?;
    let inputs = split.train.inputs();
    let kept = before.filter(|before| Arc::ptr_eq(&before.split, &split));
    let architecture = match kept {
        Some(kept) if kept.document.layers == document.layers => kept.program.architecture.clone(),
        _ => Arc::new(Architecture { inputs, layers: document.layers.clone() }),
    };
    let parameters = architecture.parameters();
    if parameters > NetDocument::MAX_PARAMETERS {
        return Err(NetRefusal::TooManyParameters { found: parameters, limit: NetDocument::MAX_PARAMETERS });
    }
    if let Some(edit) = document.legs.iter().flat_map(|leg| &leg.edits).find(|edit| edit.place >= parameters) {
        return Err(NetRefusal::NoWeight(edit.place));
    }
    let weights = match kept {
        Some(kept)
            if Arc::ptr_eq(&kept.program.architecture, &architecture)
                && kept.document.initializer == document.initializer
                && kept.document.seed == document.seed =>
        {
            kept.program.weights.clone()
        }
        _ => Arc::new(document.initializer.parameters(&architecture, document.seed)),
    };
    let known: Vec<(&NetLeg, &ProgramLeg)> =
        before.map_or_else(Vec::new, |before| before.document.legs.iter().zip(&before.program.legs).collect());
    let legs = document.legs.iter().map(|leg| meaning(leg, &known)).collect::<Result<Vec<_>, _>>()?;
    let program =
        Arc::new(Program { split: split.clone(), architecture, weights, precision: document.precision, legs });
    Ok(NetResolved { document: document.clone(), split, program })
}

/// What a leg means; `known` is what was understood before.
fn meaning(leg: &NetLeg, known: &[(&NetLeg, &ProgramLeg)]) -> Result<ProgramLeg, NetRefusal> {
    let recipe = match known.iter().rev().find(|(other, _)| other.recipe == leg.recipe) {
        Some((_, known)) => known.recipe.clone(),
        None => Arc::new(recipe_of(&leg.recipe)?),
    };
    Ok(ProgramLeg { since: leg.since, recipe, edits: leg.edits.clone() })
}

fn recipe_of(recipe: &NetRecipe) -> Result<Recipe, NetRefusal> {
    let optimizer = optimizer_of(&recipe.drive.optimizer)?;
    if matches!(optimizer.method, Method::Native(_)) {
        return Err(NetRefusal::Native(optimizer.id.clone()));
    }
    optimizer.check(&recipe.drive.settings).map_err(NetRefusal::Setting)?;
    let schedule: Option<Schedule> = schedule_of(recipe.drive.schedule.as_deref())?;
    Ok(Recipe {
        loss: recipe.loss,
        penalty: recipe.penalty,
        dropout: recipe.dropout,
        optimizer: (*optimizer).clone(),
        settings: recipe.drive.settings.clone(),
        schedule,
        batch: recipe.batch,
        shuffle: recipe.shuffle,
    })
}

/// Whether the numbers of a document fit it and each other.
fn check(document: &NetDocument, split: &Split) -> Result<(), NetRefusal> {
    let hidden = document.layers.len().checked_sub(1).ok_or(NetRefusal::NoLayer(0))?;
    if hidden > NetDocument::MAX_HIDDEN {
        return Err(NetRefusal::TooManyLayers { limit: NetDocument::MAX_HIDDEN });
    }
    for layer in &document.layers {
        if !(1..=NetDocument::MAX_UNITS).contains(&layer.units) {
            return Err(NetRefusal::Units { asked: layer.units, limit: NetDocument::MAX_UNITS });
        }
    }
    let mut since = document.legs.iter().map(|leg| leg.since);
    if since.next() != Some(0) || document.legs.windows(2).any(|pair| pair[1].since <= pair[0].since) {
        return Err(NetRefusal::Legs);
    }
    let edits: usize = document.legs.iter().map(|leg| leg.edits.len()).sum();
    if document.legs.len() > NetDocument::MAX_LEGS || edits > NetDocument::MAX_EDITS {
        return Err(NetRefusal::TooManyLegs { limit: NetDocument::MAX_LEGS });
    }
    let within = |value: f64, range: [f64; 2]| {
        if (range[0]..=range[1]).contains(&value) { Ok(()) } else { Err(NetRefusal::Number { value, range }) }
    };
    for leg in &document.legs {
        let NetRecipe { loss, penalty, dropout, .. } = &leg.recipe;
        within(*dropout, [0.0, 0.95])?;
        within(penalty.l1, [0.0, 1e6])?;
        within(penalty.l2, [0.0, 1e6])?;
        for edit in &leg.edits {
            within(edit.value, [-1e9, 1e9])?;
        }
        fits(*loss, document.layers.last(), &split.train.targets)?;
    }
    if let Speed::Steps(pace) = document.transport.speed {
        within(pace, [0.1, 1e6])?;
    }
    Ok(())
}

/// Whether loss and output mean something for the targets.
fn fits(loss: crate::nn::Loss, output: Option<&Layer>, targets: &Targets) -> Result<(), NetRefusal> {
    let known = fitting_losses(targets);
    if !known.iter().any(|other| std::mem::discriminant(other) == std::mem::discriminant(&loss)) {
        return Err(NetRefusal::Loss(loss));
    }
    let (wanted, found) = (output_for(loss, targets).units, output.map_or(0, |layer| layer.units));
    if wanted == found { Ok(()) } else { Err(NetRefusal::OutputUnits { wanted, found }) }
}
