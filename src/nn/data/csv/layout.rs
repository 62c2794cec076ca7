//! Which column is what.

use std::collections::BTreeSet;

use super::cell::{self, Cause};
use super::{CsvError, Notice};

/// Names of a column of labels.
const LABELS: [&str; 4] = ["label", "labels", "class", "target"];

/// Which columns are inputs and which are targets.
pub(super) struct Layout {
    /// Whether the first line is one of names.
    pub(super) header: bool,
    names: Vec<String>,
    /// How many cells a row has.
    pub(super) width: usize,
    pub(super) inputs: Vec<usize>,
    pub(super) targets: Vec<usize>,
    /// Whether the target's name says that it is a label.
    pub(super) labelled: bool,
    pub(super) notices: Vec<Notice>,
}

impl Layout {
    /// From the first line, which is a header if none of its cells is a number.
    pub(super) fn new(cells: &[&[u8]], line: u64, separator: u8) -> Result<Self, CsvError> {
        let header = cells.iter().all(|cell| cell::number(cell, separator).is_err());
        // A separator at the end of the header.
        let spare = usize::from(header && cells.len() > 2 && cells.last().is_some_and(|cell| cell.is_empty()));
        let width = cells.len() - spare;
        let mut names = Vec::with_capacity(width);
        for (column, cell) in cells.iter().take(width).enumerate() {
            let name = std::str::from_utf8(cell).map_err(|_| CsvError::Encoding { line })?;
            let numbered = || if column + 1 == width { "y".to_owned() } else { format!("x{}", column + 1) };
            names.push(if header { name.to_owned() } else { numbered() });
        }
        if width < 2 {
            return Err(CsvError::OneColumn { line, name: names.pop().unwrap_or_default() });
        }
        let mut seen = BTreeSet::new();
        if let Some(name) = names.iter().find(|name| !name.is_empty() && !seen.insert(name.as_str())) {
            return Err(CsvError::TwiceNamed { line, name: name.clone() });
        }
        let mut layout = Self {
            header,
            width,
            inputs: Vec::new(),
            targets: Vec::new(),
            labelled: false,
            notices: Vec::new(),
            names,
        };
        layout.choose();
        if !header {
            layout.notices = vec![Notice::NoHeader { inputs: layout.inputs.len() }];
        }
        if layout.inputs.is_empty() { Err(CsvError::NoInputs { line }) } else { Ok(layout) }
    }

    fn choose(&mut self) {
        let named = |wanted: &str| self.names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
        let mut targets = numbered(&self.names, 'y');
        if targets.is_empty() {
            targets.extend(named("y"));
        }
        if targets.is_empty() {
            let label = LABELS.iter().find_map(|name| named(name));
            self.labelled = label.is_some();
            targets.extend(label);
        }
        if targets.is_empty() {
            let last = self.width - 1;
            targets.push(last);
            self.notices.push(Notice::LastIsTarget { name: self.names[last].clone() });
        }
        let free = |column: &usize| !targets.contains(column);
        let mut inputs = numbered(&self.names, 'x');
        if inputs.is_empty() {
            // A column without a name is a row's number, as tables of data frames have it.
            inputs = (0..self.width).filter(free).filter(|&column| !self.names[column].is_empty()).collect();
        }
        inputs.retain(free);
        let ignored = (0..self.width).filter(|column| !inputs.contains(column) && free(column));
        let ignored: Vec<String> = ignored.map(|column| self.names[column].clone()).collect();
        if !ignored.is_empty() {
            self.notices.push(Notice::Ignored { names: ignored });
        }
        self.inputs = inputs;
        self.targets = targets;
    }

    pub(super) fn input_names(&self) -> Vec<String> {
        self.inputs.iter().map(|&column| self.names[column].clone()).collect()
    }

    /// What is wrong with a cell, with its place.
    pub(super) fn wrong(&self, cause: Cause, cell: &[u8], line: u64, at: usize) -> CsvError {
        let (column, name, text) = (at + 1, self.names[at].clone(), cell::quoted(cell));
        match cause {
            Cause::Hole => CsvError::Hole { line, column, name },
            Cause::Text => CsvError::NoNumber { line, column, name, text },
            Cause::Infinite => CsvError::NotFinite { line, column, name, text },
            Cause::Encoding => CsvError::Encoding { line },
        }
    }

    /// The target of this number, with what a message says of it.
    pub(super) fn no_number(&self, target: usize, line: u64, text: String) -> CsvError {
        let at = self.targets.get(target).copied().unwrap_or(0);
        CsvError::NoNumber { line, column: at + 1, name: self.names[at].clone(), text }
    }
}

/// The columns `x1`, `x2` … in the order of their numbers.
fn numbered(names: &[String], letter: char) -> Vec<usize> {
    let number = |name: &String| {
        let mut signs = name.chars();
        let first = signs.next()?;
        if first.to_ascii_lowercase() == letter { signs.as_str().parse::<u32>().ok() } else { None }
    };
    let mut found: Vec<(u32, usize)> =
        names.iter().enumerate().filter_map(|(column, name)| Some((number(name)?, column))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, column)| column).collect()
}
