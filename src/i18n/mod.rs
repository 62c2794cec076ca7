//! Languages: the words that a person reads, English or Korean, looked up by key. Knows no other room, and nothing of
//! what the words are about.
//!
//! The words live in `assets/locales/en.toml` and `ko.toml`, a table a room. A key is a literal in the source
//! (`text(lang, "cli.done")`), so that `tests/suite/i18n.rs` can prove that none is missing and none is left over.
//!
//! ```
//! use downhill::i18n::{Lang, fill_template};
//! assert_eq!(fill_template("{name:을/를} 고르세요", &[("name", &"학습률")]), "학습률을 고르세요");
//! assert_eq!(Lang::from_tag("ko-KR"), Some(Lang::Ko));
//! ```

mod lang;
mod locale;
mod particle;

pub use lang::{Lang, Localized};
pub use locale::{fill, fill_template, keys, text};
pub use particle::particle;
