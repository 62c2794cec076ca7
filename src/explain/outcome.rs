//! Why a descent ended, in a sentence with its numbers.

use super::number;
use crate::descent::{Cause, Outcome, Quantity, Reason, Sign};
use crate::i18n::{Lang, fill, text};
use crate::surface::Nature;

/// The reason as a sentence without a period: `converged at step 112 …`, `… η·λmax = 2.31 > 2: each step overshoots
/// further`.
pub fn outcome(lang: Lang, outcome: &Outcome) -> String {
    let step = &outcome.step;
    match &outcome.reason {
        Reason::Converged { since, size, eigenvalues } => {
            let said = fill(lang, "outcome.converged", &[("step", step), ("since", since), ("size", &number(*size))]);
            match Nature::of(eigenvalues) {
                Nature::Minimum => fill(lang, "outcome.minimum", &[("said", &said)]),
                Nature::Maximum => fill(lang, "outcome.maximum", &[("said", &said)]),
                Nature::Saddle => fill(lang, "outcome.saddle", &[("said", &said)]),
                Nature::Degenerate if eigenvalues.is_empty() => said,
                Nature::Degenerate => fill(lang, "outcome.level", &[("said", &said)]),
            }
        }
        Reason::Diverged { sign, cause } => {
            let said = match sign {
                Sign::Loss { from, to } => {
                    let (from, to) = (number(*from), number(*to));
                    fill(lang, "outcome.loss_grew", &[("step", step), ("from", &from), ("to", &to)])
                }
                Sign::Distance(distance) => {
                    fill(lang, "outcome.went_far", &[("step", step), ("distance", &number(*distance))])
                }
            };
            because(lang, said, cause)
        }
        Reason::NonFinite { what, cause } => {
            let what = match what {
                Quantity::Parameter => text(lang, "outcome.parameter"),
                Quantity::Loss => text(lang, "outcome.loss"),
                Quantity::Gradient => text(lang, "outcome.gradient"),
            };
            because(lang, fill(lang, "outcome.nonfinite", &[("step", step), ("what", &what)]), cause)
        }
        Reason::StepLimit => fill(lang, "outcome.steps", &[("step", step)]),
    }
}

/// The word for a reason in files: `steps`, `converged`, `diverged`, `nonfinite`.
pub fn reason_id(reason: &Reason) -> &'static str {
    match reason {
        Reason::Converged { .. } => "converged",
        Reason::Diverged { .. } => "diverged",
        Reason::NonFinite { .. } => "nonfinite",
        Reason::StepLimit => "steps",
    }
}

fn because(lang: Lang, said: String, cause: &Cause) -> String {
    let cause = match cause {
        Cause::Overshoot { rate, curvature, limit, momentum, .. } => {
            let product = number(rate * curvature);
            let heavy_ball = momentum.is_some_and(|momentum| (2.0 * (1.0 + momentum) - limit).abs() < 1e-6 * limit);
            let limit = number(*limit);
            let limit = if heavy_ball { fill(lang, "outcome.momentum_limit", &[("limit", &limit)]) } else { limit };
            fill(lang, "outcome.overshoot", &[("product", &product), ("limit", &limit)])
        }
        Cause::Bottomless => text(lang, "outcome.bottomless").to_owned(),
        Cause::Outside => text(lang, "outcome.outside").to_owned(),
        Cause::Unknown => return said,
    };
    fill(lang, "outcome.because", &[("said", &said), ("cause", &cause)])
}
