//! Settings: one number per hyperparameter, read from text and checked. Knows which value is wrong and why, as data;
//! the words belong to `explain`.

use super::spec::{Hyperparameter, Limits, OptimizerSpec, Scale};
use crate::lang::nearest;

/// Why a setting was not accepted.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingError {
    /// The optimizer has no hyperparameter of that name.
    UnknownName {
        /// What was asked for.
        name: String,
        /// The names it has.
        known: Vec<String>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// The text is no number.
    NotANumber {
        /// The hyperparameter.
        name: String,
        /// The text.
        text: String,
    },
    /// Nan or infinite.
    NotFinite {
        /// The hyperparameter.
        name: String,
        /// The value.
        value: f64,
    },
    /// Outside what means something.
    OutOfLimits {
        /// The hyperparameter.
        name: String,
        /// The value.
        value: f64,
        /// What is accepted.
        limits: Limits,
    },
    /// A whole number is wanted.
    NotWhole {
        /// The hyperparameter.
        name: String,
        /// The value.
        value: f64,
    },
    /// `true` or `false` is wanted.
    NotASwitch {
        /// The hyperparameter.
        name: String,
        /// What was given.
        text: String,
    },
    /// Two values stand in the wrong order.
    WrongOrder {
        /// The name of what should be smaller.
        smaller: String,
        /// The name of what should be larger.
        larger: String,
    },
    /// Not one value per hyperparameter: a bug of the caller.
    WrongCount {
        /// How many hyperparameters there are.
        wanted: usize,
        /// How many values were given.
        found: usize,
    },
}

impl Hyperparameter {
    /// Whether a value means something.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, value: f64) -> Result<(), SettingError> {
        let name = || self.name.clone();
        if !value.is_finite() {
            return Err(SettingError::NotFinite { name: name(), value });
        }
        match self.scale {
            Scale::Switch if value != 0.0 && value != 1.0 => {
                Err(SettingError::NotASwitch { name: name(), text: value.to_string() })
            }
            Scale::Integer if value.fract() != 0.0 => Err(SettingError::NotWhole { name: name(), value }),
            _ if !self.limits.contain(value) => {
                Err(SettingError::OutOfLimits { name: name(), value, limits: self.limits })
            }
            _ => Ok(()),
        }
    }

    /// The value that a text says: a number, or `true` or `false` for a switch.
    ///
    /// # Errors
    /// If the text says no such value, or one that [`Hyperparameter::check`] does not accept.
    pub fn parse(&self, text: &str) -> Result<f64, SettingError> {
        let text = text.trim();
        let value = match (self.scale, text) {
            (Scale::Switch, "true") => 1.0,
            (Scale::Switch, "false") => 0.0,
            (scale, _) => text.parse::<f64>().map_err(|_| {
                let (name, text) = (self.name.clone(), text.to_owned());
                if scale == Scale::Switch {
                    SettingError::NotASwitch { name, text }
                } else {
                    SettingError::NotANumber { name, text }
                }
            })?,
        };
        self.check(value).map(|()| value)
    }
}

impl OptimizerSpec {
    /// Changes one setting, `name=text` on the command line.
    ///
    /// # Errors
    /// If there is no such name, or the text says no value that the hyperparameter accepts. Nothing is changed then.
    pub fn set(&self, settings: &mut [f64], name: &str, text: &str) -> Result<(), SettingError> {
        let known = || self.hyperparameters.iter().map(|h| h.name.clone()).collect::<Vec<_>>();
        let index = self.index_of(name).ok_or_else(|| SettingError::UnknownName {
            name: name.to_owned(),
            known: known(),
            suggestion: nearest(name, self.hyperparameters.iter().map(|h| h.name.as_str())),
        })?;
        let value = self.hyperparameters[index].parse(text)?;
        let wrong = SettingError::WrongCount { wanted: self.hyperparameters.len(), found: settings.len() };
        *settings.get_mut(index).ok_or(wrong)? = value;
        Ok(())
    }

    /// Whether settings mean something, one by one and together.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, settings: &[f64]) -> Result<(), SettingError> {
        if settings.len() != self.hyperparameters.len() {
            let (wanted, found) = (self.hyperparameters.len(), settings.len());
            return Err(SettingError::WrongCount { wanted, found });
        }
        for (hyperparameter, &value) in self.hyperparameters.iter().zip(settings) {
            hyperparameter.check(value)?;
        }
        for &[small, large] in &self.ordered {
            if settings[small] > settings[large] {
                let [smaller, larger] = [small, large].map(|k| self.hyperparameters[k].name.clone());
                return Err(SettingError::WrongOrder { smaller, larger });
            }
        }
        Ok(())
    }
}
