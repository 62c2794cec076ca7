//! The numbers that the inspector shows about the selected racer, read off the session once a frame.
//!
//! What a number means is the session's affair and the surface's; here it becomes text of a fixed width.

use super::model;
use super::theme::{RacerLook, Theme};
use super::widgets::show_number;
use crate::descent::Character;
use crate::explain::steady;
use crate::i18n::{self, Lang};
use crate::objective::{Counts, Evaluator};
use crate::session::Session;
use crate::surface::Curvature;

/// How the learning rate stands to the curvature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// Below half of the limit: it goes down without overshooting.
    Steady,
    /// Between half of the limit and the limit: each step overshoots and comes back nearer.
    Overshoots,
    /// Beyond the limit: each step overshoots further.
    Unstable,
    /// There is no limit here: no direction curves upward.
    Unknown,
}

/// The inspector's numbers as text.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub look: RacerLook,
    pub limit_of_rate: Option<Option<f64>>,
    pub optimizer: String,
    pub step: usize,
    pub loss: String,
    pub iterate: Vec<String>,
    pub gradient: Vec<String>,
    pub next_step: Vec<String>,
    pub slope: String,
    pub rate: String,
    pub evaluations: String,
    pub rule: Vec<String>,
    pub states: Vec<(String, Vec<String>)>,
    pub eigenvalues: Vec<String>,
    pub condition: Option<String>,
    pub limit: String,
    pub health: Health,
    pub health_words: String,
    pub outcome: Option<String>,
}

impl Reading {
    /// Reads the selected racer's numbers at the present step.
    pub(super) fn of(session: &Session, theme: &Theme, evaluator: &mut Evaluator, lang: Lang) -> Option<Self> {
        let document = session.document();
        let racer = document.racer(document.selected)?;
        let spec = session.optimizer(racer.id)?;
        let run = session.run(racer.id)?;
        let step = document.transport.step().min(run.last_step());
        let row = run.row(step);
        let next = (step < run.last_step()).then(|| run.row(step + 1));
        let curvature = Curvature::at(evaluator, row.w);
        let sharpness = curvature.sharpness().filter(|most| *most > 0.0);
        let most = Character::of(spec, &racer.settings).limit();
        let limit = most.zip(sharpness).map(|(most, sharpness)| most / sharpness);
        let rate = next.as_ref().and_then(|next| next.lr).unwrap_or_else(|| run.next_rate());
        let (health, health_words) = health(lang, rate, sharpness, most);
        let move_by =
            |k: usize| next.as_ref().and_then(|next| Some(steady(next.w.get(k)? - row.w.get(k)?))).unwrap_or_default();
        Some(Self {
            look: theme.racer(racer),
            limit_of_rate: most.map(|_| limit),
            optimizer: spec.name.get(lang).to_owned(),
            step,
            loss: steady(row.loss),
            iterate: row.w.iter().copied().map(steady).collect(),
            gradient: row.gradient.iter().copied().map(steady).collect(),
            next_step: (0..row.w.len()).map(move_by).collect(),
            slope: steady(crate::num::linalg::norm(row.gradient)),
            rate: steady(rate),
            evaluations: match row.counts {
                Counts { gradients, rows: 0, .. } => gradients.to_string(),
                Counts { gradients, rows, .. } => format!("{gradients} ({rows})"),
            },
            rule: model::rule_text(spec, lang).lines().map(str::to_owned).collect(),
            states: model::states(session, racer, step),
            eigenvalues: curvature.eigen.values.iter().copied().map(steady).collect(),
            condition: (row.w.len() > 1).then(|| curvature.condition().map_or_else(|| "–".to_owned(), steady)),
            limit: limit.map_or_else(|| "–".to_owned(), steady),
            health,
            health_words,
            outcome: model::outcome(session, racer, lang),
        })
    }
}

/// How the rate stands to the curvature: `most` is the largest stable product of the two for this rule, where one is
/// known.
fn health(lang: Lang, rate: f64, sharpness: Option<f64>, most: Option<f64>) -> (Health, String) {
    let Some(most) = most else {
        return (Health::Unknown, i18n::text(lang, "app.health.adaptive").to_owned());
    };
    let Some(sharpness) = sharpness else {
        return (Health::Unknown, i18n::text(lang, "app.health.unknown").to_owned());
    };
    let product = rate * sharpness;
    let (product_text, most_text) = (show_number(product, 3), show_number(most, 3));
    let values: [(&str, &dyn std::fmt::Display); 2] = [("product", &product_text), ("most", &most_text)];
    if product > most {
        (Health::Unstable, i18n::fill(lang, "app.health.unstable", &values))
    } else if product > 1.0 {
        (Health::Overshoots, i18n::fill(lang, "app.health.overshoots", &values))
    } else {
        (Health::Steady, i18n::fill(lang, "app.health.steady", &values))
    }
}
