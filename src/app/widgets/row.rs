//! Rows of a panel: a name at the left, a control at the right.

use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use super::{NumberField, ROW, small_button};
use crate::app::paint::{Icon, elided_text, face};
use crate::app::theme::{Theme, sizes};

/// The largest whole number that a field can hold exactly.
const MOST: f64 = 9_007_199_254_740_992.0;

/// A row with a name at its left; the place for a control at its right.
pub(in crate::app) fn named_row(ui: &mut Ui, name: &str, hint: &str) -> Rect {
    let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + 4.0), Sense::hover());
    let left = row.left() + (row.width() * 0.38).floor() + 2.0;
    let (body, ink) = (face(sizes().body, false), Theme::of(ui).text);
    elided_text(ui.painter(), row.left_center(), left - row.left() - 6.0, name, body, ink);
    label.on_hover_text(hint);
    Rect::from_min_max(pos2(left, row.top() + 2.0), pos2(row.right(), row.bottom() - 2.0))
}

/// A row with a whole number; `speed` is what a point of dragging adds.
pub(in crate::app) fn count_row(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    value: usize,
    range: [usize; 2],
    speed: f64,
) -> Option<usize> {
    let place = named_row(ui, name, hint);
    let field = field_at_right(place);
    let number = NumberField { name, value: value as f64, range: range.map(|end| end as f64), speed, digits: 9 };
    number.show(ui, field, ui.make_persistent_id(("count", name, hint))).map(|count| count.round() as usize)
}

/// A row with a seed: its number, and a button for the next one, called `another`.
pub(in crate::app) fn seed_row(ui: &mut Ui, name: &str, hint: &str, seed: u64, another: &str) -> Option<u64> {
    let place = named_row(ui, name, hint);
    let field = field_at_right(place);
    let id: Id = ui.make_persistent_id(("seed", name, hint));
    let number = NumberField { name, value: seed as f64, range: [0.0, MOST], speed: 0.1, digits: 16 };
    let entered = number.show(ui, field, id);
    let die = Rect::from_center_size(pos2(field.left() - 15.0, field.center().y), vec2(22.0, 22.0));
    let next = small_button(ui, die, id.with("another"), Icon::Die, another);
    if next { Some(seed.wrapping_add(1)) } else { entered.map(|seed| seed.round() as u64) }
}

fn field_at_right(place: Rect) -> Rect {
    Rect::from_center_size(pos2(place.right() - 33.0, place.center().y), vec2(66.0, 22.0))
}
