//! The end of a step on several threads: each adds up the gradients of its part of the parameters, and updates that part.
//! Only for rules that treat each parameter by itself; the bits do not depend on where the parts begin.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use smallvec::SmallVec;

use super::precision::Real;
use super::share::add;
use super::update::{States, Told, Update};
use crate::num::crew::Crew;

/// From so many parameters on a second thread is worth its while.
pub(super) const WORTH: usize = 1 << 15;

/// The update of each part.
pub(super) struct Together<T> {
    size: usize,
    updates: Vec<Update<T>>,
}

/// What one thread does.
struct Job<'a, T> {
    update: &'a mut Update<T>,
    weights: &'a mut [T],
    states: States<'a, T>,
    gradient: &'a mut [T],
    more: SmallVec<[&'a [T]; 8]>,
    finite: bool,
}

impl<T: Real> Together<T> {
    /// As many parts as there are threads; `compile` makes an update for so many parameters.
    pub(super) fn new<E>(
        parameters: usize,
        parts: usize,
        compile: impl Fn(usize) -> Result<Update<T>, E>,
    ) -> Result<Self, E> {
        // Parts begin at cache lines.
        let size = parameters.div_ceil(parts).next_multiple_of(16);
        let lens = (0..parameters).step_by(size).map(|from| size.min(parameters - from));
        Ok(Self { size, updates: lens.map(compile).collect::<Result<_, E>>()? })
    }

    /// Adds `more` to the gradient and makes the step; whether all parameters are finite after it.
    pub(super) fn step(
        &mut self,
        (weights, memory): (&mut [T], &mut [T]),
        (gradient, more): (&mut [T], &[&[T]]),
        told: Told,
        crew: Crew<'_>,
    ) -> bool {
        let (size, parameters) = (self.size, weights.len());
        let mut states: Vec<_> = memory.chunks_exact_mut(parameters).map(|slot| slot.chunks_mut(size)).collect();
        let parts = self.updates.iter_mut().zip(weights.chunks_mut(size)).zip(gradient.chunks_mut(size));
        let jobs: Vec<Mutex<Job<'_, T>>> = parts
            .enumerate()
            .map(|(k, ((update, weights), gradient))| {
                let own = k * size..k * size + weights.len();
                Mutex::new(Job {
                    update,
                    weights,
                    states: states.iter_mut().filter_map(Iterator::next).collect(),
                    gradient,
                    more: more.iter().map(|more| &more[own.clone()]).collect(),
                    finite: true,
                })
            })
            .collect();
        let next = AtomicUsize::new(0);
        crew(&|| {
            while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                job.lock().unwrap_or_else(PoisonError::into_inner).run(told);
            }
        });
        jobs.into_iter().all(|job| job.into_inner().unwrap_or_else(PoisonError::into_inner).finite)
    }
}

impl<T: Real> Job<'_, T> {
    fn run(&mut self, told: Told) {
        for more in &self.more {
            add(self.gradient, more);
        }
        let states = self.states.iter_mut().map(|state| &mut **state).collect();
        self.finite = self.update.step_at(self.weights, states, self.gradient, told);
    }
}
