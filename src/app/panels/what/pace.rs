//! The rate over the steps of the selected racer as a small curve: what the run used, pale what it would use after its
//! end, and where the present step stands. A click or a drag goes to a step.

use std::sync::Arc;

use egui::{Align2, CornerRadius, CursorIcon, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};
use egui::{pos2, vec2};

use crate::app::paint::{elided_text, face, marker, path, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{describe, show_number};
use crate::chart::Pace;
use crate::i18n::{self, Lang};
use crate::session::{Command, RacerId, Session};

/// The size of the plot, down.
const TALL: f32 = 72.0;
/// The room for the numbers of the axis.
const LEFT: f32 = 48.0;
/// Places across the plot that have points of their own.
const COLUMNS: usize = 400;

/// The rates of a racer: those that its run used, then those that it would use up to the horizon.
struct Rates {
    rates: Vec<f64>,
    /// How many of them were used.
    used: usize,
    pace: Pace,
    /// The momentum of each step, where the schedule moves it, on an axis of its own.
    momentum: Option<Pace>,
}

/// The rates, kept until a run is another.
fn rates(ui: &Ui, session: &Session, racer: RacerId) -> Option<Arc<Rates>> {
    let id = Id::unique("rates over the steps");
    let key = (session.runs_revision(), racer, session.document().steps);
    let kept = ui.data(|data| data.get_temp::<((u64, RacerId, usize), Arc<Rates>)>(id));
    if let Some((_, rates)) = kept.filter(|(known, _)| *known == key) {
        return Some(rates);
    }
    let run = session.run(racer)?;
    let mut rates: Vec<f64> = (1..=run.last_step()).filter_map(|step| run.row(step).lr).collect();
    let used = rates.len();
    // One that watches the loss has no future without a run.
    if let Some(schedule) = run.spec().schedule.as_ref().filter(|schedule| !schedule.watches_metric()) {
        let base = run.spec().rate();
        rates.extend(schedule.rates(base, session.document().steps).into_iter().skip(used));
    }
    let pace = Pace::new(&rates, COLUMNS)?;
    let moving = run.spec().schedule.as_ref().filter(|schedule| schedule.moves_momentum());
    let momenta = moving.map(|schedule| schedule.momenta(run.spec().rate(), rates.len()));
    let momentum = momenta.and_then(|momenta| Pace::new(&momenta, COLUMNS));
    let rates = Arc::new(Rates { rates, used, pace, momentum });
    ui.data_mut(|data| data.insert_temp(id, (key, rates.clone())));
    Some(rates)
}

/// Draws the curve, where the racer has a run.
pub(super) fn curve(ui: &mut Ui, session: &Session, racer: RacerId, lang: Lang, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let (outer, _) = ui.allocate_exact_size(vec2(ui.available_width(), TALL), Sense::hover());
    let Some(rates) = rates(ui, session, racer) else { return };
    let rect = Rect::from_min_max(outer.min + vec2(LEFT, 2.0), outer.max - vec2(0.0, 6.0));
    let name = i18n::text(lang, "app.schedule_curve");
    let response = ui.interact(rect, Id::unique("schedule curve"), Sense::CLICK | Sense::DRAG);
    // For the mouse: the keys have the scale of time.
    response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, ui.is_enabled(), name));
    ui.painter().rect(rect, CornerRadius::same(4), theme.canvas, Stroke::new(1.0, theme.line), StrokeKind::Inside);
    let inner = rect.shrink2(vec2(4.0, 6.0));
    let last = rates.rates.len().saturating_sub(1).max(1) as f64;
    let place = |step: f64, rate: f64| -> Pos2 {
        let share = [(step / last) as f32, rates.pace.height(rate) as f32];
        pos2(inner.left() + share[0] * inner.width(), inner.bottom() - share[1] * inner.height())
    };
    let color = session.document().racer(racer).map_or(theme.accent, |racer| theme.racer(racer).color);
    let split = rates.used as f64;
    let part = |keep: &dyn Fn(f64) -> bool| -> Vec<Pos2> {
        rates.pace.points.iter().filter(|point| keep(point[0])).map(|&[step, rate]| place(step, rate)).collect()
    };
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    path(&painter, &part(&|step| step >= split - 1.0), &[], Stroke::new(1.5, color.gamma_multiply(0.4)));
    path(&painter, &part(&|step| step < split), &[], Stroke::new(2.0, color));

    if let Some(momentum) = &rates.momentum {
        let values = || momentum.points.iter().map(|point| point[1]);
        let (least, most) =
            values().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
        let share = |value: f64| ((value - least) / (most - least).max(1e-12)) as f32;
        let point =
            |&[step, value]: &[f64; 2]| pos2(place(step, 0.0).x, inner.bottom() - share(value) * inner.height());
        let points: Vec<Pos2> = momentum.points.iter().map(point).collect();
        path(&painter, &points, &[3.0, 3.0], Stroke::new(1.25, theme.muted));
    }
    let at = |step: usize| rates.rates.get(step.min(rates.rates.len().saturating_sub(1))).copied().unwrap_or(f64::NAN);
    let step = session.step();
    let here = place(step.min(last as usize) as f64, at(step));
    painter.vline(here.x, rect.y_range(), Stroke::new(1.0, theme.muted));
    let mark = session.document().racer(racer).map(|racer| theme.racer(racer).marker);
    if let Some(mark) = mark {
        marker(&painter, here, mark, 4.0, color, theme.canvas);
    }
    axis(ui, Rect::from_min_max(outer.min, pos2(rect.left() - 4.0, outer.bottom())), rect, &rates.pace);
    let told = |step: usize| {
        let momentum = session.run(racer).and_then(|run| run.momentum(step));
        let rate = show_number(at(step), 4);
        match momentum {
            Some(momentum) => i18n::fill(
                lang,
                "app.schedule_point_momentum",
                &[("step", &step), ("rate", &rate), ("momentum", &show_number(momentum, 4))],
            ),
            None => i18n::fill(lang, "app.schedule_point", &[("step", &step), ("rate", &rate)]),
        }
    };
    describe(ui, response.id, &told(step));
    let under = |pointer: Pos2| (f64::from((pointer.x - inner.left()) / inner.width()) * last).round().clamp(0.0, last);
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
        commands.push(Command::Seek(under(pointer).min(session.last_step() as f64)));
    }
    let hovered = response.hover_pos().map_or(step, |pointer| under(pointer) as usize);
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_ui_at_pointer(|ui| {
        ui.label(name);
        ui.monospace(told(hovered));
    });
}

/// The ends of the axis, and whether it is logarithmic.
fn axis(ui: &Ui, room: Rect, rect: Rect, pace: &Pace) {
    let theme = Theme::of(ui);
    let small = face(sizes().caption, true);
    let [low, high] = pace.range.map(|rate| show_number(rate, 2));
    for (y, anchor, number) in [(rect.top(), Align2::RIGHT_TOP, high), (rect.bottom(), Align2::RIGHT_BOTTOM, low)] {
        text(ui.painter(), pos2(room.right(), y), anchor, number, small.clone(), theme.muted);
    }
    let at = pos2(room.left(), rect.center().y);
    let sign = if pace.log { "η log" } else { "η" };
    elided_text(ui.painter(), at, room.width(), sign, small, theme.faint);
}
