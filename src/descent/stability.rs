//! How large a rate a rule bears: found by asking the rule itself, so that it holds for rules that a user typed.
//!
//! On the parabola `½λw²` a rule that is linear in gradient and memory (plain descent, momentum, Nesterov …) is a matrix;
//! it is stable while no eigenvalue of the matrix lies outside the unit circle. That gives `ηλ < 2` for plain descent,
//! `2(1 + μ)` for momentum, `2(1 + μ)/(1 + 2μ)` for Nesterov's, without knowing any of these names.

use std::sync::Arc;

use crate::autodiff::{Graph, NodeId};
use crate::num::elem;
use crate::num::linalg::norm_max;
use crate::objective::Objective;
use crate::optim::{Eval, Method, OptimizerSpec, State, Stepper, bind};

/// A parabola, to bind rules to.
struct Parabola;

impl Objective for Parabola {
    fn dimension(&self) -> usize {
        1
    }

    fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId {
        let square = graph.powi(w[0], 2);
        let half = graph.constant(0.5);
        graph.mul(half, square)
    }
}

/// How the steps of a rule depend on the slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Character {
    /// Twice the slope, twice the step: rates are comparable, and limited by the curvature.
    Linear {
        /// The largest stable rate times curvature; none if there is none up to a million.
        limit: Option<f64>,
    },
    /// The first step has the same length at any slope (Adam, sign descent …): rates are lengths.
    ScaleFree {
        /// That length, in rates.
        reach: f64,
    },
    /// Anything else: native methods, rules between the two.
    Other,
}

/// Steps made before the matrix is read, so that rules that treat the first step apart have done so.
const LATER: u64 = 10;
/// The largest product of rate and curvature that is tried.
const MOST: f64 = 1e6;

impl Character {
    /// Of an optimizer with its settings.
    pub fn of(optimizer: &OptimizerSpec, settings: &[f64]) -> Self {
        if matches!(optimizer.method, Method::Native(_)) {
            return Self::Other;
        }
        let Some(mut probe) = Probe::new(optimizer, settings) else {
            return Self::Other;
        };
        let rate = probe.rate;
        if probe.is_linear() {
            return Self::Linear { limit: probe.limit() };
        }
        let [small, large] = [10.0, 1e4].map(|slope| probe.first_step(slope));
        if large > 0.0 && (small / large - 1.0).abs() < 0.01 {
            Self::ScaleFree { reach: large / rate }
        } else {
            Self::Other
        }
    }

    /// The largest stable product of rate and curvature.
    pub fn limit(self) -> Option<f64> {
        match self {
            Self::Linear { limit } => limit,
            Self::ScaleFree { .. } | Self::Other => None,
        }
    }
}

/// How fast errors shrink on a parabola: for rules that are linear in gradient and memory.
pub struct Contraction(Probe);

impl Contraction {
    /// Of an optimizer with its settings; none where no matrix says it.
    pub fn of(optimizer: &OptimizerSpec, settings: &[f64]) -> Option<Self> {
        if matches!(optimizer.method, Method::Native(_)) {
            return None;
        }
        let mut probe = Probe::new(optimizer, settings)?;
        probe.is_linear().then_some(Self(probe))
    }

    /// By how much an error shrinks a step in the long run, where rate times curvature is `product`: the largest absolute
    /// value of the matrix' eigenvalues.
    pub fn factor(&mut self, product: f64) -> f64 {
        let mut columns = self.0.matrix(product, LATER);
        // The logarithm of the size of the power that is held, kept apart so that nothing overflows.
        let (mut log, mut power) = (0.0, 1.0);
        for _ in 0..40 {
            let size = columns.iter().map(|column| norm_max(column)).fold(0.0, f64::max);
            if size == 0.0 {
                return 0.0;
            }
            columns.iter_mut().flatten().for_each(|x| *x /= size);
            log = 2.0 * (log + elem::ln(size));
            power *= 2.0;
            columns = columns.iter().map(|column| apply(&columns, column)).collect();
        }
        let size = columns.iter().map(|column| norm_max(column)).fold(0.0, f64::max);
        elem::exp((log + elem::ln(size)) / power)
    }
}

