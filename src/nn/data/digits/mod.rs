//! Pictures of digits, 28 × 28 pixels, drawn from the outlines of the embedded faces: no two alike, none downloaded.
//!
//! Each row chooses a face and moves the outline's points: heavier or lighter, bent, slanted, scaled, turned, shifted.
//! Then it is filled with exact coverage, and each pixel's gray gets noise. Ink is 255, as in MNIST.

mod outline;
mod raster;

use super::sampler::GRAIN;
use crate::nn::{Dataset, Features, Targets, Values};
use crate::num::elem;
use crate::num::stream::{Purpose, Stream};
use outline::{Contours, Glyph};
use raster::Raster;

/// The side of a picture in pixels.
pub const SIDE: usize = 28;
const PIXELS: usize = SIDE * SIDE;
const CLASSES: usize = 10;
/// Random numbers that shape a digit.
const CHOICES: usize = 16;

/// Draws pictures: the digits in turns, each row its own. Equal arguments give equal pictures, and a larger number of
/// rows begins with the pictures of a smaller one.
pub(super) fn draw(rows: usize, noise: f64, seed: u64) -> Dataset {
    let noise = (noise * GRAIN).round() / GRAIN;
    let mut shapes = Stream::new(seed, Purpose::Rows);
    let mut grain = Stream::new(seed, Purpose::Rows);
    let mut choices = vec![0.0; rows * CHOICES];
    shapes.uniform(0, &mut choices);
    let mut pixels = vec![0_u8; rows * PIXELS];
    let (mut raster, mut contours, mut lots) = (Raster::new(SIDE), Contours::default(), vec![0.0; PIXELS]);
    let pictures = pixels.chunks_exact_mut(PIXELS).zip(choices.chunks_exact(CHOICES));
    for (row, (picture, choices)) in pictures.enumerate() {
        let shape = Shape::new(choices);
        let glyphs = outline::glyphs(row % CLASSES);
        let Some(glyph) = glyphs.get((choices[CHOICES - 1] * glyphs.len() as f64) as usize) else { continue };
        shape.bend(glyph, &mut contours);
        raster.fill(&contours, picture);
        if noise > 0.0 {
            grain.uniform(1 + row as u64, &mut lots);
            for (pixel, lot) in picture.iter_mut().zip(&lots) {
                *pixel = (f64::from(*pixel) + 255.0 * noise * about_normal(*lot)).round().clamp(0.0, 255.0) as u8;
            }
        }
    }
    let names = (0..PIXELS).map(|k| format!("x{}", k + 1)).collect();
    let classes = (0..CLASSES).map(|class| class.to_string()).collect();
    Dataset {
        features: Features { names, values: Values::Pixels(pixels) },
        targets: Targets::Classes { names: classes, labels: (0..rows).map(|row| (row % CLASSES) as u32).collect() },
    }
}

/// Mean 0, variance 1 and close enough to normal for gray values: the sum of three even numbers, which are the thirds
/// of the digits of one. A real normal number would cost a logarithm and a cosine for each pixel.
fn about_normal(lot: f64) -> f64 {
    const PART: f64 = (1_u64 << 17) as f64;
    let first = lot * PART;
    let second = first.fract() * PART;
    let third = second.fract() * PART;
    // Each part is in the middle of its interval; the variance of three is a quarter.
    2.0 * ((first.floor() + second.floor() + third.floor() + 1.5) / PART - 1.5)
}

/// How the points of an outline are moved. Lengths are in heights of the digit unless said.
struct Shape {
    weight: f64,
    /// Two waves that bend: strength, waves a height, and where they begin.
    bend: [[f64; 3]; 2],
    /// Slant, scale, turn, as one matrix to pixels.
    matrix: [f64; 4],
    /// The middle, in pixels.
    middle: [f64; 2],
}

impl Shape {
    fn new(choices: &[f64]) -> Self {
        let between = |k: usize, low: f64, high: f64| low + (high - low) * choices.get(k).copied().unwrap_or(0.5);
        // In the middle of the range more often than at its ends.
        let around = |k: usize, reach: f64| reach * (between(k, -1.0, 1.0) + between(k + 1, -1.0, 1.0)) / 2.0;
        let height = 19.5 * between(0, 0.9, 1.08);
        let width = height * between(1, 0.82, 1.12);
        let (turn, slant) = (around(2, 0.32), around(4, 0.4));
        let (sin, cos) = (elem::sin(turn), elem::cos(turn));
        let slanted = height * slant;
        Self {
            weight: between(6, -0.018, 0.05),
            bend: [
                [around(7, 0.09), between(9, 2.0, 5.0), between(10, 0.0, 6.3)],
                [between(11, -0.06, 0.06), between(9, 2.0, 5.0), between(12, 0.0, 6.3)],
            ],
            // Rows of turn · (scale and slant), with y down.
            matrix: [cos * width, cos * slanted - sin * height, sin * width, sin * slanted + cos * height],
            middle: [SIDE as f64 / 2.0 + between(13, -1.5, 1.5), SIDE as f64 / 2.0 - between(14, -1.5, 1.5)],
        }
    }

    /// The outline of a glyph, moved, in pixels with y down.
    fn bend(&self, glyph: &Glyph, out: &mut Contours) {
        let [[a, f, p], [b, g, q]] = self.bend;
        let [xx, xy, yx, yy] = self.matrix;
        out.clear();
        for (points, normals) in glyph.contours() {
            for ([x, y], [nx, ny]) in points.iter().zip(normals) {
                let (x, y) = (x + self.weight * nx, y + self.weight * ny);
                let (x, y) = (x + a * elem::sin(f * y + p), y + b * elem::sin(g * x + q));
                out.push([self.middle[0] + xx * x + xy * y, self.middle[1] - yx * x - yy * y]);
            }
            out.close();
        }
    }
}

/// Pictures side by side in rows of `columns`, as one picture of gray: its width, its height, its pixels. None where
/// the rows are no square pictures.
pub fn contact_sheet(data: &Dataset, columns: usize) -> Option<(usize, usize, Vec<u8>)> {
    let Values::Pixels(pixels) = &data.features.values else { return None };
    let side = (1..=1024).find(|side| side * side == data.inputs())?;
    let (columns, rows) = (columns.max(1), data.rows());
    let (width, height) = (columns * side, rows.div_ceil(columns) * side);
    let mut sheet = vec![0; width * height];
    for (k, picture) in pixels.chunks_exact(side * side).enumerate() {
        for (y, line) in picture.chunks_exact(side).enumerate() {
            let at = (k / columns * side + y) * width + k % columns * side;
            sheet[at..at + side].copy_from_slice(line);
        }
    }
    Some((width, height, sheet))
}
