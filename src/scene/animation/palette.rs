//! The few colors of a GIF, chosen for a whole film.
//!
//! Colors that cover much (grounds, lines, faces) are taken as they are, so that they stay even. The rest of the places go to
//! what is left (shading, the rims of lines): the box of colors that errs most is divided, again and again, and the means are moved to where
//! they serve best.

use super::Colors;

/// The most colors; one more means "as before".
const COLORS: usize = 255;
/// The most colors that are taken as they are.
const OWN: usize = 160;
/// How often the means are moved.
const ROUNDS: usize = 3;
/// How much the eye makes of an error in red, green and blue.
const WEIGHTS: [f32; 3] = [2.0, 4.0, 1.5];

/// The colors of a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    pub(super) colors: Vec<[u8; 3]>,
}

impl Palette {
    /// The palette that serves these colors best.
    pub fn of(colors: &Colors) -> Self {
        let mut own: Vec<_> = colors.own.iter().collect();
        own.sort_by_key(|(color, count)| (std::cmp::Reverse(**count), **color));
        let mut chosen: Vec<[u8; 3]> = own.into_iter().take(OWN).map(|(color, _)| *color).collect();
        let mut rest = colors.rest(&chosen);
        let fixed = chosen.len();
        let mut means: Vec<[f32; 3]> = chosen.iter().map(|color| color.map(f32::from)).collect();
        means.extend(divided(&mut rest, COLORS - fixed));
        for _ in 0..ROUNDS {
            settle(&rest, &mut means, fixed);
        }
        for mean in &means[fixed..] {
            let color = mean.map(|part| part.round().clamp(0.0, 255.0) as u8);
            if !chosen.contains(&color) {
                chosen.push(color);
            }
        }
        if chosen.is_empty() {
            chosen.push([0; 3]);
        }
        Self { colors: chosen }
    }

    /// The index that means "as before".
    pub(super) fn transparent(&self) -> u8 {
        self.colors.len() as u8
    }

    /// All bytes, with a place for the index that means "as before".
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.colors.as_flattened().to_vec();
        bytes.extend([0; 3]);
        bytes
    }
}

/// How much two colors differ to the eye.
pub(super) fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|k| WEIGHTS[k] * (a[k] - b[k]) * (a[k] - b[k])).sum()
}

/// The number of the nearest mean.
pub(super) fn nearest(means: &[[f32; 3]], color: [f32; 3]) -> usize {
    let mut best = (0, f32::INFINITY);
    for (k, mean) in means.iter().enumerate() {
        let far = distance(*mean, color);
        if far < best.1 {
            best = (k, far);
        }
    }
    best.0
}

/// The means of so many boxes of colors at most.
fn divided(colors: &mut [([f32; 3], f32)], most: usize) -> Vec<[f32; 3]> {
    let mut boxes = vec![Cell::of(colors, 0)];
    while boxes.len() < most {
        let worst = (0..boxes.len()).max_by(|a, b| boxes[*a].error.total_cmp(&boxes[*b].error));
        let Some(cell) = worst.filter(|k| boxes[*k].error > 0.0).map(|k| boxes.swap_remove(k)) else { break };
        let part = &mut colors[cell.start..cell.start + cell.length];
        part.sort_by(|a, b| a.0[cell.axis].total_cmp(&b.0[cell.axis]));
        let middle = part.partition_point(|(color, _)| color[cell.axis] <= cell.mean[cell.axis]);
        // The mean lies between the ends, but for rounding.
        let middle = middle.clamp(1, part.len() - 1);
        let (low, high) = part.split_at(middle);
        boxes.push(Cell::of(low, cell.start));
        boxes.push(Cell::of(high, cell.start + middle));
    }
    boxes.iter().filter(|cell| cell.length > 0).map(|cell| cell.mean).collect()
}

/// A box of colors.
struct Cell {
    start: usize,
    length: usize,
    mean: [f32; 3],
    /// The axis on which the colors spread most.
    axis: usize,
    /// The sum of their squared differences from the mean.
    error: f32,
}

impl Cell {
    fn of(colors: &[([f32; 3], f32)], start: usize) -> Self {
        let total = colors.iter().map(|(_, count)| count).sum::<f32>().max(1.0);
        let mean = std::array::from_fn(|k| colors.iter().map(|(color, count)| color[k] * count).sum::<f32>() / total);
        let spread: [f32; 3] = std::array::from_fn(|k| {
            // The square of the count's root: what covers little counts for more than its area, since rims of lines
            // are thin and seen.
            let error = |(color, count): &([f32; 3], f32)| count.sqrt() * (color[k] - mean[k]) * (color[k] - mean[k]);
            WEIGHTS[k] * colors.iter().map(error).sum::<f32>()
        });
        let axis = (0..3).max_by(|a, b| spread[*a].total_cmp(&spread[*b])).unwrap_or(0);
        let error = if colors.len() > 1 { spread.iter().sum() } else { 0.0 };
        Self { start, length: colors.len(), mean, axis, error }
    }
}

/// Moves the means, but for the fixed ones, to the middle of the colors that they are nearest to.
fn settle(colors: &[([f32; 3], f32)], means: &mut [[f32; 3]], fixed: usize) {
    let mut sums = vec![([0.0f32; 3], 0.0f32); means.len()];
    for (color, count) in colors {
        let weight = count.sqrt();
        let (sum, total) = &mut sums[nearest(means, *color)];
        for k in 0..3 {
            sum[k] += weight * color[k];
        }
        *total += weight;
    }
    for (mean, (sum, total)) in means.iter_mut().zip(sums).skip(fixed) {
        if total > 0.0 {
            *mean = sum.map(|part| part / total);
        }
    }
}
