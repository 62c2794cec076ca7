//! Between the forms of racers, their legs and ghosts, and what the session has of them.

use std::collections::BTreeMap;

use super::Problem;
use super::form::{GhostForm, LegForm, RacerForm};
use crate::lang::nearest;
use crate::optim::{OptimizerSpec, SettingError};
use crate::session::{Drive, Ghost, Leg, OptimizerChoice, Racer, RacerId, Refusal};

/// The form of a racer; its id is left out where it is its place in the list.
pub(super) fn form(place: Option<usize>, racer: &Racer) -> RacerForm {
    let (optimizer, rule, settings) = drive_form(&racer.drive());
    RacerForm {
        id: (Some(racer.id.0 as usize) != place).then_some(racer.id.0),
        optimizer,
        rule,
        schedule: racer.schedule.clone(),
        start: racer.start.clone(),
        hidden: !racer.visible,
        palette: Some(racer.palette),
        settings,
        leg: racer.legs.iter().map(leg_form).collect(),
    }
}

fn leg_form(leg: &Leg) -> LegForm {
    let (optimizer, rule, settings) = drive_form(&leg.drive);
    LegForm { until: leg.until, optimizer, rule, schedule: leg.drive.schedule.clone(), settings }
}

/// The form of a ghost.
pub(super) fn ghost_form(ghost: &Ghost) -> GhostForm {
    GhostForm { of: ghost.of.0, since: ghost.since, racer: form(None, &ghost.racer) }
}

/// The fields `optimizer`, `rule` and `settings` of a drive.
pub(super) fn drive_form(drive: &Drive) -> (Option<String>, Option<String>, BTreeMap<String, f64>) {
    let (optimizer, rule) = match &drive.optimizer {
        OptimizerChoice::Catalogue(id) => (Some(id.clone()), None),
        OptimizerChoice::Rule(text) => (None, Some(text.clone())),
    };
    let names = spec_of(&drive.optimizer)
        .map(|spec| spec.hyperparameters.iter().map(|hyper| hyper.name.clone()).collect::<Vec<_>>())
        .unwrap_or_default();
    (optimizer, rule, names.into_iter().zip(drive.settings.iter().copied()).collect())
}

/// The racer of a form at its place in the list.
pub(super) fn read(place: usize, form: RacerForm) -> Result<Racer, Problem> {
    let drive = drive(form.optimizer, form.rule, form.schedule, form.settings)?;
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    let legs = form.leg.into_iter().map(leg).collect::<Result<_, _>>()?;
    Ok(Racer {
        id: RacerId(form.id.unwrap_or(place)),
        optimizer: drive.optimizer,
        settings: drive.settings,
        schedule: drive.schedule,
        start: form.start,
        legs,
        visible: !form.hidden,
        palette: form.palette.unwrap_or((place % u32::from(Racer::LOOKS)) as u8) % Racer::LOOKS,
    })
}

fn leg(form: LegForm) -> Result<Leg, Problem> {
    Ok(Leg { until: form.until, drive: drive(form.optimizer, form.rule, form.schedule, form.settings)? })
}

/// The ghost of a form.
pub(super) fn read_ghost(form: GhostForm) -> Result<Ghost, Problem> {
    Ok(Ghost { of: RacerId(form.of), since: form.since, racer: read(usize::MAX, form.racer)? })
}

/// The drive of its fields.
pub(super) fn drive(
    optimizer: Option<String>,
    rule: Option<String>,
    schedule: Option<String>,
    named: BTreeMap<String, f64>,
) -> Result<Drive, Problem> {
    let optimizer = match (optimizer, rule) {
        (Some(id), None) => OptimizerChoice::Catalogue(id),
        (None, Some(text)) => OptimizerChoice::Rule(text),
        _ => return Err(Problem::Choice { fields: &["optimizer", "rule"] }),
    };
    let spec = spec_of(&optimizer)?;
    let mut settings = spec.defaults();
    for (name, value) in named {
        let slot = spec.index_of(&name).and_then(|index| settings.get_mut(index));
        let known = || spec.hyperparameters.iter().map(|hyper| hyper.name.clone()).collect::<Vec<_>>();
        *slot.ok_or_else(|| {
            let suggestion = nearest(&name, spec.hyperparameters.iter().map(|hyper| hyper.name.as_str()));
            Refusal::Setting(SettingError::UnknownName { name, known: known(), suggestion })
        })? = value;
    }
    // A bare name becomes the full one, as everywhere.
    let optimizer = match optimizer {
        OptimizerChoice::Catalogue(_) => OptimizerChoice::Catalogue(spec.id),
        rule => rule,
    };
    Ok(Drive { optimizer, settings, schedule })
}

fn spec_of(choice: &OptimizerChoice) -> Result<OptimizerSpec, Refusal> {
    match choice {
        OptimizerChoice::Catalogue(id) => crate::optim::find(id).cloned().map_err(Refusal::UnknownOptimizer),
        OptimizerChoice::Rule(text) => {
            OptimizerSpec::from_rule(text).map_err(|problems| Refusal::Rule { text: text.clone(), problems })
        }
    }
}
