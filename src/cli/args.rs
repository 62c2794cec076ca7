//! The arguments, as clap reads them: the list of subcommands, and the options that several share.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{
    animate, check, completions, datasets, figure, grad, listing, map, open, run, schedule, screenshot, train,
};
use crate::i18n::Lang;

/// A laboratory for gradient descent. Without a subcommand: the window.
#[derive(Parser)]
#[command(name = "downhill", version, about, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit code 0: done; 2: the input is wrong; 1: the machine failed.")]
pub(super) struct Cli {
    /// Language of messages and of the window [default: the system's]
    #[arg(long, global = true, value_name = "en|ko", value_parser = lang, hide_possible_values = true)]
    pub(super) lang: Option<Lang>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The subcommands.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Open the window with a scenario
    Open(open::Arguments),
    /// Descend, and list every step
    Run(run::Arguments),
    /// Value, gradient, Hessian and derivatives at points, as lines of JSON
    Grad(grad::Arguments),
    /// Train a net on data, and list every epoch
    Train(Box<train::Arguments>),
    /// Basins of attraction, sweeps over settings, stability: a cell a line, or a picture
    Map(map::Arguments),
    /// A figure for a paper or a slide: vectors, a picture, or its numbers
    Figure(Box<figure::Arguments>),
    /// A descent as a film: GIF, animated PNG or WebP, MP4, or numbered pictures
    Animate(Box<animate::Arguments>),
    /// The learning rates of a schedule, step by step
    Schedule(schedule::Arguments),
    /// The loss surfaces; with an ID, everything about one
    Surfaces(listing::Arguments),
    /// The optimizers; with an ID, everything about one
    Optimizers(listing::Arguments),
    /// The learning-rate schedules; with an ID, everything about one
    Schedules(listing::Arguments),
    /// The data sets for nets; with an ID, a file or a curve, everything about it, or its rows
    Datasets(datasets::Arguments),
    /// The prepared figures; with an ID, everything about one
    Presets(listing::Arguments),
    /// Say what is wrong with a scenario, a formula or an update rule, and where
    Check(check::Arguments),
    /// Draw the window without a display
    Screenshot(screenshot::Arguments),
    /// Completions for a shell
    Completions(completions::Arguments),
}

/// Where the result goes.
#[derive(Args)]
pub(super) struct OutputArgs {
    /// Write to this file, whole or not at all, instead of standard output
    #[arg(short, long = "output", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// How the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A header and a line a row
    Csv,
    /// One JSON value
    Json,
}

fn lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| "the languages are `en` (English) and `ko` (한국어)".to_owned())
}
