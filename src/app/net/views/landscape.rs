//! The loss around the present weights: a plane through them, along two random directions or along those in which the
//! path went most, with the path and the place; and how sharp the loss is there, beside what the rate can bear.
//!
//! Computed beside the training, anew whenever the last one is done and the weights have gone on.

use std::sync::Arc;

use egui::{Align2, ColorImage, Id, Pos2, Rect, Role, Sense, Shape, Stroke, TextureHandle, TextureOptions, Ui};
use egui::{WidgetInfo, pos2, vec2};

use super::Scene;
use super::table::{LINE, card, figures};
use crate::app::jobs::Jobs;
use crate::app::net::runner::{Study, first_rows};
use crate::app::net::state::NetState;
use crate::app::paint::{Ball, face, haloed_path, text};
use crate::app::theme::{Theme, ThemeName, sizes};
use crate::app::views::{Plane, frame_of};
use crate::app::widgets::{Segment, segmented, show_number};
use crate::chart::{Contour, Field, Tone, ToneKind, View, contour, levels};
use crate::descent::Character;
use crate::i18n;
use crate::nn::Precision;
use crate::nn::analysis::{Effort, LossSpec, Plane as Directions, SliceSpec, draw_slice, sharpness};
use crate::num::crew;
use crate::session::NetSlice;
use crate::session::net::{NetCommand, Program};

/// Places along a side of the slice, of a small net and of a large one, and where that begins.
const SIDES: [usize; 2] = [41, 19];
const LARGE: usize = 5000;
/// Rows times parameters beyond which fewer rows are looked at.
const COSTLY: usize = 400_000;
/// About how many contour lines.
const LEVELS: usize = 12;
/// The room of the numbers, across.
const ASIDE: f32 = 220.0;
/// The most places of the sharpness that are kept.
const MOST: usize = 400;

/// What a slice depends on.
#[derive(Clone, PartialEq)]
pub(in crate::app::net) struct Key {
    program: usize,
    step: usize,
    path: bool,
    seed: u64,
}

/// A slice with what belongs to it.
pub(in crate::app::net) struct Land {
    key: Key,
    field: Field,
    tone: Tone,
    contours: Vec<Contour>,
    path: Vec<[f64; 2]>,
    here: [f64; 2],
    variance: Option<[f64; 2]>,
    plane: Arc<Directions>,
    /// Of the Hessian over the rows that were looked at.
    sharpness: Option<f64>,
    rows: usize,
}

/// The slice, and how the sharpness went.
pub(in crate::app::net) struct Landscape {
    jobs: Jobs<Key, Land>,
    texture: Option<((Key, ThemeName), TextureHandle)>,
    sharp: Vec<(usize, f64)>,
    program: usize,
}

impl Landscape {
    pub(in crate::app::net) fn new(at_once: bool) -> Self {
        Self { jobs: Jobs::new(at_once), texture: None, sharp: Vec::new(), program: 0 }
    }
}

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, state: &mut NetState, commands: &mut Vec<NetCommand>) {
    let (theme, lang) = (scene.theme, scene.lang);
    let inner = room.shrink2(vec2(20.0, 8.0));
    let (bar, below) = inner.split_top_bottom_at_y(inner.top() + 32.0);
    let slice = scene.session.document().picture.slice;
    ask(ui, scene, &mut state.landscape);
    let land = state.landscape.jobs.snapshot();
    if switch(ui, bar, scene, land.is_some(), commands)
        && let Some(land) = &land
    {
        state.slice = slice_of(scene, land).map(Box::new);
    }
    let (plot, aside) = below.split_left_right_at_x(below.right() - ASIDE);
    let rect = Rect::from_min_max(plot.min + vec2(44.0, 6.0), plot.max - vec2(16.0, 34.0));
    let response = ui.interact(rect, Id::unique("net landscape"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, i18n::text(lang, "net.view.landscape")));
    ui.painter().rect_filled(rect, 0.0, theme.canvas);
    let Some(land) = land else {
        let words = i18n::text(lang, if slice.path { "net.no_path" } else { "net.computing" });
        text(ui.painter(), rect.center(), Align2::CENTER_CENTER, words, face(sizes().body, false), theme.muted);
        return;
    };
    picture(ui, rect, scene, state, &land);
    if let Some(at) = response.hover_pos() {
        let plane = Plane { rect, x: land.field.view.x, y: land.field.view.y };
        let [a, b] = plane.to_data(at);
        let cell = |value: f64, [low, high]: [f64; 2], count: usize| {
            ((value - low) / (high - low) * (count - 1) as f64).round().clamp(0.0, (count - 1) as f64) as usize
        };
        let loss = land
            .field
            .at(cell(a, land.field.view.x, land.field.size[0]), cell(b, land.field.view.y, land.field.size[1]));
        response.on_hover_text_at_pointer(format!("L = {}", show_number(loss, 4)));
    }
    numbers(ui, aside, scene, &state.landscape, &land);
}

