//! The loss over the steps, one line a racer, the present step marked; a click or a drag on it goes there.

use egui::{Align2, CursorIcon, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_plot::{Line, LineStyle, Plot, PlotPoint, PlotPoints};

use crate::app::paint::{axis_number, face, marker, text};
use crate::app::theme::{RacerLook, Theme, sizes};
use crate::app::widgets::{focus_ring, show_number, word_switch};
use crate::chart;
use crate::num::elem;
use crate::session::Scale;

/// One racer's losses.
pub(in crate::app) struct LossLine {
    /// How it looks.
    pub look: RacerLook,
    /// Whether it is the selected one.
    pub selected: bool,
    /// The loss of each step, from the start.
    pub losses: Vec<f64>,
    /// Where the ball is.
    pub cursor: f64,
}

/// The words of the plot.
pub(in crate::app) struct LossWords<'a> {
    /// The accessible name.
    pub name: &'a str,
    /// The name of the vertical axis.
    pub loss: &'a str,
    /// The name of the horizontal axis.
    pub step: &'a str,
    /// The word on the switch of the logarithmic axis, and its accessible name.
    pub log: [&'a str; 2],
}

const LEFT: f32 = 56.0;
const BELOW: f32 = 20.0;

/// What a hand on the plot asks for.
pub(in crate::app) enum LossAsk {
    /// To go to a step.
    Seek(f64),
    /// Another scale.
    Scale(Scale),
}

/// Draws the plot into the space there is.
pub(in crate::app) fn loss_plot(
    ui: &mut Ui,
    lines: &[LossLine],
    last: usize,
    scale: Scale,
    words: &LossWords<'_>,
) -> Option<LossAsk> {
    let theme = Theme::of(ui);
    let outer = ui.available_rect_before_wrap();
    let rect = Rect::from_min_max(outer.min + vec2(LEFT, 6.0), outer.max - vec2(12.0, BELOW));
    let (low, high) = range(lines);
    // Losses that are not positive have no logarithm: then the axis is even, whatever is wished.
    let log = low > 0.0 && scale == Scale::Log;
    let height = |loss: f64| if log { elem::log10(loss) } else { loss };
    let (bottom, top) = margins(height(low), height(high));
    let beyond = 9.0 * (top - bottom);
    let steps = last.max(1) as f64;

    let place = Rect::from_min_size(pos2(outer.left() + 8.0, rect.bottom() - 6.0), vec2(34.0, 20.0));
    let mut asked = None;
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.painter().rect_filled(rect, 0.0, theme.canvas);
        let plot = Plot::new("loss")
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .show_crosshair(false)
            .set_margin_fraction(vec2(0.0, 0.0))
            .sense(Sense::click_and_drag())
            .width(rect.width())
            .height(rect.height());
        let shown = plot.show(ui, |plot| {
            plot.set_plot_bounds_x(0.0..=steps);
            plot.set_plot_bounds_y(bottom..=top);
            for line in lines.iter().filter(|l| !l.selected).chain(lines.iter().filter(|l| l.selected)) {
                let now = (line.cursor.floor().max(0.0) as usize).min(line.losses.len().saturating_sub(1));
                let points = |range: &[f64], from: usize| -> PlotPoints<'static> {
                    let stride = (range.len() / 2000).max(1);
                    let finite = range.iter().enumerate().step_by(stride).filter(|(_, loss)| loss.is_finite());
                    finite
                        .map(|(k, &loss)| [(from + k) as f64, height(loss).clamp(bottom - beyond, top + beyond)])
                        .collect::<Vec<_>>()
                        .into()
                };
                let width = if line.selected { 2.0 } else { 1.4 };
                let style = |line: &LossLine| match line.look.dash {
                    [] => LineStyle::Solid,
                    dash => LineStyle::Dashed { length: dash[0].max(5.0) },
                };
                let future = line.losses.get(now..).unwrap_or_default();
                let faint = line.look.color.gamma_multiply(0.4);
                let past = line.losses.get(..=now).unwrap_or_default();
                plot.line(Line::new("", points(future, now)).color(faint).width(1.0).allow_hover(false));
                plot.line(
                    Line::new("", points(past, 0))
                        .color(line.look.color)
                        .width(width)
                        .style(style(line))
                        .allow_hover(false),
                );
            }
        });
        let response = shown.response.on_hover_cursor(CursorIcon::ResizeHorizontal);
        response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, words.name));
        let transform = shown.transform;
        if response.has_focus() {
            focus_ring(ui, rect, 0);
        }
        if let Some(pointer) = response.interact_pointer_pos()
            && (response.dragged() || response.clicked())
        {
            asked = Some(LossAsk::Seek(transform.value_from_position(pointer).x.clamp(0.0, last as f64)));
        }

        // The present step, and each racer's mark on its line.
        let painter = ui.painter().with_clip_rect(rect.expand(6.0).intersect(ui.clip_rect()));
        let at = |step: f64, loss: f64| transform.position_from_point(&PlotPoint::new(step, height(loss)));
        if let Some(line) = lines.iter().find(|line| line.selected) {
            let x = at(line.cursor, low.max(f64::MIN_POSITIVE)).x;
            painter.vline(x, rect.y_range(), Stroke::new(1.0, theme.accent));
        }
        for line in lines {
            let now = line.cursor.floor().max(0.0) as usize;
            let (Some(&from), next) = (line.losses.get(now), line.losses.get(now + 1)) else { continue };
            let to = next.copied().filter(|v| v.is_finite()).unwrap_or(from);
            let t = if next.is_some() { line.cursor.fract() } else { 0.0 };
            let (a, b) = (height(from), height(to));
            let mark = transform.position_from_point(&PlotPoint::new(now as f64 + t, a + t * (b - a)));
            if rect.expand(4.0).contains(mark) {
                marker(&painter, mark, line.look.marker, 4.0, line.look.color, theme.canvas);
            }
        }
        if let Some(pointer) = response.hover_pos()
            && let Some(line) = lines.iter().find(|line| line.selected)
        {
            let step = transform.value_from_position(pointer).x.round().clamp(0.0, last as f64) as usize;
            if let Some(loss) = line.losses.get(step) {
                let words = format!("{} {step}   {} {}", words.step, words.loss, show_number(*loss, 5));
                let corner = rect.right_top() + vec2(-8.0, 6.0);
                text(&painter, corner, Align2::RIGHT_TOP, words, face(sizes().caption, true), theme.muted);
            }
        }

        ticks(ui, theme, (rect, place), [0.0, steps], [bottom, top], log);
    });
    let on = scale == Scale::Log;
    if let Some(on) = word_switch(ui, place, Id::unique("log loss"), words.log[0], words.log[1], on) {
        asked = Some(LossAsk::Scale(if on { Scale::Log } else { Scale::Linear }));
    }
    asked
}

