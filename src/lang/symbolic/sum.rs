//! Sums with like terms merged.

use std::collections::BTreeMap;

use super::coefficient::Coefficient;
use super::monomial::Monomial;
use crate::lang::ast::{Expr, ExprKind};

/// The sum of terms `(negative, term)`, tidied: sums within are opened, like terms merged, zeros left out, a positive
/// term put in front.
pub(super) fn sum(terms: impl IntoIterator<Item = (bool, Expr)>) -> Expr {
    collected(terms, false)
}

/// The same with plain numbers behind everything else, as polynomials are written.
pub(super) fn polynomial(terms: impl IntoIterator<Item = (bool, Expr)>) -> Expr {
    collected(terms, true)
}

fn collected(terms: impl IntoIterator<Item = (bool, Expr)>, numbers_last: bool) -> Expr {
    let mut list = Sum { terms: Vec::new(), places: BTreeMap::new() };
    for (negative, term) in terms {
        list.add(&term, negative);
    }
    let mut terms: Vec<Monomial> = list.terms.into_iter().filter(|term| !term.coefficient.is_zero()).collect();
    if numbers_last {
        terms.sort_by_key(Monomial::is_number);
    }
    if let Some(first) = terms.iter().position(|term| !term.coefficient.is_negative()) {
        terms[..=first].rotate_right(1);
    }
    if terms.len() == 1 {
        return terms.pop().map_or_else(|| Expr::number(0.0), Monomial::into_expr);
    }
    let all_negative = terms.first().is_some_and(|term| term.coefficient.is_negative());
    Expr::sum(terms.into_iter().enumerate().map(|(k, term)| {
        if k == 0 && all_negative {
            return (false, term.into_expr());
        }
        (term.coefficient.is_negative(), term.into_size())
    }))
}

struct Sum {
    terms: Vec<Monomial>,
    places: BTreeMap<String, usize>,
}

impl Sum {
    fn add(&mut self, term: &Expr, negative: bool) {
        if let ExprKind::Sum(inner) = &term.kind {
            for term in inner {
                self.add(&term.value, negative != term.negative);
            }
            return;
        }
        let mut monomial = Monomial::of(term);
        if let Some(inner) = monomial.as_sum() {
            let negative = negative != monomial.coefficient.is_negative();
            return self.add(&inner.clone(), negative);
        }
        if negative {
            monomial.coefficient = monomial.coefficient.negated();
        }
        let key = monomial.key();
        if let Some(known) = self.places.get(&key).and_then(|at| self.terms.get_mut(*at))
            && let Some(total) = known.coefficient.plus(monomial.coefficient)
        {
            known.coefficient = if total.is_zero() { Coefficient::ZERO } else { total };
            return;
        }
        self.places.insert(key, self.terms.len());
        self.terms.push(monomial);
    }
}

/// A number times a sum, multiplied out where every term stays free of fractions: `0.5(4x^3 + 5)` is `2x^3 + 2.5`.
pub(super) fn multiplied_out(number: Coefficient, expr: &Expr) -> Option<Expr> {
    let ExprKind::Sum(terms) = &expr.kind else { return None };
    let mut scaled = Vec::with_capacity(terms.len());
    for term in terms {
        let mut monomial = Monomial::of(&term.value);
        monomial.coefficient = monomial.coefficient.times(number)?;
        if monomial.coefficient.denominator() != 1.0 {
            return None;
        }
        scaled.push((term.negative, monomial.into_expr()));
    }
    Some(polynomial(scaled))
}
