//! Downhill: a laboratory for gradient descent.
//!
//! Everything that a person can look at is text in one small language ([`lang`]), differentiated by one core
//! ([`autodiff`]): loss surfaces, update rules, schedules. The rooms below stand in reading order; a room imports only
//! rooms above it (`tests/suite/tidy.rs` holds that line). ARCHITECTURE.md says why.

pub mod num;

pub mod i18n;

pub mod font;

pub mod autodiff;

pub mod lang;

pub mod objective;

pub mod surface;

pub mod optim;

pub mod schedule;

pub mod nn;

pub mod descent;

pub mod session;

pub mod chart;

pub mod scene;

pub mod explain;

pub mod scenario;

pub mod file;

pub mod figure;

pub mod cli;

#[cfg(feature = "window")]
pub mod app;
