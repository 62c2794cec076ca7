//! The desk: which file the document on it belongs to, what that file holds, and whether the document has changed since.

use std::path::{Path, PathBuf};

use super::store;
use super::trouble::Trouble;
use crate::i18n::Lang;
use crate::scenario::{self, Example};
use crate::session::{Command, Document, Session};

/// What a document belongs to.
#[derive(Clone, Debug, Default)]
struct Sheet {
    /// The file that it was read from or last written to.
    path: Option<PathBuf>,
    /// The example that it is.
    example: Option<&'static Example>,
    /// What the file or the example holds.
    saved: Option<Document>,
    /// The text of the file when it was last read or written.
    text: Option<String>,
}

/// The document's belongings.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Desk {
    sheet: Sheet,
    /// What other documents that undo can bring back belong to.
    others: Vec<(Document, Sheet)>,
    /// Whether the document has changed since it was saved, and when that was looked at.
    changed: bool,
    looked: Option<(u64, f64)>,
}

/// How saving went.
#[derive(Debug, PartialEq)]
pub(in crate::app) enum Saving {
    /// The file is written.
    Done,
    /// There is no file yet: its name must be asked for.
    Nameless,
    /// Something else stands there by now: whether to replace it must be asked.
    Foreign(PathBuf),
}

/// Seconds between two looks at a document that is playing.
const PAUSE: f64 = 0.5;

impl Desk {
    /// The desk of the first start: an example, as it is.
    pub(in crate::app) fn with_example(example: &'static Example, document: Document) -> Self {
        let sheet = Sheet { example: Some(example), saved: Some(document), ..Sheet::default() };
        Self { sheet, ..Self::default() }
    }

    /// The desk of a document that belongs to a file or to an example, perhaps changed since; the file may be gone.
    pub(in crate::app) fn of(file: Option<&Path>, example: Option<&str>) -> Self {
        let sheet = match file.map(store::whole) {
            Some(path) => {
                let (text, saved) = store::read(&path).map_or((None, None), |(text, saved)| (Some(text), Some(saved)));
                Sheet { path: Some(path), text, saved, example: None }
            }
            None => {
                let example = scenario::examples().find(|known| example == Some(&known.id));
                let saved = example.and_then(|example| example.document().ok());
                Sheet { example, saved, ..Sheet::default() }
            }
        };
        Self { sheet, ..Self::default() }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// What is wrong with it; then everything is as it was.
    pub(in crate::app) fn open(&mut self, path: &Path, session: &mut Session) -> Result<(), Trouble> {
        let path = store::whole(path);
        let (text, document) = store::read(&path)?;
        let sheet = Sheet { path: Some(path), text: Some(text), saved: Some(document.clone()), example: None };
        self.put(sheet, document, session);
        Ok(())
    }

    /// Opens the text of a scenario that came without a file.
    ///
    /// # Errors
    /// What is wrong with it; then everything is as it was.
    pub(in crate::app) fn open_text(&mut self, text: &str, session: &mut Session) -> Result<(), scenario::Problem> {
        let document = scenario::read(text)?;
        self.put(Sheet::default(), document, session);
        Ok(())
    }

    /// Opens an example and lets it move.
    ///
    /// # Errors
    /// Never, as the tests hold: it is part of the program.
    pub(in crate::app) fn open_example(
        &mut self,
        example: &'static Example,
        session: &mut Session,
    ) -> Result<(), scenario::Problem> {
        let document = example.document()?;
        let sheet = Sheet { example: Some(example), saved: Some(document.clone()), ..Sheet::default() };
        self.put(sheet, document, session);
        Ok(())
    }

    fn put(&mut self, sheet: Sheet, document: Document, session: &mut Session) {
        let before = session.document().clone();
        // It was read as a whole document, so it is one.
        if session.apply(Command::Load(Box::new(document.clone()))).is_ok() {
            self.others.push((before, std::mem::replace(&mut self.sheet, sheet.clone())));
            self.others.push((document, sheet));
            self.looked = None;
        }
    }

    /// After undo or redo: a document that was on the desk before belongs to what it belonged to then.
    pub(in crate::app) fn returned(&mut self, document: &Document) {
        if let Some((_, sheet)) = self.others.iter().rev().find(|(other, _)| same_settings(other, document)) {
            self.sheet = sheet.clone();
        }
        self.looked = None;
    }

    /// Writes the document to its file.
    ///
    /// # Errors
    /// Why that was not possible.
    pub(in crate::app) fn save(&mut self, session: &Session) -> Result<Saving, Trouble> {
        let Some(path) = self.sheet.path.clone() else { return Ok(Saving::Nameless) };
        // Another program may have written it meanwhile. A file that is gone is simply made again.
        let there = std::fs::read_to_string(&path).ok();
        if there.is_some() && there != self.sheet.text {
            return Ok(Saving::Foreign(path));
        }
        self.save_as(&path, session).map(|()| Saving::Done)
    }

    /// Writes the document to a file that is its own from now on. What stood there is replaced.
    ///
    /// # Errors
    /// Why that was not possible.
    pub(in crate::app) fn save_as(&mut self, path: &Path, session: &Session) -> Result<(), Trouble> {
        let path = store::whole(path);
        let text = scenario::write(session.document());
        store::write(&path, &text)?;
        let saved = Some(session.document().clone());
        self.sheet = Sheet { path: Some(path), text: Some(text), saved, example: None };
        self.looked = None;
        Ok(())
    }

    /// Looks whether the document has changed, now and then while it plays. True when there was something to look at.
    pub(in crate::app) fn look(&mut self, now: f64, session: &Session) -> bool {
        let playing = session.document().transport.playing;
        if let Some((revision, then)) = self.looked
            && (revision == session.revision() || (playing && (0.0..PAUSE).contains(&(now - then))))
        {
            return false;
        }
        self.looked = Some((session.revision(), now));
        self.changed = !self.sheet.saved.as_ref().is_some_and(|saved| same_but_time(saved, session.document()));
        true
    }

    /// Whether the document differs from what its file or example holds.
    pub(in crate::app) fn changed(&self) -> bool {
        self.changed
    }

    /// The file.
    pub(in crate::app) fn path(&self) -> Option<&Path> {
        self.sheet.path.as_deref()
    }

    /// The point of the example, while it is as it was.
    pub(in crate::app) fn point(&self, lang: Lang) -> Option<&'static str> {
        self.sheet.example.filter(|_| !self.changed).map(|example| example.point.get(lang))
    }

    /// The id of the example.
    pub(in crate::app) fn example(&self) -> Option<&str> {
        self.sheet.example.map(|example| example.id.as_str())
    }

    /// What the document is called: its file, or the example that it was.
    pub(in crate::app) fn name(&self, lang: Lang) -> Option<String> {
        let file = || Some(self.sheet.path.as_ref()?.file_name()?.to_string_lossy().into_owned());
        let title = || self.sheet.example.map(|example| example.title.get(lang).to_owned());
        file().or_else(title)
    }
}

/// Whether two documents differ only in where in time they are.
pub(super) fn same_but_time(one: &Document, other: &Document) -> bool {
    let mut other = other.clone();
    other.transport.cursor = one.transport.cursor;
    other.transport.playing = one.transport.playing;
    *one == other
}

/// Whether undo takes two documents for the same.
fn same_settings(one: &Document, other: &Document) -> bool {
    let mut other = other.clone();
    other.transport = one.transport.clone();
    other.picture = one.picture.clone();
    other.selected = one.selected;
    *one == other
}
