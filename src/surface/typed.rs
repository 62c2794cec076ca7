//! Surfaces of typed formulas: one or two dimensions, a range to plot, a start and a rate to begin with.

use std::sync::Arc;

use super::{Curvature, HeightScale, Surface};
use crate::i18n::Localized;
use crate::lang::{self, Diagnostic, Formula, Scope, Value};
use crate::objective::Evaluator;

/// The range of a plot before anything is known.
const WIDE: [f64; 2] = [-5.0, 5.0];
/// Points on an axis when looking where a curve, and a surface, has values.
const SAMPLES: [usize; 2] = [401, 81];

impl Surface {
    /// The surface of a formula of `x`, or of `x` and `y`, with `param` lines before it if wanted.
    ///
    /// A formula without `y` is a curve unless `dim` is 2; with `dim` 1 a `y` is an error. Range, start and rate are
    /// guesses from the values of the formula.
    ///
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn from_formula(text: &str, dim: Option<usize>) -> Result<Self, Vec<Diagnostic>> {
        let mut surface = parse(text, dim)?;
        surface.guess();
        Ok(surface)
    }

    /// The same without guesses (the wide range, a start at its edge, the rate 0.1), at no cost: for those who bring
    /// their own start and rate.
    ///
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn read(text: &str, dim: Option<usize>) -> Result<Self, Vec<Diagnostic>> {
        parse(text, dim)
    }

    /// Guesses range, start and rate from the values.
    fn guess(&mut self) {
        let mut evaluator = Evaluator::new(Arc::new(self.clone()));
        self.domain = domain(&mut evaluator);
        self.start = start(&mut evaluator, &self.domain);
        self.lr = rate(&mut evaluator, &self.start, &self.domain);
    }
}

/// The surface without guesses: the wide range, a start at its edge, the rate 0.1.
pub(super) fn parse(text: &str, dim: Option<usize>) -> Result<Surface, Vec<Diagnostic>> {
    let variables: &[&str] = if dim == Some(1) { &["x"] } else { &["x", "y"] };
    let formula = lang::parse_formula(text, &Scope { variables, columns: &[] })?;
    let dimension = dim.map_or(if formula.body.names().contains("y") { 2 } else { 1 }, |dim| dim.clamp(1, 2));
    let surface = Surface::bare(Localized::same(text.trim()), text.to_owned(), formula, &variables[..dimension]);
    surface.lowers().map(|()| surface).map_err(|problem| vec![problem])
}

impl Surface {
    /// A surface of which nothing is known but its formula: the wide range, a start at its edge, the rate 0.1.
    pub(super) fn bare(name: Localized, source: String, formula: Formula, variables: &[&str]) -> Self {
        let dimension = variables.len();
        Self {
            id: None,
            category: None,
            name,
            source,
            params: formula.params.iter().map(|param| param.default).collect(),
            formula,
            dimension,
            variables: variables.iter().map(|&name| name.to_owned()).collect(),
            domain: vec![WIDE; dimension],
            tags: Vec::new(),
            scale: HeightScale::Linear,
            start: vec![WIDE[0]; dimension],
            lr: 0.1,
            momentum: 0.0,
            lesson: Localized::default(),
            note: None,
            citation: None,
            minima: Vec::new(),
            maxima: Vec::new(),
            saddles: Vec::new(),
            model: None,
            foreign: None,
        }
    }

    /// Whether the formula can become a graph, so that [`super::Objective::build`] need not fail later.
    fn lowers(&self) -> Result<(), Diagnostic> {
        let mut graph = crate::autodiff::Graph::new();
        let node = graph.constant(1.0);
        lang::lower(&mut graph, &self.formula.body, &|_| Some(Value::Scalar(node))).map(drop)
    }
}

/// `count` evenly spaced numbers from one end to the other.
fn spaced([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let last = (count.max(2) - 1) as f64;
    (0..count).map(|k| low + (high - low) * (k as f64 / last)).collect()
}

/// The wide range, shrunk to where the values are finite (with one sample to spare).
fn domain(evaluator: &mut Evaluator) -> Vec<[f64; 2]> {
    let n = evaluator.dimension();
    let axis = spaced(WIDE, SAMPLES[usize::from(n > 1)]);
    let columns: Vec<Vec<f64>> = if n == 1 {
        vec![axis.clone()]
    } else {
        let x = axis.iter().flat_map(|_| axis.iter().copied()).collect();
        let y = axis.iter().flat_map(|&y| std::iter::repeat_n(y, axis.len())).collect();
        vec![x, y]
    };
    let mut values = vec![0.0; columns[0].len()];
    let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    evaluator.values(&inputs, &mut values);
    let step = axis[1] - axis[0];
    columns
        .iter()
        .map(|column| {
            let finite = column.iter().zip(&values).filter(|(_, value)| value.is_finite()).map(|(&at, _)| at);
            let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), at| (a.min(at), b.max(at)));
            if low > high { WIDE } else { [(low - step).max(WIDE[0]), (high + step).min(WIDE[1])] }
        })
        .collect()
}

/// A place near the edge where value and gradient are finite and the ground is not level; the middle if there is none.
fn start(evaluator: &mut Evaluator, domain: &[[f64; 2]]) -> Vec<f64> {
    let place = |fractions: [f64; 2]| -> Vec<f64> {
        domain.iter().zip(fractions).map(|(&[low, high], part)| low + (high - low) * part).collect()
    };
    let candidates =
        [[0.1, 0.8], [0.9, 0.2], [0.2, 0.3], [0.8, 0.7], [0.3, 0.6], [0.7, 0.4], [0.45, 0.55], [0.55, 0.45]];
    let mut gradient = vec![0.0; domain.len()];
    candidates
        .into_iter()
        .map(place)
        .find(|at| {
            let value = evaluator.gradient(at, &mut gradient);
            value.is_finite() && gradient.iter().all(|g| g.is_finite()) && gradient.iter().any(|&g| g != 0.0)
        })
        .unwrap_or_else(|| place([0.5, 0.5]))
}

/// A fifth of what is stable at the start, with a first step of at most a quarter of the range; 1, 2 or 5 times a power
/// of ten.
fn rate(evaluator: &mut Evaluator, start: &[f64], domain: &[[f64; 2]]) -> f64 {
    let curvature = Curvature::at(evaluator, start);
    let most = curvature.eigen.values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let by_curvature = if most > 0.0 { 0.4 / most } else { f64::INFINITY };
    let width = domain.iter().fold(0.0_f64, |width, [low, high]| width.max(high - low));
    let slope = curvature.gradient.iter().fold(0.0_f64, |most, g| most.max(g.abs()));
    let by_slope = if slope > 0.0 { 0.25 * width / slope } else { f64::INFINITY };
    let wanted = by_curvature.min(by_slope).min(1.0);
    if !(wanted > 0.0 && wanted.is_finite()) {
        return 0.1;
    }
    // Powers of ten up to 1e22 are exact, so each quotient is the float next to the decimal.
    let mut power = 1.0;
    while 1.0 / power > wanted && power < 1e15 {
        power *= 10.0;
    }
    [5.0, 2.0].into_iter().map(|digit| digit / power).find(|&rate| rate <= wanted).unwrap_or(1.0 / power)
}
