//! A table of text as a data set: separators, headers and labels as people's programs write them.
//!
//! With a header, `x1`, `x2` … are the inputs and `y` (or `y1`, `y2` …, or `label`) the targets; where no column has such
//! a name, the last one is the target and the others are inputs. Without a header it is the same by place.

mod cell;
mod layout;
mod target;

use ::csv::{ByteRecord, ReaderBuilder, Trim};

use super::super::{Dataset, Features, Values};
use layout::Layout;
use target::Column;

/// The most numbers of a table: more than what a dense net learns from while somebody waits.
pub const MAX_CELLS: usize = 32 << 20;
/// The most classes of a column of labels.
pub const MAX_CLASSES: usize = 1000;

/// How the target is to be understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Classes if the column is called `label` or holds words, else numbers.
    #[default]
    Auto,
    /// Numbers, for mse, mae, huber.
    Numbers,
    /// Classes, for a softmax.
    Classes,
    /// One of two classes, or a number from 0 to 1 for the share of class 1.
    Binary,
    /// Classes, or several columns of −1 and 1, for a hinge.
    Sides,
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Its rows.
    pub data: Dataset,
    /// What was decided for whoever brought it, and should be said.
    pub notices: Vec<Notice>,
}

/// What was decided in wanted a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// There is no header; so many columns were taken for inputs and the last for the target.
    NoHeader {
        /// How many inputs.
        inputs: usize,
    },
    /// No column has the name of a target; this one, the last, was taken.
    LastIsTarget {
        /// Its name.
        name: String,
    },
    /// Columns that are neither inputs nor targets.
    Ignored {
        /// Their names.
        names: Vec<String>,
    },
    /// Labels that are not 0, 1 … were numbered in this order.
    Numbered {
        /// The labels.
        labels: Vec<String>,
    },
}

/// Why a table is no data set. Lines count from 1, as in an editor; columns too.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs, reason = "a field is what its variant says of it")]
pub enum CsvError {
    /// There is no row of data in it.
    #[error("no rows")]
    Empty,
    /// It is no text: a spreadsheet, a picture, a packed file.
    #[error("not a text")]
    NotText,
    /// Text in another encoding than UTF-8.
    #[error("line {line}: not UTF-8")]
    Encoding { line: u64 },
    /// It cannot be taken apart.
    #[error("line {line}: quotation marks")]
    Quotes { line: u64 },
    /// A single column: no input, or no target.
    #[error("line {line}: one column, `{name}`")]
    OneColumn { line: u64, name: String },
    /// All columns are targets.
    #[error("line {line}: no inputs")]
    NoInputs { line: u64 },
    /// Two columns of one name.
    #[error("line {line}: two columns `{name}`")]
    TwiceNamed { line: u64, name: String },
    /// A row with more or fewer cells than the first.
    #[error("line {line}: {found} cells, not {wanted}")]
    Width { line: u64, found: usize, wanted: usize },
    /// An empty cell, or one that says that nothing is known.
    #[error("line {line}, column {column} (`{name}`): empty")]
    Hole { line: u64, column: usize, name: String },
    /// Text where a number is wanted.
    #[error("line {line}, column {column} (`{name}`): `{text}` is no number")]
    NoNumber { line: u64, column: usize, name: String, text: String },
    /// An infinite number.
    #[error("line {line}, column {column} (`{name}`): `{text}` is not finite")]
    NotFinite { line: u64, column: usize, name: String, text: String },
    /// Several targets where one label is wanted.
    #[error("{found} target columns where one label is wanted")]
    SeveralLabels { found: usize },
    /// A target that is no class because it has a fraction.
    #[error("line {line}: `{text}` is no class")]
    NoClass { line: u64, text: String },
    /// A target that is neither of two classes nor a share.
    #[error("line {line}: `{text}` is a third class")]
    ThirdClass { line: u64, text: String, known: Vec<String> },
    /// All rows have the same label.
    #[error("only the label `{label}`")]
    OneClass { label: String },
    /// More labels than there may be classes.
    #[error("more than {limit} labels")]
    TooManyClasses { limit: usize },
    /// More numbers than are taken.
    #[error("more than {rows} rows of {columns} columns")]
    TooLarge { rows: usize, columns: usize },
}

impl CsvError {
    fn line_mut(&mut self) -> Option<&mut u64> {
        match self {
            Self::Encoding { line }
            | Self::Quotes { line }
            | Self::OneColumn { line, .. }
            | Self::NoInputs { line }
            | Self::TwiceNamed { line, .. }
            | Self::Width { line, .. }
            | Self::Hole { line, .. }
            | Self::NoNumber { line, .. }
            | Self::NotFinite { line, .. }
            | Self::NoClass { line, .. }
            | Self::ThirdClass { line, .. } => Some(line),
            _ => None,
        }
    }
}

