//! How long does L-BFGS take on Rosenbrock's valley, from (-1.2, 1) to a gradient shorter than 1e-8, against argmin's?
//!
//! Ours runs the compiled formula through the same [`Stepper`] that the program uses, with the history and the Wolfe
//! constants of argmin (m = 10, c₁ = 1e-4, c₂ = 0.9); argmin gets the value and the gradient written by hand in Rust,
//! and its More-Thuente line search. Both work on an objective made ready before; making ours ready (derive and compile)
//! is timed on its own line.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench reports to the terminal and may fail")]

#[allow(dead_code, reason = "this bench has another hand to race against")]
mod common;

use std::hint::black_box;
use std::sync::Arc;

use argmin::core::{CostFunction, Error, Executor, Gradient, State as _};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use downhill::autodiff::{Graph, NodeId};
use downhill::lang::{Formula, Scope, Value, lower, parse_formula};
use downhill::objective::{Counts, Evaluator, Objective};
use downhill::optim::{Eval, Stepper, bind, find};

const FORMULA: &str = "(1 - x)^2 + 100*(y - x^2)^2";
const START: [f64; 2] = [-1.2, 1.0];
const SMALL: f64 = 1e-8;
const HISTORY: usize = 10;
/// Runs per measurement.
const RUNS: usize = 1000;

struct Typed(Formula);

impl Objective for Typed {
    fn dimension(&self) -> usize {
        2
    }

    fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId {
        let value = |name: &str| Some(Value::Scalar(if name == "x" { w[0] } else { w[1] }));
        lower(graph, &self.0.body, &value).ok().and_then(|value| value.scalar()).expect("one number")
    }
}

#[derive(Clone, Copy)]
struct Rosenbrock;

impl CostFunction for Rosenbrock {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, w: &Vec<f64>) -> Result<f64, Error> {
        let (x, y) = (w[0], w[1]);
        let (a, b) = (1.0 - x, y - x * x);
        Ok(a * a + 100.0 * b * b)
    }
}

impl Gradient for Rosenbrock {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, w: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let (x, y) = (w[0], w[1]);
        let b = y - x * x;
        Ok(vec![-2.0 * (1.0 - x) - 400.0 * x * b, 200.0 * b])
    }
}

/// One descent; the end, the steps and the evaluations.
fn ours(stepper: &mut dyn Stepper, evaluator: &mut Evaluator, at: &mut Eval) -> (Vec<f64>, u64, Counts) {
    let mut state = stepper.start(&START, 1.0);
    at.loss = evaluator.gradient(&state.w, &mut at.gradient);
    let mut counts = evaluator.take_counts();
    while at.gradient.iter().map(|g| g * g).sum::<f64>().sqrt() >= SMALL && state.t < 1000 {
        counts += stepper.step(&mut state, at, 1.0);
        match stepper.arrived() {
            Some(arrived) => {
                at.loss = arrived.loss;
                at.gradient.copy_from_slice(&arrived.gradient);
            }
            None => {
                at.loss = evaluator.gradient(&state.w, &mut at.gradient);
                counts += evaluator.take_counts();
            }
        }
    }
    (state.w, state.t, counts)
}

fn theirs() -> (Vec<f64>, u64, u64) {
    let search = MoreThuenteLineSearch::new().with_c(1e-4, 0.9).expect("constants");
    let solver = LBFGS::new(search, HISTORY)
        .with_tolerance_grad(SMALL)
        .and_then(|solver| solver.with_tolerance_cost(0.0))
        .expect("tolerances");
    let executor =
        Executor::new(Rosenbrock, solver).configure(|state| state.param(START.to_vec()).max_iters(1000)).timer(false);
    let result = executor.run().expect("runs");
    let counts = &result.problem.counts;
    let gradients = counts.get("gradient_count").copied().unwrap_or(0);
    let state = result.state;
    (state.get_best_param().cloned().unwrap_or_default(), state.get_iter(), gradients)
}

fn main() {
    let formula = parse_formula(FORMULA, &Scope { variables: &["x", "y"], columns: &[] }).expect("parses");
    let objective: Arc<dyn Objective> = Arc::new(Typed(formula));
    let spec = find("lbfgs").expect("known");
    let settings = spec.defaults();
    let mut stepper = bind(spec, &settings, objective.clone()).expect("binds");
    let mut evaluator = Evaluator::new(objective.clone());
    let mut at = Eval { loss: 0.0, gradient: vec![0.0; 2] };

    let (end, steps, counts) = ours(&mut *stepper, &mut evaluator, &mut at);
    println!("downhill: {steps} steps, {} gradients, to {end:?}", counts.gradients);
    let (end, steps, gradients) = theirs();
    println!("argmin:   {steps} steps, {gradients} gradients, to {end:?}");

    let (a, b) = common::in_turns(
        40,
        || (0..RUNS).for_each(|_| drop(black_box(ours(&mut *stepper, &mut evaluator, &mut at)))),
        || (0..RUNS).for_each(|_| drop(black_box(theirs()))),
    );
    let micros = |d: std::time::Duration| d.as_secs_f64() * 1e6 / RUNS as f64;
    println!(
        "L-BFGS on Rosenbrock to ‖g‖ < {SMALL:e}: {:.2} µs, argmin {:.2} µs: {:.3} × argmin   target 1",
        micros(a),
        micros(b),
        micros(a) / micros(b)
    );

    let ready = || {
        let mut evaluator = Evaluator::new(objective.clone());
        let mut gradient = [0.0; 2];
        black_box(evaluator.gradient(&START, &mut gradient));
        bind(spec, &settings, objective.clone()).is_ok()
    };
    let (once, _) = common::in_turns(20, || assert!(black_box((0..100).all(|_| ready()))), || ());
    println!("deriving and compiling the formula, once: {:.1} µs", once.as_secs_f64() * 1e4);
}
