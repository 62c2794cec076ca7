//! The points of a model as a table: a row each with its number, fields for `x` and `y`, and a button that removes it.
//! Tab goes through the fields, Enter and the arrows up and down go from row to row, and the last row adds a point.

use egui::{Align2, CornerRadius, Id, Key, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use super::{DataView, fitting};
use crate::app::paint::{Icon, face, strong, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, NumberField, small_button, text_button};
use crate::i18n::{self, Lang};
use crate::session::Command;
use crate::surface::Target;

/// Points of a row, down, and of the head.
const ROW: f32 = 26.0;
const HEAD: f32 = 24.0;
/// Points for the number of a row and for its button.
const NUMBER: f32 = 44.0;
const BUTTON: f32 = 26.0;
/// The width of a table that stands beside the plot, and the share of the height of one below it.
const WIDTH: f32 = 236.0;
const SHARE: f32 = 0.42;

/// The rooms of the plot and of the table: side by side, or the table below where the pane is narrow.
pub(super) fn rooms(plot: Rect) -> [Rect; 2] {
    if plot.width() > 2.0 * WIDTH + 40.0 {
        let left = Rect::from_min_max(plot.min, plot.max - vec2(WIDTH + 14.0, 0.0));
        return [left, Rect::from_min_max(pos2(left.right() + 14.0, plot.top()), plot.max + vec2(0.0, 30.0))];
    }
    let tall = (plot.height() * SHARE).max(4.0 * ROW);
    let upper = Rect::from_min_max(plot.min, plot.max - vec2(0.0, tall));
    // Below the numbers of the plot's axis, and as wide as the pane.
    [upper, Rect::from_min_max(pos2(plot.left() - 38.0, upper.bottom() + 34.0), plot.max + vec2(0.0, 30.0))]
}

/// The id of a field: of `x` (0) or `y` (1) of a row.
fn field_id(row: usize, column: usize) -> Id {
    Id::unique(("point", row, column))
}

/// Draws the table; what is asked for is added to `commands`. A new point is put at `fresh`.
pub(super) fn table(
    ui: &mut Ui,
    rect: Rect,
    points: &[[f64; 2]],
    (target, fresh): (Target, [f64; 2]),
    (view, lang): (&mut DataView, Lang),
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    head(ui, rect, theme);
    let focused = focused(ui, view.selected);
    let to = focused.and_then(|(row, column)| Some((next(ui, row, points.len())?, column)));
    let body = Rect::from_min_max(rect.min + vec2(0.0, HEAD), rect.max);
    ui.scope_builder(UiBuilder::new().max_rect(body).id_salt("table of points"), |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show_viewport(ui, |ui, seen| {
            ui.set_height(ROW * points.len() as f32 + 34.0);
            let [top, right] = [ui.max_rect().top(), ui.max_rect().right()];
            let row_rect = |row: usize| {
                let at = pos2(body.left(), top + ROW * row as f32);
                Rect::from_min_size(at, vec2(right - body.left() - 12.0, ROW))
            };
            // One more at each end, so that Tab finds a field to go to; and the one that has the focus in any case.
            let first = ((seen.top() / ROW) as usize).saturating_sub(1);
            let last = ((seen.bottom() / ROW) as usize + 2).min(points.len());
            let mut rows: Vec<usize> = (first.min(last)..last).collect();
            let marked = [focused.map(|(row, _)| row), to.map(|(row, _)| row)];
            for row in marked.into_iter().flatten().filter(|row| *row < points.len()) {
                if let Err(place) = rows.binary_search(&row) {
                    rows.insert(place, row);
                }
            }
            // What was selected in the plot comes into sight.
            let turned = view.selected.filter(|_| view.selected != view.listed);
            if let Some(row) = to.map(|(row, _)| row).or(turned) {
                ui.scroll_to_rect(row_rect(row), None);
            }
            view.listed = view.selected;
            for (row, rect) in rows.into_iter().map(|row| (row, row_rect(row))) {
                line(ui, theme, rect, (row, points[row]), target, (view, lang), commands);
            }
            let foot =
                Rect::from_min_size(row_rect(points.len()).min + vec2(0.0, 4.0), vec2(body.width() - 12.0, 28.0));
            ui.scope_builder(UiBuilder::new().max_rect(foot), |ui| {
                let add = text_button(ui, i18n::text(lang, "data.add_row"), ButtonKind::Plain);
                if add.on_hover_text(i18n::text(lang, "data.add_row_hint")).clicked() {
                    commands.push(Command::AddPoint(fresh));
                    view.selected = Some(points.len());
                    view.wanted = Some(points.len());
                }
            });
        });
    });
    // Fields take the focus once they are there.
    if let Some((row, column)) = to {
        ui.memory_mut(|memory| memory.request_focus(field_id(row, column)));
    } else if let Some(row) = view.wanted.filter(|row| *row < points.len()) {
        ui.memory_mut(|memory| memory.request_focus(field_id(row, 0)));
        view.wanted = None;
    }
}

