//! Colors as indices of a palette.
//!
//! A color that the palette has is that color. Another is mixed of several, by a fixed pattern of 4 × 4 pixels: what a pixel becomes
//! depends on its color and its place alone, so that what rests between frames rests in the film, too (errors that
//! are carried to the neighbors would make all of it crawl).

use super::Palette;
use super::palette::nearest;

/// Steps of the pattern.
const STEPS: usize = 16;
/// In which order the pixels of the pattern turn from one color to the other.
const PATTERN: [[u8; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];
/// How much of an error is made good by the pattern: all of it would be right and noisy.
const STRENGTH: f32 = 0.85;
/// Bits of each part of a color by which similar ones are mixed alike.
const BITS: u32 = 6;
/// Places for exact colors, four times as many as there are colors.
const PLACES: usize = 1024;

/// A palette, and what is known of colors so far.
pub(super) struct Dither {
    means: Vec<[f32; 3]>,
    /// The palette's own colors by a hash, each with its index; several follow each other.
    exact: Vec<Option<(u32, u8)>>,
    /// For each group of similar colors the number of its mixture, 0 while it is not known.
    known: Vec<u32>,
    mixtures: Vec<[u8; STEPS]>,
    last: (u32, Option<u8>, usize),
}

impl Dither {
    pub(super) fn new(palette: &Palette) -> Self {
        let mut exact = vec![None; PLACES];
        for (k, [r, g, b]) in palette.colors.iter().enumerate() {
            let color = u32::from_be_bytes([0, *r, *g, *b]);
            let mut place = hash(color);
            while exact[place].is_some() {
                place = (place + 1) % PLACES;
            }
            exact[place] = Some((color, k as u8));
        }
        Self {
            means: palette.colors.iter().map(|color| color.map(f32::from)).collect(),
            exact,
            known: vec![0; 1 << (3 * BITS)],
            mixtures: vec![[0; STEPS]],
            last: (u32::MAX, None, 0),
        }
    }

    /// The index of a pixel by its color and its place.
    pub(super) fn index(&mut self, pixel: &[u8], x: usize, y: usize) -> u8 {
        let color = u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]]);
        if color != self.last.0 {
            let exact = self.exact(color);
            let mixture = if exact.is_some() { 0 } else { self.mixture(pixel) };
            self.last = (color, exact, mixture);
        }
        let (_, exact, mixture) = self.last;
        exact.unwrap_or_else(|| self.mixtures[mixture][usize::from(PATTERN[y % 4][x % 4])])
    }

    fn exact(&self, color: u32) -> Option<u8> {
        let mut place = hash(color);
        while let Some((known, index)) = self.exact[place] {
            if known == color {
                return Some(index);
            }
            place = (place + 1) % PLACES;
        }
        None
    }

    /// The number of the mixture of a color.
    fn mixture(&mut self, pixel: &[u8]) -> usize {
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(|part| usize::from(part >> (8 - BITS)));
        let group = (r << (2 * BITS)) | (g << BITS) | b;
        if self.known[group] == 0 {
            // The middle of the group stands for all of it.
            let wanted = [r, g, b].map(|part| ((part << (8 - BITS)) + (1 << (7 - BITS))) as f32);
            self.known[group] = self.mixtures.len() as u32;
            self.mixtures.push(self.mixed(wanted));
        }
        self.known[group] as usize
    }

    /// Colors whose mean is nearly the wanted one, from dark to light.
    fn mixed(&self, wanted: [f32; 3]) -> [u8; STEPS] {
        let mut error = [0.0f32; 3];
        let mut mixture = [0u8; STEPS];
        for step in &mut mixture {
            let index = nearest(&self.means, std::array::from_fn(|k| wanted[k] + STRENGTH * error[k]));
            for k in 0..3 {
                error[k] += wanted[k] - self.means[index][k];
            }
            *step = index as u8;
        }
        let light = |index: &u8| {
            let [r, g, b] = self.means[usize::from(*index)];
            0.3 * r + 0.59 * g + 0.11 * b
        };
        mixture.sort_by(|a, b| light(a).total_cmp(&light(b)));
        mixture
    }
}

fn hash(color: u32) -> usize {
    // The golden ratio in 32 bits spreads neighbors; the upper bits are the best.
    (color.wrapping_mul(0x9E37_79B9) >> 22) as usize % PLACES
}
