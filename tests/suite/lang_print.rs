//! Printing: what is printed reads back as the same tree, with the fewest brackets.

use downhill::lang::{
    Choice, Comparison, Constant, Expr, ExprKind, Func, Scope, functions, parse_formula, parse_rule, print_display,
    print_latex, print_text, tokens,
};
use proptest::prelude::*;

use crate::lang::{body, data};

/// Names that could be mistaken for parts of numbers, and some in other alphabets.
const NAMES: &[&str] = &["x", "y", "e1", "E", "E2x", "ex", "eta", "x10", "b1", "o7", "θ", "β₁", "이름", "x_2", "in"];
const SCOPE: Scope<'static> = Scope { variables: NAMES, columns: &["c", "d"] };

/// Trees as the parser can make them.
pub(crate) fn expressions(names: &'static [&'static str]) -> BoxedStrategy<Expr> {
    let number = prop_oneof![
        (0u32..20).prop_map(f64::from),
        (0u32..1000).prop_map(|n| f64::from(n) / 100.0),
        (0.0f64..1e300),
        proptest::num::f64::POSITIVE | proptest::num::f64::SUBNORMAL,
    ];
    let leaf = prop_oneof![
        2 => number.prop_map(|v: f64| Expr::number(v.abs())),
        3 => proptest::sample::select(names).prop_map(Expr::name),
        1 => Just(ExprKind::Constant(Constant::Pi).into()),
        1 => Just(ExprKind::Constant(Constant::E).into()),
    ];
    let elementwise: Vec<Func> =
        functions().iter().map(|f| f.func).filter(|f| !f.is_reduction() && *f != Func::Pow).collect();
    let comparison = proptest::sample::select(vec![
        Comparison::Lt,
        Comparison::Le,
        Comparison::Gt,
        Comparison::Ge,
        Comparison::Eq,
        Comparison::Ne,
    ]);
    leaf.prop_recursive(6, 60, 4, move |inner| {
        let list = || prop::collection::vec((any::<bool>(), inner.clone()), 2..5);
        let pair = || (inner.clone(), inner.clone());
        let arguments = prop::collection::vec(inner.clone(), 3);
        prop_oneof![
            inner.clone().prop_map(Expr::negated),
            list().prop_map(Expr::sum),
            list().prop_map(Expr::product),
            list().prop_map(Expr::product),
            pair().prop_map(|(a, b)| a.power(b)),
            (comparison.clone(), pair())
                .prop_map(|(sign, (a, b))| ExprKind::Compare(sign, Box::new(a), Box::new(b)).into()),
            (proptest::sample::select(elementwise.clone()), arguments).prop_map(|(func, mut arguments)| {
                arguments.truncate(func.info().parameters.len());
                ExprKind::Call(func, arguments).into()
            }),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(condition, then, otherwise)| {
                ExprKind::If(Box::new(Choice { condition, then, otherwise })).into()
            }),
        ]
    })
    .boxed()
}

/// The same with one pair of round brackets left out, for every pair.
fn without_a_pair(text: &str) -> Vec<String> {
    let mut open = Vec::new();
    let mut shorter = Vec::new();
    for (at, c) in text.char_indices() {
        if c == '(' {
            open.push(at);
        } else if c == ')' {
            let start = open.pop().unwrap();
            let call = text[..start].ends_with(|c: char| c.is_alphanumeric());
            if !call {
                shorter.push(format!("{}{}{}", &text[..start], &text[start + 1..at], &text[at + 1..]));
            }
        }
    }
    shorter
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_printed_reads_back_as_the_same_tree(expr in expressions(NAMES)) {
        for text in [print_text(&expr), print_display(&expr)] {
            let read = parse_formula(&text, &SCOPE);
            prop_assert!(read.is_ok(), "{} {:?}", text, read);
            prop_assert_eq!(&read.unwrap().body, &expr, "{}", text);
        }
        let latex = print_latex(&expr);
        prop_assert_eq!(latex.matches('{').count(), latex.matches('}').count());
        prop_assert_eq!(latex.matches(r"\left").count(), latex.matches(r"\right").count());
    }

    #[test]
    fn no_bracket_is_printed_that_could_be_left_out(expr in expressions(&["x", "y"])) {
        let text = print_text(&expr);
        for shorter in without_a_pair(&text) {
            // A choice within an expression is bracketed for the eye.
            if text.contains("if ") {
                continue;
            }
            if let Ok(read) = parse_formula(&shorter, &SCOPE) {
                prop_assert!(read.body != expr, "{} is {}", text, shorter);
            }
        }
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "\\PC{0,40}", pieces in prop::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        for text in [text, pieces.concat(), pieces.join(" ")] {
            for result in [parse_formula(&text, &SCOPE).err(), parse_rule(&text, &["h"]).err()].into_iter().flatten() {
                for problem in result {
                    prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{:?}: {:?}", text, problem);
                    problem.span.line_column(&text);
                }
            }
            let mut end = 0;
            for (span, _) in tokens(&text) {
                prop_assert!(span.start >= end && span.end > span.start && span.end <= text.len());
                end = span.end;
            }
        }
    }
}

