//! The middle of the window: the curve of one variable, the map and the relief of two.

mod approximation;
mod arrows;
mod axes;
mod batch;
mod curve;
mod ground;
mod map;
mod marks;
mod plane;
mod relief;
mod scatter;
mod spot;
mod track;

pub(super) use approximation::Approximation;
pub(super) use arrows::{ArrowKind, ArrowMark, Shaft, StepMarks};
pub(super) use axes::{frame_of, grid};
pub(super) use batch::{BatchPart, BatchScene};
pub(super) use curve::CurveScene;
pub(super) use ground::{GroundMarks, GroundPart, axis_name};
pub(super) use map::{MapScene, scale_bar};
pub(super) use plane::Plane;
pub(super) use relief::{Beads, ReliefScene, Space, beads};
pub(super) use scatter::{Fitted, ScatterScene, note as scatter_note};
pub(super) use spot::{Pane, Spot};
pub(super) use track::Track;
