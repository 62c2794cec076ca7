//! The weights as lines: width and strength by size, sign by color and by dash. All lines of a net are one mesh, so that
//! a frame stays cheap.

use egui::{Color32, Mesh, Painter, Pos2, Shape, epaint::Vertex, epaint::WHITE_UV};

/// A line between two neurons.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// Its ends.
    pub ends: [Pos2; 2],
    /// Its width in points.
    pub width: f32,
    /// Its color.
    pub color: Color32,
    /// Whether it is dashed.
    pub dashed: bool,
}

/// The most pieces that dashes are cut into, all together.
const MOST_DASHES: f32 = 5000.0;
/// Lines up to which they bow.
const BOWED: usize = 400;

/// Draws all of them, later ones over earlier ones.
pub(super) fn edges(painter: &Painter, lines: &[Edge]) {
    let length = |edge: &Edge| edge.ends[0].distance(edge.ends[1]);
    let total: f32 = lines.iter().filter(|edge| edge.dashed).map(length).sum();
    let dash = (total / MOST_DASHES).max(7.0);
    let bowed = lines.len() <= BOWED;
    let mut mesh = Mesh::default();
    for edge in lines {
        let course = course(edge.ends, bowed);
        if edge.dashed {
            for piece in dashes(&course, dash) {
                strip(&mut mesh, &piece, edge.width, edge.color);
            }
        } else {
            strip(&mut mesh, &course, edge.width, edge.color);
        }
    }
    painter.add(Shape::mesh(mesh));
}

/// The points of a line that leaves and arrives level.
pub(super) fn course([from, to]: [Pos2; 2], bowed: bool) -> Vec<Pos2> {
    if !bowed || (from.y - to.y).abs() < 1.0 {
        return vec![from, to];
    }
    const PIECES: u8 = 10;
    let at = |k: u8| {
        let t = f32::from(k) / f32::from(PIECES);
        let s = t * t * (3.0 - 2.0 * t);
        Pos2::new(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * s)
    };
    (0..=PIECES).map(at).collect()
}

/// How far a place is from a line.
pub(super) fn distance(ends: [Pos2; 2], many: usize, at: Pos2) -> f32 {
    let course = course(ends, many <= BOWED);
    let away = |pair: &[Pos2]| match pair {
        [a, b] => {
            let along = *b - *a;
            let t = ((at - *a).dot(along) / along.length_sq().max(1e-6)).clamp(0.0, 1.0);
            at.distance(*a + along * t)
        }
        _ => f32::INFINITY,
    };
    course.windows(2).map(away).fold(f32::INFINITY, f32::min)
}

/// The pieces of a line that are drawn: every other one of `dash` points.
fn dashes(course: &[Pos2], dash: f32) -> Vec<Vec<Pos2>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Pos2> = course.first().copied().into_iter().collect();
    let (mut left, mut on) = (dash, true);
    for pair in course.windows(2) {
        let [mut from, to] = [pair[0], pair[1]];
        loop {
            let way = from.distance(to);
            if way < left {
                left -= way;
                if on {
                    piece.push(to);
                }
                break;
            }
            from += (to - from) * (left / way);
            if on {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            on = !on;
            left = if on { dash } else { dash * 0.7 };
        }
    }
    if on && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// A line with soft sides.
fn strip(mesh: &mut Mesh, course: &[Pos2], width: f32, color: Color32) {
    let half = (width * 0.5).max(0.25);
    // What is thinner than a point is paler instead.
    let color = if width < 1.0 { color.gamma_multiply(width.max(0.15)) } else { color };
    let clear = Color32::TRANSPARENT;
    let base = mesh.vertices.len() as u32;
    for (k, &at) in course.iter().enumerate() {
        let before = course.get(k.wrapping_sub(1)).copied().unwrap_or(at);
        let after = course.get(k + 1).copied().unwrap_or(at);
        let across = (after - before).normalized().rot90();
        for (by, color) in [(-half - 0.5, clear), (-half + 0.5, color), (half - 0.5, color), (half + 0.5, clear)] {
            let by = if half < 0.5 && by.abs() < 0.5 { 0.0 } else { by };
            mesh.vertices.push(Vertex { pos: at + across * by, uv: WHITE_UV, color });
        }
        if k > 0 {
            let (a, b) = (base + 4 * (k as u32 - 1), base + 4 * k as u32);
            for side in 0..3 {
                mesh.add_triangle(a + side, a + side + 1, b + side);
                mesh.add_triangle(a + side + 1, b + side, b + side + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_dashed_line_is_cut_into_even_pieces() {
        let pieces = dashes(&[pos2(0.0, 0.0), pos2(100.0, 0.0)], 10.0);
        assert_eq!(pieces.len(), 6);
        assert!(pieces.iter().all(|piece| piece.len() >= 2));
        assert!((distance([pos2(0.0, 0.0), pos2(100.0, 0.0)], 1, pos2(50.0, 3.0)) - 3.0).abs() < 1e-4);
    }
}
