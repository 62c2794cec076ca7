//! Errors, outcomes and steps as sentences with their numbers, in the chosen language.

mod schedule;

pub use schedule::schedule_problem;
