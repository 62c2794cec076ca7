//! The core: exact derivatives, and plans that agree with themselves bit for bit.

use downhill::autodiff::Binary::{Add, Div, Mul, Sub};
use downhill::autodiff::{Binary, Graph, NodeId, Plan, Unary};
use downhill::num::elem;
use proptest::prelude::*;

/// One more node on a stack of nodes: an operation and which of the present ones it takes.
#[derive(Clone, Debug)]
struct Step {
    op: u8,
    a: usize,
    b: usize,
    number: f64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<u8>(), 0..64_usize, 0..64_usize, -2.0..2.0_f64);
    prop::collection::vec(step.prop_map(|(op, a, b, number)| Step { op, a, b, number }), 1..24)
}

/// The bits of a number. What is not a number has one value here: its sign depends on the order in which a processor is
/// given two of them, and says nothing.
fn bits(value: f64) -> u64 {
    if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() }
}

/// A random smooth graph of two inputs and one uniform; its last node.
fn build(graph: &mut Graph, x: NodeId, y: NodeId, u: NodeId, steps: &[Step]) -> NodeId {
    let mut stack = vec![x, y, u];
    for step in steps {
        let (a, b) = (stack[step.a % stack.len()], stack[step.b % stack.len()]);
        let number = graph.constant(step.number);
        let node = match step.op % 19 {
            0 => graph.add(a, b),
            1 => graph.sub(a, b),
            2 => graph.mul(a, b),
            3 => {
                let square = graph.mul(b, b);
                let one = graph.constant(1.0);
                let below = graph.add(one, square);
                graph.div(a, below)
            }
            4 => graph.sin(a),
            5 => graph.cos(a),
            6 => graph.tanh(a),
            7 => graph.sigmoid(a),
            8 => graph.softplus(a),
            9 => graph.unary(Unary::Atan, a),
            10 => {
                let bounded = graph.tanh(a);
                graph.exp(bounded)
            }
            11 => {
                let positive = graph.softplus(a);
                graph.ln(positive)
            }
            12 => {
                let positive = graph.softplus(a);
                graph.sqrt(positive)
            }
            13 => {
                let bounded = graph.tanh(a);
                graph.powi(bounded, 3)
            }
            14 => {
                let positive = graph.softplus(a);
                let exponent = graph.sin(b);
                graph.pow(positive, exponent)
            }
            15 => graph.neg(a),
            16 => graph.mul(number, a),
            17 => graph.add(a, number),
            _ => graph.unary(Unary::Erf, a),
        };
        stack.push(node);
    }
    // Bounded, so that products of products stay in a range where differences mean something.
    let last = stack[stack.len() - 1];
    let other = stack[stack.len() / 2];
    let (p, q) = (graph.sin(last), graph.tanh(other));
    graph.add(p, q)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The gradient against a central difference whose step balances truncation against rounding.
    #[test]
    fn gradient_is_the_limit_of_differences(steps in steps(), x in -1.5..1.5_f64, y in -1.5..1.5_f64) {
        let mut g = Graph::new();
        let (nx, ny, u) = (g.input(), g.input(), g.uniform());
        let f = build(&mut g, nx, ny, u, &steps);
        let gradient = g.grad(f, &[nx, ny]);
        let plan = Plan::<f64>::compile(&g, &[nx, ny], &[u], &[f, gradient[0], gradient[1]]);
        let mut work = plan.workspace();
        let mut at = |x: f64, y: f64| {
            let mut out = [0.0; 3];
            plan.run_point(&mut work, &[x, y], &[0.7], &mut out);
            out
        };
        let exact = at(x, y);
        // Two steps: where they disagree the function is too steep for differences to judge.
        for (k, (dx, dy)) in [(1.0, 0.0), (0.0, 1.0)].into_iter().enumerate() {
            let mut central = |h: f64| (at(x + h * dx, y + h * dy)[0] - at(x - h * dx, y - h * dy)[0]) / (2.0 * h);
            let (coarse, fine) = (central(2e-5), central(1e-5));
            let doubt = 10.0 * (coarse - fine).abs();
            prop_assert!((exact[k + 1] - fine).abs() <= doubt + 1e-8 * (1.0 + exact[k + 1].abs()));
        }
    }

    /// One point, many lanes and many steps are the same arithmetic: equal bits.
    #[test]
    fn lanes_and_steps_equal_single_points(steps in steps(), lanes in 1..600_usize, count in 1..6_usize) {
        let mut g = Graph::new();
        let (x, y, u) = (g.input(), g.input(), g.uniform());
        let f = build(&mut g, x, y, u, &steps);
        let gradient = g.grad(f, &[x, y]);
        let two_u = g.add(u, u);
        let outputs = [gradient[0], gradient[1], f, x, two_u, gradient[0]];
        let plan = Plan::<f64>::compile(&g, &[x, y], &[u], &outputs);
        let mut work = plan.workspace();
        let xs: Vec<f64> = (0..lanes).map(|i| i as f64 / 97.0 - 2.0).collect();
        let ys: Vec<f64> = (0..lanes).map(|i| 1.0 - i as f64 / 131.0).collect();
        let mut columns = vec![vec![0.0; lanes]; outputs.len()];
        let mut out: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        plan.run_lanes(&mut work, lanes, &[&xs, &ys], &[0.3], &mut out);
        let stepping = Plan::<f64>::compile(&g, &[x, y], &[u], &[gradient[1], x]);
        let mut stepping_work = stepping.workspace();
        let (mut sx, mut sy) = (xs.clone(), ys.clone());
        let rates: Vec<f64> = (0..count).map(|k| 0.1 * k as f64).collect();
        stepping.run_steps(&mut stepping_work, lanes, &mut [&mut sx, &mut sy], &rates, count);
        for lane in 0..lanes {
            let mut point = [0.0; 6];
            plan.run_point(&mut work, &[xs[lane], ys[lane]], &[0.3], &mut point);
            for (column, value) in columns.iter().zip(point) {
                prop_assert_eq!(bits(column[lane]), bits(value));
            }
            let mut state = [xs[lane], ys[lane]];
            for rate in &rates {
                let mut next = [0.0; 2];
                stepping.run_point(&mut stepping_work, &state, &[*rate], &mut next);
                state = next;
            }
            prop_assert_eq!([sx[lane], sy[lane]].map(bits), state.map(bits));
        }
    }
}

