//! The time: play, mini-batch steps and epochs both ways, the pace, a bar over the steps, the curves.

use egui::accesskit::Action as Ask;
use egui::{Align2, CornerRadius, EventFilter, Key, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::keys::Action;
use crate::app::net::views::{Scene, curves};
use crate::app::paint::{Icon, face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, asked_value, focus_ring, icon_button, show_number, text_button};
use crate::i18n::{self, Lang};
use crate::session::net::{NetCommand, NetSession, Speed};

/// Points across from which the speed is shown.
const WITH_SPEED: f32 = 640.0;

/// Draws the panel.
pub(in crate::app::net) fn when(
    ui: &mut Ui,
    scene: &Scene<'_>,
    actions: &mut Vec<Action>,
    commands: &mut Vec<NetCommand>,
) {
    slim(ui, scene.session, scene.lang, actions, commands);
    ui.add_space(2.0);
    if ui.available_height() > 40.0 {
        let room = ui.available_rect_before_wrap();
        curves(ui, room, scene, commands);
    }
}

/// The row of the transport.
pub(in crate::app::net) fn slim(
    ui: &mut Ui,
    session: &NetSession,
    lang: Lang,
    actions: &mut Vec<Action>,
    commands: &mut Vec<NetCommand>,
) {
    let transport = &session.document().transport;
    ui.add_space(6.0);
    let wide = ui.available_width() >= WITH_SPEED;
    ui.horizontal(|ui| {
        ui.set_height(36.0);
        ui.add_space(12.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        let button = |ui: &mut Ui, icon: Icon, name: &'static str, key: &str, primary: bool| {
            let (kind, side) = if primary { (ButtonKind::Primary, 34.0) } else { (ButtonKind::Quiet, 28.0) };
            icon_button(ui, icon, name, key, kind, side).clicked()
        };
        if button(ui, Icon::ToStart, i18n::text(lang, "net.reset"), "Home", false) {
            actions.push(Action::Reset);
        }
        if button(ui, Icon::StepBack, i18n::text(lang, "net.step_back"), "←", false) {
            actions.push(Action::StepBack);
        }
        let (icon, name) = if transport.playing {
            (Icon::Pause, i18n::text(lang, "app.pause"))
        } else {
            (Icon::Play, i18n::text(lang, "net.play"))
        };
        if button(ui, icon, name, "Space", true) {
            actions.push(Action::PlayPause);
        }
        if button(ui, Icon::Step, i18n::text(lang, "net.one_step"), "→", false) {
            actions.push(Action::Step);
        }
        let epoch = text_button(ui, i18n::text(lang, "net.one_epoch"), ButtonKind::Quiet);
        if epoch.on_hover_text(i18n::text(lang, "net.one_epoch_hint")).clicked() {
            commands.push(NetCommand::Epoch);
        }
        if button(ui, Icon::Die, i18n::text(lang, "net.new_weights"), "", false) {
            commands.push(NetCommand::SetSeed(session.document().seed.wrapping_add(1)));
        }
        ui.add_space(8.0);
        if wide {
            if button(ui, Icon::Minus, i18n::text(lang, "app.slower"), "−", false) {
                actions.push(Action::Slower);
            }
            speed(ui, transport.speed, lang);
            if button(ui, Icon::Plus, i18n::text(lang, "app.faster"), "+", false) {
                actions.push(Action::Faster);
            }
            ui.add_space(8.0);
        }
        let room = ui.available_width() - 12.0 - 96.0;
        if let Some(step) = bar(ui, room, session, i18n::text(lang, "net.time")) {
            commands.push(NetCommand::Seek(step));
        }
        let theme = Theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(92.0, 28.0), Sense::hover());
        let words = i18n::fill(lang, "app.step_of", &[("step", &transport.step)]);
        text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &words, face(sizes().caption, true), theme.muted);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    });
}

/// How fast time goes on.
fn speed(ui: &mut Ui, speed: Speed, lang: Lang) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(84.0, 28.0), Sense::hover());
    let words = match speed {
        Speed::Full => i18n::text(lang, "net.full_speed").to_owned(),
        Speed::Steps(pace) => i18n::fill(lang, "app.speed_value", &[("speed", &show_number(pace, 3))]),
    };
    text(ui.painter(), rect.center(), Align2::CENTER_CENTER, &words, face(sizes().caption, true), theme.muted);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response.on_hover_text(i18n::text(lang, "net.speed_hint"));
}

/// The bar over the steps that were made, the changes of the recipe marked on it; gives the step that was asked for.
fn bar(ui: &mut Ui, width: f32, session: &NetSession, name: &str) -> Option<usize> {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(60.0), 28.0), Sense::click_and_drag());
    let track = Rect::from_min_max(
        pos2(rect.left() + 7.0, rect.center().y - 2.0),
        pos2(rect.right() - 7.0, rect.center().y + 2.0),
    );
    let (step, end) = (session.step(), session.farthest().max(1));
    let x = |step: usize| track.left() + (step as f32 / end as f32).clamp(0.0, 1.0) * track.width();
    let painter = ui.painter();
    painter.rect_filled(track, CornerRadius::same(2), theme.raised_active);
    let done = Rect::from_min_max(track.min, pos2(x(step), track.bottom()));
    painter.rect_filled(done, CornerRadius::same(2), theme.accent);
    let mut last = f32::NEG_INFINITY;
    for leg in session.document().legs.iter().skip(1) {
        let at = x(leg.since);
        if at - last >= 2.0 {
            painter.vline(at, track.expand2(vec2(0.0, 5.0)).y_range(), Stroke::new(1.25, theme.text));
            last = at;
        }
    }
    let knob = pos2(x(step), track.center().y);
    if response.hovered() || response.dragged() {
        painter.circle_filled(knob, 10.0, theme.accent_soft);
    }
    painter.circle(knob, 6.0, theme.accent, Stroke::new(2.0, theme.panel));
    if response.has_focus() {
        focus_ring(ui, rect, 6);
    }
    let mut asked = None;
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked())
    {
        let t = f64::from((pointer.x - track.left()) / track.width()).clamp(0.0, 1.0);
        asked = Some((t * end as f64).round() as usize);
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let presses =
            ui.input(|input| input.num_presses(Key::ArrowRight) as i64 - input.num_presses(Key::ArrowLeft) as i64);
        if presses != 0 {
            asked = Some((step as i64 + presses).clamp(0, end as i64) as usize);
        }
    }
    if let Some(value) = asked_value(ui, response.id) {
        asked = Some(value.clamp(0.0, end as f64).round() as usize);
    }
    response.widget_info(|| WidgetInfo::slider(true, step as f64, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(end as f64);
        node.add_action(Ask::SetValue);
    });
    response.on_hover_text(name);
    asked
}
