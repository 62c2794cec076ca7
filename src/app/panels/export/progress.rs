//! A file that is being written: its name, how far it is, and a button that gives it up. The window stays free.

use egui::{Align2, Area, CornerRadius, Frame, Id, Order, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::export::Exports;
use crate::app::jobs::EVERY;
use crate::app::paint::{elided_text, face};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, text_button};
use crate::i18n::{self, Lang, fill};

const WIDTH: f32 = 280.0;

/// Draws it while there is one; true when it is to be given up.
pub(in crate::app) fn progress(ui: &Ui, exports: &Exports, lang: Lang) -> bool {
    let Some((path, going)) = exports.writing() else { return false };
    let theme = Theme::of(ui);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let percent = (going.share * 100.0).round();
    let said = fill(lang, "app.export.writing", &[("name", &name), ("percent", &percent)]);
    ui.ctx().request_repaint_after(EVERY);
    Area::new(Id::unique("export progress"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -16.0))
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style())
                .inner_margin(12)
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        let (place, response) = ui.allocate_exact_size(vec2(WIDTH, 28.0), Sense::hover());
                        let font = face(sizes().body, false);
                        elided_text(ui.painter(), place.left_top() + vec2(0.0, 9.0), WIDTH, &said, font, theme.text);
                        let bar = Rect::from_min_size(place.left_bottom() - vec2(0.0, 5.0), vec2(WIDTH, 4.0));
                        ui.painter().rect_filled(bar, CornerRadius::same(2), theme.raised_active);
                        let done = Rect::from_min_size(bar.min, vec2(WIDTH * going.share, bar.height()));
                        ui.painter().rect_filled(done, CornerRadius::same(2), theme.accent);
                        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &said));
                        response.on_hover_text(path.display().to_string());
                        let stop = text_button(ui, i18n::text(lang, "app.export.stop"), ButtonKind::Plain);
                        stop.on_hover_text(i18n::text(lang, "app.export.stop_hint")).clicked()
                    })
                    .inner
                })
                .inner
        })
        .inner
}
