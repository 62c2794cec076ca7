//! What stages of their own do with slices: sums in a fixed order, the peaks of columns, transposes.

use super::Element;

/// The sum in a fixed order: eight running sums, then those.
pub(super) fn sum<T: Element>(values: &[T]) -> T {
    let mut running = [T::default(); 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for (r, &x) in running.iter_mut().zip(chunk) {
            *r = *r + x;
        }
    }
    for (r, &x) in running.iter_mut().zip(rest) {
        *r = *r + x;
    }
    let [a, b, c, d, e, f, g, h] = running;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

/// The sums of the columns, each from the first row to the last.
pub(super) fn sum_rows<T: Element>(values: &[T], target: &mut [T]) {
    target.fill(T::default());
    // Of few columns eight at a time stay in registers.
    let cols = target.len();
    if let Ok(sums) = <&mut [T; 8]>::try_from(&mut *target) {
        for row in values.as_chunks::<8>().0 {
            for (sum, &x) in sums.iter_mut().zip(row) {
                *sum = *sum + x;
            }
        }
        return;
    }
    for row in values.chunks_exact(cols) {
        for (t, &x) in target.iter_mut().zip(row) {
            *t = *t + x;
        }
    }
}

/// The largest number of each column.
pub(super) fn peak_rows<T: Element>(values: &[T], target: &mut [T]) {
    let cols = target.len();
    target.copy_from_slice(&values[..cols]);
    for row in values.chunks_exact(cols).skip(1) {
        for (t, &x) in target.iter_mut().zip(row) {
            *t = larger(*t, x);
        }
    }
}

/// The largest number.
pub(super) fn peak<T: Element>(values: &[T]) -> T {
    values.iter().copied().reduce(larger).unwrap_or_default()
}

/// The larger one; nan if one is nan.
fn larger<T: Element>(a: T, b: T) -> T {
    let nan = a.partial_cmp(&a).is_none();
    if nan || a > b { a } else { b }
}

/// Rows and columns exchanged: `values` has rows of `cols`.
pub(super) fn transpose<T: Element>(values: &[T], cols: usize, target: &mut [T]) {
    let rows = target.len() / cols.max(1);
    for (i, row) in values.chunks_exact(cols.max(1)).take(rows).enumerate() {
        for (t, &x) in target[i..].iter_mut().step_by(rows).zip(row) {
            *t = x;
        }
    }
}
