//! What does a training step cost? Small nets against loops written by hand for exactly that net, and 784-512-10 against the
//! `gemm` crate's own rate at its products; on one thread, in f32.
//!
//! The hand-written loops are compiled like the core's kernels: for several instruction sets, chosen at run time. Their
//! `tanh` is either the standard library's, or ours in a loop that can be vectorized.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop,
    reason = "a bench reports to the terminal and may fail; loops by hand have indices"
)]

#[path = "net/by_hand.rs"]
mod by_hand;
mod common;
#[path = "net/large.rs"]
mod large;

use std::sync::Arc;

use by_hand::{Adam, Deep, Small};
use downhill::nn::{
    Activation, Architecture, Dataset, Features, Initializer, Layer, Loss, Precision, Recipe, Targets, Training, Values,
};
use downhill::objective::Batch;
use downhill::optim::find;

const ROWS: usize = 500;
/// Many short turns: some of them are not disturbed.
const ROUNDS: usize = 400;

/// Points of a plane with numbers to be learned.
fn points() -> Arc<Dataset> {
    let at = |k: usize, scale: usize| ((k * scale % 997) as f64 / 498.5) - 1.0;
    let inputs: Vec<f64> = (0..ROWS).flat_map(|k| [at(k, 7919), at(k, 104_729)]).collect();
    let targets = inputs.chunks_exact(2).map(|x| if x[0] * x[1] > 0.0 { 1.0 } else { -1.0 }).collect();
    Arc::new(Dataset {
        features: Features { names: vec!["x1".to_owned(), "x2".to_owned()], values: Values::Numbers(inputs) },
        targets: Targets::Numbers { cols: 1, values: targets },
    })
}

fn net(inputs: usize, hidden: &[usize], activation: Activation, outputs: usize) -> Architecture {
    let mut layers: Vec<Layer> = hidden.iter().map(|&units| Layer { units, activation }).collect();
    layers.push(Layer { units: outputs, activation: Activation::Linear });
    Architecture { inputs, layers }
}

/// Rows as the loops by hand have them.
fn rows(data: &Dataset) -> (Vec<[f32; 2]>, Vec<f32>) {
    let Values::Numbers(inputs) = &data.features.values else { panic!("numbers") };
    let Targets::Numbers { values, .. } = &data.targets else { panic!("numbers") };
    let x = inputs.chunks_exact(2).map(|x| [x[0] as f32, x[1] as f32]).collect();
    (x, values.iter().map(|&y| y as f32).collect())
}

fn weights(training: &Training) -> Vec<f64> {
    let mut weights = Vec::new();
    training.weights(&mut weights);
    weights
}

fn assert_near(what: &str, ours: &[f64], theirs: &[f32]) {
    for (k, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert!((ours - f64::from(*theirs)).abs() < 1e-3, "{what}: parameter {k} is {ours} here and {theirs} by hand");
    }
}

fn small(batch: usize, steps: usize, target: &str) {
    let data = points();
    let net = net(2, &[8, 8], Activation::Tanh, 1);
    let first = Initializer::default().parameters(&net, 1);
    let mut recipe = Recipe::new(Loss::Mse, find("sgd").expect("a rule"));
    recipe.settings[0] = 0.05;
    recipe.batch = Batch { size: batch, seed: 0 };
    let training =
        |recipe: &Recipe| Training::new(&net, &first, data.clone(), recipe, Precision::F32).expect("a training");
    let (x, y) = rows(&data);
    for ours in [false, true] {
        // In the order of the rows both must come to the same weights.
        recipe.shuffle = false;
        let (mut core, mut hand) = (training(&recipe), Small::new(&first, batch, ours));
        (0..20).for_each(|_| _ = core.step());
        (0..20).for_each(|_| hand.step(&x, &y));
        assert_near("small", &weights(&core), &hand.parameters());
        recipe.shuffle = true;
        let (mut core, mut hand) = (training(&recipe), Small::new(&first, batch, ours));
        hand.shuffled = true;
        let times = common::in_turns(
            ROUNDS,
            || (0..steps).for_each(|_| _ = core.step()),
            || (0..steps).for_each(|_| hand.step(&x, &y)),
        );
        let tanh = if ours { "our tanh" } else { "std's tanh" };
        let question = format!("2-8-8-1 tanh, SGD, batch {batch} ({tanh})");
        common::report(&question, steps as f64, "ns a step", times, target);
    }
}

fn deep() {
    const STEPS: usize = 50;
    let data = points();
    let net = net(2, &[8, 8, 8, 8], Activation::Relu, 1);
    let first = Initializer::default().parameters(&net, 1);
    let mut recipe = Recipe::new(Loss::Mse, find("adam").expect("a rule"));
    recipe.settings[0] = 0.001;
    recipe.batch = Batch { size: 32, seed: 0 };
    let (x, y) = rows(&data);
    recipe.shuffle = false;
    let mut core = Training::new(&net, &first, data.clone(), &recipe, Precision::F32).expect("a training");
    let mut hand = Adam::new(Deep::new(&first), 0.001);
    (0..20).for_each(|_| _ = core.step());
    (0..20).for_each(|_| hand.step(&x, &y));
    assert_near("deep", &weights(&core), &hand.parameters());
    recipe.shuffle = true;
    let mut core = Training::new(&net, &first, data, &recipe, Precision::F32).expect("a training");
    hand.shuffled = true;
    let times = common::in_turns(
        ROUNDS,
        || (0..STEPS).for_each(|_| _ = core.step()),
        || (0..STEPS).for_each(|_| hand.step(&x, &y)),
    );
    common::report("2-8-8-8-8-1 relu, Adam, batch 32", STEPS as f64, "ns a step", times, "2");
}

fn main() {
    small(10, 100, "2");
    small(1, 300, "4");
    small(500, 5, "2");
    deep();
    large::run();
}
