//! The numbers that the inspector shows about the selected racer, as text of a fixed width, once a frame. What they mean
//! is the study's affair.

use super::model::{self, ArrowRow};
use super::study::{Study, Tangent};
use super::theme::{RacerLook, Theme};
use super::widgets::show_number;
use crate::explain::{self, WorkedLine, steady};
use crate::i18n::{Lang, fill, text};
use crate::num::linalg::norm;
use crate::objective::Counts;
use crate::optim::Method;
use crate::session::{Phase, Session};
use crate::surface::{LEVEL, Place};

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
pub(super) struct Reading {
    pub look: RacerLook,
    /// The rates up to which steps do not overshoot and up to which they are stable; none inside where no direction bends
    /// upward.
    pub limit_of_rate: Option<Option<[f64; 2]>>,
    pub optimizer: String,
    pub step: usize,
    pub loss: String,
    /// To the nearest known minimum; none where none is known.
    pub distance: Option<String>,
    pub iterate: Vec<String>,
    pub slope: String,
    pub rate: String,
    pub evaluations: String,
    pub arrows: Vec<ArrowRow>,
    pub lines: Vec<WorkedLine>,
    /// What is shown of the lines in slow motion.
    pub phase: Option<Phase>,
    /// What a native method does, in words, and what it remembers; none for a rule.
    pub native: Option<Native>,
    pub ground: Ground,
    /// The linear approximation (1D).
    pub tangent: Option<TangentReading>,
    pub outcome: Option<String>,
    pub stall: Option<String>,
}

/// A native method in words and numbers.
pub(super) struct Native {
    pub note: String,
    pub states: Vec<(String, Vec<String>)>,
}

/// The linear approximation in numbers.
pub(super) struct TangentReading {
    pub epsilon: f64,
    pub linear: String,
    pub truth: String,
    pub error: String,
}

/// The ground under the ball.
pub(super) struct Ground {
    pub gradient: Vec<String>,
    pub hessian: Vec<Vec<String>>,
    pub eigenvalues: Vec<String>,
    pub directions: Vec<Vec<String>>,
    pub condition: Option<String>,
    /// What kind of place it is, with the numbers that it was decided by.
    pub place: String,
    /// Where the local parabola is level.
    pub newton: Option<Vec<String>>,
    /// The loss after the step, as the parabola has it, and as it is.
    pub forecast: Option<[String; 2]>,
    pub limit: String,
    pub health: Health,
    pub health_words: String,
}

