//! `--data`: a data set of the catalogue, a curve, a table or a folder of pictures, opened.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::failure::Failure;
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::nn::data::csv::{Wanted, read_csv};
use crate::nn::data::idx::{Part, meaning, read_idx};
use crate::nn::data::{DataSpec, Source, Table, find_dataset};
use crate::nn::{Dataset, Split};

/// The largest table that is read, in bytes.
const MAX_TABLE: u64 = 1 << 30;
/// The range of a curve that was typed without one.
const CURVE: [f64; 2] = [-3.0, 3.0];

/// Data that was opened.
pub(super) struct Opened {
    /// All that decides it.
    pub(super) spec: DataSpec,
    /// Its rows.
    pub(super) split: Split,
    /// What was decided in reading it, to be said on standard error.
    pub(super) notices: Vec<String>,
}

/// What the caller decides about data; what is none is as the text or the catalogue says.
#[derive(Clone, Copy, Default)]
pub(super) struct How<'a> {
    /// What the loss wants of the targets.
    pub(super) wanted: Wanted,
    /// Formulas of `x1` … in place of the inputs; none for the inputs as they are.
    pub(super) features: &'a [String],
    /// The share that is kept for testing.
    pub(super) test: f64,
    /// Which rows are drawn and kept for testing.
    pub(super) seed: Option<u64>,
    /// How many rows are drawn.
    pub(super) rows: Option<usize>,
    /// How much is left to chance.
    pub(super) noise: Option<f64>,
    /// How many classes.
    pub(super) classes: Option<usize>,
}

/// Opens what a text means: `spiral`, `spiral:rows=300,noise=0.1`, `y = sin(x)`, `FILE.csv`, `idx:FOLDER`.
pub(super) fn open(text: &str, how: &How<'_>, lang: Lang) -> Result<Opened, Failure> {
    let (usual, notices) = choose(text, how.wanted, lang)?;
    let spec = DataSpec {
        rows: how.rows.unwrap_or(usual.rows),
        noise: how.noise.unwrap_or(usual.noise),
        classes: how.classes.unwrap_or(usual.classes),
        seed: how.seed.unwrap_or(usual.seed),
        test: how.test,
        features: how.features.to_vec(),
        ..usual
    };
    let split = spec.split().map_err(|error| Failure::Input(explain::data(lang, &error)))?;
    Ok(Opened { spec, split, notices })
}

/// What a text means, and what was decided in reading it.
fn choose(text: &str, wanted: Wanted, lang: Lang) -> Result<(DataSpec, Vec<String>), Failure> {
    if let Some(folder) = text.strip_prefix("idx:") {
        return Ok((given(folder, pictures(Path::new(folder), lang)?), Vec::new()));
    }
    if let Some(curve) = curve(text) {
        return Ok((curve, Vec::new()));
    }
    if is_file(text) {
        let (data, notices) = table(Path::new(text), wanted, lang)?;
        return Ok((given(text, (Arc::new(data), None)), notices));
    }
    Ok((named(text, lang)?, Vec::new()))
}

/// The data of a name of the catalogue, with what the text says of it.
fn named(text: &str, lang: Lang) -> Result<DataSpec, Failure> {
    let (id, options) = text.split_once(':').unwrap_or((text, ""));
    let entry = find_dataset(id.trim()).map_err(|unknown| Failure::Input(explain::unknown_dataset(lang, &unknown)))?;
    let mut spec = DataSpec::of(entry);
    for option in options.split(',').map(str::trim).filter(|option| !option.is_empty()) {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let (name, value) = (name.trim(), value.trim());
        let wrong = || Failure::Input(fill(lang, "dataset.option_value", &[("name", &name), ("text", &value)]));
        match name {
            "rows" => spec.rows = value.parse().map_err(|_| wrong())?,
            "noise" => spec.noise = value.parse().map_err(|_| wrong())?,
            "classes" => spec.classes = value.parse().map_err(|_| wrong())?,
            "seed" => spec.seed = value.parse().map_err(|_| wrong())?,
            _ => return Err(Failure::Input(fill(lang, "dataset.option", &[("name", &name)]))),
        }
    }
    Ok(spec)
}

