//! Symbolic derivatives: readable, and the same numbers as the core's.

use downhill::lang::{Expr, Func, Scope, derivative, functions, limits, parse_formula, print_display, print_text};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::lang::{XY, body, data};
use crate::lang_graph::{graph_of, number, run};
use crate::lang_print::expressions;

/// The derivative as text, and the core's adjoint, at a point.
fn both(expr: &Expr, variable: usize, at: &[f64]) -> (f64, f64) {
    let variables = ["x", "y"];
    let symbolic = derivative(expr, variables[variable]).unwrap();
    let (graph, inputs, output) = graph_of(&symbolic, &variables);
    let symbolic = run(&graph, &inputs, &[output], at)[0];
    let (mut graph, inputs, output) = graph_of(expr, &variables);
    let adjoint = graph.grad(output, &inputs)[variable];
    (symbolic, run(&graph, &inputs, &[adjoint], at)[0])
}

#[test]
fn derivatives_read_as_a_person_would_write_them() {
    for (text, variable, want) in [
        ("0.1*x^2 + sin(3*x)", "x", "0.2x + 3cos(3x)"),
        ("(1 - x)^2 + 100*(y - x^2)^2", "x", "-2(1 - x) - 400x (y - x^2)"),
        ("(1 - x)^2 + 100*(y - x^2)^2", "y", "200(y - x^2)"),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "x", "4x (x^2 + y - 11) + 2(x + y^2 - 7)"),
        ("x^2 - y^2", "y", "-2y"),
        ("x^3 - 3*x*y^2", "x", "3x^2 - 3y^2"),
        ("x^4/3 + x/2 + 7", "x", "4x^3/3 + 1/2"),
        ("0.3*x^2 + 0.1*x^3", "x", "0.6x + 0.3x^2"),
        ("exp(-x^2/2)", "x", "-x exp(-x^2/2)"),
        ("sqrt(x^2 + y^2)", "x", "x/sqrt(x^2 + y^2)"),
        ("x*sqrt(x)", "x", "3sqrt(x)/2"),
        ("1/x", "x", "-1/x^2"),
        ("1/(1 + x^2)", "x", "-2x/(1 + x^2)^2"),
        ("x/y", "y", "-x/y^2"),
        ("tanh(x)", "x", "1 - tanh(x)^2"),
        ("x^x", "x", "x^x (ln(x) + 1)"),
        ("x^y", "x", "y x^(y - 1)"),
        ("x^y", "y", "x^y ln(x)"),
        ("2^x + e^x", "x", "2^x ln(2) + e^x"),
        ("x^(1/3)", "x", "1/(3x^(2/3))"),
        ("ln(x*y)", "x", "1/x"),
        ("abs(x - 1)", "x", "sign(x - 1)"),
        ("max(0, x)^2", "x", "2max(0, x) (if 0 > x then 0 else 1)"),
        ("if x > 0 then x^2 else -x", "x", "if x > 0 then 2x else -1"),
        ("if x > 0 then y + x else x", "x", "1"),
        ("floor(x) + (x > y) + y", "x", "0"),
        ("x + x + 2*x - 4*x", "x", "0"),
        ("20 + x^2 - 10*cos(2*pi*x)", "x", "2x + 20pi sin(2pi x)"),
        ("sin(x)*cos(x)", "x", "cos(x)^2 - sin(x)^2"),
        ("-(x + y)*3 - (y - x)", "x", "-2"),
        ("sigmoid(x)", "x", "(1 - sigmoid(x)) sigmoid(x)"),
        ("0.26*(x^2 + y^2) - 0.48*x*y", "x", "0.52x - 0.48y"),
        ("0.5*(y^4 - 16*y^2 + 5*y)", "y", "2y^3 - 16y + 2.5"),
        ("(x + 3*x^2 - 7*x*y)/2", "x", "(6x - 7y + 1)/2"),
        ("(2*x)^-1 + (3*x)^3", "x", "81x^2 - 1/(2x^2)"),
        ("x*1e-300*1e-300", "x", "1e-300*1e-300"),
    ] {
        let d = derivative(&body(text), variable).unwrap();
        assert_eq!(print_display(&d), want, "d({text})/d{variable}");
        assert_eq!(body(want), d, "{want} reads back as something else");
    }
}

