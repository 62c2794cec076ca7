//! LaTeX for mathematics mode, without dollar signs and without words.

use super::{Level, digits, level};
use crate::lang::Func;
use crate::lang::ast::{Choice, Comparison, Constant, Expr, ExprKind, Factor};

/// The expression as LaTeX: fractions, roots, powers, cases.
pub fn print_latex(expr: &Expr) -> String {
    latex(expr, Level::Whole)
}

fn latex(expr: &Expr, needed: Level) -> String {
    let text = bare(expr);
    if level(expr) < needed && !is_fraction(expr, needed) { bracketed(&text) } else { text }
}

/// A lone fraction needs no brackets in a sum, a product or under a sign.
fn is_fraction(expr: &Expr, needed: Level) -> bool {
    let ExprKind::Product(factors) = &expr.kind else { return false };
    needed <= Level::Signed && factors.last().is_some_and(|f| f.divides)
}

fn bracketed(text: &str) -> String {
    format!(r"\left({text}\right)")
}

fn number(value: f64) -> String {
    match digits(value).split_once('e') {
        Some(("1", exponent)) => format!("10^{{{exponent}}}"),
        Some((mantissa, exponent)) => format!(r"{mantissa} \cdot 10^{{{exponent}}}"),
        None => digits(value),
    }
}

fn bare(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(value) => number(*value),
        ExprKind::Constant(Constant::Pi) => r"\pi".to_owned(),
        ExprKind::Constant(Constant::E) => "e".to_owned(),
        ExprKind::Name(text) => name(text),
        ExprKind::Neg(value) => format!("-{}", latex(value, Level::Signed)),
        ExprKind::Sum(terms) => {
            let mut out = String::new();
            for (k, term) in terms.iter().enumerate() {
                out.push_str(match (k, term.negative) {
                    (0, false) => "",
                    (0, true) => "-",
                    (_, false) => " + ",
                    (_, true) => " - ",
                });
                out.push_str(&latex(&term.value, Level::Product));
            }
            out
        }
        ExprKind::Product(factors) => product(factors),
        ExprKind::Power(base, exponent) => power(base, exponent),
        ExprKind::Compare(sign, a, b) => {
            format!("{} {} {}", latex(a, Level::Sum), comparison(*sign), latex(b, Level::Sum))
        }
        ExprKind::Call(func, arguments) => call(*func, arguments),
        ExprKind::If(choice) => cases(choice),
    }
}

fn comparison(sign: Comparison) -> &'static str {
    match sign {
        Comparison::Lt => "<",
        Comparison::Le => r"\le",
        Comparison::Gt => ">",
        Comparison::Ge => r"\ge",
        Comparison::Eq => "=",
        Comparison::Ne => r"\ne",
    }
}

/// From left to right: what is divided by goes under a fraction line, what comes after it behind the fraction.
fn product(factors: &[Factor]) -> String {
    let mut above: Vec<&Expr> = Vec::new();
    let mut below: Vec<&Expr> = Vec::new();
    let mut done = String::new();
    for factor in factors {
        if factor.divides {
            below.push(&factor.value);
            continue;
        }
        if !below.is_empty() {
            done = fraction(&done, &above, &below);
            above.clear();
            below.clear();
        }
        above.push(&factor.value);
    }
    if below.is_empty() { joined(&done, &above) } else { fraction(&done, &above, &below) }
}

fn fraction(done: &str, above: &[&Expr], below: &[&Expr]) -> String {
    let fraction = format!(r"\frac{{{}}}{{{}}}", alone_or_joined(above), alone_or_joined(below));
    if done.is_empty() { fraction } else { format!("{done} {fraction}") }
}

fn alone_or_joined(factors: &[&Expr]) -> String {
    match factors {
        [one] => latex(one, Level::Whole),
        many => joined("", many),
    }
}

/// Factors side by side, with a dot where two numbers would run together.
fn joined(done: &str, factors: &[&Expr]) -> String {
    let mut out = done.to_owned();
    for factor in factors {
        let text = latex(factor, Level::Power);
        if !out.is_empty() {
            let number = text.starts_with(|c: char| c.is_ascii_digit()) || text.contains(r"\cdot 10^");
            out.push_str(if number { r" \cdot " } else { " " });
        } else if let ExprKind::Neg(_) = factor.kind {
            // A sign in front of a whole product needs no brackets.
            out.push_str(&latex(factor, Level::Signed));
            continue;
        }
        out.push_str(&text);
    }
    out
}

