//! What the catalogue commands share: their arguments, and an entry's facts as text, CSV or JSON.

use clap::{Args, ValueEnum};

use super::args::OutputArgs;
use super::failure::Failure;
use super::json::Json;
use super::output;
use super::table::Table;
use crate::i18n::{Lang, Localized};

#[derive(Args)]
pub(super) struct Arguments {
    /// An entry: everything about it
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

impl Arguments {
    /// Whether JSON was asked for.
    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}

/// How a catalogue is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table to read, or a page about one entry
    Text,
    /// A header and a line an entry
    Csv,
    /// A JSON list, or an object for one entry
    Json,
}

/// A catalogue, as the three formats need it.
pub(super) trait Listing {
    type Entry: ?Sized;

    /// Columns for all entries; those whose text takes much room are for CSV only.
    fn table(&self, entries: &[&Self::Entry], lang: Lang) -> Table;

    /// Everything about an entry, to read.
    fn page(&self, entry: &Self::Entry, lang: Lang) -> String;

    /// Everything about an entry.
    fn json(&self, entry: &Self::Entry) -> Json;
}

/// Writes all entries, or the one that was asked for.
pub(super) fn write<L: Listing>(
    listing: &L,
    args: &Arguments,
    lang: Lang,
    entries: &[&L::Entry],
) -> Result<(), Failure> {
    let bytes = match (args.format, entries) {
        (Format::Csv, _) => listing.table(entries, lang).csv()?,
        (Format::Json, [entry]) if args.id.is_some() => format!("{}\n", listing.json(entry)).into_bytes(),
        (Format::Json, _) => {
            let list = Json::List(entries.iter().map(|entry| listing.json(entry)).collect());
            format!("{list}\n").into_bytes()
        }
        (Format::Text, [entry]) if args.id.is_some() => listing.page(entry, lang).into_bytes(),
        (Format::Text, _) => listing.table(entries, lang).aligned().into_bytes(),
    };
    output::write_all(&args.output, lang, &bytes)
}

/// A page about an entry: a heading, then facts under their names.
pub(super) struct Page {
    text: String,
}

impl Page {
    pub(super) fn new(heading: &str) -> Self {
        Self { text: format!("{heading}\n") }
    }

    /// A paragraph; nothing for an empty one.
    pub(super) fn paragraph(&mut self, paragraph: &str) {
        if !paragraph.trim().is_empty() {
            self.text.push_str(&format!("\n{}\n", paragraph.trim()));
        }
    }

    /// A text of several lines below a heading, indented.
    pub(super) fn block(&mut self, heading: &str, block: &str) {
        self.text.push_str(&format!("\n{heading}\n"));
        for line in block.trim().lines() {
            self.text.push_str(format!("  {line}").trim_end());
            self.text.push('\n');
        }
    }

    /// Facts: a name and a text each, aligned; those without a text are left out.
    pub(super) fn facts(&mut self, facts: &[(&str, String)]) {
        let known = facts.iter().filter(|(_, text)| !text.is_empty());
        let rows = known.map(|(name, text)| vec![format!("  {name}"), text.clone()]).collect();
        self.text.push('\n');
        self.text.push_str(&Table { header: Vec::new(), rows }.aligned());
    }

    /// A table below a heading of its own.
    pub(super) fn table(&mut self, heading: &str, table: &Table) {
        if !table.rows.is_empty() {
            self.text.push_str(&format!("\n{heading}\n"));
            for line in table.aligned().lines() {
                self.text.push_str(&format!("  {line}\n"));
            }
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// A text in both languages.
pub(super) fn localized(text: &Localized) -> Json {
    Json::object([("en", Json::text(text.en.as_str())), ("ko", Json::text(text.ko.as_str()))])
}