/// Reads a table. `wanted` says what the loss wants of the target.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read_csv(bytes: &[u8], wanted: Wanted) -> Result<Read, CsvError> {
    let bytes = text_of(bytes)?;
    // Where a row begins is known as a byte; its line is counted when somebody has to be told.
    table(bytes, wanted).map_err(|mut error| {
        if let Some(line) = error.line_mut() {
            *line = line_of(bytes, *line);
        }
        error
    })
}

fn table(bytes: &[u8], wanted: Wanted) -> Result<Read, CsvError> {
    let separator = separator(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(Trim::All)
        .from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut table: Option<Table> = None;
    loop {
        let byte = reader.position().byte();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(CsvError::Quotes { line: byte }),
        }
        // Blanks as separators come in runs.
        let cells: Vec<&[u8]> = record.iter().filter(|cell| separator != b' ' || !cell.is_empty()).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        match &mut table {
            Some(table) => table.row(&cells, byte)?,
            None => table = Some(Table::new(&cells, byte, separator, wanted)?),
        }
    }
    table.ok_or(CsvError::Empty)?.finish(wanted)
}

/// The line of the row that is read from a byte on, from 1: notes and empty lines before it are passed over.
fn line_of(bytes: &[u8], byte: u64) -> u64 {
    let mut at = usize::try_from(byte).unwrap_or(usize::MAX).min(bytes.len());
    while let Some(sign) = bytes.get(at) {
        match sign {
            b'\n' | b'\r' => at += 1,
            b'#' => at += bytes[at..].iter().position(|&sign| sign == b'\n').unwrap_or(bytes.len() - at),
            _ => break,
        }
    }
    // A carriage return ends a line of its own only where no line feed follows.
    let ends = (0..at).filter(|&k| bytes[k] == b'\n' || bytes[k] == b'\r' && bytes.get(k + 1) != Some(&b'\n'));
    1 + ends.count() as u64
}

/// The bytes without a mark of their encoding, if they can be a text at all.
fn text_of(bytes: &[u8]) -> Result<&[u8], CsvError> {
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if wide {
        return Err(CsvError::Encoding { line: 1 });
    }
    if bytes.iter().take(1024).any(|&byte| byte == 0) {
        return Err(CsvError::NotText);
    }
    Ok(bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes))
}

/// What the first line of the table has between its cells.
fn separator(bytes: &[u8]) -> u8 {
    let mut lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(b"#")).unwrap_or_default();
    [b'\t', b';', b','].into_iter().find(|sign| first.contains(sign)).unwrap_or(b' ')
}

/// A table that is being read.
struct Table {
    layout: Layout,
    separator: u8,
    inputs: Vec<f64>,
    targets: Vec<Column>,
}

impl Table {
    /// Begins with the first line, which may be a header.
    fn new(cells: &[&[u8]], line: u64, separator: u8, wanted: Wanted) -> Result<Self, CsvError> {
        let layout = Layout::new(cells, line, separator)?;
        if matches!(wanted, Wanted::Classes | Wanted::Binary) && layout.targets.len() > 1 {
            return Err(CsvError::SeveralLabels { found: layout.targets.len() });
        }
        // Words can be labels where there is a single target and nobody insists on numbers.
        let words = wanted != Wanted::Numbers && layout.targets.len() == 1;
        let targets = layout.targets.iter().map(|_| Column::new(words)).collect();
        let mut table = Self { layout, separator, inputs: Vec::new(), targets };
        if !table.layout.header {
            table.row(cells, line)?;
        }
        Ok(table)
    }

    fn row(&mut self, cells: &[&[u8]], line: u64) -> Result<(), CsvError> {
        let layout = &self.layout;
        // A separator at the end of each line is no cell.
        let spare = cells.len() == layout.width + 1 && cells.last().is_some_and(|cell| cell.is_empty());
        if cells.len() != layout.width && !spare {
            return Err(CsvError::Width { line, found: cells.len(), wanted: layout.width });
        }
        if self.inputs.len() + layout.inputs.len() > MAX_CELLS {
            let columns = layout.width;
            return Err(CsvError::TooLarge { rows: MAX_CELLS / layout.inputs.len(), columns });
        }
        for &column in &layout.inputs {
            let value = cell::number(cells[column], self.separator);
            self.inputs.push(value.map_err(|cause| layout.wrong(cause, cells[column], line, column))?);
        }
        for (&column, target) in layout.targets.iter().zip(&mut self.targets) {
            let wrong = |cause| layout.wrong(cause, cells[column], line, column);
            target.push(cells[column], self.separator, line).map_err(wrong)?;
        }
        Ok(())
    }

    fn finish(self, wanted: Wanted) -> Result<Read, CsvError> {
        let mut notices = self.layout.notices.clone();
        if self.inputs.is_empty() {
            return Err(CsvError::Empty);
        }
        let targets = target::finish(self.targets, &self.layout, wanted, &mut notices)?;
        let features = Features { names: self.layout.input_names(), values: Values::Numbers(self.inputs) };
        Ok(Read { data: Dataset { features, targets }, notices })
    }
}
