//! How fast is a basin map of 512 × 512 starts and 500 steps on Himmelblau's surface with momentum, on all cores, against
//! the bare steps of `benches/descent.rs` on one core, times the cores?
//!
//! Both are measured in this run, in turns. With its minima the map leaves the descents that have arrived behind; without
//! any it makes every step, and looks at all of them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench reports to the terminal and may fail"
)]

#[allow(dead_code, reason = "each bench takes what it needs")]
mod common;

use std::sync::Arc;

use downhill::descent::map::{Axis, MapSpec, Targets, Varied, draw, scout};
use downhill::descent::{Fleet, Noise, Spec, StopRule};
use downhill::objective::Batch;
use downhill::optim::{self, Method, Scale};
use downhill::surface;

const SIZE: usize = 512;
const STEPS: usize = 500;
const LANES: usize = 65_536;

fn crew(work: &(dyn Fn() + Sync)) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
}

fn main() {
    let himmelblau = surface::find("himmelblau").expect("in the catalogue");
    let optimizer = optim::find("torch/sgd").expect("in the catalogue");
    let mut settings = optimizer.defaults();
    settings[0] = 1e-3;
    settings[optimizer.index_of("momentum").expect("a hyperparameter")] = 0.9;
    let base = Spec {
        objective: Arc::new(himmelblau.clone()),
        optimizer: Arc::new(optimizer.clone()),
        settings: settings.clone(),
        schedule: None,
        start: vec![0.0, 0.0],
        noise: Noise::default(),
        batch: Batch::default(),
        stop: StopRule::Auto,
        limit: STEPS,
    };
    let axis = |k| Axis { what: Varied::Start(k), range: [-4.0, 4.0], scale: Scale::Linear };
    let bare = MapSpec { base, axes: [axis(0), axis(1)], size: [SIZE, SIZE], targets: Arc::new(Targets::default()) };
    let known: Vec<Vec<f64>> = himmelblau.minima.iter().map(|minimum| minimum.at.clone()).collect();
    let targets = scout(&bare, &known, 8.0, &|| false).expect("not given up");
    let spec = MapSpec { targets: Arc::new(targets), ..bare.clone() };

    let Method::Rule { rule, .. } = &optimizer.method else { panic!("it is text") };
    let names = optimizer.hyperparameters.iter().map(|h| h.name.as_str());
    let named: Vec<(&str, f64)> = names.zip(settings).skip(1).collect();
    let mut fleet = Fleet::new(himmelblau, rule, &named).expect("the rule compiles");
    let column =
        |of: &dyn Fn(usize) -> usize| -> Vec<f64> { (0..LANES).map(|i| -4.0 + 8.0 * of(i) as f64 / 255.0).collect() };
    let (x, y) = (column(&|i| i % 256), column(&|i| i / 256));
    let rates = [1e-3; STEPS];
    let mut steps = || {
        let mut state = fleet.start(&[&x, &y], 1e-3);
        fleet.advance(&mut state, &rates);
        std::hint::black_box(state.component(0)[0]);
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    for (name, spec) in [("all steps of all starts", &bare), ("those that have arrived left behind", &spec)] {
        let mut map = || {
            std::hint::black_box(
                draw(spec, Vec::new(), &crew, &|_| true).expect("it can be").map(|map| map.cells.len()),
            );
        };
        let (ours, theirs) = common::in_turns(5, &mut map, &mut steps);
        let rate = (SIZE * SIZE * STEPS) as f64 / ours.as_secs_f64();
        let bench = (LANES * STEPS) as f64 / theirs.as_secs_f64() * cores;
        println!(
            "basins {SIZE} × {SIZE} × {STEPS}, {name:<36} {:>6.1} ms   {:>6.2} G steps a second, {:>5.2} of {:.2} G of the bare steps on {cores} cores",
            ours.as_secs_f64() * 1e3,
            rate * 1e-9,
            rate / bench,
            bench * 1e-9,
        );
    }
}
