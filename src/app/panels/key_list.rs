//! The list of all keys, over the window.

use egui::{Align2, Color32, Frame, Id, Modal, Sense, Ui, vec2};

use crate::app::keys::BINDINGS;
use crate::app::paint::{face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, caption, text_button};
use crate::i18n;

/// Draws the list while it is open; closes it on Escape, on a click beside it, and by its button.
pub(in crate::app) fn key_list(ui: &mut Ui, view: &mut ViewState) {
    if !view.keys_open {
        return;
    }
    let theme = Theme::of(ui);
    let lang = view.lang;
    let dim: Color32 = theme.shadow;
    let shown = Modal::new(Id::unique("key list"))
        .backdrop_color(dim)
        .frame(Frame::popup(ui.style()).inner_margin(24))
        .show(ui.ctx(), |ui| {
            ui.set_width(440.0);
            ui.label(egui::RichText::new(i18n::text(lang, "app.keys.title")).size(sizes().title).color(theme.text));
            ui.add_space(8.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            for binding in BINDINGS {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
                let words = i18n::text(lang, binding.label);
                text(
                    ui.painter(),
                    rect.left_center(),
                    Align2::LEFT_CENTER,
                    words,
                    face(sizes().body, false),
                    theme.text,
                );
                let keys = binding.shown;
                text(
                    ui.painter(),
                    rect.right_center(),
                    Align2::RIGHT_CENTER,
                    keys,
                    face(sizes().number, true),
                    theme.muted,
                );
            }
            ui.add_space(12.0);
            caption(ui, i18n::text(lang, "app.keys.mouse"));
            ui.add_space(12.0);
            text_button(ui, i18n::text(lang, "app.close"), ButtonKind::Plain).clicked()
        });
    if shown.inner || shown.should_close() {
        view.keys_open = false;
    }
}
