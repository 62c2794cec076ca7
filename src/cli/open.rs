//! The window: `downhill`, and `downhill open FILE.toml`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::window::View;
use super::{Context, output};
use crate::explain;
use crate::i18n::{Lang, text};
use crate::scenario::{self, Scenario};
use crate::session::Session;
use crate::session::net::NetSession;

#[derive(Args)]
pub(super) struct Arguments {
    /// A scenario, or a picture or film that Downhill made
    #[arg(value_name = "FILE.toml|PICTURE")]
    file: PathBuf,
}

/// Opens the window, with the prepared example where no scenario is named.
pub(super) fn run(args: Option<&Arguments>, context: &Context<'_>) -> Result<(), Failure> {
    let view = args.map(|args| view(&args.file, context.lang)).transpose()?.unwrap_or_default();
    let window = context.window.ok_or_else(|| no_window(context.lang))?;
    window.open(View { lang: context.lang_given, ..view }).map_err(Failure::Machine)
}

/// A view of a scenario file or of a picture with one in it, or what is wrong with the file.
pub(super) fn view(path: &Path, lang: Lang) -> Result<View, Failure> {
    let source = output::read_scenario(path, lang)?;
    let scenario = scenario::open(&source)
        .map_err(|problem| Failure::Input(format!("{}:{}", path.display(), problem.message(lang, &source))))?;
    // A picture is not what the scenario in it is saved to.
    let file = Some(path.to_owned()).filter(|path| !output::is_picture(path));
    let mut view = View { file, ..View::default() };
    match scenario {
        Scenario::Descent(document) => {
            let session = Session::open(*document).map_err(|why| Failure::Input(explain::refusal(lang, &why)))?;
            view.session = Some(session);
        }
        Scenario::Net(document) => {
            let session =
                NetSession::open(*document).map_err(|why| Failure::Input(explain::net_refusal(lang, &why)))?;
            view.net = Some(session);
        }
    }
    Ok(view)
}

/// The session of a scenario about descents, or what is wrong with the file.
pub(super) fn session(path: &Path, lang: Lang) -> Result<Session, Failure> {
    let source = output::read_scenario(path, lang)?;
    let document = scenario::read(&source)
        .map_err(|problem| Failure::Input(format!("{}:{}", path.display(), problem.message(lang, &source))))?;
    Session::open(document).map_err(|why| Failure::Input(explain::refusal(lang, &why)))
}

/// The sentence of a program that was built without the window.
pub(super) fn no_window(lang: Lang) -> Failure {
    Failure::Machine(text(lang, "cli.no_window").to_owned())
}
