//! Points that are drawn: around a model's truth, with noise, from a seed.

use super::{DataPoint, ModelEntry, Target};
use crate::autodiff::{Graph, Plan};
use crate::lang::{self, Scope, Value};
use crate::num::stream::{Purpose, Stream};

/// How points are drawn. Equal samples of a model have equal points, on every machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// How many.
    pub count: usize,
    /// The standard deviation of the noise around the truth.
    pub noise: f64,
    /// Which points.
    pub seed: u64,
}

/// Decimals of a drawn coordinate: as many as a person wants to read.
const GRAIN: f64 = 1000.0;

impl ModelEntry {
    /// The points of a sample, at most [`super::ModelChoice::MAX_POINTS`].
    pub fn draw(&self, sample: &Sample) -> Vec<DataPoint> {
        let count = sample.count.min(super::ModelChoice::MAX_POINTS);
        let mut stream = Stream::new(sample.seed, Purpose::Points);
        let (mut xs, mut noise) = (vec![0.0; count], vec![0.0; count]);
        stream.uniform(0, &mut xs);
        stream.normal(1, &mut noise);
        let [low, high] = self.x;
        let grained = |value: f64| (value * GRAIN).round() / GRAIN;
        xs.iter_mut().for_each(|x| *x = grained(low + (high - low) * *x));
        let truth = self.truth_at(&xs);
        let target = |truth: f64| match self.target {
            Target::Number => grained(truth),
            Target::Class => f64::from(u8::from(truth > 0.0)),
        };
        xs.iter().zip(&truth).zip(&noise).map(|((&x, t), n)| [x, target(t + sample.noise * n)]).collect()
    }

    /// The truth at many places; nan where its text is no formula of `x` (the tests hold that it is one).
    pub fn truth_at(&self, xs: &[f64]) -> Vec<f64> {
        let mut out = vec![f64::NAN; xs.len()];
        let Ok(formula) = lang::parse_formula(&self.truth, &Scope { variables: &["x"], columns: &[] }) else {
            return out;
        };
        let mut graph = Graph::new();
        let x = graph.input();
        let value = lang::lower(&mut graph, &formula.body, &|name| (name == "x").then_some(Value::Scalar(x)));
        if let Some(value) = value.ok().and_then(|value| value.scalar()) {
            let plan = Plan::<f64>::compile(&graph, &[x], &[], &[value]);
            plan.run_lanes(&mut plan.workspace(), xs.len(), &[xs], &[], &mut [&mut out]);
        }
        out
    }
}
