//! The instruction sets that the lane loops are compiled for, and the hint that fetches memory ahead: the one place with
//! `unsafe`.
//!
//! A loop over lanes is compiled several times, once per [`InstructionSet`], and the widest that the machine has is
//! chosen at run time. Each loop is a function of its own, whose signature tells the compiler that the target overlaps
//! no argument. The result does not depend on the choice: every lane does the same IEEE operations in the same order,
//! and none of the sets lets the compiler fuse a multiplication with an addition on its own.
#![allow(unsafe_code, reason = "calling code for a detected instruction set, and prefetching, have no safe form")]

use super::element::Element;
use crate::num::elem;

/// Loops over lanes, compiled for one instruction set.
pub(super) trait InstructionSet {
    /// `dst = f(a)`
    fn over1<T: Element>(dst: &mut [T], a: &[T], f: impl Fn(T) -> T);
    /// `dst = f(a, b)`
    fn over2<T: Element>(dst: &mut [T], a: &[T], b: &[T], f: impl Fn(T, T) -> T);
    /// `dst = f(a, b, c)`
    fn over3<T: Element>(dst: &mut [T], a: &[T], b: &[T], c: &[T], f: impl Fn(T, T, T) -> T);
    /// Sine and cosine by the straight-line reduction; whether all arguments were in its range.
    fn sin_cos<T: Element>(sine: &mut [T], cosine: &mut [T], a: &[T]) -> bool;
}

macro_rules! instruction_set {
    ($(#[$doc:meta])* $name:ident $(, $features:literal)?) => {
        $(#[$doc])*
        pub(super) struct $name;

        impl InstructionSet for $name {
            #[inline(always)]
            fn over1<T: Element>(dst: &mut [T], a: &[T], f: impl Fn(T) -> T) {
                $(#[target_feature(enable = $features)])?
                #[inline(never)]
                fn inner<T: Element>(dst: &mut [T], a: &[T], f: impl Fn(T) -> T) {
                    let n = dst.len();
                    let a = &a[..n];
                    for i in 0..n {
                        dst[i] = f(a[i]);
                    }
                }
                // SAFETY: a set's loops are called only after `widest` has found it on this machine.
                #[allow(unused_unsafe, reason = "the plain set needs no features")]
                unsafe { inner(dst, a, f) }
            }

            #[inline(always)]
            fn over2<T: Element>(dst: &mut [T], a: &[T], b: &[T], f: impl Fn(T, T) -> T) {
                $(#[target_feature(enable = $features)])?
                #[inline(never)]
                fn inner<T: Element>(dst: &mut [T], a: &[T], b: &[T], f: impl Fn(T, T) -> T) {
                    let n = dst.len();
                    let (a, b) = (&a[..n], &b[..n]);
                    for i in 0..n {
                        dst[i] = f(a[i], b[i]);
                    }
                }
                // SAFETY: as above.
                #[allow(unused_unsafe, reason = "the plain set needs no features")]
                unsafe { inner(dst, a, b, f) }
            }

            #[inline(always)]
            fn over3<T: Element>(dst: &mut [T], a: &[T], b: &[T], c: &[T], f: impl Fn(T, T, T) -> T) {
                $(#[target_feature(enable = $features)])?
                #[inline(never)]
                fn inner<T: Element>(dst: &mut [T], a: &[T], b: &[T], c: &[T], f: impl Fn(T, T, T) -> T) {
                    let n = dst.len();
                    let (a, b, c) = (&a[..n], &b[..n], &c[..n]);
                    for i in 0..n {
                        dst[i] = f(a[i], b[i], c[i]);
                    }
                }
                // SAFETY: as above.
                #[allow(unused_unsafe, reason = "the plain set needs no features")]
                unsafe { inner(dst, a, b, c, f) }
            }

            #[inline(always)]
            fn sin_cos<T: Element>(sine: &mut [T], cosine: &mut [T], a: &[T]) -> bool {
                $(#[target_feature(enable = $features)])?
                #[inline(never)]
                fn inner<T: Element>(sine: &mut [T], cosine: &mut [T], a: &[T]) -> bool {
                    let mut all = true;
                    for ((s, c), &x) in sine.iter_mut().zip(cosine).zip(a) {
                        let (y, z) = elem::sin_cos_reduced(x.wide());
                        (*s, *c) = (T::of(y), T::of(z));
                        all &= elem::is_reducible(x.wide());
                    }
                    all
                }
                // SAFETY: as above.
                #[allow(unused_unsafe, reason = "the plain set needs no features")]
                unsafe { inner(sine, cosine, a) }
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

/// Which of the sets a machine has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Widest {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// The widest set of this machine.
pub(super) fn widest() -> Widest {
    #[cfg(target_arch = "x86_64")]
    {
        // The detection is cached by the standard library.
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

/// Starts to bring the values into the cache. Does nothing where there is no stable intrinsic for it.
///
/// A block of lanes is read, worked on, and written. Without a hint each block would wait for the memory while the
/// arithmetic units idle, which costs more than the arithmetic of a small formula.
#[inline(always)]
pub(super) fn prefetch<T>(values: &[T]) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let line = 64 / size_of::<T>().max(1);
        for lines in values.chunks_exact(4 * line) {
            for k in 0..4 {
                // SAFETY: the pointer comes from a reference, and a prefetch does not access memory architecturally.
                unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(&lines[k * line]).cast()) };
            }
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = values;
}
