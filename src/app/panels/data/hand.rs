//! The hand on the data: what the mouse and the keys do to the points.

use egui::{CursorIcon, EventFilter, Key, PointerButton, Pos2, Response, Ui};

use super::DataView;
use crate::app::panels::grain;
use crate::app::views::Plane;
use crate::session::Command;
use crate::surface::Target;

/// How near to a point the pointer must be, in points of the screen.
const NEAR: f32 = 11.0;

/// Reads mouse and keys; what they ask for is added to `commands`.
pub(super) fn hand(
    ui: &Ui,
    response: &Response,
    plane: Plane,
    points: &[[f64; 2]],
    (target, view): (Target, &mut DataView),
    commands: &mut Vec<Command>,
) {
    view.selected = view.selected.filter(|&row| row < points.len());
    let near = |at: Pos2| nearest(points, plane, at);
    view.hovered = response.hover_pos().and_then(near);
    let placed = |at: Pos2| {
        let ([x, y], [px, py]) = (plane.to_data(at), plane.per_point());
        fitting([grain(x, px), grain(y, py)], target)
    };
    let pressed = response.interact_pointer_pos();
    if response.drag_started_by(PointerButton::Primary) {
        // Where it was pressed, not where the pointer has come to meanwhile.
        let origin = ui.input(|input| input.pointer.press_origin()).or(pressed);
        let taken = origin.and_then(near);
        view.dragged = taken.map(|row| (row, [plane.x, plane.y]));
        view.selected = taken.or(view.selected);
        response.request_focus();
    }
    if let (Some((row, _)), Some(at)) = (view.dragged, pressed)
        && response.dragged_by(PointerButton::Primary)
    {
        let to = placed(at);
        if points.get(row).is_some_and(|point| *point != to) {
            commands.push(Command::MovePoint { row, to });
        }
    }
    if !response.dragged_by(PointerButton::Primary) {
        view.dragged = None;
    }
    if response.clicked_by(PointerButton::Secondary)
        && let Some(row) = pressed.and_then(near)
    {
        commands.push(Command::RemovePoint(row));
        view.selected = None;
        view.hovered = None;
    } else if let Some(at) = pressed.filter(|_| response.clicked_by(PointerButton::Primary)) {
        response.request_focus();
        view.selected = near(at);
        if view.selected.is_none() && response.double_clicked() {
            commands.push(Command::AddPoint(placed(at)));
            view.selected = Some(points.len());
        }
    }
    if response.hovered() {
        let icon = match (view.dragged.is_some(), view.hovered.is_some()) {
            (true, _) => CursorIcon::Grabbing,
            (false, true) => CursorIcon::Grab,
            (false, false) => CursorIcon::Crosshair,
        };
        ui.set_cursor_icon(icon);
    }
    if response.has_focus() {
        keys(ui, response, plane, points, (target, view), commands);
    }
}

/// Page up and down select, the arrows move, Delete removes, Insert adds one in the middle.
fn keys(
    ui: &Ui,
    response: &Response,
    plane: Plane,
    points: &[[f64; 2]],
    (target, view): (Target, &mut DataView),
    commands: &mut Vec<Command>,
) {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key: Key| ui.input(|input| input.num_presses(key)) as i32;
    let turn = pressed(Key::PageDown) - pressed(Key::PageUp);
    let last = points.len().checked_sub(1);
    if let (true, Some(last)) = (turn != 0, last) {
        let from = view.selected.map_or(if turn > 0 { -1 } else { last as i64 + 1 }, |row| row as i64);
        view.selected = Some((from + i64::from(turn)).rem_euclid(last as i64 + 1) as usize);
    }
    if pressed(Key::Insert) > 0 {
        commands.push(Command::AddPoint(middle(plane, target)));
        view.selected = Some(points.len());
    }
    let Some((row, &[x, y])) = view.selected.and_then(|row| points.get(row).map(|point| (row, point))) else { return };
    if pressed(Key::Delete) + pressed(Key::Backspace) > 0 {
        commands.push(Command::RemovePoint(row));
        view.selected = last.filter(|&last| last > 0).map(|last| row.min(last - 1));
        return;
    }
    let way = [pressed(Key::ArrowRight) - pressed(Key::ArrowLeft), pressed(Key::ArrowUp) - pressed(Key::ArrowDown)];
    if way != [0, 0] {
        let part = |range: [f64; 2], by: i32| (range[1] - range[0]) / 100.0 * f64::from(by);
        let [px, py] = plane.per_point();
        let y = match target {
            Target::Number => grain(y + part(plane.y, way[1]), py),
            Target::Class => y + f64::from(way[1]),
        };
        let to = fitting([grain(x + part(plane.x, way[0]), px), y], target);
        commands.push(Command::MovePoint { row, to });
    }
}

/// A point in the middle of the plane.
pub(super) fn middle(plane: Plane, target: Target) -> [f64; 2] {
    let ([x, y], [px, py]) = (plane.to_data(plane.rect.center()), plane.per_point());
    fitting([grain(x, px), grain(y, py)], target)
}

/// The point that the target allows: classes are 0 or 1.
pub(super) fn fitting([x, y]: [f64; 2], target: Target) -> [f64; 2] {
    match target {
        Target::Number => [x, y],
        Target::Class => [x, if y < 0.5 { 0.0 } else { 1.0 }],
    }
}

/// The point nearest to a place of the screen, if it is near.
fn nearest(points: &[[f64; 2]], plane: Plane, at: Pos2) -> Option<usize> {
    let away = |&[x, y]: &[f64; 2]| plane.to_screen(x, y).distance(at);
    let nearest = points.iter().map(away).enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b));
    nearest.filter(|(_, away)| *away <= NEAR).map(|(row, _)| row)
}