/// `y = formula of x`, as points around that curve.
fn curve(text: &str) -> Option<DataSpec> {
    let formula = text.trim().strip_prefix('y')?.trim_start().strip_prefix('=')?;
    let source = Source::Formula { text: formula.trim().to_owned(), range: CURVE };
    Some(DataSpec { source, rows: 200, noise: 0.0, classes: 0, seed: 0, test: 0.0, features: Vec::new() })
}

fn given(name: &str, (data, test): (Arc<Dataset>, Option<Arc<Dataset>>)) -> DataSpec {
    let source = Source::Table(Table { name: name.to_owned(), data, test });
    DataSpec { source, rows: 0, noise: 0.0, classes: 0, seed: 0, test: 0.0, features: Vec::new() }
}

/// What looks like a path, or is one: no name of the catalogue has a dot or a slash.
fn is_file(text: &str) -> bool {
    let name = text.split(':').next().unwrap_or_default();
    find_dataset(name).is_err() && (text.contains(['.', '/', '\\']) || Path::new(text).is_file())
}

/// A table, and what was decided in reading it.
fn table(path: &Path, wanted: Wanted, lang: Lang) -> Result<(Dataset, Vec<String>), Failure> {
    let bytes = bytes(path, MAX_TABLE, lang)?;
    let read = read_csv(&bytes, wanted).map_err(|error| in_file(path, &explain::csv(lang, &error)))?;
    let say = |notice| format!("{}: {}", path.display(), explain::notice(lang, notice));
    Ok((read.data, read.notices.iter().map(say).collect()))
}

/// The pictures of a folder, and those for testing where there are any.
fn pictures(folder: &Path, lang: Lang) -> Result<(Arc<Dataset>, Option<Arc<Dataset>>), Failure> {
    let failed = |error: &io::Error| unreadable(folder, error, lang);
    let mut found: [[Option<PathBuf>; 2]; 2] = Default::default();
    let entries = std::fs::read_dir(folder).map_err(|error| failed(&error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let known = path.file_name().and_then(|name| meaning(&name.to_string_lossy()));
        if let Some((test, part)) = known {
            found[usize::from(test)][part as usize].get_or_insert(path);
        }
    }
    let [train, test] = found;
    let missing = |name: &str| {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &folder.display()), ("name", &name)];
        Failure::Input(fill(lang, "dataset.idx_missing", &values))
    };
    let test = match test {
        [None, None] => None,
        parts => Some(pair(parts, ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"], &missing, lang)?),
    };
    let train = pair(train, ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"], &missing, lang)?;
    Ok((train, test))
}

fn pair(
    [images, labels]: [Option<PathBuf>; 2],
    names: [&str; 2],
    missing: &dyn Fn(&str) -> Failure,
    lang: Lang,
) -> Result<Arc<Dataset>, Failure> {
    let images = images.ok_or_else(|| missing(names[0]))?;
    let labels = labels.ok_or_else(|| missing(names[1]))?;
    let (pixels, classes) = (bytes(&images, MAX_TABLE, lang)?, bytes(&labels, MAX_TABLE, lang)?);
    read_idx(&pixels, &classes).map(Arc::new).map_err(|(part, error)| {
        in_file(if part == Part::Images { &images } else { &labels }, &explain::idx(lang, &error))
    })
}

/// The bytes of a file; what is too long is not read.
fn bytes(path: &Path, limit: u64, lang: Lang) -> Result<Vec<u8>, Failure> {
    let failed = |error: io::Error| unreadable(path, &error, lang);
    let too_large = || in_file(path, &fill(lang, "dataset.file_too_large", &[("limit", &(limit >> 20))]));
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    if length > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

fn unreadable(path: &Path, error: &io::Error, lang: Lang) -> Failure {
    Failure::Input(fill(lang, "cli.unreadable", &[("path", &path.display()), ("cause", error)]))
}

fn in_file(path: &Path, said: &str) -> Failure {
    Failure::Input(format!("{}: {said}", path.display()))
}
