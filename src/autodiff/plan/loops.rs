//! One loop for every operation and kind of argument.

use super::code::{First, Join, Second};
use super::element::Element;
use super::isa::InstructionSet;
use super::lanes::Arg;
use crate::autodiff::op::fold;
use crate::autodiff::{Binary, Unary};
use crate::num::elem;

#[inline(always)]
pub(super) fn map<T: Element, I: InstructionSet>(dst: &mut [T], a: Arg<'_, T>, f: impl Fn(T) -> T) {
    match a {
        Arg::Lane(a) => I::over1(dst, a, f),
        Arg::Uni(x) => dst.fill(f(x)),
    }
}

#[inline(always)]
fn zip<T: Element, I: InstructionSet>(dst: &mut [T], a: Arg<'_, T>, b: Arg<'_, T>, f: impl Fn(T, T) -> T) {
    match (a, b) {
        (Arg::Lane(a), Arg::Lane(b)) => I::over2(dst, a, b, f),
        (a, Arg::Uni(y)) => map::<T, I>(dst, a, move |x| f(x, y)),
        (Arg::Uni(x), b) => map::<T, I>(dst, b, move |y| f(x, y)),
    }
}

/// Three arguments.
type Three<'a, T> = (Arg<'a, T>, Arg<'a, T>, Arg<'a, T>);

#[inline(always)]
pub(super) fn zip3<T: Element, I: InstructionSet>(dst: &mut [T], arguments: Three<'_, T>, f: impl Fn(T, T, T) -> T) {
    match arguments {
        (Arg::Lane(a), Arg::Lane(b), Arg::Lane(c)) => I::over3(dst, a, b, c, f),
        (a, b, Arg::Uni(z)) => zip::<T, I>(dst, a, b, move |x, y| f(x, y, z)),
        (a, Arg::Uni(y), c) => zip::<T, I>(dst, a, c, move |x, z| f(x, y, z)),
        (Arg::Uni(x), b, c) => zip::<T, I>(dst, b, c, move |y, z| f(x, y, z)),
    }
}

pub(super) fn fused<T: Element, I: InstructionSet>(pair: (First, Second), dst: &mut [T], arguments: Three<'_, T>) {
    match pair.0 {
        First::Add => join::<T, I>(pair.1, dst, arguments, |x, y| x + y),
        First::Sub => join::<T, I>(pair.1, dst, arguments, |x, y| x - y),
        First::Mul => join::<T, I>(pair.1, dst, arguments, |x, y| x * y),
        First::Div => join::<T, I>(pair.1, dst, arguments, |x, y| x / y),
    }
}

