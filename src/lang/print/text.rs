//! Text that the parser reads back as the same tree, in two styles: a calculator's (`0.2*x + 3*cos(3*x)`) and the one
//! for reading (`0.2x + 3cos(3x)`).

use super::{Level, digits, level};
use crate::lang::ast::{Expr, ExprKind, Factor};

/// The expression as a calculator takes it: every product with its `*`.
pub fn print_text(expr: &Expr) -> String {
    let mut printer = Printer { out: String::new(), implicit: false };
    printer.expr(expr, Level::Whole);
    printer.out
}

/// The expression as a person likes to read it: products without signs where they cannot be misread.
pub fn print_display(expr: &Expr) -> String {
    let mut printer = Printer { out: String::new(), implicit: true };
    printer.expr(expr, Level::Whole);
    printer.out
}

struct Printer {
    out: String,
    implicit: bool,
}

impl Printer {
    /// Writes an expression where one at least as tight as `needed` can stand.
    fn expr(&mut self, expr: &Expr, needed: Level) {
        let bracketed = level(expr) < needed;
        if bracketed {
            self.out.push('(');
        }
        self.bare(expr);
        if bracketed {
            self.out.push(')');
        }
    }

    fn bare(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(value) => self.out.push_str(&digits(*value)),
            ExprKind::Constant(constant) => self.out.push_str(constant.name()),
            ExprKind::Name(name) => self.out.push_str(name),
            ExprKind::Neg(value) => {
                self.out.push('-');
                self.expr(value, Level::Signed);
            }
            ExprKind::Sum(terms) => {
                for (k, term) in terms.iter().enumerate() {
                    match (k, term.negative) {
                        (0, false) => {}
                        (0, true) => self.out.push('-'),
                        (_, false) => self.out.push_str(" + "),
                        (_, true) => self.out.push_str(" - "),
                    }
                    self.expr(&term.value, Level::Product);
                }
            }
            ExprKind::Product(factors) => self.product(factors),
            ExprKind::Power(base, exponent) => {
                self.expr(base, Level::Atom);
                self.out.push('^');
                self.expr(exponent, Level::Signed);
            }
            ExprKind::Compare(sign, a, b) => {
                self.expr(a, Level::Sum);
                self.out.push(' ');
                self.out.push_str(sign.symbol());
                self.out.push(' ');
                self.expr(b, Level::Sum);
            }
            ExprKind::Call(func, arguments) => {
                self.out.push_str(func.name());
                self.out.push('(');
                for (k, argument) in arguments.iter().enumerate() {
                    if k > 0 {
                        self.out.push_str(", ");
                    }
                    self.expr(argument, Level::Whole);
                }
                self.out.push(')');
            }
            ExprKind::If(choice) => {
                self.out.push_str("if ");
                self.expr(&choice.condition, Level::Whole);
                self.out.push_str(" then ");
                self.expr(&choice.then, Level::Whole);
                self.out.push_str(" else ");
                self.expr(&choice.otherwise, Level::Whole);
            }
        }
    }

    fn product(&mut self, factors: &[Factor]) {
        let mut divided = false;
        for (k, factor) in factors.iter().enumerate() {
            divided |= factor.divides;
            let before = k.checked_sub(1).and_then(|k| factors.get(k));
            let start = self.out.len();
            self.expr(&factor.value, Level::Signed);
            let sign = match before {
                None => "",
                Some(_) if factor.divides => "/",
                // `a/b c` would be ambiguous.
                Some(before) if self.implicit && !divided => {
                    juxtaposed(&before.value, &factor.value, self.out.get(start..).unwrap_or(""))
                }
                Some(_) => "*",
            };
            self.out.insert_str(start, sign);
        }
    }
}

/// What stands between two factors of a product in the style for reading; `text` is that of the right one.
fn juxtaposed(left: &Expr, right: &Expr, text: &str) -> &'static str {
    let mut letters = text.chars();
    let first = letters.next().unwrap_or('0');
    if first.is_ascii_digit() || first == '-' {
        return "*";
    }
    let number = match &left.kind {
        ExprKind::Number(value) => Some(*value),
        ExprKind::Neg(inner) => match inner.kind {
            ExprKind::Number(value) => Some(value),
            _ => None,
        },
        _ => None,
    };
    let Some(number) = number else { return " " };
    if level(right) < Level::Power {
        return "";
    }
    // `2e`, `2e1` and `0x10` are read as (bad) numbers, and `1e-7x` is refused.
    let second = letters.next();
    let exponent = matches!(first, 'e' | 'E') && !second.is_some_and(char::is_alphabetic);
    let radix = number == 0.0 && matches!(first, 'x' | 'X' | 'o' | 'O' | 'b' | 'B');
    if exponent || radix || digits(number).contains('e') { "*" } else { "" }
}
