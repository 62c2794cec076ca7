//! Pointing at a cell: with the mouse, or with a cross-hair that the arrow keys move while the map has the focus.

use egui::{
    EventFilter, Id, Key, Painter, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2,
};

use crate::app::theme::Theme;
use crate::app::widgets::focus_ring;

/// What a hand did on a map.
pub(super) struct Hand {
    pub(super) response: Response,
    /// The place under the pointer or the cross-hair, 0 to 1 across and up.
    pub(super) place: Option<[f64; 2]>,
    /// Whether what is there is to be run.
    pub(super) run: bool,
}

/// How far an arrow key moves the cross-hair, in sides of the map; a tenth of it with Shift.
const STRIDE: f64 = 1.0 / 32.0;

/// Takes the hand on the map in `rect`.
pub(super) fn hand(ui: &Ui, rect: Rect, name: &str, cross: &mut [f64; 2]) -> Hand {
    let id = Id::unique("view");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));
    let shift = ui.input(|input| input.modifiers.shift);
    let primary =
        response.clicked_by(PointerButton::Primary) || (!shift && response.dragged_by(PointerButton::Primary));
    let inside = |at: Pos2| {
        let share = (at - rect.min) / rect.size();
        [f64::from(share.x).clamp(0.0, 1.0), f64::from(1.0 - share.y).clamp(0.0, 1.0)]
    };
    let pointed = response.interact_pointer_pos().filter(|_| primary).map(inside);
    if let Some(at) = pointed {
        *cross = at;
        response.request_focus();
    }
    let mut enter = false;
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let stride = if shift { STRIDE / 10.0 } else { STRIDE };
        let (by, entered) = ui.input(|input| {
            let presses = |key: Key| input.num_presses(key) as f64;
            let across = presses(Key::ArrowRight) - presses(Key::ArrowLeft);
            let up = presses(Key::ArrowUp) - presses(Key::ArrowDown);
            ([across * stride, up * stride], input.key_pressed(Key::Enter))
        });
        *cross = [0, 1].map(|k| (cross[k] + by[k]).clamp(0.0, 1.0));
        enter = entered;
    }
    let place = response.hover_pos().map(inside).or_else(|| response.has_focus().then_some(*cross));
    Hand { run: pointed.is_some() || enter, place, response }
}

/// Draws the cross-hair while the keyboard has it.
pub(super) fn cross_hair(ui: &Ui, painter: &Painter, theme: &Theme, rect: Rect, hand: &Hand, cross: [f64; 2]) {
    if !hand.response.has_focus() {
        return;
    }
    focus_ring(ui, rect, 0);
    let at = on_screen(rect, cross);
    for (width, ink) in [(3.0, theme.halo), (1.0, theme.text)] {
        let stroke = Stroke::new(width, ink);
        for way in [Vec2::X, Vec2::Y, -Vec2::X, -Vec2::Y] {
            painter.line_segment([at + way * 5.0, at + way * 14.0], stroke);
        }
    }
}

/// Where a place of a map stands.
pub(super) fn on_screen(rect: Rect, [across, up]: [f64; 2]) -> Pos2 {
    pos2(rect.left() + across as f32 * rect.width(), rect.bottom() - up as f32 * rect.height())
}
