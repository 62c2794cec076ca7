//! Pictures that go out of the window: the dialog, what is being written, what has come to its end.

use std::path::Path;

use egui::Ui;

use super::App;
use crate::app::export::{News, file_name};
use crate::app::files::{FileDialog, Purpose};
use crate::app::keys::Action;
use crate::app::panels::{self, Wanted};
use crate::i18n::{fill, text};

impl App {
    /// Does what a key or a button asks for: opens the dialog, or copies the picture as it was asked for last.
    pub(super) fn export(&mut self, ui: &Ui, action: Action) {
        let asked = self.exports.open(&self.session, self.view.lang);
        if action == Action::CopyPicture {
            self.exports.copy(ui.ctx(), &asked);
        } else {
            self.view.export = Some(asked);
        }
    }

    /// The dialog while it is open, a file that is being written, and what has come to its end.
    pub(super) fn exporting(&mut self, ui: &Ui) {
        let lang = self.view.lang;
        if let Some(export) = &mut self.view.export {
            match panels::export(ui, export, &mut self.exports, lang) {
                Wanted::Nothing => {}
                Wanted::Closed => self.view.export = None,
                Wanted::Copy => self.exports.copy(ui.ctx(), export),
                Wanted::Save => {
                    let name = file_name(&export.document, &export.settings);
                    let purpose = Purpose::Export(export.settings.format.ending());
                    let folder = self.exports.folder().unwrap_or_else(|| self.start_folder());
                    self.view.dialog = Some(FileDialog::new(purpose, folder, &name));
                }
            }
        } else {
            self.exports.rest();
        }
        if panels::export_progress(ui, &self.exports, lang) {
            self.exports.stop();
        }
        for news in self.exports.news() {
            match news {
                News::Written(path) => self.tell(fill(lang, "app.export.written", &[("path", &path.display())])),
                News::Stopped(path) => self.tell(fill(lang, "app.export.stopped", &[("path", &path.display())])),
                News::Failed(problem) => self.view.refusal = Some((panels::export_problem(&problem, lang), None)),
                News::Copied(image) => {
                    ui.ctx().copy_image(image);
                    self.tell(text(lang, "app.export.copied").to_owned());
                }
            }
        }
    }

    /// Begins to write the file that was named; the dialogs are done.
    pub(super) fn write_export(&mut self, ui: &Ui, path: &Path) {
        self.view.dialog = None;
        if let Some(export) = self.view.export.take() {
            self.exports.write(ui.ctx(), &export, path);
        }
    }
}