fn head(ui: &Ui, rect: Rect, theme: &Theme) {
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.top() + HEAD - 2.0, Stroke::new(1.0, theme.line));
    let columns = columns(Rect::from_min_size(rect.min, vec2(rect.width() - 12.0, HEAD)));
    for (name, column) in ["x", "y"].into_iter().zip(columns) {
        let at = pos2(column.right() - 6.0, column.center().y - 2.0);
        text(painter, at, Align2::RIGHT_CENTER, name, strong(sizes().caption), theme.muted);
    }
}

/// The places of the two fields in a row.
fn columns(row: Rect) -> [Rect; 2] {
    let wide = (row.width() - NUMBER - BUTTON) / 2.0;
    [0.0, 1.0].map(|k| {
        let at = pos2(row.left() + NUMBER + k * wide, row.top() + 2.0);
        Rect::from_min_size(at, vec2(wide - 6.0, ROW - 4.0))
    })
}

/// The field that has the focus, which is one of the selected row: its row and column.
fn focused(ui: &Ui, selected: Option<usize>) -> Option<(usize, usize)> {
    let (row, id) = (selected?, ui.memory(|memory| memory.focused())?);
    (0..2).find(|&column| field_id(row, column) == id).map(|column| (row, column))
}

/// The row that a key leads to.
fn next(ui: &Ui, row: usize, rows: usize) -> Option<usize> {
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    let up = pressed(Key::ArrowUp) || (pressed(Key::Enter) && ui.input(|input| input.modifiers.shift));
    if up {
        row.checked_sub(1)
    } else {
        Some(row + 1).filter(|next| *next < rows && (pressed(Key::ArrowDown) || pressed(Key::Enter)))
    }
}

fn line(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    (row, point): (usize, [f64; 2]),
    target: Target,
    (view, lang): (&mut DataView, Lang),
    commands: &mut Vec<Command>,
) {
    let press = ui.interact(rect, Id::unique(("row", row)), Sense::hover());
    if view.selected == Some(row) || view.hovered == Some(row) {
        let fill = if view.selected == Some(row) { theme.accent_soft } else { theme.raised_hover };
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), CornerRadius::same(5), fill);
    }
    if press.hovered() {
        view.hovered = Some(row);
    }
    let at = pos2(rect.left() + NUMBER - 12.0, rect.center().y);
    text(ui.painter(), at, Align2::RIGHT_CENTER, row + 1, face(sizes().caption, true), theme.faint);
    for (column, place) in columns(rect).into_iter().enumerate() {
        let name = i18n::fill(lang, if column == 0 { "data.cell_x" } else { "data.cell_y" }, &[("row", &(row + 1))]);
        let id = field_id(row, column);
        let field = NumberField {
            name: &name,
            value: point[column],
            range: [f64::MIN, f64::MAX],
            speed: point[column].abs().max(0.1) * 0.01,
            digits: 6,
        };
        let entered = field.show(ui, place, id);
        if ui.memory(|memory| memory.has_focus(id)) {
            view.selected = Some(row);
            view.listed = view.selected;
            ui.scroll_to_rect(rect, None);
        }
        let Some(value) = entered else { continue };
        let mut to = point;
        to[column] = value;
        let to = fitting(to, target);
        if to != point {
            commands.push(Command::MovePoint { row, to });
            // What is typed is a change of its own; a drag ends where it is let go.
            if !ui.input(|input| input.pointer.any_down()) {
                commands.push(Command::Settle);
            }
        }
    }
    let button = Rect::from_center_size(pos2(rect.right() - BUTTON / 2.0 + 4.0, rect.center().y), vec2(22.0, 22.0));
    let name = i18n::fill(lang, "data.remove_row", &[("row", &(row + 1))]);
    if small_button(ui, button, Id::unique(("remove point", row)), Icon::Close, &name) {
        commands.push(Command::RemovePoint(row));
        view.selected = None;
    }
}
