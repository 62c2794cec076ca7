//! The traffic with the memory: hints of what is read next, and stores past the cache.
#![allow(unsafe_code, reason = "intrinsics of the processor")]

use super::element::Element;
use super::isa::{Widest, widest};
use super::lanes::BLOCK;

/// Starts to bring so many values into the cache. The pointer may be any: it is not read. Does nothing where there is no stable intrinsic for it.
///
/// A block of lanes is read, worked on, and written. Without a hint each block would wait for the memory while the
/// arithmetic units idle, which costs more than the arithmetic of a small formula.
#[inline(always)]
fn prefetch<T>(values: *const T, count: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let line = 64 / size_of::<T>().max(1);
        for first in (0..count).step_by(line) {
            // SAFETY: a prefetch does not access memory architecturally.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(values.wrapping_add(first).cast()) };
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (values, count);
}

/// Brings the columns' next block into the cache, a few lines with each instruction: all at once would find the
/// processor's few places for outstanding reads taken.
pub(super) struct Ahead {
    column: usize,
    next: usize,
    start: usize,
    end: usize,
    share: usize,
}

impl Ahead {
    /// What comes from `start` on of so many columns of a length, in as many parts as there are calls.
    pub(super) fn new(columns: usize, (start, len): (usize, usize), calls: usize) -> Self {
        let end = len.min(start + BLOCK);
        let values = columns * end.saturating_sub(start);
        Self { column: 0, next: start, start, end, share: (values / calls.max(1)).next_multiple_of(64) }
    }

    #[inline(always)]
    pub(super) fn fetch<T>(&mut self, inputs: &[*mut T]) {
        if let Some(column) = inputs.get(self.column) {
            let end = self.end.min(self.next + self.share);
            prefetch(column.wrapping_add(self.next).cast_const(), end.saturating_sub(self.next));
            self.next = end;
            if end >= self.end {
                (self.column, self.next) = (self.column + 1, self.start);
            }
        }
    }
}

/// A copy of values to memory past the cache, which saves reading the lines that are written as a whole.
///
/// [`streamed`] must follow before another thread may look at the target.
pub(super) type Stream<T> = fn(&mut [T], &[T]);

#[cfg(target_arch = "x86_64")]
macro_rules! streaming {
    ($name:ident, $features:literal, $vector:ident, $load:ident, $store:ident) => {
        fn $name<T: Element>(target: &mut [T], values: &[T]) {
            use std::arch::x86_64::{$load, $store, $vector};
            #[target_feature(enable = $features)]
            unsafe fn inner<T: Element>(target: &mut [T], values: &[T]) {
                // SAFETY: a vector is plain numbers, as `T` is.
                let (head, lines, tail) = unsafe { target.align_to_mut::<$vector>() };
                let (first, rest) = values.split_at(head.len());
                let per_line = size_of::<$vector>() / size_of::<T>();
                let (middle, last) = rest.split_at(lines.len() * per_line);
                head.copy_from_slice(first);
                for (line, from) in lines.iter_mut().zip(middle.chunks_exact(per_line)) {
                    // SAFETY: the source has a vector's length, and the target is aligned.
                    unsafe { $store(line, $load(from.as_ptr().cast())) };
                }
                tail.copy_from_slice(last);
            }
            // SAFETY: `stream` gives this function only where `widest` has found the set.
            unsafe { inner(target, values) }
        }
    };
}
#[cfg(target_arch = "x86_64")]
streaming!(stream_16, "sse2", __m128i, _mm_loadu_si128, _mm_stream_si128);
#[cfg(target_arch = "x86_64")]
streaming!(stream_32, "avx2", __m256i, _mm256_loadu_si256, _mm256_stream_si256);
#[cfg(target_arch = "x86_64")]
streaming!(stream_64, "avx512f", __m512i, _mm512_loadu_si512, _mm512_stream_si512);

/// The widest way to stream; none where there is no stable intrinsic for it.
pub(super) fn stream<T: Element>() -> Option<Stream<T>> {
    match widest() {
        #[cfg(target_arch = "x86_64")]
        Widest::Avx512 => Some(stream_64::<T>),
        #[cfg(target_arch = "x86_64")]
        Widest::Avx2 => Some(stream_32::<T>),
        #[cfg(target_arch = "x86_64")]
        Widest::Plain => Some(stream_16::<T>),
        #[cfg(not(target_arch = "x86_64"))]
        Widest::Plain => None,
    }
}

/// Waits until all that was streamed is where other threads look for it.
pub(super) fn streamed() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: every x86-64 has it.
    unsafe {
        std::arch::x86_64::_mm_sfence();
    }
}
