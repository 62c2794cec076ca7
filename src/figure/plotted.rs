//! What a figure plots, as numbers: tables that all have the same columns, so that one file holds all of them.

/// A part of what is plotted: a line, or a set of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Plotted {
    /// What it is: `curve`, `path`, `contour`, `minimum`, `loss`, `cell` …
    pub part: &'static str,
    /// Which one of its kind: an optimizer, a level.
    pub series: String,
    /// The names of the three numbers of a row.
    pub columns: [String; 3],
    /// The rows: what stands across, up, and the value there (not a number where there is none).
    pub rows: Vec<[f64; 3]>,
}

impl Plotted {
    /// A part whose numbers have these names.
    pub(super) fn new(part: &'static str, series: &str, columns: [&str; 3], rows: Vec<[f64; 3]>) -> Self {
        Self { part, series: series.to_owned(), columns: columns.map(str::to_owned), rows }
    }
}
