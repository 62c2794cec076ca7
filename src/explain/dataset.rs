//! Why there are no such rows for a net, and what was decided in reading a table, in words.

use super::refusal::cured;
use super::{diagnostic, number};
use crate::i18n::{Lang, fill, text};
use crate::lang::Diagnostic;
use crate::nn::data::csv::{CsvError, Notice};
use crate::nn::data::idx::IdxError;
use crate::nn::data::{DataError, Task};
use crate::optim::UnknownId;

/// How many names a sentence lists.
const LISTED: usize = 12;

/// There is no such data set.
pub fn unknown_dataset(lang: Lang, unknown: &UnknownId) -> String {
    let problem = fill(lang, "dataset.unknown", &[("id", &unknown.id)]);
    cured(lang, &problem, &unknown.suggestions, text(lang, "dataset.list"))
}

/// What is asked of a net.
pub fn task(lang: Lang, task: Task) -> &'static str {
    match task {
        Task::Binary => text(lang, "dataset.binary"),
        Task::Classes => text(lang, "dataset.classes"),
        Task::Regression => text(lang, "dataset.regression"),
    }
}

/// Why there are no such rows.
pub fn data(lang: Lang, error: &DataError) -> String {
    let limits = |key, found: &usize, least: &usize, limit: &usize| {
        fill(lang, key, &[("found", found), ("least", least), ("limit", limit)])
    };
    match error {
        DataError::Unknown(unknown) => unknown_dataset(lang, unknown),
        DataError::Formula { text, problems } => {
            fill(lang, "dataset.formula", &[("why", &first(lang, problems, text))])
        }
        DataError::NoValue { text, x } => fill(lang, "dataset.no_value", &[("text", text), ("x", &number(*x))]),
        DataError::Range([low, high]) => {
            fill(lang, "dataset.range", &[("low", &number(*low)), ("high", &number(*high))])
        }
        DataError::Feature { text, problems } => {
            fill(lang, "dataset.feature", &[("text", text), ("why", &first(lang, problems, text))])
        }
        DataError::FeatureValue { text, at } => {
            let at = at.iter().map(|x| number(*x)).collect::<Vec<_>>().join(", ");
            fill(lang, "dataset.feature_value", &[("text", text), ("at", &at)])
        }
        DataError::TooManyFeatures { found, limit } => {
            fill(lang, "dataset.too_many_features", &[("found", found), ("limit", limit)])
        }
        DataError::FeaturesOfPixels => text(lang, "dataset.features_of_pixels").to_owned(),
        DataError::Rows { found, least, limit } => limits("dataset.rows", found, least, limit),
        DataError::Noise(noise) => fill(lang, "dataset.noise", &[("noise", &number(*noise))]),
        DataError::Classes { found, least, limit } => limits("dataset.class_count", found, least, limit),
        DataError::TestShare(share) => fill(lang, "dataset.test_share", &[("share", &number(*share))]),
        DataError::Point { index, point } => {
            fill(lang, "dataset.point", &[("index", &(index + 1)), ("value", &number(point.value))])
        }
    }
}

fn first(lang: Lang, problems: &[Diagnostic], source: &str) -> String {
    problems.first().map_or_else(String::new, |problem| diagnostic(lang, problem, source).to_string())
}

