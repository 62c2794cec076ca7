//! Optimizers: what turns a slope into a step.
//!
//! Most are text: an entry of `assets/optimizers.toml` declares an update rule in the language and the hyperparameters
//! it reads, and the core compiles it. Adding one is adding an entry there. What no rule can say (Hessians, line
//! searches, simplices) is a native method, declared in the same file. [`find`] gives an [`OptimizerSpec`], [`bind`]
//! joins it with settings and an objective to a [`Stepper`], which maps one [`State`] to the next.
//!
//! An optimizer does not know surfaces, schedules, noise or history: it is given the loss, the gradient and the rate.
//!
//! ```no_run
//! # use std::sync::Arc;
//! use downhill::objective::{Evaluator, Objective};
//! use downhill::optim::{Eval, bind, find};
//! # fn run(objective: Arc<dyn Objective>) -> Option<()> {
//! let adam = find("adam").ok()?;
//! let mut stepper = bind(adam, &adam.defaults(), objective.clone()).ok()?;
//! let mut state = stepper.start(&[1.0, -1.0], 0.1);
//! let mut evaluator = Evaluator::new(objective);
//! let mut at = Eval { loss: 0.0, gradient: vec![0.0; 2] };
//! at.loss = evaluator.gradient(&state.w, &mut at.gradient);
//! stepper.step(&mut state, &at, 0.1);
//! # Some(())
//! # }
//! ```

mod catalogue;
mod line_search;
mod native;
mod own;
mod rule;
mod setting;
mod spec;
mod stepper;

use std::sync::Arc;

use crate::lang::Diagnostic;
use crate::objective::Objective;

pub use catalogue::{Catalogue, CatalogueError, UnknownId, built_in, catalogue, find};
pub use native::Native;
pub use rule::{
    ColumnInputs, StepInputs, StepNodes, add_column_start, add_column_step, add_start, add_step, rule_slots,
};
pub use setting::SettingError;
pub use spec::{Hyperparameter, Limits, Method, OptimizerSpec, Scale};
pub use stepper::{Eval, Line, Pace, Slot, State, Stepper};

/// Why an optimizer cannot be bound.
#[derive(Clone, Debug, PartialEq)]
pub enum BindError {
    /// A setting means nothing.
    Setting(SettingError),
    /// The rule cannot be compiled.
    Rule(Diagnostic),
}

impl OptimizerSpec {
    /// The optimizer of a typed rule: `lr` and what its `param` lines declare are its hyperparameters.
    ///
    /// # Errors
    /// What is wrong with the text, with places and cures.
    pub fn from_rule(text: &str) -> Result<Self, Vec<Diagnostic>> {
        built_in().map_or(Err(Vec::new()), |catalogue| catalogue.typed(text))
    }
}

/// An optimizer with its settings (one per hyperparameter, the rate first) for an objective.
///
/// # Errors
/// If the settings mean nothing. A rule of the catalogue always compiles.
pub fn bind(
    spec: &OptimizerSpec,
    settings: &[f64],
    objective: Arc<dyn Objective>,
) -> Result<Box<dyn Stepper>, BindError> {
    bind_rule(spec, settings, objective, None)
}

/// The same for a schedule that moves the momentum: the hyperparameter of [`OptimizerSpec::momentum_index`] is an argument
/// of each step ([`Pace`]), and its setting holds where none is given. An optimizer without one is bound as ever.
///
/// # Errors
/// As [`bind`].
pub fn bind_moving(
    spec: &OptimizerSpec,
    settings: &[f64],
    objective: Arc<dyn Objective>,
) -> Result<Box<dyn Stepper>, BindError> {
    let moved = spec.momentum_index().and_then(|index| spec.hyperparameters.get(index));
    bind_rule(spec, settings, objective, moved.map(|hyper| hyper.name.as_str()))
}

fn bind_rule(
    spec: &OptimizerSpec,
    settings: &[f64],
    objective: Arc<dyn Objective>,
    moved: Option<&str>,
) -> Result<Box<dyn Stepper>, BindError> {
    spec.check(settings).map_err(BindError::Setting)?;
    match &spec.method {
        Method::Rule { rule, .. } => {
            let names = spec.hyperparameters.iter().map(|h| h.name.as_str());
            let settings: Vec<(&str, f64)> = names.zip(settings.iter().copied()).skip(1).collect();
            let dimension = objective.dimension();
            let stepper = rule::RuleStepper::new(rule, dimension, &settings, moved).map_err(BindError::Rule)?;
            Ok(Box::new(stepper))
        }
        Method::Native(native) => Ok(native.stepper(settings.get(1..).unwrap_or_default(), objective)),
    }
}
