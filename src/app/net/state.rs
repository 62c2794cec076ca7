//! What is the window's own of the network laboratory: folds, hover, brush. Nothing here decides a training.

use std::collections::BTreeSet;

use egui::TextureHandle;

use super::views::{Landscape, Race};
use crate::app::theme::ThemeName;
use crate::session::NetSlice;
use crate::session::net::Neuron;

/// A part of the left panel that folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::app) enum NetSection {
    /// What is learned from.
    Data,
    /// The layers.
    Layers,
    /// The loss and what is beside it.
    Loss,
    /// The update rule.
    Optimizer,
}

/// The window's own state.
pub(in crate::app) struct NetState {
    /// Which parts of the left panel are folded.
    pub folded: BTreeSet<NetSection>,
    /// The neuron under the pointer.
    pub hover: Option<Neuron>,
    /// The weight under the pointer: its place among the parameters.
    pub hover_weight: Option<usize>,
    /// The weight or bias that is being dragged, with its value when it was taken up.
    pub dragged: Option<(usize, f64)>,
    /// The class that the brush paints, of points of one's own; it wipes them off beyond the last class.
    pub brush: Option<usize>,
    /// Where the brush was last, in points of the screen.
    pub stroke: Option<egui::Pos2>,
    /// The pictures of the rows that are told wrongly, and what they were made for.
    pub wrong: Option<((u64, ThemeName, usize), TextureHandle)>,
    /// The loss around the weights.
    pub landscape: Landscape,
    /// A slice that is to be opened in the other laboratory.
    pub slice: Option<Box<NetSlice>>,
    /// The race of optimizers.
    pub race: Race,
    /// The place under the pointer in the picture of the output.
    pub place: Option<[f64; 2]>,
    /// The entry of the catalogue that the rule was last: the way back from one's own.
    pub origin: Option<String>,
}

impl NetState {
    /// `at_once` where the work in the background is to be done in the frame that asks.
    pub(in crate::app) fn new(at_once: bool) -> Self {
        Self {
            folded: BTreeSet::new(),
            hover: None,
            hover_weight: None,
            dragged: None,
            brush: None,
            stroke: None,
            wrong: None,
            landscape: Landscape::new(at_once),
            slice: None,
            race: Race::new(at_once),
            place: None,
            origin: None,
        }
    }
}
