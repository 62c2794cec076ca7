//! Noise on gradients: what makes descent stochastic without data. Knows no objective and no optimizer.

use crate::num::stream::{Purpose, Stream};

/// Gaussian noise that is added to each component of the gradient that a step uses.
///
/// The noise of a component belongs to (seed, step, component): every racer gets the same noise at the same step,
/// and a replay gets it again. The loss is never noisy, nor are the evaluations that a line search makes on its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Noise {
    /// The standard deviation; 0 for exact gradients.
    pub sigma: f64,
    /// Which noise.
    pub seed: u64,
}

impl Noise {
    /// Whether gradients stay as they are.
    pub fn is_off(self) -> bool {
        self.sigma == 0.0
    }

    /// Where the noise comes from.
    pub(crate) fn source(self) -> Source {
        Source { noise: self, stream: Stream::new(self.seed, Purpose::Noise), draw: Vec::new() }
    }
}

/// The noise of all steps, addressed by the step.
#[derive(Debug)]
pub(crate) struct Source {
    noise: Noise,
    stream: Stream,
    draw: Vec<f64>,
}

impl Source {
    /// Adds the noise of the gradient at row `step`.
    pub(crate) fn add(&mut self, step: usize, gradient: &mut [f64]) {
        if self.noise.is_off() {
            return;
        }
        let len = gradient.len();
        for (g, n) in gradient.iter_mut().zip(self.of(step, len)) {
            *g += n;
        }
    }

    /// The noise of the gradient at row `step`, a number for each of `len` components.
    pub(crate) fn of(&mut self, step: usize, len: usize) -> impl Iterator<Item = f64> {
        self.draw.resize(len, 0.0);
        self.stream.normal(step as u64, &mut self.draw);
        self.draw.iter().map(|n| self.noise.sigma * n)
    }
}
