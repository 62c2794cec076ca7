//! Dense linear algebra of small matrices: symmetric eigenvalues, linear solves, norms.
//!
//! A matrix is a slice of `n * n` numbers, row by row. Nothing here calls a transcendental function: only `sqrt`, `abs`
//! and the four operations, so the same input gives the same bits on every machine. Numbers that are not finite are
//! passed on or reported, never a panic. It does not know what the matrices mean (Hessians, most often).

/// Eigenvalues and orthonormal eigenvectors of a symmetric matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    /// The eigenvalues, ascending.
    pub values: Vec<f64>,
    /// `vectors[k]` has length one and belongs to `values[k]`; its entry of largest size is positive.
    pub vectors: Vec<Vec<f64>>,
}

/// As [`Eigen`] for a 2×2 matrix, without allocation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eigen2 {
    /// The eigenvalues, ascending.
    pub values: [f64; 2],
    /// `vectors[k]` has length one and belongs to `values[k]`; its entry of largest size is positive.
    pub vectors: [[f64; 2]; 2],
}

/// Why a system was not solved.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum SolveError {
    /// No pivot above rounding is left in this column (counted from 0): the matrix is singular to working precision.
    #[error("singular at column {0}")]
    Singular(usize),
    /// The leading minor of this size (counted from 1) is not positive: the matrix is not positive definite.
    #[error("not positive definite at order {0}")]
    NotPositive(usize),
    /// An entry is nan or infinite.
    #[error("an entry is not finite")]
    NonFinite,
}

/// The rotation `(t, c, s)` that takes the off-diagonal `b` of `[[a, b], [b, d]]` to zero: tangent, cosine, sine of the
/// smaller of the two possible angles (Rutishauser's choice, which keeps the rounding at the level of the entries).
fn rotation(a: f64, b: f64, d: f64) -> (f64, f64, f64) {
    if b == 0.0 {
        return (0.0, 1.0, 0.0);
    }
    let tau = (d - a) / (2.0 * b);
    // Beyond 1e8 the square adds nothing to a double, and further out it would overflow.
    let root = if tau.abs() > 1e8 { tau.abs() } else { (1.0 + tau * tau).sqrt() };
    let t = 1.0_f64.copysign(tau) / (tau.abs() + root);
    let c = 1.0 / (1.0 + t * t).sqrt();
    (t, c, t * c)
}

/// The vector with its entry of largest size (the first of equals) made positive: one of the two signs, for good.
fn signed(v: &mut [f64]) {
    let mut big = 0.0_f64;
    for &x in v.iter() {
        if x.abs() > big.abs() {
            big = x;
        }
    }
    if big < 0.0 {
        v.iter_mut().for_each(|x| *x = -*x);
    }
}

/// Eigenvalues and eigenvectors of the symmetric matrix `[[a, b], [b, d]]`.
pub fn eigen2(a: f64, b: f64, d: f64) -> Eigen2 {
    let (t, c, s) = rotation(a, b, d);
    let mut pairs = [(a - t * b, [c, -s]), (d + t * b, [s, c])];
    if pairs[0].0 > pairs[1].0 {
        pairs.swap(0, 1);
    }
    pairs.iter_mut().for_each(|(_, v)| signed(v));
    Eigen2 { values: pairs.map(|p| p.0), vectors: pairs.map(|p| p.1) }
}

