//! A path on the relief as it is drawn: beads in places of the screen or of a page, and the stretches that are drawn alike.

use super::{Laid, Seen};

/// A point of a path as it is drawn, at a place of whoever draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bead<P> {
    /// Where it is drawn.
    pub at: P,
    /// When the ball is there, in steps.
    pub time: f64,
    /// Whether the path is above the ground there.
    pub air: bool,
    /// Whether something stands before it.
    pub hidden: bool,
}

impl<P> Bead<P> {
    /// Whether it is an iterate that was reached by a step and is in sight.
    pub fn is_iterate(&self, step: usize) -> bool {
        self.time.fract() == 0.0 && self.time <= step as f64 && !self.hidden
    }
}

/// How a stretch of a path is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Along the ground.
    Ground,
    /// Above it.
    Air,
    /// Behind something.
    Hidden,
}

/// A stretch of a path: how it is drawn, whether it is still to come, and through which places.
pub type Stretch<P> = (Kind, bool, Vec<P>);

/// The beads of a path that was laid, in its pieces.
pub fn beads<P>(laid: &[Vec<Laid>], place: impl Fn(Seen) -> P, hidden: impl Fn(Seen) -> bool) -> Vec<Vec<Bead<P>>> {
    let bead = |laid: &Laid| Bead { at: place(laid.seen), time: laid.time, air: laid.air, hidden: hidden(laid.seen) };
    laid.iter().map(|piece| piece.iter().map(bead).collect()).collect()
}

/// The stretches of a path when the ball is at `cursor`, those at the back first: what is behind hills, then what is to
/// come. `between` is the place so far from the first to the second.
pub fn stretches<P: Copy>(beads: &[Vec<Bead<P>>], cursor: f64, between: impl Fn(P, P, f64) -> P) -> Vec<Stretch<P>> {
    let mut found: Vec<Stretch<P>> = Vec::new();
    for piece in beads {
        let mut open: Option<Stretch<P>> = None;
        for pair in piece.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let kind = match (a.hidden || b.hidden, a.air || b.air) {
                (true, _) => Kind::Hidden,
                (_, true) => Kind::Air,
                _ => Kind::Ground,
            };
            // A segment that the ball is on is divided there.
            let share = ((cursor - a.time) / (b.time - a.time).max(1e-12)).clamp(0.0, 1.0);
            let ball = between(a.at, b.at, share);
            let parts = match share {
                0.0 => [Some((true, a.at, b.at)), None],
                1.0 => [Some((false, a.at, b.at)), None],
                _ => [Some((false, a.at, ball)), Some((true, ball, b.at))],
            };
            for (to_come, from, to) in parts.into_iter().flatten() {
                match &mut open {
                    Some((k, t, points)) if (*k, *t) == (kind, to_come) => points.push(to),
                    _ => found.extend(open.replace((kind, to_come, vec![from, to]))),
                }
            }
        }
        found.extend(open);
    }
    found.sort_by_key(|(kind, to_come, _)| (*kind != Kind::Hidden, !*to_come));
    found
}
