//! Files in the window: what is opened, saved, dropped, pasted and kept for the next start.

use std::path::{Path, PathBuf};

use egui::{Event, Ui, ViewportCommand};

use super::App;
use crate::app::drop;
use crate::app::files::{self, Autosave, Desk, FileDialog, Paper, Purpose, Saving, Tick, Trouble, places};
use crate::app::keys::Action;
use crate::app::net;
use crate::app::panels::{self, Asked, Chosen, Reply};
use crate::app::preferences;
use crate::app::state::Lab;
use crate::explain;
use crate::i18n::{fill, text};
use crate::scenario::{self, Scenario};
use crate::session::net::{NetCommand, NetDocument, NetSession};
use crate::session::{Document, Session};

impl App {
    /// The program with what it remembers in a folder: preferences, and the document of last time where none is given.
    pub fn in_folder(mut options: super::Options, folder: Option<PathBuf>, lang: crate::i18n::Lang) -> Self {
        let file = folder.as_ref().map(|folder| folder.join(preferences::FILE));
        let preferences = preferences::Preferences::load(file.as_deref());
        let mut autosave = Autosave::<Document>::in_folder(folder.as_deref());
        let mut net_autosave = Autosave::<NetDocument>::in_folder(folder.as_deref());
        let asked = options.session.is_some() || options.net.is_some();
        let mut trouble = None;
        let mut desk = None;
        let mut net_desk = None;
        if !asked {
            match net_autosave.restore().map(|document| document.and_then(|document| NetSession::open(document).ok())) {
                Ok(Some(session)) => {
                    net_desk = Some(Desk::of(preferences.net_file.as_deref(), preferences.net_example.as_deref()));
                    options.net = Some(session);
                }
                Ok(None) => {}
                Err(found) => trouble = Some(found),
            }
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
        let lab = preferences.lab;
        let app = Self::with_preferences(options, preferences, lang, false);
        let (desk, net_desk) = (desk.unwrap_or(app.desk), net_desk.unwrap_or(app.net_desk));
        let mut app = Self { autosave, net_autosave, folder, desk, net_desk, ..app };
        if !asked {
            app.view.lab = lab;
        }
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
            Action::Save => match match self.view.lab {
                Lab::Descent => self.desk.save(&self.session),
                Lab::Net => self.net_desk.save(self.net.session()),
            } {
                Ok(Saving::Done) => self.saved(),
                Ok(Saving::Nameless) => self.ask_name(),
                Ok(Saving::Foreign(path)) => self.view.question = Some(path),
                Err(trouble) => self.complain(&trouble),
            },
            Action::SaveAs => self.ask_name(),
            Action::Export | Action::CopyPicture => self.export(ui, action),
            Action::CopyText => {
                ui.ctx().copy_text(self.text());
                self.tell(text(self.view.lang, "app.file.copied").to_owned());
            }
            Action::PasteText => ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste),
            _ => {}
        }
    }

    /// What is to be seen as the text of a scenario.
    pub fn text(&self) -> String {
        match self.view.lab {
            Lab::Descent => self.session.document().text(),
            Lab::Net => self.net.session().document().text(),
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
            match scenario::open(&text) {
                Ok(Scenario::Descent(document)) => {
                    self.desk.lay_loose(*document, &mut self.session);
                    self.open_lab(Lab::Descent);
                    self.keep();
                }
                Ok(Scenario::Net(document)) => {
                    self.net_desk.lay_loose(*document, self.net.session_mut());
                    self.open_lab(Lab::Net);
                    self.keep();
                }
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
        self.exporting(ui);
        if self.view.gallery {
            match self.gallery.show(ui, &mut self.view) {
                Chosen::Nothing => {}
                Chosen::Closed => self.view.gallery = false,
                Chosen::Example(example) => {
                    self.view.gallery = false;
                    // It is part of the program and opened by a test.
                    match example.scenario() {
                        Ok(Scenario::Descent(document)) => {
                            self.desk.lay_example(example, *document, &mut self.session);
                            self.open_lab(Lab::Descent);
                        }
                        Ok(Scenario::Net(document)) => {
                            self.net_desk.lay_example(example, *document, self.net.session_mut());
                            self.open_lab(Lab::Net);
                        }
                        Err(_) => {}
                    }
                    self.keep();
                }
            }
        }
        if let Some(dialog) = &mut self.view.dialog {
            let purpose = dialog.purpose;
            match panels::file_dialog(ui, dialog, lang) {
                Asked::Open => {}
                Asked::Closed => self.view.dialog = None,
                Asked::Taken(path) => match purpose {
                    Purpose::Open => self.take(&path),
                    Purpose::Save => self.save_as(&path),
                    Purpose::Export(_) => self.write_export(ui, &path),
                },
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

    /// Takes data for the net, and says what was decided in reading it.
    fn bring(&mut self, path: &Path) {
        let lang = self.view.lang;
        let done = net::bring(path, lang).and_then(|(spec, notices)| {
            let done = self.net.apply(NetCommand::SetData(spec));
            done.map(|()| notices).map_err(|why| explain::net_refusal(lang, &why))
        });
        match done {
            Ok(notices) if notices.is_empty() => self.view.dialog = None,
            Ok(notices) => {
                self.view.dialog = None;
                self.tell(notices.join("; "));
            }
            Err(words) => self.view.refusal = Some((words, None)),
        }
    }

    /// Takes a file by its kind: a table becomes the points of the model, anything else is to be a scenario.
    pub(super) fn take(&mut self, path: &Path) {
        if self.view.lab == Lab::Net && net::is_data(path) {
            return self.bring(path);
        }
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

    /// Opens a scenario, or a picture with one in it; what cannot be opened leaves everything as it was.
    pub(super) fn open(&mut self, path: &Path) {
        // What comes out of a picture does not belong to it: saving must not replace the picture.
        let loose = files::is_picture(path);
        match if loose { files::inside(path) } else { files::read(path) } {
            Ok((text, Scenario::Descent(document))) => {
                match loose {
                    true => self.desk.lay_loose(*document, &mut self.session),
                    false => self.desk.lay(path, text, *document, &mut self.session),
                }
                self.open_lab(Lab::Descent);
            }
            Ok((text, Scenario::Net(document))) => {
                match loose {
                    true => self.net_desk.lay_loose(*document, self.net.session_mut()),
                    false => self.net_desk.lay(path, text, *document, self.net.session_mut()),
                }
                self.open_lab(Lab::Net);
            }
            Err(trouble) => return self.complain(&trouble),
        }
        self.view.dialog = None;
        self.remember();
    }

    fn save_as(&mut self, path: &Path) {
        let done = match self.view.lab {
            Lab::Descent => self.desk.save_as(path, &self.session),
            Lab::Net => self.net_desk.save_as(path, self.net.session()),
        };
        match done {
            Ok(()) => {
                self.view.dialog = None;
                self.saved();
            }
            Err(trouble) => self.complain(&trouble),
        }
    }

    fn saved(&mut self) {
        let name = self.document_name().unwrap_or_default();
        self.tell(fill(self.view.lang, "app.file.saved", &[("name", &name)]));
        self.remember();
    }

    fn remember(&mut self) {
        if let Some(path) = self.document_path().map(Path::to_owned) {
            self.preferences.remember(&path);
        }
        self.keep();
    }

    /// What the document of the open laboratory is called.
    fn document_name(&self) -> Option<String> {
        match self.view.lab {
            Lab::Descent => self.desk.name(self.view.lang),
            Lab::Net => self.net_desk.name(self.view.lang),
        }
    }

    /// Its file.
    fn document_path(&self) -> Option<&Path> {
        match self.view.lab {
            Lab::Descent => self.desk.path(),
            Lab::Net => self.net_desk.path(),
        }
    }

    fn ask_name(&mut self) {
        let name = self.document_path().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let usual = match self.view.lab {
            Lab::Descent => Document::NAME,
            Lab::Net => NetDocument::NAME,
        };
        let name = name.unwrap_or_else(|| usual.to_owned());
        self.view.dialog = Some(FileDialog::new(Purpose::Save, self.start_folder(), &name));
    }

    /// Where the file dialog begins: beside the file that is open, or the last one that was, or at home.
    pub(super) fn start_folder(&self) -> PathBuf {
        let near = self.document_path().into_iter().chain(self.preferences.recent.iter().map(PathBuf::as_path));
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

    pub(super) fn tell(&mut self, words: String) {
        self.view.notice = Some((words, None));
    }

    /// At the end of a frame: whether the document has changed, and whether it is time to keep it.
    pub(super) fn watch(&mut self, ui: &Ui) {
        let now = ui.input(|input| input.time);
        if self.desk.look(now, &self.session) {
            self.autosave.note(now, &self.session);
        }
        if self.net_desk.look(now, self.net.session()) {
            self.net_autosave.note(now, self.net.session());
        }
        if (&self.preferences.sections, self.preferences.table) != (&self.view.folded, self.view.data.table) {
            self.keep();
        }
        for tick in [self.autosave.tick(now, &self.session), self.net_autosave.tick(now, self.net.session())] {
            match tick {
                Ok(Tick::Idle) => {}
                Ok(Tick::Wait(wait)) => ui.ctx().request_repaint_after_secs(wait as f32),
                // The document and what it is called belong together.
                Ok(Tick::Kept) => self.keep(),
                Err(trouble) => self.complain(&trouble),
            }
        }
        self.view.point = match self.view.lab {
            Lab::Descent => self.desk.point(self.view.lang),
            Lab::Net => self.net_desk.point(self.view.lang),
        };
        let title = self.title();
        if title != self.shown_title {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.shown_title = title;
        }
    }

    /// The title of the window: the file's name and whether it has changed.
    pub fn title(&self) -> String {
        let changed = match self.view.lab {
            Lab::Descent => self.desk.changed(),
            Lab::Net => self.net_desk.changed(),
        };
        let mark = if changed { " •" } else { "" };
        match self.document_name() {
            Some(name) => format!("{name}{mark} – Downhill"),
            None => "Downhill".to_owned(),
        }
    }

    /// Keeps the document, for the window is closed.
    pub(super) fn keep_document(&mut self) {
        // Nobody is left to be told.
        _ = self.autosave.keep(&self.session);
        _ = self.net_autosave.keep(self.net.session());
    }
}
