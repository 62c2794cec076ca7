//! What texts mean: formulas and rules through graph and plan, against the reference numbers.

use std::collections::BTreeMap;

use downhill::autodiff::{Graph, NodeId, Plan, Shape, TensorPlan};
use downhill::lang::{
    Expr, Problem, RuleInputs, Scope, Value, lower, lower_rule, lower_start, parse_formula, parse_rule,
};
use serde_json::Value as Json;

use crate::lang::{XY, data};

/// A number of the reference data: `null` is not specified, `"nan"` and `"inf"` are words.
pub(crate) fn number(json: &Json) -> Option<f64> {
    match json {
        Json::String(word) => word.parse().ok(),
        other => other.as_f64(),
    }
}

/// An expression as a graph of its variables.
pub(crate) fn graph_of(expr: &Expr, variables: &[&str]) -> (Graph, Vec<NodeId>, NodeId) {
    let mut graph = Graph::new();
    let inputs: Vec<NodeId> = variables.iter().map(|_| graph.input()).collect();
    let env = |name: &str| {
        let k = variables.iter().position(|v| *v == name)?;
        Some(Value::Scalar(inputs[k]))
    };
    let value = lower(&mut graph, expr, &env).unwrap().scalar().unwrap();
    (graph, inputs, value)
}

pub(crate) fn run(graph: &Graph, inputs: &[NodeId], outputs: &[NodeId], at: &[f64]) -> Vec<f64> {
    let plan = Plan::<f64>::compile(graph, inputs, &[], outputs);
    let mut out = vec![0.0; outputs.len()];
    plan.run_point(&mut plan.workspace(), at, &[], &mut out);
    out
}

fn value(text: &str, at: &[f64]) -> f64 {
    let (graph, inputs, output) = graph_of(&crate::lang::body(text), &["x", "y"]);
    run(&graph, &inputs, &[output], at)[0]
}

fn close(got: f64, want: &Json, tolerance: &Json) -> bool {
    let Some(want) = number(want) else { return true };
    let tolerance = number(tolerance).unwrap_or(0.0);
    if want.is_finite() { (got - want).abs() <= tolerance } else { got == want || (got.is_nan() && want.is_nan()) }
}

#[test]
fn formulas_have_the_reference_values_gradients_and_hessians() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for case in data("formulas.json")["formulas"].as_array().unwrap() {
        let text = case["formula"].as_str().unwrap();
        let formula = parse_formula(text, &XY).unwrap_or_else(|p| panic!("{text}: {p:?}"));
        assert_eq!(formula.body, crate::lang::body(case["canonical"].as_str().unwrap()), "{text}");
        let (mut graph, inputs, output) = graph_of(&formula.body, &["x", "y"]);
        let gradient = graph.grad(output, &inputs);
        let hessian = graph.hessian(output, &inputs).concat();
        let outputs: Vec<NodeId> = [output].into_iter().chain(gradient).chain(hessian).collect();
        for point in case["points"].as_array().unwrap() {
            let at: Vec<f64> = point["at"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
            let got = run(&graph, &inputs, &outputs, &at);
            let kind = point["kind"].as_str().unwrap();
            *kinds.entry(kind.to_owned()).or_default() += 1;
            let what = || format!("{text} at {at:?} ({kind}): {got:?}, wanted {point}");
            let plain = kind == "intermediate-overflow" && close(got[0], &point["value_plain_f64"], &Json::Null);
            assert!(plain || close(got[0], &point["value"], &point["tol_value"]), "{}", what());
            if !matches!(kind, "regular" | "partial") {
                continue;
            }
            for i in 0..2 {
                assert!(close(got[1 + i], &point["gradient"][i], &point["tol_gradient"][i]), "{}", what());
                for j in 0..2 {
                    let (want, tolerance) = (&point["hessian"][i][j], &point["tol_hessian"][i][j]);
                    assert!(close(got[3 + 2 * i + j], want, tolerance), "{}", what());
                }
            }
        }
    }
    let names: Vec<&str> = kinds.keys().map(String::as_str).collect();
    assert_eq!(names, ["domain", "intermediate-overflow", "kink", "overflow", "partial", "pole", "regular"]);
    assert_eq!(kinds.values().sum::<usize>(), 330);
}

