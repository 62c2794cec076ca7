//! Arguments of a schedule that are lists, of numbers or of pairs: a field for each number, a button that takes an entry
//! away, and one that adds another. A list that is to be one longer than another grows and shrinks with it.

use egui::{Rect, Sense, Ui, pos2, vec2};

use crate::app::paint::{Icon, elided_text, face};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{NumberField, ROW, small_button};
use crate::i18n::{self, Lang};
use crate::schedule::{Form, Param, ParamKind};

/// The least width of an entry, and that of its button.
const ENTRY: f32 = 84.0;
const BUTTON: f32 = 20.0;

/// What was done to a list.
enum Change {
    Set(usize, Vec<f64>),
    Remove(usize),
    Add,
}

/// Draws the list of an argument; gives the text of the schedule with what was changed.
pub(super) fn list(ui: &mut Ui, form: &Form, param: &Param, lang: Lang) -> Option<String> {
    let entries = entries(form, param)?;
    let partner = partner(form, param);
    let mut change = head(ui, param, lang).then_some(Change::Add);
    // The longer of two lists is never empty.
    let least = usize::from(partner.as_ref().is_some_and(|(_, longer)| *longer));
    let columns = entries.first().map_or(1, Vec::len);
    let across = if columns > 1 { 1 } else { ((ui.available_width() / ENTRY) as usize).clamp(1, 6) };
    for (row, chunk) in entries.chunks(across).enumerate() {
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let wide = place.width() / across as f32;
        for (k, entry) in chunk.iter().enumerate() {
            let left = place.left() + wide * k as f32;
            let room = Rect::from_min_size(pos2(left, place.top() + 2.0), vec2(wide, ROW - 5.0));
            let index = row * across + k;
            change = fields(ui, room, param, (index, entry), entries.len() > least, lang).or(change);
        }
    }
    let mut next = entries;
    let mut others = partner.as_ref().map(|(other, _)| other).and_then(|other| self::entries(form, other));
    match change? {
        Change::Set(index, entry) => *next.get_mut(index)? = entry,
        Change::Remove(index) => {
            next.remove(index);
            if let (Some(others), Some((_, longer))) = (&mut others, &partner) {
                let beside = if *longer { index.saturating_sub(1) } else { index + 1 };
                if beside < others.len() {
                    others.remove(beside);
                }
            }
        }
        Change::Add => {
            next.push(after(&next, columns));
            if let Some(others) = &mut others {
                others.push(after(others, 1));
            }
        }
    }
    let text = form.with(&param.name, &written(&next, param));
    match (partner, others) {
        (Some((other, _)), Some(others)) => Some(Form::read(&text)?.with(&other.name, &written(&others, other))),
        _ => Some(text),
    }
}

/// The entries of a list: numbers, or pairs; none where one of them is no plain number.
fn entries(form: &Form, param: &Param) -> Option<Vec<Vec<f64>>> {
    match param.kind {
        ParamKind::List { .. } => Some(form.numbers(&param.name)?.into_iter().map(|value| vec![value]).collect()),
        ParamKind::Pairs => Some(form.pairs(&param.name)?.into_iter().map(|pair| pair.to_vec()).collect()),
        _ => None,
    }
}

/// The list that grows and shrinks with this one; whether this one is the longer.
fn partner<'a>(form: &'a Form, param: &Param) -> Option<(&'a Param, bool)> {
    let params = &form.kind().params;
    if let ParamKind::List { longer_than: Some(shorter) } = &param.kind {
        return params.iter().find(|other| other.name == *shorter).map(|other| (other, true));
    }
    let longer =
        |other: &&Param| matches!(&other.kind, ParamKind::List { longer_than: Some(name) } if *name == param.name);
    params.iter().find(longer).map(|other| (other, false))
}

/// The name with what it means, and the button that adds an entry. True when that was pressed.
fn head(ui: &mut Ui, param: &Param, lang: Lang) -> bool {
    let theme = Theme::of(ui);
    let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let meaning = param.meaning.get(lang);
    let (body, small) = (face(sizes().body, false), face(sizes().caption, false));
    let named = elided_text(ui.painter(), row.left_center(), row.width() - 40.0, &param.name, body, theme.text);
    let button = Rect::from_center_size(pos2(row.right() - 11.0, row.center().y), vec2(22.0, 22.0));
    let at = pos2(named.right() + 8.0, row.center().y);
    if button.left() - 8.0 > at.x {
        elided_text(ui.painter(), at, button.left() - 8.0 - at.x, meaning, small, theme.faint);
    }
    label.on_hover_text(meaning);
    let name = i18n::fill(lang, "app.list_add", &[("name", &param.name)]);
    small_button(ui, button, ui.make_persistent_id((&param.name, "add")), Icon::Plus, &name)
}