fn power(base: &Expr, exponent: &Expr) -> String {
    let exponent = latex(exponent, Level::Whole);
    if let ExprKind::Call(func, arguments) = &base.kind
        && let (Some(operator), [argument]) = (func.info().latex, arguments.as_slice())
        && !matches!(func, Func::Exp | Func::Log2 | Func::Log10 | Func::Sigmoid)
    {
        return format!("{operator}^{{{exponent}}}{}", bracketed(&latex(argument, Level::Whole)));
    }
    let tight = !matches!(base.kind, ExprKind::Call(Func::Exp, _));
    let base = if tight { latex(base, Level::Atom) } else { bracketed(&bare(base)) };
    format!("{base}^{{{exponent}}}")
}

fn call(func: Func, arguments: &[Expr]) -> String {
    let parts: Vec<String> = arguments.iter().map(|a| latex(a, Level::Whole)).collect();
    let all = parts.join(", ");
    match func {
        Func::Sqrt => format!(r"\sqrt{{{all}}}"),
        Func::Exp => format!("e^{{{all}}}"),
        Func::Abs => format!(r"\left|{all}\right|"),
        Func::Floor => format!(r"\left\lfloor {all}\right\rfloor"),
        Func::Norm => format!(r"\left\lVert {all}\right\rVert"),
        Func::Mean => format!(r"\operatorname{{mean}}{}", bracketed(&all)),
        _ => match func.info().latex {
            Some(operator) => format!("{operator}{}", bracketed(&all)),
            None => format!(r"\operatorname{{{}}}{}", func.name(), bracketed(&all)),
        },
    }
}

/// Cases without words: each condition in turn, the last one being what holds when no other does.
fn cases(choice: &Choice) -> String {
    let mut rows = Vec::new();
    let mut choice = choice;
    loop {
        rows.push(format!("{} & {}", latex(&choice.then, Level::Comparison), condition(&choice.condition, true)));
        match &choice.otherwise.kind {
            ExprKind::If(next) => choice = next,
            _ => break,
        }
    }
    let last = latex(&choice.otherwise, Level::Comparison);
    rows.push(format!("{last} & {}", condition(&choice.condition, false)));
    format!(r"\begin{{cases}} {} \end{{cases}}", rows.join(r" \\ "))
}

fn condition(expr: &Expr, holds: bool) -> String {
    match &expr.kind {
        ExprKind::Compare(sign, a, b) => {
            let sign = if holds { *sign } else { sign.negated() };
            format!("{} {} {}", latex(a, Level::Sum), comparison(sign), latex(b, Level::Sum))
        }
        _ => format!("{} {} 0", latex(expr, Level::Sum), if holds { r"\ne" } else { "=" }),
    }
}

const GREEK: &[(&str, &str)] = &[
    ("α", "alpha"),
    ("β", "beta"),
    ("γ", "gamma"),
    ("δ", "delta"),
    ("ε", "epsilon"),
    ("ζ", "zeta"),
    ("η", "eta"),
    ("θ", "theta"),
    ("ι", "iota"),
    ("κ", "kappa"),
    ("λ", "lambda"),
    ("μ", "mu"),
    ("ν", "nu"),
    ("ξ", "xi"),
    ("ρ", "rho"),
    ("σ", "sigma"),
    ("τ", "tau"),
    ("υ", "upsilon"),
    ("φ", "phi"),
    ("χ", "chi"),
    ("ψ", "psi"),
    ("ω", "omega"),
    ("Γ", "Gamma"),
    ("Δ", "Delta"),
    ("Θ", "Theta"),
    ("Λ", "Lambda"),
    ("Ξ", "Xi"),
    ("Σ", "Sigma"),
    ("Φ", "Phi"),
    ("Ψ", "Psi"),
    ("Ω", "Omega"),
];

/// `x`, `\theta`, `\beta_{1}`, `v_{\mathrm{max}}`, `\mathrm{momentum}`.
fn name(text: &str) -> String {
    let subscript = |c: char| matches!(c, '₀'..='₉');
    let stem = text.trim_end_matches(|c: char| c.is_ascii_digit() || subscript(c));
    let index: String = text
        .chars()
        .skip(stem.chars().count())
        .map(|c| if subscript(c) { char::from_digit(c as u32 - '₀' as u32, 10).unwrap_or(c) } else { c })
        .collect();
    if let Some(symbol) = symbol(stem.trim_end_matches('_')) {
        return if index.is_empty() { symbol } else { format!("{symbol}_{{{index}}}") };
    }
    if let Some((head, tail)) = text.split_once('_')
        && let Some(symbol) = symbol(head)
    {
        return format!(r"{symbol}_{{\mathrm{{{}}}}}", tail.replace('_', r"\_"));
    }
    format!(r"\mathrm{{{}}}", text.replace('_', r"\_"))
}

fn symbol(text: &str) -> Option<String> {
    if let Some((_, spelled)) = GREEK.iter().find(|(letter, spelled)| *letter == text || *spelled == text) {
        return Some(format!(r"\{spelled}"));
    }
    (text.chars().count() == 1).then(|| text.to_owned())
}
