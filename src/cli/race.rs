//! Who descends: optimizers of the catalogue or a rule from a file, with their settings.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::failure::Failure;
use super::{number, output, schedule, words};
use crate::descent::Noise;
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::optim::{self, OptimizerSpec, SettingError};
use crate::schedule::Schedule;

/// The choice, as arguments.
#[derive(Args)]
pub(super) struct RaceArgs {
    /// An optimizer of the catalogue (`downhill optimizers` lists them); may be repeated for a race [default: sgd]
    #[arg(long, value_name = "ID", conflicts_with = "rule")]
    optimizer: Vec<String>,
    /// A file with an update rule
    #[arg(long, value_name = "FILE")]
    rule: Option<PathBuf>,
    /// A setting, `lr=0.1`; in a race it goes to every optimizer that has it
    #[arg(long = "set", value_name = "NAME=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
}

/// What changes on the way: the rate, the noise.
#[derive(Args)]
pub(super) struct CourseArgs {
    /// What changes the learning rate from step to step (`downhill schedules` lists the kinds)
    #[arg(long, value_name = "SPEC", allow_hyphen_values = true)]
    schedule: Option<String>,
    /// Standard deviation of the noise on the gradients
    #[arg(long, value_name = "SIGMA", default_value = "0", allow_hyphen_values = true)]
    noise: String,
    /// Which noise
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

impl CourseArgs {
    /// The schedule, if there is one.
    pub(super) fn schedule(&self, lang: Lang) -> Result<Option<Schedule>, Failure> {
        self.schedule.as_deref().map(|spec| schedule::read(spec, lang)).transpose()
    }

    /// The text of the schedule.
    pub(super) fn schedule_text(&self) -> Option<&str> {
        self.schedule.as_deref()
    }

    /// The noise on the gradients.
    pub(super) fn noise(&self, lang: Lang) -> Result<Noise, Failure> {
        Ok(Noise { sigma: number::finite("--noise", &self.noise, lang)?, seed: self.seed })
    }
}

/// An optimizer with the values of its settings.
pub(super) struct Racer {
    pub(super) spec: Arc<OptimizerSpec>,
    pub(super) settings: Vec<f64>,
}

impl RaceArgs {
    /// The optimizers with their settings, at least one.
    pub(super) fn racers(&self, lang: Lang) -> Result<Vec<Racer>, Failure> {
        let mut racers = match &self.rule {
            Some(path) => vec![rule(path, lang)?],
            None if self.optimizer.is_empty() => vec![from_catalogue("sgd", lang)?],
            None => self.optimizer.iter().map(|id| from_catalogue(id, lang)).collect::<Result<_, _>>()?,
        };
        for set in &self.set {
            apply(&mut racers, set, lang)?;
        }
        for racer in &racers {
            racer.spec.check(&racer.settings).map_err(|error| Failure::Input(explain::setting(lang, &error)))?;
        }
        Ok(racers)
    }
}

fn from_catalogue(id: &str, lang: Lang) -> Result<Racer, Failure> {
    let spec = optim::find(id).map_err(|unknown| Failure::Input(explain::unknown_optimizer(lang, &unknown)))?;
    Ok(Racer { settings: spec.defaults(), spec: Arc::new(spec.clone()) })
}

fn rule(path: &std::path::Path, lang: Lang) -> Result<Racer, Failure> {
    let source = output::read(path, lang)?;
    let spec = OptimizerSpec::from_rule(&source)
        .map_err(|problems| words::diagnostics(lang, &path.display().to_string(), &source, &problems))?;
    Ok(Racer { settings: spec.defaults(), spec: Arc::new(spec) })
}

/// Gives a setting to every racer that has it; one must.
fn apply(racers: &mut [Racer], set: &str, lang: Lang) -> Result<(), Failure> {
    let wrong_form = || Failure::Input(fill(lang, "cli.wrong_set", &[("text", &set)]));
    let (name, value) = set.split_once('=').ok_or_else(wrong_form)?;
    let name = name.trim();
    let mut unknown = None;
    let mut taken = false;
    for racer in racers {
        match racer.spec.set(&mut racer.settings, name, value) {
            Ok(()) => taken = true,
            Err(error @ SettingError::UnknownName { .. }) => unknown = unknown.or(Some(error)),
            Err(error) => return Err(words::option(lang, "--set", &explain::setting(lang, &error))),
        }
    }
    match unknown {
        Some(error) if !taken => Err(words::option(lang, "--set", &explain::setting(lang, &error))),
        _ => Ok(()),
    }
}
