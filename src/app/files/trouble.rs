//! What went wrong with a file, as data and in words: the place, the cause, the cure.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use crate::i18n::{Lang, fill};
use crate::scenario;

/// What went wrong, and with which file.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Trouble {
    /// The file or folder.
    pub path: PathBuf,
    /// The cause.
    pub what: What,
}

/// Causes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum What {
    /// There is nothing of this name.
    Missing,
    /// The user may not read it.
    Unreadable,
    /// The user may not write it, or into its folder.
    Unwritable,
    /// A folder, where a file is wanted.
    Folder,
    /// A file, where a folder is wanted.
    NoFolder,
    /// A device or a pipe.
    Device,
    /// Longer than anything that is read; it was not.
    TooLong {
        /// Its length in bytes.
        length: u64,
        /// The most bytes.
        limit: u64,
    },
    /// A picture without a scenario in it.
    NoScenario,
    /// No text.
    Binary {
        /// The first byte that is none, from 1.
        at: usize,
    },
    /// A text, and no scenario.
    Scenario(Box<scenario::Problem>, String),
    /// The disk is full.
    Full,
    /// Anything else that the system says, in its own words.
    System(String),
}

impl Trouble {
    pub(super) fn new(path: &Path, what: What) -> Self {
        Self { path: path.to_owned(), what }
    }

    /// What the system says about reading.
    pub(super) fn reading(path: &Path, error: &Error) -> Self {
        Self::io(path, error, What::Unreadable)
    }

    /// What the system says about writing.
    pub(super) fn writing(path: &Path, error: &Error) -> Self {
        Self::io(path, error, What::Unwritable)
    }

    fn io(path: &Path, error: &Error, denied: What) -> Self {
        let what = match error.kind() {
            ErrorKind::NotFound => What::Missing,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => denied,
            ErrorKind::IsADirectory => What::Folder,
            ErrorKind::NotADirectory => What::NoFolder,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => What::Full,
            _ => What::System(error.to_string()),
        };
        Self::new(path, what)
    }

    /// The sentence for the user.
    pub(in crate::app) fn words(&self, lang: Lang) -> String {
        let path = self.path.display();
        match &self.what {
            What::Missing => fill(lang, "app.file.missing", &[("path", &path)]),
            What::Unreadable => fill(lang, "app.file.unreadable", &[("path", &path)]),
            What::Unwritable => fill(lang, "app.file.unwritable", &[("path", &path)]),
            What::Folder => fill(lang, "app.file.folder", &[("path", &path)]),
            What::NoFolder => fill(lang, "app.file.no_folder", &[("path", &path)]),
            What::Device => fill(lang, "app.file.device", &[("path", &path)]),
            What::TooLong { length, limit } => {
                let mega = |bytes: u64| format!("{:.0}", bytes as f64 / f64::from(1 << 20));
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("path", &path), ("length", &mega(*length)), ("limit", &mega(*limit))];
                fill(lang, "app.file.too_long", &values)
            }
            What::NoScenario => fill(lang, "app.file.no_scenario", &[("path", &path)]),
            What::Binary { at } => fill(lang, "app.file.binary", &[("path", &path), ("at", at)]),
            What::Scenario(problem, source) => format!("{path}:{}", problem.message(lang, source)),
            What::Full => fill(lang, "app.file.full", &[("path", &path)]),
            What::System(cause) => fill(lang, "app.file.system", &[("path", &path), ("cause", cause)]),
        }
    }
}