#[test]
fn functions_choices_and_comparisons_mean_what_they_say() {
    let at = [0.75, -2.0];
    for (text, want) in [
        ("if x > y then 3 else 1/0*0", 3.0),
        ("if x <= y then 1 else if x == 0.75 then 2 else 3", 2.0),
        ("(x < y) + 10*(x <= x) + 100*(x >= y) + 1000*(x != x) + 10000*(y > x)", 110.0),
        ("clamp(x, 0, 0.5) + clamp(y, -1, 1) + clamp(x, 0, 1) + clamp(x, 3, 2)", 0.5 - 1.0 + 0.75 + 2.0),
        ("sign(y) + abs(y) + floor(x) + floor(-x) + relu(x) + relu(y)", -1.0 + 2.0 + 0.0 - 1.0 + 0.75),
        ("log2(8) + log10(1000) + ln(e^2) + log(e)", 9.0),
        ("hypot(3, 4) + sqrt(x + 8.25) + pow(y, 3)", 0.0),
        ("atan2(0, -1) - pi", 0.0),
        ("min(x, y) + max(x, y)", -1.25),
        ("sinh(x) + cosh(x) - exp(x)", 0.0),
        ("tanh(x) - sinh(x)/cosh(x)", 0.0),
        ("asin(sin(x)) - acos(cos(x)) + atan(tan(x))", 0.75),
        ("sigmoid(x) + sigmoid(-x) + softplus(x) - softplus(-x) + erf(x) + erf(-x)", 1.75),
        ("√(x + 8.25)² + 2^-1", 9.5),
        ("x^0 + y^0 + 0^0", 3.0),
    ] {
        let got = value(text, &at);
        assert!((got - want).abs() < 1e-14, "{text}: {got}, not {want}");
    }
}

#[test]
fn a_sum_of_20_000_terms_is_its_value_and_gradient() {
    let text = "x+".repeat(20_000) + "y";
    let (mut graph, inputs, output) = graph_of(&crate::lang::body(&text), &["x", "y"]);
    let gradient = graph.grad(output, &inputs);
    assert_eq!(run(&graph, &inputs, &[output, gradient[0], gradient[1]], &[0.5, 1.0]), [10_001.0, 20_000.0, 1.0]);
}

