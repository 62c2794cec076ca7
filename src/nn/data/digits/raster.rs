//! Polygons to gray pixels: each pixel's value is the share of it that lies inside.
//!
//! An edge adds, to the pixel where it runs, the area between itself and the right side of the pixel, and to the pixels
//! right of it its whole height: sums along a row then are the covered shares.

use super::outline::Contours;

/// A square to fill.
pub(super) struct Raster {
    side: usize,
    /// What each pixel adds to all from itself on; a column more than there are pixels.
    sums: Vec<f64>,
}

impl Raster {
    pub(super) fn new(side: usize) -> Self {
        Self { side, sums: vec![0.0; side * (side + 1)] }
    }

    /// Fills the polygons, in pixels with y down; what lies outside is cut off.
    pub(super) fn fill(&mut self, contours: &Contours, out: &mut [u8]) {
        self.sums.fill(0.0);
        for contour in contours.iter() {
            let next = contour.iter().cycle().skip(1);
            contour.iter().zip(next).for_each(|(&from, &to)| self.edge(from, to));
        }
        for (line, sums) in out.chunks_exact_mut(self.side).zip(self.sums.chunks_exact(self.side + 1)) {
            let mut covered = 0.0;
            for (pixel, sum) in line.iter_mut().zip(sums) {
                covered += sum;
                // Contours may overlap: what is inside twice is no darker.
                *pixel = (255.0 * f64::min(f64::abs(covered), 1.0)).round() as u8;
            }
        }
    }

    /// An edge, row of pixels by row of pixels.
    fn edge(&mut self, from: [f64; 2], to: [f64; 2]) {
        let (sign, [x0, y0], [x1, y1]) = if from[1] < to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let side = self.side as f64;
        let (top, bottom) = (y0.max(0.0), y1.min(side));
        // Flat edges and those outside; there is no row for what is not a number.
        if top >= bottom {
            return;
        }
        let slope = (x1 - x0) / (y1 - y0);
        let at = |y: f64| x0 + (y - y0) * slope;
        for row in top as usize..(bottom.ceil() as usize).min(self.side) {
            let (above, below) = (top.max(row as f64), bottom.min(row as f64 + 1.0));
            self.piece(row, sign * (below - above), at(above), at(below));
        }
    }

    /// A piece within a row of pixels that is `height` high and goes from `a` to `b`, pixel by pixel.
    fn piece(&mut self, row: usize, height: f64, a: f64, b: f64) {
        let side = self.side as f64;
        let (left, right) = (a.min(b), a.max(b));
        let sums = &mut self.sums[row * (self.side + 1)..(row + 1) * (self.side + 1)];
        let mut add = |from: f64, to: f64, height: f64| {
            // What is left of the picture covers it from its first pixel; what is right of it covers nothing.
            let middle = ((from + to) / 2.0).clamp(0.0, side);
            let pixel = (middle as usize).min(self.side - 1);
            let share = middle - pixel as f64;
            sums[pixel] += height * (1.0 - share);
            sums[pixel + 1] += height * share;
        };
        let width = right - left;
        if left.floor() == right.floor() || width <= 1e-9 {
            return add(left, right, height);
        }
        let mut x = left;
        while x < right {
            let next = (x.floor() + 1.0).min(right);
            add(x, next, height * (next - x) / width);
            x = next;
        }
    }
}
