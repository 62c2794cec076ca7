//! How the numbers of the layers are spread: weights, activations, gradients, a row a layer; and how long the gradient of
//! each layer is, on one logarithmic scale, so that vanishing and exploding gradients are seen.

use egui::{Align2, Painter, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::Scene;
use crate::app::net::runner::Study;
use crate::app::net::state::NetState;
use crate::app::net::tone::sign_color;
use crate::app::paint::{face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::show_number;
use crate::i18n;
use crate::nn::analysis::{Histogram, LayerSpread};
use crate::num::elem;
use crate::session::net::NetCommand;

/// The room of the names, across.
const NAMES: f32 = 96.0;
/// The room of the gradient's length, across.
const NORMS: f32 = 150.0;
const HEAD: f32 = 22.0;

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, _: &mut NetState, _: &mut Vec<NetCommand>) {
    let Some(Study::Spread(spread)) = scene.snapshot.study.as_deref() else { return };
    let (theme, lang) = (scene.theme, scene.lang);
    let inner = room.shrink2(vec2(20.0, 8.0));
    let count = spread.layers.len().max(1) as f32;
    let tall = ((inner.height() - HEAD) / count).min(150.0);
    let wide = (inner.width() - NAMES - NORMS) / 3.0;
    let heads = [
        i18n::text(lang, "net.weights_word"),
        i18n::text(lang, "net.activations_word"),
        i18n::text(lang, "net.gradients_word"),
        i18n::text(lang, "net.gradient_norm"),
    ];
    let left = |k: usize| inner.left() + NAMES + wide * k as f32;
    let small = face(sizes().caption, false);
    for (k, word) in heads.into_iter().enumerate() {
        text(
            ui.painter(),
            pos2(left(k) + 6.0, inner.top() + 8.0),
            Align2::LEFT_CENTER,
            word,
            small.clone(),
            theme.muted,
        );
    }
    let norms: Vec<f64> = spread.layers.iter().map(|layer| layer.gradient_norm).collect();
    let scale = Scale::of(&norms);
    for (k, layer) in spread.layers.iter().enumerate() {
        let top = inner.top() + HEAD + tall * k as f32;
        let row = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), tall - 8.0));
        let name = if k + 1 == spread.layers.len() {
            i18n::text(lang, "net.output").to_owned()
        } else {
            i18n::fill(lang, "net.hidden", &[("number", &(k + 1))])
        };
        let response = ui.interact(row, egui::Id::unique(("spread", k)), Sense::hover());
        let norm = show_number(layer.gradient_norm, 3);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {} {norm}", heads[3])));
        names(ui.painter(), row, scene, &name, layer);
        let inks = [theme.accent, theme.step, theme.gradient];
        for (column, histogram) in [&layer.weights, &layer.activations, &layer.gradients].into_iter().enumerate() {
            let place = Rect::from_min_size(pos2(left(column) + 4.0, top), vec2(wide - 10.0, tall - 8.0));
            bars(ui.painter(), theme, place, histogram, inks[column]);
            hint(ui, place, scene, histogram, (k, column));
        }
        let place = Rect::from_min_size(pos2(left(3) + 6.0, top), vec2(NORMS - 8.0, tall - 8.0));
        scale.bar(ui.painter(), theme, place, layer.gradient_norm);
    }
}

/// The name of a layer, and how many of its neurons say nothing.
fn names(painter: &Painter, row: Rect, scene: &Scene<'_>, name: &str, layer: &LayerSpread) {
    let theme = scene.theme;
    let at = row.left_top() + vec2(0.0, 12.0);
    text(painter, at, Align2::LEFT_CENTER, name, face(sizes().body, false), theme.text);
    if layer.silent > 0 {
        let words = i18n::fill(scene.lang, "net.silent", &[("count", &layer.silent)]);
        text(painter, at + vec2(0.0, 18.0), Align2::LEFT_CENTER, words, face(sizes().caption, false), theme.warn);
    }
}

