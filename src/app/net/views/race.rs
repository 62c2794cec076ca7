//! A race of optimizers from the same first weights over the same mini-batches: what each has learned, side by side, and
//! their losses. Run beside the training, as many steps as it has made.

use std::sync::Arc;

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, TextureHandle, TextureOptions, Ui, WidgetInfo, pos2, vec2};

use super::Scene;
use crate::app::jobs::{Jobs, Reporter};
use crate::app::net::runner::{Fields, Grid, fields_of};
use crate::app::net::state::NetState;
use crate::app::net::textures::output_image;
use crate::app::paint::{elided_text, face, path, strong, text};
use crate::app::theme::{Theme, ThemeName, sizes};
use crate::app::widgets::show_number;
use crate::chart::ticks::{log_ticks, ticks};
use crate::i18n;
use crate::num::elem;
use crate::session::net::{NetCommand, Program, ProgramLeg, Tape, racers};

/// Steps that are made at least.
const LEAST: usize = 400;
/// Steps that are made at most.
const MOST: usize = 20_000;
/// Places of the loss curves.
const PLACES: usize = 80;
const CARD: f32 = 58.0;

/// What a race depends on.
#[derive(Clone, PartialEq)]
pub(in crate::app::net) struct Key {
    weights: usize,
    recipe: usize,
    steps: usize,
}

/// One of the racers so far.
#[derive(Clone)]
struct Runner {
    name: String,
    losses: Vec<(usize, f64)>,
    accuracy: Option<f64>,
    fields: Option<Arc<Fields>>,
}

/// All racers so far.
pub(in crate::app::net) struct Results {
    runners: Vec<Runner>,
    steps: usize,
}

/// The race, and the pictures of its nets.
pub(in crate::app::net) struct Race {
    jobs: Jobs<Key, Results>,
    textures: Option<((usize, ThemeName), Vec<TextureHandle>)>,
}

impl Race {
    pub(in crate::app::net) fn new(at_once: bool) -> Self {
        Self { jobs: Jobs::new(at_once), textures: None }
    }
}

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, state: &mut NetState, _: &mut Vec<NetCommand>) {
    let (theme, lang) = (scene.theme, scene.lang);
    ask(ui, scene, &mut state.race);
    let inner = room.shrink2(vec2(20.0, 8.0));
    let Some(results) = state.race.jobs.snapshot() else {
        let words = i18n::text(lang, "net.computing");
        text(ui.painter(), inner.center(), Align2::CENTER_CENTER, words, face(sizes().body, false), theme.muted);
        return;
    };
    let words = i18n::fill(lang, "net.race_fair", &[("steps", &results.steps)]);
    elided_text(
        ui.painter(),
        inner.left_top() + vec2(0.0, 8.0),
        inner.width(),
        &words,
        face(sizes().caption, false),
        theme.muted,
    );
    let count = results.runners.len().max(1) as f32;
    let gap = 12.0;
    let wide = (inner.width() - gap * (count - 1.0)) / count;
    let tall = (wide).min(inner.height() * 0.48);
    fill(ui, scene, state, &results);
    for (k, runner) in results.runners.iter().enumerate() {
        let left = inner.left() + k as f32 * (wide + gap);
        let rect = Rect::from_min_size(pos2(left, inner.top() + 24.0), vec2(wide, tall));
        card(ui, scene, state, rect, k, runner);
    }
    let top = inner.top() + 24.0 + tall + CARD;
    let plot = Rect::from_min_max(pos2(inner.left() + 52.0, top), inner.max - vec2(4.0, 24.0));
    if plot.height() > 50.0 {
        curves(ui, scene, plot, &results);
    }
}

