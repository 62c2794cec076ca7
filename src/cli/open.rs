//! The window: `downhill`.

use super::Context;
use super::failure::Failure;
use super::window::View;
use crate::i18n::{Lang, text};

pub(super) fn run(context: &Context<'_>) -> Result<(), Failure> {
    let window = context.window.ok_or_else(|| no_window(context.lang))?;
    window.open(View { session: None, lang: context.lang_given, theme: None }).map_err(Failure::Machine)
}

/// The sentence of a program that was built without the window.
pub(super) fn no_window(lang: Lang) -> Failure {
    Failure::Machine(text(lang, "cli.no_window").to_owned())
}
