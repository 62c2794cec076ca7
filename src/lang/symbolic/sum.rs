//! Sums with like terms merged.

use std::collections::BTreeMap;

use super::coefficient::Coefficient;
use super::monomial::Monomial;
use crate::lang::ast::{Expr, ExprKind};

/// The sum of terms `(negative, term)`, tidied: sums within are opened, like terms merged, zeros left out, a positive
/// term put in front.
pub(super) fn sum(terms: impl IntoIterator<Item = (bool, Expr)>) -> Expr {
    let mut list = Sum { terms: Vec::new(), places: BTreeMap::new() };
    for (negative, term) in terms {
        list.add(&term, negative);
    }
    let mut terms: Vec<Monomial> = list.terms.into_iter().filter(|term| !term.coefficient.is_zero()).collect();
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
