//! Files that are dropped on the window or chosen in its dialog, by their kind: a table becomes the points of the model.

use std::path::Path;

use super::files::is_picture;
use crate::explain;
use crate::i18n::{Lang, fill, text};
use crate::session::{Command, Session};
use crate::surface::model::read_points;

/// What a dropped file is, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A table of points.
    Table,
    /// A scenario, or a picture that may have one in it.
    Scenario,
    /// Anything else.
    Unknown,
}

/// The largest table that is read, in megabytes.
const MOST: u64 = 16;

impl Kind {
    /// The kind of a file.
    pub(super) fn of(path: &Path) -> Self {
        let is = |known: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(known));
        if ["csv", "tsv", "txt", "dat"].into_iter().any(is) {
            Self::Table
        } else if is("toml") || is_picture(path) {
            Self::Scenario
        } else {
            Self::Unknown
        }
    }
}

/// The command that makes the table of a file the points of the model, or why there is none, in words.
pub(super) fn points(path: &Path, session: &Session, lang: Lang) -> Result<Command, String> {
    let name = name(path);
    let model = session.surface().model.as_ref().ok_or_else(|| text(lang, "data.drop_no_model").to_owned())?;
    let unreadable = |cause: std::io::Error| fill(lang, "data.drop_unreadable", &[("name", &name), ("cause", &cause)]);
    if std::fs::metadata(path).map_err(unreadable)?.len() > MOST << 20 {
        return Err(fill(lang, "data.drop_too_long", &[("name", &name), ("limit", &MOST)]));
    }
    let table = std::fs::read_to_string(path).map_err(unreadable)?;
    let wrong = |error| fill(lang, "data.drop_table", &[("name", &name), ("why", &explain::table(lang, &error))]);
    read_points(&table, model.target).map(Command::SetPoints).map_err(wrong)
}

/// What is said of a file that nothing can be made of.
pub(super) fn unknown(path: &Path, lang: Lang) -> String {
    fill(lang, "data.drop_unknown", &[("name", &name(path))])
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
