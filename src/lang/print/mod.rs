//! Expressions as text and as LaTeX, with the fewest brackets.

mod latex;
mod text;

pub use latex::print_latex;
pub use text::{print_display, print_plugged, print_text};

use super::ast::{Expr, ExprKind};

/// How tightly an expression holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Whole,
    Comparison,
    Sum,
    Product,
    Signed,
    Power,
    Atom,
}

fn level(expr: &Expr) -> Level {
    match &expr.kind {
        ExprKind::Number(value) if value.is_sign_negative() => Level::Signed,
        ExprKind::Number(_) | ExprKind::Constant(_) | ExprKind::Name(_) | ExprKind::Call(..) => Level::Atom,
        ExprKind::Neg(_) => Level::Signed,
        ExprKind::Sum(_) => Level::Sum,
        ExprKind::Product(_) => Level::Product,
        ExprKind::Power(..) => Level::Power,
        ExprKind::Compare(..) => Level::Comparison,
        ExprKind::If(_) => Level::Whole,
    }
}

/// The shortest digits that read back as the same number: `0.001`, `1e-7`, as the language reads them.
fn digits(value: f64) -> String {
    let scientific = format!("{value:e}");
    let exponent: i32 = scientific.split('e').nth(1).and_then(|e| e.parse().ok()).unwrap_or(0);
    if (-5..16).contains(&exponent) { value.to_string() } else { scientific }
}
