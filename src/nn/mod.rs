//! Nets of dense layers: what they are made of, and how they are trained.
//!
//! A net is an [`Architecture`] and one flat vector of parameters. Its loss over rows of a [`Dataset`] is a graph of the
//! core, so is its gradient, and the update is a rule of `optim`: no derivative is written by hand here. The room draws no
//! data from files, knows no clock and starts no thread.

mod activation;
mod architecture;
pub mod data;
mod dataset;
mod initializer;
mod loss;
mod name;
mod precision;
mod rows;
mod settings;
mod targets;

pub use activation::Activation;
pub use architecture::{Architecture, ArchitectureError, Layer};
pub use dataset::{Dataset, Features, Split, Targets, Values};
pub use initializer::Initializer;
pub use loss::{Loss, Penalty};
pub use name::{NameError, NameKind};
pub use precision::{Precision, Real};
pub use settings::Recipe;
pub use targets::{Reading, TargetError};
