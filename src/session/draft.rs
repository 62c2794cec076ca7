//! Drafts: texts that are being typed and cannot be understood yet. The document keeps the last good text meanwhile, and
//! the picture with it.

use std::collections::BTreeMap;

use super::RacerId;
use crate::lang::Diagnostic;
use crate::schedule::ScheduleError;

/// A text that cannot be understood yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft<E> {
    /// The text as it was typed.
    pub text: String,
    /// What is wrong with it.
    pub problems: E,
}

/// All drafts of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drafts {
    /// Of the formula.
    pub formula: Option<Draft<Vec<Diagnostic>>>,
    /// Of the prediction of a model.
    pub prediction: Option<Draft<Vec<Diagnostic>>>,
    /// Of racers' own rules.
    pub rules: BTreeMap<RacerId, Draft<Vec<Diagnostic>>>,
    /// Of racers' schedules.
    pub schedules: BTreeMap<RacerId, Draft<ScheduleError>>,
}

impl Drafts {
    pub(super) fn forget(&mut self, racer: RacerId) {
        self.rules.remove(&racer);
        self.schedules.remove(&racer);
    }
}