/// What is computed in one pass rounds as one operation after the other, for one point and for many lanes.
#[test]
fn fused_operations_equal_plain_arithmetic() {
    type Build = fn(&mut Graph, [NodeId; 5]) -> NodeId;
    type Plain = fn([f64; 5]) -> f64;
    let cases: [(Build, Plain); 12] = [
        (|g, [x, y, z, u, _]| chain(g, [Mul, Add, Sub], [x, y, z, u]), |[x, y, z, u, _]| x * y + z - u),
        (|g, [x, _, z, u, _]| chain(g, [Mul, Add, Add], [x, x, z, u]), |[x, _, z, u, _]| x * x + z + u),
        (|g, [x, y, z, _, _]| chain(g, [Mul, Add, Sub], [x, y, z, y]), |[x, y, z, _, _]| x * y + z - y),
        (|g, [x, y, _, _, _]| chain(g, [Mul, Add, Sub], [x, x, y, x]), |[x, y, _, _, _]| x * x + y - x),
        (
            |g, [x, y, z, u, _]| {
                let quotient = chain(g, [Mul, Div, Mul], [u, y, z, x]);
                g.sub(x, quotient)
            },
            |[x, y, z, u, _]| x - u * y / z * x,
        ),
        (
            |g, [x, y, z, u, _]| {
                let product = g.mul(u, y);
                let quotient = g.div(product, z);
                g.sub(x, quotient)
            },
            |[x, y, z, u, _]| x - u * y / z,
        ),
        (
            |g, [_, y, _, u, v]| {
                let root = g.sqrt(y);
                let corrected = g.div(root, u);
                g.add(corrected, v)
            },
            |[_, y, _, u, v]| y.sqrt() / u + v,
        ),
        (|g, [x, y, _, u, v]| squares(g, Add, [x, y, u, v]), |[x, y, _, u, v]| x * u + y * y * v),
        (|g, [x, y, _, u, v]| squares(g, Sub, [x, y, u, v]), |[x, y, _, u, v]| x * u - y * y * v),
        (|g, [x, y, z, _, _]| slope(g, [x, y, z]), |[x, y, z, _, _]| z + x * y + x * y),
        (|g, [x, _, z, u, _]| slope(g, [x, u, z]), |[x, _, z, u, _]| z + x * u + x * u),
        (
            |g, [x, y, z, u, v]| {
                let (area, scaled, length, angle) = (g.mul(x, y), g.mul(u, z), g.mul(y, y), g.mul(x, v));
                let (a, b) = (g.exp(area), g.sqrt(scaled));
                let (c, d, e) = (g.sin(length), g.sin(angle), g.cos(angle));
                let (p, q) = (g.mul(a, b), g.mul(c, d));
                let sum = g.add(p, q);
                g.sub(sum, e)
            },
            |[x, y, z, u, v]| {
                elem::exp(x * y) * (u * z).sqrt() + elem::sin(y * y) * elem::sin(x * v) - elem::cos(x * v)
            },
        ),
    ];
    let columns: [Vec<f64>; 3] = [0.7, 1.3, 2.1].map(|k| (0..300).map(|i| k + f64::from(i) / 37.0).collect());
    let [x, y, z] = [&columns[0][..], &columns[1], &columns[2]];
    for (k, (build, plain)) in cases.into_iter().enumerate() {
        let mut g = Graph::new();
        let nodes = [g.input(), g.input(), g.input(), g.uniform(), g.uniform()];
        let out = build(&mut g, nodes);
        let plan = Plan::<f64>::compile(&g, &nodes[..3], &nodes[3..], &[out]);
        let mut work = plan.workspace();
        let mut many = vec![0.0; 300];
        plan.run_lanes(&mut work, 300, &[x, y, z], &[0.83, 1.9], &mut [&mut many]);
        for lane in 0..300 {
            let expected = plain([x[lane], y[lane], z[lane], 0.83, 1.9]);
            let mut one = [0.0];
            plan.run_point(&mut work, &[x[lane], y[lane], z[lane]], &[0.83, 1.9], &mut one);
            assert_eq!([many[lane].to_bits(), one[0].to_bits()], [expected.to_bits(); 2], "case {k}, lane {lane}");
        }
    }
}

