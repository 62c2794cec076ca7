//! Numbers as people write them: a decimal over a whole number, so that `1/3` stays a third and `3·0.1` is `0.3`.

use crate::lang::ast::Expr;

/// `numerator/denominator`, the denominator a positive whole number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Coefficient {
    numerator: f64,
    denominator: f64,
}

/// Whole numbers are exact up to here.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Coefficient {
    pub(super) const ZERO: Self = Self::whole(0.0);
    pub(super) const ONE: Self = Self::whole(1.0);
    pub(super) const MINUS_ONE: Self = Self::whole(-1.0);
    pub(super) const HALF: Self = Self { numerator: 1.0, denominator: 2.0 };

    pub(super) const fn whole(value: f64) -> Self {
        Self { numerator: value, denominator: 1.0 }
    }

    pub(super) fn value(self) -> f64 {
        self.numerator / self.denominator
    }

    pub(super) fn is_zero(self) -> bool {
        self.numerator == 0.0
    }

    pub(super) fn is_one(self) -> bool {
        self == Self::ONE
    }

    pub(super) fn is_negative(self) -> bool {
        self.numerator < 0.0
    }

    pub(super) fn is_whole(self) -> bool {
        self.denominator == 1.0 && self.numerator.fract() == 0.0
    }

    pub(super) fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    pub(super) fn numerator(self) -> f64 {
        self.numerator
    }

    pub(super) fn denominator(self) -> f64 {
        self.denominator
    }

    /// The product, unless it leaves the numbers that can be written.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        let product = Self::reduced(self.numerator * other.numerator, self.denominator * other.denominator)?;
        // A product of tiny numbers must not vanish.
        (product.is_zero() == (self.is_zero() || other.is_zero())).then_some(product)
    }

    /// The sum, unless it leaves the numbers that can be written.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (a, b) = (self.numerator * other.denominator, other.numerator * self.denominator);
        if self.denominator == other.denominator {
            return Self::reduced(self.numerator + other.numerator, self.denominator);
        }
        Self::reduced(a + b, self.denominator * other.denominator)
    }

    /// `1/self`, where that is a number that can be written.
    pub(super) fn inverse(self) -> Option<Self> {
        if self.is_zero() {
            return None;
        }
        if self.numerator.fract() == 0.0 {
            return Self::reduced(self.denominator.copysign(self.numerator), self.numerator.abs());
        }
        short(self.denominator / self.numerator).map(Self::whole)
    }

    fn reduced(numerator: f64, denominator: f64) -> Option<Self> {
        let numerator = tidy(numerator);
        if !numerator.is_finite() || denominator > EXACT {
            return None;
        }
        if numerator.fract() == 0.0 && numerator.abs() <= EXACT {
            let divisor = common_divisor(numerator.abs(), denominator);
            return Some(Self { numerator: numerator / divisor, denominator: denominator / divisor });
        }
        if denominator > 1.0
            && let Some(quotient) = short(numerator / denominator)
        {
            return Some(Self::whole(quotient));
        }
        Some(Self { numerator, denominator })
    }

    /// The size, without its sign, as an expression.
    pub(super) fn size(self) -> Expr {
        let numerator = Expr::number(self.numerator.abs());
        if self.denominator == 1.0 {
            return numerator;
        }
        Expr::product([(false, numerator), (true, Expr::number(self.denominator))])
    }
}

fn common_divisor(mut a: f64, mut b: f64) -> f64 {
    while a != 0.0 {
        (a, b) = (b % a, a);
    }
    b.max(1.0)
}

/// A number without the last digits' rounding noise: `0.30000000000000004` is `0.3`.
fn tidy(value: f64) -> f64 {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let near = (rounded - value).abs() <= 4.0 * f64::EPSILON * value.abs();
    if near && rounded.to_string().len() < value.to_string().len() { rounded } else { value }
}

/// A quotient that is a short decimal.
fn short(value: f64) -> Option<f64> {
    let value = tidy(value);
    (value.is_finite() && value.to_string().len() <= 8).then_some(value)
}
