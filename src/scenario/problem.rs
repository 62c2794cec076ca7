//! What is wrong with a scenario, as data and in words.

use crate::explain::{self, Message};
use crate::i18n::{Lang, fill, text};
use crate::lang::Span;
use crate::nn::NameError;
use crate::session::Refusal;
use crate::session::net::NetRefusal;

/// Why a text is no scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// Not TOML, or not of the form that a scenario has.
    Toml {
        /// What the reader says (in English, as it comes from the TOML library).
        message: String,
        /// Where.
        span: Option<Span>,
    },
    /// The field `version` is missing.
    NoVersion,
    /// Of a version that this program does not know.
    Version {
        /// The file's.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// Longer than is read.
    TooLong {
        /// The longest text, in bytes.
        limit: usize,
    },
    /// An optimizer or surface is given in several ways, or in none.
    Choice {
        /// The fields.
        fields: &'static [&'static str],
    },
    /// No racers.
    NoRacers,
    /// An unknown setting, or anything else that a document cannot be.
    Refused(Box<Refusal>),
    /// Anything that a document of a net cannot be.
    NetRefused(Box<NetRefusal>),
    /// A name of a net's part that is not known.
    Name(NameError),
    /// A word that is none of those that may stand there.
    Word {
        /// The word.
        word: String,
        /// Those that may.
        known: Vec<&'static str>,
    },
    /// A scenario about a net, where one about descents is wanted.
    OfANet,
    /// The rows of a table are not in the file: it was too large to be written down.
    NoRows {
        /// What the table is called.
        name: String,
    },
    /// A layer that is not known.
    UnknownLayer {
        /// Its name.
        name: String,
        /// The names of all layers.
        known: Vec<&'static str>,
    },
}

impl Problem {
    /// The problem in words, with its place in the text where that is known (else its beginning).
    pub fn message(&self, lang: Lang, source: &str) -> Message {
        let span = match self {
            Self::Toml { span: Some(span), .. } => *span,
            _ => Span::default(),
        };
        Message::new(self.words(lang), span, source)
    }

    fn words(&self, lang: Lang) -> String {
        match self {
            Self::Toml { message, .. } => {
                // The library's own words may have several lines; each is a sentence of its own.
                let message = message.trim().replace('\n', "; ");
                fill(lang, "scenario.toml", &[("message", &message)])
            }
            Self::NoVersion => text(lang, "scenario.no_version").to_owned(),
            Self::Version { found, known } => fill(lang, "scenario.version", &[("found", found), ("known", known)]),
            Self::TooLong { limit } => fill(lang, "scenario.too_long", &[("limit", limit)]),
            Self::Choice { fields } => {
                let names = fields.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
                fill(lang, "scenario.choice", &[("names", &names)])
            }
            Self::NoRacers => text(lang, "scenario.no_racers").to_owned(),
            Self::Refused(refusal) => explain::refusal(lang, refusal),
            Self::NetRefused(refusal) => explain::net_refusal(lang, refusal),
            Self::Name(error) => explain::name(lang, error),
            Self::Word { word, known } => fill(lang, "scenario.word", &[("word", word), ("known", &known.join(", "))]),
            Self::OfANet => text(lang, "scenario.of_a_net").to_owned(),
            Self::NoRows { name } => fill(lang, "scenario.no_rows", &[("name", name)]),
            Self::UnknownLayer { name, known } => {
                fill(lang, "scenario.unknown_layer", &[("name", name), ("known", &known.join(", "))])
            }
        }
    }

    pub(super) fn toml(error: &toml::de::Error) -> Self {
        let span = error.span().map(|span| Span::new(span.start, span.end));
        Self::Toml { message: error.message().to_owned(), span }
    }
}

impl From<NameError> for Problem {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}
