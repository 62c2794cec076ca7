//! Why a descent has not arrived, in a sentence with its numbers.

use super::number;
use crate::descent::Stall;
use crate::i18n::{Lang, fill};

/// The reason as a sentence without a period; `variables` are the names of the parameters.
pub fn stall(lang: Lang, stall: &Stall, variables: &[String]) -> String {
    match stall {
        Stall::Cycle { parameter, jump, rate } => {
            let name = variables.get(*parameter).cloned().unwrap_or_else(|| format!("w{}", parameter + 1));
            let (jumps, rates) = (number(*jump), number(jump / rate));
            let values: [(&str, &dyn std::fmt::Display); 3] = [("name", &name), ("jump", &jumps), ("rates", &rates)];
            fill(lang, "stall.cycle", &values)
        }
        Stall::Plateau { slope, steepest, curvature } => {
            let (slope, steepest, curvature) = (number(*slope), number(*steepest), number(*curvature));
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("slope", &slope), ("steepest", &steepest), ("curvature", &curvature)];
            fill(lang, "stall.plateau", &values)
        }
        Stall::Brake { state, first, last } => {
            let (first, last) = (number(*first), number(*last));
            let values: [(&str, &dyn std::fmt::Display); 3] = [("state", state), ("first", &first), ("last", &last)];
            fill(lang, "stall.brake", &values)
        }
        Stall::Slow { pace, left, steps: Some(steps) } => {
            let (pace, left, steps) = (number(*pace), number(*left), number(*steps));
            let values: [(&str, &dyn std::fmt::Display); 3] = [("pace", &pace), ("left", &left), ("steps", &steps)];
            fill(lang, "stall.slow", &values)
        }
        Stall::Slow { left, steps: None, .. } => fill(lang, "stall.still", &[("left", &number(*left))]),
    }
}
