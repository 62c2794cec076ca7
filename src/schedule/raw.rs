//! Values of arguments before anyone knows what they should be: from the text of a schedule, from JSON, or from the
//! catalogue's file.

use serde_json::Value as Json;

use super::error::{ScheduleError, ScheduleProblem};
use crate::lang::Span;

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    /// `none`
    None,
    /// `true`, `false`
    Switch(bool),
    /// A number.
    Number(f64),
    /// Anything else.
    Text(String),
    /// `[…]`
    List(Vec<Self>),
    /// A JSON object.
    Object(Vec<(String, Self)>),
}

impl Raw {
    /// Of JSON.
    pub(super) fn of_json(value: &Json) -> Self {
        match value {
            Json::Null => Self::None,
            Json::Bool(switch) => Self::Switch(*switch),
            Json::Number(number) => number.as_f64().map_or(Self::None, Self::Number),
            Json::String(text) => Self::of_word(text),
            Json::Array(list) => Self::List(list.iter().map(Self::of_json).collect()),
            Json::Object(map) => Self::Object(map.iter().map(|(k, v)| (k.clone(), Self::of_json(v))).collect()),
        }
    }

    /// Of the catalogue's file.
    pub(super) fn of_toml(value: &toml::Value) -> Self {
        match value {
            toml::Value::Boolean(switch) => Self::Switch(*switch),
            toml::Value::Integer(number) => Self::Number(*number as f64),
            toml::Value::Float(number) => Self::Number(*number),
            toml::Value::String(text) => Self::of_word(text),
            toml::Value::Array(list) => Self::List(list.iter().map(Self::of_toml).collect()),
            toml::Value::Table(map) => Self::Object(map.iter().map(|(k, v)| (k.clone(), Self::of_toml(v))).collect()),
            toml::Value::Datetime(date) => Self::Text(date.to_string()),
        }
    }

    /// Of text: `none`, `true`, a number, a list in brackets, a JSON object, or just a text (quotation marks are taken off).
    pub(super) fn of_text(piece: &Piece<'_>) -> Result<Self, ScheduleError> {
        let text = piece.text;
        if let Some(inside) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            let inside = Piece { text: inside, start: piece.start + 1 };
            let list = inside.split(',')?.iter().map(Self::of_text).collect::<Result<_, _>>()?;
            return Ok(Self::List(list));
        }
        if text.starts_with('{') {
            return piece.json().map(|value| Self::of_json(&value));
        }
        let unquoted = ['"', '\''].into_iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
        Ok(unquoted.map_or_else(|| Self::of_word(text), |text| Self::Text(text.to_owned())))
    }

    fn of_word(text: &str) -> Self {
        match text {
            "none" | "null" | "None" => Self::None,
            "true" | "True" => Self::Switch(true),
            "false" | "False" => Self::Switch(false),
            // The letters keep `nan` and `infinity` out.
            _ if !text.contains(['n', 'N']) => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Self::Number(number),
                _ => Self::Text(text.to_owned()),
            },
            _ => Self::Text(text.to_owned()),
        }
    }

    /// As one would write it, shortened: for messages.
    pub(super) fn show(&self) -> String {
        let text = match self {
            Self::None => "none".to_owned(),
            Self::Switch(switch) => switch.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::List(list) => format!("[{}]", list.iter().map(Self::show).collect::<Vec<_>>().join(", ")),
            Self::Object(_) => "{…}".to_owned(),
        };
        if text.chars().count() > 60 { text.chars().take(59).chain(['…']).collect() } else { text }
    }
}

/// A part of the text of a schedule, without blanks around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// Where it begins in the whole text, in bytes.
    pub(super) start: usize,
}

impl<'a> Piece<'a> {
    /// `text`, which begins at `start`, without its blanks.
    pub(super) fn new(text: &'a str, start: usize) -> Self {
        let rest = text.trim_start();
        Self { text: rest.trim_end(), start: start + text.len() - rest.len() }
    }

    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.start + self.text.len() }
    }

    /// The parts between separators that stand in no bracket and no quotation; none of a blank text.
    pub(super) fn split(&self, separator: char) -> Result<Vec<Piece<'a>>, ScheduleError> {
        let mut parts = Vec::new();
        if self.text.is_empty() {
            return Ok(parts);
        }
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut quote: Option<(char, usize)> = None;
        let mut from = 0;
        for (at, c) in self.text.char_indices() {
            let here = Span { start: self.start + at, end: self.start + at + c.len_utf8() };
            match c {
                _ if quote.is_some_and(|(mark, _)| mark != c) => {}
                '"' | '\'' => quote = if quote.is_some() { None } else { Some((c, at)) },
                '(' => open.push((')', at)),
                '[' => open.push((']', at)),
                '{' => open.push(('}', at)),
                ')' | ']' | '}' if open.pop().is_none_or(|(close, _)| close != c) => {
                    return Err(ScheduleProblem::Unbalanced.at(here));
                }
                _ if c == separator && open.is_empty() => {
                    parts.push(Piece::new(&self.text[from..at], self.start + from));
                    from = at + c.len_utf8();
                }
                _ => {}
            }
        }
        if let Some((_, at)) = quote.or_else(|| open.pop()) {
            let start = self.start + at;
            return Err(ScheduleProblem::Unbalanced.at(Span { start, end: start + 1 }));
        }
        parts.push(Piece::new(&self.text[from..], self.start + from));
        Ok(parts)
    }

    /// Read as JSON.
    pub(super) fn json(&self) -> Result<Json, ScheduleError> {
        serde_json::from_str(self.text).map_err(|error| {
            let before: usize =
                self.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let mut at = (before + error.column().saturating_sub(1)).min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            let start = self.start + at;
            ScheduleProblem::Json.at(Span { start, end: start })
        })
    }
}
