//! The two precisions: what a kernel needs of a number.

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::num::elem;

/// A floating-point type that plans run on.
///
/// In f32 the arithmetic is f32's own; the elementary functions are computed in f64 and rounded, so that there is one
/// set of them.
pub trait Element:
    Copy
    + Send
    + Sync
    + PartialOrd
    + Default
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// The nearest value of this type.
    fn of(value: f64) -> Self;

    /// The same value as an f64.
    fn wide(self) -> f64;

    /// The square root, correctly rounded.
    fn root(self) -> Self;

    /// Powers by repeated squaring in this precision.
    fn whole_power(self, n: i32) -> Self;
}

impl Element for f64 {
    #[inline(always)]
    fn of(value: f64) -> Self {
        value
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        self
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn whole_power(self, n: i32) -> Self {
        elem::powi(self, n)
    }
}

impl Element for f32 {
    #[inline(always)]
    fn of(value: f64) -> Self {
        value as Self
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn whole_power(self, n: i32) -> Self {
        elem::powi(f64::from(self), n) as Self
    }
}
