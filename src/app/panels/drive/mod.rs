//! An update rule with its settings and its schedule, as both laboratories set them: which one, under its framework's
//! name, a control for each number that it declares, the text of one's own rule, the schedule with its arguments.
//!
//! What is asked for is data; whose rule it is the caller knows.

mod lists;
mod optimizer;
mod own;
mod rule;
mod schedule;

use egui::Id;

pub(in crate::app) use own::choices as own_choices;

use crate::i18n::Lang;
use crate::lang::Diagnostic;
use crate::optim::OptimizerSpec;
use crate::schedule::ScheduleError;
use crate::session::Draft;

/// What is asked for.
pub(in crate::app) enum DriveAsk {
    /// An entry of the catalogue, by its id.
    Entry(String),
    /// A rule that was written before.
    Rule(String),
    /// The text of one's own rule has changed.
    RuleText(String),
    /// Another value of a hyperparameter.
    Hyper {
        /// Its name.
        name: String,
        /// The value.
        value: f64,
    },
    /// The text of the schedule has changed; empty for a constant rate.
    Schedule(String),
}

/// A rule with its settings, to be changed.
pub(in crate::app) struct DriveControls<'a> {
    /// The language.
    pub lang: Lang,
    /// What tells its boxes from those of another rule.
    pub salt: Id,
    /// The rule.
    pub spec: &'a OptimizerSpec,
    /// The values of its hyperparameters.
    pub settings: &'a [f64],
    /// The text of one's own rule, where it is one.
    pub rule_text: Option<&'a str>,
    /// The text that is no rule yet.
    pub rule_draft: Option<&'a Draft<Vec<Diagnostic>>>,
    /// The text of the schedule.
    pub schedule_text: &'a str,
    /// The text that is no schedule yet.
    pub schedule_draft: Option<&'a Draft<ScheduleError>>,
    /// The rates up to which steps do not overshoot, and up to which they are stable.
    pub limit: Option<Option<[f64; 2]>>,
    /// Whether methods with a step of their own are offered.
    pub native: bool,
}
