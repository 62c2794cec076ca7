//! What decides the rows of a data set, and the rows that follow from it.

use std::sync::Arc;

use super::catalogue::{DataEntry, Task, find_dataset};
use super::feature::{FeatureMap, Formulas};
use super::sampler::{self, Draw, Drawn};
use super::{digits, select};
use crate::lang::Diagnostic;
use crate::nn::{Dataset, Features, Split, Targets, Values};
use crate::optim::UnknownId;

/// The most rows that are drawn.
pub const MAX_ROWS: usize = 1_000_000;
/// The most pictures of digits that are drawn.
const MAX_DIGITS: usize = 100_000;

/// All that decides the rows. Equal specs have equal rows, on every machine.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSpec {
    /// Where they come from.
    pub source: Source,
    /// How many there are, training and testing together; what is given by a table or by hand has its own number.
    pub rows: usize,
    /// How much is left to chance.
    pub noise: f64,
    /// How many classes, where that can be chosen.
    pub classes: usize,
    /// Which rows.
    pub seed: u64,
    /// The share that is kept for testing, from 0 to below 1.
    pub test: f64,
    /// Formulas of `x1` … that the net is given in place of the inputs; none for the inputs as they are.
    pub features: Vec<String>,
}

/// Where rows come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// An entry of the catalogue.
    Entry(String),
    /// A curve that somebody typed: a formula of `x` over a range, with normal noise on the target.
    Formula {
        /// The text.
        text: String,
        /// The range of `x`.
        range: [f64; 2],
    },
    /// A file that was read.
    Table(Table),
    /// Points that were painted.
    Painted {
        /// What their values are.
        task: Task,
        /// Whether they lie in the plane, or their second coordinate means nothing.
        plane: bool,
        /// The points.
        points: Arc<Vec<Painted>>,
    },
}

/// Rows of a file.
#[derive(Clone, Debug)]
pub struct Table {
    /// What the file is called.
    pub name: String,
    /// Its rows.
    pub data: Arc<Dataset>,
    /// Rows for testing, where they come in a file of their own.
    pub test: Option<Arc<Dataset>>,
}

impl PartialEq for Table {
    /// The same rows in memory are equal without looking at a million of them.
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Arc<Dataset>, b: &Arc<Dataset>| Arc::ptr_eq(a, b) || a == b;
        let tests = match (&self.test, &other.test) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => true,
            _ => false,
        };
        self.name == other.name && tests && same(&self.data, &other.data)
    }
}

/// A point that was painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Painted {
    /// Its place.
    pub at: [f64; 2],
    /// Its class (0, 1 …), or its target.
    pub value: f64,
}

