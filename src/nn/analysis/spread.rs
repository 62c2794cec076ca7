//! How the numbers of a net are spread, layer by layer: weights, activations, gradients. Vanishing and exploding gradients
//! and neurons that never fire are seen here.

use super::super::architecture::Architecture;
use super::super::forward::LayerValues;
use crate::num::linalg::norm;

/// How many numbers lie where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// From where to where the bins go, evenly.
    pub range: [f64; 2],
    /// How many numbers lie in each bin; the last one has its upper end, too.
    pub counts: Vec<u32>,
    /// How many numbers are not finite, and lie in no bin.
    pub broken: u32,
    /// The mean of the finite ones; nan where there are none.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
}

impl Histogram {
    /// Counts numbers in so many bins between the least and the largest of them.
    pub fn new(values: &[f64], bins: usize) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let range = match low < high {
            true => [low, high],
            // All alike: in the middle of a range that shows it.
            false if low.is_finite() => [low - 0.5, low + 0.5],
            false => [0.0, 1.0],
        };
        Self::within(values, range, bins)
    }

    /// Counts numbers in so many bins of a range; what lies outside counts at its ends.
    pub fn within(values: &[f64], range: [f64; 2], bins: usize) -> Self {
        let (mut counts, mut broken) = (vec![0_u32; bins.max(1)], 0);
        let (mut sum, mut count) = (0.0, 0.0);
        let last = counts.len() - 1;
        for &value in values {
            if !value.is_finite() {
                broken += 1;
                continue;
            }
            let share = (value - range[0]) / (range[1] - range[0]);
            let at = ((share * counts.len() as f64).max(0.0) as usize).min(last);
            counts[at] += 1;
            sum += value;
            count += 1.0;
        }
        let mean = sum / count;
        let finite = values.iter().filter(|value| value.is_finite());
        let deviation = (finite.map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt();
        Self { range, counts, broken, mean, deviation }
    }
}

/// One layer's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerSpread {
    /// The weights, without the biases.
    pub weights: Histogram,
    /// The activations of all rows.
    pub activations: Histogram,
    /// The derivatives by the weights.
    pub gradients: Histogram,
    /// The length of the weights together.
    pub weight_norm: f64,
    /// The length of the gradient by weights and biases together.
    pub gradient_norm: f64,
    /// How many neurons say the same for all rows: they tell nothing, and of a rectifier nothing moves them.
    pub silent: usize,
}

/// All layers' numbers, from the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The layers.
    pub layers: Vec<LayerSpread>,
}

/// The numbers of a net: its weights, the gradient by them, and what its layers make of some rows
/// ([`crate::nn::Forward::layers`]).
pub fn spread(
    architecture: &Architecture,
    weights: &[f64],
    gradient: &[f64],
    values: &[LayerValues],
    bins: usize,
) -> Spread {
    let part = |all: &[f64], range: std::ops::Range<usize>| all.get(range).unwrap_or_default().to_vec();
    let layer = |(k, layer): (usize, &super::super::architecture::Layer)| {
        let (weight, bias) = (architecture.weight(k), architecture.bias(k));
        let own = part(weights, weight.clone());
        let activations = values.get(k).map_or(&[][..], |values| &values.activations);
        let units = layer.units.max(1);
        let silent = |unit: &usize| {
            let mut said = activations.iter().skip(*unit).step_by(units);
            let first = said.next();
            said.clone().next().is_some() && said.all(|value| Some(value) == first)
        };
        LayerSpread {
            weights: Histogram::new(&own, bins),
            activations: Histogram::new(activations, bins),
            gradients: Histogram::new(&part(gradient, weight.clone()), bins),
            weight_norm: norm(&own),
            gradient_norm: norm(&part(gradient, weight.start..bias.end)),
            silent: (0..layer.units).filter(silent).count(),
        }
    };
    Spread { layers: architecture.layers.iter().enumerate().map(layer).collect() }
}
