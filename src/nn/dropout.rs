//! Dropped neurons: which hidden activations a step leaves out, a function of (seed, step, row, unit).

use super::precision::Real;
use crate::num::stream::{Purpose, Stream};

/// Which neurons a step drops. Inverted dropout: those that stay are raised by `1/(1 − p)`, so nothing is scaled when the net
/// is only looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dropout {
    share: f64,
    seed: u64,
}

impl Dropout {
    /// That of a step of a run. Each step has a stream of its own, so that each row of its batch has a vector in it.
    pub(super) fn new(share: f64, seed: u64, step: u64) -> Self {
        // Weyl's sequence of the golden ratio keeps the seeds of neighboring steps apart.
        Self { share, seed: seed.wrapping_add(step.wrapping_mul(0x9E37_79B9_7F4A_7C15)) }
    }

    /// Writes the masks of the hidden layers for `rows` rows of a batch from `first` on.
    pub(super) fn fill<T: Real>(self, first: usize, rows: usize, masks: &mut [Vec<T>]) {
        let mut stream = Stream::new(self.seed, Purpose::Dropout);
        let raised = T::of(1.0 / (1.0 - self.share));
        let units: usize = masks.iter().map(|mask| mask.len() / rows.max(1)).sum();
        let mut draw = vec![0.0; units];
        for row in 0..rows {
            stream.uniform((first + row) as u64, &mut draw);
            let mut drawn = draw.iter();
            for mask in &mut *masks {
                let width = mask.len() / rows;
                for (value, &drawn) in mask[row * width..(row + 1) * width].iter_mut().zip(drawn.by_ref()) {
                    *value = if drawn < self.share { T::default() } else { raised };
                }
            }
        }
    }
}
