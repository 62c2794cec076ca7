//! The natural logarithm and the softplus.

use super::exp::exp;

const LN2_HI: f64 = 6.931_471_803_691_238e-1;
const LN2_LO: f64 = 1.908_214_929_270_587_7e-10;
const L: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];
/// `2^54`, which lifts subnormal numbers into the normal range.
const LIFT: f64 = 18_014_398_509_481_984.0;
/// `2^52`, whose low bits hold a whole number.
const TWO_52: f64 = 4_503_599_627_370_496.0;

/// Whether [`ln_normal`] may be used: a positive normal number.
#[inline(always)]
pub(crate) fn is_ln_normal(x: f64) -> bool {
    (f64::MIN_POSITIVE..=f64::MAX).contains(&x)
}

/// The natural logarithm of an argument for which [`is_ln_normal`] holds.
#[inline(always)]
pub(crate) fn ln_normal(x: f64) -> f64 {
    ln_parts(x, 1023.0)
}

/// The natural logarithm: `-inf` at 0, nan below.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let tiny = x < f64::MIN_POSITIVE;
    let lifted = if tiny { x * LIFT } else { x };
    let bias = if tiny { 1023.0 + 54.0 } else { 1023.0 };
    let y = ln_parts(lifted, bias);
    // The ends of the range and beyond; nan falls through the comparisons into `x`.
    let y = if x < f64::INFINITY { y } else { x };
    let y = if x < 0.0 { f64::NAN } else { y };
    if x == 0.0 { f64::NEG_INFINITY } else { y }
}

/// The logarithm of a positive normal number whose exponent has this bias.
#[inline(always)]
fn ln_parts(x: f64, bias: f64) -> f64 {
    // Split into 2^k · m with m in [√½, √2): adding the distance of √½ to 1 makes the carry do the case distinction.
    let bits = x.to_bits().wrapping_add(0x3ff0_0000_0000_0000 - 0x3fe6_a09e_0000_0000);
    let k = f64::from_bits((bits >> 52) | TWO_52.to_bits()) - (TWO_52 + bias);
    let m = f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(0x3fe6_a09e_0000_0000));
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (L[1] + w * (L[3] + w * L[5]));
    let odd = z * (L[0] + w * (L[2] + w * (L[4] + w * L[6])));
    let half_square = 0.5 * f * f;
    k * LN2_HI - ((half_square - (s * (half_square + (even + odd)) + k * LN2_LO)) - f)
}

/// `ln(1 + exp(x))`, without overflow and accurate in both tails.
#[inline(always)]
pub fn softplus(x: f64) -> f64 {
    let t = exp(-x.abs());
    let u = 1.0 + t;
    // ln(u) misses what `1 + t` rounded away.
    let log1p = ln(u) + (t - (u - 1.0)) / u;
    let positive = if x < 0.0 { 0.0 } else { x };
    positive + log1p
}
