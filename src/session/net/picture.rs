//! How the net is looked at.

use crate::session::Scale;

/// A neuron: its layer, 0 for the inputs, and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Neuron {
    /// The layer; 0 are the inputs, the last one is the output.
    pub layer: usize,
    /// The unit within the layer, from 0.
    pub unit: usize,
}

/// What the middle shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NetView {
    /// The net as a diagram, with what each neuron answers.
    #[default]
    Net,
    /// What the net answers over the plane of two inputs, or over one.
    Output,
    /// The training loop, step by step.
    Loop,
    /// One row followed through, and the naive way to a derivative.
    Sample,
    /// How the numbers of the layers are spread.
    Spread,
    /// What is taken for what.
    Confusion,
    /// How a hidden layer bends the plane.
    Space,
    /// The loss around the present weights.
    Landscape,
    /// Optimizers from the same first weights over the same mini-batches.
    Race,
}

/// Which slice of the loss is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SliceChoice {
    /// Along the directions in which the path went most; else along two random ones.
    pub path: bool,
    /// Which random ones.
    pub seed: u64,
}

impl NetView {
    /// In the order of the switch.
    pub const ALL: [Self; 9] = [
        Self::Net,
        Self::Output,
        Self::Loop,
        Self::Sample,
        Self::Spread,
        Self::Confusion,
        Self::Space,
        Self::Landscape,
        Self::Race,
    ];

    /// The name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Net => "net",
            Self::Output => "output",
            Self::Loop => "loop",
            Self::Sample => "sample",
            Self::Spread => "spread",
            Self::Confusion => "confusion",
            Self::Space => "space",
            Self::Landscape => "landscape",
            Self::Race => "race",
        }
    }

    /// The view of a name.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }
}

/// How the net is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct NetPicture {
    /// What the middle shows.
    pub view: NetView,
    /// The neuron whose numbers are shown.
    pub neuron: Option<Neuron>,
    /// The weight or bias whose numbers are shown: its place among the parameters.
    pub weight: Option<usize>,
    /// The row of the training data that is followed through.
    pub sample: usize,
    /// The scale of the loss curve.
    pub losses: Scale,
    /// Whether the points of the test data are drawn.
    pub test_points: bool,
    /// Whether answers are shown as decisions.
    pub discrete: bool,
    /// Which slice of the loss is seen.
    pub slice: SliceChoice,
}

impl Default for NetPicture {
    fn default() -> Self {
        Self {
            view: NetView::default(),
            neuron: None,
            weight: None,
            sample: 0,
            losses: Scale::Linear,
            test_points: false,
            discrete: false,
            slice: SliceChoice::default(),
        }
    }
}
