//! Products in a normal form: a coefficient, and each base once with its exponent.

use std::collections::BTreeMap;

use super::coefficient::Coefficient;
use super::sum::sum;
use crate::lang::ast::{Expr, ExprKind};
use crate::lang::function::Func;
use crate::lang::print::print_text;

/// A coefficient times powers.
#[derive(Clone, Debug)]
pub(super) struct Monomial {
    pub(super) coefficient: Coefficient,
    factors: Vec<Power>,
    /// Where the powers of a base are, by its text.
    places: BTreeMap<String, usize>,
}

#[derive(Clone, Debug)]
struct Power {
    base: Expr,
    exponent: Exponent,
}

#[derive(Clone, Debug)]
pub(super) enum Exponent {
    Number(Coefficient),
    Expr(Expr),
}

impl Exponent {
    fn plus(&self, other: &Self) -> Self {
        if let (Self::Number(a), Self::Number(b)) = (self, other)
            && let Some(total) = a.plus(*b)
        {
            return Self::Number(total);
        }
        let total = sum([(false, self.to_expr()), (false, other.to_expr())]);
        as_number(&total).map_or(Self::Expr(total), Self::Number)
    }

    fn to_expr(&self) -> Expr {
        match self {
            Self::Number(number) if number.is_negative() => Monomial::number(*number).into_expr(),
            Self::Number(number) => number.size(),
            Self::Expr(expr) => expr.clone(),
        }
    }
}

/// The number that an expression of numbers is.
pub(super) fn as_number(expr: &Expr) -> Option<Coefficient> {
    match &expr.kind {
        ExprKind::Number(value) => Some(Coefficient::whole(*value)),
        ExprKind::Neg(value) => as_number(value).map(Coefficient::negated),
        ExprKind::Product(factors) => factors.iter().try_fold(Coefficient::ONE, |product, factor| {
            let value = as_number(&factor.value)?;
            product.times(if factor.divides { value.inverse()? } else { value })
        }),
        _ => None,
    }
}

/// The product of expressions, tidied.
pub(super) fn product(factors: impl IntoIterator<Item = Expr>) -> Expr {
    let mut monomial = Monomial::number(Coefficient::ONE);
    for factor in factors {
        monomial.multiply(&factor, Coefficient::ONE);
    }
    monomial.into_expr()
}

/// `1/expr`
pub(super) fn inverse(expr: &Expr) -> Expr {
    let mut monomial = Monomial::number(Coefficient::ONE);
    monomial.multiply(expr, Coefficient::MINUS_ONE);
    monomial.into_expr()
}

/// `base^exponent` for a constant exponent, tidied.
pub(super) fn power(base: &Expr, exponent: &Expr) -> Expr {
    let mut monomial = Monomial::number(Coefficient::ONE);
    match as_number(exponent) {
        Some(number) => monomial.multiply(base, number),
        None => monomial.push(base.clone(), Exponent::Expr(exponent.clone())),
    }
    monomial.into_expr()
}

impl Monomial {
    pub(super) fn number(coefficient: Coefficient) -> Self {
        Self { coefficient, factors: Vec::new(), places: BTreeMap::new() }
    }

    pub(super) fn of(expr: &Expr) -> Self {
        let mut monomial = Self::number(Coefficient::ONE);
        monomial.multiply(expr, Coefficient::ONE);
        monomial
    }

    /// The sum that it consists of, where it is nothing but a sum with or without a sign.
    pub(super) fn as_sum(&self) -> Option<&Expr> {
        let [Power { base, exponent: Exponent::Number(exponent) }] = self.factors.as_slice() else { return None };
        let unit = self.coefficient.is_one() || self.coefficient == Coefficient::MINUS_ONE;
        (unit && exponent.is_one() && matches!(base.kind, ExprKind::Sum(_))).then_some(base)
    }

    pub(super) fn is_number(&self) -> bool {
        self.factors.is_empty()
    }

    /// What tells like terms: everything but the coefficient.
    pub(super) fn key(&self) -> String {
        print_text(&Self { coefficient: Coefficient::ONE, ..self.clone() }.into_expr())
    }

