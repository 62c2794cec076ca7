//! The naive way to a derivative: change one weight a little, look at the loss again, and divide. What it gives, how far
//! it is off, and how often the loss must be looked at for all the weights.

use super::NetLoss;

/// Steps that show both ends: too large, and so small that rounding takes over.
pub const STEPS: [f64; 12] = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12];

/// The quotients for one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quotient {
    /// By how much the weight was changed.
    pub h: f64,
    /// The loss with the weight larger by `h`.
    pub up: f64,
    /// The loss with the weight smaller by `h`.
    pub down: f64,
    /// `(L(w + h) − L(w)) / h`.
    pub forward: f64,
    /// `(L(w + h) − L(w − h)) / 2h`.
    pub central: f64,
}

/// One weight's derivative, exactly and by quotients.
#[derive(Clone, Debug, PartialEq)]
pub struct Naive {
    /// Which weight, in the flat order.
    pub index: usize,
    /// Its value.
    pub weight: f64,
    /// The loss.
    pub loss: f64,
    /// The derivative of the backward pass.
    pub exact: f64,
    /// The quotients, a step each.
    pub quotients: Vec<Quotient>,
    /// The forward passes that one-sided quotients for all weights take, where one backward pass does.
    pub passes: usize,
    /// Those that central quotients take.
    pub central_passes: usize,
}

impl Quotient {
    /// How far the one-sided quotient is from the derivative.
    pub fn forward_error(&self, exact: f64) -> f64 {
        (self.forward - exact).abs()
    }

    /// How far the central quotient is from it.
    pub fn central_error(&self, exact: f64) -> f64 {
        (self.central - exact).abs()
    }
}

/// A weight's derivative by quotients of these steps beside the exact one. None where there is no such weight.
pub fn naive(loss: &mut NetLoss, weights: &[f64], index: usize, steps: &[f64]) -> Option<Naive> {
    let parameters = loss.parameters();
    let weight = weights.get(index).copied().filter(|_| index < parameters && weights.len() >= parameters)?;
    let mut gradient = Vec::new();
    loss.gradient(weights, &mut gradient);
    let here = loss.value(weights);
    let mut moved = weights.to_vec();
    let mut at = |change: f64| {
        moved[index] = weight + change;
        loss.value(&moved)
    };
    let quotient = |&h: &f64| {
        let (up, down) = (at(h), at(-h));
        Quotient { h, up, down, forward: (up - here) / h, central: (up - down) / (2.0 * h) }
    };
    Some(Naive {
        index,
        weight,
        loss: here,
        exact: gradient.get(index).copied()?,
        quotients: steps.iter().map(quotient).collect(),
        passes: parameters + 1,
        central_passes: 2 * parameters,
    })
}
