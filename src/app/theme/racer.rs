//! How the racers are told apart: by color, by the shape of their marker and by the dash of their path.

use egui::Color32;

use super::Theme;

/// The shape that marks an iterate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of shapes say it all")]
pub enum Marker {
    Circle,
    Square,
    Diamond,
    Triangle,
    Cross,
    Ring,
    Bar,
    Star,
}

/// On and off lengths of a dashed line, in points; none for a solid line.
pub type Dash = &'static [f32];

const MARKERS: [Marker; 8] = [
    Marker::Circle,
    Marker::Square,
    Marker::Diamond,
    Marker::Triangle,
    Marker::Cross,
    Marker::Ring,
    Marker::Bar,
    Marker::Star,
];

const DASHES: [Dash; 8] = [
    &[],
    &[8.0, 4.0],
    &[2.0, 3.5],
    &[10.0, 3.0, 2.0, 3.0],
    &[5.0, 3.0],
    &[14.0, 4.0],
    &[2.0, 3.0, 6.0, 3.0],
    &[4.0, 6.0],
];

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
    pub(super) fn new(theme: &Theme, index: usize) -> Self {
        let color = match theme.racers.len() {
            0 => theme.text,
            n => theme.racers[index % n],
        };
        Self { color, marker: MARKERS[index % MARKERS.len()], dash: DASHES[index % DASHES.len()] }
    }
}
