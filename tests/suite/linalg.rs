//! Small dense linear algebra: eigenvalues, solves and norms keep what defines them.

use downhill::num::linalg::{Cholesky, SolveError, dot, eigen, eigen2, norm, norm_max, solve};
use proptest::prelude::*;

fn apply(n: usize, m: &[f64], v: &[f64]) -> Vec<f64> {
    (0..n).map(|i| dot(&m[i * n..(i + 1) * n], v)).collect()
}

/// A symmetric matrix, its entries from tiny to large.
fn symmetric() -> impl Strategy<Value = (usize, Vec<f64>)> {
    let entry = (-1.0..1.0f64, -6i32..6).prop_map(|(x, e)| x * 10f64.powi(e));
    (1usize..7).prop_flat_map(move |n| {
        prop::collection::vec(entry.clone(), n * n).prop_map(move |mut m| {
            (0..n).for_each(|i| (0..i).for_each(|j| m[i * n + j] = m[j * n + i]));
            (n, m)
        })
    })
}

fn check_eigen(n: usize, m: &[f64], values: &[f64], vectors: &[Vec<f64>]) {
    let size = norm_max(m).max(1e-300);
    for k in 0..n {
        assert!(k == 0 || values[k - 1] <= values[k], "values ascend: {values:?}");
        let v = &vectors[k];
        let worst = apply(n, m, v).iter().zip(v).map(|(mv, x)| (mv - values[k] * x).abs()).fold(0.0, f64::max);
        assert!(worst <= 1e-14 * size * n as f64, "A v = λ v fails by {worst:e} for size {size:e}");
        for (j, other) in vectors.iter().enumerate() {
            assert!((dot(v, other) - f64::from(u8::from(j == k))).abs() < 1e-14, "the vectors are orthonormal");
        }
        let big = v.iter().copied().fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
        assert!(big > 0.0, "the sign is settled");
    }
}

proptest! {
    #[test]
    fn eigenpairs_of_any_symmetric_matrix((n, m) in symmetric()) {
        let e = eigen(n, &m);
        check_eigen(n, &m, &e.values, &e.vectors);
        if n == 2 {
            let e = eigen2(m[0], m[1], m[3]);
            check_eigen(2, &m, &e.values, &e.vectors.map(|v| v.to_vec()));
        }
    }

    #[test]
    fn a_solution_solves(n in 1usize..7, all in prop::collection::vec(-3.0..3.0f64, 42)) {
        let (m, b) = (&all[..n * n], &all[36..36 + n]);
        if let Ok(x) = solve(m, b) {
            let worst = apply(n, m, &x).iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            prop_assert!(worst <= 1e-13 * (1.0 + norm_max(&x)), "residual {worst:e}");
        }
    }

    #[test]
    fn cholesky_solves_what_is_positive_and_reports_the_rest(n in 1usize..6, all in prop::collection::vec(-3.0..3.0f64, 40), shift in -1.0..1.0f64) {
        // Mᵀ M + shift·1 has eigenvalues at least `shift`; whether it is positive is asked of the eigenvalues.
        let m: Vec<f64> = (0..n * n).map(|k| {
            let (i, j) = (k / n, k % n);
            (0..n).map(|r| all[r * n + i] * all[r * n + j]).sum::<f64>() + if i == j { shift } else { 0.0 }
        }).collect();
        let least = eigen(n, &m).values[0];
        prop_assume!(least.abs() > 1e-9);
        match Cholesky::new(n, &m) {
            Ok(c) => {
                prop_assert!(least > 0.0);
                let b = &all[30..30 + n];
                let x = c.solve(b);
                let worst = apply(n, &m, &x).iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                prop_assert!(worst <= 1e-12 * (1.0 + norm_max(&x)), "residual {worst:e}");
            }
            Err(e) => { prop_assert!(least < 0.0, "{e}"); }
        }
    }
}

#[test]
fn known_curvatures() {
    // Rosenbrock at its minimum; the smaller eigenvalue is 400 / larger by the determinant.
    let e = eigen2(802.0, -400.0, 200.0);
    assert!((e.values[1] - 0.5 * (1002.0 + 1_002_404f64.sqrt())).abs() < 1e-12, "{e:?}");
    assert!((e.values[0] * e.values[1] - 400.0).abs() < 1e-9);
    assert_eq!(eigen2(3.0, 0.0, -1.0).values, [-1.0, 3.0]);
    assert_eq!(eigen2(1e200, 1e-200, -1e200).values, [-1e200, 1e200]);
}

#[test]
fn trouble_is_reported() {
    assert_eq!(solve(&[1.0, 2.0, 2.0, 4.0], &[1.0, 1.0]), Err(SolveError::Singular(1)));
    assert_eq!(solve(&[0.0; 4], &[1.0, 1.0]), Err(SolveError::Singular(0)));
    assert_eq!(solve(&[f64::NAN, 0.0, 0.0, 1.0], &[1.0, 1.0]), Err(SolveError::NonFinite));
    assert_eq!(Cholesky::new(2, &[1.0, 2.0, 2.0, 1.0]), Err(SolveError::NotPositive(2)));
    assert!(eigen(2, &[f64::INFINITY, 0.0, 0.0, 1.0]).values.iter().all(|v| v.is_nan()));
    assert_eq!(solve(&[0.0, 1.0, 1.0, 0.0], &[5.0, 7.0]), Ok(vec![7.0, 5.0]), "a zero in front is pivoted away");
}

#[test]
fn norms_at_the_ends_of_the_range() {
    assert_eq!(norm(&[3.0, -4.0]), 5.0);
    assert!((norm(&[3e200, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
    assert!((norm(&[3e-200, 4e-200]) / 5e-200 - 1.0).abs() < 1e-15);
    assert_eq!(norm(&[]), 0.0);
    assert_eq!(norm(&[f64::INFINITY, 1.0]), f64::INFINITY);
    assert!(norm(&[f64::NAN, 1.0]).is_nan() && norm_max(&[1.0, f64::NAN, 9.0]).is_nan());
    assert_eq!(norm_max(&[1.0, -9.0, 2.0]), 9.0);
}