impl Reading {
    /// Puts the study of the selected racer into words.
    pub(super) fn of(session: &Session, theme: &Theme, study: &Study, lang: Lang) -> Option<Self> {
        let racer = session.selected()?;
        let spec = session.optimizer(racer.id)?;
        let run = session.run(racer.id)?;
        let step = study.step;
        let row = run.row(step);
        let next = (step < run.last_step()).then(|| run.row(step + 1));
        let sharpness = study.ground.sharpness().filter(|most| *most > 0.0);
        let most = study.whole.character.limit();
        let limit = most.zip(sharpness).map(|(most, sharpness)| most / sharpness);
        let rate = next.as_ref().and_then(|next| next.lr).unwrap_or_else(|| run.next_rate());
        let (health, health_words) = health(lang, rate, sharpness, most);
        let standings = session.standings();
        let place = session.runs().position(|(other, _)| other.id == racer.id);
        let distance = standings.iter().find(|standing| Some(standing.ball) == place).and_then(|s| s.distance);
        let native = matches!(spec.method, Method::Native(_))
            .then(|| Native { note: spec.note.get(lang).to_owned(), states: model::states(session, racer, step) });
        Some(Self {
            look: theme.racer(racer),
            limit_of_rate: most
                .map(|_| limit.zip(sharpness).map(|(limit, sharpness)| [(1.0 / sharpness).min(limit), limit])),
            optimizer: spec.name.get(lang).to_owned(),
            step,
            loss: steady(row.loss),
            distance: distance.map(steady),
            iterate: texts(row.w),
            slope: steady(norm(row.gradient)),
            rate: steady(rate),
            evaluations: match row.counts {
                Counts { gradients, rows: 0, .. } => gradients.to_string(),
                Counts { gradients, rows, .. } => format!("{gradients} ({rows})"),
            },
            arrows: model::rows(session, study, lang),
            lines: study.lines.clone(),
            phase: session.document().transport.phase(study.lines.len()),
            native,
            ground: Ground {
                gradient: texts(&study.ground.gradient),
                hessian: study.ground.hessian.chunks(row.w.len().max(1)).map(texts).collect(),
                eigenvalues: texts(&study.ground.eigen.values),
                directions: study.ground.eigen.vectors.iter().map(|direction| texts(direction)).collect(),
                condition: (row.w.len() > 1).then(|| study.ground.condition().map_or_else(|| "–".to_owned(), steady)),
                place: place_words(lang, study),
                newton: study.ground.newton_point().map(|point| texts(&point)),
                forecast: next.map(|next| [study.ground.model(next.w), next.loss].map(steady)),
                limit: limit.map_or_else(|| "–".to_owned(), steady),
                health,
                health_words,
            },
            tangent: study.tangent.map(|Tangent { epsilon, linear, truth }| TangentReading {
                epsilon,
                linear: steady(linear),
                truth: steady(truth),
                error: steady(linear - truth),
            }),
            outcome: model::outcome(session, racer, lang),
            stall: study.whole.stall.as_ref().map(|stall| explain::stall(lang, stall, &session.surface().variables)),
        })
    }
}

fn texts(values: &[f64]) -> Vec<String> {
    values.iter().copied().map(steady).collect()
}

/// What kind of place the ball is at, with the numbers that say so.
fn place_words(lang: Lang, study: &Study) -> String {
    let slope = show_number(norm(&study.ground.gradient), 3);
    let steepest = show_number(study.whole.steepest, 3);
    let share = show_number(100.0 * norm(&study.ground.gradient) / study.whole.steepest, 2);
    let level = show_number(100.0 * LEVEL, 2);
    let eigenvalues: Vec<String> = study.ground.eigen.values.iter().map(|value| show_number(*value, 3)).collect();
    let eigenvalues = eigenvalues.join(", ");
    let kind = match study.place {
        Place::Slope => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("slope", &slope), ("share", &share), ("steepest", &steepest)];
            return fill(lang, "app.place.slope", &values);
        }
        Place::Minimum => text(lang, "app.place.minimum"),
        Place::Maximum => text(lang, "app.place.maximum"),
        Place::Saddle => text(lang, "app.place.saddle"),
        Place::Plateau => text(lang, "app.place.plateau"),
        Place::Unclear => text(lang, "app.place.unclear"),
    };
    let values: [(&str, &dyn std::fmt::Display); 5] =
        [("kind", &kind), ("slope", &slope), ("level", &level), ("steepest", &steepest), ("values", &eigenvalues)];
    fill(lang, "app.place.level", &values)
}

/// How the rate stands to the curvature: `most` is the largest stable product of the two for this rule, where one is
/// known.
fn health(lang: Lang, rate: f64, sharpness: Option<f64>, most: Option<f64>) -> (Health, String) {
    let Some(most) = most else {
        return (Health::Unknown, text(lang, "app.health.adaptive").to_owned());
    };
    let Some(sharpness) = sharpness else {
        return (Health::Unknown, text(lang, "app.health.unknown").to_owned());
    };
    let product = rate * sharpness;
    let (product_text, most_text) = (show_number(product, 3), show_number(most, 3));
    let values: [(&str, &dyn std::fmt::Display); 2] = [("product", &product_text), ("most", &most_text)];
    if product > most {
        (Health::Unstable, fill(lang, "app.health.unstable", &values))
    } else if product > 1.0 {
        (Health::Overshoots, fill(lang, "app.health.overshoots", &values))
    } else {
        (Health::Steady, fill(lang, "app.health.steady", &values))
    }
}
