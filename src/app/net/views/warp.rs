//! How a hidden layer bends the plane: the grid of the inputs and the points, where the layer's activations put them. The
//! layer behind it parts them by straight lines again.

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::Scene;
use crate::app::net::runner::{Study, Warp};
use crate::app::net::state::NetState;
use crate::app::net::tone::class_color;
use crate::app::paint::{face, marker, path, text};
use crate::app::theme::sizes;
use crate::app::views::{Plane, frame_of};
use crate::app::widgets::{Segment, segmented};
use crate::i18n;
use crate::nn::Targets;
use crate::session::Marker;
use crate::session::net::{NetCommand, Neuron};

/// Every how many lines of the grid one is drawn.
const EVERY: usize = 3;

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, _: &mut NetState, commands: &mut Vec<NetCommand>) {
    let (theme, lang) = (scene.theme, scene.lang);
    let inner = room.shrink2(vec2(20.0, 8.0));
    let (bar, below) = inner.split_top_bottom_at_y(inner.top() + 32.0);
    layers(ui, bar, scene, commands);
    let Some(Study::Warp(warp)) = scene.snapshot.study.as_deref() else {
        let words = i18n::text(lang, "net.no_warp");
        text(ui.painter(), room.center(), Align2::CENTER_CENTER, words, face(sizes().body, false), theme.muted);
        return;
    };
    let rect = Rect::from_min_max(below.min + vec2(44.0, 8.0), below.max - vec2(12.0, 30.0));
    let response = ui.interact(rect, egui::Id::unique("net warp"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, i18n::text(lang, "net.view.warp_hint")));
    let plane = shown(rect, warp);
    let painter = ui.painter().clone();
    painter.rect_filled(rect, 0.0, theme.canvas);
    let inside = painter.with_clip_rect(rect.intersect(ui.clip_rect()));
    let at = |place: &[f64; 2]| plane.to_screen(place[0], place[1]);
    let line = |cells: Vec<usize>, width: f32| {
        let points: Vec<Pos2> = cells.iter().filter_map(|cell| warp.grid.get(*cell)).map(at).collect();
        path(&inside, &points, &[], Stroke::new(width, theme.axis));
    };
    for k in (0..warp.side).step_by(EVERY).chain([warp.side - 1]) {
        let edge = if k == 0 || k + 1 == warp.side { 1.75 } else { 0.9 };
        line((0..warp.side).map(|i| k * warp.side + i).collect(), edge);
        line((0..warp.side).map(|j| j * warp.side + k).collect(), edge);
    }
    let train = &scene.snapshot.program.split.train;
    for (row, place) in &warp.points {
        let class = match &train.targets {
            Targets::Classes { labels, .. } => labels.get(*row as usize).copied().unwrap_or(0) as usize,
            Targets::Numbers { values, .. } => usize::from(values.get(*row as usize).is_some_and(|value| *value > 0.0)),
        };
        let shape = if class == 0 { Marker::Circle } else { Marker::TriangleUp };
        marker(&inside, at(place), shape, 3.25, class_color(theme, class), theme.halo);
    }
    let names = match warp.share {
        None => ["a1", "a2"],
        Some(_) => ["u", "v"],
    };
    frame_of(&painter, theme, plane, names, 4);
    if let Some(share) = warp.share {
        let percent = format!("{:.0}", 100.0 * share);
        let words = i18n::fill(lang, "net.warp_share", &[("share", &percent)]);
        let place = rect.right_top() + vec2(-10.0, 10.0);
        crate::app::paint::haloed_text(
            &painter,
            place,
            Align2::RIGHT_TOP,
            words,
            face(sizes().caption, false),
            theme.muted,
            theme.canvas,
        );
    }
}

/// The least plane that shows grid and points.
fn shown(rect: Rect, warp: &Warp) -> Plane {
    let all = || warp.grid.iter().chain(warp.points.iter().map(|(_, place)| place));
    let range = |k: usize| {
        let finite = || all().map(|place| place[k]).filter(|value| value.is_finite());
        let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let air = 0.06 * (high - low);
        if low < high { [low - air, high + air] } else { [low.min(0.0) - 1.0, high.max(0.0) + 1.0] }
    };
    Plane { rect, x: range(0), y: range(1) }
}

/// The switch of the hidden layers.
fn layers(ui: &mut Ui, bar: Rect, scene: &Scene<'_>, commands: &mut Vec<NetCommand>) {
    let lang = scene.lang;
    let count = scene.session.document().layers.len();
    let words: Vec<String> = (1..count).map(|number| i18n::fill(lang, "net.hidden", &[("number", &number)])).collect();
    let hint = i18n::text(lang, "net.view.warp_hint");
    let segments: Vec<Segment<'_, usize>> =
        words.iter().enumerate().map(|(value, word)| Segment { value, word, hint }).collect();
    if segments.is_empty() {
        return;
    }
    let chosen = super::warped(scene.session);
    let place = Rect::from_min_size(bar.min, vec2(bar.width(), 28.0));
    let asked = ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| segmented(ui, chosen, &segments));
    if let Some(layer) = asked.inner {
        commands.push(NetCommand::SelectNeuron(Some(Neuron { layer: layer + 1, unit: 0 })));
    }
}
