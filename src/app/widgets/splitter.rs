//! The edge of a panel: dragged, moved by the arrow keys, put back by a double click.

use egui::{CursorIcon, EventFilter, Id, Key, Rect, Role, Sense, Stroke, Ui, WidgetInfo};

use crate::app::theme::Theme;

/// Which edge of its panel it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Edge {
    /// The panel is at the left.
    Right,
    /// The panel is at the right.
    Left,
    /// The panel is below.
    Top,
}

/// An edge that can be moved.
pub(in crate::app) struct Splitter<'a> {
    /// Its accessible name.
    pub name: &'a str,
    /// What can be done with it, on hover.
    pub hint: &'a str,
    /// Which edge.
    pub edge: Edge,
    /// The size of the panel, in points.
    pub size: f32,
    /// The least and the most.
    pub range: [f32; 2],
    /// The size as designed.
    pub default: f32,
}

/// How far the hand reaches to each side, and how far a key moves.
const REACH: f32 = 3.0;
const KEY: f32 = 16.0;

impl Splitter<'_> {
    /// Draws it over the line between two panels; gives the new size when it was moved.
    pub(in crate::app) fn show(self, ui: &Ui, line: Rect) -> Option<f32> {
        let theme = Theme::of(ui);
        let id = Id::unique(("edge", self.edge as u8));
        let across = self.edge != Edge::Top;
        let reach = if across { egui::vec2(REACH, 0.0) } else { egui::vec2(0.0, REACH) };
        let response = ui.interact(line.expand2(reach), id, Sense::click_and_drag());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Splitter, true, self.name);
            info.value = Some(f64::from(self.size));
            info
        });
        let grown = |by: f32| match self.edge {
            Edge::Right => by,
            Edge::Left | Edge::Top => -by,
        };
        let mut size = self.size;
        if response.dragged() {
            let by = response.drag_delta();
            size += grown(if across { by.x } else { by.y });
        }
        if response.has_focus() {
            let filter = EventFilter { horizontal_arrows: across, vertical_arrows: !across, ..Default::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            let (less, more) = if across { (Key::ArrowLeft, Key::ArrowRight) } else { (Key::ArrowUp, Key::ArrowDown) };
            let presses = ui.input(|input| input.num_presses(more) as f32 - input.num_presses(less) as f32);
            size += grown(KEY * presses);
        }
        if response.double_clicked() {
            size = self.default;
        }
        let held = response.dragged() || response.is_pointer_button_down_on();
        if response.hovered() || response.has_focus() || held {
            let stroke = Stroke::new(2.0, if held || response.has_focus() { theme.accent } else { theme.line_strong });
            ui.painter().line_segment([line.min, line.max], stroke);
        }
        let cursor = if across { CursorIcon::ResizeHorizontal } else { CursorIcon::ResizeVertical };
        response.on_hover_cursor(cursor).on_hover_text(self.hint);
        let size = size.clamp(self.range[0], self.range[1]);
        (size != self.size).then_some(size)
    }
}
