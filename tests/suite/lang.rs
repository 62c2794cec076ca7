//! Reading texts: what is understood, what is refused, where and with which cure.

use std::collections::BTreeMap;

use downhill::lang::{
    Diagnostic, Expr, ExprKind, Formula, Func, Problem, Scope, TokenClass, limits, parse_formula, parse_rule, tokens,
};
use serde_json::Value as Json;

pub(crate) const XY: Scope<'static> = Scope { variables: &["x", "y"], columns: &[] };

pub(crate) fn data(name: &str) -> Json {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn body(text: &str) -> Expr {
    parse_formula(text, &XY).unwrap_or_else(|problems| panic!("{text}: {problems:?}")).body
}

fn problems(text: &str) -> Vec<Diagnostic> {
    parse_formula(text, &XY).expect_err(text)
}

/// The text with the first problem's cure in the place of the problem.
fn cured(text: &str, problem: &Diagnostic) -> Option<String> {
    let cure = problem.suggestion.as_ref()?;
    Some(format!("{}{cure}{}", &text[..problem.span.start], &text[problem.span.end..]))
}

#[test]
fn malformed_formulas_are_refused_at_the_stated_place() {
    for case in data("malformed.json")["malformed"].as_array().unwrap() {
        let text = case["formula"].as_str().unwrap();
        let found = problems(text);
        let place = found[0].span.character(text) as u64;
        let accepted: Vec<u64> = case["accept_positions"].as_array().unwrap().iter().filter_map(Json::as_u64).collect();
        assert!(accepted.contains(&place), "{text}: at {place}, not {accepted:?}: {found:?}");
        for problem in &found {
            assert!(text.get(problem.span.start..problem.span.end).is_some(), "{text}: {problem:?}");
        }
        assert_eq!(found.len(), 1, "{text}: one problem, not {found:?}");
    }
}

#[test]
fn dialect_is_understood_as_stated_or_refused() {
    // Refused with a cure that makes it right, or None where nobody can know what is meant.
    let refused: BTreeMap<&str, Option<&str>> = BTreeMap::from([
        ("|x|", Some("abs(x)")),
        ("SIN(x)", Some("sin(x)")),
        ("exp x", Some("exp(x)")),
        ("3!", Some("6")),
        ("x % 2", Some("(x - 2*floor(x/2))")),
        ("0x10", Some("16")),
        ("1_000", Some("1000")),
        ("1,5*x", Some("1.5*x")),
        ("sin^2(x)", Some("sin(x)^2")),
        ("min(x, y, 1)", Some("min(min(x, y), 1)")),
        ("2e", Some("2*e")),
        ("1e5x", Some("1e5*x")),
    ]);
    for case in data("malformed.json")["dialect"].as_array().unwrap() {
        let text = case["formula"].as_str().unwrap();
        match refused.get(text) {
            Some(cure) => {
                let found = problems(text);
                assert_eq!(found.len(), 1, "{text}: {found:?}");
                assert_eq!(cured(text, &found[0]).as_deref(), *cure, "{text}");
                parse_formula(cure.unwrap(), &XY).unwrap();
            }
            None => assert_eq!(body(text), body(case["means"].as_str().expect(text)), "{text}"),
        }
    }
}

#[test]
fn stress_texts_end_in_a_meaning_or_a_stated_limit() {
    let deep = Problem::TooDeep { limit: limits::MAX_DEPTH };
    let mut cases: Vec<(String, Option<Problem>)> = data("malformed.json")["stress"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| {
            let parts = case["build"].as_array().unwrap().iter();
            let text = parts.map(|p| p[0].as_str().unwrap().repeat(p[1].as_u64().unwrap() as usize)).collect();
            (text, (case["id"] != "long-sum").then(|| deep.clone()))
        })
        .collect();
    assert_eq!(cases.len(), 5);
    for part in ["(", "sin(", "2^", "-", "√", "if x then ", "if ", "|", "x*(", "+-", "min(x, ", "x^-"] {
        cases.push((part.repeat(100_000 / part.len()), Some(deep.clone())));
    }
    cases.push(("x y ".repeat(20_000), None));
    cases.push(("x/".repeat(20_000) + "y", None));
    cases.push(("x+".repeat(60_000) + "y", Some(Problem::TooLarge { limit: limits::MAX_NODES })));
    cases.push((" ".repeat(300_000), Some(Problem::TooLong { limit: limits::MAX_LENGTH })));
    for (text, problem) in cases {
        let start: String = text.chars().take(20).collect();
        match (parse_formula(&text, &XY), problem) {
            (Ok(_), None) => {}
            (Err(found), Some(problem)) => assert!(found.iter().any(|d| d.kind == problem), "{start}: {found:?}"),
            (found, _) => panic!("{start}: {:?}", found.map(|_| ())),
        }
    }
}

#[test]
fn precedence_is_that_of_the_calculator() {
    for (text, same) in [
        ("-x^2", "-(x^2)"),
        ("2^3^2", "2^(3^2)"),
        ("2^-x*y", "(2^(-x))*y"),
        ("x*-y", "x*(-y)"),
        ("x - y - 1", "(x - y) - 1"),
        ("x/y/2*3", "((x/y)/2)*3"),
        ("+x", "x"),
        ("2 x^2 y", "2*(x^2)*y"),
        ("x²y³", "x^2*y^3"),
        ("x⁻¹ + y¹⁰", "x^(-1) + y^10"),
        ("-x²", "-(x^2)"),
        ("√x^2 y", "sqrt(x^2)*y"),
        ("√(x) + √2x", "sqrt(x) + sqrt(2)*x"),
        ("2πx", "2*pi*x"),
        ("2exp(x)", "2*exp(x)"),
        ("1 + x < y*2", "(1 + x) < (y*2)"),
        ("1 + if x > 0 then 1 else 2 + y", "1 + (if (x > 0) then 1 else (2 + y))"),
        ("if x then if y then 1 else 2 else 3", "if x then (if y then 1 else 2) else 3"),
        ("1e-3 + .5 + 1. + 2E+1", "0.001 + 0.5 + 1 + 20"),
        ("x ≤ y", "x <= y"),
        ("x\n  + y # the sum\n", "x + y"),
        ("pow(x, y)", "x^y"),
        ("log(x) + arctan(y)", "ln(x) + atan(y)"),
        ("x(y + 1)(2)", "x*(y + 1)*2"),
    ] {
        assert_eq!(body(text), body(same), "{text}");
    }
}

#[test]
fn problems_come_with_a_cure_and_all_at_once() {
    // text, character of each problem, text after the first cure
    for (text, places, cure) in [
        ("sine(x) + 2", vec![0], "sin(x) + 2"),
        ("foo + bar*x + bas(y)", vec![0, 6, 14], ""),
        ("x + z + q(x) + $ + 1,5", vec![4, 8, 15, 19], ""),
        ("(x + zz)*(zz + * y", vec![5, 10, 15, 18], ""),
        ("cso(x)", vec![0], "cos(x)"),
        ("xy", vec![0], "x*y"),
        ("3x2", vec![1], "3x^2"),
        ("X + y", vec![0], "x + y"),
        ("x = 2", vec![2], "x == 2"),
        ("f(x, y) = x^2", vec![0], " x^2"),
        ("z = x + q", vec![0, 8], " x + q"),
        ("2xsin(x) + 2πcso(x)", vec![1, 13], "2x*sin(x) + 2πcso(x)"),
        ("x // y", vec![2], "x / y"),
        ("1/2x", vec![2], "1/(2*x)"),
        ("0 < x < 1", vec![0], "(0 < x)*(x < 1)"),
        ("sin⁻¹(x)", vec![0], "asin(x)"),
        ("sin²(x)", vec![0], "sin(x)²"),
        ("[x + y]", vec![0], ""),
        ("x（y", vec![1, 3], ""),
        ("x 2", vec![2], "x *2"),
        ("x²^3", vec![0], "(x²)^3"),
        ("1e999*x", vec![0], ""),
        ("mean(x)", vec![5], ""),
        ("if x > 0 then 1", vec![15], ""),
        ("if x > 0 1 else 2", vec![9, 11], ""),
        ("x\ny", vec![1], ""),
        ("sin 2x + foo", vec![0, 9], "sin(2x) + foo"),
        ("param a = 2 in 5..1\nparam x = 1\nparam sin = 2\na*x + b", vec![12, 26, 38, 52], ""),
        ("param a = \nparam = 3\na", vec![10, 17, 21], ""),
    ] {
        let found = problems(text);
        let at: Vec<usize> = found.iter().map(|d| d.span.character(text)).collect();
        assert_eq!(at, places, "{text}: {found:?}");
        if !cure.is_empty() {
            assert_eq!(cured(text, &found[0]).as_deref(), Some(cure), "{text}: {found:?}");
        }
    }
}

#[test]
fn lists_are_made_numbers_before_a_formula_ends() {
    let scope = Scope { variables: &["w", "b"], columns: &["x", "y"] };
    parse_formula("mean((w*x + b - y)^2) + 0.1*w^2", &scope).unwrap();
    parse_formula("at(x, 2) + dot(x, y)/norm(x) + sum(x < w)", &scope).unwrap();
    let found = parse_formula("(w*x - y)^2", &scope).unwrap_err();
    assert_eq!(found[0].kind, Problem::NeedsNumber);
    assert_eq!(found[0].suggestion.as_deref(), Some("mean((w*x - y)^2)"));
    let found = parse_formula("mean(w) + at(x, y) + norm(b)", &scope).unwrap_err();
    let at: Vec<usize> = found.iter().map(|d| d.span.start).collect();
    assert_eq!(at, [5, 16, 26]);
}

#[test]
fn formulas_declare_parameters() {
    let text = "param a = 2 in 0..5\nparam depth = -1.5 in 1e-3..10 log # a comment\n\na*x^2 + depth";
    let Formula { params, body } = parse_formula(text, &XY).unwrap();
    assert_eq!(params.len(), 2);
    assert_eq!(
        (params[0].name.as_str(), params[0].default, params[0].range, params[0].log),
        ("a", 2.0, Some([0.0, 5.0]), false)
    );
    assert_eq!((params[1].default, params[1].range, params[1].log), (-1.5, Some([1e-3, 10.0]), true));
    assert_eq!(params[1].span.of(text), "depth");
    assert_eq!(body.names().into_iter().collect::<Vec<_>>(), ["a", "depth", "x"]);
    let one_line = parse_formula("param a = 2; a*x", &XY).unwrap();
    assert!(matches!(one_line.body.kind, ExprKind::Product(_)));
}

#[test]
fn rules_find_their_states_and_which_are_vectors() {
    let text = "\
param beta = 0.9 in 0..1
state s = lr                 # the step sizes
state best = 1e300
d = g + weight_decay*w
first = if t == 1 then 1 else 0
v = beta*v + (1 - beta)*d^2
p = p*beta
n = beta*n + norm(g)
q = (if first then q else r)
r = q + d
best = min(best, loss)
s = clamp(s*2,
          1e-6, 50)
w = w - s*d/(sqrt(v) + n + p)
w = w*1
";
    let rule = parse_rule(text, &["weight_decay"]).unwrap();
    assert_eq!(rule.states, ["v", "p", "n", "q", "r", "best", "s"]);
    let vectors: Vec<&str> = rule.states.iter().map(String::as_str).filter(|s| rule.state_is_vector(s)).collect();
    assert_eq!(vectors, ["v", "q", "r"]);
    assert_eq!(rule.lines.len(), 11);
    assert_eq!(rule.params[0].name, "beta");
    assert_eq!(rule.inits.len(), 2);
    // A vector by its initial value, and through another state.
    let rule = parse_rule("state a = w\nb = b + a\nw = w - lr*b", &[]).unwrap();
    assert!(rule.state_is_vector("a") && rule.state_is_vector("b"));
    parse_rule("g = g + weight_decay*w; w = w - lr*g", &["weight_decay"]).unwrap();
    parse_rule("β₁ = 0.5\nθ̂ = β₁*g\nw = w - lr*θ̂", &[]).unwrap();
}

#[test]
fn rules_are_refused_with_a_cure() {
    for (text, places, kind) in [
        ("v = 0.9*v - lr*g", vec![16], Problem::NoUpdate),
        ("", vec![0], Problem::Empty),
        ("# nothing\n", vec![10], Problem::Empty),
        ("lr = 2\nsin = 3\nh = 1\nw = w - lr*g", vec![0, 7, 15], Problem::ReservedName { name: "lr".into() }),
        ("w - lr*g", vec![0], Problem::NotAssignment),
        ("w -= lr*g", vec![0], Problem::NotAssignment),
        ("w = w - lr*norm(lr)", vec![16], Problem::NeedsList { function: "norm" }),
        ("param h = 2\nw = w - h*g", vec![6], Problem::Redeclared { name: "h".into() }),
        ("w = w - lr*(g\nw = w", vec![13], Problem::UnexpectedEnd { expected: downhill::lang::Expected::CloseBracket }),
        (
            "state m = g\nw = w - m",
            vec![10],
            Problem::UnknownName { name: "g".into(), known: vec!["h".into(), "lr".into(), "w".into()], in_rule: true },
        ),
    ] {
        let found = parse_rule(text, &["h"]).unwrap_err();
        let at: Vec<usize> = found.iter().map(|d| d.span.start).collect();
        assert_eq!(at, places, "{text}: {found:?}");
        assert_eq!(found[0].kind, kind, "{text}");
    }
    let found = parse_rule("v = momntum*v + gg\nw = w - lr*vv + eps", &["momentum"]).unwrap_err();
    let names: Vec<(&str, Option<&str>)> = found
        .iter()
        .map(|d| match &d.kind {
            Problem::UnknownName { name, in_rule: true, .. } => (name.as_str(), d.suggestion.as_deref()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [("momntum", Some("momentum")), ("gg", Some("g*g")), ("vv", Some("v*v")), ("eps", None)]);
    let found = parse_rule("w -= lr*g", &[]).unwrap_err();
    assert_eq!(cured("w -= lr*g", &found[0]).as_deref(), Some("w = w - (lr*g)"));
}

#[test]
fn every_function_takes_exactly_its_arguments() {
    for f in downhill::lang::functions() {
        let scope = Scope { variables: &["x"], columns: &["c"] };
        let call =
            |n: usize| format!("{}({})", f.name, vec![if f.func.is_reduction() { "c" } else { "x" }; n].join(", "));
        for n in 0..5 {
            let found = parse_formula(&call(n), &scope);
            if n == f.parameters.len() && f.func != Func::At {
                found.unwrap();
            } else if f.func != Func::At {
                assert!(matches!(found.unwrap_err()[0].kind, Problem::WrongArity { .. }), "{}", call(n));
            }
        }
        let bare = parse_formula(f.name, &scope).unwrap_err();
        assert!(matches!(bare[0].kind, Problem::MissingBrackets { .. }), "{}", f.name);
    }
}

#[test]
fn tokens_tell_what_each_piece_is() {
    let text = "if sin(2πx) >= foo² then e else $|1";
    let classes: Vec<(&str, TokenClass)> =
        tokens(text).into_iter().map(|(span, class)| (span.of(text), class)).collect();
    use TokenClass::{Bracket, Constant, Function, Keyword, Name, Number, Operator, Unknown};
    assert_eq!(
        classes,
        [
            ("if", Keyword),
            ("sin", Function),
            ("(", Bracket),
            ("2", Number),
            ("π", Constant),
            ("x", Name),
            (")", Bracket),
            (">=", Operator),
            ("foo", Name),
            ("²", Number),
            ("then", Keyword),
            ("e", Constant),
            ("else", Keyword),
            ("|", Unknown),
            ("1", Number),
        ]
    );
}
