//! The descents of a session: one for each visible racer, always computed to the end, so that the whole predicted path is
//! there while something is dragged. What did not change is not computed again, and what only moved is not compiled again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::resolve::{Meaning, Resolved};
use super::{Document, Racer, RacerId};
use crate::descent::{Descent, Spec};

/// The descents by racer and by ghost.
#[derive(Default)]
pub(super) struct Runs {
    courses: BTreeMap<RacerId, Course>,
}

/// What a racer went through: its legs, and the descent that shares their rows and goes on from the last of them.
struct Course {
    /// Each with the step at which it was left.
    legs: Vec<(usize, Descent)>,
    last: Descent,
}

impl Runs {
    pub(super) fn get(&self, id: RacerId) -> Option<&Descent> {
        self.courses.get(&id).map(|course| &course.last)
    }

    /// The descent that makes the step from row `step`.
    pub(super) fn at(&self, id: RacerId, step: usize) -> Option<&Descent> {
        let course = self.courses.get(&id)?;
        let leg = course.legs.iter().find(|(until, _)| step < *until);
        Some(leg.map_or(&course.last, |(_, descent)| descent))
    }

    /// Makes the descents those of a document. Whether any of them has changed.
    pub(super) fn update(&mut self, document: &Document, resolved: &Resolved) -> bool {
        let count = self.courses.len();
        let ghosts = document.ghosts.iter().map(|ghost| &ghost.racer);
        let racers: Vec<&Racer> = document.racers.iter().filter(|racer| racer.visible).chain(ghosts.clone()).collect();
        self.courses.retain(|id, _| racers.iter().any(|racer| racer.id == *id));
        let mut changed = self.courses.len() != count;
        let all = document.racers.iter().chain(ghosts).zip(resolved.racers.iter().chain(&resolved.ghosts));
        for (racer, meanings) in all.filter(|(racer, _)| racer.visible) {
            changed |= self.update_one(racer, document, resolved, meanings);
        }
        changed
    }

    fn update_one(&mut self, racer: &Racer, document: &Document, resolved: &Resolved, meanings: &[Meaning]) -> bool {
        let specs = specs(racer, document, resolved, meanings);
        if let Some(course) = self.courses.get_mut(&racer.id) {
            let ends = || racer.legs.iter().map(|leg| leg.until);
            let known = course.legs.iter().map(|(_, leg)| leg.spec()).chain([course.last.spec()]);
            let same = course.legs.iter().map(|(until, _)| *until).eq(ends())
                && known.clone().zip(&specs).all(|(old, new)| same_but_for_place_and_rate(old, new));
            let moved = known.zip(&specs).any(|(old, new)| old.start != new.start || old.rate() != new.rate());
            if same && !moved {
                return false;
            }
            if let (true, [spec]) = (same, &specs[..])
                && course.last.restart(&spec.start, spec.rate()).is_ok()
            {
                course.last.finish();
                return true;
            }
        }
        // The document was checked: what could still fail here is a rule that does not compile, and it has no path.
        match Course::new(racer, specs) {
            Some(course) => _ = self.courses.insert(racer.id, course),
            None => _ = self.courses.remove(&racer.id),
        }
        true
    }

    /// The last step of all of them.
    pub(super) fn last_step(&self) -> usize {
        self.courses.values().map(|course| course.last.last_step()).max().unwrap_or(0)
    }

    /// The smallest ranges that hold all iterates that are finite, with a margin; none without any.
    pub(super) fn ranges(&self, dimension: usize) -> Option<Vec<[f64; 2]>> {
        (0..dimension)
            .map(|k| {
                let places =
                    self.courses.values().flat_map(|course| course.last.rows()).filter_map(|row| row.w.get(k).copied());
                let finite = places.filter(|place| place.is_finite());
                let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
                let margin = (0.08 * (high - low)).max(1e-3 * (1.0 + high.abs()));
                let range = [low - margin, high + margin];
                (range[0] < range[1] && (range[1] - range[0]).is_finite()).then_some(range)
            })
            .collect()
    }
}

impl Course {
    /// Each leg is made up to where it was left; the next one shares its rows and goes on from there.
    fn new(racer: &Racer, specs: Vec<Spec>) -> Option<Self> {
        let mut specs = specs.into_iter();
        let mut last = Descent::new(specs.next()?).ok()?;
        let mut legs = Vec::with_capacity(racer.legs.len());
        for (leg, spec) in racer.legs.iter().zip(specs) {
            last.advance(leg.until.saturating_sub(last.last_step()));
            let next = last.fork(leg.until, spec).ok()?;
            legs.push((leg.until, last));
            last = next;
        }
        last.finish();
        Some(Self { legs, last })
    }
}

/// What a racer's descents are made of, leg after leg.
fn specs(racer: &Racer, document: &Document, resolved: &Resolved, meanings: &[Meaning]) -> Vec<Spec> {
    let settings = racer.legs.iter().map(|leg| &leg.drive.settings).chain([&racer.settings]);
    let spec = |(meaning, settings): (&Meaning, &Vec<f64>)| Spec {
        objective: resolved.surface.clone(),
        optimizer: meaning.optimizer.clone(),
        settings: settings.clone(),
        schedule: meaning.schedule.clone(),
        start: document.start_of(racer).to_vec(),
        noise: document.noise,
        batch: document.batch,
        stop: document.stop,
        limit: document.steps,
    };
    meanings.iter().zip(settings).map(spec).collect()
}

/// Whether a descent of one spec can be that of the other without being compiled again.
fn same_but_for_place_and_rate(old: &Spec, new: &Spec) -> bool {
    Arc::as_ptr(&old.objective).cast::<()>() == Arc::as_ptr(&new.objective).cast::<()>()
        && Arc::ptr_eq(&old.optimizer, &new.optimizer)
        && old.settings.get(1..) == new.settings.get(1..)
        && old.schedule == new.schedule
        && (old.noise, old.batch) == (new.noise, new.batch)
        && (old.stop, old.limit) == (new.stop, new.limit)
}
