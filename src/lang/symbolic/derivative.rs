//! The rules of differentiation on trees.

use super::coefficient::Coefficient;
use super::functions::{outer, partials};
use super::monomial::{as_number, power, product};
use super::sum::{multiplied_out, polynomial, sum};
use crate::lang::ast::{Choice, Constant, Expr, ExprKind, Factor};
use crate::lang::function::Func;
use crate::lang::limits::{MAX_DERIVATIVE, MAX_HEIGHT};

/// The derivative with respect to a name, simplified for reading; `None` where it would be larger than
/// [`MAX_DERIVATIVE`] parts or taller than [`MAX_HEIGHT`].
///
/// The other names count as constants. Where there is no derivative (at kinks and jumps) the formula of one side is
/// given; steps and comparisons have the derivative 0.
pub fn derivative(expr: &Expr, name: &str) -> Option<Expr> {
    Rules { name, work: 0 }.of(expr)
}

/// How many parts all intermediate results together may have, as a multiple of the largest result.
const MOST_WORK: usize = 10 * MAX_DERIVATIVE;

struct Rules<'a> {
    name: &'a str,
    work: usize,
}

pub(super) fn is_zero(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Number(value) if value == 0.0)
}

impl Rules<'_> {
    fn of(&mut self, expr: &Expr) -> Option<Expr> {
        if let ExprKind::Number(_) | ExprKind::Constant(_) | ExprKind::Name(_) = &expr.kind {
            let own = matches!(&expr.kind, ExprKind::Name(name) if name == self.name);
            return Some(Expr::number(f64::from(u8::from(own))));
        }
        let result = self.compound(expr)?;
        let (nodes, height) = result.measure(MAX_DERIVATIVE);
        self.work += nodes;
        (nodes <= MAX_DERIVATIVE && height <= MAX_HEIGHT && self.work <= MOST_WORK).then_some(result)
    }

    fn compound(&mut self, expr: &Expr) -> Option<Expr> {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Constant(_) | ExprKind::Name(_) | ExprKind::Compare(..) => {
                Some(Expr::number(0.0))
            }
            ExprKind::Neg(value) => Some(sum([(true, self.of(value)?)])),
            ExprKind::Sum(terms) => {
                let mut parts = Vec::with_capacity(terms.len());
                for term in terms {
                    parts.push((term.negative, self.of(&term.value)?));
                }
                Some(polynomial(parts))
            }
            ExprKind::Product(factors) => self.product(factors),
            ExprKind::Power(base, exponent) => self.power(expr, base, exponent),
            ExprKind::Call(func, arguments) => self.call(*func, arguments),
            ExprKind::If(choice) => {
                let (then, otherwise) = (self.of(&choice.then)?, self.of(&choice.otherwise)?);
                Some(either(choice.condition.clone(), then, otherwise))
            }
        }
    }

    /// The sum over the factors of the factor's derivative times the others.
    fn product(&mut self, factors: &[Factor]) -> Option<Expr> {
        let mut inner = Vec::with_capacity(factors.len());
        for factor in factors {
            inner.push(self.of(&factor.value)?);
        }
        let varying = inner.iter().filter(|d| !is_zero(d)).count();
        let size: usize = factors.iter().map(|f| f.value.measure(MAX_DERIVATIVE).0).sum();
        if varying.saturating_mul(size) > MAX_DERIVATIVE {
            return None;
        }
        let minus_one = Expr::number(-1.0);
        let mut terms = Vec::with_capacity(varying);
        for (k, d) in inner.into_iter().enumerate().filter(|(_, d)| !is_zero(d)) {
            let mut parts = Vec::with_capacity(factors.len() + 2);
            let mut negative = false;
            if let Some(scaled) = number_besides(factors, k).and_then(|number| multiplied_out(number, &d)) {
                terms.push((false, scaled));
                continue;
            }
            for (other, factor) in factors.iter().enumerate() {
                match (other == k, factor.divides) {
                    (true, false) => parts.push(d.clone()),
                    (true, true) => {
                        negative = true;
                        parts.push(d.clone());
                        parts.push(power(&factor.value, &Expr::number(-2.0)));
                    }
                    (false, false) => parts.push(factor.value.clone()),
                    (false, true) => parts.push(power(&factor.value, &minus_one)),
                }
            }
            terms.push((negative, product(parts)));
        }
        Some(sum(terms))
    }

    fn power(&mut self, whole: &Expr, base: &Expr, exponent: &Expr) -> Option<Expr> {
        let (d_base, d_exponent) = (self.of(base)?, self.of(exponent)?);
        let ln_base = || match base.kind {
            ExprKind::Constant(Constant::E) => Expr::number(1.0),
            _ => Expr::call(Func::Ln, base.clone()),
        };
        let from_base = |d_base: Expr| {
            let less = sum([(false, exponent.clone()), (true, Expr::number(1.0))]);
            let reduced = match as_number(exponent) {
                Some(_) => power(base, &less),
                None if is_zero(&less) => Expr::number(1.0),
                None => base.clone().power(less),
            };
            product([exponent.clone(), reduced, d_base])
        };
        match (is_zero(&d_base), is_zero(&d_exponent)) {
            (true, true) => Some(Expr::number(0.0)),
            (false, true) => Some(from_base(d_base)),
            (true, false) => Some(product([whole.clone(), ln_base(), d_exponent])),
            (false, false) => {
                let relative = product([exponent.clone(), power(base, &Expr::number(-1.0)), d_base]);
                let growth = sum([(false, product([d_exponent, ln_base()])), (false, relative)]);
                Some(product([whole.clone(), growth]))
            }
        }
    }

    fn call(&mut self, func: Func, arguments: &[Expr]) -> Option<Expr> {
        let mut inner = Vec::with_capacity(arguments.len());
        for argument in arguments {
            inner.push(self.of(argument)?);
        }
        if inner.iter().all(is_zero) {
            return Some(Expr::number(0.0));
        }
        if let ([argument], [d]) = (arguments, inner.as_slice())
            && let Some(slope) = outer(func, argument)
        {
            return Some(product([slope, d.clone()]));
        }
        Some(partials(func, arguments, &inner, self.name))
    }
}

/// What one factor is multiplied by, where that is a number.
fn number_besides(factors: &[Factor], one: usize) -> Option<Coefficient> {
    if factors.get(one).is_none_or(|factor| factor.divides) {
        return None;
    }
    factors.iter().enumerate().filter(|(k, _)| *k != one).try_fold(Coefficient::ONE, |number, (_, factor)| {
        let value = as_number(&factor.value)?;
        number.times(if factor.divides { value.inverse()? } else { value })
    })
}

/// `if condition then a else b`, unless both are the same.
pub(super) fn either(condition: Expr, then: Expr, otherwise: Expr) -> Expr {
    if then == otherwise {
        return then;
    }
    ExprKind::If(Box::new(Choice { condition, then, otherwise })).into()
}
