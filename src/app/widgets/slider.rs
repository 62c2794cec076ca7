//! A slider: its name and number above a thin rail with decades, the default, and marks that mean something.

use egui::accesskit::{Action, ActionData};
use egui::{Align2, CornerRadius, CursorIcon, EventFilter, Id, Key, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{NumberField, Rail, focus_ring, show_number};
use crate::app::paint::{face, soft_shadow, text};
use crate::app::theme::{Theme, sizes};

/// A limit drawn on the rail: beyond it the rail is red.
pub(in crate::app) struct Limit {
    /// Where it stands, in the slider's values.
    pub at: f64,
    /// What it is, with its number.
    pub note: String,
}

/// A slider over a declared number.
pub(in crate::app) struct Slider<'a> {
    /// The name a person reads, also the accessible name.
    pub name: &'a str,
    /// Its symbol, after the name; may be empty.
    pub symbol: &'a str,
    /// What it means, on hover.
    pub hint: &'a str,
    /// Its value.
    pub value: f64,
    /// The rail.
    pub rail: Rail,
    /// The default, marked on the rail and restored by a double click.
    pub default: Option<f64>,
    /// A limit, where there is one to show; `Some(None)` keeps its row free.
    pub limit: Option<Option<Limit>>,
}

const FIELD: f32 = 76.0;
const KNOB: f32 = 6.0;

impl Slider<'_> {
    /// Draws it over the width there is; gives the new value when it was changed.
    pub(in crate::app) fn show(self, ui: &mut Ui) -> Option<f64> {
        let theme = Theme::of(ui);
        let tall = if self.limit.is_some() { 58.0 } else { 42.0 };
        let (outer, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
        let id = ui.make_persistent_id(("slider", self.name));
        let mut changed = None;

        let field = Rect::from_min_size(pos2(outer.right() - FIELD, outer.top()), vec2(FIELD, 22.0));
        let label = Rect::from_min_max(outer.min, pos2(field.left() - 8.0, outer.top() + 22.0));
        let row = Rect::from_min_max(pos2(outer.left(), outer.top() + 22.0), pos2(outer.right(), outer.top() + 42.0));

        let painter = ui.painter().with_clip_rect(label.intersect(ui.clip_rect()));
        let named =
            text(&painter, label.left_center(), Align2::LEFT_CENTER, self.name, face(sizes().body, false), theme.text);
        if !self.symbol.is_empty() {
            let at = pos2(named.right() + 6.0, label.center().y);
            text(&painter, at, Align2::LEFT_CENTER, self.symbol, face(sizes().number, true), theme.muted);
        }
        let span = self.rail.range[1] - self.rail.range[0];
        let speed = match self.rail.scale {
            crate::optim::Scale::Log => self.value.abs().max(span * 1e-6) * 0.01,
            crate::optim::Scale::Integer => 0.1,
            _ => span / 400.0,
        };
        let number = NumberField {
            name: self.name,
            value: self.value,
            range: [f64::NEG_INFINITY, f64::INFINITY],
            speed,
            digits: 4,
        };
        if let Some(value) = number.show(ui, field, id.with("number")) {
            changed = Some(if self.rail.scale == crate::optim::Scale::Integer { value.round() } else { value });
        }

        let mut response = ui.interact(row, id, Sense::click_and_drag());
        let track = Rect::from_min_max(
            pos2(row.left() + KNOB, row.center().y - 1.5),
            pos2(row.right() - KNOB, row.center().y + 1.5),
        );
        let to_x = |value: f64| track.left() + self.rail.position(value) as f32 * track.width();
        if let Some(pointer) = response.interact_pointer_pos()
            && (response.dragged() || response.clicked() || response.drag_started())
        {
            changed = Some(self.rail.value(f64::from((pointer.x - track.left()) / track.width())));
        }
        if response.double_clicked()
            && let Some(default) = self.default
        {
            changed = Some(default);
        }
        let presses = key_presses(ui, &response);
        if presses != 0.0 {
            changed = Some(self.rail.nudge(self.value, presses));
        }
        if let Some(asked) = asked_value(ui, id) {
            changed = Some(asked.clamp(self.rail.range[0], self.rail.range[1]));
        }
        let changed = changed.filter(|value| *value != self.value && value.is_finite());
        if changed.is_some() {
            response.mark_changed();
        }
        let value = changed.unwrap_or(self.value);
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), value, self.name));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_min_numeric_value(self.rail.range[0]);
            node.set_max_numeric_value(self.rail.range[1]);
            for action in [Action::SetValue, Action::Increment, Action::Decrement] {
                node.add_action(action);
            }
        });

        // The rail, its filled part, the part beyond the limit, decades and default.
        let painter = ui.painter();
        painter.rect_filled(track, CornerRadius::same(2), theme.line_strong);
        for decade in self.rail.decades() {
            let x = track.left() + decade as f32 * track.width();
            painter.vline(x, track.bottom() + 2.0..=track.bottom() + 5.0, Stroke::new(1.0, theme.line_strong));
        }
        if let Some(default) = self.default {
            let x = to_x(default);
            painter.vline(x, track.top() - 5.0..=track.top() - 2.0, Stroke::new(1.5, theme.faint));
        }
        let knob = pos2(to_x(value), track.center().y);
        painter.rect_filled(
            Rect::from_min_max(track.min, pos2(knob.x, track.bottom())),
            CornerRadius::same(2),
            theme.accent,
        );
        if let Some(Some(limit)) = &self.limit
            && limit.at < self.rail.range[1]
        {
            let x = to_x(limit.at);
            let beyond = Rect::from_min_max(pos2(x.max(track.left()), track.top()), track.max);
            painter.rect_filled(beyond, CornerRadius::same(2), theme.bad);
            painter.vline(x, track.top() - 5.0..=track.bottom() + 5.0, Stroke::new(1.5, theme.bad));
        }
        let held = response.dragged() || response.is_pointer_button_down_on();
        if response.hovered() || held {
            painter.circle_filled(knob, KNOB + 4.0, theme.accent_soft);
        }
        soft_shadow(painter, knob + vec2(0.0, 1.5), vec2(KNOB + 3.0, KNOB + 3.0), 0.0, theme.shadow);
        let rim = Stroke::new(if held { 2.5 } else { 1.5 }, theme.accent);
        painter.circle(knob, KNOB - 0.5, if theme.dark { theme.text } else { theme.raised }, rim);
        if response.has_focus() {
            focus_ring(ui, row, 6);
        }
        if let Some(limit) = &self.limit {
            let at = pos2(outer.left(), outer.bottom() - 8.0);
            if let Some(limit) = limit {
                let ink = if value > limit.at { theme.bad } else { theme.muted };
                text(ui.painter(), at, Align2::LEFT_CENTER, &limit.note, face(sizes().caption, false), ink);
            }
        }
        let hover = ui.interact(label, id.with("name"), Sense::hover());
        let [low, high] = self.rail.range.map(|end| show_number(end, 4));
        for response in [response.on_hover_cursor(CursorIcon::PointingHand), hover] {
            response.on_hover_ui(|ui| {
                ui.label(self.hint);
                ui.add_space(4.0);
                ui.monospace(format!("{low} … {high}"));
            });
        }
        changed
    }
}

/// How many steps the arrow keys and assistive technology ask for.
fn key_presses(ui: &Ui, response: &egui::Response) -> f64 {
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
