//! Learning-rate schedules: the rate of each update as a pure function of its number, of the rate that the run was
//! given, and, where a kind watches one, of a metric.
//!
//! A schedule is said in one line ([`Schedule::parse`]): a kind with its arguments, a formula of `t` and `lr`, a JSON
//! object, or a file of rates. The kinds are a data file (`assets/schedules.toml`), each a text of the language. The room
//! opens no files (the caller hands in the reading) and does not know who uses the rates.

mod catalogue;
mod cursor;
mod error;
mod form;
mod program;
mod raw;
mod spec;
mod value;

use std::sync::Arc;

pub use catalogue::{Kind, Param, ParamKind, catalogue};
pub use cursor::Cursor;
pub use error::{ScheduleError, ScheduleProblem, Unread, Wanted};
pub use form::Form;
use program::Program;
pub use spec::column;

/// The kind of that name: its id, or its framework's name alone (`StepLR`).
///
/// # Errors
///
/// That there is none, with the nearest.
pub fn find(name: &str) -> Result<&'static Kind, ScheduleProblem> {
    catalogue::lookup(name, None).ok_or_else(|| spec::unknown_kind(name))
}

/// How deep sequences may be nested.
pub const MAX_DEPTH: usize = 16;
/// How long a list may be that a text of the language reads.
pub const MAX_LIST: usize = 10_000;

/// A schedule. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Schedule {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    spec: String,
    kind: Option<&'static Kind>,
    body: Body,
}

/// What computes the rates.
#[derive(Debug)]
enum Body {
    Program(Box<Program>),
    /// Several schedules in turn; `boundaries[k]` is the first update of part `k + 1`.
    Sequence {
        parts: Vec<Schedule>,
        boundaries: Vec<u64>,
    },
    /// Listed rates; the last one stays.
    Rates(Vec<f64>),
}

impl Schedule {
    /// Reads a schedule that needs no file; `csv:FILE` is an error with [`Unread::NotHere`].
    ///
    /// # Errors
    ///
    /// What is wrong with the text, and where.
    pub fn parse(spec: &str) -> Result<Self, ScheduleError> {
        Self::parse_with(spec, &|_| Err(Unread::NotHere))
    }

    /// Reads a schedule. `read` returns the text of the file of `csv:FILE`, a table with a column `lr`.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, and where, or with the file.
    pub fn parse_with(spec: &str, read: &dyn Fn(&str) -> Result<String, Unread>) -> Result<Self, ScheduleError> {
        spec::parse(spec, &spec::Context { read, framework: None, depth: 0 })
    }

    fn new(spec: &str, kind: Option<&'static Kind>, body: Body) -> Self {
        Self { inner: Arc::new(Inner { spec: spec.trim().to_owned(), kind, body }) }
    }

    fn body(&self) -> &Body {
        &self.inner.body
    }

    /// The text that it was read from.
    pub fn spec(&self) -> &str {
        &self.inner.spec
    }

    /// A text that means the same and needs no file: that of a file lists its rates.
    pub fn pure_spec(&self) -> String {
        match self.body() {
            Body::Rates(rates) if self.kind().is_none() => {
                let rates: Vec<String> = rates.iter().map(f64::to_string).collect();
                format!("rates:values=[{}]", rates.join(","))
            }
            _ => self.spec().to_owned(),
        }
    }

    /// Its kind; none of a formula or a file.
    pub fn kind(&self) -> Option<&'static Kind> {
        self.inner.kind
    }

    /// Whether it needs to see the loss (or another metric) after each update.
    pub fn watches_metric(&self) -> bool {
        match self.body() {
            Body::Program(program) => program.watches(),
            Body::Sequence { parts, .. } => parts.iter().any(Self::watches_metric),
            Body::Rates(_) => false,
        }
    }

    /// Whether it moves the momentum too.
    pub fn moves_momentum(&self) -> bool {
        match self.body() {
            Body::Program(program) => program.moves_momentum(),
            Body::Sequence { parts, .. } => parts.iter().any(Self::moves_momentum),
            Body::Rates(_) => false,
        }
    }

    /// The beginning of a run with the rate `base`.
    pub fn cursor(&self, base: f64) -> Cursor {
        Cursor::new(self, base)
    }

    /// The same after so many updates. A kind that watches has seen a metric that never improved.
    pub fn cursor_at(&self, base: f64, updates: u64) -> Cursor {
        let mut cursor = self.cursor(base);
        cursor.skip(updates);
        cursor
    }

    /// The rates of the first `count` updates. A kind that watches sees a metric that never improves.
    pub fn rates(&self, base: f64, count: usize) -> Vec<f64> {
        let mut cursor = self.cursor(base);
        (0..count)
            .map(|_| {
                let rate = cursor.rate();
                cursor.observe(f64::NAN);
                rate
            })
            .collect()
    }
}

impl Schedule {
    /// The momenta of the first `count` updates; nan where it says none. A kind that watches sees a metric that never
    /// improves.
    pub fn momenta(&self, base: f64, count: usize) -> Vec<f64> {
        let mut cursor = self.cursor(base);
        (0..count)
            .map(|_| {
                let momentum = cursor.momentum().unwrap_or(f64::NAN);
                cursor.observe(f64::NAN);
                momentum
            })
            .collect()
    }
}

impl PartialEq for Schedule {
    /// Whether the texts are equal, and the rates of files.
    fn eq(&self, other: &Self) -> bool {
        let rates = |schedule: &Self| match schedule.body() {
            Body::Rates(rates) => Some(rates.iter().map(|rate| rate.to_bits()).collect::<Vec<_>>()),
            _ => None,
        };
        Arc::ptr_eq(&self.inner, &other.inner) || (self.spec() == other.spec() && rates(self) == rates(other))
    }
}
