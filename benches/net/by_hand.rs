//! The small nets as somebody writes them by hand: a layer is an array of rows `[in][out]`, the bias its last row.

use downhill::num::elem;
use multiversion::multiversion;

/// A layer of `IN − 1` inputs and a bias.
type Layer<const IN: usize, const OUT: usize> = [[f32; OUT]; IN];

/// Rows are taken in their order, or in a new one for each epoch.
pub(crate) struct Order {
    order: Vec<u32>,
    next: usize,
    random: u64,
}

impl Order {
    fn new(rows: usize) -> Self {
        Self { order: (0..rows as u32).collect(), next: 0, random: 88_172_645_463_325_252 }
    }

    fn batch(&mut self, size: usize, shuffled: bool) -> &[u32] {
        if self.next >= self.order.len() {
            self.next = 0;
            if shuffled {
                for last in (1..self.order.len()).rev() {
                    self.random ^= self.random << 13;
                    self.random ^= self.random >> 7;
                    self.random ^= self.random << 17;
                    self.order.swap(last, (self.random % (last as u64 + 1)) as usize);
                }
            }
        }
        let from = self.next;
        self.next = (from + size).min(self.order.len());
        &self.order[from..self.next]
    }
}

/// A layer of a flat vector: weights `[out, in]`, then biases.
fn layer<const IN: usize, const OUT: usize>(flat: &mut &[f64]) -> Layer<IN, OUT> {
    let mut layer = [[0.0; OUT]; IN];
    for j in 0..OUT {
        for k in 0..IN - 1 {
            layer[k][j] = flat[j * (IN - 1) + k] as f32;
        }
        layer[IN - 1][j] = flat[OUT * (IN - 1) + j] as f32;
    }
    *flat = &flat[OUT * IN..];
    layer
}

fn flatten<const IN: usize, const OUT: usize>(layer: &Layer<IN, OUT>, out: &mut Vec<f32>) {
    for j in 0..OUT {
        out.extend((0..IN - 1).map(|k| layer[k][j]));
    }
    out.extend(layer[IN - 1]);
}

/// `z = b + Σ h w`.
#[inline(always)]
fn forward<const IN: usize, const OUT: usize>(w: &Layer<IN, OUT>, h: &[f32]) -> [f32; OUT] {
    let mut z = w[IN - 1];
    for k in 0..IN - 1 {
        for j in 0..OUT {
            z[j] += h[k] * w[k][j];
        }
    }
    z
}

/// Adds to the gradient, and gives what goes on to the inputs.
#[inline(always)]
fn backward<const IN: usize, const OUT: usize>(
    w: &Layer<IN, OUT>,
    g: &mut Layer<IN, OUT>,
    h: &[f32],
    dz: &[f32; OUT],
    dh: &mut [f32],
) {
    for k in 0..IN - 1 {
        let mut sum = 0.0;
        for j in 0..OUT {
            sum += dz[j] * w[k][j];
            g[k][j] += h[k] * dz[j];
        }
        if let Some(dh) = dh.get_mut(k) {
            *dh = sum;
        }
    }
    for j in 0..OUT {
        g[IN - 1][j] += dz[j];
    }
}

#[inline(always)]
fn descend<const IN: usize, const OUT: usize>(w: &mut Layer<IN, OUT>, g: &Layer<IN, OUT>, lr: f32) {
    for k in 0..IN {
        for j in 0..OUT {
            w[k][j] -= lr * g[k][j];
        }
    }
}

/// 2-8-8-1, tanh, mean square, SGD.
pub(crate) struct Small {
    w: (Layer<3, 8>, Layer<9, 8>, Layer<9, 1>),
    order: Order,
    batch: usize,
    ours: bool,
    pub(crate) shuffled: bool,
}

impl Small {
    pub(crate) fn new(mut flat: &[f64], batch: usize, ours: bool) -> Self {
        let w = (layer(&mut flat), layer(&mut flat), layer(&mut flat));
        Self { w, order: Order::new(super::ROWS), batch, ours, shuffled: false }
    }

    pub(crate) fn parameters(&self) -> Vec<f32> {
        let mut out = Vec::new();
        flatten(&self.w.0, &mut out);
        flatten(&self.w.1, &mut out);
        flatten(&self.w.2, &mut out);
        out
    }

    pub(crate) fn step(&mut self, x: &[[f32; 2]], y: &[f32]) {
        let rows = self.order.batch(self.batch, self.shuffled);
        if self.ours { small::<true>(&mut self.w, x, y, rows) } else { small::<false>(&mut self.w, x, y, rows) }
    }
}

#[inline(always)]
fn tanh<const OURS: bool>(z: [f32; 8]) -> [f32; 8] {
    let mut h = [0.0; 8];
    for j in 0..8 {
        h[j] = if OURS { elem::tanh(f64::from(z[j])) as f32 } else { z[j].tanh() };
    }
    h
}

