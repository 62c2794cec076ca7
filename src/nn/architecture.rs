//! Architectures: how many layers, how wide, with which activations, and where each parameter lies.

use std::ops::Range;

use super::activation::Activation;

/// A dense layer: `activation(W input + b)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// How many outputs it has.
    pub units: usize,
    /// What it makes of its sums.
    pub activation: Activation,
}

/// A stack of dense layers; the last one is the output.
///
/// One flat vector holds all parameters: for each layer its weight, `[out, in]` row-major, then its bias, `[out]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Architecture {
    /// How many inputs the first layer has.
    pub inputs: usize,
    /// The layers.
    pub layers: Vec<Layer>,
}

/// Why there is no such net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchitectureError {
    /// There are no inputs.
    #[error("a net needs an input")]
    NoInputs,
    /// There is no output layer.
    #[error("a net needs an output layer")]
    NoLayers,
    /// A layer has no units.
    #[error("layer {layer} has no units")]
    NoUnits {
        /// Which layer, from 0.
        layer: usize,
    },
    /// More parameters than a net may have.
    #[error("more than {limit} parameters")]
    TooLarge {
        /// How many it may have.
        limit: usize,
    },
}

impl Architecture {
    /// The most parameters of a net.
    pub const MAX_PARAMETERS: usize = 1 << 28;

    /// How many outputs it has.
    pub fn outputs(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.units)
    }

    /// How many inputs a layer has.
    pub fn inputs_of(&self, layer: usize) -> usize {
        layer.checked_sub(1).and_then(|before| self.layers.get(before)).map_or(self.inputs, |before| before.units)
    }

    /// How many parameters it has.
    pub fn parameters(&self) -> usize {
        self.offset(self.layers.len())
    }

    /// Where a layer's weight lies, row by row.
    pub fn weight(&self, layer: usize) -> Range<usize> {
        let from = self.offset(layer);
        from..from + self.inputs_of(layer) * self.units_of(layer)
    }

    /// Where a layer's bias lies.
    pub fn bias(&self, layer: usize) -> Range<usize> {
        let from = self.weight(layer).end;
        from..from + self.units_of(layer)
    }

    /// Whether there can be such a net.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), ArchitectureError> {
        if self.inputs == 0 {
            return Err(ArchitectureError::NoInputs);
        }
        if self.layers.is_empty() {
            return Err(ArchitectureError::NoLayers);
        }
        if let Some(layer) = self.layers.iter().position(|layer| layer.units == 0) {
            return Err(ArchitectureError::NoUnits { layer });
        }
        let mut count = 0_usize;
        for (k, layer) in self.layers.iter().enumerate() {
            let own = layer.units.saturating_mul(self.inputs_of(k).saturating_add(1));
            count = count.saturating_add(own);
        }
        let limit = Self::MAX_PARAMETERS;
        if count > limit { Err(ArchitectureError::TooLarge { limit }) } else { Ok(()) }
    }

    fn units_of(&self, layer: usize) -> usize {
        self.layers.get(layer).map_or(0, |layer| layer.units)
    }

    fn offset(&self, layer: usize) -> usize {
        (0..layer).map(|k| self.units_of(k) * (self.inputs_of(k) + 1)).sum()
    }
}
