//! The best rate for each racer: the search with all its trials, over the window, and what to take over of it.

use std::sync::Arc;

use egui::{
    Align2, CornerRadius, Frame, Id, Modal, Pos2, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::work::same;
use crate::app::jobs::{EVERY, Jobs, Reporter};
use crate::app::paint::{elided_text, face, marker, path, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, caption, follow_focus, show_number, text_button};
use crate::descent::map::{Axis, Varied};
use crate::descent::{Spec, Tuning, tune};
use crate::i18n::{self, fill};
use crate::num::elem;
use crate::session::{Command, RacerId, Session};

/// The search and what it was asked.
pub(in crate::app) struct Rates {
    jobs: Jobs<Request, Found>,
}

#[derive(Clone)]
struct Request(Vec<(RacerId, Spec, Axis)>);

impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        let equal = |(a, b): (&(RacerId, Spec, Axis), &(RacerId, Spec, Axis))| {
            // The rate is what is searched.
            let mut like = b.1.clone();
            if let (Some(slot), Some(rate)) = (like.settings.first_mut(), a.1.settings.first()) {
                *slot = *rate;
            }
            a.0 == b.0 && a.2 == b.2 && same(&a.1, &like)
        };
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(equal)
    }
}

/// What was found so far, one for each racer that was asked for.
struct Found(Vec<(RacerId, Tuning)>);

impl Rates {
    /// Nothing yet; `at_once` for a window without a display.
    pub(in crate::app) fn new(at_once: bool) -> Self {
        Self { jobs: Jobs::new(at_once) }
    }
}

impl Request {
    /// The visible racers whose rule has a rate.
    fn of(session: &Session) -> Self {
        let asked = session.runs().filter_map(|(racer, run)| {
            let hyper = run.spec().optimizer.hyperparameters.first()?;
            let axis = Axis { what: Varied::Hyper(0), range: hyper.range, scale: hyper.scale };
            Some((racer.id, run.spec().clone(), axis))
        });
        Self(asked.collect())
    }
}

/// Searches for all racers, one after the other.
fn search(request: &Request, reporter: &Reporter<Found>) {
    let mut found: Vec<(RacerId, Tuning)> = Vec::new();
    let total = request.0.len().max(1) as f32;
    for (racer, spec, axis) in &request.0 {
        let made = found.len() as f32;
        let mut last = std::time::Instant::now();
        let tuned = tune(spec, axis, &mut |tuning| {
            let share = (made + tuning.share) / total;
            reporter.progress(share);
            if last.elapsed() >= EVERY {
                last = std::time::Instant::now();
                let so_far = found.iter().cloned().chain([(*racer, tuning.clone())]);
                reporter.hand_over(Found(so_far.collect()), share);
            }
            !reporter.cancelled()
        });
        match tuned {
            Ok(Some(tuning)) => found.push((*racer, tuning)),
            Ok(None) => return,
            // A racer whose descent cannot be has no best rate.
            Err(_) => {}
        }
    }
    reporter.hand_over(Found(found), 1.0);
}

/// Draws the search while it is open.
pub(in crate::app) fn rates(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    rates: &mut Rates,
    commands: &mut Vec<Command>,
) {
    if !view.rates_open {
        rates.jobs.forget();
        return;
    }
    let request = Request::of(session);
    rates.jobs.ask(ui.ctx(), request.clone(), move |reporter| search(&request, reporter));
    let theme = Theme::of(ui);
    let lang = view.lang;
    let shown = Modal::new(Id::unique("best rates"))
        .backdrop_color(theme.shadow)
        .frame(Frame::popup(ui.style()).inner_margin(24))
        .show(ui.ctx(), |ui| {
            ui.set_width(620.0);
            ui.label(RichText::new(i18n::text(lang, "app.rates.title")).size(sizes().title).color(theme.text));
            ui.add_space(4.0);
            let steps = session.document().steps;
            caption(ui, &fill(lang, "app.rates.how", &[("steps", &steps)]));
            ui.add_space(12.0);
            let found = rates.jobs.snapshot();
            body(ui, session, view, found.as_deref(), commands);
            ui.add_space(12.0);
            foot(ui, session, view, rates, found.as_ref(), commands)
        });
    if shown.inner || shown.should_close() {
        view.rates_open = false;
    }
}

