//! The functions against `libm`'s correctly rounded to a fraction of an ulp, over ranges and at the edges.

use super::*;

/// The distance in units in the last place, 0 for equal values and for two nans.
fn ulps(a: f64, b: f64) -> f64 {
    if a == b || (a.is_nan() && b.is_nan()) {
        return 0.0;
    }
    let unit = (f64::from_bits(b.abs().to_bits() + 1) - b.abs()).max(f64::MIN_POSITIVE * f64::EPSILON);
    ((a - b) / unit).abs()
}

/// A function of one argument.
type Function = fn(f64) -> f64;

#[test]
fn functions_are_accurate() {
    let cases: [(&str, Function, Function, f64, f64, f64); 10] = [
        ("sin", sin, libm::sin, -50.0, 50.0, 2.0),
        ("cos", cos, libm::cos, -50.0, 50.0, 2.0),
        ("sin far", sin, libm::sin, -1e6, 1e6, 2.0),
        ("cos beyond", cos, libm::cos, -1e15, 1e15, 0.0),
        ("tan", tan, libm::tan, -50.0, 50.0, 3.0),
        ("exp", exp, libm::exp, -740.0, 710.0, 1.1),
        ("ln", ln, libm::log, 1e-300, 1e3, 1.0),
        ("tanh", tanh, libm::tanh, -20.0, 20.0, 2.5),
        ("sigmoid", sigmoid, |x| 1.0 / (1.0 + libm::exp(-x)), -30.0, 30.0, 3.0),
        ("softplus", softplus, |x| libm::log1p(libm::exp(x)), -40.0, 40.0, 3.0),
    ];
    for (name, ours, reference, lo, hi, bound) in cases {
        let worst = (0..20_000)
            .map(|i| lo + (hi - lo) * (f64::from(i) + 0.37) / 20_000.0)
            .map(|x| (ulps(ours(x), reference(x)), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst.0 <= bound, "{name} is {} ulp off at {}", worst.0, worst.1);
    }
}

#[test]
fn edges_are_those_of_the_mathematics() {
    let inf = f64::INFINITY;
    for (got, want) in [
        (exp(0.0), 1.0),
        (exp(inf), inf),
        (exp(-inf), 0.0),
        (exp(709.0), libm::exp(709.0)),
        (exp(800.0), inf),
        (exp(-745.0), libm::exp(-745.0)),
        (exp(-800.0), 0.0),
        (ln(1.0), 0.0),
        (ln(0.0), -inf),
        (ln(-0.0), -inf),
        (ln(inf), inf),
        (ln(-1.0), f64::NAN),
        (ln(-inf), f64::NAN),
        (ln(5e-324), libm::log(5e-324)),
        (ln(1e-310), libm::log(1e-310)),
        (sin(0.0), 0.0),
        (sin(inf), f64::NAN),
        (sin(std::f64::consts::PI), libm::sin(std::f64::consts::PI)),
        (cos(0.0), 1.0),
        (tanh(inf), 1.0),
        (tanh(-inf), -1.0),
        (tanh(1e-10), 1e-10),
        (sigmoid(-800.0), 0.0),
        (sigmoid(800.0), 1.0),
        (softplus(800.0), 800.0),
        (softplus(-inf), 0.0),
        (sign(-0.0), 0.0),
        (pow(0.0, 0.0), 1.0),
        (powi(2.0, -2), 0.25),
        (powi(-3.0, 3), -27.0),
        (min(1.0, f64::NAN), f64::NAN),
        (max(f64::NAN, 1.0), f64::NAN),
    ] {
        assert!(ulps(got, want) <= 1.0, "{got} is not {want}");
    }
    for f in [exp, ln, sin, cos, tanh, sigmoid, softplus, sign] as [Function; 8] {
        assert!(f(f64::NAN).is_nan());
    }
}

/// The short forms of loops over lanes give the bits of the functions, up to the ends of their ranges.
#[test]
fn short_forms_equal_the_functions() {
    let numbers = (0..20_000).map(|i| -720.0 + 1440.0 * (f64::from(i) + 0.37) / 20_000.0).chain([708.0, -708.0, 0.0]);
    for x in numbers.filter(|&x| is_exp_normal(x)) {
        assert_eq!(exp_normal(x).to_bits(), exp(x).to_bits(), "exp({x})");
        let y = exp(x);
        assert_eq!(ln_normal(y).to_bits(), ln(y).to_bits(), "ln({y})");
    }
    for x in [f64::MIN_POSITIVE, f64::MAX, 1.0] {
        assert!(is_ln_normal(x) && ln_normal(x).to_bits() == ln(x).to_bits(), "ln({x})");
    }
    for x in [0.0, -1.0, 5e-324, f64::INFINITY, f64::NAN] {
        assert!(!is_ln_normal(x));
    }
    assert!([709.0, -709.0, f64::INFINITY, f64::NAN].iter().all(|&x| !is_exp_normal(x)));
}
