//! The racers: color, marker and dash, optimizer, rate; which one the controls are about; more and fewer.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::paint::{Icon, elided_text, face, marker, path, text};
use crate::app::state::ViewState;
use crate::app::theme::{RacerLook, Theme, sizes};
use crate::app::widgets::{ButtonKind, describe, icon_button, show_number, small_button};
use crate::i18n::{self, Lang};
use crate::optim::{OptimizerSpec, Scale};
use crate::session::{Command, Document, Racer, Session};

/// The button that adds a racer.
pub(super) fn add(ui: &mut Ui, session: &Session, lang: Lang, commands: &mut Vec<Command>) {
    ui.add_enabled_ui(session.racers().len() < Document::MAX_RACERS, |ui| {
        let name = i18n::text(lang, "app.add_racer");
        if icon_button(ui, Icon::Plus, name, "", ButtonKind::Quiet, 22.0).clicked() {
            commands.push(Command::AddRacer(next_optimizer(session)));
        }
    });
}

/// Draws the list.
pub(super) fn list(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    for (index, racer) in session.racers().iter().enumerate() {
        row(ui, session, racer, index, view.lang, commands);
    }
}

/// One racer: its looks, its optimizer, its numbers; whether it is drawn, and away with it.
fn row(ui: &mut Ui, session: &Session, racer: &Racer, index: usize, lang: Lang, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let selected = racer.id == session.document().selected;
    let spec = session.optimizer(racer.id);
    let name = spec.map_or("", |spec| spec.name.get(lang));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    let spoken = format!("{} {}: {name}", i18n::text(lang, "app.racer"), index + 1);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, selected, &spoken));
    let ground = rect.expand2(vec2(8.0, 0.0));
    if selected {
        ui.painter().rect_filled(ground, CornerRadius::same(6), theme.accent_soft);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(ground, CornerRadius::same(6), theme.raised_hover);
    }
    swatch(ui, rect, theme.racer(racer), racer.visible);
    let removable = session.racers().len() > 1;
    let right = rect.right() - if removable { 42.0 } else { 22.0 };
    let rate = numbers(spec, racer);
    let number = face(sizes().caption, true);
    let rate = text(ui.painter(), pos2(right, rect.center().y), Align2::RIGHT_CENTER, rate, number, theme.muted);
    let at = pos2(rect.left() + 42.0, rect.center().y);
    let ink = if racer.visible { theme.text } else { theme.faint };
    elided_text(ui.painter(), at, rate.left() - 8.0 - at.x, name, face(sizes().body, false), ink);
    if response.clicked() {
        commands.push(Command::SelectRacer(racer.id));
    }
    describe(ui, response.id, spec.map_or("", |spec| spec.note.get(lang)));
    response.on_hover_ui(|ui| {
        ui.strong(name);
        ui.label(spec.map_or("", |spec| spec.note.get(lang)));
    });
    let (eye, words) = if racer.visible {
        (Icon::Eye, i18n::fill(lang, "app.hide_racer", &[("number", &(index + 1))]))
    } else {
        (Icon::EyeClosed, i18n::fill(lang, "app.show_racer", &[("number", &(index + 1))]))
    };
    let place = Rect::from_center_size(pos2(right + 11.0, rect.center().y), vec2(20.0, 20.0));
    if small_button(ui, place, ui.scope_id().with(("eye", racer.id.0)), eye, &words) {
        commands.push(Command::ShowRacer { racer: racer.id, visible: !racer.visible });
    }
    if removable {
        let place = place.translate(vec2(20.0, 0.0));
        let words = format!("{} {}", i18n::text(lang, "app.remove_racer"), index + 1);
        if small_button(ui, place, ui.scope_id().with(("remove", racer.id.0)), Icon::Close, &words) {
            commands.push(Command::RemoveRacer(racer.id));
        }
    }
}

/// The rate of a racer, and the first of its other numbers that is not the default.
fn numbers(spec: Option<&OptimizerSpec>, racer: &Racer) -> String {
    let declared = spec.map_or(&[][..], |spec| spec.hyperparameters.as_slice());
    let own = declared.iter().zip(&racer.settings).skip(1).find(|(h, value)| h.default != **value);
    let own = own.filter(|(h, _)| h.scale != Scale::Switch);
    let own = own.map_or_else(String::new, |(h, value)| format!("{} {}  ", h.symbol, show_number(*value, 3)));
    format!("{own}η {}", show_number(racer.rate(), 3))
}

/// The next optimizer of a race that is worth watching.
fn next_optimizer(session: &Session) -> String {
    const ORDER: [&str; 6] =
        ["torch/sgd", "torch/adam", "torch/rmsprop", "torch/adagrad", "torch/adamw", "damped_newton"];
    let racing: Vec<&str> =
        session.document().racers.iter().filter_map(|r| session.optimizer(r.id)).map(|spec| spec.id.as_str()).collect();
    ORDER.into_iter().find(|id| !racing.contains(id)).unwrap_or(ORDER[0]).to_owned()
}

/// A piece of the racer's path with its marker; pale while it is not drawn.
fn swatch(ui: &Ui, row: Rect, look: RacerLook, visible: bool) {
    let theme = Theme::of(ui);
    let y = row.center().y;
    let ends = [pos2(row.left(), y), pos2(row.left() + 34.0, y)];
    let color = if visible { look.color } else { look.color.gamma_multiply(0.3) };
    path(ui.painter(), &ends, look.dash, Stroke::new(2.0, color));
    marker(ui.painter(), pos2(row.left() + 17.0, y), look.marker, 4.5, color, theme.panel);
}
