//! The racers on their way, in the coordinates of a view.

use super::request::Request;
use super::theme::{Look, Theme};
use super::words;
use crate::descent::Descent;
use crate::session::{Racer, Session};

/// A racer's way.
#[derive(Clone, Debug)]
pub(super) struct Track {
    /// How it looks.
    pub look: Look,
    /// Its name.
    pub name: String,
    /// The id of its optimizer.
    pub id: String,
    /// Whether it is the selected one.
    pub selected: bool,
    /// The step at which the way was left, of a ghost.
    pub ghost: Option<usize>,
    /// The iterates: the two variables, or the variable and the loss.
    pub points: Vec<[f64; 2]>,
    /// The losses.
    pub losses: Vec<f64>,
}

impl Track {
    /// The last step at or before a time.
    pub(super) fn step(&self, at: f64) -> usize {
        (at.max(0.0) as usize).min(self.points.len().saturating_sub(1))
    }

    /// How far it is from that step to the next.
    pub(super) fn fraction(&self, at: f64) -> f64 {
        if self.step(at) + 1 < self.points.len() { (at - at.floor()).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The iterate at a time and the next one; the same twice where it stands still.
    pub(super) fn ends(&self, at: f64) -> Option<([f64; 2], [f64; 2])> {
        let from = *self.points.get(self.step(at))?;
        let to = self.points.get(self.step(at) + 1).copied().unwrap_or(from);
        Some((from, if to.iter().all(|v| v.is_finite()) { to } else { from }))
    }

    /// Where it is at a time, straight on between iterates.
    pub(super) fn place(&self, at: f64) -> Option<[f64; 2]> {
        let (from, to) = self.ends(at)?;
        let t = self.fraction(at);
        Some([0, 1].map(|k| if t == 0.0 { from[k] } else { from[k] + (to[k] - from[k]) * t }))
    }

    /// The iterates up to a time, and the place between two of them.
    pub(super) fn past(&self, at: f64) -> Vec<[f64; 2]> {
        let mut past = self.points.get(..=self.step(at)).unwrap_or_default().to_vec();
        if self.fraction(at) > 0.0 {
            past.extend(self.place(at));
        }
        past
    }

    /// The iterates from a time on.
    pub(super) fn future(&self, at: f64) -> Vec<[f64; 2]> {
        let ahead = self.points.get(self.step(at) + 1..).unwrap_or_default();
        self.place(at).into_iter().chain(ahead.iter().copied()).collect()
    }
}

/// The ways of the visible racers, in the order of the list.
pub(super) fn tracks(session: &Session, request: &Request) -> Vec<Track> {
    let theme = Theme::get(request.theme);
    let selected = session.document().selected;
    let track = |(place, (racer, run)): (usize, (&Racer, &Descent))| Track {
        look: theme.look(racer),
        name: match request.labels.get(place) {
            Some(label) => label.get(request.lang).to_owned(),
            None => words::racer(session, racer, request.lang),
        },
        id: run.spec().optimizer.id.clone(),
        selected: racer.id == selected,
        ghost: None,
        points: run.rows().map(|row| point(row.w, row.loss)).collect(),
        losses: run.rows().map(|row| row.loss).collect(),
    };
    session.runs().enumerate().map(track).collect()
}

/// The ways that were left by forks.
pub(super) fn ghosts(session: &Session, request: &Request) -> Vec<Track> {
    let theme = Theme::get(request.theme);
    session
        .ghosts()
        .map(|(ghost, run)| Track {
            look: theme.look(&ghost.racer),
            name: String::new(),
            id: run.spec().optimizer.id.clone(),
            selected: false,
            ghost: Some(ghost.since),
            points: run.rows().map(|row| point(row.w, row.loss)).collect(),
            losses: run.rows().map(|row| row.loss).collect(),
        })
        .collect()
}

/// A place of the view.
fn point(w: &[f64], loss: f64) -> [f64; 2] {
    [w.first().copied().unwrap_or(f64::NAN), w.get(1).copied().unwrap_or(loss)]
}

/// Tracks in the order in which they are drawn: the selected one over the others.
pub(super) fn drawn(tracks: &[Track]) -> impl Iterator<Item = &Track> {
    tracks.iter().filter(|track| !track.selected).chain(tracks.iter().filter(|track| track.selected))
}

/// The places that are at least so many points from the one before.
pub(super) fn spaced(places: impl IntoIterator<Item = [f64; 2]>, apart: f64) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for [x, y] in places {
        let far = |[a, b]: &[f64; 2]| (x - a) * (x - a) + (y - b) * (y - b) >= apart * apart;
        if kept.last().is_none_or(far) {
            kept.push([x, y]);
        }
    }
    kept
}
