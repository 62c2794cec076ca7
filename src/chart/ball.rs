//! The ball: where it is between two iterates, and how it rests on a curve.
//!
//! The iterate is a point *on* the curve; the ball is a disk that touches the curve there. Lengths across the curve are
//! a matter of the screen, so [`rest`] works in pixels with y up.

use super::{Curve, Point};

/// A time from 0 to 1, eased at both ends: it starts and stops at rest.
pub fn ease(t: f64) -> f64 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Where the ball is on its way through the iterates at a fractional step, `cursor` = 2.5 being half way from iterate 2
/// to 3. `eased` makes it pause at each iterate (for slow play). On whole steps it is the iterate to the last bit; a
/// next iterate that is not finite is not set out for; `None` before there is an iterate.
pub fn position(path: &[Point], cursor: f64, eased: bool) -> Option<Point> {
    let last = path.len().checked_sub(1)?;
    let cursor = if cursor.is_nan() { 0.0 } else { cursor.clamp(0.0, last as f64) };
    let from = cursor.floor() as usize;
    let t = cursor - from as f64;
    let (a, b) = (path.get(from)?, path.get((from + 1).min(last))?);
    if t == 0.0 || !b.iter().all(|v| v.is_finite()) {
        return Some(*a);
    }
    let t = if eased { ease(t) } else { t };
    Some([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])
}

/// How a ball rests on a curve, in pixels from the point of the iterate, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resting {
    /// The center of the ball.
    pub center: [f64; 2],
    /// Whether the ball touches the curve at the iterate: in a valley narrower than itself it hangs above.
    pub touches: bool,
}

/// The center of a ball of `radius` pixels over the point `at` of a curve whose slope there is `slope`; `scale` is pixels
/// per unit of x and y. The ball lies on the normal; where other parts of the curve are in its way it is lifted until
/// nothing of the curve is inside it.
pub fn rest(curve: &Curve, at: Point, slope: f64, scale: [f64; 2], radius: f64) -> Resting {
    let slope = slope * scale[1] / scale[0];
    let length = if slope.abs() > 1e150 { slope.abs() } else { (1.0 + slope * slope).sqrt() };
    let normal = if slope.is_finite() { [-slope / length, 1.0 / length] } else { [0.0, 1.0] };
    let [x, mut y] = normal.map(|n| n * radius);
    let free = y;
    let relative = |p: &Point| [(p[0] - at[0]) * scale[0], (p[1] - at[1]) * scale[1]];
    for piece in &curve.pieces {
        // Only what is within a radius of the center's column can be in the way.
        let from = piece.partition_point(|p| relative(p)[0] < x - radius).saturating_sub(1);
        let near = piece[from..].windows(2).take_while(|pair| relative(&pair[0])[0] <= x + radius);
        for pair in near {
            y = y.max(support(relative(&pair[0]), relative(&pair[1]), x, radius));
        }
    }
    Resting { center: [x, y], touches: y - free <= 0.05 * radius }
}

/// The least height of the center of a ball in column `x` that has a segment (from left to right) under it.
fn support(a: [f64; 2], b: [f64; 2], x: f64, radius: f64) -> f64 {
    let over_point = |p: [f64; 2]| {
        let reach = radius * radius - (p[0] - x) * (p[0] - x);
        if reach >= 0.0 { p[1] + reach.sqrt() } else { f64::NEG_INFINITY }
    };
    let mut height = over_point(a).max(over_point(b));
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = (dx * dx + dy * dy).sqrt();
    if dx > 0.0 && length.is_finite() {
        // Where the ball would touch the segment between its ends.
        let foot = x + dy / length * radius;
        if (a[0]..=b[0]).contains(&foot) {
            height = height.max(a[1] + dy / dx * (foot - a[0]) + dx / length * radius);
        }
    }
    height
}

/// The tangent at a point of a curve as a segment that reaches `half` pixels to both sides.
pub fn tangent(at: Point, slope: f64, scale: [f64; 2], half: f64) -> [Point; 2] {
    let steep = slope * scale[1] / scale[0];
    let length = (1.0 + steep * steep).sqrt();
    let step = if length.is_finite() {
        [half / length / scale[0], half * steep / length / scale[1]]
    } else {
        [0.0, half / scale[1]]
    };
    [[at[0] - step[0], at[1] - step[1]], [at[0] + step[0], at[1] + step[1]]]
}
