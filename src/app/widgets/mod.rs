//! Controls: sliders, number fields, switches, choosers, buttons.
//!
//! Each has an accessible name, is reached by Tab and worked by keys, and keeps its size when its value changes. They
//! know numbers and texts, not descents.

mod button;
mod chooser;
mod editor;
mod number;
mod scale;
mod section;
mod segmented;
mod slider;
mod switch;

pub(super) use button::{ButtonKind, icon_button, small_button, text_button, word_button};
pub(super) use chooser::{Choice, Chooser};
pub(super) use editor::{Editor, Mark, code_color};
pub(super) use number::{NumberField, show_number};
pub(super) use scale::{Rail, next_speed};
pub(super) use section::{caption, heading, rule, section};
pub(super) use segmented::{Segment, segmented};
pub(super) use slider::{Limit, ROW, Slider, asked_value};
pub(super) use switch::{switch, word_switch};

use egui::{CornerRadius, Rect, Stroke, StrokeKind, Ui};

use super::theme::Theme;

/// The ring around what has the keyboard's focus.
pub(super) fn focus_ring(ui: &Ui, rect: Rect, radius: u8) {
    let theme = Theme::of(ui);
    let stroke = Stroke::new(1.5, theme.accent);
    ui.painter().rect_stroke(rect.expand(1.5), CornerRadius::same(radius), stroke, StrokeKind::Outside);
}
