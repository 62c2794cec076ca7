//! Descents: one ball with its exact history and the reason why it stopped, and races of many.
//!
//! A [`Descent`] is made of a [`Spec`] and grows row by row. Its history is exact: equal specs give equal bits, any row
//! can be read, any state be gone on from. It knows objectives, optimizers and schedules, but no surface, no time and no
//! screen.

mod anatomy;
mod ball;
mod cause;
mod fleet;
mod history;
pub mod judge;
pub mod map;
mod noise;
mod outcome;
mod race;
mod spec;
mod stability;
mod stall;
mod tune;

pub use anatomy::{Anatomy, Part, Probe};
pub use ball::Descent;
pub use fleet::{Fleet, FleetState, Variety};
pub use history::Row;
pub use noise::Noise;
pub use outcome::{Cause, Outcome, Quantity, Reason, Sign, StopRule};
pub use race::{Race, Standing, standings};
pub use spec::{MAX_BYTES, MAX_STEPS, Spec, SpecError};
pub use stability::{Character, Contraction};
pub use stall::Stall;
pub use tune::{Trial, Tuning, tune};
