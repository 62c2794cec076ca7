//! Elementary functions: one deterministic set, the same bits on every machine and at every vector width.
//!
//! The functions that loops live on (`sin cos exp ln tanh sigmoid softplus`) are straight-line code of IEEE operations
//! without a fused multiply-add, so that a compiler can turn a loop over them into vector code and the result does not
//! depend on whether it did. Their errors are below 2 ulp (`tan`, `tanh`, `softplus`: 3 ulp); `tests` measure that. The
//! polynomials for `sin`, `cos` and `ln` are those of Sun's fdlibm, that of `tanh` is Cephes'; `exp` has a
//! minimax polynomial of degree 11. Where a function's argument is in its common range a shorter form gives the same bits;
//! loops over lanes use that. The rest is the `libm` crate's, also deterministic.
//!
//! `sqrt`, `abs`, `floor` of the standard library are exact and need no counterpart here.

mod exp;
mod log;
mod trig;

pub use exp::{exp, sigmoid, tanh};
pub(crate) use exp::{exp_normal, is_exp_normal};
pub(crate) use log::{is_ln_normal, ln_normal};
pub use log::{ln, softplus};
pub use trig::{cos, sin, sin_cos, tan};
pub(crate) use trig::{cos_reduced, is_reducible, sin_cos_reduced, sin_reduced, tan_reduced};

/// The arc sine.
pub fn asin(x: f64) -> f64 {
    libm::asin(x)
}

/// The arc cosine.
pub fn acos(x: f64) -> f64 {
    libm::acos(x)
}

/// The arc tangent.
pub fn atan(x: f64) -> f64 {
    libm::atan(x)
}

/// The angle of the point `(x, y)`.
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// The hyperbolic sine.
pub fn sinh(x: f64) -> f64 {
    libm::sinh(x)
}

/// The hyperbolic cosine.
pub fn cosh(x: f64) -> f64 {
    libm::cosh(x)
}

/// The logarithm to base 2.
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// The logarithm to base 10.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// `x` to the power `y`; `pow(0, 0) = 1`, nan for a negative base with a broken exponent.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// `sqrt(x² + y²)` without overflow on the way.
pub fn hypot(x: f64, y: f64) -> f64 {
    libm::hypot(x, y)
}

/// The error function.
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// `x` to a whole power by repeated squaring; `powi(x, 0) = 1`.
#[inline(always)]
pub fn powi(x: f64, n: i32) -> f64 {
    let mut base = x;
    let mut left = n.unsigned_abs();
    let mut product = 1.0;
    while left > 0 {
        if left & 1 == 1 {
            product *= base;
        }
        left >>= 1;
        if left > 0 {
            base *= base;
        }
    }
    if n < 0 { 1.0 / product } else { product }
}

/// −1, 0 or 1, `sign(0) = 0`; nan for nan.
#[inline(always)]
pub fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        // Keeps nan, and makes both zeros 0.
        x.abs()
    }
}

/// The smaller one; nan if one is nan.
#[inline(always)]
pub fn min(x: f64, y: f64) -> f64 {
    if x < y || x.is_nan() { x } else { y }
}

/// The larger one; nan if one is nan.
#[inline(always)]
pub fn max(x: f64, y: f64) -> f64 {
    if x > y || x.is_nan() { x } else { y }
}

#[cfg(test)]
mod tests;