/// A histogram with its range below it.
fn bars(painter: &Painter, theme: &Theme, rect: Rect, histogram: &Histogram, ink: egui::Color32) {
    let plot = Rect::from_min_max(rect.min, rect.max - vec2(0.0, 14.0));
    painter.rect_filled(plot, 0.0, theme.canvas);
    let most = histogram.counts.iter().copied().max().unwrap_or(1).max(1) as f32;
    let wide = plot.width() / histogram.counts.len().max(1) as f32;
    for (k, &count) in histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        // Few are seen beside many.
        let tall = (count as f32 / most).sqrt() * (plot.height() - 4.0);
        let left = plot.left() + wide * k as f32;
        let bar =
            Rect::from_min_max(pos2(left + 0.5, plot.bottom() - tall.max(1.0)), pos2(left + wide - 0.5, plot.bottom()));
        painter.rect_filled(bar, 0.0, ink.gamma_multiply(0.85));
    }
    let [low, high] = histogram.range;
    if low < 0.0 && high > 0.0 {
        let x = plot.left() + (-low / (high - low)) as f32 * plot.width();
        painter.vline(x, plot.y_range(), Stroke::new(1.0, theme.axis));
    }
    painter.rect_stroke(plot, 0.0, Stroke::new(1.0, theme.line), egui::StrokeKind::Inside);
    let small = face(sizes().caption - 1.0, true);
    let y = rect.bottom() - 5.0;
    text(painter, pos2(plot.left(), y), Align2::LEFT_CENTER, show_number(low, 2), small.clone(), theme.muted);
    text(painter, pos2(plot.right(), y), Align2::RIGHT_CENTER, show_number(high, 2), small, theme.muted);
}

fn hint(ui: &Ui, rect: Rect, scene: &Scene<'_>, histogram: &Histogram, key: (usize, usize)) {
    let response = ui.interact(rect, egui::Id::unique(("histogram", key)), Sense::hover());
    if response.hovered() {
        let (mean, deviation) = (show_number(histogram.mean, 4), show_number(histogram.deviation, 4));
        let values: [(&str, &dyn std::fmt::Display); 2] = [("mean", &mean), ("deviation", &deviation)];
        response.on_hover_text(i18n::fill(scene.lang, "net.spread_hint", &values));
    }
}

/// A logarithmic scale that all layers share.
struct Scale {
    range: [f64; 2],
}

impl Scale {
    fn of(norms: &[f64]) -> Self {
        let known = || norms.iter().copied().filter(|norm| *norm > 0.0 && norm.is_finite()).map(elem::log10);
        let low = known().fold(f64::INFINITY, f64::min).floor();
        let high = known().fold(f64::NEG_INFINITY, f64::max).ceil();
        let range = if low <= high { [low.min(high - 2.0) - 0.2, high] } else { [-3.0, 1.0] };
        Self { range }
    }

    fn bar(&self, painter: &Painter, theme: &Theme, rect: Rect, norm: f64) {
        let [low, high] = self.range;
        let track = Rect::from_min_size(pos2(rect.left(), rect.center().y - 8.0), vec2(rect.width(), 8.0));
        painter.rect_filled(track, 2.0, theme.canvas);
        let mut decade = low.ceil();
        while decade <= high {
            let x = track.left() + ((decade - low) / (high - low)) as f32 * track.width();
            painter.vline(x, track.top()..=track.bottom() + 3.0, Stroke::new(1.0, theme.line_strong));
            decade += 1.0;
        }
        let share = if norm > 0.0 { ((elem::log10(norm) - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        let ink = if norm.is_finite() { sign_color(theme, true) } else { theme.bad };
        let done = Rect::from_min_size(track.min, vec2(track.width() * share as f32, track.height()));
        painter.rect_filled(done, 2.0, ink);
        let at = pos2(rect.right(), track.bottom() + 12.0);
        text(painter, at, Align2::RIGHT_CENTER, show_number(norm, 3), face(sizes().number, true), theme.text);
    }
}