/// The fields of an entry and its button.
fn fields(
    ui: &mut Ui,
    room: Rect,
    param: &Param,
    (index, entry): (usize, &[f64]),
    removable: bool,
    lang: Lang,
) -> Option<Change> {
    let wide = (room.width() - BUTTON) / entry.len().max(1) as f32;
    let mut change = None;
    for (column, &value) in entry.iter().enumerate() {
        let number = index + 1;
        let key = match (entry.len(), column) {
            (1, _) => "app.list_entry",
            (_, 0) => "app.list_boundary",
            _ => "app.list_scale",
        };
        let name = i18n::fill(lang, key, &[("name", &param.name), ("number", &number)]);
        let place = Rect::from_min_size(pos2(room.left() + wide * column as f32, room.top()), vec2(wide - 4.0, 23.0));
        let whole = value.fract() == 0.0 && value.abs() >= 2.0;
        let speed = if whole { 0.2 } else { value.abs().max(1e-3) * 0.01 };
        let field = NumberField { name: &name, value, range: [f64::NEG_INFINITY, f64::INFINITY], speed, digits: 4 };
        if let Some(entered) = field.show(ui, place, ui.make_persistent_id((&param.name, index, column))) {
            let mut next = entry.to_vec();
            // A number of steps that is dragged stays one.
            let dragged = whole && ui.input(|input| input.pointer.any_down());
            next[column] = if dragged { entered.round() } else { entered };
            change = Some(Change::Set(index, next));
        }
    }
    let button = Rect::from_center_size(pos2(room.right() - BUTTON / 2.0 - 2.0, room.center().y), vec2(18.0, 20.0));
    let name = i18n::fill(lang, "app.list_remove", &[("name", &param.name), ("number", &(index + 1))]);
    if removable && small_button(ui, button, ui.make_persistent_id((&param.name, index, "remove")), Icon::Close, &name)
    {
        change = Some(Change::Remove(index));
    }
    change
}

/// What goes on after the last entries: as far again where they rise, at the same rate where they fall.
fn after(entries: &[Vec<f64>], columns: usize) -> Vec<f64> {
    let column = |k: usize| entries.iter().filter_map(|entry| entry.get(k)).copied().collect::<Vec<f64>>();
    let next = |values: Vec<f64>| match values[..] {
        [.., a, b] if b > a => b + (b - a),
        [.., a, b] if a > 0.0 && b > 0.0 => b * (b / a),
        [a] if a.fract() == 0.0 && a >= 2.0 => 2.0 * a,
        [.., a] => a,
        [] => 10.0,
    };
    // Without the noise of the arithmetic.
    let plain = |value: f64| format!("{value:.5e}").parse().unwrap_or(value);
    (0..columns).map(|k| plain(next(column(k)))).collect()
}

/// The list as text.
fn written(entries: &[Vec<f64>], param: &Param) -> String {
    let entry = |entry: &Vec<f64>| {
        let numbers: Vec<String> = entry.iter().map(f64::to_string).collect();
        if param.kind == ParamKind::Pairs { format!("[{}]", numbers.join(", ")) } else { numbers.join(", ") }
    };
    format!("[{}]", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn a_new_entry_goes_on_as_the_last_ones_did() {
        for (values, next) in [
            (vec![30.0, 60.0], 90.0),
            (vec![0.1, 0.03], 0.009),
            (vec![10.0], 20.0),
            (vec![0.5], 0.5),
            (vec![], 10.0),
            (vec![1.0, 0.0], 0.0),
        ] {
            let entries: Vec<Vec<f64>> = values.iter().map(|value| vec![*value]).collect();
            assert_eq!(after(&entries, 1), [next], "{values:?}");
        }
        assert_eq!(after(&[vec![30.0, 0.5], vec![60.0, 0.1]], 2), [90.0, 0.02]);
    }
}
