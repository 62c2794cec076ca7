//! Texts to start from: formulas and rules that a person changes (`assets/snippets.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::i18n::{Lang, Localized};

/// A formula or a rule to start from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snippet {
    /// A plain name.
    pub id: String,
    /// What people call it.
    pub title: Localized,
    /// What it shows, in a sentence.
    pub note: Localized,
    /// The text.
    text: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    formula: Vec<Snippet>,
    rule: Vec<Snippet>,
}

/// The text that the program carries; the tests read and compile all of it.
static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/snippets.toml")).unwrap_or_default());

/// Formulas to start from, in the order of the list.
pub fn formula_snippets() -> &'static [Snippet] {
    &FILE.formula
}

/// Rules to start from, in the order of the list.
pub fn rule_snippets() -> &'static [Snippet] {
    &FILE.rule
}

impl Snippet {
    /// The text of a formula.
    pub fn formula(&self) -> &str {
        self.text.trim()
    }

    /// The text of a rule, named by a comment on its first line.
    pub fn rule(&self, lang: Lang) -> String {
        format!("# {}\n{}", self.title.get(lang), self.text.trim())
    }
}
