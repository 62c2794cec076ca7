//! A slice of the loss: its values over a grid of a plane through the weights, row by row on a crew.
//!
//! It is a slice: a valley that leaves the plane looks like a wall, and what looks like a minimum need not be one.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{LossSpec, Plane};
use crate::nn::error::TrainingError;
use crate::num::crew::Crew;

/// Which places of a plane are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct SliceSpec {
    /// The plane.
    pub plane: Plane,
    /// The range along each direction; both ends are places of the grid.
    pub range: [[f64; 2]; 2],
    /// How many places along each direction, at least 2.
    pub size: [usize; 2],
}

/// The loss over a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// The losses, a row for each place along the second direction, from its lower end.
    pub values: Vec<f64>,
    /// How many places along the first direction.
    pub width: usize,
}

impl SliceSpec {
    /// A grid of so many places along each direction that shows a path with room around it; without a path, a step of 1 to
    /// both sides.
    pub fn around(plane: Plane, path: &[Vec<f64>], size: [usize; 2]) -> Self {
        let mut range = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
        for weights in path {
            for ([low, high], at) in range.iter_mut().zip(plane.project(weights)) {
                (*low, *high) = (low.min(at), high.max(at));
            }
        }
        let widest = range.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
        for [low, high] in &mut range {
            // A direction in which little happens is shown as far as a quarter of the other.
            let middle = 0.5 * (*low + *high);
            let half = if widest > 0.0 { (0.5 * (*high - *low) + 0.2 * widest).max(0.25 * widest) } else { 1.0 };
            let middle = if middle.is_finite() { middle } else { 0.0 };
            (*low, *high) = (middle - half, middle + half);
        }
        Self { plane, range, size }
    }

    /// The coordinate of a place along a direction.
    pub fn coordinate(&self, axis: usize, place: usize) -> f64 {
        let [low, high] = self.range[axis.min(1)];
        let last = self.size[axis.min(1)].saturating_sub(1).max(1);
        if place >= last { high } else { low + (high - low) * (place as f64 / last as f64) }
    }
}

/// Computes a slice. `watch` is told how many rows of the grid are done, one at a time, and gives the slice up by saying
/// false; none then.
///
/// # Errors
/// What is wrong with the net or the data.
pub fn draw_slice(
    loss: &LossSpec,
    spec: &SliceSpec,
    crew: Crew<'_>,
    watch: &(dyn Fn(usize) -> bool + Sync),
) -> Result<Option<Slice>, TrainingError> {
    let (wanted, found) = (loss.architecture.parameters(), spec.plane.origin.len());
    if wanted != found {
        return Err(TrainingError::Weights { wanted, found });
    }
    loss.check()?;
    let [width, height] = spec.size;
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let shared = Mutex::new((vec![f64::NAN; width * height], 0_usize));
    crew(&|| {
        let Ok(mut loss) = loss.open() else { return };
        let (mut weights, mut line) = (Vec::new(), vec![0.0; width]);
        loop {
            let row = next.fetch_add(1, Ordering::Relaxed);
            if row >= height || stopped.load(Ordering::Relaxed) {
                return;
            }
            let b = spec.coordinate(1, row);
            for (place, value) in line.iter_mut().enumerate() {
                spec.plane.weights([spec.coordinate(0, place), b], &mut weights);
                *value = loss.value(&weights);
            }
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            shared.0[row * width..(row + 1) * width].copy_from_slice(&line);
            shared.1 += 1;
            if !stopped.load(Ordering::Relaxed) && !watch(shared.1) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
    });
    let (values, _) = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((!stopped.into_inner()).then_some(Slice { values, width }))
}
