//! A racer as the views see it: its iterates, and where on them the ball is.

use crate::app::theme::RacerLook;

/// The iterates of one racer and the place of its ball.
#[derive(Clone, Debug)]
pub(in crate::app) struct Track {
    /// How it looks.
    pub look: RacerLook,
    /// Whether the inspector and the arrows are about it.
    pub selected: bool,
    /// The iterates in the view's coordinates: `x` and the loss on a curve, `x` and `y` on a map.
    pub points: Vec<[f64; 2]>,
    /// The ball's place among them: a whole number at an iterate, between two while it rolls.
    pub cursor: f64,
}

impl Track {
    /// The iterate at or before the ball.
    pub(in crate::app) fn step(&self) -> usize {
        (self.cursor.max(0.0).floor() as usize).min(self.points.len().saturating_sub(1))
    }

    /// How far the ball is on its way to the next iterate, 0 to 1.
    pub(in crate::app) fn fraction(&self) -> f64 {
        if self.step() + 1 < self.points.len() { (self.cursor - self.step() as f64).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The iterate that the ball left and the one that it goes to.
    pub(in crate::app) fn ends(&self) -> Option<([f64; 2], [f64; 2])> {
        let from = *self.points.get(self.step())?;
        let to = self.points.get(self.step() + 1).copied().unwrap_or(from);
        Some((from, if to[0].is_finite() && to[1].is_finite() { to } else { from }))
    }

    /// The ball's place, on the straight way between two iterates.
    pub(in crate::app) fn place(&self) -> Option<[f64; 2]> {
        let (from, to) = self.ends()?;
        let t = self.fraction();
        if t == 0.0 {
            return Some(from);
        }
        Some([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::Theme;
    use crate::session::Marker;

    fn look() -> RacerLook {
        RacerLook { color: Theme::get(crate::app::theme::ThemeName::Dark).accent, marker: Marker::Circle, dash: &[] }
    }

    #[test]
    fn the_ball_is_between_the_iterates_that_its_cursor_names() {
        let mut track =
            Track { look: look(), selected: true, points: vec![[0.0, 0.0], [2.0, 4.0], [3.0, f64::NAN]], cursor: 0.25 };
        assert_eq!(track.place(), Some([0.5, 1.0]));
        track.cursor = 1.5;
        assert_eq!(track.place(), Some([2.0, 4.0]), "nothing rolls into a number that is none");
        track.cursor = 99.0;
        assert_eq!((track.step(), track.fraction()), (2, 0.0));
        track.points.clear();
        assert_eq!(track.place(), None);
    }
}
