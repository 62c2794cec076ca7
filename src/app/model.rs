//! What the views need of the session, read off it once a frame: the racers with their looks, paths, losses and arrows.
//!
//! The only page that knows how the session keeps its descents.

use super::panels::LossLine;
use super::theme::Theme;
use super::views::{StepMarks, Track};
use super::widgets::show_number;
use crate::explain::{self, steady};
use crate::i18n::Lang;
use crate::optim::OptimizerSpec;
use crate::session::{Layer, Motion, Racer, Session};

/// The racers as the views draw them: those that are visible.
pub(super) struct Model {
    /// Their paths.
    pub tracks: Vec<Track>,
    /// Their losses.
    pub losses: Vec<LossLine>,
    /// The arrows of the selected one's next step.
    pub step: Option<StepMarks>,
}

impl Model {
    /// Reads the visible racers.
    pub(super) fn of(session: &Session, theme: &Theme) -> Self {
        let document = session.document();
        let map = session.surface().dimension >= 2;
        let transport = &document.transport;
        // A ball that jumps is at an iterate at all times.
        let cursor = match document.picture.motion {
            Motion::Roll => transport.cursor,
            Motion::Jump => transport.step() as f64,
        };
        let mut model = Self { tracks: Vec::new(), losses: Vec::new(), step: None };
        for (racer, run) in session.runs() {
            let look = theme.racer(racer);
            let selected = racer.id == document.selected;
            let (mut points, mut losses) = (Vec::new(), Vec::new());
            for row in run.rows() {
                points.push(point(row.w, row.loss, map));
                losses.push(row.loss);
            }
            model.tracks.push(Track { look, selected, points, cursor });
            model.losses.push(LossLine { look, selected, losses, cursor });
            if selected && !document.transport.playing && document.transport.fraction() == 0.0 {
                model.step = step_marks(session, racer, document.transport.step(), map);
            }
        }
        for (ghost, run) in session.ghosts() {
            let look = theme.racer(&ghost.racer).faded();
            let points = run.rows().map(|row| point(row.w, row.loss, map)).collect();
            let losses = run.rows().map(|row| row.loss).collect();
            model.tracks.insert(0, Track { look, selected: false, points, cursor });
            model.losses.insert(0, LossLine { look, selected: false, losses, cursor });
        }
        model
    }
}

/// A place in the view: `x` and `y` on a map, `x` and the loss on a curve.
fn point(w: &[f64], loss: f64, map: bool) -> [f64; 2] {
    let at = |k: usize| w.get(k).copied().unwrap_or(f64::NAN);
    [at(0), if map { at(1) } else { loss }]
}

/// The arrows of a racer's step from `step` on.
fn step_marks(session: &Session, racer: &Racer, step: usize, map: bool) -> Option<StepMarks> {
    let run = session.run(racer.id)?;
    if step >= run.last_step() {
        return None;
    }
    let picture = &session.document().picture;
    let (row, next) = (run.row(step), run.row(step + 1));
    let by: Vec<f64> = next.w.iter().zip(row.w).map(|(a, b)| a - b).collect();
    let steep = crate::num::linalg::norm(row.gradient);
    let moved = if map { crate::num::linalg::norm(&by) } else { by.first().copied().unwrap_or(f64::NAN) };
    let slope = row.gradient.first().copied().unwrap_or(f64::NAN);
    let downhill = [0, 1].map(|k| row.gradient.get(k).map_or(0.0, |g| -g));
    Some(StepMarks {
        from: point(row.w, row.loss, map),
        downhill: (picture.shows(Layer::Gradient) && steep > 0.0 && steep.is_finite()).then_some(downhill),
        to: picture.shows(Layer::Step).then(|| point(next.w, next.loss, map)),
        words: [
            if map {
                format!("−∇f {}", show_number(steep, 3))
            } else {
                format!("−f′ {}", show_number(-slope, 3))
            },
            format!("Δ {}", show_number(moved, 3)),
        ],
    })
}

/// An optimizer's rule as text; for one that is not elementwise, what it does.
pub(super) fn rule_text(spec: &OptimizerSpec, lang: Lang) -> &str {
    spec.source().map_or_else(|| spec.note.get(lang), str::trim)
}

/// States that are shown; a method that remembers much more keeps the rest to itself.
const STATES: usize = 5;

/// A racer's named states at a step, as text.
pub(super) fn states(session: &Session, racer: &Racer, step: usize) -> Vec<(String, Vec<String>)> {
    let Some(run) = session.run(racer.id) else { return Vec::new() };
    let Some(state) = run.state(step) else { return Vec::new() };
    run.slots()
        .iter()
        .take(STATES)
        .map(|slot| (slot.name.clone(), slot.of(&state.memory).iter().copied().map(steady).collect()))
        .collect()
}

/// How a racer's descent ended, in words.
pub(super) fn outcome(session: &Session, racer: &Racer, lang: Lang) -> Option<String> {
    session.run(racer.id)?.outcome().map(|outcome| explain::outcome(lang, outcome))
}