/// The lowest and highest finite loss that can be told apart; a run that left the finite numbers does not hide the rest.
fn range(lines: &[LossLine]) -> (f64, f64) {
    let finite = || lines.iter().flat_map(|line| &line.losses).copied().filter(|loss| loss.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let first = lines.iter().filter_map(|line| line.losses.first()).copied().filter(|l| l.is_finite());
    // A diverging run is shown up to a little above where the race began.
    let start = first.fold(f64::NEG_INFINITY, f64::max);
    let fall = start - low;
    // Where none falls, the growth itself is to be seen.
    let room = if fall > 1e-9 * start.abs() { 3.0 * fall } else { 20.0 * start.abs().max(1e-12) };
    let cap = if room.is_finite() { start + room } else { f64::MAX };
    let high = finite().filter(|loss| *loss <= cap).fold(f64::NEG_INFINITY, f64::max);
    if low.is_finite() && high.is_finite() { (low, high.max(low)) } else { (0.0, 1.0) }
}

fn margins(low: f64, high: f64) -> (f64, f64) {
    let span = (high - low).max(1e-9 * high.abs()).max(1e-12);
    (low - 0.06 * span, high + 0.08 * span)
}

/// The numbers around the plot; none lies on the switch in the corner.
fn ticks(ui: &Ui, theme: &Theme, (rect, switch): (Rect, Rect), x: [f64; 2], y: [f64; 2], log: bool) {
    let painter = ui.painter();
    let font = face(sizes().caption, true);
    let tick = Stroke::new(1.0, theme.axis);
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), egui::StrokeKind::Outside);
    let along = |v: f64, range: [f64; 2]| ((v - range[0]) / (range[1] - range[0])) as f32;
    for mark in chart::ticks::ticks(x[0], x[1], (rect.width() / 80.0) as usize) {
        let at = rect.left() + along(mark.value, x) * rect.width();
        painter.vline(at, rect.bottom()..=rect.bottom() + 3.0, tick);
        let clear = at.min(rect.right() - 4.0 * mark.label.len() as f32 + 8.0);
        text(painter, pos2(clear, rect.bottom() + 5.0), Align2::CENTER_TOP, &mark.label, font.clone(), theme.muted);
    }
    let count = (rect.height() / 28.0) as usize;
    let marks = if log {
        chart::ticks::log_ticks(elem::pow(10.0, y[0]), elem::pow(10.0, y[1]), count)
    } else {
        chart::ticks::ticks(y[0], y[1], count)
    };
    for mark in marks {
        let value = if log { elem::log10(mark.value) } else { mark.value };
        let at = rect.bottom() - along(value, y) * rect.height();
        let long = if mark.major { 4.0 } else { 2.0 };
        painter.hline(rect.left() - long..=rect.left(), at, tick);
        if mark.major {
            painter.hline(rect.x_range(), at, Stroke::new(1.0, theme.grid));
            let room = (LEFT - 10.0, switch);
            axis_number(painter, pos2(rect.left() - 8.0, at), room, &mark.label, font.clone(), theme.muted);
        }
    }
}
