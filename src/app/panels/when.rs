//! Bottom: when. Transport, speed, a bar over the steps, and the loss over the same steps.

use egui::accesskit::Action as Ask;
use egui::{Align2, CornerRadius, EventFilter, Id, Key, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::loss::{LossAsk, LossLine, LossWords, loss_plot};
use crate::app::keys::Action;
use crate::app::paint::{Icon, face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, NumberField, focus_ring, icon_button, show_number};
use crate::i18n;
use crate::session::{Command, Document, Session, Transport};

/// Draws the panel.
pub(in crate::app) fn when(
    ui: &mut Ui,
    session: &Session,
    view: &ViewState,
    lines: &[LossLine],
    actions: &mut Vec<Action>,
    commands: &mut Vec<Command>,
) {
    let lang = view.lang;
    let transport = &session.document().transport;
    let last = session.last_step();
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.set_height(36.0);
        ui.add_space(12.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut button = |ui: &mut Ui, icon: Icon, name: &'static str, key: &str, action: Action| {
            let kind = if matches!(action, Action::PlayPause) { ButtonKind::Primary } else { ButtonKind::Quiet };
            let side = if kind == ButtonKind::Primary { 34.0 } else { 28.0 };
            if icon_button(ui, icon, i18n::text(lang, name), key, kind, side).clicked() {
                actions.push(action);
            }
        };
        button(ui, Icon::ToStart, "app.reset", "Home", Action::Reset);
        button(ui, Icon::StepBack, "app.step_back", "←", Action::StepBack);
        let (play, name) = if transport.playing { (Icon::Pause, "app.pause") } else { (Icon::Play, "app.play") };
        button(ui, play, name, "Space", Action::PlayPause);
        button(ui, Icon::Step, "app.step", "→", Action::Step);
        button(ui, Icon::ToEnd, "app.to_end", "End", Action::End);
        ui.add_space(8.0);
        button(ui, Icon::Minus, "app.slower", "−", Action::Slower);
        let theme = Theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(76.0, 28.0), Sense::hover());
        let words = i18n::fill(
            lang,
            "app.speed_value",
            &[("speed", &show_number(transport.speed * Transport::STEPS_PER_SECOND, 3))],
        );
        text(ui.painter(), rect.center(), Align2::CENTER_CENTER, &words, face(sizes().caption, true), theme.muted);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
        response.on_hover_text(i18n::text(lang, "app.speed"));
        button(ui, Icon::Plus, "app.faster", "+", Action::Faster);
        ui.add_space(8.0);
        let room = ui.available_width() - 12.0 - 168.0;
        if let Some(cursor) = scrub(ui, room, transport.cursor, last, i18n::text(lang, "app.time")) {
            commands.push(Command::Seek(cursor));
        }
        horizon(ui, session, lang, commands);
    });
    ui.add_space(2.0);
    let words = LossWords {
        name: i18n::text(lang, "app.loss_plot"),
        loss: i18n::text(lang, "app.loss"),
        step: i18n::text(lang, "app.step_word"),
        log: [i18n::text(lang, "app.log"), i18n::text(lang, "app.log_losses")],
    };
    match loss_plot(ui, lines, last, session.document().picture.losses, &words) {
        Some(LossAsk::Seek(step)) => commands.extend([Command::Pause, Command::Seek(step.round())]),
        Some(LossAsk::Scale(scale)) => commands.push(Command::SetLossScale(scale)),
        None => {}
    }
}

/// The present step in figures, and a field for how many steps there are at most.
fn horizon(ui: &mut Ui, session: &Session, lang: i18n::Lang, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let document = session.document();
    let (rect, response) = ui.allocate_exact_size(vec2(92.0, 28.0), Sense::hover());
    let step = i18n::fill(lang, "app.step_of_last", &[("step", &document.transport.step())]);
    text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &step, face(sizes().caption, true), theme.muted);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &step));
    let (rect, _) = ui.allocate_exact_size(vec2(64.0, 24.0), Sense::hover());
    let field = NumberField {
        name: i18n::text(lang, "app.steps"),
        value: document.steps as f64,
        range: [1.0, Document::MAX_STEPS as f64],
        speed: 1.0,
        digits: 6,
    };
    if let Some(steps) = field.show(ui, rect, Id::unique("steps")) {
        commands.push(Command::SetSteps(steps.round() as usize));
    }
}

/// The bar over the steps; gives the place that was asked for.
fn scrub(ui: &mut Ui, width: f32, cursor: f64, last: usize, name: &str) -> Option<f64> {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(60.0), 28.0), Sense::click_and_drag());
    let track = Rect::from_min_max(
        pos2(rect.left() + 7.0, rect.center().y - 2.0),
        pos2(rect.right() - 7.0, rect.center().y + 2.0),
    );
    let end = last.max(1) as f64;
    let x = track.left() + (cursor / end).clamp(0.0, 1.0) as f32 * track.width();
    let painter = ui.painter();
    painter.rect_filled(track, CornerRadius::same(2), theme.raised_active);
    painter.rect_filled(Rect::from_min_max(track.min, pos2(x, track.bottom())), CornerRadius::same(2), theme.accent);
    if response.hovered() || response.dragged() {
        painter.circle_filled(pos2(x, track.center().y), 10.0, theme.accent_soft);
    }
    painter.circle(pos2(x, track.center().y), 6.0, theme.accent, Stroke::new(2.0, theme.panel));
    if response.has_focus() {
        focus_ring(ui, rect, 6);
    }
    let mut asked = None;
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked())
    {
        let t = f64::from((pointer.x - track.left()) / track.width()).clamp(0.0, 1.0);
        asked = Some((t * end).round());
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let presses =
            ui.input(|input| input.num_presses(Key::ArrowRight) as f64 - input.num_presses(Key::ArrowLeft) as f64);
        if presses != 0.0 {
            asked = Some((cursor.round() + presses).clamp(0.0, end));
        }
    }
    if let Some(value) = crate::app::widgets::asked_value(ui, response.id) {
        asked = Some(value.clamp(0.0, end));
    }
    response.widget_info(|| WidgetInfo::slider(true, cursor, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(last as f64);
        node.add_action(Ask::SetValue);
    });
    response.on_hover_text(name);
    asked
}
