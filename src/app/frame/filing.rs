//! Files in the window: what is opened, saved, dropped, pasted and kept for the next start.

use std::path::{Path, PathBuf};

use egui::{Event, Ui, ViewportCommand};

use super::App;
use crate::app::drop;
use crate::app::files::{Desk, FileDialog, Purpose, Saving, Tick, Trouble, places};
use crate::app::keys::Action;
use crate::app::panels::{self, Asked, Chosen, Reply};
use crate::app::preferences;
use crate::explain;
use crate::i18n::{fill, text};
use crate::scenario;
use crate::session::Session;

impl App {
    /// The program with what it remembers in a folder: preferences, and the document of last time where none is given.
    pub fn in_folder(mut options: super::Options, folder: Option<PathBuf>, lang: crate::i18n::Lang) -> Self {
        let file = folder.as_ref().map(|folder| folder.join(preferences::FILE));
        let preferences = preferences::Preferences::load(file.as_deref());
        let mut autosave = crate::app::files::Autosave::in_folder(folder.as_deref());
        let mut trouble = None;
        let mut desk = None;
        if options.session.is_none() {
            match autosave.restore().map(|document| document.and_then(|document| Session::open(document).ok())) {
                Ok(Some(mut session)) => {
                    autosave.restore_drafts(&mut session);
                    desk = Some(Desk::of(preferences.file.as_deref(), preferences.example.as_deref()));
                    options.session = Some(session);
                }
                Ok(None) => {}
                Err(found) => trouble = Some(found),
            }
        }
        let app = Self::with_preferences(options, preferences, lang, false);
        let mut app = Self { autosave, folder, desk: desk.unwrap_or(app.desk), ..app };
        if let Some(path) = app.desk.path().map(Path::to_owned) {
            app.preferences.remember(&path);
        }
        if let Some(trouble) = trouble {
            app.complain(&trouble);
        }
        app
    }

