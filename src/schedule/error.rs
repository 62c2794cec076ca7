//! What is wrong with the text of a schedule, as data: the words belong to `explain`.

use crate::lang::{Diagnostic, Span};

/// One problem with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleError {
    /// What is wrong.
    pub problem: ScheduleProblem,
    /// Where in the text of the schedule; unknown for values inside JSON.
    pub span: Option<Span>,
}

impl ScheduleError {
    /// A text that, put in place of the span in the text of the schedule, most probably cures the problem.
    pub fn cure(&self, text: &str) -> Option<String> {
        match &self.problem {
            ScheduleProblem::UnknownKind { suggestions, .. } => suggestions.first().cloned(),
            ScheduleProblem::UnknownArgument { suggestion: Some(name), .. } => {
                let (_, value) = self.span?.of(text).split_once('=')?;
                Some(format!("{name}={value}"))
            }
            ScheduleProblem::Unbalanced => Some(String::new()),
            _ => None,
        }
    }
}

/// What can be wrong. Texts in the variants are quoted from the input.
#[derive(Clone, Debug, PartialEq)]
pub enum ScheduleProblem {
    /// Nothing but blanks.
    Empty,
    /// There is no kind of that name.
    UnknownKind {
        /// The name.
        name: String,
        /// Names near to it, the nearest first.
        suggestions: Vec<String>,
    },
    /// The kind has no such argument.
    UnknownArgument {
        /// The kind.
        kind: String,
        /// The name.
        name: String,
        /// The argument that was probably meant.
        suggestion: Option<String>,
        /// The arguments it has.
        known: Vec<String>,
    },
    /// An argument without a default is not given.
    MissingArgument {
        /// The kind.
        kind: String,
        /// The argument.
        name: String,
    },
    /// An argument is given twice.
    RepeatedArgument {
        /// The argument.
        name: String,
    },
    /// An argument that is not `name=value`.
    NoEquals {
        /// What stands there.
        found: String,
    },
    /// A bracket or quotation mark is not closed, or closed without having been opened.
    Unbalanced,
    /// A value that does not fit its argument.
    WrongValue {
        /// The argument.
        name: String,
        /// What would fit.
        wanted: Wanted,
        /// What stands there.
        found: String,
    },
    /// A list of the wrong length.
    WrongLength {
        /// The argument.
        name: String,
        /// How many are wanted.
        wanted: usize,
        /// How many there are.
        found: usize,
    },
    /// A list longer than [`super::MAX_LIST`].
    TooLong {
        /// The argument.
        name: String,
    },
    /// The beginnings of the parts of a sequence do not ascend.
    NotAscending {
        /// The argument.
        name: String,
    },
    /// Text that begins like JSON but is none.
    Json,
    /// A JSON object without a text named `kind`.
    NoKind,
    /// Sequences within sequences, deeper than [`super::MAX_DEPTH`].
    TooDeep,
    /// A formula that is wrong; the spans of the problems are places in its text.
    Formula {
        /// The formula.
        text: String,
        /// What is wrong with it.
        problems: Vec<Diagnostic>,
    },
    /// A file that cannot be read.
    File {
        /// Its name.
        path: String,
        /// Why.
        why: Unread,
    },
    /// A table without a column of that name, or without rows.
    NoColumn {
        /// The file.
        path: String,
        /// The column.
        column: String,
    },
    /// A cell that is not a finite number.
    BadCell {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u64,
        /// The cell.
        found: String,
    },
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Files cannot be read here.
    NotHere,
    /// There is none of that name.
    Missing,
    /// It is not text (UTF-8).
    NotText,
    /// The system refuses.
    Refused,
}

/// What would fit an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A number, or a formula of `lr`.
    Number,
    /// A whole number not below the given one.
    Count {
        /// The smallest.
        min: u64,
    },
    /// `true` or `false`.
    Switch,
    /// One of these words.
    Choice(Vec<String>),
    /// `[1, 2, 3]`
    List,
    /// `[[30, 0.5], [60, 0.1]]`
    Pairs,
    /// A formula of `t` and `lr`.
    Formula,
    /// A list of schedules, each a JSON object or a text.
    Schedules,
}

impl ScheduleProblem {
    pub(super) fn at(self, span: impl Into<Option<Span>>) -> ScheduleError {
        ScheduleError { problem: self, span: span.into() }
    }
}