/// A rule in one dimension; its state is `w` and the memory in one vector.
struct Probe {
    stepper: Box<dyn Stepper>,
    rate: f64,
    len: usize,
}

impl Probe {
    fn new(optimizer: &OptimizerSpec, settings: &[f64]) -> Option<Self> {
        let stepper = bind(optimizer, settings, Arc::new(Parabola)).ok()?;
        let rate = settings.first().copied().filter(|rate| *rate > 0.0).unwrap_or(1.0);
        let mut probe = Self { stepper, rate, len: 0 };
        probe.len = probe.stepper.start(&[0.0], rate).memory.len() + 1;
        Some(probe)
    }

    /// The state after step `t + 1` on the parabola of curvature `product / rate`.
    fn map(&mut self, x: &[f64], product: f64, t: u64) -> Vec<f64> {
        let curvature = product / self.rate;
        let at = Eval { loss: 0.5 * curvature * x[0] * x[0], gradient: vec![curvature * x[0]] };
        let mut state = State { t, w: vec![x[0]], memory: x[1..].to_vec() };
        self.stepper.step(&mut state, &at, self.rate);
        state.w.extend(state.memory);
        state.w
    }

    /// The size of the first step at a slope.
    fn first_step(&mut self, slope: f64) -> f64 {
        let mut state = self.stepper.start(&[0.0], self.rate);
        let at = Eval { loss: 0.0, gradient: vec![slope] };
        self.stepper.step(&mut state, &at, self.rate);
        state.w.first().map_or(f64::NAN, |w| w.abs())
    }

    /// The matrix, column by column.
    fn matrix(&mut self, product: f64, t: u64) -> Vec<Vec<f64>> {
        let n = self.len;
        (0..n)
            .map(|k| {
                let unit: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i == k))).collect();
                self.map(&unit, product, t)
            })
            .collect()
    }

    /// Whether zero stays zero, a mixture is mapped to the mixture of the maps, and time does not matter.
    fn is_linear(&mut self) -> bool {
        let n = self.len;
        if self.map(&vec![0.0; n], 1.0, LATER).iter().any(|x| *x != 0.0) {
            return false;
        }
        let columns = self.matrix(1.0, LATER);
        [(LATER, 1.0), (LATER + 1, -3.0), (1000, 1e3)].into_iter().all(|(t, scale)| {
            let mixture: Vec<f64> = (0..n).map(|k| scale * (0.75 - 1.5 * k as f64)).collect();
            let mapped = self.map(&mixture, 1.0, t);
            let sum = |i: usize| columns.iter().zip(&mixture).map(|(column, x)| column[i] * x).sum::<f64>();
            let size = scale.abs() * (1.0 + self.rate) * n as f64;
            mapped.iter().enumerate().all(|(i, x)| (x - sum(i)).abs() <= 1e-9 * size)
        })
    }

    /// The smallest product at which the matrix is no longer stable, by bisection.
    fn limit(&mut self) -> Option<f64> {
        let mut low = 0.0;
        let mut high = 1.0;
        while self.is_stable(high) {
            low = high;
            high *= 2.0;
            if high > MOST {
                return None;
            }
        }
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if self.is_stable(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(0.5 * (low + high))
    }

    /// Whether the powers of the matrix stay bounded: its 2⁴⁰th does not grow past what rounding explains.
    fn is_stable(&mut self, product: f64) -> bool {
        let mut columns = self.matrix(product, LATER);
        for _ in 0..40 {
            columns = columns.iter().map(|column| apply(&columns, column)).collect();
            let size = columns.iter().map(|column| norm_max(column)).fold(0.0, f64::max);
            if size.is_nan() || size > 1e12 {
                return false;
            }
            if size < 1e-12 {
                return true;
            }
        }
        true
    }
}

/// The matrix of these columns times a vector.
fn apply(columns: &[Vec<f64>], x: &[f64]) -> Vec<f64> {
    let n = x.len();
    (0..n).map(|i| columns.iter().zip(x).map(|(column, x)| column[i] * x).sum()).collect()
}
