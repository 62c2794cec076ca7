//! Matrix products: small ones by a plain loop, which beats packing and allocates nothing; large ones by the `gemm` crate,
//! which allocates its packing buffers.
#![allow(unsafe_code, reason = "the crate's interface takes pointers and strides")]

use super::element::Element;

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
    fn strides(&self) -> (isize, isize) {
        if self.transposed { (self.rows as isize, 1) } else { (1, self.cols as isize) }
    }
}

/// Up to so many multiplications the plain loop is taken.
const SMALL: usize = 1 << 14;

/// `dst = a · b`, row-major, on one thread. A large product is summed with fused multiply-adds where the machine has
/// them, so its last bits may differ between machines, unlike everything else here.
///
/// # Panics
///
/// When the shapes do not fit, or a slice is shorter than its shape says.
pub(super) fn multiply<T: Element>(dst: &mut [T], a: Matrix<'_, T>, b: Matrix<'_, T>) {
    assert_eq!(a.cols, b.rows, "inner dimensions");
    assert!(a.values.len() >= a.rows * a.cols && b.values.len() >= b.rows * b.cols, "a matrix is too short");
    assert!(dst.len() >= a.rows * b.cols, "the target is too short");
    if a.rows * a.cols * b.cols <= SMALL {
        return small(dst, a, b);
    }
    let ((a_col, a_row), (b_col, b_row)) = (a.strides(), b.strides());
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
            false,
            a.values.as_ptr(),
            a_col,
            a_row,
            b.values.as_ptr(),
            b_col,
            b_row,
            T::default(),
            T::of(1.0),
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

fn small<T: Element>(dst: &mut [T], a: Matrix<'_, T>, b: Matrix<'_, T>) {
    let ((a_col, a_row), (b_col, b_row)) = (a.strides(), b.strides());
    for (i, row) in dst.chunks_exact_mut(b.cols.max(1)).take(a.rows).enumerate() {
        row.fill(T::default());
        for k in 0..a.cols {
            let factor = a.values[i * a_row as usize + k * a_col as usize];
            let from = k * b_row as usize;
            let column = b.values[from..].iter().step_by(b_col as usize);
            for (target, &value) in row.iter_mut().zip(column) {
                *target = *target + factor * value;
            }
        }
    }
}
