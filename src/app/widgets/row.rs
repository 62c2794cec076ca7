//! Rows of a panel: a name at the left, a control at the right.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::ROW;
use crate::app::paint::{elided_text, face};
use crate::app::theme::{Theme, sizes};

/// A row with a name at its left; the place for a control at its right.
pub(in crate::app) fn named_row(ui: &mut Ui, name: &str, hint: &str) -> Rect {
    let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + 4.0), Sense::hover());
    let left = row.left() + (row.width() * 0.38).floor() + 2.0;
    let (body, ink) = (face(sizes().body, false), Theme::of(ui).text);
    elided_text(ui.painter(), row.left_center(), left - row.left() - 6.0, name, body, ink);
    label.on_hover_text(hint);
    Rect::from_min_max(pos2(left, row.top() + 2.0), pos2(row.right(), row.bottom() - 2.0))
}
