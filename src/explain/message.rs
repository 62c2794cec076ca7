//! A message about a place in a text: what is wrong, where, and the line with a mark under it.

use std::fmt;

use crate::lang::Span;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What is wrong and how to cure it: one sentence without a period.
    pub text: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The line, shortened around the place if it is long.
    pub excerpt: String,
    /// Blanks and carets that stand under the place in the excerpt, in a font of one width.
    pub carets: String,
}

/// How much of a line is shown before and after the beginning of the place, in characters.
const AROUND: usize = 48;

impl Message {
    /// A message about a span of a source.
    pub fn new(text: String, span: Span, source: &str) -> Self {
        let (line, column) = span.line_column(source);
        let whole = source.lines().nth(line - 1).unwrap_or("");
        let length = span.of(source).lines().next().unwrap_or("").chars().count().max(1);
        let skipped = (column - 1).saturating_sub(AROUND);
        let mut shown: Vec<char> = whole.chars().skip(skipped).take(2 * AROUND).map(plain).collect();
        let mut at = column - 1 - skipped;
        let after = whole.chars().count() > skipped + shown.len();
        let room = shown.len().saturating_sub(at).max(1);
        if skipped > 0 {
            shown.insert(0, '…');
            at += 1;
        }
        let before: usize = shown.iter().take(at).map(|c| width(*c)).sum();
        let under: usize = shown.iter().skip(at).take(length.min(room)).map(|c| width(*c)).sum();
        if after {
            shown.push('…');
        }
        let carets = format!("{}{}", " ".repeat(before), "^".repeat(under.max(1)));
        Self { text, line, column, excerpt: shown.into_iter().collect(), carets }
    }
}

impl fmt::Display for Message {
    /// `line:column: text`, and under it the excerpt with its carets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, line, column, excerpt, carets } = self;
        write!(f, "{line}:{column}: {text}\n    {excerpt}\n    {carets}")
    }
}

/// Blanks of every kind become one blank, so that the carets stay under their place.
fn plain(c: char) -> char {
    if c.is_whitespace() || c.is_control() { ' ' } else { c }
}

/// The cells that a character takes in a terminal.
fn width(c: char) -> usize {
    let wide = matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}');
    if wide { 2 } else { 1 }
}
