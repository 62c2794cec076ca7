//! `downhill check`: says what is wrong with scenarios, a formula or an update rule, and where, or `ok`.

use std::path::PathBuf;

use clap::Args;

use super::args::OutputArgs;
use super::failure::Failure;
use super::{Context, objective, open, output, words};
use crate::optim::OptimizerSpec;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct What {
    /// Scenarios
    #[arg(value_name = "FILE.toml")]
    files: Vec<PathBuf>,
    /// A formula of x, or of x and y
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    formula: Option<String>,
    /// A file with an update rule
    #[arg(long, value_name = "FILE")]
    rule: Option<PathBuf>,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    if let Some(formula) = &args.what.formula {
        objective::from_formula(formula, None, lang)?;
    }
    if let Some(path) = &args.what.rule {
        let source = output::read(path, lang)?;
        OptimizerSpec::from_rule(&source)
            .map_err(|problems| words::diagnostics(lang, &path.display().to_string(), &source, &problems))?;
    }
    // All files are looked at before anything is said.
    let problems = args.what.files.iter().filter_map(|path| match open::view(path, lang) {
        Err(Failure::Input(problem)) => Some(problem),
        _ => None,
    });
    let problems: Vec<String> = problems.collect();
    if !problems.is_empty() {
        return Err(Failure::Input(problems.join("\n")));
    }
    output::write_all(&args.output, lang, b"ok\n")
}
