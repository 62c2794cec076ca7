//! egui's textures on the CPU: applying its changes, sampling a texel.

use egui::epaint::textures::{TextureFilter, TextureOptions, TextureWrapMode, TexturesDelta};
use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, TextureId};
use std::collections::BTreeMap;

/// One image with its way of sampling. Mipmaps are not made: nothing here is drawn much smaller than it is.
#[derive(Clone, Debug)]
pub(super) struct Texture {
    pub(super) width: i32,
    pub(super) height: i32,
    texels: Vec<Color32>,
    options: TextureOptions,
}

/// All textures that egui has handed out and not yet freed.
#[derive(Clone, Debug, Default)]
pub struct Textures {
    known: BTreeMap<(bool, u64), Texture>,
}

/// An order of texture ids, which have none of their own.
fn key(id: TextureId) -> (bool, u64) {
    match id {
        TextureId::Managed(n) => (false, n),
        TextureId::User(n) => (true, n),
    }
}

impl Textures {
    /// Takes the new and changed images out of a pass's output (before painting).
    pub fn set(&mut self, delta: &mut TexturesDelta) {
        // Ids are independent of one another: the order of the map cannot be seen.
        delta.set.drain().for_each(|(id, changes)| changes.into_iter().for_each(|change| self.change(id, change)));
    }

    /// Takes out what a pass frees (after painting).
    pub fn free(&mut self, delta: &mut TexturesDelta) {
        delta.free.drain().for_each(|id| drop(self.known.remove(&key(id))));
    }

    fn change(&mut self, id: TextureId, change: ImageDelta) {
        let ImageData::Color(image) = change.image;
        let [width, height] = image.size;
        let Some([left, top]) = change.pos else {
            let texels = image.pixels.clone();
            let texture = Texture { width: width as i32, height: height as i32, texels, options: change.options };
            self.known.insert(key(id), texture);
            return;
        };
        let Some(texture) = self.known.get_mut(&key(id)) else { return };
        texture.options = change.options;
        let stride = texture.width as usize;
        for (y, row) in image.pixels.chunks_exact(width.max(1)).enumerate() {
            let start = (top + y) * stride + left;
            if let Some(place) = texture.texels.get_mut(start..start + width) {
                place.copy_from_slice(row);
            }
        }
    }

    /// The texture of this id; `None` draws as white.
    pub(super) fn get(&self, id: TextureId) -> Option<&Texture> {
        self.known.get(&key(id)).filter(|t| t.width > 0 && t.height > 0)
    }
}

impl Texture {
    /// Whether texels are mixed, for a texture drawn at so many texels a pixel.
    pub(super) fn is_smooth(&self, texels_per_pixel: f32) -> bool {
        let TextureOptions { magnification, minification, .. } = self.options;
        (if texels_per_pixel > 1.0 { minification } else { magnification }) == TextureFilter::Linear
    }

    /// Hands out the colors along a run of `count` pixels, from a place in texels (the first texel's center at 0.5) by
    /// steps.
    #[inline]
    pub(super) fn along(
        &self,
        [u, v]: [f32; 2],
        [du, dv]: [f32; 2],
        smooth: bool,
        count: usize,
        mut put: impl FnMut(usize, [u8; 4]),
    ) {
        let upright = dv == 0.0 && smooth && self.options.wrap_mode == TextureWrapMode::ClampToEdge;
        if let Some(mut row) = upright.then(|| self.row(v)).flatten() {
            (0..count).for_each(|k| put(k, row.sample(u + du * k as f32)));
        } else {
            (0..count).for_each(|k| put(k, self.sample(u + du * k as f32, v + dv * k as f32, smooth)));
        }
    }