#[test]
fn derivatives_agree_with_the_core_on_all_reference_formulas() {
    let mut compared = 0;
    for case in data("formulas.json")["formulas"].as_array().unwrap() {
        let expr = body(case["formula"].as_str().unwrap());
        for point in case["points"].as_array().unwrap() {
            if !matches!(point["kind"].as_str(), Some("regular" | "partial")) {
                continue;
            }
            let at: Vec<f64> = point["at"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
            for k in 0..2 {
                let (symbolic, core) = both(&expr, k, &at);
                let Some(tolerance) = number(&point["tol_gradient"][k]) else { continue };
                let d = derivative(&expr, ["x", "y"][k]).unwrap();
                assert!(
                    (symbolic - core).abs() <= 2.0 * tolerance,
                    "{} at {at:?}: {symbolic} by {}, {core} by the core",
                    print_text(&expr),
                    print_display(&d)
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 400, "{compared}");
}

#[test]
fn derivatives_agree_with_the_core_on_all_surfaces() {
    let surfaces = data("surfaces.json");
    for surface in surfaces["surfaces"].as_array().unwrap() {
        let expr = body(surface["formula"].as_str().unwrap());
        let dimension = surface["dimension"].as_u64().unwrap() as usize;
        for point in surface["points"].as_array().unwrap() {
            let mut at: Vec<f64> = point["at"].as_array().unwrap().iter().filter_map(Json::as_f64).collect();
            at.resize(2, 0.0);
            for k in 0..dimension {
                let Some(tolerance) = number(&point["tol_gradient"][k]) else { continue };
                if number(&point["gradient"][k]).is_none() {
                    continue;
                }
                let (symbolic, core) = both(&expr, k, &at);
                assert!((symbolic - core).abs() <= 2.0 * tolerance, "{}: {symbolic}, {core}", surface["id"]);
            }
        }
    }
}

#[test]
fn every_function_has_the_derivative_that_the_core_has() {
    for f in functions().iter().filter(|f| !f.func.is_reduction()) {
        let arguments = ["0.3*x + 0.1*y", "x*y + 0.2", "x + 1 - y/3"];
        let text = format!("{}({})", f.name, arguments[..f.parameters.len()].join(", "));
        let expr = body(&text);
        for at in [[0.7, 0.4], [0.2, 0.9], [0.9, 0.95], [0.45, -0.3]] {
            for k in 0..2 {
                let (symbolic, core) = both(&expr, k, &at);
                let same = (symbolic - core).abs() <= 1e-12 * core.abs().max(1.0);
                assert!(same || (symbolic.is_nan() && core.is_nan()), "{text} at {at:?}: {symbolic}, {core}");
            }
        }
    }
}

#[test]
fn second_derivatives_agree_with_the_core() {
    for text in ["(1 - x)^2 + 100*(y - x^2)^2", "sin(x*y)/x", "x^y*exp(-x)", "atan(x/y)*sqrt(x + y)"] {
        let expr = body(text);
        let at = [0.8, 1.7];
        let (mut graph, inputs, output) = graph_of(&expr, &["x", "y"]);
        let hessian = graph.hessian(output, &inputs);
        for (i, a) in ["x", "y"].into_iter().enumerate() {
            for (j, b) in ["x", "y"].into_iter().enumerate() {
                let core = run(&graph, &inputs, &[hessian[i][j]], &at)[0];
                let second = derivative(&derivative(&expr, a).unwrap(), b).unwrap();
                let (graph, inputs, output) = graph_of(&second, &["x", "y"]);
                let symbolic = run(&graph, &inputs, &[output], &at)[0];
                assert!((symbolic - core).abs() <= 1e-11 * core.abs().max(1.0), "{text}: {symbolic}, {core}");
            }
        }
    }
}

#[test]
fn lists_are_differentiated_within_their_reduction() {
    let scope = Scope { variables: &["w", "b"], columns: &["x", "y"] };
    for (text, variable, want) in [
        ("mean((w*x + b - y)^2)", "w", "mean(2x (w x + b - y))"),
        ("mean((w*x + b - y)^2)", "b", "mean(2(w x + b - y))"),
        ("mean(w + b*x)", "w", "1"),
        ("sum(3*w + b*x)", "w", "3sum((3w + b x)^0)"),
        ("norm(w*x - y)", "w", "sum(x (w x - y))/norm(w x - y)"),
        ("dot(w*x, y)", "w", "sum(x y)"),
        ("at(w*x, 2)", "w", "at(x, 2)"),
    ] {
        let expr = parse_formula(text, &scope).unwrap().body;
        let d = derivative(&expr, variable).unwrap();
        assert_eq!(print_display(&d), want);
        assert_eq!(parse_formula(want, &scope).unwrap().body, d);
    }
}

#[test]
fn the_deepest_and_the_longest_texts_fit_the_stack_of_a_thread() {
    let deep = limits::MAX_DEPTH - 4;
    let nest = |open: &str, close: &str| format!("{}x{}", open.repeat(deep), close.repeat(deep));
    let texts = vec![
        nest("(", ")"),
        nest("sin(", ")"),
        format!("{}x{}", "1 + x/(-".repeat(deep / 2), ")".repeat(deep / 2)),
        nest("2^", ""),
        nest("(x + ", ")^x"),
        nest("max(x, 2 < 3*x + ", ")"),
        nest("-", ""),
        nest("√", ""),
        nest("if x > 0 then 1 else ", ""),
        nest("if (x < y) then 1 + 2*x^", " else 2"),
        "x*".repeat(20_000) + "y",
        "x+".repeat(20_000) + "y",
        "sin(x)*".repeat(5_000) + "y",
        (0..3_000).map(|k| format!("sin({k}x)*")).collect::<String>() + "y",
        (0..3_000).map(|k| format!("sin({k}x) + ")).collect::<String>() + "y",
    ];
    let work = move || {
        let mut derived = 0;
        for text in texts {
            let Ok(formula) = parse_formula(&text, &XY) else { continue };
            let copy = formula.body.clone();
            assert_eq!(copy, formula.body);
            print_display(&copy);
            downhill::lang::print_latex(&copy);
            graph_of(&copy, &["x", "y"]);
            if let Some(d) = derivative(&copy, "x") {
                derived += 1;
                print_display(&d);
                downhill::lang::print_latex(&d);
                graph_of(&d, &["x", "y"]);
                derivative(&d, "x");
            }
        }
        derived
    };
    let derived = std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
    assert!(derived >= 8, "{derived}");
}

proptest! {
    #[test]
    fn no_formula_panics_in_graph_or_plan(expr in expressions(&["x", "y"]), at in proptest::array::uniform2(-3.0f64..3.0)) {
        let (mut graph, inputs, output) = graph_of(&expr, &["x", "y"]);
        let gradient = graph.grad(output, &inputs);
        let got = run(&graph, &inputs, &[output, gradient[0], gradient[1]], &at);
        let (variable_free, _, constant) = graph_of(&expr, &["x", "y"]);
        prop_assert!(variable_free.as_const(constant).is_none_or(|v| v == got[0] || v.is_nan()));
    }

    #[test]
    fn derivatives_read_back_as_the_same_tree(expr in expressions(&["x", "y"])) {
        if let Some(d) = derivative(&expr, "x") {
            for text in [print_display(&d), print_text(&d)] {
                let read = parse_formula(&text, &XY);
                prop_assert!(read.is_ok(), "{}: {:?}", text, read);
                prop_assert_eq!(&read.unwrap().body, &d, "{}", text);
            }
        }
    }
}

#[test]
fn a_power_is_written_by_its_function_too() {
    assert_eq!(derivative(&body("pow(x, 3)"), "x"), Some(body("3x^2")));
    assert_eq!(Func::Pow.info().parameters.len(), 2);
}
