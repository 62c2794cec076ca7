//! What the views need of the session, read off it once a frame: the racers with their looks, paths, losses and arrows.
//!
//! The only page that knows how the session keeps its descents.

use super::panels::LossLine;
use super::study::Study;
use super::theme::Theme;
use super::views::{ArrowKind, ArrowMark, GroundMarks, StepMarks, Track};
use super::widgets::show_number;
use crate::explain;
use crate::i18n::{self, Lang};
use crate::num::linalg::norm;
use crate::optim::{Method, Slot};
use crate::session::{Layer, Motion, Phase, Racer, Session};

/// The racers as the views draw them: those that are visible.
pub(super) struct Model {
    /// Their paths.
    pub tracks: Vec<Track>,
    /// Their losses.
    pub losses: Vec<LossLine>,
    /// The arrows of the selected one's next step; none of them while the ball moves.
    pub step: Option<StepMarks>,
}

impl Model {
    /// Reads the visible racers.
    pub(super) fn of(session: &Session, theme: &Theme, study: Option<&Study>, lang: Lang) -> Self {
        let document = session.document();
        let map = session.surface().dimension >= 2;
        let transport = &document.transport;
        // A ball that jumps is at an iterate at all times.
        let cursor = match document.picture.motion {
            Motion::Roll => transport.place(),
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
            if selected {
                model.step = study.map(|study| step_marks(session, study, map, lang));
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

/// The arrows of the selected racer's step: those that are switched on, and in slow motion those whose line is reached.
fn step_marks(session: &Session, study: &Study, map: bool, lang: Lang) -> StepMarks {
    let Some((run, anatomy)) = session.run(session.document().selected).zip(study.anatomy.as_ref()) else {
        return StepMarks::default();
    };
    let document = session.document();
    let (row, next) = (run.row(study.step), run.row(study.step + 1));
    let from = point(row.w, row.loss, map);
    let picture = &document.picture;
    let (axes, model) = (map && picture.shows(Layer::CurvatureAxes), picture.shows(Layer::LocalModel));
    let ground = (axes || model).then(|| GroundMarks { ground: study.ground.clone(), axes, model });
    let phase = document.transport.phase(study.lines.len());
    let still = !document.transport.playing && document.transport.fraction() == 0.0;
    if study.step >= run.last_step() || (phase.is_none() && !still) {
        return StepMarks { from, ground, ..StepMarks::default() };
    }
    let pair =
        |v: &[f64]| [v.first().copied().unwrap_or(0.0), if map { v.get(1).copied().unwrap_or(0.0) } else { 0.0 }];
    // On a curve the sign says the direction; on a map the arrow does.
    let number = |v: &[f64]| show_number(if map { norm(v) } else { v.first().copied().unwrap_or(f64::NAN) }, 3);
    let mark = |row: &ArrowRow| {
        let vector: &[f64] = match (&row.what, row.kind) {
            (_, ArrowKind::Downhill) => &anatomy.downhill,
            (_, ArrowKind::Step) => &anatomy.step,
            (_, ArrowKind::LookAhead) => anatomy.memory.as_deref()?,
            (ArrowOf::State(name), _) => {
                let part = anatomy.states.iter().find(|part| part.name == *name)?;
                part.share.as_deref().unwrap_or(&part.value)
            }
            (ArrowOf::Layer(_), _) => return None,
        };
        let shown = vector.iter().all(|x| x.is_finite()) && vector.iter().any(|x| *x != 0.0);
        let words = format!("{} {}", row.label, number(vector));
        shown.then(|| ArrowMark { kind: row.kind, by: pair(vector), words, hint: row.hint.clone() })
    };
    let (mut arrows, mut lengths) = (Vec::new(), Vec::new());
    for row in rows(session, study, lang).into_iter().rev().filter(|row| row.on) {
        let Some(mark) = mark(&row) else { continue };
        lengths.extend(mark.kind.has_length().then_some(mark.by));
        if row.reached(phase, study) {
            arrows.push(mark);
        }
    }
    StepMarks { from, arrows, lengths, to: Some(point(next.w, next.loss, map)), ground }
}

/// What switches an arrow.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ArrowOf {
    /// A layer of the picture.
    Layer(Layer),
    /// The state of this name.
    State(String),
}

/// An arrow that can be switched, with its numbers.
pub(super) struct ArrowRow {
    /// What switches it.
    pub what: ArrowOf,
    /// What it is about.
    pub kind: ArrowKind,
    /// Its name beside the tip.
    pub label: String,
    /// Its name in the list.
    pub name: String,
    /// Its numbers: a direction's, a state's, a point's.
    pub values: Vec<f64>,
    /// What it is and how long it is drawn.
    pub hint: String,
    /// Whether it is drawn.
    pub on: bool,
}

impl ArrowRow {
    /// Whether its line of the rule is reached, in slow motion.
    fn reached(&self, phase: Option<Phase>, study: &Study) -> bool {
        let Some(phase) = phase.filter(|_| !study.lines.is_empty()) else { return true };
        let first = |name: &str| {
            study.lines.iter().position(|line| line.name == name || line.reads.iter().any(|read| read == name))
        };
        let last_step = study.lines.iter().rposition(|line| line.name == "w");
        let line = match (&self.what, self.kind) {
            (_, ArrowKind::Downhill) => first("g"),
            (ArrowOf::State(name), _) => first(name),
            _ => last_step,
        };
        line.is_none_or(|line| phase.reached(line))
    }
}

/// The arrows that can be switched, in the order of the list.
pub(super) fn rows(session: &Session, study: &Study, lang: Lang) -> Vec<ArrowRow> {
    let Some(anatomy) = &study.anatomy else { return Vec::new() };
    let picture = &session.document().picture;
    let derivative = if anatomy.step.len() > 1 { "−∇f" } else { "−f′" };
    let layer = |layer: Layer, kind: ArrowKind, label: &str, name: &str, values: &[f64], hint: &str| ArrowRow {
        what: ArrowOf::Layer(layer),
        kind,
        label: label.to_owned(),
        name: name.to_owned(),
        values: values.to_vec(),
        hint: hint.to_owned(),
        on: picture.shows(layer),
    };
    let mut rows = vec![layer(
        Layer::Gradient,
        ArrowKind::Downhill,
        derivative,
        derivative,
        &anatomy.downhill,
        i18n::text(lang, "app.arrow.downhill_hint"),
    )];
    let (mut shares, mut shapes) = (0, 0);
    for part in anatomy.states.iter().filter(|part| !part.idle).take(STATES) {
        let (kind, hint) = match &part.share {
            Some(share) => {
                shares += 1;
                let adds = explain::tuple(share);
                let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &part.name), ("adds", &adds)];
                (ArrowKind::Share(shares - 1), i18n::fill(lang, "app.arrow.share_hint", &values))
            }
            None => {
                shapes += 1;
                let length = show_number(norm(&part.value), 3);
                let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &part.name), ("length", &length)];
                (ArrowKind::Shape(shapes - 1), i18n::fill(lang, "app.arrow.shape_hint", &values))
            }
        };
        let on = picture.arrows.get(&part.name).copied().unwrap_or(part.share.is_some());
        let (name, values) = (part.name.clone(), part.value.clone());
        rows.push(ArrowRow { what: ArrowOf::State(name.clone()), kind, label: name.clone(), name, values, hint, on });
    }
    if !matches!(session.optimizer(session.document().selected).map(|spec| &spec.method), Some(Method::Native(_))) {
        let run = session.run(session.document().selected);
        let ahead: Vec<f64> = match (run, &anatomy.memory) {
            (Some(run), Some(memory)) => run.row(study.step).w.iter().zip(memory).map(|(w, by)| w + by).collect(),
            _ => Vec::new(),
        };
        let name = i18n::text(lang, "app.arrow.look_ahead");
        let hint = i18n::text(lang, "app.arrow.look_ahead_hint");
        rows.push(layer(Layer::LookAhead, ArrowKind::LookAhead, name, name, &ahead, hint));
    }
    let name = i18n::text(lang, "app.arrow.step");
    let hint = i18n::text(lang, "app.arrow.step_hint");
    rows.push(layer(Layer::Step, ArrowKind::Step, "Δ", name, &anatomy.step, hint));
    rows
}

/// States that are shown; a method that remembers much more keeps the rest to itself.
const STATES: usize = 5;

/// What a native method remembers at a step, as text.
pub(super) fn states(session: &Session, racer: &Racer, step: usize) -> Vec<(String, Vec<String>)> {
    let Some(run) = session.run(racer.id) else { return Vec::new() };
    let Some(state) = run.state(step) else { return Vec::new() };
    let text = |slot: &Slot| slot.of(&state.memory).iter().copied().map(explain::steady).collect();
    run.slots().iter().take(STATES).map(|slot| (slot.name.clone(), text(slot))).collect()
}

/// How a racer's descent ended, in words.
pub(super) fn outcome(session: &Session, racer: &Racer, lang: Lang) -> Option<String> {
    session.run(racer.id)?.outcome().map(|outcome| explain::outcome(lang, outcome))
}
