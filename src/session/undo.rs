//! Undo and redo: whole documents, one for each gesture. Time is not undone, nor how things are looked at: what is
//! taken back are settings.

use std::mem::discriminant;

use super::{Command, Document};

/// A document that undo keeps.
pub(super) trait Kept: Clone {
    /// Whether two documents differ only in time and in how they are looked at.
    fn same_settings(&self, other: &Self) -> bool;

    /// A document of another time, looked at as now.
    fn seen_as(self, now: &Self) -> Self;
}

/// A command that changes a document.
pub(super) trait Gesture {
    /// Whether it continues the gesture of the one before: the same thing, set again.
    fn goes_on(&self, last: &Self) -> bool;
}

/// Documents to go back to, and to come forward to.
pub(super) struct Undo<D, C> {
    past: Vec<D>,
    future: Vec<D>,
    /// The command that made the last change, while it may go on: a slider that is being dragged is one change.
    gesture: Option<C>,
}

impl<D, C> Default for Undo<D, C> {
    fn default() -> Self {
        Self { past: Vec::new(), future: Vec::new(), gesture: None }
    }
}

/// How many changes are kept.
const DEPTH: usize = 200;

impl<D: Kept, C: Gesture> Undo<D, C> {
    pub(super) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Ends a gesture.
    pub(super) fn settle(&mut self) {
        self.gesture = None;
    }

    /// Takes note of a change from one document to another.
    pub(super) fn note(&mut self, command: C, before: &D, after: &D) {
        if before.same_settings(after) {
            return;
        }
        self.future.clear();
        if !self.gesture.as_ref().is_some_and(|last| command.goes_on(last)) {
            if self.past.len() >= DEPTH {
                self.past.remove(0);
            }
            self.past.push(before.clone());
        }
        self.gesture = Some(command);
    }

    /// The document before the last change.
    pub(super) fn back(&mut self, now: &D) -> Option<D> {
        self.gesture = None;
        let document = self.past.pop()?;
        self.future.push(now.clone());
        Some(document.seen_as(now))
    }

    /// The document after the change that was taken back last.
    pub(super) fn forward(&mut self, now: &D) -> Option<D> {
        self.gesture = None;
        let document = self.future.pop()?;
        self.past.push(now.clone());
        Some(document.seen_as(now))
    }
}

impl Kept for Document {
    fn same_settings(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.transport = self.transport.clone();
        other.picture = self.picture.clone();
        other.selected = self.selected;
        *self == other
    }

    /// Its own time and view come back only where they belong to another surface.
    fn seen_as(mut self, now: &Self) -> Self {
        self.transport = now.transport.clone();
        if self.surface.is_beside(&now.surface) {
            self.picture = now.picture.clone();
            if self.racer(now.selected).is_some() {
                self.selected = now.selected;
            }
        } else {
            self.transport.playing = false;
        }
        self
    }
}

impl Gesture for Command {
    fn goes_on(&self, last: &Self) -> bool {
        use Command::{
            DrawPoints, MovePoint, MoveRacerStart, MoveStart, SetBatch, SetFormula, SetHyper, SetNoise, SetParam,
            SetPrediction, SetRule, SetSchedule, SetSteps,
        };
        discriminant(last) == discriminant(self)
            && match (last, self) {
                (SetHyper { racer, name, .. }, SetHyper { racer: other, name: same, .. }) => {
                    racer == other && name == same
                }
                (SetParam { name, .. }, SetParam { name: same, .. }) => name == same,
                (SetRule { racer, .. }, SetRule { racer: other, .. })
                | (SetSchedule { racer, .. }, SetSchedule { racer: other, .. })
                | (MoveRacerStart { racer, .. }, MoveRacerStart { racer: other, .. }) => racer == other,
                (MovePoint { row, .. }, MovePoint { row: other, .. }) => row == other,
                (SetPrediction(_) | DrawPoints(_) | SetBatch(_), _) => true,
                (SetFormula(_), _) | (MoveStart(_), _) | (SetNoise { .. }, _) | (SetSteps(_), _) => true,
                _ => false,
            }
    }
}
