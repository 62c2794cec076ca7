//! `downhill run`: a descent, or a race of several, step by step.

use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::Context;
use super::args::{Format, OutputArgs};
use super::failure::{Failure, say};
use super::json::Json;
use super::number::{self, shortest};
use super::objective::ObjectiveArgs;
use super::output::Output;
use super::race::{CourseArgs, RaceArgs, Racer};
use crate::descent::{Descent, MAX_STEPS, Outcome, Race, Row, Spec, Stall, StopRule};
use crate::explain;
use crate::i18n::Lang;
use crate::objective::{Batch, Evaluator};
use crate::optim::{Hyperparameter, Scale};
use crate::surface::Surface;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    objective: ObjectiveArgs,
    #[command(flatten)]
    race: RaceArgs,
    /// Where it starts
    #[arg(long, value_name = "X[,Y]", allow_hyphen_values = true)]
    start: String,
    /// How many steps it makes at most
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    steps: String,
    #[command(flatten)]
    course: CourseArgs,
    /// Whether it ends when it has converged or diverged
    #[arg(long, value_enum, default_value = "never")]
    stop: Stop,
    /// How the rows are written
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stop {
    /// Only at a value that is not finite
    Never,
    /// Also when it has converged or diverged
    Auto,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let surface = args.objective.surface(lang)?.into_owned();
    let racers = args.race.racers(lang)?;
    let start = number::point("--start", &args.start, surface.dimension, lang)?;
    let limit = number::steps("--steps", &args.steps, MAX_STEPS, lang)?;
    let schedule = args.course.schedule(lang)?;
    let noise = args.course.noise(lang)?;
    let stop = match args.stop {
        Stop::Never => StopRule::Never,
        Stop::Auto => StopRule::Auto,
    };
    let objective = Arc::new(surface.clone());
    let spec = |racer: &Racer| Spec {
        objective: objective.clone(),
        optimizer: racer.spec.clone(),
        settings: racer.settings.clone(),
        schedule: schedule.clone(),
        start: start.clone(),
        noise,
        batch: Batch::default(),
        stop,
        limit,
    };
    let specs = racers.iter().map(spec).collect();
    let mut race = Race::new(specs).map_err(|(_, error)| Failure::Input(explain::spec(lang, &error)))?;
    let mut output = Output::open(&args.output, lang)?;
    race.advance(limit);

    match args.format {
        Format::Csv => csv(&mut output, &surface, race.balls())?,
        Format::Json => json(&mut output, &surface, race.balls(), context)?,
    }
    output.finish()?;
    for ball in race.balls() {
        let stall = stall(ball);
        let told = |outcome: &&Outcome| stall.is_some() || explain::reason_id(&outcome.reason) != "steps";
        if let Some(outcome) = ball.outcome().filter(told) {
            say(&format!("{}: {}", ball.spec().optimizer.id, ending(outcome, stall.as_ref(), lang, &surface)));
        }
    }
    Ok(())
}

/// The columns after `step`: coordinates, loss, gradient, rate.
fn columns(surface: &Surface) -> Vec<String> {
    let gradient = surface.variables.iter().map(|variable| format!("grad_{variable}"));
    let mut columns = surface.variables.clone();
    columns.push("loss".to_owned());
    columns.extend(gradient);
    columns.push("lr".to_owned());
    columns
}

/// The numbers of those columns; the rate is none in row 0.
fn values(row: &Row<'_>) -> Vec<Option<f64>> {
    let numbers = row.w.iter().chain([&row.loss]).chain(row.gradient).copied().map(Some);
    numbers.chain([row.lr]).collect()
}

fn csv(output: &mut Output, surface: &Surface, balls: &[Descent]) -> Result<(), Failure> {
    let several = balls.len() > 1;
    let first = if several { "optimizer," } else { "" };
    output.write(format!("{first}step,{}\n", columns(surface).join(",")).as_bytes())?;
    for ball in balls {
        let first = if several { format!("{},", ball.spec().optimizer.id) } else { String::new() };
        for row in ball.rows() {
            let cells: Vec<String> = values(&row).into_iter().map(|v| v.map(shortest).unwrap_or_default()).collect();
            output.write(format!("{first}{},{}\n", row.step, cells.join(",")).as_bytes())?;
        }
    }
    Ok(())
}

/// One object, or a list of such objects for a race.
fn json(output: &mut Output, surface: &Surface, balls: &[Descent], context: &Context<'_>) -> Result<(), Failure> {
    let columns = columns(surface);
    let [open, close] = if balls.len() > 1 { ["[", "]\n"] } else { ["", "\n"] };
    output.write(open.as_bytes())?;
    for (k, ball) in balls.iter().enumerate() {
        let optimizer = &ball.spec().optimizer;
        let settings = optimizer.hyperparameters.iter().zip(&ball.spec().settings);
        let settings = settings.map(|(h, &value)| (h.name.clone(), setting(h, value))).collect();
        let comma = if k > 0 { "," } else { "" };
        let surface_id = Json::optional(surface.id.as_deref());
        let formula = Json::text(surface.source.as_str());
        let (id, settings) = (Json::text(optimizer.id.as_str()), Json::Object(settings));
        let head = format!(
            "{comma}{{\"surface\":{surface_id},\"formula\":{formula},\"optimizer\":{id},\"settings\":{settings},\"rows\":["
        );
        output.write(head.as_bytes())?;
        for row in ball.rows() {
            let values = values(&row).into_iter().map(|value| value.map_or(Json::Null, Json::Number));
            let mut fields = vec![("step".to_owned(), Json::Count(row.step as u64))];
            fields.extend(columns.iter().cloned().zip(values));
            let comma = if row.step > 0 { "," } else { "" };
            output.write(format!("{comma}{}", Json::Object(fields)).as_bytes())?;
        }
        output.write(format!("],\"stop\":{}}}", stop(ball, context, surface)).as_bytes())?;
    }
    output.write(close.as_bytes())
}

pub(super) fn setting(hyperparameter: &Hyperparameter, value: f64) -> Json {
    if hyperparameter.scale == Scale::Switch { Json::Bool(value != 0.0) } else { Json::Number(value) }
}

/// Why it has not arrived, if something is seen.
fn stall(ball: &Descent) -> Option<Stall> {
    ball.stall(&mut Evaluator::new(ball.spec().objective.clone()))
}

/// How it ended, and why it has not arrived, in words.
fn ending(outcome: &Outcome, stall: Option<&Stall>, lang: Lang, surface: &Surface) -> String {
    let ended = explain::outcome(lang, outcome);
    stall.map_or(ended.clone(), |stall| format!("{ended}; {}", explain::stall(lang, stall, &surface.variables)))
}

fn stop(ball: &Descent, context: &Context<'_>, surface: &Surface) -> Json {
    ball.outcome().map_or(Json::Null, |outcome: &Outcome| {
        Json::object([
            ("reason", Json::text(explain::reason_id(&outcome.reason))),
            ("step", Json::Count(outcome.step as u64)),
            ("text", Json::text(ending(outcome, stall(ball).as_ref(), context.lang, surface))),
        ])
    })
}
