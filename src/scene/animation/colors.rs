//! The colors of a film, counted, for the choice of a palette.

use std::collections::BTreeMap;

use crate::scene::Pixels;

/// Bits of each part of a color by which similar ones are counted together.
const BITS: u32 = 5;
/// A color that has at least one of so many pixels of a frame is an own one: a ground, a line, a face.
const SHARE: usize = 2000;
/// The most own colors that are remembered.
const MOST: usize = 4096;

/// What colors a film has. A few of its frames are enough: the first, the last, some between.
#[derive(Clone, Debug, Default)]
pub struct Colors {
    /// Colors that cover much by themselves, and how many pixels.
    pub(super) own: BTreeMap<[u8; 3], u64>,
    /// For each group of similar colors the number of pixels and the sums of their parts.
    groups: Vec<[u64; 4]>,
}

impl Colors {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts the colors of a frame.
    pub fn look(&mut self, frame: &Pixels) {
        let mut colors: Vec<u32> = Vec::with_capacity(frame.rgba.len() / 4);
        colors.extend(frame.rgba.chunks_exact(4).map(|pixel| u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]])));
        colors.sort_unstable();
        self.groups.resize(1 << (3 * BITS), [0; 4]);
        for same in colors.chunk_by(|a, b| a == b) {
            let count = same.len() as u64;
            let [_, r, g, b] = same[0].to_be_bytes();
            if same.len() * SHARE >= colors.len() && (self.own.len() < MOST || self.own.contains_key(&[r, g, b])) {
                *self.own.entry([r, g, b]).or_default() += count;
            }
            let group = &mut self.groups[group(r, g, b)];
            for (sum, part) in group.iter_mut().zip([1, u64::from(r), u64::from(g), u64::from(b)]) {
                *sum += count * part;
            }
        }
    }

    /// The mean colors of the groups and their pixels, without those of the colors that are there already.
    pub(super) fn rest(&self, taken: &[[u8; 3]]) -> Vec<([f32; 3], f32)> {
        let mut groups = self.groups.clone();
        for color in taken {
            let count = self.own.get(color).copied().unwrap_or(0);
            let [r, g, b] = *color;
            let Some(group) = groups.get_mut(group(r, g, b)) else { continue };
            for (sum, part) in group.iter_mut().zip([1, r, g, b].map(u64::from)) {
                *sum = sum.saturating_sub(count * part);
            }
        }
        let mean = |[count, r, g, b]: [u64; 4]| ([r, g, b].map(|sum| sum as f32 / count as f32), count as f32);
        groups.into_iter().filter(|group| group[0] > 0).map(mean).collect()
    }
}

fn group(r: u8, g: u8, b: u8) -> usize {
    let [r, g, b] = [r, g, b].map(|part| usize::from(part >> (8 - BITS)));
    (r << (2 * BITS)) | (g << BITS) | b
}