fn body(ui: &mut Ui, session: &Session, view: &ViewState, found: Option<&Found>, commands: &mut Vec<Command>) {
    ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (racer, run) in session.runs() {
            let tuning = found.and_then(|found| found.0.iter().find(|(id, _)| *id == racer.id)).map(|(_, t)| t);
            row(ui, session, view, racer.id, run.spec(), tuning, commands);
        }
        follow_focus(ui);
    });
}

const ROW: f32 = 68.0;

/// A racer with its curve and what was found.
fn row(
    ui: &mut Ui,
    session: &Session,
    view: &ViewState,
    id: RacerId,
    spec: &Spec,
    tuning: Option<&Tuning>,
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let Some(racer) = session.document().racer(id) else { return };
    let look = theme.racer(racer);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, theme.line));
    marker(ui.painter(), pos2(rect.left() + 8.0, rect.center().y), look.marker, 5.0, look.color, theme.panel);
    let name = spec.optimizer.name.get(lang);
    let left = rect.left() + 24.0;
    let font = face(sizes().body, false);
    elided_text(ui.painter(), pos2(left, rect.center().y - 16.0), 180.0, name, font, theme.text);
    let small = face(sizes().caption, false);
    let now = fill(lang, "app.rates.now", &[("rate", &show_number(racer.rate(), 3))]);
    elided_text(ui.painter(), pos2(left, rect.center().y + 2.0), 180.0, &now, small.clone(), theme.muted);
    let best = tuning.and_then(Tuning::best);
    let words = match (best, tuning) {
        (Some(best), _) => {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("rate", &show_number(best.rate, 3)), ("loss", &show_number(best.loss, 3))];
            fill(lang, "app.rates.best", &values)
        }
        (None, Some(_)) => i18n::text(lang, "app.rates.none").to_owned(),
        (None, None) => i18n::text(lang, "app.maps.working").to_owned(),
    };
    elided_text(ui.painter(), pos2(left, rect.center().y + 18.0), 190.0, &words, small, theme.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name} {words}")));
    let plot = Rect::from_min_max(rect.min + vec2(224.0, 8.0), rect.max - vec2(96.0, 8.0));
    if let (Some(tuning), Some(hyper)) = (tuning, spec.optimizer.hyperparameters.first()) {
        let axis = Axis { what: Varied::Hyper(0), range: hyper.range, scale: hyper.scale };
        curve(ui, plot, tuning, &axis, look.color, racer.rate());
    }
    let place = Rect::from_min_max(pos2(rect.right() - 84.0, rect.center().y - 14.0), rect.right_bottom());
    if let Some(best) = best.filter(|best| best.rate != racer.rate()) {
        // A child of its own: the rows stay where they are.
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
        let number = session.racers().iter().position(|other| other.id == id).unwrap_or(0) + 1;
        let button = text_button(&mut child, i18n::text(lang, "app.rates.take"), ButtonKind::Plain);
        let label = fill(lang, "app.rates.take_for", &[("number", &number)]);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        if button.on_hover_text(&label).clicked() {
            commands.push(Command::SetHyper { racer: id, name: "lr".to_owned(), value: best.rate });
        }
    }
}

