//! Planes through the weights of a net: a point and two directions, along which the loss is looked at.

use crate::nn::architecture::Architecture;
use crate::num::linalg::{dot, eigen, norm};
use crate::num::stream::{Purpose, Stream};

/// The most points of a path that its principal directions are taken from; of a longer one, points at equal distances.
const PATH: usize = 128;

/// A plane through the weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The weights at (0, 0).
    pub origin: Vec<f64>,
    /// The two directions. They need not be at right angles.
    pub axes: [Vec<f64>; 2],
    /// The share of a path's variance along each direction, where they are those of a path.
    pub variance: Option<[f64; 2]>,
}

/// Why there is no such plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaneError {
    /// A path needs three different points to span a plane.
    #[error("a path of {found} different points spans no plane")]
    Path {
        /// How many it has.
        found: usize,
    },
    /// A weight that is not finite.
    #[error("a weight is not finite")]
    NotFinite,
}

impl Plane {
    /// Two random directions through the weights of a net, each as long, neuron by neuron, as the neuron's own weights, and 0
    /// for the biases. So a step of 1 changes every neuron by its own size, whatever the scale of its layer (Li et al. 2018,
    /// "Visualizing the Loss Landscape of Neural Nets").
    ///
    /// # Errors
    /// If a weight is not finite.
    pub fn random(architecture: &Architecture, weights: &[f64], seed: u64) -> Result<Self, PlaneError> {
        if weights.iter().any(|w| !w.is_finite()) {
            return Err(PlaneError::NotFinite);
        }
        let mut stream = Stream::new(seed, Purpose::Directions);
        let axes = [0, 1].map(|index| {
            let mut axis = vec![0.0; weights.len()];
            stream.normal(index, &mut axis);
            for layer in 0..architecture.layers.len() {
                let inputs = architecture.inputs_of(layer).max(1);
                let (own, bias) = (architecture.weight(layer), architecture.bias(layer));
                let neurons = axis[own.clone()].chunks_exact_mut(inputs).zip(weights[own].chunks_exact(inputs));
                for (direction, weights) in neurons {
                    let (length, wanted) = (norm(direction), norm(weights));
                    let factor = if length > 0.0 { wanted / length } else { 0.0 };
                    direction.iter_mut().for_each(|d| *d *= factor);
                }
                axis[bias].fill(0.0);
            }
            axis
        });
        Ok(Self { origin: weights.to_vec(), axes, variance: None })
    }

    /// The two directions along which a path of weights spreads most, of length one and at right angles, through `origin`;
    /// with the share of the path's variance that each explains.
    ///
    /// # Errors
    /// If the path does not span a plane, or is not finite.
    pub fn of_path(path: &[Vec<f64>], origin: &[f64]) -> Result<Self, PlaneError> {
        let n = origin.len();
        let path: Vec<&[f64]> = path.iter().filter(|at| at.len() == n).map(Vec::as_slice).collect();
        if path.iter().copied().chain([origin]).flatten().any(|w| !w.is_finite()) {
            return Err(PlaneError::NotFinite);
        }
        let points = thinned(&path);
        let count = points.len();
        let mean: Vec<f64> = (0..n).map(|k| points.iter().map(|at| at[k]).sum::<f64>() / count.max(1) as f64).collect();
        let centered: Vec<Vec<f64>> =
            points.iter().map(|at| at.iter().zip(&mean).map(|(w, m)| w - m).collect()).collect();
        // Few points and many weights: the inner products of the points have the same eigenvalues as the covariance.
        let mut products = vec![0.0; count * count];
        for i in 0..count {
            for j in i..count {
                products[i * count + j] = dot(&centered[i], &centered[j]);
            }
        }
        let spread = eigen(count, &products);
        let total: f64 = spread.values.iter().map(|value| value.max(0.0)).sum();
        let direction = |from_last: usize| {
            let at = count.checked_sub(from_last)?;
            let value = spread.values.get(at).copied().filter(|&value| value > total * 1e-12)?;
            let mut axis = vec![0.0; n];
            for (share, point) in spread.vectors[at].iter().zip(&centered) {
                axis.iter_mut().zip(point).for_each(|(a, w)| *a += share * w);
            }
            let length = norm(&axis);
            axis.iter_mut().for_each(|a| *a /= length);
            Some((axis, value / total))
        };
        match (direction(1), direction(2)) {
            (Some((first, a)), Some((second, b))) => {
                Ok(Self { origin: origin.to_vec(), axes: [first, second], variance: Some([a, b]) })
            }
            (first, _) => Err(PlaneError::Path { found: if first.is_some() { 2 } else { count.min(1) } }),
        }
    }

    /// The weights at a place of the plane.
    pub fn weights(&self, [a, b]: [f64; 2], out: &mut Vec<f64>) {
        let [first, second] = &self.axes;
        out.clear();
        out.extend(self.origin.iter().zip(first.iter().zip(second)).map(|(w, (d, e))| w + a * d + b * e));
    }

    /// The place of the plane that is nearest to weights; nan where the directions are parallel.
    pub fn project(&self, weights: &[f64]) -> [f64; 2] {
        let away: Vec<f64> = weights.iter().zip(&self.origin).map(|(w, o)| w - o).collect();
        let [first, second] = &self.axes;
        let (aa, ab, bb) = (dot(first, first), dot(first, second), dot(second, second));
        let (p, q) = (dot(first, &away), dot(second, &away));
        let determinant = aa * bb - ab * ab;
        if determinant > 0.0 {
            [(p * bb - q * ab) / determinant, (q * aa - p * ab) / determinant]
        } else {
            [f64::NAN; 2]
        }
    }
}

/// At most [`PATH`] points at equal distances, the last among them; neighbors that are equal count once.
fn thinned<'a>(path: &[&'a [f64]]) -> Vec<&'a [f64]> {
    let mut different = path.to_vec();
    different.dedup();
    let count = different.len();
    if count <= PATH {
        return different;
    }
    (0..PATH).filter_map(|k| different.get(k * (count - 1) / (PATH - 1)).copied()).collect()
}
