//! What a slider is asked for: by the pointer, by the arrow keys, by assistive technology.

use egui::accesskit::{Action, ActionData};
use egui::{EventFilter, Id, Key, Rect, Response, Ui};

use super::Slider;
use crate::app::widgets::Rail;

/// The value that a slider is asked to take, if it is.
pub(super) fn asked(ui: &Ui, response: &Response, track: Rect, slider: &Slider<'_>) -> Option<f64> {
    let rail = &slider.rail;
    let mut asked = None;
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked() || response.drag_started())
    {
        asked = Some(rail.value(f64::from((pointer.x - track.left()) / track.width())));
    }
    if response.double_clicked() && slider.default.is_some() {
        asked = slider.default;
    }
    let presses = key_presses(ui, response);
    if presses != 0.0 {
        asked = Some(rail.nudge(slider.value, presses));
    }
    let low = if rail.zero { 0.0 } else { rail.range[0] };
    asked_value(ui, response.id).map(|value| value.clamp(low, rail.range[1])).or(asked)
}

/// Tells assistive technology the ends of the rail and what can be asked for.
pub(super) fn announce(ui: &Ui, id: Id, rail: &Rail) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_min_numeric_value(rail.range[0]);
        node.set_max_numeric_value(rail.range[1]);
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
}

/// How many steps the arrow keys and assistive technology ask for.
fn key_presses(ui: &Ui, response: &Response) -> f64 {
    let mut presses = ui.input(|input| {
        input.num_accesskit_action_requests(response.id, Action::Increment) as f64
            - input.num_accesskit_action_requests(response.id, Action::Decrement) as f64
    });
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        presses += ui.input(|input| {
            let step = if input.modifiers.shift { 10.0 } else { 1.0 };
            step * (input.num_presses(Key::ArrowRight) as f64 - input.num_presses(Key::ArrowLeft) as f64)
        });
    }
    presses
}

/// The value that assistive technology asks a control to take.
pub(in crate::app) fn asked_value(ui: &Ui, id: Id) -> Option<f64> {
    ui.input(|input| {
        input
            .accesskit_action_requests(id, Action::SetValue)
            .filter_map(|request| match &request.data {
                Some(ActionData::NumericValue(value)) => Some(*value),
                Some(ActionData::Value(text)) => text.parse().ok(),
                _ => None,
            })
            .last()
    })
}
