//! One training: the same in either precision. Deterministic: equal beginnings give equal bits.

use std::sync::Arc;

use super::architecture::Architecture;
use super::checkpoint::Checkpoint;
use super::dataset::Dataset;
use super::deal::Place;
use super::engine::Engine;
use super::error::{Stop, TrainingError};
use super::measure::Measure;
use super::precision::Precision;
use super::settings::Recipe;
use crate::num::crew::Crew;

/// What a step was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchStep {
    /// The loss of the batch before its update, penalty included.
    pub loss: f64,
    /// The learning rate of the update.
    pub rate: f64,
    /// How many rows the batch had; 0 where the training had stopped.
    pub rows: usize,
}

/// A net being trained on data, one mini-batch at a time.
///
/// ```
/// # use std::sync::Arc;
/// use downhill::nn::*;
/// # fn run() -> Option<()> {
/// let layers = vec![Layer { units: 4, activation: Activation::Tanh }, Layer { units: 1, activation: Activation::Linear }];
/// let net = Architecture { inputs: 1, layers };
/// let weights = Initializer::default().parameters(&net, 0);
/// let names = vec!["x".to_owned()];
/// let features = Features { names, values: Values::Numbers(vec![-1.0, 0.0, 1.0]) };
/// let data = Arc::new(Dataset { features, targets: Targets::Numbers { cols: 1, values: vec![1.0, 0.0, 1.0] } });
/// let recipe = Recipe::new(Loss::Mse, downhill::optim::find("adam").ok()?);
/// let mut training = Training::new(&net, &weights, data.clone(), &recipe, Precision::F32).ok()?;
/// let before = training.measure(&data).loss;
/// (0..100).for_each(|_| _ = training.step());
/// assert!(training.measure(&data).loss < before);
/// # Some(())
/// # }
/// # assert!(run().is_some());
/// ```
pub struct Training {
    inner: Inner,
}

enum Inner {
    F32(Box<Engine<f32>>),
    F64(Box<Engine<f64>>),
}

/// Calls a method of whichever engine it is.
macro_rules! engine {
    ($self:ident, $engine:ident => $call:expr) => {
        match &$self.inner {
            Inner::F32($engine) => $call,
            Inner::F64($engine) => $call,
        }
    };
    (mut $self:ident, $engine:ident => $call:expr) => {
        match &mut $self.inner {
            Inner::F32($engine) => $call,
            Inner::F64($engine) => $call,
        }
    };
}

impl Training {
    /// A training that has made no step. The weights lie as [`Architecture`] says.
    ///
    /// # Errors
    /// What is wrong with the net, the data or the recipe.
    pub fn new(
        architecture: &Architecture,
        weights: &[f64],
        data: Arc<Dataset>,
        recipe: &Recipe,
        precision: Precision,
    ) -> Result<Self, TrainingError> {
        let inner = match precision {
            Precision::F32 => Inner::F32(Box::new(Engine::new(architecture, weights, data, recipe)?)),
            Precision::F64 => Inner::F64(Box::new(Engine::new(architecture, weights, data, recipe)?)),
        };
        Ok(Self { inner })
    }

    /// Goes on with another recipe. The optimizer's states stay where it is the same optimizer; another size of batch begins a
    /// new epoch; the schedule says its rate for the number of the step.
    ///
    /// # Errors
    /// What is wrong with it. Nothing is changed then.
    pub fn set_recipe(&mut self, recipe: &Recipe) -> Result<(), TrainingError> {
        engine!(mut self, engine => engine.set_recipe(recipe))
    }

    /// Splits each batch into so many parts, which [`Training::step_with`] computes at once. The bits depend on the number of
    /// parts, not on that of threads; 1 unless it is said.
    pub fn set_parts(&mut self, parts: usize) {
        engine!(mut self, engine => engine.set_parts(parts));
    }

    /// Makes a step: one mini-batch. Does nothing once the training has stopped.
    pub fn step(&mut self) -> BatchStep {
        engine!(mut self, engine => engine.step(None))
    }

    /// The same on a crew, which shares the parts of the batch.
    pub fn step_with(&mut self, crew: Crew<'_>) -> BatchStep {
        engine!(mut self, engine => engine.step(Some(crew)))
    }

    /// Where it is.
    pub fn place(&self) -> Place {
        engine!(self, engine => engine.place())
    }

    /// Why it has stopped: the first value that is not finite.
    pub fn stopped(&self) -> Option<Stop> {
        engine!(self, engine => engine.stopped())
    }

    /// Copies the weights.
    pub fn weights(&self, out: &mut Vec<f64>) {
        engine!(self, engine => engine.weights(out));
    }

    /// Replaces the weights; the optimizer's states stay.
    pub fn set_weights(&mut self, weights: &[f64]) {
        engine!(mut self, engine => engine.set_weights(weights));
    }

    /// The states of the optimizer by the names of its rule: one number, or one a parameter.
    pub fn states(&self) -> Vec<(String, Vec<f64>)> {
        engine!(self, engine => engine.states())
    }

    /// Everything that it takes to go on from here exactly.
    pub fn checkpoint(&self) -> Checkpoint {
        engine!(self, engine => engine.checkpoint())
    }

    /// Goes back to a checkpoint of this training.
    pub fn restore(&mut self, checkpoint: &Checkpoint) {
        engine!(mut self, engine => engine.restore(checkpoint));
    }

    /// How well the net does on data, all rows of them, without dropped neurons. Nan where the loss cannot read them.
    pub fn measure(&mut self, data: &Dataset) -> Measure {
        engine!(mut self, engine => engine.measure(data))
    }

    /// The gradient of the loss over all its data, penalty included, without dropped neurons.
    pub fn gradient(&mut self) -> Vec<f64> {
        engine!(mut self, engine => engine.gradient(None))
    }
}
