//! The built-in data sets: `assets/datasets.toml`, read once. The file says what its fields mean.

use std::sync::OnceLock;

use serde::Deserialize;

use super::sampler::Sampler;
use crate::i18n::Localized;
use crate::lang::closest;
use crate::nn::Loss;
use crate::optim::UnknownId;

/// What a data set asks of a net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Which of two classes.
    Binary,
    /// Which of several classes.
    Classes,
    /// A number.
    Regression,
}

impl Task {
    /// The name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Classes => "classes",
            Self::Regression => "regression",
        }
    }

    /// The loss that goes with it.
    pub const fn loss(self) -> Loss {
        match self {
            Self::Binary => Loss::BceWithLogits,
            Self::Classes => Loss::SoftmaxCrossEntropy,
            Self::Regression => Loss::Mse,
        }
    }
}

/// How many classes there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassCount {
    /// As many as there usually are.
    pub default: usize,
    /// The most.
    pub max: usize,
}

/// How much is left to chance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// The usual size.
    pub default: f64,
    /// The largest that means anything; larger ones are taken as they are.
    pub max: f64,
    /// What it does.
    pub about: Localized,
}

/// An entry of the catalogue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataEntry {
    /// The name in files and on the command line.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// What it is and what it asks of a net.
    pub about: Localized,
    /// What is wanted.
    pub task: Task,
    /// How many classes, where that can be chosen.
    classes: Option<ClassCount>,
    /// How many rows there usually are.
    pub rows: usize,
    /// Its noise.
    pub noise: Noise,
    /// The usual range of each input; empty for pictures.
    pub domain: Vec<[f64; 2]>,
    /// Names of the inputs; empty for `x1`, `x2` …
    #[serde(default)]
    pub columns: Vec<String>,
    /// Whether its rows are pictures of digits.
    #[serde(default)]
    pub digits: bool,
    /// How a row is drawn, as lines of the language; empty for pictures.
    #[serde(default)]
    pub sample: String,
    #[serde(skip)]
    pub(super) sampler: Option<Sampler>,
}

impl DataEntry {
    /// How many classes there may be; none of a regression.
    pub fn classes(&self) -> Option<ClassCount> {
        match self.task {
            Task::Regression => None,
            Task::Binary => Some(ClassCount { default: 2, max: 2 }),
            Task::Classes => self.classes,
        }
    }

    /// How many inputs a row has.
    pub fn inputs(&self) -> usize {
        if self.digits { super::SIDE * super::SIDE } else { self.domain.len() }
    }

    /// The names of the inputs; those of pixels are left empty.
    pub fn input_names(&self) -> Vec<String> {
        if self.columns.len() == self.domain.len() {
            return self.columns.clone();
        }
        (1..=self.domain.len()).map(|k| format!("x{k}")).collect()
    }

    /// Reads the text of its rows.
    fn checked(mut self) -> Result<Self, String> {
        if !self.digits {
            let sampler = Sampler::read(&self.sample, self.task)
                .map_err(|(line, problem)| format!("`{}`, line {line}: {problem:?}", self.id))?;
            if sampler.inputs() != self.domain.len() {
                return Err(format!("`{}` has {} inputs and {} ranges", self.id, sampler.inputs(), self.domain.len()));
            }
            self.sampler = Some(sampler);
        }
        Ok(self)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dataset: Vec<DataEntry>,
}

fn read(text: &str) -> Result<Vec<DataEntry>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    file.dataset.into_iter().map(DataEntry::checked).collect()
}

/// The built-in data sets in the order of the menus.
pub fn datasets() -> &'static [DataEntry] {
    static ENTRIES: OnceLock<Vec<DataEntry>> = OnceLock::new();
    // The file is part of the program and the tests read all of it: it cannot fail for a user.
    ENTRIES.get_or_init(|| {
        read(include_str!("../../../assets/datasets.toml")).unwrap_or_else(|why| panic!("assets/datasets.toml: {why}"))
    })
}

/// The data set with that id.
///
/// # Errors
/// [`UnknownId`] with the nearest ids.
pub fn find_dataset(id: &str) -> Result<&'static DataEntry, UnknownId> {
    let known = datasets();
    known.iter().find(|entry| entry.id == id).ok_or_else(|| UnknownId {
        id: id.to_owned(),
        suggestions: closest(id, known.iter().map(|entry| entry.id.as_str())),
    })
}
