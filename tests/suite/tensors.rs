//! Shaped values: models over data columns and dense layers, and what allocates.

use downhill::autodiff::{Graph, NodeId, Plan, Shape, TensorPlan, Unary};

/// A small dense net `mean((tanh(X·A + a)·B + b − Y)²)` of the parameters A, a, B, b.
struct Net {
    graph: Graph,
    inputs: Vec<NodeId>,
    loss: NodeId,
}

const ROWS: u32 = 7;

fn net() -> Net {
    let mut g = Graph::new();
    let x = g.input_shaped(Shape::new(ROWS, 3));
    let y = g.input_shaped(Shape::new(ROWS, 2));
    let a = g.input_shaped(Shape::new(3, 5));
    let a0 = g.input_shaped(Shape::new(1, 5));
    let b = g.input_shaped(Shape::new(5, 2));
    let b0 = g.input_shaped(Shape::new(1, 2));
    let xa = g.matmul(x, a);
    let bias = g.broadcast(a0, Shape::new(ROWS, 5));
    let z = g.add(xa, bias);
    let h = g.tanh(z);
    let hb = g.matmul(h, b);
    let bias = g.broadcast(b0, Shape::new(ROWS, 2));
    let out = g.add(hb, bias);
    let residual = g.sub(out, y);
    let square = g.mul(residual, residual);
    let sum = g.sum(square);
    let count = g.constant(f64::from(ROWS * 2));
    let loss = g.div(sum, count);
    Net { graph: g, inputs: vec![x, y, a, a0, b, b0], loss }
}

fn values(graph: &Graph, inputs: &[NodeId]) -> Vec<Vec<f64>> {
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1_u32 << 31) - 0.5
    };
    inputs.iter().map(|&id| (0..graph.shape(id).len()).map(|_| next()).collect()).collect()
}

fn slices(values: &[Vec<f64>]) -> Vec<&[f64]> {
    values.iter().map(Vec::as_slice).collect()
}

#[test]
fn a_dense_nets_gradient_is_the_limit_of_differences() {
    let Net { mut graph, inputs, loss } = net();
    let parameters = &inputs[2..];
    let gradient = graph.grad(loss, parameters);
    let outputs: Vec<NodeId> = std::iter::once(loss).chain(gradient).collect();
    let plan = TensorPlan::<f64>::compile(&graph, &inputs, &outputs);
    let mut work = plan.workspace();
    let mut at = values(&graph, &inputs);
    let mut run = |at: &[Vec<f64>]| {
        let mut out: Vec<Vec<f64>> = outputs.iter().map(|&id| vec![0.0; graph.shape(id).len()]).collect();
        let mut targets: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
        plan.run(&mut work, &slices(at), &mut targets);
        out
    };
    let exact = run(&at);
    for k in 2..6 {
        for j in 0..at[k].len() {
            let (old, h) = (at[k][j], 1e-5);
            at[k][j] = old + h;
            let up = run(&at)[0][0];
            at[k][j] = old - h;
            let down = run(&at)[0][0];
            at[k][j] = old;
            let central = (up - down) / (2.0 * h);
            assert!((central - exact[k - 1][j]).abs() < 1e-9, "input {k}, element {j}");
        }
    }
}

#[test]
fn a_line_fitted_to_columns_has_the_textbook_gradient() {
    let mut g = Graph::new();
    let n = 1000;
    let (w, b) = (g.input(), g.input());
    let x = g.input_shaped(Shape::new(n, 1));
    let y = g.input_shaped(Shape::new(n, 1));
    let wx = g.mul(w, x);
    let line = g.add(wx, b);
    let residual = g.sub(line, y);
    let square = g.mul(residual, residual);
    let sum = g.sum(square);
    let count = g.constant(f64::from(n));
    let loss = g.div(sum, count);
    let gradient = g.grad(loss, &[w, b]);
    let hessian = g.hessian(loss, &[w, b]);
    let outputs = [loss, gradient[0], gradient[1], hessian[0][0], hessian[0][1], hessian[1][1]];
    let plan = TensorPlan::<f64>::compile(&g, &[w, b, x, y], &outputs);
    let xs: Vec<f64> = (0..n).map(|i| f64::from(i) / 500.0 - 1.0).collect();
    let ys: Vec<f64> = xs.iter().map(|x| 2.0 * x - 0.5 + 0.1 * downhill::num::elem::sin(40.0 * x)).collect();
    let mut out = vec![vec![0.0]; 6];
    let mut targets: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
    plan.run(&mut plan.workspace(), &[&[0.7], &[0.3], &xs, &ys], &mut targets);
    let mean = |f: &dyn Fn(f64, f64) -> f64| xs.iter().zip(&ys).map(|(&x, &y)| f(x, y)).sum::<f64>() / f64::from(n);
    let r = |x: f64, y: f64| 0.7 * x + 0.3 - y;
    let expected = [
        mean(&|x, y| r(x, y) * r(x, y)),
        mean(&|x, y| 2.0 * r(x, y) * x),
        mean(&|x, y| 2.0 * r(x, y)),
        mean(&|x, _| 2.0 * x * x),
        mean(&|x, _| 2.0 * x),
        2.0,
    ];
    for (got, want) in out.iter().zip(expected) {
        assert!((got[0] - want).abs() < 1e-12, "{} is not {want}", got[0]);
    }
}

