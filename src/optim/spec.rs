//! What an optimizer declares of itself: its names, its hyperparameters and how it steps. From these declarations come
//! sliders, `--set`, tables and sweeps; none of them knows an optimizer by name.

use serde::Deserialize;

use super::native::Native;
use crate::i18n::Localized;
use crate::lang::{Param, Rule};
use crate::num::elem;

/// One number that a user may set.
#[derive(Clone, Debug, PartialEq)]
pub struct Hyperparameter {
    /// The framework's own name for it.
    pub name: String,
    /// What people call it, such as "learning rate"; the framework's name where they call it nothing else.
    pub word: Localized,
    /// The sign in formulas, such as `β₁`.
    pub symbol: String,
    /// What it does, in a sentence.
    pub meaning: Localized,
    /// What a slider offers.
    pub range: [f64; 2],
    /// How a slider spreads that range.
    pub scale: Scale,
    /// A slider has 0 at its left end, below the range (only with [`Scale::Log`]).
    pub zero: bool,
    /// What is accepted at all.
    pub limits: Limits,
    /// The value unless somebody sets another.
    pub default: f64,
}

/// How a slider spreads a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Evenly.
    #[default]
    Linear,
    /// Evenly in the logarithm.
    Log,
    /// Evenly in the logarithm of `1 - x`: 0.9, 0.99 and 0.999 are equally far apart.
    OneMinus,
    /// Whole numbers.
    Integer,
    /// 0 (off) or 1 (on).
    Switch,
}

impl Scale {
    /// Where a value stands in a range, 0 at its lower end and 1 at its upper; values beyond stand at the ends.
    pub fn position(self, [lo, hi]: [f64; 2], value: f64) -> f64 {
        let share = match self {
            Self::Linear | Self::Integer | Self::Switch => (value - lo) / (hi - lo),
            Self::Log if value <= 0.0 => return 0.0,
            Self::Log => elem::ln(value / lo) / elem::ln(hi / lo),
            Self::OneMinus if value >= 1.0 => return 1.0,
            Self::OneMinus => elem::ln((1.0 - value) / (1.0 - lo)) / elem::ln((1.0 - hi) / (1.0 - lo)),
        };
        if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
    }

    /// The value at a place in a range: the inverse of [`Scale::position`].
    pub fn value_at(self, [lo, hi]: [f64; 2], position: f64) -> f64 {
        let p = if position.is_nan() { 0.0 } else { position.clamp(0.0, 1.0) };
        let value = match self {
            // The ends are exact, whatever the logarithm rounds to.
            _ if p == 1.0 => hi,
            Self::Linear => lo + (hi - lo) * p,
            Self::Integer | Self::Switch => (lo + (hi - lo) * p).round(),
            Self::Log => lo * elem::exp(p * elem::ln(hi / lo)),
            Self::OneMinus => 1.0 - (1.0 - lo) * elem::exp(p * elem::ln((1.0 - hi) / (1.0 - lo))),
        };
        value.clamp(lo, hi)
    }
}

/// The values that mean something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
    /// Whether `max` itself is already too much.
    pub open: bool,
}

impl Limits {
    /// Every finite number.
    pub const ALL: Self = Self { min: f64::NEG_INFINITY, max: f64::INFINITY, open: false };

    /// Whether the value lies within.
    pub fn contain(&self, value: f64) -> bool {
        value >= self.min && (value < self.max || (!self.open && value == self.max))
    }
}

/// The share of a slider, at its left, that stands for 0 where [`Hyperparameter::zero`] is set.
const ZERO_SHARE: f64 = 0.04;

impl Hyperparameter {
    /// Whether a slider can stand at a value.
    pub(super) fn offers(&self, value: f64) -> bool {
        (self.range[0]..=self.range[1]).contains(&value) || (self.zero && value == 0.0)
    }

    /// Where a slider stands for a value, 0 at its left end and 1 at its right; values beyond stand at the ends.
    pub fn position(&self, value: f64) -> f64 {
        let share = self.scale.position(self.range, value);
        if self.has_zero() && value > 0.0 { ZERO_SHARE + (1.0 - ZERO_SHARE) * share } else { share }
    }

    /// The value for a place of the slider: the inverse of [`Hyperparameter::position`].
    pub fn value_at(&self, position: f64) -> f64 {
        if !self.has_zero() {
            return self.scale.value_at(self.range, position);
        }
        if position < ZERO_SHARE || position.is_nan() {
            return 0.0;
        }
        self.scale.value_at(self.range, (position - ZERO_SHARE) / (1.0 - ZERO_SHARE))
    }

