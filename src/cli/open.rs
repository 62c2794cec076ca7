//! The window: `downhill`, and `downhill open FILE.toml`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::window::View;
use super::{Context, output};
use crate::explain;
use crate::i18n::{Lang, text};
use crate::scenario;
use crate::session::Session;

#[derive(Args)]
pub(super) struct Arguments {
    /// A scenario
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
}

/// Opens the window, with the prepared example where no scenario is named.
pub(super) fn run(args: Option<&Arguments>, context: &Context<'_>) -> Result<(), Failure> {
    let session = args.map(|args| session(&args.file, context.lang)).transpose()?;
    let window = context.window.ok_or_else(|| no_window(context.lang))?;
    let file = args.map(|args| args.file.clone());
    window.open(View { session, file, lang: context.lang_given, ..View::default() }).map_err(Failure::Machine)
}

/// The session of a scenario file, or what is wrong with the file.
pub(super) fn session(path: &Path, lang: Lang) -> Result<Session, Failure> {
    let source = output::read(path, lang)?;
    let document = scenario::read(&source)
        .map_err(|problem| Failure::Input(format!("{}:{}", path.display(), problem.message(lang, &source))))?;
    Session::open(document).map_err(|refusal| Failure::Input(explain::refusal(lang, &refusal)))
}

/// The sentence of a program that was built without the window.
pub(super) fn no_window(lang: Lang) -> Failure {
    Failure::Machine(text(lang, "cli.no_window").to_owned())
}
