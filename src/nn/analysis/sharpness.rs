//! Sharpness: the largest eigenvalue of the Hessian, by products with directions alone. Plain descent with the rate η is
//! unstable where it is above 2/η, and training moves towards that edge (Cohen et al. 2021).
//!
//! Lanczos' method with full reorthogonalization, begun again from the best direction so far: a few products where power
//! iteration takes hundreds, and it finds the largest eigenvalue even where a negative one is larger in size.

use super::NetLoss;
use crate::num::linalg::{dot, eigen, norm};
use crate::num::stream::{Purpose, Stream};

/// Products of one round; so many directions are kept.
const ROUND: usize = 12;

/// How much is done for the eigenvalue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// The most products.
    pub products: usize,
    /// The residual, in shares of the eigenvalue, at which it is exact enough.
    pub tolerance: f64,
}

impl Default for Effort {
    /// Three digits, or 60 products.
    fn default() -> Self {
        Self { products: 60, tolerance: 1e-3 }
    }
}

/// The largest eigenvalue of the Hessian.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharpness {
    /// It.
    pub value: f64,
    /// Its direction, of length one: a good beginning for the next time.
    pub direction: Vec<f64>,
    /// How far the direction is from being an eigenvector: the length of `H v − λ v`. The value is off by no more.
    pub residual: f64,
    /// How many products it took.
    pub products: usize,
    /// Whether it is exact enough.
    pub converged: bool,
}

/// Finds the largest eigenvalue of the Hessian at weights, beginning with a direction (none for a random one). `watch` is
/// told the products so far and the present value, and gives up by saying false; none then. None too where the Hessian is
/// not finite.
pub fn sharpness(
    loss: &mut NetLoss,
    weights: &[f64],
    start: Option<&[f64]>,
    effort: Effort,
    watch: &mut dyn FnMut(usize, f64) -> bool,
) -> Option<Sharpness> {
    let n = loss.parameters();
    let mut random = vec![0.0; n];
    Stream::new(0, Purpose::Directions).normal(2, &mut random);
    let given = start.filter(|start| start.len() == n && norm(start) > 0.0 && norm(start).is_finite());
    let mut direction = unit(given.map_or_else(|| random.clone(), <[f64]>::to_vec))?;
    let mut products = 0;
    loop {
        let rest = effort.products.saturating_sub(products).clamp(2, ROUND).min(n);
        let round = lanczos(loss, weights, &direction, rest)?;
        products += round.products;
        let enough = round.residual <= effort.tolerance * round.value.abs();
        let found = Sharpness {
            value: round.value,
            direction: round.direction,
            residual: round.residual,
            products,
            converged: enough || rest == n,
        };
        if !watch(products, found.value) {
            return None;
        }
        if found.converged || products >= effort.products {
            return Some(found);
        }
        direction = found.direction;
    }
}

struct Round {
    value: f64,
    direction: Vec<f64>,
    residual: f64,
    products: usize,
}

/// One round: the space of the first products of a direction, and the best in it.
fn lanczos(loss: &mut NetLoss, weights: &[f64], start: &[f64], most: usize) -> Option<Round> {
    let mut basis = vec![start.to_vec()];
    let (mut diagonal, mut beside): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut product = Vec::new();
    while let Some(last) = basis.last() {
        loss.product(weights, last, &mut product);
        let along = dot(last, &product);
        if !along.is_finite() {
            return None;
        }
        diagonal.push(along);
        // Twice, since once leaves the rounding of the first time.
        for known in basis.iter().chain(&basis) {
            let share = dot(known, &product);
            product.iter_mut().zip(known).for_each(|(p, k)| *p -= share * k);
        }
        let length = norm(&product);
        beside.push(length);
        let scale = diagonal.iter().fold(0.0_f64, |most, d| most.max(d.abs()));
        // What is left is rounding: the space is closed, and the values in it are exact.
        if diagonal.len() == most || length <= scale * 1e-13 || length == 0.0 {
            break;
        }
        basis.push(product.iter().map(|p| p / length).collect());
    }
    let m = diagonal.len();
    let mut matrix = vec![0.0; m * m];
    for k in 0..m {
        matrix[k * m + k] = diagonal[k];
        if k + 1 < m {
            matrix[k * m + k + 1] = beside[k];
        }
    }
    let spectrum = eigen(m, &matrix);
    let (value, shares) = (*spectrum.values.last()?, spectrum.vectors.last()?);
    let mut direction = vec![0.0; start.len()];
    for (share, known) in shares.iter().zip(&basis) {
        direction.iter_mut().zip(known).for_each(|(d, k)| *d += share * k);
    }
    let residual = beside.last()? * shares.last()?.abs();
    Some(Round { value, direction: unit(direction)?, residual, products: m })
}

fn unit(mut direction: Vec<f64>) -> Option<Vec<f64>> {
    let length = norm(&direction);
    if !(length > 0.0 && length.is_finite()) {
        return None;
    }
    direction.iter_mut().for_each(|d| *d /= length);
    Some(direction)
}
