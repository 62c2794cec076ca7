//! What the keys of the view do: turn and move the eye of the relief, move and zoom the range of a map or a curve.

use crate::chart::relief::Eye;
use crate::session::{Camera, Command, Motion, Session, View};

/// Degrees that a press turns the relief.
const TURN: f64 = 5.0;
/// The share of the view that a press moves.
const SHIFT: f64 = 0.05;
/// The factor of a press that zooms.
const ZOOM: f64 = 1.15;

/// Whether the relief is what the keys work on.
fn on_relief(session: &Session) -> bool {
    session.surface().dimension >= 2 && session.document().picture.view.shows_relief()
}

/// The ways to look at the surface that the middle offers, in the order of its switch.
pub(super) fn views(session: &Session) -> &'static [View] {
    if session.surface().dimension >= 2 { &View::ALL } else { &[View::Auto, View::Basins, View::Sweep] }
}

/// The next of the ways to look at the surface.
pub(super) fn next_view(session: &Session) -> Command {
    let (views, now) = (views(session), session.document().picture.view);
    let next = views.iter().position(|view| *view == now).map_or(0, |at| (at + 1) % views.len());
    Command::SetView(views.get(next).copied().unwrap_or_default())
}

/// The other of the two ways in which the balls move.
pub(super) fn other_motion(session: &Session) -> Command {
    Command::SetMotion(match session.document().picture.motion {
        Motion::Roll => Motion::Jump,
        Motion::Jump => Motion::Roll,
    })
}

/// The relief turned, or the map moved.
pub(super) fn turned(session: &Session, right: i8, up: i8) -> Command {
    if !on_relief(session) {
        return panned(session, right, up);
    }
    let camera = session.document().picture.camera;
    Command::SetCamera(camera.orbited(TURN * f64::from(right), TURN * f64::from(up)))
}

/// The view moved so that more is seen in that direction.
pub(super) fn panned(session: &Session, right: i8, up: i8) -> Command {
    if on_relief(session) {
        let camera = session.document().picture.camera;
        let side = 1000.0;
        let eye = Eye::new(&camera, [1.0, 1.0], [side, side]);
        let by = [-f64::from(right), f64::from(up)].map(|part| part * SHIFT * side);
        return Command::SetCamera(eye.panned(camera, by));
    }
    let moved = |([low, high], by): (&[f64; 2], i8)| {
        let by = f64::from(by) * SHIFT * (high - low);
        [low + by, high + by]
    };
    Command::SetRange(session.range().iter().zip([right, up]).map(moved).collect())
}

/// The view zoomed in or out.
pub(super) fn zoomed(session: &Session, nearer: i8) -> Command {
    let factor = if nearer > 0 { ZOOM } else { 1.0 / ZOOM };
    if on_relief(session) {
        let camera: Camera = session.document().picture.camera;
        return Command::SetCamera(camera.zoomed(factor));
    }
    let around = |[low, high]: &[f64; 2]| {
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low) / factor);
        [middle - half, middle + half]
    };
    Command::SetRange(session.range().iter().map(around).collect())
}
