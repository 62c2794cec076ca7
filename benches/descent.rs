//! What do 65,536 descents of 500 steps on Himmelblau's surface cost, against a loop written by hand that keeps 32 lanes
//! in registers through all the steps?
//!
//! Both sides do the same arithmetic and are compiled for several instruction sets, chosen at run time.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench reports to the terminal and may fail"
)]
#![allow(clippy::needless_range_loop, reason = "the loops by hand are written as one writes them by hand")]

mod common;

use downhill::descent::Fleet;
use downhill::num::elem;
use downhill::optim::{self, Method};
use downhill::surface;
use multiversion::multiversion;

const LANES: usize = 65_536;
const STEPS: usize = 500;
const WIDTH: usize = 32;

/// A rule of the catalogue on the catalogue's Himmelblau.
fn fleet(id: &str, changed: &[(&str, f64)]) -> Fleet {
    let spec = optim::find(id).expect("in the catalogue");
    let Method::Rule { rule, .. } = &spec.method else { panic!("{id} is text") };
    let mut settings = spec.defaults();
    for (name, value) in changed {
        settings[spec.index_of(name).expect("a hyperparameter")] = *value;
    }
    let names = spec.hyperparameters.iter().map(|h| h.name.as_str());
    let named: Vec<(&str, f64)> = names.zip(settings).skip(1).collect();
    let himmelblau = surface::find("himmelblau").expect("in the catalogue");
    Fleet::new(himmelblau, rule, &named).expect("the rule compiles")
}

#[inline(always)]
fn gradient_by_hand(x: f64, y: f64) -> [f64; 2] {
    let a = x * x + y - 11.0;
    let b = x + y * y - 7.0;
    [4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b]
}

/// PyTorch's momentum, `b = μ·b + g; w = w − η·b`.
#[multiversion(targets(
    "x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx512cd+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
))]
fn momentum_by_hand(state: &mut [Vec<f64>; 6], rate: f64, mu: f64) {
    for start in (0..LANES).step_by(WIDTH) {
        let load = |k: usize| -> [f64; WIDTH] { std::array::from_fn(|j| state[k][start + j]) };
        let [mut x, mut y, mut u, mut v] = [load(0), load(1), load(2), load(3)];
        for _ in 0..STEPS {
            for j in 0..WIDTH {
                let [gx, gy] = gradient_by_hand(x[j], y[j]);
                u[j] = mu * u[j] + gx;
                v[j] = mu * v[j] + gy;
                x[j] -= rate * u[j];
                y[j] -= rate * v[j];
            }
        }
        for (k, values) in [x, y, u, v].iter().enumerate() {
            state[k][start..start + WIDTH].copy_from_slice(values);
        }
    }
}

/// Adam with the bias corrections once a step, for all lanes: `η/(1 − β₁^t)` and `√(1 − β₂^t)`.
#[multiversion(targets(
    "x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx512cd+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
))]
fn adam_by_hand(state: &mut [Vec<f64>; 6], uniforms: &[f64]) {
    for start in (0..LANES).step_by(WIDTH) {
        let load = |k: usize| -> [f64; WIDTH] { std::array::from_fn(|j| state[k][start + j]) };
        let mut s: [[f64; WIDTH]; 6] = std::array::from_fn(load);
        for step in uniforms.chunks_exact(2) {
            for j in 0..WIDTH {
                let slopes = gradient_by_hand(s[0][j], s[1][j]);
                for k in 0..2 {
                    s[2 + k][j] = 0.9 * s[2 + k][j] + 0.1 * slopes[k];
                    s[4 + k][j] = 0.999 * s[4 + k][j] + 0.001 * (slopes[k] * slopes[k]);
                    s[k][j] -= step[0] * s[2 + k][j] / (s[4 + k][j].sqrt() / step[1] + 1e-8);
                }
            }
        }
        for (column, values) in state.iter_mut().zip(&s) {
            column[start..start + WIDTH].copy_from_slice(values);
        }
    }
}

fn starts() -> [Vec<f64>; 6] {
    let mut state: [Vec<f64>; 6] = std::array::from_fn(|_| vec![0.0; LANES]);
    for i in 0..LANES {
        state[0][i] = -4.0 + 8.0 * (i % 256) as f64 / 255.0;
        state[1][i] = -4.0 + 8.0 * (i / 256) as f64 / 255.0;
    }
    state
}

/// Runs the fleet from fresh starts against the loop from fresh starts, and compares where they end.
fn race(name: &str, mut fleet: Fleet, rate: f64, by_hand: impl Fn(&mut [Vec<f64>; 6]), target: &str) {
    let begin = starts();
    let rates = [rate; STEPS];
    let mut ours = fleet.start(&[&begin[0], &begin[1]], rate);
    let mut theirs = starts();
    let times = common::in_turns(
        5,
        || {
            ours = fleet.start(&[&begin[0], &begin[1]], rate);
            fleet.advance(&mut ours, &rates);
        },
        || {
            theirs = starts();
            by_hand(&mut theirs);
        },
    );
    common::report(name, (LANES * STEPS) as f64, "ns a step", times, target);
    for (k, column) in theirs.iter().enumerate().take(2) {
        let off = ours.component(k).iter().zip(column).filter(|(a, b)| (*a - *b).abs() > 1e-6).count();
        // Lanes that start on the border of two basins may part by a rounding; a wrong rule would part all of them.
        assert!(off < LANES / 100, "{name}: {off} lanes differ");
    }
}

fn main() {
    race(
        "torch/sgd, momentum 0.9: 65,536 × 500 steps",
        fleet("torch/sgd", &[("momentum", 0.9)]),
        1e-3,
        |state| momentum_by_hand(state, 1e-3, 0.9),
        "4",
    );
    let uniforms: Vec<f64> = (1..=STEPS as i32)
        .flat_map(|t| [0.01 / (1.0 - elem::powi(0.9, t)), (1.0 - elem::powi(0.999, t)).sqrt()])
        .collect();
    race(
        "torch/adam: 65,536 × 500 steps",
        fleet("torch/adam", &[]),
        0.01,
        |state| adam_by_hand(state, &uniforms),
        "1.8",
    );
}
