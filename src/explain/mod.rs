//! Errors, outcomes and steps as sentences with their numbers, in the chosen language.
//!
//! Everywhere else what is wrong is data; here it gets its words. Sentences begin small and have no period, so that they
//! can stand after a place (`1:5: …`) as well as under a box.

mod candidate;
mod dataset;
mod diagnostic;
mod message;
mod net;
mod number;
mod outcome;
mod refusal;
mod schedule;
mod stall;
mod table;
mod tensors;
mod worked;

pub use candidate::candidate;
pub use dataset::{csv, data, idx, notice, task, unknown_dataset};
pub use diagnostic::diagnostic;
pub use message::Message;
pub use net::{name, net_refusal, stop, training};
pub use number::{brief, number, shortest, steady};
pub use outcome::{outcome, reason_id};
pub use refusal::{refusal, setting, spec, unknown_optimizer, unknown_surface};
pub use schedule::schedule_problem;
pub use stall::stall;
pub use table::table;
pub use tensors::tensors;
pub use worked::{WorkedLine, tuple, worked, worked_weight};
