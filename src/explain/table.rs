//! Why a table is none of points, in words.

use crate::i18n::{Lang, fill, text};
use crate::surface::model::TableError;

/// What is wrong with a table, where, and what to do.
pub fn table(lang: Lang, error: &TableError) -> String {
    match error {
        TableError::Empty => text(lang, "table.empty").to_owned(),
        TableError::Columns { line, found } => fill(lang, "table.columns", &[("line", line), ("found", found)]),
        TableError::Hole { line, column } => fill(lang, "table.hole", &[("line", line), ("column", column)]),
        TableError::Cell { line, text } => fill(lang, "table.cell", &[("line", line), ("text", text)]),
        TableError::Class { line, text } => fill(lang, "table.class", &[("line", line), ("text", text)]),
        TableError::TooManyRows { found, limit } => {
            fill(lang, "table.too_many_rows", &[("found", found), ("limit", limit)])
        }
        TableError::Text { line } => fill(lang, "table.text", &[("line", line)]),
    }
}
