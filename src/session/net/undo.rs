//! What undo keeps of the network laboratory: as with surfaces, settings are taken back, time is not; but what was
//! trained with settings that are taken back has not been trained, so time goes back to where they began.

use std::mem::discriminant;

use super::{NetCommand, NetDocument};
use crate::session::undo::{Gesture, Kept};

impl Kept for NetDocument {
    fn same_settings(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.transport = self.transport.clone();
        other.picture = self.picture.clone();
        *self == other
    }

    fn seen_as(mut self, now: &Self) -> Self {
        let common = self.common_steps(now);
        self.transport = now.transport.clone();
        self.transport.step = now.transport.step.min(common.unwrap_or(0));
        if self.data == now.data && self.layers == now.layers {
            self.picture = now.picture.clone();
        }
        self
    }
}

impl Gesture for NetCommand {
    fn goes_on(&self, last: &Self) -> bool {
        use NetCommand::{
            SetBatch, SetData, SetDropout, SetHyper, SetPenalty, SetRule, SetSchedule, SetSeed, SetUnits, SetWeight,
        };
        discriminant(last) == discriminant(self)
            && match (last, self) {
                (SetHyper { name, .. }, SetHyper { name: same, .. }) => name == same,
                (SetUnits { layer, .. }, SetUnits { layer: same, .. }) => layer == same,
                (SetWeight { place, .. }, SetWeight { place: same, .. }) => place == same,
                (SetData(_) | SetPenalty(_) | SetDropout(_) | SetBatch(_) | SetSeed(_), _) => true,
                (SetRule(_) | SetSchedule(_), _) => true,
                _ => false,
            }
    }
}
