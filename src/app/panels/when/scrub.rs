//! The bar over the steps: a slider whose knob is the present, with the forks of the selected racer marked.

use egui::accesskit::Action as Ask;
use egui::{CornerRadius, EventFilter, Key, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::theme::Theme;
use crate::app::widgets::focus_ring;
use crate::session::Transport;

/// The bar over the steps, `forks` marked on it; gives the place that was asked for.
pub(super) fn scrub(
    ui: &mut Ui,
    width: f32,
    transport: &Transport,
    last: usize,
    forks: &[usize],
    [name, forked]: [&str; 2],
) -> Option<f64> {
    let cursor = transport.cursor;
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width.max(60.0), 28.0), Sense::click_and_drag());
    let track = Rect::from_min_max(
        pos2(rect.left() + 7.0, rect.center().y - 2.0),
        pos2(rect.right() - 7.0, rect.center().y + 2.0),
    );
    let end = last.max(1) as f64;
    let x = track.left() + (cursor / end).clamp(0.0, 1.0) as f32 * track.width();
    let painter = ui.painter();
    painter.rect_filled(track, CornerRadius::same(2), theme.raised_active);
    painter.rect_filled(Rect::from_min_max(track.min, pos2(x, track.bottom())), CornerRadius::same(2), theme.accent);
    for &fork in forks {
        let at = track.left() + (fork as f64 / end).clamp(0.0, 1.0) as f32 * track.width();
        painter.vline(at, track.expand2(vec2(0.0, 5.0)).y_range(), Stroke::new(1.5, theme.text));
    }
    if response.hovered() || response.dragged() {
        painter.circle_filled(pos2(x, track.center().y), 10.0, theme.accent_soft);
    }
    painter.circle(pos2(x, track.center().y), 6.0, theme.accent, Stroke::new(2.0, theme.panel));
    if response.has_focus() {
        focus_ring(ui, rect, 6);
    }
    let mut asked = None;
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked())
    {
        let t = f64::from((pointer.x - track.left()) / track.width()).clamp(0.0, 1.0);
        // In slow motion there is something to see between the steps.
        asked = Some(if transport.slow { t * end } else { (t * end).round() });
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let presses =
            ui.input(|input| input.num_presses(Key::ArrowRight) as f64 - input.num_presses(Key::ArrowLeft) as f64);
        if presses != 0.0 {
            asked = Some((cursor.round() + presses).clamp(0.0, end));
        }
    }
    if let Some(value) = crate::app::widgets::asked_value(ui, response.id) {
        asked = Some(value.clamp(0.0, end));
    }
    response.widget_info(|| WidgetInfo::slider(true, cursor, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(last as f64);
        node.add_action(Ask::SetValue);
    });
    response.on_hover_text(if forks.is_empty() { name } else { forked });
    asked
}