#[multiversion(targets(
    "x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx512cd+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
))]
fn small<const OURS: bool>(w: &mut (Layer<3, 8>, Layer<9, 8>, Layer<9, 1>), x: &[[f32; 2]], y: &[f32], rows: &[u32]) {
    let mut g = ([[0.0; 8]; 3], [[0.0; 8]; 9], [[0.0; 1]; 9]);
    for &row in rows {
        let x = x[row as usize];
        let h1 = tanh::<OURS>(forward(&w.0, &x));
        let h2 = tanh::<OURS>(forward(&w.1, &h1));
        let out = forward(&w.2, &h2)[0];
        let dz3 = [2.0 * (out - y[row as usize]) / rows.len() as f32];
        let (mut dz2, mut dz1) = ([0.0; 8], [0.0; 8]);
        backward(&w.2, &mut g.2, &h2, &dz3, &mut dz2);
        for k in 0..8 {
            dz2[k] *= 1.0 - h2[k] * h2[k];
        }
        backward(&w.1, &mut g.1, &h1, &dz2, &mut dz1);
        for k in 0..8 {
            dz1[k] *= 1.0 - h1[k] * h1[k];
        }
        backward(&w.0, &mut g.0, &x, &dz1, &mut []);
    }
    descend(&mut w.0, &g.0, 0.05);
    descend(&mut w.1, &g.1, 0.05);
    descend(&mut w.2, &g.2, 0.05);
}

/// The layers of 2-8-8-8-8-1.
#[derive(Clone)]
pub(crate) struct Deep {
    first: Layer<3, 8>,
    middle: [Layer<9, 8>; 3],
    last: Layer<9, 1>,
}

impl Deep {
    pub(crate) fn new(mut flat: &[f64]) -> Self {
        let first = layer(&mut flat);
        let middle = std::array::from_fn(|_| layer(&mut flat));
        Self { first, middle, last: layer(&mut flat) }
    }

    fn zero() -> Self {
        Self { first: [[0.0; 8]; 3], middle: [[[0.0; 8]; 9]; 3], last: [[0.0; 1]; 9] }
    }
}

/// 2-8-8-8-8-1, relu, mean square, Adam.
pub(crate) struct Adam {
    w: Deep,
    m: Deep,
    v: Deep,
    t: i32,
    lr: f32,
    order: Order,
    pub(crate) shuffled: bool,
}

impl Adam {
    pub(crate) fn new(w: Deep, lr: f32) -> Self {
        let order = Order::new(super::ROWS);
        Self { w, m: Deep::zero(), v: Deep::zero(), t: 0, lr, order, shuffled: false }
    }

    pub(crate) fn parameters(&self) -> Vec<f32> {
        let mut out = Vec::new();
        flatten(&self.w.first, &mut out);
        self.w.middle.iter().for_each(|layer| flatten(layer, &mut out));
        flatten(&self.w.last, &mut out);
        out
    }

    pub(crate) fn step(&mut self, x: &[[f32; 2]], y: &[f32]) {
        self.t += 1;
        let scale = [1.0 - 0.9_f32.powi(self.t), 1.0 - 0.999_f32.powi(self.t)];
        let rows = self.order.batch(32, self.shuffled);
        deep(&mut self.w, [&mut self.m, &mut self.v], (x, y), rows, (self.lr, scale));
    }
}

#[inline(always)]
fn moments<const IN: usize, const OUT: usize>(
    w: &mut Layer<IN, OUT>,
    g: &Layer<IN, OUT>,
    [m, v]: [&mut Layer<IN, OUT>; 2],
    (lr, [first, second]): (f32, [f32; 2]),
) {
    for k in 0..IN {
        for j in 0..OUT {
            let g = g[k][j];
            m[k][j] = 0.9 * m[k][j] + 0.1 * g;
            v[k][j] = 0.999 * v[k][j] + 0.001 * (g * g);
            w[k][j] -= lr * (m[k][j] / first) / ((v[k][j] / second).sqrt() + 1e-8);
        }
    }
}

#[multiversion(targets(
    "x86_64+avx512f+avx512vl+avx512dq+avx512bw+avx512cd+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
    "x86_64+avx2+avx+fma+bmi1+bmi2+lzcnt+popcnt",
))]
fn deep(w: &mut Deep, [m, v]: [&mut Deep; 2], (x, y): (&[[f32; 2]], &[f32]), rows: &[u32], pace: (f32, [f32; 2])) {
    let mut g = Deep::zero();
    for &row in rows {
        let x = x[row as usize];
        let mut h = [[0.0_f32; 8]; 4];
        h[0] = forward(&w.first, &x).map(|z| z.max(0.0));
        for k in 0..3 {
            h[k + 1] = forward(&w.middle[k], &h[k]).map(|z| z.max(0.0));
        }
        let out = forward(&w.last, &h[3])[0];
        let mut dz = [0.0_f32; 8];
        backward(&w.last, &mut g.last, &h[3], &[2.0 * (out - y[row as usize]) / rows.len() as f32], &mut dz);
        for k in (0..3).rev() {
            for j in 0..8 {
                dz[j] = if h[k + 1][j] > 0.0 { dz[j] } else { 0.0 };
            }
            let mut before = [0.0_f32; 8];
            backward(&w.middle[k], &mut g.middle[k], &h[k], &dz, &mut before);
            dz = before;
        }
        for j in 0..8 {
            dz[j] = if h[0][j] > 0.0 { dz[j] } else { 0.0 };
        }
        backward(&w.first, &mut g.first, &x, &dz, &mut []);
    }
    moments(&mut w.first, &g.first, [&mut m.first, &mut v.first], pace);
    for k in 0..3 {
        moments(&mut w.middle[k], &g.middle[k], [&mut m.middle[k], &mut v.middle[k]], pace);
    }
    moments(&mut w.last, &g.last, [&mut m.last, &mut v.last], pace);
}
