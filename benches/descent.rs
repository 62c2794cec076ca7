//! What do 65,536 descents of 500 steps on Himmelblau's surface cost, against a loop written by hand that keeps 32 lanes
//! in registers through all the steps?
//!
//! Both sides do the same arithmetic and are compiled for several instruction sets, chosen at run time.

mod common;

use downhill::autodiff::{Graph, NodeId, Plan};
use multiversion::multiversion;

const LANES: usize = 65_536;
const STEPS: usize = 500;
const WIDTH: usize = 32;

fn gradient(g: &mut Graph, x: NodeId, y: NodeId) -> [NodeId; 2] {
    let (eleven, seven) = (g.constant(11.0), g.constant(7.0));
    let (x2, y2) = (g.powi(x, 2), g.powi(y, 2));
    let a = g.add(x2, y);
    let a = g.sub(a, eleven);
    let b = g.add(x, y2);
    let b = g.sub(b, seven);
    let (a2, b2) = (g.powi(a, 2), g.powi(b, 2));
    let f = g.add(a2, b2);
    let gradient = g.grad(f, &[x, y]);
    [gradient[0], gradient[1]]
}

#[inline(always)]
fn gradient_by_hand(x: f64, y: f64) -> [f64; 2] {
    let a = x * x + y - 11.0;
    let b = x + y * y - 7.0;
    [4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b]
}

/// `v = μ·v − η·g; w = w + v`
fn momentum(g: &mut Graph) -> Plan<f64> {
    let inputs = [g.input(), g.input(), g.input(), g.input()];
    let (rate, mu) = (g.uniform(), g.uniform());
    let slopes = gradient(g, inputs[0], inputs[1]);
    let mut next = inputs;
    for k in 0..2 {
        let kept = g.mul(mu, inputs[2 + k]);
        let push = g.mul(rate, slopes[k]);
        next[2 + k] = g.sub(kept, push);
        next[k] = g.add(inputs[k], next[2 + k]);
    }
    Plan::compile(g, &inputs, &[rate, mu], &next)
}

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
                u[j] = mu * u[j] - rate * gx;
                v[j] = mu * v[j] - rate * gy;
                x[j] += u[j];
                y[j] += v[j];
            }
        }
        for (k, values) in [x, y, u, v].iter().enumerate() {
            state[k][start..start + WIDTH].copy_from_slice(values);
        }
    }
}

/// Adam with the bias corrections as uniforms: `1/(1 − β₁^t)` and `√(1 − β₂^t)` are the same for all lanes.
fn adam(g: &mut Graph) -> Plan<f64> {
    let inputs: [NodeId; 6] = std::array::from_fn(|_| g.input());
    let (rate, root) = (g.uniform(), g.uniform());
    let slopes = gradient(g, inputs[0], inputs[1]);
    let mut next = inputs;
    let [b1, c1, b2, c2, eps] = [0.9, 0.1, 0.999, 0.001, 1e-8].map(|v| g.constant(v));
    for k in 0..2 {
        let old = g.mul(b1, inputs[2 + k]);
        let new = g.mul(c1, slopes[k]);
        next[2 + k] = g.add(old, new);
        let old = g.mul(b2, inputs[4 + k]);
        let square = g.mul(slopes[k], slopes[k]);
        let new = g.mul(c2, square);
        next[4 + k] = g.add(old, new);
        let q = g.sqrt(next[4 + k]);
        let q = g.div(q, root);
        let q = g.add(q, eps);
        let push = g.mul(rate, next[2 + k]);
        let push = g.div(push, q);
        next[k] = g.sub(inputs[k], push);
    }
    Plan::compile(g, &inputs, &[rate, root], &next)
}

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

/// Runs the plan on fresh starts against the loop on fresh starts, and compares where they end.
fn race(name: &str, plan: &Plan<f64>, uniforms: &[f64], by_hand: impl Fn(&mut [Vec<f64>; 6]), target: &str) {
    let mut work = plan.workspace();
    let (mut ours, mut theirs) = (starts(), starts());
    let times = common::in_turns(
        5,
        || {
            ours = starts();
            let mut columns: Vec<&mut [f64]> = ours.iter_mut().map(Vec::as_mut_slice).take(plan.inputs()).collect();
            plan.run_steps(&mut work, LANES, &mut columns, uniforms, STEPS);
        },
        || {
            theirs = starts();
            by_hand(&mut theirs);
        },
    );
    common::report(name, (LANES * STEPS) as f64, "ns a step", times, target);
    for k in 0..2 {
        let off = ours[k].iter().zip(&theirs[k]).filter(|(a, b)| (*a - *b).abs() > 1e-6).count();
        // Lanes that start on the border of two basins may part by a rounding; a wrong rule would part all of them.
        assert!(off < LANES / 100, "{name}: {off} lanes differ");
    }
}

fn main() {
    let plan = momentum(&mut Graph::new());
    let uniforms: Vec<f64> = (0..STEPS).flat_map(|_| [1e-3, 0.9]).collect();
    race("momentum: 65,536 descents × 500 steps", &plan, &uniforms, |state| momentum_by_hand(state, 1e-3, 0.9), "4");
    let plan = adam(&mut Graph::new());
    let uniforms: Vec<f64> =
        (1..=STEPS as i32).flat_map(|t| [0.01 / (1.0 - 0.9_f64.powi(t)), (1.0 - 0.999_f64.powi(t)).sqrt()]).collect();
    race("Adam: 65,536 descents × 500 steps", &plan, &uniforms, |state| adam_by_hand(state, &uniforms), "1.8");
}
