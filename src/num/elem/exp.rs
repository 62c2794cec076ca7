//! The exponential and what is made of it.

/// `1.5 · 2^52`: adding it rounds to a whole number and leaves that number in the low bits.
pub(super) const MAGIC: f64 = 6_755_399_441_055_744.0;

const LOG2_E: f64 = std::f64::consts::LOG2_E;
/// ln 2 to 32 bits, so that its product with a small whole number is exact, and the rest.
const LN2_HI: f64 = 6.931_471_803_691_238e-1;
const LN2_LO: f64 = 1.908_214_929_270_587_7e-10;

/// `(exp(r) − 1 − r)/r²` on ±ln 2/2, by Remez' algorithm: the error of the exponential stays below 0.1 ulp.
const C: [f64; 10] = [
    0.500_000_000_000_001_1,
    0.166_666_666_666_664_13,
    0.041_666_666_666_530_267,
    0.008_333_333_333_494_336,
    0.001_388_888_894_359_766,
    0.000_198_412_695_067_721_96,
    2.480_149_313_618_051_6e-5,
    2.755_758_627_347_22e-6,
    2.763_023_393_066_737_5e-7,
    2.500_006_996_176_785_6e-8,
];

/// Whether [`exp_normal`] may be used: the result is a normal number (false for nan).
#[inline(always)]
pub(crate) fn is_exp_normal(x: f64) -> bool {
    x.abs() <= 708.0
}

/// The exponential of an argument for which [`is_exp_normal`] holds.
#[inline(always)]
pub(crate) fn exp_normal(x: f64) -> f64 {
    let (y, shifted) = exp_parts(x);
    // 2^k: the low bits of the shifted number go where the exponent stands.
    y * f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()))
}

/// The exponential function.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    // Beyond these the result is 0 or infinite anyway; comparisons are written so that nan passes through.
    let x = if x > 720.0 { 720.0 } else { x };
    let x = if x < -760.0 { -760.0 } else { x };
    let (y, shifted) = exp_parts(x);
    // 2^k in two halves, so that neither factor leaves the exponent's range.
    let bits = shifted.to_bits() as i64;
    let k = bits.wrapping_sub(MAGIC.to_bits() as i64);
    let half = k >> 1;
    y * power_of_two(half) * power_of_two(k - half)
}

/// The exponential of the remainder after whole powers of two, and the number of those in the low bits.
#[inline(always)]
fn exp_parts(x: f64) -> (f64, f64) {
    let shifted = x * LOG2_E + MAGIC;
    let k = shifted - MAGIC;
    let hi = x - k * LN2_HI;
    let lo = k * LN2_LO;
    let r = hi - lo;
    let r2 = r * r;
    let r4 = r2 * r2;
    // Estrin's scheme: short chains, so that vector units stay busy.
    let p0 = C[0] + C[1] * r;
    let p1 = C[2] + C[3] * r;
    let p2 = C[4] + C[5] * r;
    let p3 = C[6] + C[7] * r;
    let p4 = C[8] + C[9] * r;
    let tail = r2 * ((p0 + p1 * r2) + ((p2 + p3 * r2) + p4 * r4) * r4);
    // exp(hi - lo) = 1 + hi + (tail - lo), smallest parts first.
    (1.0 + (hi + (tail - lo)), shifted)
}

/// `2^k` for `-1022 <= k <= 1023`.
#[inline(always)]
fn power_of_two(k: i64) -> f64 {
    f64::from_bits((k.wrapping_add(1023) as u64) << 52)
}

/// `1/(1 + exp(-x))`, accurate in both tails.
#[inline(always)]
pub fn sigmoid(x: f64) -> f64 {
    let t = exp(-x.abs());
    let numerator = if x < 0.0 { t } else { 1.0 };
    numerator / (1.0 + t)
}

const TANH_P: [f64; 3] = [-1.614_687_684_417_084_5e3, -9.928_772_310_019_185e1, -9.643_991_794_250_523e-1];
const TANH_Q: [f64; 3] = [4.844_063_053_251_255e3, 2.235_488_390_601_004_5e3, 1.128_116_784_916_329_3e2];

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    let a = x.abs();
    let z = x * x;
    let p = (TANH_P[2] * z + TANH_P[1]) * z + TANH_P[0];
    let q = ((z + TANH_Q[2]) * z + TANH_Q[1]) * z + TANH_Q[0];
    let near = x + x * (z * (p / q));
    let far = 1.0 - 2.0 / (exp(2.0 * a) + 1.0);
    let far = if x < 0.0 { -far } else { far };
    if a < 0.625 { near } else { far }
}
