//! The rows of a training: as CSV, or as one JSON object.

use crate::cli::args::Format;
use crate::cli::failure::Failure;
use crate::cli::json::Json;
use crate::cli::number::shortest;
use crate::cli::output::Output;
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::nn::{Measure, Training};

/// What an epoch ends with.
pub(super) struct Rows {
    pub(super) train: Measure,
    pub(super) test: Option<Measure>,
}

/// A table on its way.
pub(super) struct Table {
    format: Format,
    about: String,
    begun: bool,
}

impl Table {
    /// A table; `about` is what JSON says before the rows.
    pub(super) fn new(format: Format, about: &[(String, Json)]) -> Self {
        let fields: Vec<String> =
            about.iter().map(|(name, value)| format!("{}:{value},", Json::text(name.as_str()))).collect();
        Self { format, about: fields.concat(), begun: false }
    }

    /// Writes a row, and before the first one the header.
    pub(super) fn row(&mut self, output: &mut Output, epoch: usize, rows: &Rows) -> Result<(), Failure> {
        let columns = Self::columns(rows);
        let first = !std::mem::replace(&mut self.begun, true);
        let line = match self.format {
            Format::Csv => {
                let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
                let header = if first { format!("epoch,{}\n", names.join(",")) } else { String::new() };
                let cells: Vec<String> = columns.iter().map(|(_, value)| shortest(*value)).collect();
                format!("{header}{epoch},{}\n", cells.join(","))
            }
            Format::Json => {
                let values = columns.iter().map(|(name, value)| ((*name).to_owned(), Json::Number(*value)));
                let fields = [("epoch".to_owned(), Json::Count(epoch as u64))].into_iter().chain(values).collect();
                let head = if first { format!("{{{}\"rows\":[", self.about) } else { ",".to_owned() };
                format!("{head}{}", Json::Object(fields))
            }
        };
        output.write(line.as_bytes())
    }

    /// The columns of a row; accuracies are there where the targets are classes.
    fn columns(rows: &Rows) -> Vec<(&'static str, f64)> {
        let names = [["loss", "accuracy"], ["val_loss", "val_accuracy"]];
        let mut columns = Vec::new();
        for (measure, [loss, accuracy]) in [Some(&rows.train), rows.test.as_ref()].into_iter().flatten().zip(names) {
            columns.push((loss, measure.loss));
            columns.extend(measure.accuracy.map(|value| (accuracy, value)));
        }
        columns
    }

    /// Writes what comes after the rows.
    pub(super) fn end(
        &self,
        output: &mut Output,
        training: &Training,
        epochs: usize,
        lang: Lang,
    ) -> Result<(), Failure> {
        if self.format == Format::Csv {
            return Ok(());
        }
        let place = training.place();
        let (reason, said) = match training.stopped() {
            Some(stop) => ("nonfinite", explain::stop(lang, &stop)),
            None => ("epochs", fill(lang, "cli.epochs_done", &[("epochs", &epochs)])),
        };
        let stop = Json::object([
            ("reason", Json::text(reason)),
            ("epoch", Json::Count(place.epoch as u64)),
            ("step", Json::Count(place.step as u64)),
            ("text", Json::text(said)),
        ]);
        output.write(format!("],\"stop\":{stop}}}\n").as_bytes())
    }
}
