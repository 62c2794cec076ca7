//! What could not be done, said once over the view and gone after a while.

use egui::{Align2, Area, Id, Order, Ui, vec2};

use crate::app::state::ViewState;
use crate::app::theme::Theme;

/// Seconds that a message stays.
const STAYS: f64 = 6.0;

/// Draws the message while it is fresh.
pub(in crate::app) fn refusal(ui: &Ui, view: &mut ViewState) {
    let now = ui.input(|input| input.time);
    let Some((words, since)) = &view.refusal else { return };
    let age = now - since.unwrap_or(now);
    if age > STAYS {
        view.refusal = None;
        return;
    }
    let theme = Theme::of(ui);
    let words = words.clone();
    Area::new(Id::unique("refusal"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_TOP, vec2(0.0, 52.0))
        .interactable(false)
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(12).show(ui, |ui| {
                ui.set_max_width(520.0);
                ui.colored_label(theme.bad, words);
            });
        });
    if let Some((_, since)) = &mut view.refusal {
        since.get_or_insert(now);
    }
    ui.ctx().request_repaint_after_secs((STAYS - age) as f32);
}