const PIECES: &[&str] = &[
    "x",
    "y",
    "2",
    "1e5",
    "2e",
    "0x1",
    ".5",
    "1.",
    "..",
    "sin",
    "max",
    "mean",
    "at",
    "pow",
    "clamp",
    "pi",
    "π",
    "e",
    "(",
    ")",
    "[",
    "}",
    "+",
    "-",
    "−",
    "*",
    "**",
    "/",
    "//",
    "^",
    "²",
    "⁻",
    "⁻¹",
    "√",
    "|",
    "!",
    "%",
    "<",
    "<=",
    "==",
    "!=",
    "=",
    ",",
    "if",
    "then",
    "else",
    "param",
    "state",
    "in",
    "log",
    "\n",
    ";",
    "#",
    "w",
    "g",
    "h",
    "c",
    "foo",
    "$",
    "（",
    "이",
    "\u{301}",
    " ",
    "w = ",
    "param a = 2\n",
    "&&",
];

#[test]
fn canonical_texts_are_printed_as_they_stand() {
    let mut same = 0;
    for case in data("formulas.json")["formulas"].as_array().unwrap() {
        let canonical = case["canonical"].as_str().unwrap();
        let printed = print_text(&body(case["formula"].as_str().unwrap()));
        assert_eq!(body(&printed), body(canonical), "{printed}");
        // But for the spelling of numbers and of the logarithm, the text is the same.
        if !canonical.contains("log")
            && !canonical.contains("e1")
            && !canonical.contains("e-1")
            && canonical != "1.5e1*x - 25E-1*y + .5 - 2.*x"
        {
            assert_eq!(printed, canonical);
            same += 1;
        }
    }
    assert!(same > 50);
}

#[test]
fn texts_and_latex_are_readable() {
    for (text, plain, display, latex) in [
        ("0.2x+3cos(3x)", "0.2*x + 3*cos(3*x)", "0.2x + 3cos(3x)", r"0.2 x + 3 \cos\left(3 x\right)"),
        ("x*y/3*2", "x*y/3*2", "x y/3*2", r"\frac{x y}{3} \cdot 2"),
        ("x/y/2", "x/y/2", "x/y/2", r"\frac{x}{y \cdot 2}"),
        ("(x+1)*(y-1)*2", "(x + 1)*(y - 1)*2", "(x + 1) (y - 1)*2", r"\left(x + 1\right) \left(y - 1\right) \cdot 2"),
        ("-2x^2 - -y", "-2*x^2 - -y", "-2x^2 - -y", "-2 x^{2} - -y"),
        (
            "(1-x)²+100(y-x²)²",
            "(1 - x)^2 + 100*(y - x^2)^2",
            "(1 - x)^2 + 100(y - x^2)^2",
            r"\left(1 - x\right)^{2} + 100 \left(y - x^{2}\right)^{2}",
        ),
        ("sqrt(x)/sin(x)^2", "sqrt(x)/sin(x)^2", "sqrt(x)/sin(x)^2", r"\frac{\sqrt{x}}{\sin^{2}\left(x\right)}"),
        ("2*e*x", "2*e*x", "2*e x", "2 e x"),
        ("1e-7*x + 1e300", "1e-7*x + 1e300", "1e-7*x + 1e300", r"10^{-7} x + 10^{300}"),
        ("x^-y^2", "x^-y^2", "x^-y^2", "x^{-y^{2}}"),
        ("-(x+y)", "-(x + y)", "-(x + y)", r"-\left(x + y\right)"),
        (
            "abs(x)+floor(y)+exp(-x)",
            "abs(x) + floor(y) + exp(-x)",
            "abs(x) + floor(y) + exp(-x)",
            r"\left|x\right| + \left\lfloor y\right\rfloor + e^{-x}",
        ),
        (
            "if x>0 then x else if y then 0 else -x",
            "if x > 0 then x else if y then 0 else -x",
            "if x > 0 then x else if y then 0 else -x",
            r"\begin{cases} x & x > 0 \\ 0 & y \ne 0 \\ -x & y = 0 \end{cases}",
        ),
        (
            "1+(if x<y then 1 else 2)",
            "1 + (if x < y then 1 else 2)",
            "1 + (if x < y then 1 else 2)",
            r"1 + \left(\begin{cases} 1 & x < y \\ 2 & x \ge y \end{cases}\right)",
        ),
        ("max(x, 1/y)", "max(x, 1/y)", "max(x, 1/y)", r"\max\left(x, \frac{1}{y}\right)"),
    ] {
        let expr = body(text);
        assert_eq!(print_text(&expr), plain);
        assert_eq!(print_display(&expr), display);
        assert_eq!(print_latex(&expr), latex);
    }
    for (name, latex) in [
        ("beta1", r"\beta_{1}"),
        ("β₁", r"\beta_{1}"),
        ("x_2", "x_{2}"),
        ("v_max", r"v_{\mathrm{max}}"),
        ("weight_decay", r"\mathrm{weight\_decay}"),
        ("momentum", r"\mathrm{momentum}"),
        ("θ", r"\theta"),
    ] {
        assert_eq!(print_latex(&Expr::name(name)), latex);
    }
}
