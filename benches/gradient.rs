//! What does a value with its gradient cost, against a loop written by hand for that very formula?
//!
//! The hand-written loops are compiled like the core's kernels: for several instruction sets, chosen at run time.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench reports to the terminal and may fail"
)]

mod common;

use std::hint::black_box;

use downhill::autodiff::{Graph, NodeId, Plan};
use multiversion::multiversion;

const POINTS: usize = 1_000_000;

/// A formula as graph, and its value and gradient written by hand.
struct Case {
    name: &'static str,
    build: fn(&mut Graph, NodeId, NodeId) -> NodeId,
    by_hand: fn(&[f64], &[f64], [&mut [f64]; 3]),
    point: fn(f64, f64) -> [f64; 3],
    target: &'static str,
}

macro_rules! by_hand {
    ($name:ident, $point:ident, |$x:ident, $y:ident| $body:expr) => {
        #[inline(always)]
        fn $point($x: f64, $y: f64) -> [f64; 3] {
            $body
        }

        #[multiversion(targets(
            "x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx512cd+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
            "x86_64+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
        ))]
        fn $name(x: &[f64], y: &[f64], [f, gx, gy]: [&mut [f64]; 3]) {
            for ((((&x, &y), f), gx), gy) in x.iter().zip(y).zip(f).zip(gx).zip(gy) {
                [*f, *gx, *gy] = $point(x, y);
            }
        }
    };
}

by_hand!(rosenbrock, rosenbrock_point, |x, y| {
    let a = 1.0 - x;
    let b = y - x * x;
    [a * a + 100.0 * (b * b), -2.0 * a - 400.0 * (x * b), 200.0 * b]
});
by_hand!(himmelblau, himmelblau_point, |x, y| {
    let a = x * x + y - 11.0;
    let b = x + y * y - 7.0;
    [a * a + b * b, 4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b]
});
by_hand!(rastrigin, rastrigin_point, |x, y| {
    let k = 2.0 * std::f64::consts::PI;
    let (u, v) = (k * x, k * y);
    [20.0 + x * x - 10.0 * u.cos() + y * y - 10.0 * v.cos(), 2.0 * x + 10.0 * k * u.sin(), 2.0 * y + 10.0 * k * v.sin()]
});
by_hand!(ackley, ackley_point, |x, y| {
    let k = 2.0 * std::f64::consts::PI;
    let r = (0.5 * (x * x + y * y)).sqrt();
    let p = (-0.2 * r).exp();
    let q = (0.5 * ((k * x).cos() + (k * y).cos())).exp();
    let s = 2.0 * p / r;
    [
        -20.0 * p - q + std::f64::consts::E + 20.0,
        s * x + 0.5 * k * q * (k * x).sin(),
        s * y + 0.5 * k * q * (k * y).sin(),
    ]
});
by_hand!(mixed, mixed_point, |x, y| {
    let (s, c) = ((3.0 * x).sin(), (3.0 * x).cos());
    let bell = (-x * x / 4.0).exp();
    let log = (1.0 + y * y).ln();
    let (sp, cp) = ((x * y).sin(), (x * y).cos());
    [
        s * bell + 0.1 * x * x + log * cp,
        3.0 * c * bell - 0.5 * x * s * bell + 0.2 * x - log * sp * y,
        2.0 * y / (1.0 + y * y) * cp - log * sp * x,
    ]
});

const CASES: [Case; 5] = [
    Case { name: "rosenbrock", build: build_rosenbrock, by_hand: rosenbrock, point: rosenbrock_point, target: "1.5" },
    Case { name: "himmelblau", build: build_himmelblau, by_hand: himmelblau, point: himmelblau_point, target: "1.5" },
    Case { name: "rastrigin", build: build_rastrigin, by_hand: rastrigin, point: rastrigin_point, target: "0.125" },
    Case { name: "ackley", build: build_ackley, by_hand: ackley, point: ackley_point, target: "0.125" },
    Case { name: "sin·exp + log·cos", build: build_mixed, by_hand: mixed, point: mixed_point, target: "0.125" },
];

fn square(g: &mut Graph, x: NodeId) -> NodeId {
    g.powi(x, 2)
}

fn build_rosenbrock(g: &mut Graph, x: NodeId, y: NodeId) -> NodeId {
    let (one, hundred) = (g.constant(1.0), g.constant(100.0));
    let a = g.sub(one, x);
    let a2 = square(g, a);
    let x2 = square(g, x);
    let b = g.sub(y, x2);
    let b2 = square(g, b);
    let right = g.mul(hundred, b2);
    g.add(a2, right)
}

fn build_himmelblau(g: &mut Graph, x: NodeId, y: NodeId) -> NodeId {
    let (eleven, seven) = (g.constant(11.0), g.constant(7.0));
    let (x2, y2) = (square(g, x), square(g, y));
    let a = g.add(x2, y);
    let a = g.sub(a, eleven);
    let b = g.add(x, y2);
    let b = g.sub(b, seven);
    let (a2, b2) = (square(g, a), square(g, b));
    g.add(a2, b2)
}

fn build_rastrigin(g: &mut Graph, x: NodeId, y: NodeId) -> NodeId {
    let (mut f, ten, k) = (g.constant(20.0), g.constant(10.0), g.constant(2.0 * std::f64::consts::PI));
    for v in [x, y] {
        let v2 = square(g, v);
        f = g.add(f, v2);
        let u = g.mul(k, v);
        let c = g.cos(u);
        let c = g.mul(ten, c);
        f = g.sub(f, c);
    }
    f
}