/// The loss after all steps against the rate, both by their logarithm; what fails stands at the top.
fn curve(ui: &Ui, rect: Rect, tuning: &Tuning, axis: &Axis, ink: egui::Color32, now: f64) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(4), theme.canvas);
    let kept: Vec<f64> = tuning.trials.iter().filter(|trial| !trial.failed).map(|trial| trial.loss).collect();
    let lowest = kept.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = kept.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Losses that are all positive by their own logarithm, others by that of their height above the lowest; what is
    // below rounding stands at the bottom.
    let ground = if lowest > 0.0 { 0.0 } else { lowest };
    let floor = ((highest - ground) * 1e-16).max(f64::MIN_POSITIVE);
    let bottom = elem::ln((lowest - ground).max(floor));
    let height = |loss: f64| elem::ln((loss - ground).max(floor)) - bottom;
    let most = height(highest).max(1e-9);
    let across = |rate: f64| rect.left() + 6.0 + (rect.width() - 12.0) * axis.position(rate) as f32;
    let at = |rate: f64, loss: f64| {
        pos2(across(rate), rect.bottom() - 6.0 - (rect.height() - 18.0) * (height(loss) / most) as f32)
    };
    painter.vline(across(now).round() + 0.5, rect.y_range(), Stroke::new(1.0, theme.line_strong));
    let mut line: Vec<Pos2> = Vec::new();
    for trial in &tuning.trials {
        if trial.failed {
            path(painter, &line, &[], Stroke::new(1.5, ink));
            line.clear();
            let cross = pos2(across(trial.rate), rect.top() + 5.0);
            for by in [vec2(2.0, 2.0), vec2(2.0, -2.0)] {
                painter.line_segment([cross - by, cross + by], Stroke::new(1.0, theme.bad));
            }
        } else {
            let point = at(trial.rate, trial.loss);
            painter.circle_filled(point, 1.25, ink);
            line.push(point);
        }
    }
    path(painter, &line, &[], Stroke::new(1.5, ink));
    if let Some(best) = tuning.best() {
        painter.circle(at(best.rate, best.loss), 4.0, theme.canvas, Stroke::new(2.0, theme.accent));
    }
}

/// The number of trials, how far the search is, and the buttons. Whether it is to be closed.
fn foot(
    ui: &mut Ui,
    session: &Session,
    view: &ViewState,
    rates: &mut Rates,
    found: Option<&Arc<Found>>,
    commands: &mut Vec<Command>,
) -> bool {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let trials: usize = found.map_or(0, |found| found.0.iter().map(|(_, tuning)| tuning.trials.len()).sum());
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let small = face(sizes().caption, false);
    let words = fill(lang, "app.rates.trials", &[("trials", &trials)]);
    text(ui.painter(), row.left_center(), Align2::LEFT_CENTER, words, small, theme.muted);
    let going = rates.jobs.going();
    if let Some(going) = going {
        let bar = Rect::from_min_size(pos2(row.right() - 200.0, row.center().y - 2.0), vec2(200.0, 4.0));
        ui.painter().rect_filled(bar, CornerRadius::same(2), theme.raised_active);
        let done = Rect::from_min_size(bar.min, vec2(bar.width() * going.share, bar.height()));
        ui.painter().rect_filled(done, CornerRadius::same(2), theme.accent);
        ui.ctx().request_repaint_after(EVERY);
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let better: Vec<(RacerId, f64)> = found
            .iter()
            .flat_map(|found| &found.0)
            .filter_map(|(id, tuning)| Some((*id, tuning.best()?.rate)))
            .filter(|(id, rate)| session.document().racer(*id).is_some_and(|racer| racer.rate() != *rate))
            .collect();
        let all = ui.add_enabled_ui(!better.is_empty() && going.is_none(), |ui| {
            let button = text_button(ui, i18n::text(lang, "app.rates.take_all"), ButtonKind::Plain);
            let hint = i18n::text(lang, "app.rates.take_all_hint");
            button.on_hover_text(hint).on_disabled_hover_text(hint).clicked()
        });
        if all.inner {
            let take = |(racer, value)| Command::SetHyper { racer, name: "lr".to_owned(), value };
            commands.extend(better.into_iter().map(take));
        }
        if going.is_some() {
            let cancel = text_button(ui, i18n::text(lang, "app.maps.cancel"), ButtonKind::Plain);
            if cancel.on_hover_text(i18n::text(lang, "app.rates.cancel_hint")).clicked() {
                rates.jobs.cancel();
            }
        }
        text_button(ui, i18n::text(lang, "app.close"), ButtonKind::Plain).on_hover_text("Esc").clicked()
    })
    .inner
}
