//! One ball: its exact history, why it stopped, a race of many. Knows objectives and optimizers, but no surface.

mod noise;
mod outcome;

pub use noise::Noise;
pub use outcome::StopRule;
