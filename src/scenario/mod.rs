//! Scenarios: a session's document as a text that a person can read, keep, mail and edit, and back.
//!
//! The form is TOML with a version. Reading is strict: a field that is not known is refused with its place, a version
//! that is too new is refused politely, and what comes back is a whole document or nothing. Files are opened elsewhere.

mod example;
mod file;
mod form;
mod model;
mod net;
mod net_form;
mod problem;
mod racers;
mod slice;

use std::str::FromStr as _;

use crate::session::net::{NetDocument, NetSession};
use crate::session::{Document, Session};

pub use example::{Chapter, Example, FILES, chapters, examples};
pub use problem::Problem;

/// The version that is written, and the newest that is read.
pub const VERSION: i64 = 1;

/// The longest text that is read, in bytes.
pub const MAX_LENGTH: usize = 4 << 20;

/// What a scenario is about: each laboratory has documents of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Scenario {
    /// Descents on a surface.
    Descent(Box<Document>),
    /// The training of a net: a file with a table `[net]`.
    Net(Box<NetDocument>),
}

/// The scenario of a net's document.
pub fn write_net(document: &NetDocument) -> String {
    net::write(document)
}

/// The scenario of a document.
pub fn write(document: &Document) -> String {
    file::write(document)
}

/// The document of a scenario about descents.
///
/// # Errors
/// What is wrong with it, and where; a scenario about a net is none of these.
pub fn read(text: &str) -> Result<Document, Problem> {
    match open(text)? {
        Scenario::Descent(document) => Ok(*document),
        Scenario::Net(_) => Err(Problem::OfANet),
    }
}

/// What a scenario is about, as a whole document.
///
/// # Errors
/// What is wrong with it, and where.
pub fn open(text: &str) -> Result<Scenario, Problem> {
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
    if table.contains_key("net") {
        let file: net_form::NetFile = toml::from_str(text).map_err(|error| Problem::toml(&error))?;
        let document = net::document(file)?;
        return NetSession::open(document)
            .map(|session| Scenario::Net(Box::new(session.document().clone())))
            .map_err(|refusal| Problem::NetRefused(Box::new(refusal)));
    }
    let file: form::File = toml::from_str(text).map_err(|error| Problem::toml(&error))?;
    let document = file::document(file)?;
    Session::open(document)
        .map(|session| Scenario::Descent(Box::new(session.document().clone())))
        .map_err(|refusal| Problem::Refused(Box::new(refusal)))
}

/// The session of the first start, already moving: the first of the prepared examples.
///
/// # Errors
/// Never, as the tests hold: the scenario is part of the program.
pub fn first_example() -> Result<Session, Problem> {
    examples().next().ok_or(Problem::NoVersion)?.session()
}
