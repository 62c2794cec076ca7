//! The desk: which file the document on it belongs to, what that file holds, and whether the document has changed since.

use std::path::{Path, PathBuf};

use super::paper::Paper;
use super::store;
use super::trouble::Trouble;
use crate::i18n::Lang;
use crate::scenario::{self, Example};

/// What a document belongs to.
#[derive(Clone)]
struct Sheet<P> {
    /// The file that it was read from or last written to.
    path: Option<PathBuf>,
    /// The example that it is.
    example: Option<&'static Example>,
    /// What the file or the example holds.
    saved: Option<P>,
    /// The text of the file when it was last read or written.
    text: Option<String>,
}

impl<P> Default for Sheet<P> {
    fn default() -> Self {
        Self { path: None, example: None, saved: None, text: None }
    }
}

/// The document's belongings.
#[derive(Clone)]
pub(in crate::app) struct Desk<P> {
    sheet: Sheet<P>,
    /// What other documents that undo can bring back belong to.
    others: Vec<(P, Sheet<P>)>,
    /// Whether the document has changed since it was saved, and when that was looked at.
    changed: bool,
    looked: Option<(u64, f64)>,
}

impl<P> Default for Desk<P> {
    fn default() -> Self {
        Self { sheet: Sheet::default(), others: Vec::new(), changed: false, looked: None }
    }
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

impl<P: Paper> Desk<P> {
    /// The desk of the first start: an example, as it is.
    pub(in crate::app) fn with_example(example: &'static Example, document: P) -> Self {
        let sheet = Sheet { example: Some(example), saved: Some(document), ..Sheet::default() };
        Self { sheet, ..Self::default() }
    }

    /// The desk of a document that belongs to a file or to an example, perhaps changed since; the file may be gone.
    pub(in crate::app) fn of(file: Option<&Path>, example: Option<&str>) -> Self {
        let sheet = match file.map(store::whole) {
            Some(path) => {
                let read = store::read(&path).ok();
                let (text, saved) = read.map_or((None, None), |(text, saved)| (Some(text), P::of(saved)));
                Sheet { path: Some(path), text, saved, example: None }
            }
            None => {
                let example = scenario::examples().find(|known| example == Some(&known.id));
                let saved = example.and_then(|example| P::of(example.scenario().ok()?));
                Sheet { example, saved, ..Sheet::default() }
            }
        };
        Self { sheet, ..Self::default() }
    }

    /// Lays the document of a file on the desk; `text` is what the file holds.
    pub(in crate::app) fn lay(&mut self, path: &Path, text: String, document: P, session: &mut P::Session) {
        let path = store::whole(path);
        let sheet = Sheet { path: Some(path), text: Some(text), saved: Some(document.clone()), example: None };
        self.put(sheet, document, session);
    }

    /// Lays a document on the desk that came without a file.
    pub(in crate::app) fn lay_loose(&mut self, document: P, session: &mut P::Session) {
        self.put(Sheet::default(), document, session);
    }

    /// Lays an example on the desk.
    pub(in crate::app) fn lay_example(&mut self, example: &'static Example, document: P, session: &mut P::Session) {
        let sheet = Sheet { example: Some(example), saved: Some(document.clone()), ..Sheet::default() };
        self.put(sheet, document, session);
    }

    fn put(&mut self, sheet: Sheet<P>, document: P, session: &mut P::Session) {
        let before = P::on(session).clone();
        // It was read as a whole document, so it is one.
        if document.clone().load(session) {
            self.others.push((before, std::mem::replace(&mut self.sheet, sheet.clone())));
            self.others.push((document, sheet));
            self.looked = None;
        }
    }

    /// After undo or redo: a document that was on the desk before belongs to what it belonged to then.
    pub(in crate::app) fn returned(&mut self, document: &P) {
        if let Some((_, sheet)) = self.others.iter().rev().find(|(other, _)| other.same_settings(document)) {
            self.sheet = sheet.clone();
        }
        self.looked = None;
    }

    /// Writes the document to its file.
    ///
    /// # Errors
    /// Why that was not possible.
    pub(in crate::app) fn save(&mut self, session: &P::Session) -> Result<Saving, Trouble> {
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
    pub(in crate::app) fn save_as(&mut self, path: &Path, session: &P::Session) -> Result<(), Trouble> {
        let path = store::whole(path);
        let text = P::on(session).text();
        store::write(&path, &text)?;
        let saved = Some(P::on(session).clone());
        self.sheet = Sheet { path: Some(path), text: Some(text), saved, example: None };
        self.looked = None;
        Ok(())
    }

    /// Looks whether the document has changed, now and then while it plays. True when there was something to look at.
    pub(in crate::app) fn look(&mut self, now: f64, session: &P::Session) -> bool {
        let (playing, now_revision) = (P::playing(session), P::revision(session));
        if let Some((revision, then)) = self.looked
            && (revision == now_revision || (playing && (0.0..PAUSE).contains(&(now - then))))
        {
            return false;
        }
        self.looked = Some((now_revision, now));
        self.changed = !self.sheet.saved.as_ref().is_some_and(|saved| saved.same_but_time(P::on(session)));
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
