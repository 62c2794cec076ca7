//! The instruction sets that the lane loops are compiled for.
//!
//! A kernel is one operation over one combination of varying and uniform arguments; it is compiled once per
//! [`InstructionSet`], and code is bound to the widest set that the machine has. The result does not depend on the
//! choice: every lane does the same IEEE operations in the same order, and none of the sets lets the compiler fuse a
//! multiplication with an addition on its own.
#![allow(unsafe_code, reason = "kernels for a detected instruction set have no safe form")]

use std::sync::OnceLock;

use super::element::Element;
use super::lanes::{Call, Frame};
use crate::num::elem;

/// Runs one instruction over the lanes of a frame. The signature tells the compiler that the target overlaps nothing that
/// is read.
///
/// To be called only when the set that it is compiled for is there, with places and uniforms that the frame has, each
/// place with at least the frame's lanes, and no target among the arguments.
pub(super) type Kernel<T> = unsafe fn(&mut [T], &Frame<T>, &Call<T>);

/// An operation as a type, so that a loop can be compiled for it.
pub(super) trait Operation<T> {
    /// How many arguments it takes; the others mean nothing.
    const ARITY: usize;

    /// Whether a lane costs so much that a short rest of a block should be vectors too.
    const COSTLY: bool = false;

    /// Whether there are arguments for which only [`Operation::exact`] will do.
    const CHECKED: bool = false;

    /// One lane: straight-line code.
    fn apply(arguments: [T; 4]) -> T;

    /// Whether `apply` may be used for these arguments.
    #[inline(always)]
    fn fits(_: [T; 4]) -> bool {
        true
    }

    /// One lane, whatever the arguments.
    fn exact(arguments: [T; 4]) -> T {
        Self::apply(arguments)
    }
}

/// Kernels, compiled for one instruction set.
pub(super) trait InstructionSet {
    /// An operation; the bits of `LANES` say which arguments differ from lane to lane.
    fn kernel<T: Element, O: Operation<T>, const LANES: u32>() -> Kernel<T>;
    /// Sine and cosine of a varying argument, or of a product where `PRODUCT` says so.
    fn sin_cos<T: Element, const LANES: u32, const PRODUCT: bool>() -> Kernel<T>;
    /// The call's whole power of an argument.
    fn power<T: Element, const LANES: u32>() -> Kernel<T>;
}

