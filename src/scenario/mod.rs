//! Scenarios: a session's document as a text that a person can read, keep, mail and edit, and back.
//!
//! The form is TOML with a version. Reading is strict: a field that is not known is refused with its place, a version
//! that is too new is refused politely, and what comes back is a whole document or nothing. Files are opened elsewhere.

mod example;
mod file;
mod form;
mod model;
mod problem;
mod racers;
mod slice;

use std::str::FromStr as _;

use crate::session::{Document, Session};

pub use example::{Chapter, Example, FILES, chapters, examples};
pub use problem::Problem;

/// The version that is written, and the newest that is read.
pub const VERSION: i64 = 1;

/// The longest text that is read, in bytes.
pub const MAX_LENGTH: usize = 4 << 20;

/// The scenario of a document.
pub fn write(document: &Document) -> String {
    file::write(document)
}

/// The document of a scenario.
///
/// # Errors
/// What is wrong with it, and where.
pub fn read(text: &str) -> Result<Document, Problem> {
    if text.len() > MAX_LENGTH {
        return Err(Problem::TooLong { limit: MAX_LENGTH });
    }
    // The version first, by itself: a file of a newer version may have any other shape.
    let table = toml::Table::from_str(text).map_err(|error| Problem::toml(&error))?;
    match table.get("version").and_then(toml::Value::as_integer) {
        None => return Err(Problem::NoVersion),
        Some(found) if !(1..=VERSION).contains(&found) => return Err(Problem::Version { found, known: VERSION }),
        Some(_) => {}
    }
    let file: form::File = toml::from_str(text).map_err(|error| Problem::toml(&error))?;
    let document = file::document(file)?;
    Session::open(document)
        .map(|session| session.document().clone())
        .map_err(|refusal| Problem::Refused(Box::new(refusal)))
}

/// The session of the first start, already moving: the first of the prepared examples.
///
/// # Errors
/// Never, as the tests hold: the scenario is part of the program.
pub fn first_example() -> Result<Session, Problem> {
    examples().next().ok_or(Problem::NoVersion)?.session()
}