    /// Multiplies by `expr^exponent`, taking products and whole powers apart where that is exact.
    pub(super) fn multiply(&mut self, expr: &Expr, exponent: Coefficient) {
        if exponent.is_zero() {
            return;
        }
        let unit = exponent.is_one() || exponent == Coefficient::MINUS_ONE;
        match &expr.kind {
            ExprKind::Number(value) if self.multiply_number(*value, exponent) => {}
            ExprKind::Neg(inner) if exponent.is_whole() => {
                if exponent.value() % 2.0 != 0.0 {
                    self.coefficient = self.coefficient.negated();
                }
                self.multiply(inner, exponent);
            }
            ExprKind::Product(factors) if exponent.is_whole() => {
                for factor in factors {
                    let exponent = if factor.divides { exponent.negated() } else { exponent };
                    self.multiply(&factor.value, exponent);
                }
            }
            ExprKind::Power(base, power) => match as_number(power) {
                Some(number) if unit || (exponent.is_whole() && number.is_whole()) => match number.times(exponent) {
                    Some(total) => self.multiply(base, total),
                    None => self.push(expr.clone(), Exponent::Number(exponent)),
                },
                None if exponent.is_one() => self.push((**base).clone(), Exponent::Expr((**power).clone())),
                None if unit => {
                    let opposite = product([Expr::number(-1.0), (**power).clone()]);
                    self.push((**base).clone(), Exponent::Expr(opposite));
                }
                _ => self.push(expr.clone(), Exponent::Number(exponent)),
            },
            ExprKind::Call(Func::Sqrt, arguments) => match (arguments.as_slice(), exponent.times(Coefficient::HALF)) {
                ([argument], Some(half)) => self.push(argument.clone(), Exponent::Number(half)),
                _ => self.push(expr.clone(), Exponent::Number(exponent)),
            },
            _ => self.push(expr.clone(), Exponent::Number(exponent)),
        }
    }

    /// Multiplies the coefficient by a power of a number, if the result can be written.
    fn multiply_number(&mut self, value: f64, exponent: Coefficient) -> bool {
        let number = Coefficient::whole(value);
        let times = exponent.value().abs();
        let one = if exponent.is_negative() { number.inverse() } else { Some(number) };
        if !exponent.is_whole() || times > 16.0 {
            return false;
        }
        let mut total = Some(self.coefficient);
        for _ in 0..times as u32 {
            total = total.zip(one).and_then(|(total, one)| total.times(one));
        }
        if let Some(total) = total {
            self.coefficient = total;
        }
        total.is_some()
    }

    fn push(&mut self, base: Expr, exponent: Exponent) {
        let key = print_text(&base);
        if let Some(known) = self.places.get(&key).and_then(|at| self.factors.get_mut(*at)) {
            known.exponent = known.exponent.plus(&exponent);
        } else {
            self.places.insert(key, self.factors.len());
            self.factors.push(Power { base, exponent });
        }
    }

    pub(super) fn into_expr(self) -> Expr {
        let negative = self.coefficient.is_negative();
        let size = self.into_size();
        if !negative {
            return size;
        }
        // The sign goes to the first factor: `-2x`.
        match size.kind {
            ExprKind::Product(factors) => {
                let mut factors = factors.into_iter().map(|f| (f.divides, f.value));
                let first = factors.next().map(|(divides, value)| (divides, value.negated()));
                Expr::product(first.into_iter().chain(factors))
            }
            _ => size.negated(),
        }
    }

    /// The expression without the sign of its coefficient.
    pub(super) fn into_size(self) -> Expr {
        let coefficient = self.coefficient;
        if coefficient.is_zero() {
            return Expr::number(0.0);
        }
        let mut above: Vec<(u8, Expr)> = Vec::new();
        let mut below: Vec<(u8, Expr)> = Vec::new();
        for Power { base, exponent } in self.factors {
            let rank = rank(&base);
            match exponent {
                Exponent::Number(number) if number.is_zero() => {}
                Exponent::Number(number) if number.is_negative() => below.push((rank, raised(base, number.negated()))),
                Exponent::Number(number) => above.push((rank, raised(base, number))),
                Exponent::Expr(exponent) => above.push((rank, base.power(exponent))),
            }
        }
        above.sort_by_key(|(rank, _)| *rank);
        below.sort_by_key(|(rank, _)| *rank);
        let numerator = coefficient.numerator().abs();
        if numerator != 1.0 || above.is_empty() {
            above.insert(0, (0, Expr::number(numerator)));
        }
        if coefficient.denominator() != 1.0 {
            below.insert(0, (0, Expr::number(coefficient.denominator())));
        }
        let multiplied = |factors: Vec<(u8, Expr)>| factors.into_iter().map(|(_, factor)| (false, factor));
        let above = multiplied(above);
        if below.is_empty() {
            return Expr::product(above);
        }
        let below = Expr::product(multiplied(below));
        Expr::product(above.chain([(true, below)]))
    }
}

fn raised(base: Expr, exponent: Coefficient) -> Expr {
    if exponent.is_one() {
        return base;
    }
    if exponent.value() == 0.5 {
        return Expr::call(Func::Sqrt, base);
    }
    base.power(exponent.size())
}

/// The order of factors: numbers, constants, names, brackets, functions, choices.
fn rank(base: &Expr) -> u8 {
    match &base.kind {
        ExprKind::Number(_) => 0,
        ExprKind::Constant(_) => 1,
        ExprKind::Name(_) => 2,
        ExprKind::Call(Func::Exp, _) => 5,
        ExprKind::Call(..) => 4,
        ExprKind::If(_) => 6,
        _ => 3,
    }
}