    /// The two rows of texels around a place, for a run of pixels that stays between them.
    fn row(&self, v: f32) -> Option<Row<'_>> {
        let (y, weight) = split(v);
        let row = |y: i32| {
            let start = y.clamp(0, self.height - 1) as usize * self.width as usize;
            self.texels.get(start..start + self.width as usize)
        };
        let mut row = Row { upper: row(y)?, lower: row(y + 1)?, weight, at: 0, left: [0; 2], right: [0; 2] };
        (row.left, row.right) = (row.column(0), row.column(1));
        Some(row)
    }

    /// The color at a place in texels.
    #[inline]
    pub(super) fn sample(&self, u: f32, v: f32, smooth: bool) -> [u8; 4] {
        if !smooth {
            return self.texel(floor(u), floor(v));
        }
        let ((x, fx), (y, fy)) = (split(u), split(v));
        let [a, b, c, d] = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)].map(|(x, y)| wide(self.texel(x, y)));
        narrow(mix(mix(a, c, fy), mix(b, d, fy), fx))
    }

    #[inline(always)]
    fn texel(&self, x: i32, y: i32) -> [u8; 4] {
        let (x, y) = (self.wrap(x, self.width), self.wrap(y, self.height));
        self.texels.get((y * self.width + x) as usize).map_or([0; 4], |texel| texel.to_array())
    }

    #[inline(always)]
    fn wrap(&self, x: i32, size: i32) -> i32 {
        if (0..size).contains(&x) {
            return x;
        }
        match self.options.wrap_mode {
            TextureWrapMode::ClampToEdge => x.clamp(0, size - 1),
            TextureWrapMode::Repeat => x.rem_euclid(size),
            TextureWrapMode::MirroredRepeat => {
                let x = x.rem_euclid(2 * size);
                x.min(2 * size - 1 - x)
            }
        }
    }
}

/// Two rows of texels, mixed column by column: a picture drawn larger than it is uses a column for many pixels.
struct Row<'a> {
    upper: &'a [Color32],
    lower: &'a [Color32],
    weight: u64,
    /// The column of `left`; `right` is the next.
    at: i32,
    left: Wide,
    right: Wide,
}

impl Row<'_> {
    #[inline]
    fn column(&self, x: i32) -> Wide {
        let x = x.clamp(0, self.upper.len() as i32 - 1) as usize;
        let at = |row: &[Color32]| wide(row.get(x).map_or([0; 4], |texel| texel.to_array()));
        mix(at(self.upper), at(self.lower), self.weight)
    }

    #[inline(always)]
    fn sample(&mut self, u: f32) -> [u8; 4] {
        let (x, weight) = split(u);
        if x != self.at {
            self.left = if x == self.at + 1 { self.right } else { self.column(x) };
            self.right = self.column(x + 1);
            self.at = x;
        }
        narrow(mix(self.left, self.right, weight))
    }
}

/// Four channels in two words, 32 bits each: 255 · 256 · 256 and a half need 24.
type Wide = [u64; 2];

#[inline(always)]
fn wide(texel: [u8; 4]) -> Wide {
    let t = u64::from(u32::from_le_bytes(texel));
    [0, 8].map(|shift| ((t >> shift) & 0xff) | (((t >> shift) & 0x00ff_0000) << 16))
}

/// `a` and `b` at a weight of `b` in 1/256: the result is 256 times as large.
#[inline(always)]
fn mix(a: Wide, b: Wide, weight: u64) -> Wide {
    [0, 1].map(|i| a[i] * (256 - weight) + b[i] * weight)
}

/// What was mixed twice, rounded.
#[inline(always)]
fn narrow(mixed: Wide) -> [u8; 4] {
    let [even, odd] = mixed.map(|m| (m + 0x0000_8000_0000_8000) >> 16);
    [even as u8, odd as u8, (even >> 32) as u8, (odd >> 32) as u8]
}

/// A place in texels as the texel whose center is at or before it, and how far it is to the next in 1/256, as fine as
/// GPUs have it. The half rounds, so that a glyph that was laid on the pixel grid is copied and not mixed.
#[inline(always)]
fn split(place: f32) -> (i32, u64) {
    let fine = floor(place * 256.0 + 0.5) - 128;
    (fine >> 8, (fine & 255) as u64)
}

/// The whole number at or below; what is far outside saturates.
#[inline(always)]
fn floor(x: f32) -> i32 {
    let cut = x as i32;
    // Kept away from the ends so that the caller's neighbors and shifts do not overflow.
    (cut - i32::from((cut as f32) > x)).clamp(-(1 << 29), 1 << 29)
}