/// The slice as a surface of the other laboratory.
fn slice_of(scene: &Scene<'_>, land: &Land) -> Option<NetSlice> {
    let program = &scene.snapshot.program;
    let recipe = &program.legs.get(program.leg_at(land.key.step))?.recipe;
    let rows = NetSlice::rows_for(&program.architecture, program.split.train.rows());
    Some(NetSlice {
        name: i18n::fill(scene.lang, "net.slice_name", &[("step", &land.key.step)]),
        layers: program.architecture.layers.clone(),
        loss: recipe.loss,
        penalty: recipe.penalty,
        data: first_rows(&program.split.train, rows)?,
        plane: land.plane.clone(),
        range: [land.field.view.x, land.field.view.y],
        start: land.here,
    })
}

/// Which directions; true when the slice is to be opened in the other laboratory.
fn switch(ui: &mut Ui, bar: Rect, scene: &Scene<'_>, ready: bool, commands: &mut Vec<NetCommand>) -> bool {
    let lang = scene.lang;
    let slice = scene.session.document().picture.slice;
    let (random, path) = (i18n::text(lang, "net.slice_random"), i18n::text(lang, "net.slice_path"));
    let segments = [
        Segment { value: false, word: random, hint: i18n::text(lang, "net.slice_random_hint") },
        Segment { value: true, word: path, hint: i18n::text(lang, "net.slice_path_hint") },
    ];
    let place = Rect::from_min_size(bar.min, vec2(bar.width(), 28.0));
    let builder = egui::UiBuilder::new().max_rect(place).layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        if let Some(path) = segmented(ui, slice.path, &segments) {
            commands.push(NetCommand::SetSlice(crate::session::net::SliceChoice { path, ..slice }));
        }
        let name = i18n::text(lang, "net.other_directions");
        let icon = crate::app::paint::Icon::Die;
        let kind = crate::app::widgets::ButtonKind::Quiet;
        if !slice.path && crate::app::widgets::icon_button(ui, icon, name, "", kind, 26.0).clicked() {
            let seed = slice.seed.wrapping_add(1);
            commands.push(NetCommand::SetSlice(crate::session::net::SliceChoice { seed, ..slice }));
        }
        ui.add_space(8.0);
        let name = i18n::text(lang, "net.open_slice");
        let kind = crate::app::widgets::ButtonKind::Plain;
        ui.add_enabled_ui(ready, |ui| {
            let button = crate::app::widgets::text_button(ui, name, kind);
            button.on_hover_text(i18n::text(lang, "net.open_slice_hint")).clicked()
        })
        .inner
    })
    .inner
}

/// Begins a slice where there is none of the present weights and none is being made.
fn ask(ui: &Ui, scene: &Scene<'_>, landscape: &mut Landscape) {
    let snapshot = scene.snapshot;
    let program = Arc::as_ptr(&snapshot.program.weights) as usize;
    if landscape.program != program {
        (landscape.program, landscape.sharp) = (program, Vec::new());
        landscape.jobs.forget();
    }
    let slice = scene.session.document().picture.slice;
    let key = Key { program, step: snapshot.step, path: slice.path, seed: slice.seed };
    let known = landscape.jobs.snapshot();
    if let Some(land) = known.as_ref() {
        let sharp = &mut landscape.sharp;
        if let Some(value) = land.sharpness
            && sharp.last().is_none_or(|(step, _)| *step != land.key.step)
        {
            sharp.push((land.key.step, value));
            if sharp.len() > MOST {
                sharp.remove(0);
            }
        }
    }
    let fresh = known.as_ref().is_some_and(|land| land.key.path == key.path && land.key.seed == key.seed);
    if known.as_ref().is_some_and(|land| land.key == key) || fresh && landscape.jobs.going().is_some() {
        return;
    }
    let Some(Study::Path(path)) = snapshot.study.as_deref() else { return };
    let path: Vec<Vec<f64>> = path.iter().map(|(_, weights)| weights.clone()).collect();
    let (whole, weights) = (snapshot.program.clone(), snapshot.weights.clone());
    let own = key.clone();
    landscape.jobs.ask(ui.ctx(), key, move |reporter| {
        let watch = |_: usize| !reporter.cancelled();
        if let Some(land) = land_of(&own, &whole, &weights, &path, &watch) {
            reporter.hand_over(land, 1.0);
        }
    });
}

