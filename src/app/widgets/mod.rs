//! Controls: sliders, number fields, switches, choosers, buttons.
//!
//! Each has an accessible name, is reached by Tab and worked by keys, and keeps its size when its value changes. They
//! know numbers and texts, not descents.

mod button;
mod chooser;
mod editor;
mod number;
mod row;
mod scale;
mod section;
mod segmented;
mod slider;
mod splitter;
mod switch;

pub(super) use button::{ButtonKind, icon_button, small_button, text_button, text_button_width, word_button};
pub(super) use chooser::{Choice, Chooser};
pub(super) use editor::{Editor, Mark, code_color};
pub(super) use number::{NumberField, show_number};
pub(super) use row::{count_row, named_row, seed_row};
pub(super) use scale::{Rail, next_speed};
pub(super) use section::{caption, heading, rule, section};
pub(super) use segmented::{Segment, segmented};
pub(super) use slider::{Limit, ROW, Slider, asked_value};
pub(super) use splitter::{Edge, Splitter};
pub(super) use switch::{switch, word_switch};

use egui::{CornerRadius, Id, Rect, Stroke, StrokeKind, Ui};

use super::theme::Theme;
use crate::i18n::Lang;

/// Makes a language the one in which controls say what their kind does in general.
pub(super) fn speak(ctx: &egui::Context, lang: Lang) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("language"), lang));
}

/// The language that was made so.
fn spoken(ui: &Ui) -> Lang {
    ui.ctx().data(|data| data.get_temp(Id::unique("language"))).unwrap_or_default()
}

/// Makes words the description of a control, for assistive technology.
pub(super) fn describe(ui: &Ui, control: Id, words: &str) {
    ui.ctx().accesskit_node_builder(control, |node| node.set_description(words));
}

/// Brings what has just got the focus into sight, where it lies in a part that scrolls: called at its end.
pub(super) fn follow_focus(ui: &Ui) {
    let key = ui.scope_id().with("focus that was followed");
    let focused = ui.memory(|memory| memory.focused());
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<Option<Id>>(key).flatten();
        data.insert_temp(key, focused);
        before
    });
    let Some(taken) = focused.filter(|_| focused != before).and_then(|id| ui.ctx().read_response(id)) else { return };
    if ui.min_rect().intersects(taken.rect) && !ui.clip_rect().contains_rect(taken.rect) {
        ui.scroll_to_rect(taken.rect, None);
    }
}

/// The ring around what has the keyboard's focus.
pub(super) fn focus_ring(ui: &Ui, rect: Rect, radius: u8) {
    let theme = Theme::of(ui);
    let stroke = Stroke::new(1.5, theme.accent);
    ui.painter().rect_stroke(rect.expand(1.5), CornerRadius::same(radius), stroke, StrokeKind::Outside);
}
