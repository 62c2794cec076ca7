//! The text of a box laid out: each piece in its color, what is wrong underlined, brackets that belong together marked.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Stroke};

use super::{Mark, byte};
use crate::app::paint::face;
use crate::app::theme::{Theme, sizes};
use crate::lang::{Span, TokenClass, matching_brackets, tokens};

/// The text, wrapped to `width`; `cursor` is the character that the cursor stands before.
pub(super) fn job(text: &str, marks: &[Mark], cursor: Option<usize>, theme: &Theme, width: f32) -> LayoutJob {
    let font = face(sizes().number, true);
    let brackets = cursor.and_then(|index| matching_brackets(text, byte(text, index)));
    let wrong: Vec<Span> = marks.iter().map(|mark| visible(text, mark.span)).collect();
    let pieces = tokens(text);
    let mut job = LayoutJob { keep_trailing_whitespace: true, ..LayoutJob::default() };
    job.wrap.max_width = width;
    for pair in cuts(text, &pieces, &wrong).windows(2) {
        let here = Span::new(pair[0], pair[1]);
        let within = |span: &Span| span.start <= here.start && here.end <= span.end;
        let class = pieces.iter().find(|(span, _)| within(span)).map(|(_, class)| *class);
        let marked = brackets.is_some_and(|pair| pair.iter().any(within));
        job.append(here.of(text), 0.0, format(&font, theme, class, wrong.iter().any(within), marked));
    }
    job
}

/// A place without width, such as the end of the text, is shown on the sign before it; one that does not fit the text
/// (any more) is cut to it.
fn visible(text: &str, span: Span) -> Span {
    let boundary = |at: usize| (at..text.len()).find(|&k| text.is_char_boundary(k)).unwrap_or(text.len());
    let (start, end) = (boundary(span.start), boundary(span.end));
    if start < end {
        return Span::new(start, end);
    }
    let sign = text[..start].char_indices().rfind(|(_, c)| !c.is_whitespace());
    sign.map_or(Span::new(0, start), |(at, c)| Span::new(at, at + c.len_utf8()))
}

/// Where the look of the text can change: ascending, both ends included.
fn cuts(text: &str, pieces: &[(Span, TokenClass)], wrong: &[Span]) -> Vec<usize> {
    let spans = pieces.iter().map(|(span, _)| span).chain(wrong);
    let mut cuts: Vec<usize> = spans.flat_map(|span| [span.start, span.end]).chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn format(font: &FontId, theme: &Theme, class: Option<TokenClass>, wrong: bool, marked: bool) -> TextFormat {
    TextFormat {
        font_id: font.clone(),
        color: color(theme, class),
        background: if marked { theme.accent_soft } else { Color32::TRANSPARENT },
        underline: if wrong { Stroke::new(1.5, theme.bad) } else { Stroke::NONE },
        ..TextFormat::default()
    }
}

/// The color of a piece of the language.
pub(in crate::app) fn color(theme: &Theme, class: Option<TokenClass>) -> Color32 {
    match class {
        Some(TokenClass::Number | TokenClass::Constant) => theme.code_number,
        Some(TokenClass::Function) => theme.code_function,
        Some(TokenClass::Parameter) => theme.code_parameter,
        Some(TokenClass::Keyword) => theme.code_keyword,
        Some(TokenClass::Name) => theme.text,
        Some(TokenClass::Operator | TokenClass::Bracket) => theme.muted,
        Some(TokenClass::Unknown) => theme.bad,
        Some(TokenClass::Comment) | None => theme.faint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::ThemeName;

    #[test]
    fn what_is_wrong_is_underlined_where_it_stands_and_nothing_else() {
        let text = "sine(x) + 2*z";
        let mark = |start, end| Mark { span: Span::new(start, end), words: String::new(), cure: None };
        let job = job(text, &[mark(0, 4), mark(12, 13), mark(40, 50)], None, Theme::get(ThemeName::Dark), 200.0);
        let underlined: Vec<&str> = job
            .sections
            .iter()
            .filter(|section| section.format.underline != Stroke::NONE)
            .map(|section| &job.text[section.byte_range.start.0..section.byte_range.end.0])
            .collect();
        assert_eq!(job.text, text);
        assert_eq!(underlined, ["sine", "z"]);
    }

    #[test]
    fn a_place_without_width_is_seen() {
        for (text, span, seen) in [
            ("x + ", Span::new(4, 4), "+"),
            ("", Span::new(0, 0), ""),
            ("x\n", Span::new(2, 2), "x"),
            ("π", Span::new(1, 1), "π"),
        ] {
            assert_eq!(visible(text, span).of(text), seen, "{text:?}");
        }
    }
}
