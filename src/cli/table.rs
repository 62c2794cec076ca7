//! Tables for people and the same as CSV: a header and rows of text.

use super::failure::Failure;
use crate::i18n::{Lang, text};

/// Columns with their names, and rows.
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new<const N: usize>(header: [&str; N]) -> Self {
        Self { header: header.map(str::to_owned).to_vec(), rows: Vec::new() }
    }

    /// Columns with names in a language, by their keys.
    pub(super) fn localized(lang: Lang, keys: &[&'static str]) -> Self {
        Self { header: keys.iter().map(|key| text(lang, key).to_owned()).collect(), rows: Vec::new() }
    }

    /// Columns side by side, each as wide as its widest cell.
    pub(super) fn aligned(&self) -> String {
        let lines = || std::iter::once(&self.header).filter(|header| !header.is_empty()).chain(&self.rows);
        let columns = lines().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| lines().filter_map(|line| line.get(column)).map(|cell| width(cell)).max().unwrap_or(0))
            .collect();
        let mut text = String::new();
        for line in lines() {
            let mut written = String::new();
            for (cell, wide) in line.iter().zip(&widths) {
                written.push_str(cell);
                written.push_str(&" ".repeat(wide.saturating_sub(width(cell)) + 2));
            }
            text.push_str(written.trim_end());
            text.push('\n');
        }
        text
    }

    /// The same as comma-separated values.
    pub(super) fn csv(&self) -> Result<Vec<u8>, Failure> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let failed = |error: csv::Error| Failure::Machine(error.to_string());
        for line in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(line).map_err(failed)?;
        }
        writer.into_inner().map_err(|error| Failure::Machine(error.to_string()))
    }
}

/// How many columns of a terminal a text takes: Hangul takes two a syllable.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if ('\u{1100}'..='\u{115f}').contains(&c) || ('\u{2e80}'..='\u{d7a3}').contains(&c) { 2 } else { 1 })
        .sum()
}
