//! The hand on the views. On a map or a curve a click or a drag sets the start, the wheel zooms, a drag with the other button
//! (or with Shift) pans. On the relief a drag turns it, except where it takes hold of the start or the ball (or with Ctrl);
//! a click sets the start, the wheel zooms, two fingers turn, the other button pans.

use egui::{CursorIcon, Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, Response, Ui, Vec2};

use crate::app::views::Plane;
use crate::chart::relief::{Eye, Relief};
use crate::num::elem;
use crate::session::{Camera, Command, Session};

/// What a plane shows of each variable.
fn ranges(plane: Plane, map: bool) -> Vec<[f64; 2]> {
    if map { vec![plane.x, plane.y] } else { vec![plane.x] }
}

/// Whether the view is being moved rather than worked on.
fn pans(ui: &Ui, response: &Response) -> bool {
    let shift = ui.input(|input| input.modifiers.shift);
    response.dragged_by(PointerButton::Secondary)
        || response.dragged_by(PointerButton::Middle)
        || (shift && response.dragged_by(PointerButton::Primary))
}

/// The hand on a map or a curve.
pub(super) fn plane(
    ui: &Ui,
    session: &Session,
    response: &Response,
    plane: Plane,
    map: bool,
    commands: &mut Vec<Command>,
) {
    if moves(ui, response, plane, map, commands) {
        return;
    }
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged_by(PointerButton::Primary) || response.clicked_by(PointerButton::Primary))
    {
        move_start(session, plane.to_data(pointer), plane.per_point(), map, commands);
        ui.set_cursor_icon(CursorIcon::Grabbing);
    } else if response.hovered() {
        ui.set_cursor_icon(CursorIcon::Crosshair);
    }
}

/// Moves and zooms the range of a plane, whatever else the hand does there. Whether it is being moved.
pub(in crate::app::panels) fn moves(
    ui: &Ui,
    response: &Response,
    plane: Plane,
    map: bool,
    commands: &mut Vec<Command>,
) -> bool {
    let moved = pans(ui, response);
    if moved {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        if response.drag_delta() != Vec2::ZERO {
            commands.push(Command::SetRange(ranges(plane.panned(response.drag_delta()), map)));
        }
    }
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = f64::from(pinch) * elem::exp(f64::from(scroll) * 0.004);
        if factor != 1.0 && factor.is_finite() {
            commands.push(Command::SetRange(ranges(plane.zoomed(factor, pointer), map)));
        }
    }
    moved
}

/// Moves the start to a place, in as many digits as a point of the screen can mean.
fn move_start(session: &Session, [x, y]: [f64; 2], [px, py]: [f64; 2], map: bool, commands: &mut Vec<Command>) {
    let start: Vec<f64> = if map { vec![grain(x, px), grain(y, py)] } else { vec![grain(x, px)] };
    if start != session.shown_start() {
        commands.push(session.move_start(start));
    }
}

/// `value` rounded to the power of ten below a quarter of `unit`.
pub(in crate::app) fn grain(value: f64, unit: f64) -> f64 {
    let digits = -elem::log10(unit.abs() / 4.0).floor() as i32;
    if (0..=15).contains(&digits) { format!("{value:.*}", digits as usize).parse().unwrap_or(value) } else { value }
}

/// Degrees that a point of a drag turns the relief.
const TURN: f64 = 0.4;
/// Points around the start and the ball that take hold of them.
const HOLD: f32 = 16.0;

