//! The operations as types, one for each thing that an instruction may compute.

use std::marker::PhantomData;

use super::element::Element;
use super::isa::Operation;
use crate::num::elem;

/// Declares operations in the precision of the element.
macro_rules! exact {
    ($($(#[$doc:meta])* $name:ident($($x:ident),+) = $value:expr;)+) => {$(
        $(#[$doc])*
        pub(super) struct $name;

        impl<T: Element> Operation<T> for $name {
            const ARITY: usize = [$(stringify!($x)),+].len();

            #[inline(always)]
            fn apply([$($x),+, ..]: [T; 4]) -> T {
                $value
            }
        }
    )+};
}

exact! {
    Copy(x) = x;
    Neg(x) = -x;
    /// Keeps nan.
    Relu(x) = if x <= T::default() { T::default() } else { x };
    Step(x) = truth(x > T::default());
    /// The smaller one, the larger one; nan if one is nan.
    Min(x, y) = if x < y || nan(x) { x } else { y };
    Max(x, y) = if x > y || nan(x) { x } else { y };
    Sqrt(x) = x.root();
    Cube(x) = x.whole_power(3);
    Fourth(x) = x.whole_power(4);
    Inverse(x) = x.whole_power(-1);
    InverseSquare(x) = x.whole_power(-2);
    Add(x, y) = x + y;
    Sub(x, y) = x - y;
    /// The second minus the first.
    From(x, y) = y - x;
    Mul(x, y) = x * y;
    Div(x, y) = x / y;
    Lt(x, y) = truth(x < y);
    Le(x, y) = truth(x <= y);
    Gt(x, y) = truth(x > y);
    Ge(x, y) = truth(x >= y);
    Eq(x, y) = truth(x == y);
    Ne(x, y) = truth(x != y);
    Select(x, y, z) = if x != T::default() { y } else { z };
    BlendAdd(a, b, c, d) = a * b + c * d;
    BlendSub(a, b, c, d) = a * b - c * d;
    SumsAdd(a, b, c, d) = (a * b + c) + d;
    SumsSub(a, b, c, d) = (a * b + c) - d;
    /// The square first, as the first argument of three.
    SquareSumsAdd(a, c, d) = (a * a + c) + d;
    SquareSumsSub(a, c, d) = (a * a + c) - d;
    StepBy(a, b, c, d) = d - (a * b) / c;
    Slope(a, b, c) = (c + a * b) + a * b;
    Root(a, b, c) = a.root() / b + c;
    SquaresAdd(a, b, c, d) = a * b + (c * c) * d;
    SquaresSub(a, b, c, d) = a * b - (c * c) * d;
}

#[inline(always)]
fn truth<T: Element>(value: bool) -> T {
    if value { T::of(1.0) } else { T::default() }
}

#[inline(always)]
#[allow(clippy::eq_op, reason = "only what is not a number differs from itself")]
fn nan<T: Element>(x: T) -> bool {
    x != x
}

/// Declares operations that are computed in f64.
macro_rules! wide {
    ($($name:ident($($x:ident),+) = $value:expr;)+) => {$(
        pub(super) struct $name;

        impl<T: Element> Operation<T> for $name {
            const ARITY: usize = [$(stringify!($x)),+].len();
            const COSTLY: bool = true;

            #[inline(always)]
            fn apply([$($x),+, ..]: [T; 4]) -> T {
                $(let $x = $x.wide();)+
                T::of($value)
            }
        }
    )+};
}

wide! {
    Abs(x) = x.abs();
    Sign(x) = elem::sign(x);
    Log2(x) = elem::log2(x);
    Log10(x) = elem::log10(x);
    Asin(x) = elem::asin(x);
    Acos(x) = elem::acos(x);
    Atan(x) = elem::atan(x);
    Sinh(x) = elem::sinh(x);
    Cosh(x) = elem::cosh(x);
    Tanh(x) = elem::tanh(x);
    Floor(x) = x.floor();
    Sigmoid(x) = elem::sigmoid(x);
    Softplus(x) = elem::softplus(x);
    Erf(x) = elem::erf(x);
    Pow(x, y) = elem::pow(x, y);
    Atan2(x, y) = elem::atan2(x, y);
    Hypot(x, y) = elem::hypot(x, y);
}

/// Declares functions with a shorter way for the arguments that are common.
macro_rules! reduced {
    ($($name:ident = $fast:ident where $fits:ident, else $exact:ident;)+) => {$(
        pub(super) struct $name;

        impl<T: Element> Operation<T> for $name {
            const ARITY: usize = 1;
            const CHECKED: bool = true;

            #[inline(always)]
            fn apply([x, ..]: [T; 4]) -> T {
                T::of(elem::$fast(x.wide()))
            }

            #[inline(always)]
            fn fits([x, ..]: [T; 4]) -> bool {
                elem::$fits(x.wide())
            }

            #[inline(always)]
            fn exact([x, ..]: [T; 4]) -> T {
                T::of(elem::$exact(x.wide()))
            }
        }
    )+};
}

reduced! {
    Sin = sin_reduced where is_reducible, else sin;
    Cos = cos_reduced where is_reducible, else cos;
    Tan = tan_reduced where is_reducible, else tan;
    Exp = exp_normal where is_exp_normal, else exp;
    Ln = ln_normal where is_ln_normal, else ln;
}

/// `O` of the product of two arguments.
pub(super) struct OfProduct<O>(PhantomData<O>);

impl<T: Element, O: Operation<T>> Operation<T> for OfProduct<O> {
    const ARITY: usize = 2;
    const CHECKED: bool = O::CHECKED;

    #[inline(always)]
    fn apply([a, b, c, d]: [T; 4]) -> T {
        O::apply([a * b, b, c, d])
    }

    #[inline(always)]
    fn fits([a, b, c, d]: [T; 4]) -> bool {
        O::fits([a * b, b, c, d])
    }

    #[inline(always)]
    fn exact([a, b, c, d]: [T; 4]) -> T {
        O::exact([a * b, b, c, d])
    }
}

/// `F`, then `S` of its result and a third argument.
pub(super) struct Fused<F, S>(PhantomData<(F, S)>);

impl<T: Element, F: Operation<T>, S: Operation<T>> Operation<T> for Fused<F, S> {
    const ARITY: usize = 3;

    #[inline(always)]
    fn apply([a, b, c, d]: [T; 4]) -> T {
        S::apply([F::apply([a, b, c, d]), c, c, d])
    }
}

/// `O` of one argument twice: a square or a double reads its argument once.
pub(super) struct Twice<O>(PhantomData<O>);

impl<T: Element, O: Operation<T>> Operation<T> for Twice<O> {
    const ARITY: usize = 1;

    #[inline(always)]
    fn apply([a, _, c, d]: [T; 4]) -> T {
        O::apply([a, a, c, d])
    }
}

/// `F` of the first argument twice, then `S` of its result and the second.
pub(super) struct FusedTwice<F, S>(PhantomData<(F, S)>);

impl<T: Element, F: Operation<T>, S: Operation<T>> Operation<T> for FusedTwice<F, S> {
    const ARITY: usize = 2;

    #[inline(always)]
    fn apply([a, b, c, d]: [T; 4]) -> T {
        S::apply([F::apply([a, a, c, d]), b, c, d])
    }
}
