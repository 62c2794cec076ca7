//! Where something stands in a text. Knows nothing of what stands there.

/// A range of bytes of a text, `start..end`. Never part of what two expressions are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same so many bytes further on.
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The text that stands there; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The text with another in place of what stands there, and the place behind it; none where the span does not fit.
    pub fn replaced(self, text: &str, by: &str) -> Option<(String, usize)> {
        let (before, after) = (text.get(..self.start)?, text.get(self.end..)?);
        Some((format!("{before}{by}{after}"), before.len() + by.len()))
    }

    /// The place of the first byte as a number of characters from the start of the text.
    pub fn character(self, text: &str) -> usize {
        text.char_indices().take_while(|(at, _)| *at < self.start).count()
    }

    /// Line and column of the first byte, both from 1, the column in characters.
    pub fn line_column(self, text: &str) -> (usize, usize) {
        let before = text.get(..self.start.min(text.len())).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}
