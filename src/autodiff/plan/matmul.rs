//! Matrix products: small ones by loops over tiles that stay in registers, which beats packing and allocates nothing; large
//! ones by the `gemm` crate, which allocates its packing buffers.
#![allow(unsafe_code, reason = "the crate's interface takes pointers and strides, the tiles read without checks")]

use super::element::Element;
use super::isa::{Widest, widest};

/// A row-major matrix, or the transpose of one.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a, T> {
    pub(super) values: &'a [T],
    /// Rows and columns as it is used, after transposing.
    pub(super) rows: usize,
    pub(super) cols: usize,
    pub(super) transposed: bool,
}

impl<T> Matrix<'_, T> {
    /// The distances of neighbors in a row and in a column.
    fn strides(&self) -> (usize, usize) {
        if self.transposed { (1.max(self.rows), 1) } else { (1, self.cols) }
    }
}

/// Up to so many multiplications the tiles are taken.
const SMALL: usize = 1 << 18;

/// Whether a product of `[m, k]` and `[k, n]` goes by tiles: then the second factor should not be a transpose.
pub(super) fn is_small(m: usize, k: usize, n: usize) -> bool {
    m.saturating_mul(k).saturating_mul(n) <= SMALL
}

/// `dst = a · b`, row-major, and `bias` added to each row, on one thread. A large product is summed with fused
/// multiply-adds where the machine has them, so its last bits may differ between machines, unlike everything else here.
///
/// # Panics
///
/// When the shapes do not fit, or a slice is shorter than its shape says.
pub(super) fn multiply<T: Element>(dst: &mut [T], a: Matrix<'_, T>, b: Matrix<'_, T>, bias: Option<&[T]>) {
    assert_eq!(a.cols, b.rows, "inner dimensions");
    assert!(a.values.len() >= a.rows * a.cols && b.values.len() >= b.rows * b.cols, "a matrix is too short");
    assert!(dst.len() >= a.rows * b.cols, "the target is too short");
    assert!(bias.is_none_or(|bias| bias.len() >= b.cols), "the bias is too short");
    if is_small(a.rows, a.cols, b.cols) {
        let (product, widest) = (Product { a, b, bias }, widest());
        // SAFETY: the assertions above are the contract of `Product::write`, and the machine has the set that it is asked
        // for.
        unsafe {
            match widest {
                #[cfg(target_arch = "x86_64")]
                Widest::Avx512 => product.write_avx512(dst),
                #[cfg(target_arch = "x86_64")]
                Widest::Avx2 => product.write_avx2(dst),
                Widest::Plain => product.write(dst),
            }
        }
        return;
    }
    if let Some(bias) = bias {
        dst.chunks_exact_mut(b.cols).take(a.rows).for_each(|row| row.copy_from_slice(&bias[..b.cols]));
    }
    let ((a_col, a_row), (b_col, b_row)) = (a.strides(), b.strides());
    let kept = if bias.is_some() { T::of(1.0) } else { T::default() };
    // SAFETY: the assertions above keep every address that the strides reach inside the three slices, and `dst` is
    // exclusively borrowed, so it overlaps neither argument.
    unsafe {
        gemm::gemm(
            a.rows,
            b.cols,
            a.cols,
            dst.as_mut_ptr(),
            1,
            b.cols as isize,
            bias.is_some(),
            a.values.as_ptr(),
            a_col as isize,
            a_row as isize,
            b.values.as_ptr(),
            b_col as isize,
            b_row as isize,
            kept,
            T::of(1.0),
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

/// A small product. Each element is the sum of its products in their order, each rounded, then the bias: the same bits
/// whatever the tiles.
struct Product<'a, T> {
    a: Matrix<'a, T>,
    b: Matrix<'a, T>,
    bias: Option<&'a [T]>,
}

impl<T: Element> Product<'_, T> {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx512cd")]
    unsafe fn write_avx512(&self, dst: &mut [T]) {
        // SAFETY: the caller's promise.
        unsafe { self.write(dst) }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn write_avx2(&self, dst: &mut [T]) {
        // SAFETY: the caller's promise.
        unsafe { self.write(dst) }
    }

    /// Writes the product.
    ///
    /// # Safety
    /// The shapes fit each other, and each slice is as long as its shape says.
    #[inline(always)]
    unsafe fn write(&self, dst: &mut [T]) {
        let (n, mut j) = (self.b.cols, 0);
        // SAFETY: the caller's promise; the columns of a tile are below `n`.
        unsafe {
            if self.b.transposed {
                return (0..n).for_each(|j| self.column::<false>(dst, j));
            }
            while j + 16 <= n {
                self.columns::<16, 4>(dst, j);
                j += 16;
            }
            if j + 8 <= n {
                self.columns::<8, 4>(dst, j);
                j += 8;
            }
            if j + 4 <= n {
                self.columns::<4, 4>(dst, j);
                j += 4;
            }
            let upright = self.a.transposed;
            (j..n).for_each(|j| if upright { self.column::<true>(dst, j) } else { self.column::<false>(dst, j) });
        }
    }

    /// `W` columns, tiles of `H` rows at a time.
    #[inline(always)]
    unsafe fn columns<const W: usize, const H: usize>(&self, dst: &mut [T], j: usize) {
        let (m, mut i) = (self.a.rows, 0);
        // SAFETY: the rows of a tile are below `m`.
        unsafe {
            while i + H <= m {
                self.tile::<W, H>(dst, i, j);
                i += H;
            }
            while i < m {
                self.tile::<W, 1>(dst, i, j);
                i += 1;
            }
        }
    }

    #[inline(always)]
    unsafe fn tile<const W: usize, const H: usize>(&self, dst: &mut [T], i: usize, j: usize) {
        let Self { a, b, bias } = self;
        let ((a_col, a_row), n) = (a.strides(), b.cols);
        let mut sums = [[T::default(); W]; H];
        // SAFETY: the caller's rows and columns are inside the shapes, and the slices are as long as those.
        unsafe {
            for l in 0..a.cols {
                let row = &*b.values.as_ptr().add(l * n + j).cast::<[T; W]>();
                for (h, sum) in sums.iter_mut().enumerate() {
                    let factor = *a.values.get_unchecked((i + h) * a_row + l * a_col);
                    for (sum, value) in sum.iter_mut().zip(row) {
                        *sum = *sum + factor * *value;
                    }
                }
            }
            if let Some(bias) = bias {
                let row = &*bias.as_ptr().add(j).cast::<[T; W]>();
                for sum in &mut sums {
                    for (sum, value) in sum.iter_mut().zip(row) {
                        *sum = *sum + *value;
                    }
                }
            }
            for (h, sum) in sums.iter().enumerate() {
                *dst.as_mut_ptr().add((i + h) * n + j).cast::<[T; W]>() = *sum;
            }
        }
    }

    /// One column, eight rows at a time; `UPRIGHT` where the first factor is a transpose, so that its rows are neighbors.
    #[inline(always)]
    unsafe fn column<const UPRIGHT: bool>(&self, dst: &mut [T], j: usize) {
        let (m, mut i) = (self.a.rows, 0);
        // SAFETY: as `columns`.
        unsafe {
            while i + 8 <= m {
                self.part::<8, UPRIGHT>(dst, i, j);
                i += 8;
            }
            while i < m {
                self.part::<1, UPRIGHT>(dst, i, j);
                i += 1;
            }
        }
    }

    #[inline(always)]
    unsafe fn part<const H: usize, const UPRIGHT: bool>(&self, dst: &mut [T], i: usize, j: usize) {
        let Self { a, b, bias } = self;
        let ((a_col, a_row), (b_col, b_row), n) = (a.strides(), b.strides(), b.cols);
        let a_row = if UPRIGHT { 1 } else { a_row };
        let mut sums = [T::default(); H];
        // SAFETY: as `tile`.
        unsafe {
            for l in 0..a.cols {
                let value = *b.values.get_unchecked(l * b_row + j * b_col);
                for (h, sum) in sums.iter_mut().enumerate() {
                    *sum = *sum + *a.values.get_unchecked((i + h) * a_row + l * a_col) * value;
                }
            }
            for (h, sum) in sums.into_iter().enumerate() {
                let total = bias.map_or(sum, |bias| sum + *bias.get_unchecked(j));
                *dst.get_unchecked_mut((i + h) * n + j) = total;
            }
        }
    }
}
