//! Looking into a net: one row followed through it, derivatives the naive way beside the exact one, slices of the loss,
//! its sharpness, how weights, activations and gradients are spread, and what it takes for what.
//!
//! Everything here is a pure function of a net, its weights and data; what takes long says how far it is and can be given
//! up by a closure, and what can use several threads takes a crew.

mod judge;
mod loss;
mod naive;
mod objective;
mod plane;
mod product;
mod sharpness;
mod slice;
mod spread;
mod step;
mod trace;

pub use judge::{Confusion, Judged, Wrong, judge};
pub use loss::{LossSpec, NetLoss};
pub use naive::{Naive, Quotient, STEPS, naive};
pub use objective::{SliceError, SliceObjective};
pub use plane::{Plane, PlaneError};
pub use sharpness::{Effort, Sharpness, sharpness};
pub use slice::{Slice, SliceSpec, draw_slice};
pub use spread::{Histogram, LayerSpread, Spread, spread};
pub use step::{Told, WeightState, WeightStep, weight_step};
pub use trace::{Trace, TracedLayer, trace};
