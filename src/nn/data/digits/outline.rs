//! The outlines of the digits in the embedded faces, as polygons: height 1, the middle at 0, y up.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

use crate::font::FACES;

/// Straight pieces of a curve: at 28 pixels finer ones are not seen.
const PIECES: usize = 5;

/// Closed polygons, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Contours {
    points: Vec<[f64; 2]>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Contours {
    pub(super) fn clear(&mut self) {
        self.points.clear();
        self.ends.clear();
    }

    pub(super) fn push(&mut self, point: [f64; 2]) {
        self.points.push(point);
    }

    /// Ends a polygon.
    pub(super) fn close(&mut self) {
        self.ends.push(self.points.len());
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[[f64; 2]]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let contour = &self.points[start..end];
            start = end;
            contour
        })
    }
}

/// A digit of a face, and for each of its points the way that makes its strokes heavier.
#[derive(Debug)]
pub(super) struct Glyph {
    contours: Contours,
    normals: Contours,
}

impl Glyph {
    pub(super) fn contours(&self) -> impl Iterator<Item = (&[[f64; 2]], &[[f64; 2]])> {
        self.contours.iter().zip(self.normals.iter())
    }
}

/// The outlines of a digit, one a face.
pub(super) fn glyphs(digit: usize) -> &'static [Glyph] {
    static GLYPHS: OnceLock<Vec<Vec<Glyph>>> = OnceLock::new();
    let all = GLYPHS.get_or_init(|| {
        let of = |digit: char| FACES.iter().filter_map(move |(_, bytes)| glyph(bytes, digit)).collect();
        ('0'..='9').map(of).collect()
    });
    all.get(digit).map_or(&[], Vec::as_slice)
}

fn glyph(face: &[u8], digit: char) -> Option<Glyph> {
    let font = FontRef::new(face).ok()?;
    let outline = font.outline_glyphs().get(font.charmap().map(digit)?)?;
    let mut pen = Pen::default();
    outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
    let mut contours = pen.finish();
    normalize(&mut contours)?;
    let normals = normals(&contours);
    Some(Glyph { contours, normals })
}

/// Takes the curves of a face apart into straight pieces.
#[derive(Default)]
struct Pen {
    done: Contours,
    at: [f64; 2],
}

impl Pen {
    fn finish(mut self) -> Contours {
        self.end();
        self.done
    }

    fn end(&mut self) {
        if self.done.points.len() > self.done.ends.last().copied().unwrap_or(0) {
            self.done.close();
        }
    }

    fn to(&mut self, point: [f64; 2]) {
        // Equal neighbors have no direction between them.
        if point != self.at {
            self.done.push(point);
            self.at = point;
        }
    }

    fn curve(&mut self, [a, b, end]: [[f64; 2]; 3]) {
        let start = self.at;
        for piece in 1..=PIECES {
            let t = piece as f64 / PIECES as f64;
            let u = 1.0 - t;
            let at =
                |k: usize| u * u * u * start[k] + 3.0 * u * u * t * a[k] + 3.0 * u * t * t * b[k] + t * t * t * end[k];
            self.to(if piece == PIECES { end } else { [at(0), at(1)] });
        }
    }
}

fn point(x: f32, y: f32) -> [f64; 2] {
    [f64::from(x), f64::from(y)]
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.end();
        self.at = point(x, y);
        self.done.push(self.at);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(point(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (start, control, end) = (self.at, point(cx, cy), point(x, y));
        let toward = |from: [f64; 2]| [0, 1].map(|k| from[k] + (control[k] - from[k]) * 2.0 / 3.0);
        self.curve([toward(start), toward(end), end]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.curve([point(ax, ay), point(bx, by), point(x, y)]);
    }

    fn close(&mut self) {
        // The first point again would be a piece of no length.
        let start = self.done.ends.last().copied().unwrap_or(0);
        if self.done.points.len() > start + 1 && self.done.points.last() == self.done.points.get(start) {
            self.done.points.pop();
        }
    }
}

/// Moves the middle to 0 and makes the height 1; ink lies to the left of each edge afterwards.
fn normalize(contours: &mut Contours) -> Option<()> {
    let bounds = |k: usize| {
        let values = contours.points.iter().map(|point| point[k]);
        let (low, high) = (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max));
        (low < high).then_some((low, high))
    };
    let ((left, right), (bottom, top)) = (bounds(0)?, bounds(1)?);
    let height = top - bottom;
    for [x, y] in &mut contours.points {
        *x = (*x - (left + right) / 2.0) / height;
        *y = (*y - (bottom + top) / 2.0) / height;
    }
    // Faces go around their ink one way or the other.
    if contours.iter().map(area).sum::<f64>() < 0.0 {
        let mut start = 0;
        for &end in &contours.ends {
            contours.points[start..end].reverse();
            start = end;
        }
    }
    Some(())
}

fn area(contour: &[[f64; 2]]) -> f64 {
    let next = contour.iter().cycle().skip(1);
    contour.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
}

/// For each point the direction away from the ink, longer at corners, so that both edges move alike.
fn normals(contours: &Contours) -> Contours {
    let mut normals = Contours::default();
    for contour in contours.iter() {
        let n = contour.len();
        let outward = |from: [f64; 2], to: [f64; 2]| {
            let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
            let length = (dx * dx + dy * dy).sqrt();
            if length > 0.0 { [dy / length, -dx / length] } else { [0.0, 0.0] }
        };
        for k in 0..n {
            let (before, here, after) = (contour[(k + n - 1) % n], contour[k], contour[(k + 1) % n]);
            let (a, b) = (outward(before, here), outward(here, after));
            // A needle's point would go far: no further than twice the way of its edges.
            let along = (1.0 + a[0] * b[0] + a[1] * b[1]).max(0.5);
            normals.push([(a[0] + b[0]) / along, (a[1] + b[1]) / along]);
        }
        normals.close();
    }
    normals
}
