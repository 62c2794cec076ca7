//! Maps: what becomes of a descent from every start, or with every setting of two of its numbers.
//!
//! A [`MapSpec`] is a descent and two sides along which something varies. [`draw`] fills its cells by the rule of
//! [`verdict`], the cells of a unit side by side as lanes of a [`super::Fleet`], which are the same descents as single
//! balls, bit for bit; methods that are no rules go ball by ball. Threads are the caller's: it hands in a crew.

mod axis;
mod balls;
mod course;
mod lanes;
mod limit;
mod minima;
mod spec;
pub mod verdict;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

pub use axis::{Axis, Varied};
pub use minima::{find_targets, scout};
pub use spec::{Map, MapSpec};
pub use verdict::{Cell, Fate, Targets, of_descent};

use super::SpecError;
use balls::Balls;
use lanes::Lanes;

use crate::num::crew::Crew;

/// How far a map is.
pub struct Progress<'a> {
    /// The cells; those that are not computed are as they were.
    pub cells: &'a [Cell],
    /// How many are computed.
    pub done: usize,
}

/// What watches a map grow: called after each unit of work, one at a time; the map is given up when it says false.
pub type Watch<'a> = &'a (dyn Fn(&Progress<'_>) -> bool + Sync);

/// Computes a map. `cells` are shown until they are computed (as many as there are, or none). None if it was given up.
///
/// # Errors
/// What is wrong with the descent.
pub fn draw(spec: &MapSpec, cells: Vec<Cell>, crew: Crew<'_>, watch: Watch<'_>) -> Result<Option<Map>, SpecError> {
    check(spec)?;
    let units = spec.units();
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let cells = if cells.len() == spec.cells() { cells } else { vec![Cell::default(); spec.cells()] };
    let shared = Mutex::new((cells, 0_usize));
    let cancelled = || stopped.load(Ordering::Relaxed);
    crew(&|| {
        let mut worker = Worker::new(spec);
        while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| !cancelled()) {
            let made = worker.run(unit, &cancelled);
            let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
            for (cell, verdict) in made {
                if let Some(slot) = shared.0.get_mut(cell as usize) {
                    *slot = verdict;
                }
            }
            shared.1 += unit.len();
            if !cancelled() && !watch(&Progress { cells: &shared.0, done: shared.1 }) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
    });
    let (cells, _) = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((!cancelled()).then(|| Map { spec: spec.clone(), cells }))
}

/// Whether there is such a descent at all.
fn check(spec: &MapSpec) -> Result<(), SpecError> {
    super::Descent::new(spec.base.clone())?;
    spec.rule().map_or(Ok(()), |rule| Lanes::new(spec, rule).map(drop))
}

/// One thread's share of the work.
enum Worker<'a> {
    Lanes(Box<Lanes<'a>>),
    Balls(Box<Balls<'a>>),
}

impl<'a> Worker<'a> {
    fn new(spec: &'a MapSpec) -> Self {
        match spec.rule().and_then(|rule| Lanes::new(spec, rule).ok()) {
            Some(lanes) => Self::Lanes(Box::new(lanes)),
            None => Self::Balls(Box::new(Balls::new(spec))),
        }
    }

    fn run(&mut self, unit: &[u32], cancelled: &dyn Fn() -> bool) -> Vec<(u32, Cell)> {
        match self {
            Self::Lanes(lanes) => lanes.run(unit, cancelled),
            Self::Balls(balls) => balls.run(unit, cancelled),
        }
    }
}