/// Why a table is no data set.
pub fn csv(lang: Lang, error: &CsvError) -> String {
    match error {
        CsvError::Empty => text(lang, "dataset.empty").to_owned(),
        CsvError::NotText => text(lang, "dataset.not_text").to_owned(),
        CsvError::Encoding { line } => fill(lang, "dataset.encoding", &[("line", line)]),
        CsvError::Quotes { line } => fill(lang, "dataset.quotes", &[("line", line)]),
        CsvError::OneColumn { line, name } => fill(lang, "dataset.one_column", &[("line", line), ("name", name)]),
        CsvError::NoInputs { line } => fill(lang, "dataset.no_inputs", &[("line", line)]),
        CsvError::TwiceNamed { line, name } => fill(lang, "dataset.twice_named", &[("line", line), ("name", name)]),
        CsvError::Width { line, found, wanted } => {
            fill(lang, "dataset.width", &[("line", line), ("found", found), ("wanted", wanted)])
        }
        CsvError::Hole { line, column, name } => {
            fill(lang, "dataset.hole", &[("line", line), ("column", column), ("name", name)])
        }
        CsvError::NoNumber { line, column, name, text } => {
            fill(lang, "dataset.no_number", &[("line", line), ("column", column), ("name", name), ("text", text)])
        }
        CsvError::NotFinite { line, column, name, text } => {
            fill(lang, "dataset.not_finite", &[("line", line), ("column", column), ("name", name), ("text", text)])
        }
        CsvError::SeveralLabels { found } => fill(lang, "dataset.several_labels", &[("found", found)]),
        CsvError::NoClass { line, text } => fill(lang, "dataset.no_class", &[("line", line), ("text", text)]),
        CsvError::ThirdClass { line, text, known } => {
            fill(lang, "dataset.third_class", &[("line", line), ("text", text), ("known", &known.join(", "))])
        }
        CsvError::OneClass { label } => fill(lang, "dataset.one_class", &[("label", label)]),
        CsvError::TooManyClasses { limit } => fill(lang, "dataset.too_many_classes", &[("limit", limit)]),
        CsvError::TooLarge { rows, columns } => {
            fill(lang, "dataset.too_large", &[("rows", rows), ("columns", columns)])
        }
    }
}

/// What was decided in reading a table.
pub fn notice(lang: Lang, notice: &Notice) -> String {
    match notice {
        Notice::NoHeader { inputs: 1 } => text(lang, "dataset.no_header_one").to_owned(),
        Notice::NoHeader { inputs } => fill(lang, "dataset.no_header", &[("inputs", inputs)]),
        Notice::LastIsTarget { name } => fill(lang, "dataset.last_is_target", &[("name", name)]),
        Notice::Ignored { names } => fill(lang, "dataset.ignored", &[("names", &listed(names.iter().cloned()))]),
        Notice::Numbered { labels } => {
            let pairs = labels.iter().enumerate().map(|(class, label)| format!("{label} → {class}"));
            fill(lang, "dataset.numbered", &[("pairs", &listed(pairs))])
        }
    }
}

/// The first of many.
fn listed(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<String> = items.map(|item| if item.is_empty() { "''".to_owned() } else { item }).collect();
    if items.len() > LISTED {
        items.truncate(LISTED);
        items.push("…".to_owned());
    }
    items.join(", ")
}

/// Why bytes are no pictures or labels in the IDX format.
pub fn idx(lang: Lang, error: &IdxError) -> String {
    match error {
        IdxError::Gzip => text(lang, "dataset.idx_gzip").to_owned(),
        IdxError::Magic { found } => {
            let found = found.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
            fill(lang, "dataset.idx_magic", &[("found", &found)])
        }
        IdxError::Kind { kind } => fill(lang, "dataset.idx_kind", &[("kind", kind)]),
        IdxError::Dimensions { found, wanted } => {
            fill(lang, "dataset.idx_dimensions", &[("found", found), ("wanted", wanted)])
        }
        IdxError::Truncated { found, wanted } => {
            fill(lang, "dataset.idx_truncated", &[("found", found), ("wanted", wanted)])
        }
        IdxError::Extra { extra } => fill(lang, "dataset.idx_extra", &[("extra", extra)]),
        IdxError::TooLarge { limit } => fill(lang, "dataset.idx_too_large", &[("limit", &(limit >> 20))]),
        IdxError::Empty => text(lang, "dataset.idx_empty").to_owned(),
        IdxError::Counts { images, labels } => {
            fill(lang, "dataset.idx_counts", &[("images", images), ("labels", labels)])
        }
    }
}
