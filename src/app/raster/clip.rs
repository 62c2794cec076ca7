//! Cutting triangles that reach far out of the picture, so that the exact arithmetic of the rest stays in its range.

use super::triangle::Corner;

/// Beyond this many pixels a triangle is cut; nobody's screen is as large.
pub(super) const FAR: f32 = 65_536.0;

/// The part of a triangle inside the square of ±[`FAR`] pixels, as a fan of triangles (Sutherland and Hodgman).
pub(super) fn cut(triangle: [Corner; 3]) -> Vec<[Corner; 3]> {
    let mut polygon = triangle.to_vec();
    // How far inside a corner lies of each of the four sides.
    let sides: [fn(&Corner) -> f32; 4] = [|c| FAR - c.x, |c| FAR + c.x, |c| FAR - c.y, |c| FAR + c.y];
    for inside in sides {
        let mut kept = Vec::with_capacity(polygon.len() + 1);
        for (k, here) in polygon.iter().enumerate() {
            let next = &polygon[(k + 1) % polygon.len()];
            let (a, b) = (inside(here), inside(next));
            if a >= 0.0 {
                kept.push(*here);
            }
            if (a >= 0.0) != (b >= 0.0) {
                kept.push(here.toward(next, a / (a - b)));
            }
        }
        polygon = kept;
        if polygon.is_empty() {
            return Vec::new();
        }
    }
    (1..polygon.len() - 1).map(|k| [polygon[0], polygon[k], polygon[k + 1]]).collect()
}