/// Begins a race where this one is not run yet.
fn ask(ui: &Ui, scene: &Scene<'_>, race: &mut Race) {
    let program = scene.session.program();
    let Some(leg) = program.legs.get(program.leg_at(scene.session.step())) else { return };
    // A race is run again when the training has gone on twice as far.
    let steps = scene.session.farthest().clamp(LEAST, MOST).next_power_of_two().min(MOST);
    let key = Key { weights: Arc::as_ptr(&program.weights) as usize, recipe: Arc::as_ptr(&leg.recipe) as usize, steps };
    let (whole, recipe) = (program.clone(), leg.recipe.clone());
    let grid = scene.plane.map(|plane| plane.grid.clone());
    race.jobs.ask(ui.ctx(), key, move |reporter| run(&whole, &recipe, grid.as_ref(), steps, reporter));
}

/// Runs all racers, a piece of each in turn.
fn run(
    program: &Program,
    recipe: &crate::nn::Recipe,
    grid: Option<&Arc<Grid>>,
    steps: usize,
    reporter: &Reporter<Results>,
) {
    let entered: Vec<(String, Program)> = racers(recipe)
        .into_iter()
        .map(|own| {
            let name = own.optimizer.name.en.clone();
            let leg = ProgramLeg { since: 0, recipe: Arc::new(own), edits: Vec::new() };
            (name, Program { legs: vec![leg], ..program.clone() })
        })
        .collect();
    let mut tapes: Vec<(Tape, Runner)> = Vec::new();
    for (name, program) in &entered {
        if let Ok(tape) = Tape::new(Arc::new(program.clone())) {
            let runner = Runner { name: name.clone(), losses: Vec::new(), accuracy: None, fields: None };
            tapes.push((tape, runner));
        }
    }
    let piece = (steps / PLACES).max(1);
    for until in (0..=steps).step_by(piece) {
        for (tape, runner) in &mut tapes {
            while tape.step() < until && !reporter.cancelled() && tape.advance() {}
            if tape.stopped().is_some() {
                continue;
            }
            let (train, test) = tape.measure();
            runner.losses.push((tape.step(), train.loss));
            runner.accuracy = test.or(Some(train)).and_then(|measure| measure.accuracy);
        }
        if reporter.cancelled() {
            return;
        }
        let last = until + piece > steps;
        if last || (until / piece).is_multiple_of(8) {
            for (tape, runner) in &mut tapes {
                runner.fields = grid.map(|grid| Arc::new(fields_of(tape.program(), &tape.weights(), grid)));
            }
            let runners = tapes.iter().map(|(_, runner)| runner.clone()).collect();
            reporter.hand_over(Results { runners, steps: until }, until as f32 / steps.max(1) as f32);
        }
    }
}

/// Fills the pictures of what the nets answer, where there are new ones.
fn fill(ui: &Ui, scene: &Scene<'_>, state: &mut NetState, results: &Arc<Results>) {
    let key = (Arc::as_ptr(results) as usize, scene.theme.name);
    if state.race.textures.as_ref().is_some_and(|(known, _)| *known == key) {
        return;
    }
    let image = |runner: &Runner| {
        let fields = runner.fields.as_ref()?;
        let image = output_image(scene.theme, fields, scene.meaning, scene.session.document().picture.discrete);
        Some(ui.ctx().load_texture("race", image, TextureOptions::LINEAR))
    };
    let textures: Vec<TextureHandle> = results.runners.iter().filter_map(image).collect();
    state.race.textures = Some((key, textures));
}

fn color(theme: &Theme, index: usize) -> egui::Color32 {
    theme.racers.get((index + 2) % theme.racers.len().max(1)).copied().unwrap_or(theme.accent)
}

const DASHES: [&[f32]; 4] = [&[], &[6.0, 3.0], &[1.5, 2.5], &[8.0, 2.5, 1.5, 2.5]];

