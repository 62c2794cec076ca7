//! The losses and the share of right answers over the steps: over the data that is learned from a solid line, over the
//! test data a dashed one; what lies behind the step that is shown is pale. A click or a drag goes to a step.

use egui::{Align2, CursorIcon, Id, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::Scene;
use crate::app::paint::{face, path, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{focus_ring, show_number, word_switch};
use crate::chart::ticks::{log_ticks, ticks};
use crate::i18n;
use crate::nn::Measure;
use crate::num::elem;
use crate::session::Scale;
use crate::session::net::{CurvePoint, NetCommand};

const LEFT: f32 = 56.0;
const BELOW: f32 = 20.0;
/// The dash of what is measured on the test data.
const DASH: &[f32] = &[4.0, 3.0];

/// What a plot shows of a measure.
type Read = fn(&Measure) -> f64;

/// A plot of something that was measured.
struct Plot<'a> {
    name: &'a str,
    read: Read,
    log: bool,
    /// The values at the lower and at the upper edge, as they are drawn.
    edges: [f64; 2],
    rect: Rect,
    last: f64,
    /// Whether the legend stands below, because the lines rise.
    low: bool,
}

/// Draws the plots into the room there is.
pub(in crate::app::net) fn curves(ui: &mut Ui, room: Rect, scene: &Scene<'_>, commands: &mut Vec<NetCommand>) {
    let lang = scene.lang;
    let points = scene.snapshot.curve.points();
    let classes = points.iter().any(|point| point.train.accuracy.is_some());
    let (left, right) = if classes { room.split_left_right_at_fraction(0.6) } else { (room, Rect::NOTHING) };
    let last = scene.session.farthest().max(scene.snapshot.farthest).max(1) as f64;
    let inner = |rect: Rect| Rect::from_min_max(rect.min + vec2(LEFT, 6.0), rect.max - vec2(12.0, BELOW));

    let loss: Read = |measure| measure.loss;
    let wish = scene.session.document().picture.losses == Scale::Log;
    let [low, high] = range(points, loss);
    let log = wish && low > 0.0;
    let edges = [low, high].map(|value| if log { elem::log10(value) } else { value });
    let air = 0.06 * (edges[1] - edges[0]).max(1e-9 * edges[1].abs()).max(1e-12);
    let name = i18n::text(lang, "net.loss_plot");
    let edges = [edges[0] - air, edges[1] + air];
    let plot = Plot { name, read: loss, log, edges, rect: inner(left), last, low: false };
    plot.show(ui, scene, points, commands);
    let place = Rect::from_min_size(pos2(left.left() + 8.0, plot.rect.bottom() - 6.0), vec2(34.0, 20.0));
    let (word, spoken) = (i18n::text(lang, "app.log"), i18n::text(lang, "app.log_losses"));
    if let Some(on) = word_switch(ui, place, Id::unique("net log loss"), word, spoken, wish) {
        commands.push(NetCommand::SetLossScale(if on { Scale::Log } else { Scale::Linear }));
    }
    if classes {
        let share: Read = |measure| measure.accuracy.unwrap_or(f64::NAN);
        let name = i18n::text(lang, "net.accuracy_plot");
        let [low, _] = range(points, share);
        let low = if low.is_finite() { (low - 0.05).clamp(0.0, 0.95) } else { 0.0 };
        let edges = [low, 1.0 + 0.02 * (1.0 - low)];
        Plot { name, read: share, log: false, edges, rect: inner(right), last, low: true }
            .show(ui, scene, points, commands);
    }
}

/// The least and the most that is finite; one that grows out of all proportion does not hide the rest.
fn range(points: &[CurvePoint], read: Read) -> [f64; 2] {
    let all = || points.iter().flat_map(|point| [Some(point.train), point.test]).flatten();
    let values = || all().map(|measure| read(&measure)).filter(|value| value.is_finite());
    let first = points.first().map_or(f64::INFINITY, |point| read(&point.train));
    let low = values().fold(f64::INFINITY, f64::min);
    let cap = if first.is_finite() { first + 3.0 * (first - low).max(1e-9) + first.abs() } else { f64::INFINITY };
    let high = values().filter(|value| *value <= cap).fold(f64::NEG_INFINITY, f64::max);
    if low <= high { [low, high] } else { [0.0, 1.0] }
}

impl Plot<'_> {
    fn show(&self, ui: &mut Ui, scene: &Scene<'_>, points: &[CurvePoint], commands: &mut Vec<NetCommand>) {
        let (theme, rect) = (scene.theme, self.rect);
        let response = ui.interact(rect, Id::unique(("net curve", self.name)), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, self.name));
        let painter = ui.painter().clone();
        painter.rect_filled(rect, 0.0, theme.canvas);
        self.axes(&painter, theme);
        let inside = painter.with_clip_rect(rect.expand(1.0).intersect(ui.clip_rect()));
        let now = scene.session.step();
        for test in [true, false] {
            let of = |point: &CurvePoint| if test { point.test } else { Some(point.train) };
            let ink = if test { theme.muted } else { theme.accent };
            let line = |past: bool| -> Vec<Pos2> {
                let within = |point: &&CurvePoint| (point.step <= now) == past;
                let value = |point: &CurvePoint| of(point).map(|measure| (point.step, (self.read)(&measure)));
                let known = points.iter().filter(within).filter_map(value).filter(|(_, value)| value.is_finite());
                known.map(|(step, value)| self.at(step as f64, value)).collect()
            };
            let mut past = line(true);
            let future = line(false);
            let measured = scene.snapshot.measured;
            let here = if test { measured.test } else { measured.train };
            if let Some(here) = here.map(|here| (self.read)(&here)).filter(|value| value.is_finite())
                && measured.step <= now
                && past.last().is_none_or(|last| last.x < self.at(measured.step as f64, here).x)
            {
                past.push(self.at(measured.step as f64, here));
            }
            let dash = if test { DASH } else { &[] };
            path(&inside, &future, dash, Stroke::new(1.0, ink.gamma_multiply(0.4)));
            path(&inside, &past, dash, Stroke::new(if test { 1.5 } else { 2.0 }, ink));
        }
        let x = self.at(now as f64, 0.0).x;
        inside.vline(x, rect.y_range(), Stroke::new(1.0, theme.accent));
        if response.has_focus() {
            focus_ring(ui, rect, 0);
        }
        self.legend(&painter, scene);
        let under = |at: Pos2| f64::from((at.x - rect.left()) / rect.width()).clamp(0.0, 1.0) * self.last;
        if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
            commands.extend([NetCommand::Pause, NetCommand::Seek(under(at).round() as usize)]);
        }
        if let Some(at) = response.hover_pos() {
            let step = under(at) as usize;
            let nearest = points.iter().min_by_key(|point| point.step.abs_diff(step));
            if let Some(point) = nearest {
                let number = |measure: Option<Measure>| {
                    measure.map_or_else(|| "–".to_owned(), |measure| show_number((self.read)(&measure), 4))
                };
                let (train, test) = (number(Some(point.train)), number(point.test));
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("step", &point.step), ("train", &train), ("test", &test)];
                let words = i18n::fill(scene.lang, "net.curve_point", &values);
                response.on_hover_cursor(CursorIcon::ResizeHorizontal).on_hover_text_at_pointer(words);
            }
        }
    }

    fn at(&self, step: f64, value: f64) -> Pos2 {
        let height = if self.log { elem::log10(value.max(f64::MIN_POSITIVE)) } else { value };
        let [low, high] = self.edges;
        let up = ((height - low) / (high - low)).clamp(-2.0, 3.0) as f32;
        let along = (step / self.last).clamp(0.0, 1.0) as f32;
        pos2(self.rect.left() + along * self.rect.width(), self.rect.bottom() - up * self.rect.height())
    }

    /// Which line is which.
    fn legend(&self, painter: &Painter, scene: &Scene<'_>) {
        let theme = scene.theme;
        let small = face(sizes().caption, false);
        let mut right = self.rect.right() - 8.0;
        let y = if self.low { self.rect.bottom() - 12.0 } else { self.rect.top() + 12.0 };
        let words = [
            (i18n::text(scene.lang, "net.test"), DASH, theme.muted),
            (i18n::text(scene.lang, "net.train"), &[][..], theme.accent),
        ];
        for (word, dash, ink) in words {
            let placed = text(painter, pos2(right, y), Align2::RIGHT_CENTER, word, small.clone(), theme.muted);
            let line = [pos2(placed.left() - 24.0, y), pos2(placed.left() - 6.0, y)];
            path(painter, &line, dash, Stroke::new(1.75, ink));
            right = placed.left() - 36.0;
        }
        text(painter, pos2(self.rect.left() + 8.0, y), Align2::LEFT_CENTER, self.name, small, theme.text);
    }

    fn axes(&self, painter: &Painter, theme: &Theme) {
        let rect = self.rect;
        let font = face(sizes().caption, true);
        let tick = Stroke::new(1.0, theme.axis);
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), egui::StrokeKind::Outside);
        for mark in ticks(0.0, self.last, (rect.width() / 80.0) as usize) {
            if mark.value.fract() != 0.0 {
                continue;
            }
            let x = rect.left() + (mark.value / self.last) as f32 * rect.width();
            painter.vline(x, rect.bottom()..=rect.bottom() + 3.0, tick);
            let clear = x.min(rect.right() - 4.0 * mark.label.len() as f32 + 8.0);
            text(painter, pos2(clear, rect.bottom() + 5.0), Align2::CENTER_TOP, &mark.label, font.clone(), theme.muted);
        }
        let count = (rect.height() / 28.0) as usize;
        let [low, high] = self.edges;
        let marks = if self.log {
            log_ticks(elem::pow(10.0, low), elem::pow(10.0, high), count)
        } else {
            ticks(low, high, count)
        };
        for mark in marks {
            let height = if self.log { elem::log10(mark.value) } else { mark.value };
            let y = rect.bottom() - ((height - low) / (high - low)) as f32 * rect.height();
            painter.hline(rect.left() - if mark.major { 4.0 } else { 2.0 }..=rect.left(), y, tick);
            if mark.major {
                painter.hline(rect.x_range(), y, Stroke::new(1.0, theme.grid));
                text(painter, pos2(rect.left() - 8.0, y), Align2::RIGHT_CENTER, &mark.label, font.clone(), theme.muted);
            }
        }
    }
}
