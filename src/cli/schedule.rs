//! `downhill schedule`: the rates of a schedule, and the reading of schedules for `run`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{Format, OutputArgs};
use super::failure::Failure;
use super::json::Json;
use super::number::{self, shortest};
use super::output::{self, Output};
use super::{Context, words};
use crate::descent::MAX_STEPS;
use crate::i18n::{Lang, fill};
use crate::schedule::Schedule;

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
    Schedule::parse_with(spec, &|path| output::read_text(Path::new(path)))
        .map_err(|error| words::schedule(lang, spec, &error))
}

/// The column `metric` of a table.
fn metrics(path: &Path, lang: Lang) -> Result<Vec<f64>, Failure> {
    let source = output::read(path, lang)?;
    let place = path.display();
    let no_column = || Failure::Input(fill(lang, "cli.no_metric_column", &[("path", &place)]));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(source.as_bytes());
    let header = reader.headers().map_err(|_| no_column())?;
    let column = header.iter().position(|name| name == "metric").ok_or_else(no_column)?;
    let mut values = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|_| no_column())?;
        let cell = record.get(column).unwrap_or_default();
        let line = record.position().map_or(row as u64 + 2, csv::Position::line);
        let bad = || Failure::Input(fill(lang, "cli.bad_metric", &[("path", &place), ("line", &line), ("text", &cell)]));
        values.push(cell.parse::<f64>().map_err(|_| bad())?);
    }
    Ok(values)
}