/// The slice of a program at weights.
fn land_of(
    key: &Key,
    program: &Program,
    weights: &[f64],
    path: &[Vec<f64>],
    watch: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Land> {
    let recipe = &program.legs.get(program.leg_at(key.step))?.recipe;
    let all = program.split.train.rows();
    let rows = (COSTLY / weights.len().max(1)).clamp(32, all.max(32)).min(all);
    let chosen = (rows < all).then(|| Arc::new((0..rows as u32).collect::<Vec<u32>>()));
    let loss = LossSpec {
        architecture: (*program.architecture).clone(),
        loss: recipe.loss,
        penalty: recipe.penalty,
        data: program.split.train.clone(),
        rows: chosen,
        precision: Precision::F64,
    };
    let mut way: Vec<Vec<f64>> = path.to_vec();
    way.push(weights.to_vec());
    let (directions, shown) = if key.path {
        (Directions::of_path(&way, weights).ok()?, &way[..])
    } else {
        (Directions::random(&program.architecture, weights, key.seed).ok()?, &[][..])
    };
    let spec = SliceSpec::around(directions, shown, [SIDES[usize::from(weights.len() > LARGE)]; 2]);
    let slice = draw_slice(&loss, &spec, &crew::alone, watch).ok()??;
    let field = Field { size: spec.size, view: View { x: spec.range[0], y: spec.range[1] }, values: slice.values };
    let kind = if field.values.iter().all(|value| *value > 0.0) { ToneKind::Log } else { ToneKind::Linear };
    let tone = Tone::of(&field, kind);
    let contours = contour::contours(&field, &levels::levels(&tone, LEVELS));
    let project = |weights: &Vec<f64>| spec.plane.project(weights);
    let sharpness = loss.open().ok().and_then(|mut loss| {
        let effort = Effort { products: 40, ..Effort::default() };
        sharpness(&mut loss, weights, None, effort, &mut |_, _| watch(0)).map(|found| found.value)
    });
    Some(Land {
        key: key.clone(),
        tone,
        contours,
        path: way.iter().map(project).collect(),
        here: spec.plane.project(weights),
        variance: spec.plane.variance,
        plane: Arc::new(spec.plane),
        sharpness,
        rows,
        field,
    })
}

/// The slice as a map.
fn picture(ui: &Ui, rect: Rect, scene: &Scene<'_>, state: &mut NetState, land: &Land) {
    let theme = scene.theme;
    let plane = Plane { rect, x: land.field.view.x, y: land.field.view.y };
    let key = (land.key.clone(), theme.name);
    if state.landscape.texture.as_ref().is_none_or(|(known, _)| *known != key) {
        let rows = land.field.values.chunks_exact(land.field.size[0]).rev();
        let pixels = rows.flatten().map(|value| theme.heat(land.tone.unit(*value))).collect();
        let image = ColorImage::new(land.field.size, pixels);
        state.landscape.texture = Some((key, ui.ctx().load_texture("landscape", image, TextureOptions::LINEAR)));
    }
    let painter = ui.painter();
    let inside = painter.with_clip_rect(rect.intersect(ui.clip_rect()));
    if let Some((_, texture)) = &state.landscape.texture {
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        inside.image(texture.id(), rect, uv, theme.picture_tint());
    }
    for contour in &land.contours {
        let light = theme.is_light(land.tone.unit(contour.level));
        let ink = if light { theme.contour_dark } else { theme.contour_light };
        for line in &contour.lines {
            let points: Vec<Pos2> = line.points.iter().map(|&[x, y]| plane.to_screen(x, y)).collect();
            let stroke = Stroke::new(sizes().weight, ink);
            inside.add(if line.closed { Shape::closed_line(points, stroke) } else { Shape::line(points, stroke) });
        }
    }
    let way: Vec<Pos2> = land.path.iter().map(|&[x, y]| plane.to_screen(x, y)).collect();
    let color = theme.racers.first().copied().unwrap_or(theme.accent);
    haloed_path(&inside, &way, &[], Stroke::new(1.75, color), theme.halo);
    let center = plane.to_screen(land.here[0], land.here[1]);
    Ball { center, radius: 7.0, color, turn: 0.6, rim: theme.halo }.paint(&inside);
    frame_of(painter, theme, plane, ["a", "b"], 4);
}

/// What the slice shows and does not show, and the sharpness beside the limit of the rate.
fn numbers(ui: &Ui, rect: Rect, scene: &Scene<'_>, landscape: &Landscape, land: &Land) {
    let (theme, lang) = (scene.theme, scene.lang);
    let painter = ui.painter();
    let (upper, lower) = rect.split_top_bottom_at_y(rect.top() + rect.height() * 0.46);
    let within =
        card(painter, theme, upper.with_max_y(upper.bottom() - 10.0), i18n::text(lang, "net.slice"), theme.line);
    let count = scene.snapshot.weights.len();
    let said = match land.variance {
        Some([a, b]) => {
            let (a, b) = (format!("{:.0}", 100.0 * a), format!("{:.0}", 100.0 * b));
            let values: [(&str, &dyn std::fmt::Display); 3] = [("count", &count), ("a", &a), ("b", &b)];
            i18n::fill(lang, "net.slice_of_path", &values)
        }
        None => i18n::fill(lang, "net.slice_of_random", &[("count", &count)]),
    };
    let rows = if land.rows < scene.snapshot.program.split.train.rows() {
        i18n::fill(lang, "net.slice_rows", &[("rows", &land.rows)])
    } else {
        String::new()
    };
    let words = format!("{said} {rows}");
    let galley = painter.layout(words, face(sizes().caption, false), theme.muted, within.width());
    painter.galley(within.min, galley, theme.muted);

    let within = card(painter, theme, lower, i18n::text(lang, "net.sharpness"), theme.line);
    let limit = limit(scene);
    let value = land.sharpness.map_or_else(|| "–".to_owned(), |value| show_number(value, 4));
    figures(painter, within.min, within.width(), &format!("λmax = {value}"), theme.text);
    let bears = limit.map_or_else(|| "–".to_owned(), |limit| show_number(limit, 4));
    figures(painter, within.min + vec2(0.0, LINE), within.width(), &format!("2/η  = {bears}"), theme.muted);
    let plot = Rect::from_min_max(within.min + vec2(0.0, 2.0 * LINE + 6.0), within.max - vec2(0.0, 34.0));
    history(painter, theme, plot, &landscape.sharp, limit);
    let over = limit.zip(land.sharpness).map(|(limit, value)| value > limit);
    let words = match over {
        Some(true) => i18n::text(lang, "net.sharp_over"),
        Some(false) => i18n::text(lang, "net.sharp_under"),
        None => i18n::text(lang, "net.sharp_unknown"),
    };
    let ink = if over == Some(true) { theme.warn } else { theme.muted };
    let galley = painter.layout(words.to_owned(), face(sizes().caption, false), ink, within.width());
    painter.galley(plot.left_bottom() + vec2(0.0, 6.0), galley, ink);
}

/// The largest curvature with which the steps of the present rule and rate stay stable, where one is known.
fn limit(scene: &Scene<'_>) -> Option<f64> {
    let spec = scene.session.optimizer()?;
    let settings = &scene.session.recipe()?.drive.settings;
    let rate = scene.snapshot.batch.map_or(settings.first().copied()?, |batch| batch.rate);
    Character::of(spec, settings).limit().map(|most| most / rate)
}

/// How the sharpness went, with the limit as a dashed line.
fn history(painter: &egui::Painter, theme: &Theme, rect: Rect, sharp: &[(usize, f64)], limit: Option<f64>) {
    if rect.height() < 24.0 {
        return;
    }
    painter.rect_filled(rect, 0.0, theme.canvas);
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line), egui::StrokeKind::Inside);
    let most = sharp.iter().map(|(_, value)| *value).chain(limit).filter(|v| v.is_finite()).fold(1e-9, f64::max) * 1.15;
    let (first, last) = (sharp.first().map_or(0, |p| p.0), sharp.last().map_or(1, |p| p.0));
    let at = |step: usize, value: f64| {
        let along = (step.saturating_sub(first)) as f32 / (last.saturating_sub(first)).max(1) as f32;
        pos2(rect.left() + along * rect.width(), rect.bottom() - (value / most).clamp(0.0, 1.0) as f32 * rect.height())
    };
    if let Some(limit) = limit {
        let ends = [at(first, limit), pos2(rect.right(), at(first, limit).y)];
        crate::app::paint::path(painter, &ends, &[3.0, 3.0], Stroke::new(1.25, theme.bad));
    }
    let line: Vec<Pos2> = sharp.iter().map(|(step, value)| at(*step, *value)).collect();
    crate::app::paint::path(painter, &line, &[], Stroke::new(1.75, theme.accent));
}
