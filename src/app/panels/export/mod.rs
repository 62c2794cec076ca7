//! The dialog of exports: what is asked for at the left, what comes of it at the right.

mod preview;
mod progress;
mod settings;
mod words;

pub(in crate::app) use progress::progress;
pub(in crate::app) use words::problem;

use egui::{Align, Frame, Id, Layout, Modal, RichText, ScrollArea, Ui};

use crate::app::export::{Export, Exports};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, follow_focus, text_button};
use crate::i18n::{self, Lang};

/// What comes of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Wanted {
    /// It goes on.
    Nothing,
    /// It was closed.
    Closed,
    /// The place of the file is to be asked for.
    Save,
    /// The picture is to be copied.
    Copy,
}

/// Points of the settings, and between them and the preview.
const SETTINGS: f32 = 304.0;
const GAP: f32 = 24.0;
const HEIGHT: f32 = 540.0;

/// Draws the dialog.
pub(in crate::app) fn export(ui: &Ui, export: &mut Export, exports: &mut Exports, lang: Lang) -> Wanted {
    let theme = Theme::of(ui);
    let room = ui.ctx().content_rect().height() - 176.0;
    let modal =
        Modal::new(Id::unique("export")).backdrop_color(theme.shadow).frame(Frame::popup(ui.style()).inner_margin(24));
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(SETTINGS + GAP + crate::app::export::PREVIEW[0]);
        ui.label(RichText::new(i18n::text(lang, "app.export.title")).size(sizes().title).color(theme.text));
        ui.add_space(12.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.vertical(|ui| {
                ui.set_width(SETTINGS);
                let height = HEIGHT.min(room);
                ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                    // Beside the bar that scrolls.
                    ui.set_width(SETTINGS - 12.0);
                    settings::settings(ui, export, exports, lang);
                    follow_focus(ui);
                });
            });
            ui.vertical(|ui| preview::preview(ui, export, exports, lang));
        });
        ui.add_space(16.0);
        buttons(ui, exports, lang)
    });
    if shown.inner == Wanted::Nothing && shown.should_close() { Wanted::Closed } else { shown.inner }
}

fn buttons(ui: &mut Ui, exports: &Exports, lang: Lang) -> Wanted {
    let busy = exports.writing().is_some();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let mut wanted = Wanted::Nothing;
        let t = |key| i18n::text(lang, key);
        ui.add_enabled_ui(!busy, |ui| {
            let hint = if busy { t("app.export.busy") } else { t("app.export.save_hint") };
            let save = text_button(ui, t("app.export.save"), ButtonKind::Primary);
            if save.on_hover_text(hint).on_disabled_hover_text(hint).clicked() {
                wanted = Wanted::Save;
            }
        });
        if text_button(ui, t("app.export.copy"), ButtonKind::Plain).on_hover_text(t("app.export.copy_hint")).clicked() {
            wanted = Wanted::Copy;
        }
        if text_button(ui, t("app.close"), ButtonKind::Plain).on_hover_text("Esc").clicked() {
            wanted = Wanted::Closed;
        }
        wanted
    })
    .inner
}