/// Why there are no such rows.
#[derive(Clone, Debug, PartialEq)]
pub enum DataError {
    /// There is no entry of that name.
    Unknown(UnknownId),
    /// The curve's formula cannot be understood.
    Formula {
        /// The text.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// The curve has no finite value at a place of its range.
    NoValue {
        /// The formula.
        text: String,
        /// Where.
        x: f64,
    },
    /// A range that is empty or not finite.
    Range([f64; 2]),
    /// An extra input's formula cannot be understood.
    Feature {
        /// The text.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// An extra input is not finite for some row.
    FeatureValue {
        /// Its formula.
        text: String,
        /// The inputs of the row.
        at: Vec<f64>,
    },
    /// More extra inputs than there may be.
    TooManyFeatures {
        /// How many there are.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Pictures have no extra inputs.
    FeaturesOfPixels,
    /// Too few or too many rows.
    Rows {
        /// How many were asked for.
        found: usize,
        /// The fewest.
        least: usize,
        /// The most.
        limit: usize,
    },
    /// A noise that is negative or not finite.
    Noise(f64),
    /// Too few or too many classes.
    Classes {
        /// How many were asked for.
        found: usize,
        /// The fewest.
        least: usize,
        /// The most.
        limit: usize,
    },
    /// A share for testing that is not from 0 to below 1.
    TestShare(f64),
    /// A painted point that is not finite, or whose value is no class.
    Point {
        /// Which, from 0.
        index: usize,
        /// The point.
        point: Painted,
    },
}

impl DataSpec {
    /// An entry as it usually is: all of its defaults, half of the rows for testing, seed 0.
    pub fn of(entry: &DataEntry) -> Self {
        Self {
            source: Source::Entry(entry.id.clone()),
            rows: entry.rows,
            noise: entry.noise.default,
            classes: entry.classes().map_or(0, |classes| classes.default),
            seed: 0,
            test: 0.5,
            features: Vec::new(),
        }
    }

    /// What is asked of a net.
    ///
    /// # Errors
    /// If there is no such entry.
    pub fn task(&self) -> Result<Task, DataError> {
        Ok(match &self.source {
            Source::Entry(id) => find_dataset(id).map_err(DataError::Unknown)?.task,
            Source::Formula { .. } => Task::Regression,
            Source::Table(table) => match &table.data.targets {
                Targets::Numbers { .. } => Task::Regression,
                Targets::Classes { names, .. } if names.len() <= 2 => Task::Binary,
                Targets::Classes { .. } => Task::Classes,
            },
            Source::Painted { task, .. } => *task,
        })
    }

    /// The names of the inputs before extra ones are made of them.
    ///
    /// # Errors
    /// If there is no such entry.
    pub fn input_names(&self) -> Result<Vec<String>, DataError> {
        Ok(match &self.source {
            Source::Entry(id) => find_dataset(id).map_err(DataError::Unknown)?.input_names(),
            Source::Formula { .. } => vec!["x".to_owned()],
            Source::Table(table) => table.data.features.names.clone(),
            Source::Painted { plane, .. } => {
                let names = if *plane { &["x1", "x2"][..] } else { &["x1"] };
                names.iter().map(|&name| name.to_owned()).collect()
            }
        })
    }

    /// From the inputs of a row, or of any point, to what the net is given.
    ///
    /// # Errors
    /// A formula that cannot be understood.
    pub fn feature_map(&self) -> Result<FeatureMap, DataError> {
        let pixels = match &self.source {
            Source::Entry(id) => find_dataset(id).map_err(DataError::Unknown)?.digits,
            Source::Table(table) => matches!(table.data.features.values, Values::Pixels(_)),
            _ => false,
        };
        if pixels && !self.features.is_empty() {
            return Err(DataError::FeaturesOfPixels);
        }
        FeatureMap::new(&self.features, self.input_names()?.len())
    }

    /// The rows to train with and those to test with.
    ///
    /// # Errors
    /// What is wrong with the spec.
    pub fn split(&self) -> Result<Split, DataError> {
        if !(0.0..1.0).contains(&self.test) {
            return Err(DataError::TestShare(self.test));
        }
        if let Source::Table(Table { data, test: Some(test), .. }) = &self.source {
            return Ok(Split { train: self.featured(Arc::clone(data))?, test: self.featured(Arc::clone(test))? });
        }
        let data = self.featured(self.rows()?)?;
        let (train, test) = select::hold_out(data.rows(), self.test, self.seed);
        let test = Arc::new(select::select(&data, &test));
        let train = if test.rows() == 0 { data } else { Arc::new(select::select(&data, &train)) };
        Ok(Split { train, test })
    }

    /// All rows, without extra inputs.
    ///
    /// # Errors
    /// What is wrong with the spec.
    pub fn rows(&self) -> Result<Arc<Dataset>, DataError> {
        if !(self.noise >= 0.0 && self.noise.is_finite()) {
            return Err(DataError::Noise(self.noise));
        }
        match &self.source {
            Source::Entry(id) => {
                let entry = find_dataset(id).map_err(DataError::Unknown)?;
                self.count(if entry.digits { MAX_DIGITS } else { MAX_ROWS })?;
                self.of_entry(entry).map(Arc::new)
            }
            Source::Formula { text, range } => {
                self.count(MAX_ROWS)?;
                self.of_formula(text, *range).map(Arc::new)
            }
            Source::Table(table) => Ok(Arc::clone(&table.data)),
            Source::Painted { task, plane, points } => self.of_points(*task, *plane, points).map(Arc::new),
        }
    }

    fn count(&self, limit: usize) -> Result<(), DataError> {
        let least = 2;
        let fits = (least..=limit).contains(&self.rows);
        if fits { Ok(()) } else { Err(DataError::Rows { found: self.rows, least, limit }) }
    }

    fn of_entry(&self, entry: &DataEntry) -> Result<Dataset, DataError> {
        let classes = entry.classes().map_or(Ok(1), |count| self.class_count(count.max))?;
        let Some(sampler) = &entry.sampler else { return Ok(digits::draw(self.rows, self.noise, self.seed)) };
        let draw = Draw { rows: self.rows, classes, noise: self.noise, seed: self.seed };
        Ok(dataset(entry.input_names(), sampler.draw(&draw), entry.task, classes))
    }

    fn class_count(&self, limit: usize) -> Result<usize, DataError> {
        let least = 2;
        let fits = (least..=limit).contains(&self.classes);
        if fits { Ok(self.classes) } else { Err(DataError::Classes { found: self.classes, least, limit }) }
    }

    fn of_formula(&self, text: &str, [low, high]: [f64; 2]) -> Result<Dataset, DataError> {
        if !(low < high && low.is_finite() && high.is_finite() && (high - low).is_finite()) {
            return Err(DataError::Range([low, high]));
        }
        let wrong = |problems| DataError::Formula { text: text.to_owned(), problems };
        let mut formulas = Formulas::new(&[text], &["x"]).map_err(|(_, problems)| wrong(problems))?;
        let draw = Draw { rows: self.rows, classes: 1, noise: self.noise, seed: self.seed };
        let at = |xs: &[f64]| {
            let mut values = Vec::new();
            formulas.run(xs, &mut values);
            values
        };
        let drawn = sampler::curve(at, [low, high], &draw);
        match drawn.targets.iter().zip(&drawn.inputs).find(|(y, _)| !y.is_finite()) {
            Some((_, &x)) => Err(DataError::NoValue { text: text.to_owned(), x }),
            None => Ok(dataset(vec!["x".to_owned()], drawn, Task::Regression, 1)),
        }
    }

    fn of_points(&self, task: Task, plane: bool, points: &[Painted]) -> Result<Dataset, DataError> {
        let classes = match task {
            Task::Regression => 1,
            Task::Binary => 2,
            Task::Classes => self.class_count(usize::MAX)?,
        };
        let is_class = |value: f64| value >= 0.0 && value < classes as f64 && value.fract() == 0.0;
        for (index, &point) in points.iter().enumerate() {
            let finite = point.at.iter().all(|x| x.is_finite()) && point.value.is_finite();
            if !finite || task != Task::Regression && !is_class(point.value) {
                return Err(DataError::Point { index, point });
            }
        }
        let inputs = points.iter().flat_map(|point| point.at.into_iter().take(1 + usize::from(plane))).collect();
        let targets = points.iter().map(|point| point.value).collect();
        Ok(dataset(self.input_names()?, Drawn { inputs, targets }, task, classes))
    }

    /// The rows with extra inputs in place of their own.
    fn featured(&self, data: Arc<Dataset>) -> Result<Arc<Dataset>, DataError> {
        let mut map = self.feature_map()?;
        let Values::Numbers(inputs) = &data.features.values else { return Ok(data) };
        if self.features.is_empty() {
            return Ok(data);
        }
        let mut values = Vec::new();
        map.apply(inputs, &mut values);
        if let Some(at) = values.iter().position(|value| !value.is_finite()) {
            let (row, feature) = (at / map.outputs(), at % map.outputs());
            let n = map.inputs();
            return Err(DataError::FeatureValue {
                text: self.features[feature].clone(),
                at: inputs[row * n..(row + 1) * n].to_vec(),
            });
        }
        let features = Features { names: map.names(&data.features.names), values: Values::Numbers(values) };
        Ok(Arc::new(Dataset { features, targets: data.targets.clone() }))
    }
}

fn dataset(names: Vec<String>, drawn: Drawn, task: Task, classes: usize) -> Dataset {
    let targets = match task {
        Task::Regression => Targets::Numbers { cols: 1, values: drawn.targets },
        Task::Binary | Task::Classes => {
            let last = classes.saturating_sub(1) as f64;
            // What is not a number counts as class 0.
            let label = |target: f64| target.round().max(0.0).min(last) as u32;
            let names = (0..classes).map(|class| class.to_string()).collect();
            Targets::Classes { names, labels: drawn.targets.into_iter().map(label).collect() }
        }
    };
    Dataset { features: Features { names, values: Values::Numbers(drawn.inputs) }, targets }
}
