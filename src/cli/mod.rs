//! The command line: a file a subcommand.

use std::fmt::Display;

use crate::i18n::{Lang, fill};

/// The sentence for a machine without a display.
pub fn no_window(lang: Lang, cause: &dyn Display) -> String {
    fill(lang, "cli.no_window_here", &[("cause", cause)])
}