/// Eigenvalues and eigenvectors of a symmetric `n`×`n` matrix by cyclic Jacobi rotations. Only the upper triangle is
/// read. Entries that are not finite give nan values with the axes as vectors. Missing entries count as zero.
pub fn eigen(n: usize, matrix: &[f64]) -> Eigen {
    let axes: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let entry = |i: usize, j: usize| matrix.get(i.min(j) * n + i.max(j)).copied().unwrap_or(0.0);
    let mut m: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect();
    if m.iter().flatten().any(|x| !x.is_finite()) {
        return Eigen { values: vec![f64::NAN; n], vectors: axes };
    }
    let mut vectors = axes;
    // Convergence is quadratic: small matrices need 5 to 10 sweeps; the bound only guards against the unforeseen.
    for _ in 0..64 {
        let mut rotated = false;
        for p in 0..n {
            for q in p + 1..n {
                let b = m[p][q];
                // Below this a rotation changes no diagonal entry by rounding.
                if b == 0.0 || b.abs() <= f64::EPSILON * 0.125 * (m[p][p].abs().min(m[q][q].abs())) {
                    continue;
                }
                rotated = true;
                let (t, c, s) = rotation(m[p][p], b, m[q][q]);
                m[p][p] -= t * b;
                m[q][q] += t * b;
                m[p][q] = 0.0;
                m[q][p] = 0.0;
                for k in (0..n).filter(|&k| k != p && k != q) {
                    let (x, y) = (m[k][p], m[k][q]);
                    m[k][p] = c * x - s * y;
                    m[k][q] = s * x + c * y;
                    m[p][k] = m[k][p];
                    m[q][k] = m[k][q];
                }
                let (before, after) = vectors.split_at_mut(q);
                for (vp, vq) in before[p].iter_mut().zip(&mut after[0]) {
                    (*vp, *vq) = (c * *vp - s * *vq, s * *vp + c * *vq);
                }
            }
        }
        if !rotated {
            break;
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| m[i][i].total_cmp(&m[j][j]));
    vectors.iter_mut().for_each(|v| signed(v));
    Eigen {
        values: order.iter().map(|&k| m[k][k]).collect(),
        vectors: order.iter().map(|&k| vectors[k].clone()).collect(),
    }
}

/// The solution of `A x = b` by elimination with row pivoting, `A` being `n`×`n` with `n = b.len()`.
pub fn solve(matrix: &[f64], b: &[f64]) -> Result<Vec<f64>, SolveError> {
    let n = b.len();
    if matrix.len() != n * n || matrix.iter().chain(b).any(|x| !x.is_finite()) {
        return Err(SolveError::NonFinite);
    }
    let mut rows: Vec<Vec<f64>> = (0..n).map(|i| matrix[i * n..(i + 1) * n].to_vec()).collect();
    let mut x = b.to_vec();
    let largest = norm_max(matrix);
    for k in 0..n {
        let mut best = k;
        for i in k + 1..n {
            if rows[i][k].abs() > rows[best][k].abs() {
                best = i;
            }
        }
        rows.swap(k, best);
        x.swap(k, best);
        let pivot = rows[k][k];
        // A pivot of this size is the rounding of a zero: what follows would be noise with many digits.
        if pivot.abs() <= f64::EPSILON * largest * n as f64 * 0.5 {
            return Err(SolveError::Singular(k));
        }
        let (above, below) = rows.split_at_mut(k + 1);
        let row = &above[k];
        let top = x[k];
        for (r, xr) in below.iter_mut().zip(&mut x[k + 1..]) {
            let f = r[k] / pivot;
            for (rj, kj) in r.iter_mut().zip(row).skip(k) {
                *rj -= f * kj;
            }
            *xr -= f * top;
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| rows[k][j] * x[j]).sum();
        x[k] = (x[k] - known) / rows[k][k];
    }
    if x.iter().all(|v| v.is_finite()) { Ok(x) } else { Err(SolveError::NonFinite) }
}

/// The factor of a symmetric positive definite matrix: `A = L Lᵀ`.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky {
    n: usize,
    /// `L`, row by row; zeros above the diagonal.
    lower: Vec<f64>,
}

impl Cholesky {
    /// Factors a symmetric `n`×`n` matrix (the lower triangle is read), or says that it is not positive definite.
    pub fn new(n: usize, matrix: &[f64]) -> Result<Self, SolveError> {
        if matrix.len() != n * n || matrix.iter().any(|x| !x.is_finite()) {
            return Err(SolveError::NonFinite);
        }
        let mut l = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| l[i * n + k] * l[j * n + k]).sum();
                let rest = matrix[i * n + j] - known;
                if i > j {
                    l[i * n + j] = rest / l[j * n + j];
                } else if rest > 0.0 && rest.is_finite() {
                    l[i * n + i] = rest.sqrt();
                } else {
                    return Err(SolveError::NotPositive(i + 1));
                }
            }
        }
        Ok(Self { n, lower: l })
    }

    /// The solution of `A x = b`; entries of `b` that are missing count as zero.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let (n, l) = (self.n, &self.lower);
        let mut x: Vec<f64> = (0..n).map(|i| b.get(i).copied().unwrap_or(0.0)).collect();
        for i in 0..n {
            let known: f64 = (0..i).map(|k| l[i * n + k] * x[k]).sum();
            x[i] = (x[i] - known) / l[i * n + i];
        }
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|k| l[k * n + i] * x[k]).sum();
            x[i] = (x[i] - known) / l[i * n + i];
        }
        x
    }
}

/// `Σ aᵢ bᵢ`, from the first to the last.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The largest size of an entry; nan if one is nan, 0 for none.
pub fn norm_max(v: &[f64]) -> f64 {
    // `f64::max` would pass over a nan.
    v.iter().fold(0.0, |m: f64, x| if m.is_nan() || x.is_nan() { f64::NAN } else { m.max(x.abs()) })
}

/// The Euclidean length. Entries whose squares would overflow or vanish are scaled first.
pub fn norm(v: &[f64]) -> f64 {
    let plain = dot(v, v);
    if (1e-280..1e280).contains(&plain) || plain.is_nan() {
        return plain.sqrt();
    }
    let scale = norm_max(v);
    if scale == 0.0 || !scale.is_finite() {
        return scale;
    }
    scale * v.iter().map(|x| (x / scale) * (x / scale)).sum::<f64>().sqrt()
}
