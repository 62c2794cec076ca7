//! Nets of dense layers: what they are made of, and how they are trained.
//!
//! A net is an [`Architecture`] and one flat vector of parameters. Its loss over rows of a [`Dataset`] is a graph of the
//! core, so is its gradient, and the update is a rule of `optim`: no derivative is written by hand here. The room draws no
//! data from files, knows no clock and starts no thread.

mod activation;
pub mod analysis;
mod architecture;
mod checkpoint;
pub mod data;
mod dataset;
mod deal;
mod dropout;
mod engine;
mod error;
mod forward;
mod initializer;
mod loss;
mod measure;
mod model;
mod name;
mod net;
mod pass;
mod precision;
mod rows;
mod settings;
mod share;
mod targets;
mod tensors;
mod together;
mod training;
mod update;

pub use activation::Activation;
pub use architecture::{Architecture, ArchitectureError, Layer};
pub use checkpoint::{Checkpoint, Numbers};
pub use dataset::{Dataset, Features, Split, Targets, Values};
pub use deal::Place;
pub use error::{Broken, Stop, TrainingError};
pub use forward::{Forward, LayerValues};
pub use initializer::Initializer;
pub use loss::{Loss, Penalty};
pub use measure::Measure;
pub use model::to_json;
pub use name::{NameError, NameKind};
pub use precision::{Precision, Real};
pub use settings::Recipe;
pub use targets::{Reading, TargetError};
pub use tensors::{TensorsError, from_safetensors, to_safetensors};
pub use training::{BatchStep, Training};
