//! The descents of a session: one for each visible racer, always computed to the end, so that the whole predicted path is
//! there while something is dragged. What did not change is not computed again, and what only moved is not compiled again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::resolve::Resolved;
use super::{Document, Racer, RacerId};
use crate::descent::{Descent, Spec};
use crate::optim::OptimizerSpec;
use crate::schedule::Schedule;

/// The descents by racer.
#[derive(Default)]
pub(super) struct Runs {
    descents: BTreeMap<RacerId, Descent>,
}

impl Runs {
    pub(super) fn get(&self, id: RacerId) -> Option<&Descent> {
        self.descents.get(&id)
    }

    /// Makes the descents those of a document. Whether any of them has changed.
    pub(super) fn update(&mut self, document: &Document, resolved: &Resolved) -> bool {
        let count = self.descents.len();
        self.descents.retain(|id, _| document.racer(*id).is_some_and(|racer| racer.visible));
        let mut changed = self.descents.len() != count;
        let meanings = resolved.optimizers.iter().zip(&resolved.schedules);
        for (racer, (optimizer, schedule)) in document.racers.iter().zip(meanings) {
            if racer.visible {
                changed |= self.update_one(racer, document, resolved, optimizer, schedule.as_ref());
            }
        }
        changed
    }

    fn update_one(
        &mut self,
        racer: &Racer,
        document: &Document,
        resolved: &Resolved,
        optimizer: &Arc<OptimizerSpec>,
        schedule: Option<&Schedule>,
    ) -> bool {
        if let Some(descent) = self.descents.get_mut(&racer.id) {
            let old = descent.spec();
            let same_surface = Arc::as_ptr(&old.objective).cast::<()>() == Arc::as_ptr(&resolved.surface).cast::<()>();
            let same = same_surface
                && Arc::ptr_eq(&old.optimizer, optimizer)
                && old.settings.get(1..) == racer.settings.get(1..)
                && old.schedule.as_ref() == schedule
                && old.noise == document.noise
                && (old.stop, old.limit) == (document.stop, document.steps);
            if same && old.start == document.start && old.rate() == racer.rate() {
                return false;
            }
            if same && descent.restart(&document.start, racer.rate()).is_ok() {
                descent.finish();
                return true;
            }
        }
        let spec = Spec {
            objective: resolved.surface.clone(),
            optimizer: optimizer.clone(),
            settings: racer.settings.clone(),
            schedule: schedule.cloned(),
            start: document.start.clone(),
            noise: document.noise,
            stop: document.stop,
            limit: document.steps,
        };
        // The document was checked: what could still fail here is a rule that does not compile, and it has no path.
        match Descent::new(spec) {
            Ok(mut descent) => {
                descent.finish();
                self.descents.insert(racer.id, descent);
            }
            Err(_) => _ = self.descents.remove(&racer.id),
        }
        true
    }

    /// The last step of all of them.
    pub(super) fn last_step(&self) -> usize {
        self.descents.values().map(Descent::last_step).max().unwrap_or(0)
    }

    /// The smallest ranges that hold all iterates that are finite, with a margin; none without any.
    pub(super) fn ranges(&self, dimension: usize) -> Option<Vec<[f64; 2]>> {
        (0..dimension)
            .map(|k| {
                let places = self.descents.values().flat_map(Descent::rows).filter_map(|row| row.w.get(k).copied());
                let finite = places.filter(|place| place.is_finite());
                let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
                let margin = (0.08 * (high - low)).max(1e-3 * (1.0 + high.abs()));
                let range = [low - margin, high + margin];
                (range[0] < range[1] && (range[1] - range[0]).is_finite()).then_some(range)
            })
            .collect()
    }
}
