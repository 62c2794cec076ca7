//! Forks: going back to a step and going on otherwise, with the old path kept as a ghost.

use super::{Document, Ghost, Leg, Racer, RacerId, Refusal};

impl Document {
    /// The racer's path so far becomes a ghost; up to `step` it is the racer's past, whatever is changed from now on.
    /// Where the racer has forked later than that, those forks are forgotten: their stretch is not part of the past.
    pub(super) fn fork(&mut self, id: RacerId, step: usize) -> Result<(), Refusal> {
        let ghost_id = self.free_id();
        let start = self.racer(id).map(|racer| self.start_of(racer).to_vec());
        let racer = self.racer_mut(id).ok_or(Refusal::UnknownRacer(id))?;
        let ghost = Racer { id: ghost_id, start, visible: true, ..racer.clone() };
        // The stretch that the fork cuts is the one that leads on from `step`.
        let drive =
            racer.legs.iter().find(|leg| step < leg.until).map_or_else(|| racer.drive(), |leg| leg.drive.clone());
        racer.legs.retain(|leg| leg.until <= step);
        if racer.legs.last().map_or(0, |leg| leg.until) < step {
            racer.legs.push(Leg { until: step, drive });
        }
        if self.ghosts.len() >= Self::MAX_GHOSTS {
            self.ghosts.remove(0);
        }
        self.ghosts.push(Ghost { racer: ghost, of: id, since: step });
        Ok(())
    }

    /// The racer goes on as it did before its last fork.
    pub(super) fn join(&mut self, id: RacerId) -> Result<(), Refusal> {
        let last = self.ghosts.iter().rposition(|ghost| ghost.of == id);
        let racer = self.racer_mut(id).ok_or(Refusal::UnknownRacer(id))?;
        match last {
            Some(index) => {
                let Racer { optimizer, settings, schedule, legs, .. } = self.ghosts.remove(index).racer;
                if let Some(racer) = self.racer_mut(id) {
                    (racer.optimizer, racer.settings, racer.schedule, racer.legs) =
                        (optimizer, settings, schedule, legs);
                }
            }
            // The ghost is gone: the last leg goes on.
            None => {
                let leg = racer.legs.pop().ok_or(Refusal::NoFork(id))?;
                (racer.optimizer, racer.settings, racer.schedule) =
                    (leg.drive.optimizer, leg.drive.settings, leg.drive.schedule);
            }
        }
        Ok(())
    }

    /// Takes a ghost away.
    pub(super) fn remove_ghost(&mut self, id: RacerId) -> Result<(), Refusal> {
        let index = self.ghosts.iter().position(|ghost| ghost.racer.id == id).ok_or(Refusal::UnknownRacer(id))?;
        self.ghosts.remove(index);
        Ok(())
    }

    /// Another surface, another story: forks and ghosts belong to the one they were made on.
    pub(super) fn forget_forks(&mut self) {
        self.ghosts.clear();
        for racer in &mut self.racers {
            racer.legs.clear();
        }
    }
}