#[test]
fn the_gradient_of_clamp_goes_to_x_at_its_bounds() {
    let (mut graph, inputs, output) = graph_of(&crate::lang::body("clamp(x, 0, 1)"), &["x", "y"]);
    let gradient = graph.grad(output, &inputs)[0];
    for (x, want) in [(-0.5, 0.0), (0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (1.5, 0.0)] {
        assert_eq!(run(&graph, &inputs, &[gradient], &[x, 0.0]), [want], "{x}");
    }
}

#[test]
fn lists_are_reduced_to_numbers() {
    let scope = Scope { variables: &["x", "y"], columns: &["c", "d"] };
    let (c, d) = ([3.0, -4.0, 12.0], [1.0, 0.5, 0.25]);
    for (text, want) in [
        ("mean(c)", 11.0 / 3.0),
        ("sum(c*d + x)", 3.0 - 2.0 + 3.0 + 3.0 * 0.5),
        ("sum(c^0)", 3.0),
        ("norm(c)", 13.0),
        ("dot(c, d) + dot(d, c)", 8.0),
        ("at(c, 1) + at(d, y)", -3.75),
        ("sum(c <= x)", 1.0),
        ("sum(if c > 0 then d else 100)", 101.25),
        ("sum(max(c, x))", 15.5),
    ] {
        let formula = parse_formula(text, &scope).unwrap();
        let mut graph = Graph::new();
        let xy = [graph.input(), graph.input()];
        let vector = |graph: &mut Graph, list: [f64; 3]| Value::Vector(list.map(|v| graph.constant(v)).to_vec());
        let (c, d) = (vector(&mut graph, c), vector(&mut graph, d));
        let env = |name: &str| match name {
            "x" => Some(Value::Scalar(xy[0])),
            "y" => Some(Value::Scalar(xy[1])),
            "c" => Some(c.clone()),
            _ => Some(d.clone()),
        };
        let output = lower(&mut graph, &formula.body, &env).unwrap().scalar().unwrap();
        assert_eq!(run(&graph, &xy, &[output], &[0.5, 2.0]), [want], "{text}");
        let outside = parse_formula("at(c, y)", &scope).unwrap();
        let output = lower(&mut graph, &outside.body, &env).unwrap().scalar().unwrap();
        for y in [-1.0, 0.5, 3.0] {
            assert!(run(&graph, &xy, &[output], &[0.0, y])[0].is_nan());
        }
    }
}

/// Runs a rule on `f(w) = w₁² + w₂²` from (1, -2) and gives the parameters after each step.
fn descend(text: &str, hyper: &[(&str, f64)], steps: usize) -> Vec<[f64; 2]> {
    let elsewhere = |name: &&str| !text.contains(&format!("param {name}"));
    let names: Vec<&str> = hyper.iter().map(|(name, _)| *name).filter(elsewhere).collect();
    let rule = parse_rule(text, &names).unwrap();
    let mut w = [1.0, -2.0];
    let mut memory: Option<BTreeMap<String, Vec<f64>>> = None;
    let mut path = Vec::new();
    for t in 0..=steps {
        let mut graph = Graph::new();
        let vector = |graph: &mut Graph, values: &[f64]| values.iter().map(|v| graph.constant(*v)).collect::<Vec<_>>();
        let hyper: BTreeMap<&str, NodeId> = hyper.iter().map(|(name, v)| (*name, graph.constant(*v))).collect();
        let hyper = |name: &str| hyper.get(name).copied();
        let (lr, at) = (graph.constant(0.1), Value::Vector(vector(&mut graph, &w)));
        let lowered = match &memory {
            None => lower_start(&mut graph, &rule, &at, lr, &hyper).unwrap(),
            Some(memory) => {
                let mut states = BTreeMap::new();
                for (name, values) in memory {
                    let values = vector(&mut graph, values);
                    let vector = rule.state_is_vector(name);
                    states.insert(name.clone(), if vector { Value::Vector(values) } else { Value::Scalar(values[0]) });
                }
                let g = Value::Vector(vector(&mut graph, &w.map(|w| 2.0 * w)));
                let (loss, t) = (graph.constant(w[0] * w[0] + w[1] * w[1]), graph.constant(t as f64));
                let inputs = RuleInputs { w: &at, g: &g, loss, lr, t, hyper: &hyper, states: &states };
                let step = lower_rule(&mut graph, &rule, &inputs).unwrap();
                assert_eq!(step.lines.len(), rule.lines.len());
                let next = step.w.into_vector(2).unwrap();
                w = [0, 1].map(|k| graph.as_const(next[k]).unwrap());
                path.push(w);
                step.states
            }
        };
        assert_eq!(lowered.keys().collect::<Vec<_>>(), {
            let mut states: Vec<_> = rule.states.iter().collect();
            states.sort();
            states
        });
        let constant = |node: NodeId| graph.as_const(node).unwrap();
        let read = |value: Value| match value {
            Value::Vector(nodes) => nodes.into_iter().map(constant).collect(),
            Value::Scalar(node) | Value::Column(node) => vec![constant(node)],
        };
        memory = Some(lowered.into_iter().map(|(name, value)| (name, read(value))).collect());
    }
    path
}

#[test]
fn rules_make_the_steps_that_they_say() {
    let path = descend("v = momentum*v - lr*g; w = w + v", &[("momentum", 0.5)], 2);
    assert_eq!(path[0], [0.8, -1.6]);
    assert!((path[1][0] - (0.8 + 0.5 * -0.2 - 0.16)).abs() < 1e-15);
    // A state that starts at the rate and becomes a vector, a switch, a norm, the step number, the loss.
    let text = "\
state s = lr
param decay = 0.5
g = g + decay*w
s = if t == 1 then s else s*2 + 0*g
b = if t == 1 then g else 0.9*b + g
best = if t == 1 then loss else min(best, loss)
w = w - (if nesterov then s*g else s*b)/max(norm(g), best)
w = w + 0
";
    let path = descend(text, &[("nesterov", 0.0), ("decay", 0.0)], 2);
    assert!((path[0][0] - (1.0 - 0.1 * 2.0 / 5.0)).abs() < 1e-15, "{path:?}");
    let g = path[0].map(|w| 2.0 * w);
    let best = path[0][0] * path[0][0] + path[0][1] * path[0][1];
    let want = path[0][0] - 0.2 * (0.9 * 2.0 + g[0]) / best.max((g[0] * g[0] + g[1] * g[1]).sqrt());
    assert!((path[1][0] - want).abs() < 1e-15, "{path:?}");
    // Where the start is a number and the assigned value a vector, every component starts there; `w` may be one number.
    assert_eq!(descend("state s = 3; s = s + g; w = s", &[], 1), [[5.0, -1.0]]);
    assert_eq!(descend("w = lr", &[], 1), [[0.1, 0.1]]);
}

#[test]
fn a_column_is_a_list_in_one_node() {
    let scope = Scope { variables: &["w", "b"], columns: &["x", "y"] };
    let (x, y) = ([1.0, -2.0, 0.5, 3.0], [0.5, 1.0, -1.5, 2.0]);
    let at = [0.75, -0.25];
    for text in [
        "mean((w*x + b - y)^2)",
        "sum(x^0) + mean(x^1)*b",
        "mean(if x > w then relu(x - w) else b*x) + norm(x - b)",
        "dot(x, tanh(w*y)) + sum(clamp(x, b, w)) + mean(w < x)",
        "mean(softplus(-y*(w*x + b))) + 0.01*w^2",
    ] {
        let body = parse_formula(text, &scope).unwrap().body;
        let lowered = |graph: &mut Graph, x: Value, y: Value| {
            let wb = [graph.input(), graph.input()];
            let env = |name: &str| match name {
                "w" => Some(Value::Scalar(wb[0])),
                "b" => Some(Value::Scalar(wb[1])),
                "x" => Some(x.clone()),
                _ => Some(y.clone()),
            };
            let output = lower(graph, &body, &env).unwrap().scalar().unwrap();
            let gradient = graph.grad(output, &wb);
            (wb, [output, gradient[0], gradient[1]])
        };
        let mut listed = Graph::new();
        let mut constants = |list: [f64; 4]| Value::Vector(list.map(|v| listed.constant(v)).to_vec());
        let (a, b) = (constants(x), constants(y));
        let (inputs, outputs) = lowered(&mut listed, a, b);
        let want = run(&listed, &inputs, &outputs, &at);

        let mut graph = Graph::new();
        let columns = [0, 1].map(|_| graph.input_shaped(Shape::new(4, 1)));
        let (wb, outputs) = lowered(&mut graph, Value::Column(columns[0]), Value::Column(columns[1]));
        let plan = TensorPlan::<f64>::compile(&graph, &[wb[0], wb[1], columns[0], columns[1]], &outputs);
        let mut got = [[0.0]; 3];
        let [a, b, c] = &mut got;
        plan.run(&mut plan.workspace(), &[&at[..1], &at[1..], &x, &y], &mut [a, b, c]);
        for (got, want) in got.concat().iter().zip(&want) {
            assert!((got - want).abs() <= 1e-14 * want.abs().max(1.0), "{text}: {got}, not {want}");
        }
    }
    // Columns of different length, and columns with vectors, do not fit.
    let mut graph = Graph::new();
    let (short, long) = (graph.input_shaped(Shape::new(2, 1)), graph.input_shaped(Shape::new(3, 1)));
    let vector = Value::Vector(vec![graph.input(); 2]);
    let body = parse_formula("sum(x*y)", &scope).unwrap().body;
    for other in [Value::Column(long), vector] {
        let env = |name: &str| Some(if name == "x" { Value::Column(short) } else { other.clone() });
        assert_eq!(lower(&mut graph, &body, &env).unwrap_err().kind, Problem::ListMismatch);
    }
}