macro_rules! instruction_set {
    ($(#[$doc:meta])* $name:ident $(, $features:literal)?) => {
        $(#[$doc])*
        pub(super) struct $name;

        impl InstructionSet for $name {
            fn kernel<T: Element, O: Operation<T>, const LANES: u32>() -> Kernel<T> {
                $(#[target_feature(enable = $features)])?
                unsafe fn kernel<T: Element, O: Operation<T>, const LANES: u32>(
                    dst: &mut [T],
                    frame: &Frame<T>,
                    call: &Call<T>,
                ) {
                    // SAFETY: the contract of `Kernel`.
                    unsafe { over::<T, O, LANES>(dst, frame, call) }
                }
                kernel::<T, O, LANES>
            }

            fn sin_cos<T: Element, const LANES: u32, const PRODUCT: bool>() -> Kernel<T> {
                $(#[target_feature(enable = $features)])?
                unsafe fn kernel<T: Element, const LANES: u32, const PRODUCT: bool>(
                    dst: &mut [T],
                    frame: &Frame<T>,
                    call: &Call<T>,
                ) {
                    // SAFETY: the contract of `Kernel`.
                    unsafe { over_sin_cos::<T, LANES, PRODUCT>(dst, frame, call) }
                }
                kernel::<T, LANES, PRODUCT>
            }

            fn power<T: Element, const LANES: u32>() -> Kernel<T> {
                $(#[target_feature(enable = $features)])?
                unsafe fn kernel<T: Element, const LANES: u32>(dst: &mut [T], frame: &Frame<T>, call: &Call<T>) {
                    // SAFETY: the contract of `Kernel`.
                    unsafe { over_with::<T, LANES>(dst, frame, call, 1, |[x, ..]| x.whole_power(call.power)) }
                }
                kernel::<T, LANES>
            }
        }
    };
}

instruction_set!(
    /// What every machine of the target has.
    Plain
);
#[cfg(target_arch = "x86_64")]
instruction_set!(
    /// Four f64 at a time.
    Avx2,
    "avx2"
);
#[cfg(target_arch = "x86_64")]
instruction_set!(
    /// Eight f64 at a time.
    Avx512,
    "avx512f,avx512vl,avx512dq,avx512bw,avx512cd"
);

/// The loop of [`InstructionSet::kernel`].
#[inline(always)]
unsafe fn over<T: Element, O: Operation<T>, const LANES: u32>(dst: &mut [T], frame: &Frame<T>, call: &Call<T>) {
    // SAFETY: the contract of `Kernel`.
    unsafe {
        let arguments = arguments::<T, LANES>(frame, call, O::ARITY);
        if !O::CHECKED && !O::COSTLY {
            return each(dst, |i| O::apply(arguments(i)));
        }
        let (whole, rest) = dst.split_at_mut(dst.len() & !(LONG - 1));
        let first = whole.len();
        if !O::CHECKED {
            each(whole, |i| O::apply(arguments(i)));
            each_short(rest, |i| O::apply(arguments(first + i)));
            return;
        }
        let fit = each_checked(whole, |i| (O::apply(arguments(i)), O::fits(arguments(i))));
        let rest_fits = each_checked_short(rest, |i| (O::apply(arguments(first + i)), O::fits(arguments(first + i))));
        if !(fit && rest_fits) {
            for (i, value) in dst.iter_mut().enumerate().filter(|&(i, _)| !O::fits(arguments(i))) {
                *value = O::exact(arguments(i));
            }
        }
    }
}

/// The loop over lanes with a function of a lane's arguments.
#[inline(always)]
unsafe fn over_with<T: Element, const LANES: u32>(
    dst: &mut [T],
    frame: &Frame<T>,
    call: &Call<T>,
    arity: usize,
    f: impl Fn([T; 4]) -> T,
) {
    // SAFETY: the contract of `Kernel`.
    unsafe {
        let arguments = arguments::<T, LANES>(frame, call, arity);
        each(dst, |i| f(arguments(i)));
    }
}

/// A lane's arguments by its number, which must be below the frame's length.
///
/// Written out without loops, which the compiler would not unroll before it looks for what can be vectorized.
#[inline(always)]
unsafe fn arguments<T: Element, const LANES: u32>(
    frame: &Frame<T>,
    call: &Call<T>,
    arity: usize,
) -> impl Fn(usize) -> [T; 4] + Copy + use<T, LANES> {
    let find = |k: usize| {
        // SAFETY: the frame has the places and uniforms of its calls.
        unsafe {
            if k >= arity {
                (std::ptr::null(), T::default())
            } else if LANES >> k & 1 == 1 {
                (frame.lanes(call.arguments[k]).cast_const(), T::default())
            } else {
                (std::ptr::null(), frame.uniform(call.arguments[k]))
            }
        }
    };
    let (a, b, c, d) = (find(0), find(1), find(2), find(3));
    let read = |k: usize, (lanes, uniform): (*const T, T), i: usize| {
        // SAFETY: each place has the frame's lanes.
        if LANES >> k & 1 == 1 { unsafe { *lanes.add(i) } } else { uniform }
    };
    move |i| [read(0, a, i), read(1, b, i), read(2, c, i), read(3, d, i)]
}

/// Every lane's value by the lane's number.
#[inline(always)]
fn each<T>(dst: &mut [T], f: impl Fn(usize) -> T) {
    for (i, value) in dst.iter_mut().enumerate() {
        *value = f(i);
    }
}

/// Loops over so many lanes and more may be unrolled; what is left is done [`SHORT`] lanes at a time.
const LONG: usize = 64;
/// A vector or two.
const SHORT: usize = 16;

/// The same for few lanes: a loop that the compiler has unrolled would do them one by one.
#[inline(always)]
fn each_short<T>(dst: &mut [T], f: impl Fn(usize) -> T) {
    let (chunks, rest) = dst.as_chunks_mut::<SHORT>();
    let last = chunks.len() * SHORT;
    for (k, chunk) in chunks.iter_mut().enumerate() {
        for (i, value) in chunk.iter_mut().enumerate() {
            *value = f(k * SHORT + i);
        }
    }
    for (i, value) in rest.iter_mut().enumerate() {
        *value = f(last + i);
    }
}

/// The same where some lanes may not fit; whether all did.
#[inline(always)]
fn each_checked_short<T>(dst: &mut [T], f: impl Fn(usize) -> (T, bool)) -> bool {
    let (chunks, rest) = dst.as_chunks_mut::<SHORT>();
    let last = chunks.len() * SHORT;
    let mut all = true;
    for (k, chunk) in chunks.iter_mut().enumerate() {
        for (i, value) in chunk.iter_mut().enumerate() {
            let (result, fits) = f(k * SHORT + i);
            *value = result;
            all &= fits;
        }
    }
    for (i, value) in rest.iter_mut().enumerate() {
        let (result, fits) = f(last + i);
        *value = result;
        all &= fits;
    }
    all
}

/// The same where some lanes may not fit; whether all did.
#[inline(always)]
fn each_checked<T>(dst: &mut [T], f: impl Fn(usize) -> (T, bool)) -> bool {
    let mut all = true;
    for (i, value) in dst.iter_mut().enumerate() {
        let (result, fits) = f(i);
        *value = result;
        all &= fits;
    }
    all
}

/// The loop of [`InstructionSet::sin_cos`].
#[inline(always)]
unsafe fn over_sin_cos<T: Element, const LANES: u32, const PRODUCT: bool>(
    sine: &mut [T],
    frame: &Frame<T>,
    call: &Call<T>,
) {
    // SAFETY: the contract of `Kernel`; the two targets differ.
    let (cosine, arguments) = unsafe {
        (
            std::slice::from_raw_parts_mut(frame.lanes(call.dst2), frame.len()),
            arguments::<T, LANES>(frame, call, if PRODUCT { 2 } else { 1 }),
        )
    };
    let angle = |i: usize| {
        let [a, b, ..] = arguments(i);
        if PRODUCT { a * b } else { a }
    };
    if !reduced_sin_cos(sine, cosine, angle) {
        for (i, (s, c)) in sine.iter_mut().zip(cosine).enumerate() {
            let x = angle(i).wide();
            if !elem::is_reducible(x) {
                let (y, z) = elem::sin_cos(x);
                (*s, *c) = (T::of(y), T::of(z));
            }
        }
    }
}

/// Sine and cosine by the straight-line reduction; whether all arguments were in its range.
#[inline(always)]
fn reduced_sin_cos<T: Element>(sine: &mut [T], cosine: &mut [T], angle: impl Fn(usize) -> T) -> bool {
    let mut all = true;
    for (i, (s, c)) in sine.iter_mut().zip(cosine).enumerate() {
        let x = angle(i).wide();
        let (y, z) = elem::sin_cos_reduced(x);
        (*s, *c) = (T::of(y), T::of(z));
        all &= elem::is_reducible(x);
    }
    all
}

/// Which of the sets a machine has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Widest {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// The widest set of this machine, found out once.
pub(super) fn widest() -> Widest {
    static FOUND: OnceLock<Widest> = OnceLock::new();
    *FOUND.get_or_init(detect)
}

fn detect() -> Widest {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512cd")
        {
            return Widest::Avx512;
        }
        if is_x86_feature_detected!("avx2") {
            return Widest::Avx2;
        }
    }
    Widest::Plain
}

/// Whether all of some numbers are finite.
pub(super) type Finite<T> = unsafe fn(&[T]) -> bool;

/// Any number that is not finite is not 0 when it is multiplied by 0.
#[inline(always)]
fn all_finite<T: Element>(values: &[T]) -> bool {
    let zero = T::default();
    let (chunks, rest) = values.as_chunks::<SHORT>();
    let mut sums = [zero; SHORT];
    for chunk in chunks {
        for (sum, &x) in sums.iter_mut().zip(chunk) {
            *sum = *sum + x * zero;
        }
    }
    sums.iter().chain(rest).all(|&sum| sum * zero == zero)
}

/// The widest way to look; to be called on this machine only.
pub(super) fn finite<T: Element>() -> Finite<T> {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn avx2<T: Element>(values: &[T]) -> bool {
        all_finite(values)
    }
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx512cd")]
    unsafe fn avx512<T: Element>(values: &[T]) -> bool {
        all_finite(values)
    }
    match widest() {
        #[cfg(target_arch = "x86_64")]
        Widest::Avx512 => avx512::<T>,
        #[cfg(target_arch = "x86_64")]
        Widest::Avx2 => avx2::<T>,
        Widest::Plain => all_finite::<T>,
    }
}
