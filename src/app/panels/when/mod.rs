//! Bottom: when. Transport, speed, a bar over the steps, and the loss over the same steps.

mod scrub;

use egui::{Align2, Id, Sense, Ui, WidgetInfo, vec2};

use super::loss::{LossAsk, LossLine, LossWords, loss_plot};
use crate::app::keys::Action;
use crate::app::paint::{Icon, face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, NumberField, icon_button, show_number};
use crate::i18n;
use crate::session::{Command, Document, Session};

/// Points across from which the speed is shown, and the horizon.
const WITH_SPEED: f32 = 630.0;
const WITH_HORIZON: f32 = 490.0;

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
    // A narrow window keeps what only a button does: speed and horizon have keys and the bar beside them.
    let (speed, steps) = (ui.available_width() >= WITH_SPEED, ui.available_width() >= WITH_HORIZON);
    ui.horizontal(|ui| {
        ui.set_height(36.0);
        ui.add_space(12.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut button = |ui: &mut Ui, icon: Icon, name: &'static str, key: &str, action: Action| {
            let kind = match action {
                Action::PlayPause => ButtonKind::Primary,
                Action::Loop if transport.looping => ButtonKind::On,
                _ => ButtonKind::Quiet,
            };
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
        button(ui, Icon::Loop, "app.loop", "R", Action::Loop);
        button(ui, Icon::Fork, "app.fork", "Y", Action::Fork);
        ui.add_space(8.0);
        if speed {
            button(ui, Icon::Minus, "app.slower", "−", Action::Slower);
            let theme = Theme::of(ui);
            let (rect, response) = ui.allocate_exact_size(vec2(76.0, 28.0), Sense::hover());
            let pace = show_number(transport.steps_per_second(), 3);
            let words = i18n::fill(lang, "app.speed_value", &[("speed", &pace)]);
            text(ui.painter(), rect.center(), Align2::CENTER_CENTER, &words, face(sizes().caption, true), theme.muted);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
            response.on_hover_text(i18n::text(lang, "app.speed"));
            button(ui, Icon::Plus, "app.faster", "+", Action::Faster);
            ui.add_space(8.0);
        }
        let room = ui.available_width() - 12.0 - if steps { 168.0 } else { 0.0 };
        let forks: Vec<usize> =
            session.selected().map_or_else(Vec::new, |racer| racer.legs.iter().map(|leg| leg.until).collect());
        let words = [i18n::text(lang, "app.time"), i18n::text(lang, "app.time_forks")];
        if let Some(cursor) = scrub::scrub(ui, room, transport, last, &forks, words) {
            commands.push(Command::Seek(cursor));
        }
        if steps {
            horizon(ui, session, lang, commands);
        }
    });
    ui.add_space(2.0);
    // The lower bar of a presentation has room for the row only.
    if ui.available_height() < 40.0 {
        return;
    }
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
