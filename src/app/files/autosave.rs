//! The document of last time: kept beside the preferences a few seconds after each change and on exit, and put back at
//! the next start. So closing the window loses nothing.

use std::path::{Path, PathBuf};

use super::paper::Paper;
use super::store;
use super::trouble::{Trouble, What};

/// Seconds from a change to its being kept.
const DELAY: f64 = 3.0;

/// What the memory did at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) enum Tick {
    /// Nothing has changed.
    Idle,
    /// A change will be kept in so many seconds.
    Wait(f64),
    /// A change was kept.
    Kept,
}

/// The memory of the document.
#[derive(Debug)]
pub(in crate::app) struct Autosave<P> {
    /// Where it is kept; none for a window that keeps nothing.
    path: Option<PathBuf>,
    /// What is kept there.
    kept: Option<P>,
    /// The texts that were no formulas yet, kept beside it.
    drafts: String,
    /// When the next change will be kept.
    due: Option<f64>,
    /// Whether it was said already that nothing can be kept.
    said: bool,
}

impl<P> Default for Autosave<P> {
    fn default() -> Self {
        Self { path: None, kept: None, drafts: String::new(), due: None, said: false }
    }
}

impl<P: Paper> Autosave<P> {
    /// The memory in the folder of the preferences.
    pub(in crate::app) fn in_folder(folder: Option<&Path>) -> Self {
        Self { path: folder.map(|folder| folder.join(P::KEPT)), ..Self::default() }
    }

    /// The document of last time; none at the first start.
    ///
    /// # Errors
    /// Why it cannot be read. It is set aside then, so that the next one does not replace it.
    pub(in crate::app) fn restore(&mut self) -> Result<Option<P>, Trouble> {
        let Some(path) = &self.path else { return Ok(None) };
        match store::read(path) {
            Ok((_, scenario)) => {
                self.kept = P::of(scenario);
                Ok(self.kept.clone())
            }
            Err(Trouble { what: What::Missing, .. }) => Ok(None),
            Err(trouble) => {
                let aside = path.with_file_name(P::KEPT.replace(".toml", "-unreadable.toml"));
                Err(match std::fs::rename(path, &aside) {
                    Ok(()) => Trouble { path: aside, ..trouble },
                    Err(_) => trouble,
                })
            }
        }
    }

    /// Puts back what was being typed in the document of last time.
    pub(in crate::app) fn restore_drafts(&mut self, session: &mut P::Session) {
        let file = self.path.as_ref().and_then(|path| P::DRAFTS.map(|file| path.with_file_name(file)));
        let text = file.and_then(|file| store::text(&file).ok());
        P::restore_drafts(&text.unwrap_or_default(), session);
        self.drafts = P::drafts(session);
    }

    /// Takes note that the document may have changed.
    pub(in crate::app) fn note(&mut self, now: f64, session: &P::Session) {
        let same = self.kept.as_ref().is_some_and(|kept| kept.same_but_time(P::on(session)))
            && self.drafts == P::drafts(session);
        if self.path.is_none() || same {
            self.due = None;
        } else {
            self.due.get_or_insert(now + DELAY);
        }
    }

    /// Keeps the document when its time has come.
    ///
    /// # Errors
    /// Once, that it cannot be kept.
    pub(in crate::app) fn tick(&mut self, now: f64, session: &P::Session) -> Result<Tick, Trouble> {
        match self.due {
            Some(due) if due <= now => self.keep(session).map(|()| Tick::Kept),
            Some(due) => Ok(Tick::Wait(due - now)),
            None => Ok(Tick::Idle),
        }
    }

    /// Keeps the document now.
    ///
    /// # Errors
    /// Once, that it cannot be kept.
    pub(in crate::app) fn keep(&mut self, session: &P::Session) -> Result<(), Trouble> {
        self.due = None;
        let Some(path) = &self.path else { return Ok(()) };
        if let Some(folder) = path.parent() {
            _ = std::fs::create_dir_all(folder);
        }
        self.kept = Some(P::on(session).clone());
        let written = store::write(path, &P::on(session).text());
        self.drafts = P::drafts(session);
        if let Some(beside) = P::DRAFTS.map(|file| path.with_file_name(file)) {
            // A file that says nothing needs not be there.
            match self.drafts.as_str() {
                "" => _ = std::fs::remove_file(&beside),
                text => _ = store::write(&beside, text),
            }
        }
        match written {
            Err(trouble) if !std::mem::replace(&mut self.said, true) => Err(trouble),
            _ => Ok(()),
        }
    }
}