/// The hand on the relief; the place of the data under the pointer.
pub(super) fn relief(
    ui: &Ui,
    session: &Session,
    response: &Response,
    relief: &Relief,
    eye: &Eye,
    commands: &mut Vec<Command>,
) -> Option<[f64; 2]> {
    let local = |at: Pos2| [f64::from(at.x - response.rect.left()), f64::from(at.y - response.rect.top())];
    let pointer = response.interact_pointer_pos().or(response.hover_pos());
    let place = pointer.and_then(|at| relief.pick(eye, local(at)));
    let camera = session.document().picture.camera;
    let held = holds_start(ui, session, response, relief, eye);
    let primary = response.dragged_by(PointerButton::Primary);
    let mut next = camera;
    if pans(ui, response) {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        let by = response.drag_delta();
        next = eye.panned(next, [f64::from(by.x), f64::from(by.y)]);
    } else if response.clicked_by(PointerButton::Primary) || (primary && held) {
        if let Some(place) = place {
            let unit = [0, 1].map(|k| {
                let [low, high] = [relief.view.x, relief.view.y][k];
                (high - low) / (2.0 * relief.half[k] * eye.scale(1.0))
            });
            move_start(session, place, unit, true, commands);
        }
        ui.set_cursor_icon(CursorIcon::Grabbing);
    } else if primary {
        ui.set_cursor_icon(CursorIcon::Move);
        let by = response.drag_delta();
        next = next.orbited(-TURN * f64::from(by.x), TURN * f64::from(by.y));
    } else if response.hovered() && place.is_some() {
        let grabs = response.hover_pos().is_some_and(|at| near_start(session, response, relief, eye, at));
        ui.set_cursor_icon(if grabs { CursorIcon::Grab } else { CursorIcon::Crosshair });
    }
    if let Some(at) = response.hover_pos() {
        next = scrolled(ui, next, eye, local(at));
    }
    if next != camera {
        commands.push(Command::SetCamera(next));
    }
    response.hover_pos().and(place)
}

/// Whether a drag has taken hold of the start: it began on its mark or on the selected ball, or with Ctrl.
fn holds_start(ui: &Ui, session: &Session, response: &Response, relief: &Relief, eye: &Eye) -> bool {
    let id = response.id.with("holds the start");
    if response.drag_started_by(PointerButton::Primary) {
        let (origin, ctrl) = ui.input(|input| (input.pointer.press_origin(), input.modifiers.command));
        let held = ctrl || origin.is_some_and(|at| near_start(session, response, relief, eye, at));
        ui.data_mut(|data| data.insert_temp(id, held));
    }
    ui.data(|data| data.get_temp(id)).unwrap_or(false)
}

/// Whether a place of the screen is on the mark of the start or on the selected ball.
fn near_start(session: &Session, response: &Response, relief: &Relief, eye: &Eye, at: Pos2) -> bool {
    let near = |w: &[f64]| {
        let ground = w.first().zip(w.get(1)).map(|(&x, &y)| relief.ground([x, y]));
        let stands = ground.and_then(|[x, y]| relief.height([x, y]).map(|z| eye.see([x, y, z]).at));
        stands.is_some_and(|[x, y]| (response.rect.min + Vec2::new(x as f32, y as f32)).distance(at) <= HOLD)
    };
    near(session.shown_start()) || session.position(session.document().selected).is_some_and(|ball| near(&ball))
}

/// The camera after what wheel and trackpad did in this frame: the wheel and a pinch zoom, two fingers turn.
fn scrolled(ui: &Ui, camera: Camera, eye: &Eye, at: [f64; 2]) -> Camera {
    ui.input(|input| {
        let mut next = camera;
        let pinch = f64::from(input.zoom_delta());
        if pinch != 1.0 {
            next = eye.zoomed(next, pinch, at);
        }
        for event in &input.events {
            let Event::MouseWheel { unit, delta, modifiers: Modifiers { command: false, .. }, .. } = event else {
                continue;
            };
            let (across, up) = (f64::from(delta.x), f64::from(delta.y));
            next = match unit {
                MouseWheelUnit::Point => next.orbited(-0.5 * TURN * across, 0.5 * TURN * up),
                MouseWheelUnit::Line | MouseWheelUnit::Page => eye.zoomed(next, elem::exp(0.14 * up), at),
            };
        }
        next
    })
}