    fn has_zero(&self) -> bool {
        self.zero && self.scale == Scale::Log
    }

    /// A hyperparameter that a typed rule declares for itself. One of a name that the glossary knows is called and means
    /// what it does there, and has that slider unless the line says another.
    fn typed(param: &Param, known: Option<&Self>) -> Self {
        if let Some(known) = known {
            let own = Self { name: param.name.clone(), default: param.default, ..known.clone() };
            let said = param.range.is_some() || param.log;
            if !said && own.check(own.default).is_ok() && own.offers(own.default) {
                return own;
            }
            let Self { word, symbol, meaning, .. } = own;
            return Self { word, symbol, meaning, ..Self::typed(param, None) };
        }
        let d = param.default;
        let [mut lo, hi] = param.range.unwrap_or(match d {
            d if param.log && d > 0.0 => [d * 1e-3, d * 1e3],
            d if (0.0..=1.0).contains(&d) => [0.0, 1.0],
            d => [d.min(0.0) * 2.0, d.max(0.0) * 2.0],
        });
        let log = param.log && hi > 0.0;
        let zero = log && lo <= 0.0;
        if zero {
            lo = hi * 1e-6;
        }
        Self {
            name: param.name.clone(),
            word: Localized::same(&param.name),
            symbol: String::new(),
            meaning: Localized::same(&param.name),
            range: [lo, hi],
            scale: if log { Scale::Log } else { Scale::Linear },
            zero,
            limits: Limits::ALL,
            default: d,
        }
    }
}

/// How an optimizer steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// By a rule of the language.
    Rule {
        /// The text.
        source: String,
        /// The same, read.
        rule: Rule,
    },
    /// By a method of its own.
    Native(Native),
}

/// An optimizer of the catalogue, or one that was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerSpec {
    /// `framework/name`, or a plain name for the native methods.
    pub id: String,
    /// What people call it.
    pub name: Localized,
    /// Its convention (where ε stands, what is corrected, where the rate is) and its source.
    pub note: Localized,
    /// Its framework's name for the learning rate: the name of the first hyperparameter.
    pub rate: String,
    /// What can be set; the first is the rate.
    pub hyperparameters: Vec<Hyperparameter>,
    /// Pairs of hyperparameters of which the first must not exceed the second.
    pub ordered: Vec<[usize; 2]>,
    /// How it steps.
    pub method: Method,
}

impl OptimizerSpec {
    /// The framework whose definition this is (`torch` …); none for native and typed ones.
    pub fn framework(&self) -> Option<&str> {
        self.id.split_once('/').map(|(framework, _)| framework)
    }

    /// The place of a hyperparameter by name. `lr` is the rate, whatever the framework calls it.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        let own = self.hyperparameters.iter().position(|h| h.name == name);
        own.or_else(|| (name == "lr" && !self.hyperparameters.is_empty()).then_some(0))
    }

    /// The place of the hyperparameter that a schedule of the momentum moves: `momentum`, else the first `beta`.
    pub fn momentum_index(&self) -> Option<usize> {
        const NAMES: [&str; 4] = ["momentum", "beta1", "beta_1", "b1"];
        NAMES.iter().find_map(|name| self.hyperparameters.iter().skip(1).position(|h| h.name == *name)).map(|at| at + 1)
    }

    /// The default settings, one per hyperparameter.
    pub fn defaults(&self) -> Vec<f64> {
        self.hyperparameters.iter().map(|h| h.default).collect()
    }

    /// How many lines its rule has; none for native methods.
    pub fn line_count(&self) -> usize {
        match &self.method {
            Method::Rule { rule, .. } => rule.lines.len(),
            Method::Native(_) => 0,
        }
    }

    /// The text of the rule; none for native methods.
    pub fn source(&self) -> Option<&str> {
        match &self.method {
            Method::Rule { source, .. } => Some(source),
            Method::Native(_) => None,
        }
    }

    /// A rule with `lr` and what its own `param` lines declare.
    pub(super) fn typed<'a>(
        name: Localized,
        note: Localized,
        known: impl Fn(&str) -> Option<&'a Hyperparameter>,
        source: &str,
        rule: Rule,
    ) -> Self {
        let mut hyperparameters: Vec<Hyperparameter> = known("lr").cloned().into_iter().collect();
        hyperparameters.extend(rule.params.iter().map(|param| Hyperparameter::typed(param, known(&param.name))));
        let method = Method::Rule { source: source.to_owned(), rule };
        let rate = "lr".to_owned();
        Self { id: "typed".to_owned(), name, note, rate, hyperparameters, ordered: Vec::new(), method }
    }
}
