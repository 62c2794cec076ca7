//! Points from a table as text: two columns, or those named `x` and `y`, with separators as people's programs write them.

use super::{DataPoint, ModelChoice, Target};

/// Why a text is no table of points; lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// There is no row in it.
    Empty,
    /// More than two columns, and none of them named `x` or `y`; or only one.
    Columns {
        /// Where.
        line: u64,
        /// How many there are.
        found: usize,
    },
    /// A row without one of the two cells, or with an empty one.
    Hole {
        /// Where.
        line: u64,
        /// Which column, from 1.
        column: usize,
    },
    /// A cell that is no finite number.
    Cell {
        /// Where.
        line: u64,
        /// What is there.
        text: String,
    },
    /// A target that is no class.
    Class {
        /// Where.
        line: u64,
        /// What is there.
        text: String,
    },
    /// More rows than a model can have points.
    TooManyRows {
        /// How many there are.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The text cannot be taken apart (a quotation mark without its partner, letters that are none).
    Text {
        /// Where.
        line: u64,
    },
}

/// The points of a table. The separator is a tab, a semicolon, a comma or blanks, whichever the first line has; beside
/// semicolons and tabs a decimal comma is understood. A first line that is no pair of numbers names the columns. Lines that
/// begin with `#` are left out.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub fn read_points(text: &str, target: Target) -> Result<Vec<DataPoint>, TableError> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let separator = separator(first.ok_or(TableError::Empty)?);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut places: Option<[usize; 2]> = None;
    let (mut points, mut rows) = (Vec::new(), 0_usize);
    for record in reader.records() {
        let record =
            record.map_err(|error| TableError::Text { line: error.position().map_or(0, csv::Position::line) })?;
        let line = record.position().map_or(0, csv::Position::line);
        // Blanks as separators may come in runs.
        let cells: Vec<&str> = record.iter().filter(|cell| separator != b' ' || !cell.is_empty()).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let Some([x, y]) = places else {
            let names = names(&cells, line, separator)?;
            places = Some(names.unwrap_or([0, 1]));
            if names.is_none() {
                rows += 1;
                points.push(point(&cells, [0, 1], (line, separator), target)?);
            }
            continue;
        };
        rows += 1;
        // What is beyond the limit is only counted.
        if rows <= ModelChoice::MAX_POINTS {
            points.push(point(&cells, [x, y], (line, separator), target)?);
        }
    }
    match rows {
        0 => Err(TableError::Empty),
        found if found > ModelChoice::MAX_POINTS => {
            Err(TableError::TooManyRows { found, limit: ModelChoice::MAX_POINTS })
        }
        _ => Ok(points),
    }
}

fn separator(line: &str) -> u8 {
    [b'\t', b';', b','].into_iter().find(|&sign| line.contains(char::from(sign))).unwrap_or(b' ')
}

/// The places of `x` and `y` if the first row is a row of names; none if it is one of numbers.
fn names(cells: &[&str], line: u64, separator: u8) -> Result<Option<[usize; 2]>, TableError> {
    let found = cells.len();
    let place = |name: &str| cells.iter().position(|cell| cell.eq_ignore_ascii_case(name));
    if let (Some(x), Some(y)) = (place("x"), place("y")) {
        return Ok(Some([x, y]));
    }
    if found != 2 {
        return Err(TableError::Columns { line, found });
    }
    let numbers = cells.iter().filter(|cell| number(cell, separator).is_some()).count();
    Ok((numbers == 0).then_some([0, 1]))
}

fn point(
    cells: &[&str],
    places: [usize; 2],
    (line, separator): (u64, u8),
    target: Target,
) -> Result<DataPoint, TableError> {
    let mut point = [0.0; 2];
    for (value, column) in point.iter_mut().zip(places) {
        let cell = cells.get(column).copied().unwrap_or_default();
        if cell.is_empty() {
            return Err(TableError::Hole { line, column: column + 1 });
        }
        let wrong = || TableError::Cell { line, text: cell.chars().take(40).collect() };
        *value = number(cell, separator).ok_or_else(wrong)?;
    }
    if target == Target::Class && point[1] != 0.0 && point[1] != 1.0 {
        return Err(TableError::Class { line, text: point[1].to_string() });
    }
    Ok(point)
}

fn number(cell: &str, separator: u8) -> Option<f64> {
    let plain = cell.replace('−', "-");
    let plain = if separator == b',' { plain } else { plain.replace(',', ".") };
    plain.parse::<f64>().ok().filter(|value| value.is_finite())
}
