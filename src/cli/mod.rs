//! The command line: a file a subcommand.
//!
//! Arguments become values of the rooms above, and what those compute becomes lines of text. What scripts rely on:
//! results on standard output or in `-o FILE` (whole or not at all), messages on standard error, exit code 0 when the
//! work is done, 2 when the input is wrong, 1 when the machine failed. The window is not known here: whoever starts the
//! process hands in a [`Window`], or none.

mod animate;
mod args;
mod check;
mod completions;
mod data;
mod datasets;
mod failure;
mod figure;
mod grad;
mod json;
mod listing;
mod map;
mod number;
mod objective;
mod open;
mod optimizers;
mod output;
mod race;
mod run;
mod schedule;
mod schedules;
mod screenshot;
mod surfaces;
mod table;
mod train;
mod window;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::i18n::Lang;
use args::{Cli, Command};
use failure::Failure;
pub use window::{Theme, View, Window};

/// What every subcommand is told besides its arguments.
#[derive(Clone, Copy)]
struct Context<'a> {
    lang: Lang,
    /// The language that was asked for, none for the system's.
    lang_given: Option<Lang>,
    window: Option<&'a dyn Window>,
}

/// Runs the program: a subcommand, or the window.
pub fn main(arguments: impl Iterator<Item = OsString>, window: Option<&dyn Window>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(message) => {
            // A reader that has gone away needs no message.
            _ = message.print();
            return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2));
        }
    };
    let lang = cli.lang.unwrap_or_else(system_lang);
    let context = Context { lang, lang_given: cli.lang, window };
    match dispatch(cli.command, &context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(lang),
    }
}

fn system_lang() -> Lang {
    sys_locale::get_locale().and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default()
}

fn dispatch(command: Option<Command>, context: &Context<'_>) -> Result<(), Failure> {
    match command {
        None => open::run(None, context),
        Some(Command::Open(args)) => open::run(Some(&args), context),
        Some(Command::Run(args)) => run::run(&args, context),
        Some(Command::Grad(args)) => grad::run(&args, context),
        Some(Command::Map(args)) => map::run(&args, context),
        Some(Command::Train(args)) => train::run(&args, context),
        Some(Command::Animate(args)) => animate::run(&args, context),
        Some(Command::Figure(args)) => figure::run(&args, context),
        Some(Command::Schedule(args)) => schedule::run(&args, context),
        Some(Command::Surfaces(args)) => surfaces::run(&args, context),
        Some(Command::Optimizers(args)) => optimizers::run(&args, context),
        Some(Command::Schedules(args)) => schedules::run(&args, context),
        Some(Command::Datasets(args)) => datasets::run(&args, context),
        Some(Command::Presets(args)) => figure::presets::run(&args, context),
        Some(Command::Check(args)) => check::run(&args, context),
        Some(Command::Screenshot(args)) => screenshot::run(&args, context),
        Some(Command::Completions(args)) => completions::run(&args),
    }
}
