//! The place under the pointer, marked in the other view as well.

/// Which of two linked views the pointer is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Pane {
    /// The map.
    Map,
    /// The relief.
    Relief,
}

/// The place under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Spot {
    /// In the data.
    pub place: [f64; 2],
    /// Where the pointer is.
    pub pane: Pane,
    /// The loss there, in words.
    pub words: String,
}
