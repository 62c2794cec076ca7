//! The first entries of a chooser: a text of one's own, and texts to start from.

use crate::app::widgets::Choice;
use crate::i18n::{self, Lang};
use crate::session::Snippet;

/// The entry `write`, and one for each snippet.
pub(in crate::app) fn choices(
    lang: Lang,
    write: &'static str,
    hint: &'static str,
    snippets: &'static [Snippet],
) -> Vec<Choice<'static>> {
    let entry = |group, name, hint| Choice { group, name, note: String::new(), picture: None, hint };
    let own = entry(i18n::text(lang, "app.group_own"), write, hint);
    let start = i18n::text(lang, "app.group_start");
    let snippets = snippets.iter().map(|snippet| entry(start, snippet.title.get(lang), snippet.note.get(lang)));
    [own].into_iter().chain(snippets).collect()
}
