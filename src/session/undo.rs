//! Undo and redo: whole documents, one for each gesture. Time is not undone, nor how the surface is looked at: what is
//! taken back are settings.

use std::mem::discriminant;

use super::{Command, Document};

/// Documents to go back to, and to come forward to.
#[derive(Default)]
pub(super) struct Undo {
    past: Vec<Document>,
    future: Vec<Document>,
    /// The command that made the last change, while it may go on: a slider that is being dragged is one change.
    gesture: Option<Command>,
}

/// How many changes are kept.
const DEPTH: usize = 200;

impl Undo {
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
    pub(super) fn note(&mut self, command: Command, before: &Document, after: &Document) {
        if same_settings(before, after) {
            return;
        }
        self.future.clear();
        if !self.gesture.as_ref().is_some_and(|last| goes_on(last, &command)) {
            if self.past.len() >= DEPTH {
                self.past.remove(0);
            }
            self.past.push(before.clone());
        }
        self.gesture = Some(command);
    }

    /// The document before the last change.
    pub(super) fn back(&mut self, now: &Document) -> Option<Document> {
        self.gesture = None;
        let document = self.past.pop()?;
        self.future.push(now.clone());
        Some(seen_as(document, now))
    }

    /// The document after the change that was taken back last.
    pub(super) fn forward(&mut self, now: &Document) -> Option<Document> {
        self.gesture = None;
        let document = self.future.pop()?;
        self.past.push(now.clone());
        Some(seen_as(document, now))
    }
}

/// Whether two documents differ only in time, in the selected racer and in how the surface is looked at.
fn same_settings(one: &Document, other: &Document) -> bool {
    let mut other = other.clone();
    other.transport = one.transport.clone();
    other.picture = one.picture.clone();
    other.selected = one.selected;
    *one == other
}

/// A document of another time, looked at as now: its own time and view come back only where they belong to another
/// surface.
fn seen_as(mut document: Document, now: &Document) -> Document {
    document.transport = now.transport.clone();
    if document.surface.is_beside(&now.surface) {
        document.picture = now.picture.clone();
        if document.racer(now.selected).is_some() {
            document.selected = now.selected;
        }
    } else {
        document.transport.playing = false;
    }
    document
}

/// Whether a command continues the gesture of the one before: the same thing, set again.
fn goes_on(last: &Command, next: &Command) -> bool {
    use Command::{
        DrawPoints, MovePoint, MoveRacerStart, MoveStart, SetBatch, SetFormula, SetHyper, SetNoise, SetParam,
        SetPrediction, SetRule, SetSchedule, SetSteps,
    };
    discriminant(last) == discriminant(next)
        && match (last, next) {
            (SetHyper { racer, name, .. }, SetHyper { racer: other, name: same, .. }) => racer == other && name == same,
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
