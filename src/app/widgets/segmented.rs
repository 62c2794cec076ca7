//! A segmented switch: one of a few, side by side.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::focus_ring;
use crate::app::paint::{face, text};
use crate::app::theme::{Theme, sizes};

/// One of the entries of a segmented switch.
pub(in crate::app) struct Segment<'a, T> {
    /// What it stands for.
    pub value: T,
    /// The word on it, which is its accessible name.
    pub word: &'a str,
    /// What it does, for the hover text.
    pub hint: &'a str,
}

const HEIGHT: f32 = 24.0;

/// Draws the switch with `chosen` marked, 24 points high; gives the entry that was chosen instead.
pub(in crate::app) fn segmented<T: Copy + PartialEq>(ui: &mut Ui, chosen: T, segments: &[Segment<'_, T>]) -> Option<T> {
    let theme = Theme::of(ui);
    let font = face(sizes().body, false);
    let width = |word: &str| ui.painter().layout_no_wrap(word.to_owned(), font.clone(), theme.text).size().x + 20.0;
    let widths: Vec<f32> = segments.iter().map(|segment| width(segment.word).round()).collect();
    let (whole, _) = ui.allocate_exact_size(vec2(widths.iter().sum(), HEIGHT), Sense::hover());
    let outline = Stroke::new(1.0, theme.line);
    ui.painter().rect(whole, CornerRadius::same(6), theme.raised, outline, StrokeKind::Inside);
    let mut left = whole.left();
    let mut wanted = None;
    for (segment, width) in segments.iter().zip(widths) {
        let rect = Rect::from_min_size(egui::pos2(left, whole.top()), vec2(width, HEIGHT));
        left += width;
        let on = segment.value == chosen;
        let response = ui.interact(rect, ui.scope_id().with(("segment", segment.word)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, segment.word));
        if response.clicked() && !on {
            wanted = Some(segment.value);
        }
        let inner = rect.shrink(2.0);
        let ink = if on {
            ui.painter().rect_filled(inner, CornerRadius::same(4), theme.accent_soft);
            theme.accent
        } else if response.hovered() {
            ui.painter().rect_filled(inner, CornerRadius::same(4), theme.raised_hover);
            theme.text
        } else {
            theme.muted
        };
        text(ui.painter(), rect.center(), Align2::CENTER_CENTER, segment.word, font.clone(), ink);
        if response.has_focus() {
            focus_ring(ui, inner, 4);
        }
        response.on_hover_text(segment.hint);
    }
    wanted
}