    /// Does what a key or a menu asks for.
    pub(super) fn file(&mut self, ui: &Ui, action: Action) {
        match action {
            Action::Examples => {
                self.view.gallery = !self.view.gallery;
                self.view.gallery_fresh = self.view.gallery;
            }
            Action::Open => self.view.dialog = Some(FileDialog::new(Purpose::Open, self.start_folder(), "")),
            Action::OpenRecent(index) => {
                if let Some(path) = self.preferences.recent.get(index).cloned() {
                    self.open(&path);
                }
            }
            Action::Save => match self.desk.save(&self.session) {
                Ok(Saving::Done) => self.saved(),
                Ok(Saving::Nameless) => self.ask_name(),
                Ok(Saving::Foreign(path)) => self.view.question = Some(path),
                Err(trouble) => self.complain(&trouble),
            },
            Action::SaveAs => self.ask_name(),
            Action::CopyText => {
                ui.ctx().copy_text(scenario::write(self.session.document()));
                self.tell(text(self.view.lang, "app.file.copied").to_owned());
            }
            Action::PasteText => ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste),
            _ => {}
        }
    }

    /// What was pasted where no text is being typed.
    pub(super) fn receive(&mut self, ui: &Ui) {
        let typing = ui.ctx().text_edit_focused() || self.view.covered();
        let pasted = ui.input(|input| {
            let mut pasted = input.events.iter().filter_map(|event| match event {
                Event::Paste(text) if !typing => Some(text.clone()),
                _ => None,
            });
            pasted.next_back()
        });
        if let Some(text) = pasted {
            match self.desk.open_text(&text, &mut self.session) {
                Ok(()) => self.keep(),
                Err(problem) => {
                    let lang = self.view.lang;
                    let message = problem.message(lang, &text);
                    self.view.refusal = Some((fill(lang, "app.file.pasted", &[("message", &message)]), None));
                }
            }
        }
    }

    /// What lies over the window: the gallery, the file dialog, the question.
    pub(super) fn overlays(&mut self, ui: &Ui) {
        let lang = self.view.lang;
        if self.view.gallery {
            match self.gallery.show(ui, &mut self.view) {
                Chosen::Nothing => {}
                Chosen::Closed => self.view.gallery = false,
                Chosen::Example(example) => {
                    self.view.gallery = false;
                    // It is part of the program and opened by a test.
                    _ = self.desk.open_example(example, &mut self.session);
                    self.keep();
                }
            }
        }
        if let Some(dialog) = &mut self.view.dialog {
            let purpose = dialog.purpose;
            match panels::file_dialog(ui, dialog, lang) {
                Asked::Open => {}
                Asked::Closed => self.view.dialog = None,
                Asked::Taken(path) if purpose == Purpose::Open => self.take(&path),
                Asked::Taken(path) => self.save_as(&path),
            }
        }
        if let Some(path) = self.view.question.clone() {
            let reply = panels::question(ui, &path, lang);
            if reply != Reply::None {
                self.view.question = None;
            }
            match reply {
                Reply::Replace => self.save_as(&path),
                Reply::Elsewhere => self.ask_name(),
                Reply::Leave | Reply::None => {}
            }
        }
        if ui.input(|input| !input.raw.hovered_files.is_empty()) {
            panels::drop_here(ui, lang);
        }
    }

    /// Takes a file by its kind: a table becomes the points of the model, anything else is to be a scenario.
    pub(super) fn take(&mut self, path: &Path) {
        if drop::Kind::of(path) != drop::Kind::Table {
            return self.open(path);
        }
        let lang = self.view.lang;
        let points = drop::points(path, &self.session, lang);
        let done = points.and_then(|points| self.session.apply(points).map_err(|why| explain::refusal(lang, &why)));
        self.view.dialog = None;
        if let Err(words) = done {
            self.view.refusal = Some((words, None));
        }
    }

    /// Opens a scenario; what cannot be opened leaves everything as it was.
    pub(super) fn open(&mut self, path: &Path) {
        match self.desk.open(path, &mut self.session) {
            Ok(()) => {
                self.view.dialog = None;
                self.remember();
            }
            Err(trouble) => self.complain(&trouble),
        }
    }

    fn save_as(&mut self, path: &Path) {
        match self.desk.save_as(path, &self.session) {
            Ok(()) => {
                self.view.dialog = None;
                self.saved();
            }
            Err(trouble) => self.complain(&trouble),
        }
    }

    fn saved(&mut self) {
        let name = self.desk.name(self.view.lang).unwrap_or_default();
        self.tell(fill(self.view.lang, "app.file.saved", &[("name", &name)]));
        self.remember();
    }

    fn remember(&mut self) {
        if let Some(path) = self.desk.path().map(Path::to_owned) {
            self.preferences.remember(&path);
        }
        self.keep();
    }

    fn ask_name(&mut self) {
        let name = self.desk.path().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| "descent.toml".to_owned());
        self.view.dialog = Some(FileDialog::new(Purpose::Save, self.start_folder(), &name));
    }

    /// Where the file dialog begins: beside the file that is open, or the last one that was, or at home.
    fn start_folder(&self) -> PathBuf {
        let near = self.desk.path().into_iter().chain(self.preferences.recent.iter().map(PathBuf::as_path));
        let mut near = near.filter_map(Path::parent).map(Path::to_owned).chain(places());
        near.find(|folder| folder.is_dir()).unwrap_or_default()
    }

    /// What is wrong, where it is looked at: in the dialog, or over the view.
    fn complain(&mut self, trouble: &Trouble) {
        match &mut self.view.dialog {
            Some(dialog) => dialog.trouble = Some(trouble.clone()),
            None => self.view.refusal = Some((trouble.words(self.view.lang), None)),
        }
    }

    fn tell(&mut self, words: String) {
        self.view.notice = Some((words, None));
    }

    /// At the end of a frame: whether the document has changed, and whether it is time to keep it.
    pub(super) fn watch(&mut self, ui: &Ui) {
        let now = ui.input(|input| input.time);
        if self.desk.look(now, &self.session) {
            self.autosave.note(now, &self.session);
        }
        match self.autosave.tick(now, &self.session) {
            Ok(Tick::Idle) => {}
            Ok(Tick::Wait(wait)) => ui.ctx().request_repaint_after_secs(wait as f32),
            // The document and what it is called belong together.
            Ok(Tick::Kept) => self.keep(),
            Err(trouble) => self.complain(&trouble),
        }
        if (&self.preferences.sections, self.preferences.table) != (&self.view.folded, self.view.data.table) {
            self.keep();
        }
        self.view.point = self.desk.point(self.view.lang);
        let title = self.title();
        if title != self.shown_title {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.shown_title = title;
        }
    }

    /// The title of the window: the file's name and whether it has changed.
    pub fn title(&self) -> String {
        let mark = if self.desk.changed() { " •" } else { "" };
        match self.desk.name(self.view.lang) {
            Some(name) => format!("{name}{mark} – Downhill"),
            None => "Downhill".to_owned(),
        }
    }

    /// Keeps the document, for the window is closed.
    pub(super) fn keep_document(&mut self) {
        // Nobody is left to be told.
        _ = self.autosave.keep(&self.session);
    }
}