/// `((a ∘ b) ∘ c) ∘ d`.
fn chain(g: &mut Graph, [first, second, third]: [Binary; 3], [a, b, c, d]: [NodeId; 4]) -> NodeId {
    let inner = g.binary(first, a, b);
    let middle = g.binary(second, inner, c);
    g.binary(third, middle, d)
}

/// `x·u ± (y·y)·v`.
fn squares(g: &mut Graph, join: Binary, [x, y, u, v]: [NodeId; 4]) -> NodeId {
    let (left, square) = (g.mul(x, u), g.mul(y, y));
    let right = g.mul(square, v);
    g.binary(join, left, right)
}

/// `(z + x·y) + x·y`.
fn slope(g: &mut Graph, [x, y, z]: [NodeId; 3]) -> NodeId {
    let product = g.mul(x, y);
    let sum = g.add(z, product);
    g.add(sum, product)
}

/// Loops over lanes take short ways for common arguments; one uncommon lane among many changes no bit of any.
#[test]
fn uncommon_lanes_equal_single_points() {
    let uncommon =
        [800.0, -730.0, -800.0, 1e7, -1e7, 0.0, -0.0, 5e-324, -3.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    let mut g = Graph::new();
    let x = g.input();
    let functions = [Unary::Exp, Unary::Ln, Unary::Sin, Unary::Tan, Unary::Sigmoid, Unary::Tanh, Unary::Softplus];
    let mut outputs: Vec<NodeId> = functions.iter().map(|&op| g.unary(op, x)).collect();
    let half = g.constant(0.5);
    let y = g.mul(half, x);
    outputs.extend([g.sin(y), g.cos(y), g.powi(x, -3), g.powi(x, 5)]);
    let plan = Plan::<f64>::compile(&g, &[x], &[], &outputs);
    let mut work = plan.workspace();
    for other in uncommon {
        let xs: Vec<f64> = (0..70).map(|i| if i == 37 { other } else { 0.1 + f64::from(i) / 9.0 }).collect();
        let mut columns = vec![vec![0.0; xs.len()]; outputs.len()];
        let mut out: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        plan.run_lanes(&mut work, xs.len(), &[&xs], &[], &mut out);
        for (lane, &at) in xs.iter().enumerate() {
            let mut point = vec![0.0; outputs.len()];
            plan.run_point(&mut work, &[at], &[], &mut point);
            for (column, value) in columns.iter().zip(point) {
                assert!(column[lane].to_bits() == value.to_bits() || column[lane].is_nan() && value.is_nan(), "{at}");
            }
        }
    }
}

/// Outputs of many megabytes go past the caches, wherever their columns begin; the values are the same.
#[test]
fn streamed_outputs_equal_small_runs() {
    const LANES: usize = 600_000;
    let mut g = Graph::new();
    let (x, y) = (g.input(), g.input());
    let product = g.mul(x, y);
    let root = g.sqrt(product);
    let outputs = [g.add(root, x), g.sub(product, y)];
    let plan = Plan::<f64>::compile(&g, &[x, y], &[], &outputs);
    let mut work = plan.workspace();
    let xs: Vec<f64> = (0..LANES).map(|i| i as f64 / 97.0).collect();
    let ys: Vec<f64> = (0..LANES).map(|i| 1.0 + i as f64 / 131.0).collect();
    let mut large = [vec![0.0; LANES + 1], vec![0.0; LANES + 3]];
    let [first, second] = &mut large;
    plan.run_lanes(&mut work, LANES, &[&xs, &ys], &[], &mut [&mut first[1..], &mut second[3..]]);
    assert_eq!([first[0], second[2]], [0.0, 0.0]);
    for start in (0..LANES).step_by(5_000) {
        let mut small = [vec![0.0; 5_000], vec![0.0; 5_000]];
        let [a, b] = &mut small;
        plan.run_lanes(&mut work, 5_000, &[&xs[start..], &ys[start..]], &[], &mut [a, b]);
        assert_eq!([&small[0][..], &small[1][..]], [&large[0][1 + start..][..5_000], &large[1][3 + start..][..5_000]]);
    }
}

/// A one-argument function's value and first two derivatives.
fn derivatives(at: f64, build: impl Fn(&mut Graph, NodeId) -> NodeId) -> [f64; 3] {
    let mut g = Graph::new();
    let x = g.input();
    let f = build(&mut g, x);
    let first = g.grad(f, &[x])[0];
    let second = g.grad(first, &[x])[0];
    let plan = Plan::<f64>::compile(&g, &[x], &[], &[f, first, second]);
    let mut out = [0.0; 3];
    plan.run_point(&mut plan.workspace(), &[at], &[], &mut out);
    out
}

#[test]
fn subgradients_are_pytorchs() {
    assert_eq!(derivatives(0.0, |g, x| g.abs(x)), [0.0, 0.0, 0.0]);
    assert_eq!(derivatives(0.0, |g, x| g.relu(x)), [0.0, 0.0, 0.0]);
    let tie = |op: Binary| {
        move |g: &mut Graph, x: NodeId| {
            let three = g.constant(3.0);
            let other = g.mul(three, x);
            g.binary(op, x, other)
        }
    };
    assert_eq!(derivatives(0.0, tie(Binary::Max))[1], 2.0);
    assert_eq!(derivatives(0.0, tie(Binary::Min))[1], 2.0);
    assert_eq!(derivatives(1.0, tie(Binary::Max))[1], 3.0);
    assert_eq!(derivatives(1.0, tie(Binary::Min))[1], 1.0);
}

#[test]
fn branches_not_taken_leak_nothing() {
    let guarded = |g: &mut Graph, x: NodeId| {
        let zero = g.constant(0.0);
        let positive = g.binary(Binary::Gt, x, zero);
        let root = g.sqrt(x);
        let product = g.mul(root, x);
        g.select(positive, product, zero)
    };
    assert_eq!(derivatives(0.0, guarded), [0.0, 0.0, 0.0]);
    assert_eq!(derivatives(-1.0, guarded), [0.0, 0.0, 0.0]);
    assert_eq!(derivatives(4.0, guarded), [8.0, 3.0, 0.375]);
    let power = |g: &mut Graph, x: NodeId| g.pow(x, x);
    assert_eq!(derivatives(0.0, power)[0], 1.0);
    let base = |exponent: f64| {
        move |g: &mut Graph, x: NodeId| {
            let y = g.constant(exponent);
            g.pow(x, y)
        }
    };
    assert_eq!(derivatives(0.0, base(2.5)), [0.0, 0.0, 0.0]);
    assert_eq!(derivatives(0.0, base(0.0)), [1.0, 0.0, 0.0]);
}

#[test]
fn outside_the_domain_values_are_nan_or_infinite() {
    assert!(derivatives(-1.0, |g, x| g.ln(x))[0].is_nan());
    assert!(derivatives(-1.0, |g, x| g.sqrt(x))[0].is_nan());
    assert_eq!(derivatives(0.0, |g, x| g.sqrt(x))[1], f64::INFINITY);
    assert_eq!(derivatives(0.0, |g, x| g.ln(x))[0], f64::NEG_INFINITY);
}

#[test]
fn hessian_vector_products_equal_the_hessian_times_the_vector() {
    let mut g = Graph::new();
    let (x, y, p, q) = (g.input(), g.input(), g.input(), g.input());
    let xy = g.mul(x, y);
    let s = g.sin(xy);
    let x3 = g.powi(x, 3);
    let f = g.add(s, x3);
    let h = g.hessian(f, &[x, y]);
    let hv = g.hessian_vector(f, &[x, y], &[p, q]);
    let outputs = [h[0][0], h[0][1], h[1][0], h[1][1], hv[0], hv[1]];
    let plan = Plan::<f64>::compile(&g, &[x, y, p, q], &[], &outputs);
    let mut out = [0.0; 6];
    plan.run_point(&mut plan.workspace(), &[0.3, -1.1, 2.0, 0.5], &[], &mut out);
    let [a, b, c, d, u, v] = out;
    assert_eq!(b, c);
    assert!((a * 2.0 + b * 0.5 - u).abs() < 1e-12);
    assert!((c * 2.0 + d * 0.5 - v).abs() < 1e-12);
}

#[test]
fn single_precision_follows_double() {
    let mut g = Graph::new();
    let (x, y) = (g.input(), g.input());
    let xy = g.mul(x, y);
    let s = g.sin(xy);
    let e = g.exp(x);
    let f = g.mul(s, e);
    let gradient = g.grad(f, &[x, y]);
    let outputs = [f, gradient[0], gradient[1]];
    let (double, single) =
        (Plan::<f64>::compile(&g, &[x, y], &[], &outputs), Plan::<f32>::compile(&g, &[x, y], &[], &outputs));
    let (mut wide, mut narrow) = ([0.0; 3], [0.0_f32; 3]);
    double.run_point(&mut double.workspace(), &[0.4, 1.2], &[], &mut wide);
    single.run_point(&mut single.workspace(), &[0.4, 1.2], &[], &mut narrow);
    for (a, b) in wide.into_iter().zip(narrow) {
        assert!((a - f64::from(b)).abs() < 1e-6);
    }
}
