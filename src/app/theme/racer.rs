//! How the racers are told apart: by color, by the shape of their marker and by the dash of their path.

use egui::Color32;

use super::Theme;
use crate::session::{Marker, Racer};

/// On and off lengths of a dashed line, in widths of the line; none for a solid line.
pub type Dash = &'static [f32];

/// What a racer looks like wherever it appears.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RacerLook {
    /// Its color in the present theme.
    pub color: Color32,
    /// The shape that marks its iterates.
    pub marker: Marker,
    /// The dash of its path.
    pub dash: Dash,
}

impl RacerLook {
    pub(super) fn new(theme: &Theme, racer: &Racer) -> Self {
        let color = match theme.racers.len() {
            0 => theme.text,
            n => theme.racers[usize::from(racer.palette) % n],
        };
        Self { color, marker: racer.marker(), dash: racer.dash() }
    }

    /// The look of what is no longer: pale, and always dashed.
    pub fn faded(self) -> Self {
        let dash = if self.dash.is_empty() { &[2.0, 3.0] } else { self.dash };
        Self { color: self.color.gamma_multiply(0.45), dash, ..self }
    }
}
