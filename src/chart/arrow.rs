//! Arrows with proper heads, and the mark at the rim that points to what lies outside. In pixels, y as the caller has it.

/// The outline of an arrow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// The line of the shaft; it ends inside the head, so that no line is seen beside the tip.
    pub shaft: [[f64; 2]; 2],
    /// The head: tip, and the two corners of its base.
    pub head: [[f64; 2]; 3],
}

impl Arrow {
    /// From tail to tip with a head of at most `head` pixels length (its width is 0.8 of that). A head is never longer
    /// than two thirds of its arrow, so a short arrow is still an arrow; `None` for less than half a pixel.
    pub fn new(from: [f64; 2], to: [f64; 2], head: f64) -> Option<Self> {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = (dx * dx + dy * dy).sqrt();
        if !(length.is_finite() && length >= 0.5) {
            return None;
        }
        let (ux, uy) = (dx / length, dy / length);
        let head = head.min(length * 2.0 / 3.0);
        let back = |along: f64, aside: f64| [to[0] - ux * along - uy * aside, to[1] - uy * along + ux * aside];
        Some(Self {
            shaft: [from, back(head * 0.75, 0.0)],
            head: [to, back(head, 0.4 * head), back(head, -0.4 * head)],
        })
    }
}

/// A mark at the rim of a view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EdgeMark {
    /// Where it stands.
    pub at: [f64; 2],
    /// The direction to the point, of length one.
    pub toward: [f64; 2],
}

/// The mark for a point outside the rectangle from `low` to `high`, `margin` inside its rim, on the way from the middle
/// to the point. `None` for a point inside, and for one with a nan. Infinite coordinates are directions.
pub fn edge_mark(low: [f64; 2], high: [f64; 2], point: [f64; 2], margin: f64) -> Option<EdgeMark> {
    let inside = (0..2).all(|k| (low[k]..=high[k]).contains(&point[k]));
    if inside || point.iter().any(|v| v.is_nan()) {
        return None;
    }
    let middle = [0, 1].map(|k| 0.5 * (low[k] + high[k]));
    let half = [0, 1].map(|k| (0.5 * (high[k] - low[k]) - margin).max(1.0));
    let infinite = point.iter().any(|v| v.is_infinite());
    let way = [0, 1].map(|k| match point[k] {
        v if v.is_infinite() => 1.0_f64.copysign(v),
        _ if infinite => 0.0,
        v => v - middle[k],
    });
    // Scaled first: the square of a way out of sight may overflow.
    let largest = way[0].abs().max(way[1].abs());
    let way = way.map(|v| v / largest);
    let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
    let t = (half[0] / way[0].abs()).min(half[1] / way[1].abs());
    Some(EdgeMark { at: [0, 1].map(|k| middle[k] + way[k] * t), toward: way.map(|v| v / length) })
}

/// Arrows are drawn at their true length unless even the longest of them would be shorter than this, in pixels.
const SHORT: f64 = 20.0;
/// The longest that a magnified arrow gets.
const LONG: f64 = 60.0;

/// By how much arrows of which the longest is `longest` pixels long are drawn longer than they are: 1 where they can be
/// seen as they are, else 1, 2 or 5 times a power of ten.
pub fn magnification(longest: f64) -> f64 {
    if !(longest > 0.0 && longest < SHORT) {
        return 1.0;
    }
    let mut power = 1.0;
    while power * 10.0 * longest <= LONG && power < 1e300 {
        power *= 10.0;
    }
    [5.0, 2.0].into_iter().map(|digit| digit * power).find(|factor| factor * longest <= LONG).unwrap_or(power)
}
