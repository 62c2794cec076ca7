//! `downhill grad`: value, gradient, Hessian and printed derivatives, a line of JSON a point.

use std::sync::Arc;

use clap::Args;

use super::Context;
use super::args::OutputArgs;
use super::failure::Failure;
use super::json::Json;
use super::number;
use super::objective::ObjectiveArgs;
use super::output;
use crate::lang::{derivative, print_text};
use crate::objective::Evaluator;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    objective: ObjectiveArgs,
    /// A point; may be repeated
    #[arg(long = "at", value_name = "X[,Y]", required = true, allow_hyphen_values = true)]
    at: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Arguments, context: &Context<'_>) -> Result<(), Failure> {
    let surface = args.objective.surface(context.lang)?;
    let n = surface.dimension;
    let points: Vec<Vec<f64>> =
        args.at.iter().map(|text| number::point("--at", text, n, context.lang)).collect::<Result<_, _>>()?;
    let derivatives = surface.variables.iter().map(|variable| derivative(&surface.formula.body, variable));
    let derivatives =
        Json::List(derivatives.map(|expr| expr.map_or(Json::Null, |expr| Json::Text(print_text(&expr)))).collect());
    let mut evaluator = Evaluator::new(Arc::new(surface.into_owned()));
    let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
    let mut lines = String::new();
    for point in points {
        let value = evaluator.hessian(&point, &mut gradient, &mut hessian);
        let line = Json::object([
            ("value", Json::Number(value)),
            ("gradient", Json::numbers(&gradient)),
            ("hessian", Json::List(hessian.chunks(n).map(Json::numbers).collect())),
            ("derivative", derivatives.clone()),
        ]);
        lines.push_str(&format!("{line}\n"));
    }
    output::write_all(&args.output, context.lang, lines.as_bytes())
}
