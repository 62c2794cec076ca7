//! Why a command did not do its work, and the exit codes.

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::i18n::{Lang, text};

/// Why a command did not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// The input is wrong: a message with the place and the cure.
    Input(String),
    /// The machine failed: disk full, no display.
    Machine(String),
    /// Whoever reads the output has seen enough (`downhill run … | head`).
    ReaderGone,
}

impl Failure {
    /// Says it on standard error and gives the exit code.
    pub(super) fn report(self, lang: Lang) -> ExitCode {
        match self {
            Self::Input(message) => {
                complain(lang, &message);
                ExitCode::from(2)
            }
            Self::Machine(message) => {
                complain(lang, &message);
                ExitCode::from(1)
            }
            Self::ReaderGone => ExitCode::SUCCESS,
        }
    }
}

/// An error message on standard error.
pub(super) fn complain(lang: Lang, message: &str) {
    say(&format!("{}: {message}", text(lang, "cli.error")));
}

/// A line on standard error. That nobody can be told that nobody can be told is no reason to stop.
pub(super) fn say(message: &str) {
    _ = writeln!(io::stderr().lock(), "{message}");
}
