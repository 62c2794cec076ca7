//! `downhill animate`: a descent as a film, from the same figures as `downhill figure`.

mod plan;
mod target;
mod work;

use std::path::PathBuf;

use clap::Args;

use super::Context;
use super::failure::Failure;
use super::figure::{LookArgs, SourceArgs, words};
use super::map::crew;
use crate::figure::{Figure, Request};
use plan::{Plan, PlanArgs};
use target::Target;
use work::Work;

/// The size of a film that does not say one, in points: 800 × 600 pixels.
const USUAL: [f64; 2] = [600.0, 450.0];

#[derive(Args)]
#[command(mut_group("Choice", |group| group.required(false)))]
pub(super) struct Arguments {
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    look: LookArgs,
    #[command(flatten)]
    plan: PlanArgs,
    /// The film, its ending says the format; or numbered pictures, into a folder or by a pattern. A file is written
    /// whole or not at all
    #[arg(short, long = "output", value_name = "FILE.gif|png|webp|mp4|frame-%04d.png|FOLDER/")]
    output: PathBuf,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let lang = context.lang;
    let target = Target::of(&args.output, lang)?;
    let (session, request) = args.source.find(&args.look, lang)?;
    let request = args.look.apply(request, &session, lang)?;
    let size = request.size.or(Some(USUAL));
    let scale = args.look.scale_or(1.0, lang)?;
    let request = Request { size, density: scale.max(1.0), ..request };
    let figure = Figure::with_crew(&session, &request, &crew).map_err(|error| words::failure(&error, lang))?;
    let plan = Plan::new(&args.plan, &target, &session, figure.time(), lang)?;
    let work = Work { figure: &figure, plan: &plan, scale, lang };
    work.film(&target, &args.output)
}
