//! A column of targets: numbers, or labels that become classes.

use std::collections::BTreeMap;

use super::cell::{self, Cause};
use super::layout::Layout;
use super::{CsvError, MAX_CLASSES, Notice, Wanted};
use crate::nn::Targets;

/// A column of targets that is being read: as numbers and, as long as there are few different ones, as labels.
pub(super) struct Column {
    /// Whether words are allowed.
    words: bool,
    numbers: Vec<f64>,
    /// The labels in the order of their first rows: which is the how manieth, and the line of that row.
    known: BTreeMap<Vec<u8>, u32>,
    lines: Vec<u64>,
    labels: Vec<u32>,
    /// More different labels than there can be classes.
    many: bool,
    /// The first cell that is no number, and the first number with a fraction.
    word: Option<(u64, String)>,
    fraction: Option<(u64, String)>,
}

impl Column {
    pub(super) fn new(words: bool) -> Self {
        Self {
            words,
            numbers: Vec::new(),
            known: BTreeMap::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            many: false,
            word: None,
            fraction: None,
        }
    }

    pub(super) fn push(&mut self, cell: &[u8], separator: u8, line: u64) -> Result<(), Cause> {
        let number = cell::number(cell, separator);
        match number {
            Err(cause) if !self.words || cause != Cause::Text => return Err(cause),
            Err(_) if self.word.is_none() => self.word = Some((line, cell::quoted(cell))),
            Ok(value) if value.fract() != 0.0 && self.fraction.is_none() => {
                self.fraction = Some((line, cell::quoted(cell)));
            }
            _ => {}
        }
        self.numbers.push(number.unwrap_or(f64::NAN));
        if !self.words || self.many {
            return Ok(());
        }
        let next = self.lines.len() as u32;
        let label = match self.known.get(cell) {
            Some(&label) => label,
            None => {
                self.known.insert(cell.to_vec(), next);
                self.lines.push(line);
                next
            }
        };
        self.labels.push(label);
        self.many = self.lines.len() > MAX_CLASSES;
        Ok(())
    }

    /// The labels in the order of the rows where they come first, with those lines.
    fn words(&self) -> Vec<(String, u64)> {
        let mut words = vec![(String::new(), 0); self.lines.len()];
        for (cell, &label) in &self.known {
            words[label as usize] = (cell::quoted(cell), self.lines[label as usize]);
        }
        words
    }
}

/// What the columns are in the end.
pub(super) fn finish(
    columns: Vec<Column>,
    layout: &Layout,
    wanted: Wanted,
    notices: &mut Vec<Notice>,
) -> Result<Targets, CsvError> {
    let [column] = &columns[..] else { return Ok(numbers(columns)) };
    let classes = match wanted {
        Wanted::Numbers => false,
        Wanted::Auto => layout.labelled || column.word.is_some(),
        Wanted::Classes | Wanted::Sides => true,
        Wanted::Binary => column.word.is_some() || column.fraction.is_none(),
    };
    if !classes {
        return if wanted == Wanted::Binary { share(column, columns_of(&columns)) } else { Ok(numbers(columns)) };
    }
    // Where other cells have fractions, a word among them is a slip of the pen and not a label.
    match (&column.fraction, &column.word) {
        (Some(_), Some((line, text))) => return Err(layout.no_number(0, *line, text.clone())),
        (Some((line, text)), None) => return Err(CsvError::NoClass { line: *line, text: text.clone() }),
        _ => {}
    }
    if column.many {
        return Err(CsvError::TooManyClasses { limit: MAX_CLASSES });
    }
    numbered(column, wanted, notices)
}

fn columns_of(columns: &[Column]) -> Targets {
    let rows = columns.first().map_or(0, |column| column.numbers.len());
    let values = (0..rows).flat_map(|row| columns.iter().map(move |column| column.numbers[row])).collect();
    Targets::Numbers { cols: columns.len(), values }
}

fn numbers(mut columns: Vec<Column>) -> Targets {
    match &mut columns[..] {
        [column] => Targets::Numbers { cols: 1, values: std::mem::take(&mut column.numbers) },
        columns => columns_of(columns),
    }
}

/// Numbers from 0 to 1.
fn share(column: &Column, targets: Targets) -> Result<Targets, CsvError> {
    let outside = column.numbers.iter().any(|value| !(0.0..=1.0).contains(value));
    match (&column.fraction, outside) {
        (Some((line, text)), true) => Err(CsvError::NoClass { line: *line, text: text.clone() }),
        _ => Ok(targets),
    }
}

/// Labels as classes. Whole numbers 0, 1 … are their own; all others are numbered, numbers by size, words by the alphabet.
fn numbered(column: &Column, wanted: Wanted, notices: &mut Vec<Notice>) -> Result<Targets, CsvError> {
    let words = column.words();
    let number = |word: &str| word.replace('−', "-").replace(',', ".").parse::<f64>().ok();
    let mut order: Vec<usize> = (0..words.len()).collect();
    let values: Vec<Option<f64>> = words.iter().map(|(word, _)| number(word)).collect();
    let all_numbers = values.iter().all(Option::is_some);
    order.sort_by(|&a, &b| match (values[a], values[b]) {
        // Numbers among words are words: one order for all of them.
        (Some(x), Some(y)) if all_numbers => x.total_cmp(&y).then_with(|| words[a].cmp(&words[b])),
        _ => words[a].0.cmp(&words[b].0),
    });
    // Two ways to write one number are one label: `1` and `1.0`.
    let mut classes: Vec<String> = Vec::new();
    let mut class_of = vec![0_u32; words.len()];
    let mut last: Option<f64> = None;
    for &at in &order {
        let value = if all_numbers { values[at] } else { None };
        if value.is_none() || value != last {
            classes.push(match value {
                Some(value) => value.to_string(),
                None => words[at].0.clone(),
            });
        }
        last = value;
        class_of[at] = (classes.len() - 1) as u32;
    }
    if wanted == Wanted::Binary && classes.len() > 2 {
        return Err(third(&words, &class_of));
    }
    let known = |names: [&str; 2]| classes.iter().all(|class| names.contains(&class.as_str()));
    // With a single label in the file its partner is known only for the usual pairs.
    let pair = [["0", "1"], ["-1", "1"]].into_iter().find(|pair| classes.len() <= 2 && known(*pair));
    let own = all_numbers && classes.iter().enumerate().all(|(class, name)| *name == class.to_string());
    if let Some(pair) = pair.filter(|_| wanted != Wanted::Classes || classes.len() == 1) {
        for (class, word) in class_of.iter_mut().zip(&words) {
            *class = u32::from(number(&word.0) == Some(1.0));
        }
        classes = pair.map(str::to_owned).to_vec();
    } else if classes.len() == 1 {
        return Err(CsvError::OneClass { label: classes.swap_remove(0) });
    } else if !own && pair.is_none() {
        notices.push(Notice::Numbered { labels: classes.clone() });
    }
    let labels = column.labels.iter().map(|&label| class_of[label as usize]).collect();
    Ok(Targets::Classes { names: classes, labels })
}

/// The first label that makes a third class.
fn third(words: &[(String, u64)], class_of: &[u32]) -> CsvError {
    let mut seen: Vec<u32> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for ((word, line), class) in words.iter().zip(class_of) {
        if !seen.contains(class) {
            if seen.len() == 2 {
                return CsvError::ThirdClass { line: *line, text: word.clone(), known };
            }
            seen.push(*class);
            known.push(word.clone());
        }
    }
    CsvError::Empty
}
