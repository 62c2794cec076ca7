//! `downhill schedule`: the rates of a schedule, and the reading of schedules for `run`.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{Format, OutputArgs};
use super::failure::Failure;
use super::json::Json;
use super::number::{self, shortest};
use super::output::{self, Output};
use super::{Context, words};
use crate::descent::MAX_STEPS;
use crate::explain;
use crate::i18n::Lang;
use crate::schedule::{self, Schedule, Unread};

#[derive(Args)]
pub(super) struct Arguments {
    /// Kind and arguments (`torch/StepLR:step_size=30`), a formula of t and lr, JSON, or csv:FILE
    #[arg(value_name = "SPEC")]
    spec: String,
    /// The learning rate that the schedule changes
    #[arg(long, value_name = "LR", default_value = "1", allow_hyphen_values = true)]
    lr: String,
    /// How many rates
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    steps: String,
    /// A table with a column `metric`, its value after each update, for the kinds that watch one
    #[arg(long, value_name = "FILE.csv")]
    metrics: Option<PathBuf>,
    /// How the rows are written
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let schedule = read(&args.spec, lang)?;
    let base = number::finite("--lr", &args.lr, lang)?;
    let steps = number::steps("--steps", &args.steps, MAX_STEPS, lang)?;
    let metrics = args.metrics.as_deref().map(|path| metrics(path, lang)).transpose()?.unwrap_or_default();

    let mut output = Output::open(&args.output, lang)?;
    let head = match args.format {
        Format::Csv => "step,lr\n".to_owned(),
        Format::Json => format!("{{\"schedule\":{},\"rows\":[", Json::text(schedule.spec())),
    };
    output.write(head.as_bytes())?;
    let mut cursor = schedule.cursor(base);
    for step in 0..steps {
        let rate = cursor.rate();
        let line = match args.format {
            Format::Csv => format!("{step},{}\n", shortest(rate)),
            Format::Json => {
                let row = Json::object([("step", Json::Count(step as u64)), ("lr", Json::Number(rate))]);
                format!("{}{row}", if step > 0 { "," } else { "" })
            }
        };
        output.write(line.as_bytes())?;
        // After the last metric, and without metrics, nothing improves any more.
        cursor.observe(metrics.get(step).copied().unwrap_or(f64::NAN));
    }
    if args.format == Format::Json {
        output.write(b"]}\n")?;
    }
    output.finish()
}

/// A schedule from its text; `csv:FILE` reads the file.
pub(super) fn read(spec: &str, lang: Lang) -> Result<Schedule, Failure> {
    let read = |path: &str| {
        output::read_text(Path::new(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unread::Missing,
            io::ErrorKind::InvalidData => Unread::NotText,
            _ => Unread::Refused,
        })
    };
    Schedule::parse_with(spec, &read).map_err(|error| words::schedule(lang, spec, &error))
}

/// The column `metric` of a table.
fn metrics(path: &Path, lang: Lang) -> Result<Vec<f64>, Failure> {
    let source = output::read(path, lang)?;
    let found = schedule::column(&source, "metric", &path.display().to_string());
    found.map_err(|error| words::option(lang, "--metrics", &explain::schedule_problem(lang, &error.problem)))
}
