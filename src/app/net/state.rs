//! What is the window's own of the network laboratory: folds, hover, brush. Nothing here decides a training.

use std::collections::BTreeSet;

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
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct NetState {
    /// Which parts of the left panel are folded.
    pub folded: BTreeSet<NetSection>,
    /// The neuron under the pointer.
    pub hover: Option<Neuron>,
    /// The weight under the pointer: its place among the parameters.
    pub hover_weight: Option<usize>,
    /// The weight or bias that is being dragged, with its value when it was taken up.
    pub dragged: Option<(usize, f64)>,
    /// The place under the pointer in the picture of the output.
    pub place: Option<[f64; 2]>,
    /// The entry of the catalogue that the rule was last: the way back from one's own.
    pub origin: Option<String>,
}
