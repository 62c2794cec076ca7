//! `downhill completions`: what a shell needs to complete the commands and their options.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::args::{Cli, OutputArgs};
use super::failure::Failure;
use super::output;
use crate::i18n::Lang;

#[derive(Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Arguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "downhill", &mut script);
    output::write_all(&args.output, Lang::default(), &script)
}
