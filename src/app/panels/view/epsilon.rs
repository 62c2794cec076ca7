//! The handle at the end of the tangent: dragged along the curve's axis, or moved by the arrow keys.

use egui::accesskit::Action as Ask;
use egui::{CursorIcon, EventFilter, Id, Key, Rect, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::theme::Theme;
use crate::app::views::{Approximation, Plane};
use crate::app::widgets::{asked_value, focus_ring};
use crate::chart::ticks::nice_step;
use crate::i18n::{self, Lang};
use crate::session::Command;

/// Draws the handle and listens to it; what is asked for is added to `commands`.
pub(super) fn handle(ui: &Ui, lang: Lang, plane: Plane, shown: Approximation, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let at = shown.handle(plane);
    // It can be grabbed at the rim when the tangent leaves the view.
    let inner = plane.rect.shrink(8.0);
    let at = egui::pos2(at.x.clamp(inner.left(), inner.right()), at.y.clamp(inner.top(), inner.bottom()));
    if !(at.x.is_finite() && at.y.is_finite()) {
        return;
    }
    let id = Id::unique("epsilon");
    let response = ui.interact(Rect::from_center_size(at, vec2(24.0, 24.0)), id, Sense::click_and_drag());
    let name = i18n::text(lang, "app.epsilon");
    response.widget_info(|| WidgetInfo::slider(true, shown.epsilon, name));
    ui.ctx().accesskit_node_builder(id, |node| {
        for ask in [Ask::SetValue, Ask::Increment, Ask::Decrement] {
            node.add_action(ask);
        }
    });
    let mut asked = asked_value(ui, id);
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        asked = Some(plane.to_data(pointer)[0] - shown.x);
        ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    let mut presses = ui.input(|input| {
        input.num_accesskit_action_requests(id, Ask::Increment) as f64
            - input.num_accesskit_action_requests(id, Ask::Decrement) as f64
    });
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        presses +=
            ui.input(|input| input.num_presses(Key::ArrowRight) as f64 - input.num_presses(Key::ArrowLeft) as f64);
        focus_ring(ui, Rect::from_center_size(at, vec2(18.0, 18.0)), 9);
    }
    if presses != 0.0 {
        asked = Some(shown.epsilon + presses * 0.01 * (plane.x[1] - plane.x[0]));
    }
    // As many digits as a point of the screen can mean.
    let grain = nice_step(plane.per_point()[0]);
    let round = |epsilon: f64| format!("{:.6e}", (epsilon / grain).round() * grain).parse().unwrap_or(epsilon);
    let asked = asked.map(round);
    commands.extend(asked.filter(|epsilon| *epsilon != shown.epsilon).map(Command::SetEpsilon));

    let held = response.hovered() || response.dragged();
    if held {
        ui.painter().circle_filled(at, 11.0, theme.accent_soft);
    }
    ui.painter().circle(at, 5.5, theme.canvas, Stroke::new(if held { 3.0 } else { 2.0 }, theme.tangent));
    response.on_hover_cursor(CursorIcon::ResizeHorizontal).on_hover_text(name);
}