fn build_ackley(g: &mut Graph, x: NodeId, y: NodeId) -> NodeId {
    let k = g.constant(2.0 * std::f64::consts::PI);
    let half = g.constant(0.5);
    let (x2, y2) = (square(g, x), square(g, y));
    let r = g.add(x2, y2);
    let r = g.mul(half, r);
    let r = g.sqrt(r);
    let factor = g.constant(-0.2);
    let p = g.mul(factor, r);
    let p = g.exp(p);
    let factor = g.constant(-20.0);
    let p = g.mul(factor, p);
    let (u, v) = (g.mul(k, x), g.mul(k, y));
    let (u, v) = (g.cos(u), g.cos(v));
    let q = g.add(u, v);
    let q = g.mul(half, q);
    let q = g.exp(q);
    let f = g.sub(p, q);
    let e = g.constant(std::f64::consts::E);
    let f = g.add(f, e);
    let twenty = g.constant(20.0);
    g.add(f, twenty)
}

fn build_mixed(g: &mut Graph, x: NodeId, y: NodeId) -> NodeId {
    let three = g.constant(3.0);
    let s = g.mul(three, x);
    let s = g.sin(s);
    let nx = g.neg(x);
    let bell = g.mul(nx, x);
    let four = g.constant(4.0);
    let bell = g.div(bell, four);
    let bell = g.exp(bell);
    let f = g.mul(s, bell);
    let tenth = g.constant(0.1);
    let p = g.mul(tenth, x);
    let p = g.mul(p, x);
    let f = g.add(f, p);
    let one = g.constant(1.0);
    let y2 = square(g, y);
    let log = g.add(one, y2);
    let log = g.ln(log);
    let xy = g.mul(x, y);
    let c = g.cos(xy);
    let p = g.mul(log, c);
    g.add(f, p)
}

fn main() {
    let x: Vec<f64> = (0..POINTS).map(|i| -2.0 + 4.0 * ((i * 7919 % POINTS) as f64 + 0.5) / POINTS as f64).collect();
    let y: Vec<f64> = (0..POINTS).map(|i| -2.0 + 4.0 * ((i * 104_729 % POINTS) as f64 + 0.5) / POINTS as f64).collect();
    let mut ours = [vec![0.0; POINTS], vec![0.0; POINTS], vec![0.0; POINTS]];
    let mut theirs = ours.clone();
    for case in &CASES {
        let mut graph = Graph::new();
        let (gx, gy) = (graph.input(), graph.input());
        let f = (case.build)(&mut graph, gx, gy);
        let gradient = graph.grad(f, &[gx, gy]);
        let plan = Plan::<f64>::compile(&graph, &[gx, gy], &[], &[f, gradient[0], gradient[1]]);
        let mut work = plan.workspace();
        let times = common::in_turns(
            9,
            || {
                let [f, gx, gy] = &mut ours;
                plan.run_lanes(&mut work, POINTS, &[&x, &y], &[], &mut [f, gx, gy]);
            },
            || {
                let [f, gx, gy] = &mut theirs;
                (case.by_hand)(&x, &y, [f, gx, gy]);
            },
        );
        common::report(&format!("{}: 1,000,000 points", case.name), POINTS as f64, "ns a point", times, case.target);
        for (ours, theirs) in ours.iter().zip(&theirs) {
            for (a, b) in ours.iter().zip(theirs) {
                assert!((a - b).abs() <= 1e-9 * (1.0 + b.abs()), "{}: {a} is not {b}", case.name);
            }
        }
        one_point(case, &plan);
        if case.name == "rosenbrock" {
            hessian(&mut graph, f, gx, gy);
        }
    }
}

fn one_point(case: &Case, plan: &Plan<f64>) {
    const TIMES: usize = 100_000;
    let mut work = plan.workspace();
    let mut out = [0.0; 3];
    let times = common::in_turns(
        9,
        || {
            for i in 0..TIMES {
                plan.run_point(&mut work, black_box(&[0.3 + i as f64 * 1e-6, -0.7]), &[], &mut out);
                black_box(&out);
            }
        },
        || {
            for i in 0..TIMES {
                black_box((case.point)(black_box(0.3 + i as f64 * 1e-6), black_box(-0.7)));
            }
        },
    );
    let target = if case.target == "0.125" { "5" } else { "-" };
    common::report(&format!("{}: one point", case.name), TIMES as f64, "ns", times, target);
}

fn hessian(graph: &mut Graph, f: NodeId, x: NodeId, y: NodeId) {
    const TIMES: usize = 100_000;
    let gradient = graph.grad(f, &[x, y]);
    let h = graph.hessian(f, &[x, y]);
    let outputs = [f, gradient[0], gradient[1], h[0][0], h[0][1], h[1][1]];
    let plan = Plan::<f64>::compile(graph, &[x, y], &[], &outputs);
    let mut work = plan.workspace();
    let mut out = [0.0; 6];
    let (ours, _) = common::in_turns(
        9,
        || {
            for i in 0..TIMES {
                plan.run_point(&mut work, black_box(&[0.3 + i as f64 * 1e-6, -0.7]), &[], &mut out);
                black_box(&out);
            }
        },
        || {},
    );
    println!(
        "rosenbrock: value, gradient and Hessian at one point {:.1} ns   target 100",
        ours.as_secs_f64() * 1e9 / TIMES as f64
    );
}
