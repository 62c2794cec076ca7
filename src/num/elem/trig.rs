//! Sine and cosine: Cody and Waite's reduction by multiples of π/2 in three parts, then Sun's polynomials.

use super::exp::MAGIC;

const TWO_OVER_PI: f64 = std::f64::consts::FRAC_2_PI;
/// π/2 to 33 bits, the next 33 bits, and the rest: the products with a number of up to 20 bits are exact.
const PIO2_1: f64 = 1.570_796_326_734_125_6;
const PIO2_2: f64 = 6.077_100_506_303_966e-11;
const PIO2_2T: f64 = 2.022_266_248_795_950_6e-21;
/// Up to here the three parts suffice; beyond, `libm` reduces with all bits of π.
const REDUCIBLE: f64 = 1.0e6;

const S: [f64; 6] = [
    -1.666_666_666_666_663_2e-1,
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_007e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
const C: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// Whether `sin_cos_reduced` is exact enough for this argument (false for nan and the infinities).
#[inline(always)]
pub(crate) fn is_reducible(x: f64) -> bool {
    x.abs() <= REDUCIBLE
}

/// The remainder in ±π/4, and the quadrant in the low two bits.
///
/// The first two products are exact, and so is the first difference; the others round to the last bit of the result.
#[inline(always)]
fn reduce(x: f64) -> (f64, u64) {
    let shifted = x * TWO_OVER_PI + MAGIC;
    let n = shifted - MAGIC;
    let r = ((x - n * PIO2_1) - n * PIO2_2) - n * PIO2_2T;
    (r, shifted.to_bits())
}

#[inline(always)]
fn sin_kernel(x: f64) -> f64 {
    let z = x * x;
    let w = z * z;
    let r = (S[1] + z * S[2]) + w * ((S[3] + z * S[4]) + w * S[5]);
    x + (x * z) * (S[0] + z * r)
}

#[inline(always)]
fn cos_kernel(x: f64) -> f64 {
    let z = x * x;
    let w = z * z;
    let r = z * ((C[0] + z * C[1]) + w * ((C[2] + z * C[3]) + w * (C[4] + z * C[5])));
    1.0 - z * (0.5 - r)
}

/// With the sign changed in the lower quadrants, whose numbers have the second bit set.
#[inline(always)]
fn flip(value: f64, quadrant: u64) -> f64 {
    f64::from_bits(value.to_bits() ^ ((quadrant << 62) & (1 << 63)))
}

/// Sine and cosine of an argument for which [`is_reducible`] holds.
#[inline(always)]
pub(crate) fn sin_cos_reduced(x: f64) -> (f64, f64) {
    let (r, quadrant) = reduce(x);
    let s = sin_kernel(r);
    let c = cos_kernel(r);
    let swap = quadrant & 1 == 1;
    let (sine, cosine) = if swap { (c, s) } else { (s, c) };
    (flip(sine, quadrant), flip(cosine, quadrant.wrapping_add(1)))
}

/// Sine of an argument for which [`is_reducible`] holds.
#[inline(always)]
pub(crate) fn sin_reduced(x: f64) -> f64 {
    sin_cos_reduced(x).0
}

/// Cosine of an argument for which [`is_reducible`] holds.
#[inline(always)]
pub(crate) fn cos_reduced(x: f64) -> f64 {
    sin_cos_reduced(x).1
}

/// Tangent of an argument for which [`is_reducible`] holds.
#[inline(always)]
pub(crate) fn tan_reduced(x: f64) -> f64 {
    let (s, c) = sin_cos_reduced(x);
    s / c
}

/// The sine.
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    if is_reducible(x) { sin_reduced(x) } else { libm::sin(x) }
}

/// The cosine.
#[inline(always)]
pub fn cos(x: f64) -> f64 {
    if is_reducible(x) { cos_reduced(x) } else { libm::cos(x) }
}

/// Sine and cosine for the price of a little more than one of them.
#[inline(always)]
pub fn sin_cos(x: f64) -> (f64, f64) {
    if is_reducible(x) { sin_cos_reduced(x) } else { libm::sincos(x) }
}

/// The tangent.
#[inline(always)]
pub fn tan(x: f64) -> f64 {
    let (s, c) = sin_cos(x);
    s / c
}
