//! The session: the document (all that decides a picture), the commands (the only way to change it), and what follows
//! from it: the surface, the rules and the descents.
//!
//! Views read `&Session` and return [`Command`]s. Time enters as a number of seconds that becomes a number of steps:
//! it decides how many, never which. The session knows no window, no clock and no file.

mod camera;
mod command;
mod data;
mod document;
mod draft;
mod edit;
mod fork;
mod maps;
pub mod net;
mod picture;
mod racer;
mod refusal;
mod resolve;
mod runs;
mod slice;
mod slow;
mod snippets;
mod state;
mod suit;
mod transport;
mod undo;

pub use camera::{Camera, Motion};
pub use command::Command;
pub use document::{Document, Ghost, SurfaceChoice};
pub use draft::{Draft, Drafts};
pub use maps::{MapChoice, SweepAxis, sweepable, varied_name};
pub use picture::{Layer, Picture, Scale, View};
pub use racer::{Drive, Leg, Marker, OptimizerChoice, Racer, RacerId};
pub use refusal::{Number, Refusal};
pub use slice::{NetSlice, SliceProblem};
pub use slow::Phase;
pub use snippets::{Snippet, formula_snippets, rule_snippets};
pub use state::Session;
pub use transport::Transport;
