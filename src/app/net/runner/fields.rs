//! What the neurons answer over a plane of inputs (or over a line), at a bounded number of places.

use std::sync::Arc;

use crate::nn::Forward;
use crate::session::net::Program;

/// Places along a side for every neuron.
pub(in crate::app) const FIELD: usize = 36;
/// Places along a side for the output; along a line, a multiple of it.
pub(in crate::app) const OUTPUT: usize = 96;

/// Places at which answers are wanted: rows of what the net is given, for the small fields and for the large one.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Grid {
    /// The range of the first input, and of the second; none where there is one input.
    pub ranges: (/* x */ [f64; 2], /* y */ Option<[f64; 2]>),
    /// `places × inputs` of the net, row by row from the bottom, for each neuron's field.
    pub small: Vec<f64>,
    /// The same for the output's field.
    pub large: Vec<f64>,
    /// Inputs of the net.
    pub inputs: usize,
}

/// The answers.
pub(in crate::app) struct Fields {
    /// Where.
    pub grid: Arc<Grid>,
    /// For each layer, `places × units` of the small field; the inputs are layer 0.
    pub layers: Vec<Vec<f32>>,
    /// `places × outputs` of the large field: the answers of the output layer, as they are.
    pub output: Vec<f32>,
}

/// The answers of a net with these weights.
pub(in crate::app::net) fn fields_of(program: &Program, weights: &[f64], grid: &Arc<Grid>) -> Fields {
    let mut forward = Forward::new(&program.architecture, program.precision);
    Fields::of(&mut forward, program, weights, grid)
}

impl Fields {
    /// Asks the net of a program with these weights.
    pub(super) fn of(forward: &mut Forward, program: &Program, weights: &[f64], grid: &Arc<Grid>) -> Self {
        let narrow = |values: &[f64]| values.iter().map(|value| *value as f32).collect::<Vec<f32>>();
        let mut layers = vec![narrow(&grid.small)];
        layers.extend(forward.layers(weights, &grid.small).iter().map(|layer| narrow(&layer.activations)));
        let output = narrow(forward.outputs(weights, &grid.large));
        debug_assert_eq!(layers.len(), program.architecture.layers.len() + 1);
        Self { grid: grid.clone(), layers, output }
    }
}