#[test]
fn products_transposes_and_repeats_are_those_of_the_mathematics() {
    let mut g = Graph::new();
    let a = g.input_shaped(Shape::new(2, 3));
    let row = g.input_shaped(Shape::new(1, 3));
    let s = g.input();
    let t = g.transpose(a);
    let gram = g.matmul(a, t);
    let repeated = g.broadcast(row, Shape::new(2, 3));
    let columns = g.sum_rows(a);
    let full = g.broadcast(s, Shape::new(2, 2));
    let scaled = g.mul(gram, s);
    let outputs = [t, gram, repeated, columns, full, scaled];
    let plan = TensorPlan::<f64>::compile(&g, &[a, row, s], &outputs);
    let mut out: Vec<Vec<f64>> = outputs.iter().map(|&id| vec![0.0; g.shape(id).len()]).collect();
    let mut targets: Vec<&mut [f64]> = out.iter_mut().map(Vec::as_mut_slice).collect();
    let inputs: [&[f64]; 3] = [&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[7.0, 8.0, 9.0], &[0.5]];
    plan.run(&mut plan.workspace(), &inputs, &mut targets);
    let expected: [&[f64]; 6] = [
        &[1.0, 4.0, 2.0, 5.0, 3.0, 6.0],
        &[14.0, 32.0, 32.0, 77.0],
        &[7.0, 8.0, 9.0, 7.0, 8.0, 9.0],
        &[5.0, 7.0, 9.0],
        &[0.5, 0.5, 0.5, 0.5],
        &[7.0, 16.0, 16.0, 38.5],
    ];
    assert_eq!(out, expected);
}

/// Large products go another way than small ones; both are the sum of products.
#[test]
fn large_products_equal_small_ones_summed() {
    let (m, k, n) = (40, 33, 37);
    let mut g = Graph::new();
    let a = g.input_shaped(Shape::new(m, k));
    let b = g.input_shaped(Shape::new(n, k));
    let bt = g.transpose(b);
    let product = g.matmul(a, bt);
    let plan = TensorPlan::<f64>::compile(&g, &[a, b], &[product]);
    let at = values(&g, &[a, b]);
    let mut out = vec![0.0; (m * n) as usize];
    plan.run(&mut plan.workspace(), &slices(&at), &mut [&mut out]);
    let (m, k, n) = (m as usize, k as usize, n as usize);
    for (cell, got) in out.iter().enumerate().take(m * n) {
        let (i, j) = (cell / n, cell % n);
        let want: f64 = (0..k).map(|l| at[0][i * k + l] * at[1][j * k + l]).sum();
        assert!((got - want).abs() < 1e-13);
    }
}

fn nothing_allocated(what: &str, mut run: impl FnMut()) {
    run();
    assert_eq!(allocation_counter::measure(run).count_total, 0, "{what} allocates");
}

/// After a first run nothing that runs allocates, neither a point nor lanes nor steps nor shaped values.
#[test]
fn running_plans_allocate_nothing() {
    let mut g = Graph::new();
    let (x, y, rate) = (g.input(), g.input(), g.uniform());
    let xy = g.mul(x, y);
    let s = g.sin(xy);
    let e = g.exp(x);
    let f = g.mul(s, e);
    let gradient = g.grad(f, &[x, y]);
    let mut next = [x, y];
    for k in 0..2 {
        let push = g.mul(rate, gradient[k]);
        next[k] = g.sub(next[k], push);
    }
    let root = g.unary(Unary::Sqrt, f);
    let plan = Plan::<f64>::compile(&g, &[x, y], &[rate], &[root, gradient[0]]);
    let stepping = Plan::<f64>::compile(&g, &[x, y], &[rate], &next);
    let (mut work, mut stepping_work) = (plan.workspace(), stepping.workspace());
    let (mut xs, mut ys) = (vec![0.5; 1000], vec![0.25; 1000]);
    let (mut p, mut q) = (vec![0.0; 1000], vec![0.0; 1000]);
    let rates = vec![0.01; 300];

    let net = net();
    let tensor = TensorPlan::<f64>::compile(&net.graph, &net.inputs, &[net.loss]);
    let mut tensor_work = tensor.workspace();
    let at = values(&net.graph, &net.inputs);
    let inputs = slices(&at);
    let mut loss = [0.0];

    let mut out = [0.0; 2];
    nothing_allocated("a point", || plan.run_point(&mut work, &[0.5, 0.25], &[0.01], &mut out));
    let mut columns: [&mut [f64]; 2] = [&mut p, &mut q];
    nothing_allocated("lanes", || plan.run_lanes(&mut work, 1000, &[&xs, &ys], &[0.01], &mut columns));
    let mut state: [&mut [f64]; 2] = [&mut xs, &mut ys];
    nothing_allocated("steps", || stepping.run_steps(&mut stepping_work, 1000, &mut state, &rates, 300));
    nothing_allocated("shaped values", || tensor.run(&mut tensor_work, &inputs, &mut [&mut loss]));
}
