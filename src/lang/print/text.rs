//! Text that the parser reads back as the same tree, in two styles: a calculator's (`0.2*x + 3*cos(3*x)`) and the one
//! for reading (`0.2x + 3cos(3x)`). A third one has values in the place of names (`0.9·(−0.12, 0.4) − 0.01·3.1`) and is
//! for eyes only.

use super::{Level, digits, level};
use crate::lang::ast::{Expr, ExprKind, Factor};

/// The expression as a calculator takes it: every product with its `*`.
pub fn print_text(expr: &Expr) -> String {
    let mut printer = Printer { out: String::new(), style: Style::Calculator };
    printer.expr(expr, Level::Whole);
    printer.out
}

/// The expression as a person likes to read it: products without signs where they cannot be misread.
pub fn print_display(expr: &Expr) -> String {
    let mut printer = Printer { out: String::new(), style: Style::Reading };
    printer.expr(expr, Level::Whole);
    printer.out
}

/// The expression with values in the place of the names that `value` knows; a value that begins with a minus sign gets
/// brackets where it needs them.
pub fn print_plugged(expr: &Expr, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut printer = Printer { out: String::new(), style: Style::Plugged(value) };
    printer.expr(expr, Level::Whole);
    printer.out
}

#[derive(Clone, Copy)]
enum Style<'a> {
    Calculator,
    Reading,
    Plugged(&'a dyn Fn(&str) -> Option<String>),
}

struct Printer<'a> {
    out: String,
    style: Style<'a>,
}

impl Printer<'_> {
    /// The text in the place of a name.
    fn name(&self, name: &str) -> String {
        match self.style {
            Style::Plugged(value) => value(name).unwrap_or_else(|| name.to_owned()),
            _ => name.to_owned(),
        }
    }

    /// How tightly what is written for an expression holds together.
    fn level(&self, expr: &Expr) -> Level {
        match &expr.kind {
            ExprKind::Name(name) if self.name(name).starts_with('−') => Level::Signed,
            _ => level(expr),
        }
    }

    /// Whether a value that has a sign of its own stands for an expression: after another sign it needs brackets.
    fn has_own_sign(&self, expr: &Expr) -> bool {
        self.level(expr) == Level::Signed && level(expr) > Level::Signed
    }

    fn minus(&self) -> &'static str {
        if matches!(self.style, Style::Plugged(_)) { "−" } else { "-" }
    }

    /// Writes an expression where one at least as tight as `needed` can stand.
    fn expr(&mut self, expr: &Expr, needed: Level) {
        let bracketed = self.level(expr) < needed;
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
            ExprKind::Number(value) if matches!(self.style, Style::Plugged(_)) => {
                self.out.push_str(&digits(*value).replace('-', "−"));
            }
            ExprKind::Number(value) => self.out.push_str(&digits(*value)),
            ExprKind::Constant(constant) => self.out.push_str(constant.name()),
            ExprKind::Name(name) => self.out.push_str(&self.name(name)),
            ExprKind::Neg(value) => {
                self.out.push_str(self.minus());
                self.expr(value, if self.has_own_sign(value) { Level::Power } else { Level::Signed });
            }
            ExprKind::Sum(terms) => {
                for (k, term) in terms.iter().enumerate() {
                    match (k, term.negative) {
                        (0, false) => {}
                        (0, true) => self.out.push_str(self.minus()),
                        (_, false) => self.out.push_str(" + "),
                        (_, true) => {
                            self.out.push(' ');
                            self.out.push_str(self.minus());
                            self.out.push(' ');
                        }
                    }
                    let signed = k > 0 && self.has_own_sign(&term.value);
                    self.expr(&term.value, if signed { Level::Power } else { Level::Product });
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
                // Several values in the place of one argument have brackets already.
                if let [Expr { kind: ExprKind::Name(name), .. }] = &arguments[..]
                    && self.name(name).starts_with('(')
                {
                    self.out.push_str(&self.name(name));
                    return;
                }
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
            let signed = k > 0 && self.has_own_sign(&factor.value);
            self.expr(&factor.value, if signed { Level::Power } else { Level::Signed });
            let sign = match before {
                None => "",
                Some(_) if factor.divides => "/",
                // `a/b c` would be ambiguous.
                Some(_) if matches!(self.style, Style::Plugged(_)) => "·",
                Some(before) if matches!(self.style, Style::Reading) && !divided => {
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
