//! The question before a file is replaced that another program has written.

use std::path::Path;

use egui::{Align, Frame, Id, Layout, Modal, Ui};

use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, text_button};
use crate::i18n::{self, Lang};

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Reply {
    /// Nothing yet.
    None,
    /// Replace it.
    Replace,
    /// Save under another name.
    Elsewhere,
    /// Leave it.
    Leave,
}

/// Draws the question.
pub(in crate::app) fn question(ui: &Ui, path: &Path, lang: Lang) -> Reply {
    let theme = Theme::of(ui);
    let modal = Modal::new(Id::unique("question"))
        .backdrop_color(theme.shadow)
        .frame(Frame::popup(ui.style()).inner_margin(20));
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(420.0);
        ui.label(egui::RichText::new(i18n::text(lang, "app.file.foreign_title")).size(sizes().title).color(theme.text));
        ui.add_space(8.0);
        ui.label(i18n::fill(lang, "app.file.foreign", &[("path", &path.display())]));
        ui.add_space(16.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut reply = Reply::None;
            for (key, hint, kind, answer) in [
                ("app.file.do_replace", "app.file.replace_hint", ButtonKind::Primary, Reply::Replace),
                ("app.file.save_as", "app.file.save_as_hint", ButtonKind::Plain, Reply::Elsewhere),
                ("app.file.cancel", "app.file.cancel_hint", ButtonKind::Plain, Reply::Leave),
            ] {
                let words = i18n::text(lang, key);
                if text_button(ui, words, kind).on_hover_text(i18n::text(lang, hint)).clicked() {
                    reply = answer;
                }
            }
            reply
        })
        .inner
    });
    if shown.inner == Reply::None && shown.should_close() { Reply::Leave } else { shown.inner }
}