/// What a net has learned, with its name and its loss.
fn card(ui: &mut Ui, scene: &Scene<'_>, state: &NetState, rect: Rect, index: usize, runner: &Runner) {
    let (theme, lang) = (scene.theme, scene.lang);
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme.canvas);
    let texture = state.race.textures.as_ref().and_then(|(_, textures)| textures.get(index));
    if let Some(texture) = texture.filter(|_| scene.plane.is_some_and(|plane| plane.flat)) {
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture.id(), rect, uv, theme.picture_tint());
    }
    painter.rect_stroke(rect, 0.0, Stroke::new(1.5, color(theme, index)), egui::StrokeKind::Outside);
    let at = rect.left_bottom() + vec2(0.0, 14.0);
    let line = [at + vec2(0.0, 0.0), at + vec2(22.0, 0.0)];
    path(painter, &line, DASHES[index % DASHES.len()], Stroke::new(2.0, color(theme, index)));
    elided_text(painter, at + vec2(28.0, 0.0), rect.width() - 28.0, &runner.name, strong(sizes().caption), theme.text);
    let loss = runner.losses.last().map_or(f64::NAN, |(_, loss)| *loss);
    let mut words = format!("L = {}", show_number(loss, 4));
    if let Some(share) = runner.accuracy {
        words = format!("{words}   {:.1} %", 100.0 * share);
    }
    let below = at + vec2(0.0, 18.0);
    elided_text(painter, below, rect.width(), &words, face(sizes().number, true), theme.muted);
    let response = ui.interact(rect, egui::Id::unique(("net racer", index)), Sense::hover());
    let said = format!("{}: {words}", runner.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    response.on_hover_text(i18n::text(lang, "net.race_hint"));
}

/// The losses, logarithmic where they can be.
fn curves(ui: &Ui, scene: &Scene<'_>, rect: Rect, results: &Results) {
    let theme = scene.theme;
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme.canvas);
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), egui::StrokeKind::Outside);
    let values =
        || results.runners.iter().flat_map(|runner| &runner.losses).map(|(_, loss)| *loss).filter(|l| l.is_finite());
    let first = results.runners.iter().filter_map(|runner| runner.losses.first()).map(|p| p.1).fold(0.0, f64::max);
    let low = values().fold(f64::INFINITY, f64::min);
    let high = values().filter(|value| *value <= 3.0 * first).fold(f64::NEG_INFINITY, f64::max);
    if low >= high {
        return;
    }
    let log = low > 0.0;
    let height = |value: f64| if log { elem::log10(value.max(1e-300)) } else { value };
    let (bottom, top) = (height(low), height(high));
    let last = results.runners.iter().filter_map(|runner| runner.losses.last()).map(|p| p.0).max().unwrap_or(1).max(1);
    let at = |step: usize, value: f64| -> Pos2 {
        let up = ((height(value) - bottom) / (top - bottom)).clamp(-1.0, 2.0) as f32;
        let along = step as f32 / last as f32;
        pos2(rect.left() + along * rect.width(), rect.bottom() - 4.0 - up * (rect.height() - 10.0))
    };
    let small = face(sizes().caption, true);
    let marks = if log { log_ticks(low, high, (rect.height() / 28.0) as usize) } else { ticks(low, high, 4) };
    for mark in marks.into_iter().filter(|mark| mark.major) {
        let y = at(0, mark.value).y;
        painter.hline(rect.x_range(), y, Stroke::new(1.0, theme.grid));
        text(painter, pos2(rect.left() - 8.0, y), Align2::RIGHT_CENTER, &mark.label, small.clone(), theme.muted);
    }
    for mark in ticks(0.0, last as f64, (rect.width() / 90.0) as usize) {
        let x = rect.left() + (mark.value / last as f64) as f32 * rect.width();
        let x = x.min(rect.right() - 14.0);
        text(painter, pos2(x, rect.bottom() + 5.0), Align2::CENTER_TOP, &mark.label, small.clone(), theme.muted);
    }
    let inside = painter.with_clip_rect(rect.intersect(ui.clip_rect()));
    for (k, runner) in results.runners.iter().enumerate() {
        let line: Vec<Pos2> =
            runner.losses.iter().filter(|(_, loss)| loss.is_finite()).map(|(step, loss)| at(*step, *loss)).collect();
        path(&inside, &line, DASHES[k % DASHES.len()], Stroke::new(2.0, color(theme, k)));
    }
}
