//! The network laboratory's session: the document (all that decides a training and its picture), the commands (the only
//! way to change it), and what follows from it: data, architecture, first weights, and the program of the training.
//!
//! The training itself is a [`Tape`], a value that somebody advances elsewhere; what it has come to is told to the
//! session by [`NetSession::reached`]. Like its sibling of the surfaces the session knows no window, no clock and no file.

mod command;
mod curve;
mod document;
mod edit;
mod picture;
mod program;
mod refusal;
mod resolve;
mod state;
mod suit;
mod tape;
mod undo;

pub use command::NetCommand;
pub use curve::{Curve, CurvePoint};
pub use document::{NetDocument, NetLeg, NetRecipe, NetTransport, PHASES, Speed, WeightEdit};
pub use picture::{NetPicture, NetView, Neuron, SliceChoice};
pub use program::{Program, ProgramLeg};
pub use refusal::NetRefusal;
pub use state::{NetDrafts, NetSession};
pub use suit::{fitting_losses, output_for, racers};
pub use tape::Tape;
