//! What could not be done, and what was done out of sight: said once over the view and gone after a while.

use egui::{Align2, Area, Color32, Id, Order, Role, Ui, WidgetInfo, vec2};

use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::i18n::{self, Lang};

/// Seconds that a message stays.
const STAYS: f64 = 6.0;

/// Draws the messages while they are fresh.
pub(in crate::app) fn messages(ui: &Ui, view: &mut ViewState) {
    let theme = Theme::of(ui);
    message(ui, "refusal", &mut view.refusal, theme.bad);
    message(ui, "notice", &mut view.notice, theme.text);
}

fn message(ui: &Ui, id: &'static str, shown: &mut Option<(String, Option<f64>)>, ink: Color32) {
    let now = ui.input(|input| input.time);
    let Some((words, since)) = shown else { return };
    let age = now - *since.get_or_insert(now);
    if age > STAYS {
        *shown = None;
        return;
    }
    Area::new(Id::unique(id))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_TOP, vec2(0.0, 52.0))
        .interactable(false)
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(12).show(ui, |ui| {
                ui.set_max_width(520.0);
                ui.colored_label(ink, words.as_str());
            });
        });
    ui.ctx().request_repaint_after_secs((STAYS - age) as f32);
}

/// Says, while a file is held over the window, that it can be let go.
pub(in crate::app) fn drop_here(ui: &Ui, lang: Lang) {
    let theme = Theme::of(ui);
    let words = i18n::text(lang, "app.file.drop");
    let rect = ui.ctx().content_rect();
    Area::new(Id::unique("drop")).order(Order::Tooltip).fixed_pos(rect.min).interactable(false).show(ui.ctx(), |ui| {
        let (rect, response) = ui.allocate_exact_size(rect.size(), egui::Sense::hover());
        ui.painter().rect_filled(rect, 0.0, theme.shadow);
        let frame = rect.shrink(16.0);
        ui.painter().rect_stroke(frame, 8.0, egui::Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
        let font = crate::app::paint::strong(sizes().display);
        crate::app::paint::haloed_text(
            ui.painter(),
            rect.center(),
            Align2::CENTER_CENTER,
            words,
            font,
            theme.text,
            theme.panel,
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    });
}