pub(super) fn blend<T: Element, I: InstructionSet>(join: Join, dst: &mut [T], [a, b, c, d]: [Arg<'_, T>; 4]) {
    let (Arg::Uni(p), Arg::Uni(q)) = (b, d) else { return };
    match join {
        Join::Add => zip::<T, I>(dst, a, c, move |x, y| x * p + y * q),
        Join::Sub => zip::<T, I>(dst, a, c, move |x, y| x * p - y * q),
    }
}

/// A square or a double, joined with a third argument.
pub(super) fn doubled<T: Element, I: InstructionSet>(
    pair: (First, Second),
    dst: &mut [T],
    a: Arg<'_, T>,
    c: Arg<'_, T>,
) {
    if pair.0 == First::Add {
        join2::<T, I>(pair.1, dst, a, c, |x| x + x);
    } else {
        join2::<T, I>(pair.1, dst, a, c, |x| x * x);
    }
}

#[inline(always)]
fn join2<T: Element, I: InstructionSet>(
    second: Second,
    dst: &mut [T],
    a: Arg<'_, T>,
    c: Arg<'_, T>,
    first: impl Fn(T) -> T,
) {
    match second {
        Second::Add => zip::<T, I>(dst, a, c, move |x, z| first(x) + z),
        Second::Mul => zip::<T, I>(dst, a, c, move |x, z| first(x) * z),
        Second::Minus => zip::<T, I>(dst, a, c, move |x, z| first(x) - z),
        Second::From => zip::<T, I>(dst, a, c, move |x, z| z - first(x)),
        Second::Over => zip::<T, I>(dst, a, c, move |x, z| first(x) / z),
    }
}

#[inline(always)]
fn join<T: Element, I: InstructionSet>(
    second: Second,
    dst: &mut [T],
    arguments: Three<'_, T>,
    first: impl Fn(T, T) -> T,
) {
    match second {
        Second::Add => zip3::<T, I>(dst, arguments, move |x, y, z| first(x, y) + z),
        Second::Mul => zip3::<T, I>(dst, arguments, move |x, y, z| first(x, y) * z),
        Second::Minus => zip3::<T, I>(dst, arguments, move |x, y, z| first(x, y) - z),
        Second::From => zip3::<T, I>(dst, arguments, move |x, y, z| z - first(x, y)),
        Second::Over => zip3::<T, I>(dst, arguments, move |x, y, z| first(x, y) / z),
    }
}

pub(super) fn binary<T: Element, I: InstructionSet>(op: Binary, dst: &mut [T], a: Arg<'_, T>, b: Arg<'_, T>) {
    match op {
        Binary::Add => zip::<T, I>(dst, a, b, |x, y| x + y),
        Binary::Sub => zip::<T, I>(dst, a, b, |x, y| x - y),
        Binary::Mul => zip::<T, I>(dst, a, b, |x, y| x * y),
        Binary::Div => zip::<T, I>(dst, a, b, |x, y| x / y),
        Binary::Min => wide2::<T, I>(dst, a, b, elem::min),
        Binary::Max => wide2::<T, I>(dst, a, b, elem::max),
        Binary::Lt => compare::<T, I>(dst, a, b, |x, y| x < y),
        Binary::Le => compare::<T, I>(dst, a, b, |x, y| x <= y),
        Binary::Gt => compare::<T, I>(dst, a, b, |x, y| x > y),
        Binary::Ge => compare::<T, I>(dst, a, b, |x, y| x >= y),
        Binary::Eq => compare::<T, I>(dst, a, b, |x, y| x == y),
        Binary::Ne => compare::<T, I>(dst, a, b, |x, y| x != y),
        Binary::Pow | Binary::Atan2 | Binary::Hypot => wide2::<T, I>(dst, a, b, |x, y| fold::binary(op, x, y)),
    }
}

#[inline(always)]
fn compare<T: Element, I: InstructionSet>(dst: &mut [T], a: Arg<'_, T>, b: Arg<'_, T>, f: impl Fn(T, T) -> bool) {
    let (yes, no) = (T::of(1.0), T::default());
    zip::<T, I>(dst, a, b, move |x, y| if f(x, y) { yes } else { no });
}

#[inline(always)]
fn wide1<T: Element, I: InstructionSet>(dst: &mut [T], a: Arg<'_, T>, f: impl Fn(f64) -> f64) {
    map::<T, I>(dst, a, move |x: T| T::of(f(x.wide())));
}

#[inline(always)]
fn wide2<T: Element, I: InstructionSet>(dst: &mut [T], a: Arg<'_, T>, b: Arg<'_, T>, f: impl Fn(f64, f64) -> f64) {
    zip::<T, I>(dst, a, b, move |x: T, y: T| T::of(f(x.wide(), y.wide())));
}

pub(super) fn unary<T: Element, I: InstructionSet>(op: Unary, dst: &mut [T], a: Arg<'_, T>) {
    match op {
        Unary::Neg => map::<T, I>(dst, a, |x: T| -x),
        Unary::Sqrt => map::<T, I>(dst, a, |x: T| x.root()),
        Unary::Abs => wide1::<T, I>(dst, a, |x| x.abs()),
        Unary::Sign => wide1::<T, I>(dst, a, elem::sign),
        Unary::Exp => wide1::<T, I>(dst, a, elem::exp),
        Unary::Ln => wide1::<T, I>(dst, a, elem::ln),
        Unary::Sin => reduced::<T, I>(dst, a, elem::sin_reduced, elem::sin),
        Unary::Cos => reduced::<T, I>(dst, a, elem::cos_reduced, elem::cos),
        Unary::Tan => reduced::<T, I>(dst, a, elem::tan_reduced, elem::tan),
        Unary::Tanh => wide1::<T, I>(dst, a, elem::tanh),
        Unary::Floor => wide1::<T, I>(dst, a, |x| x.floor()),
        Unary::Relu => wide1::<T, I>(dst, a, fold::relu),
        Unary::Step => wide1::<T, I>(dst, a, |x| if x > 0.0 { 1.0 } else { 0.0 }),
        Unary::Sigmoid => wide1::<T, I>(dst, a, elem::sigmoid),
        Unary::Softplus => wide1::<T, I>(dst, a, elem::softplus),
        Unary::Log2
        | Unary::Log10
        | Unary::Asin
        | Unary::Acos
        | Unary::Atan
        | Unary::Sinh
        | Unary::Cosh
        | Unary::Erf => wide1::<T, I>(dst, a, |x| fold::unary(op, x)),
    }
}

/// The straight-line function over all lanes, then the exact one where it was out of its range.
#[inline(always)]
fn reduced<T: Element, I: InstructionSet>(
    dst: &mut [T],
    a: Arg<'_, T>,
    fast: impl Fn(f64) -> f64,
    exact: fn(f64) -> f64,
) {
    wide1::<T, I>(dst, a, fast);
    if let Arg::Lane(a) = a {
        for (d, x) in dst.iter_mut().zip(a).filter(|(_, x)| !elem::is_reducible(x.wide())) {
            *d = T::of(exact(x.wide()));
        }
    }
}

pub(super) fn sin_cos<T: Element, I: InstructionSet>(sine: &mut [T], cosine: &mut [T], a: &[T]) {
    if !I::sin_cos(sine, cosine, a) {
        for ((s, c), x) in sine.iter_mut().zip(cosine).zip(a).filter(|(_, x)| !elem::is_reducible(x.wide())) {
            let (y, z) = elem::sin_cos(x.wide());
            (*s, *c) = (T::of(y), T::of(z));
        }
    }
}
