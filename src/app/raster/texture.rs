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

    /// The color at a place in texels (the first texel's center at 0.5).
    #[inline]
    pub(super) fn sample(&self, u: f32, v: f32, smooth: bool) -> [u8; 4] {
        if !smooth {
            return self.texel(floor(u), floor(v));
        }
        // 256 places between two texel centers, as GPUs have it; the half rounds, so that a glyph that was laid on the
        // pixel grid is copied and not mixed.
        let (u, v) = (floor(u * 256.0 + 0.5) - 128, floor(v * 256.0 + 0.5) - 128);
        let (x, y, fx, fy) = (u >> 8, v >> 8, (u & 255) as u32, (v & 255) as u32);
        let a = self.texel(x, y);
        if fx | fy == 0 {
            return a;
        }
        let (b, c, d) = (self.texel(x + 1, y), self.texel(x, y + 1), self.texel(x + 1, y + 1));
        std::array::from_fn(|i| {
            let mix = |p: [u8; 4], q: [u8; 4]| u32::from(p[i]) * (256 - fx) + u32::from(q[i]) * fx;
            ((mix(a, b) * (256 - fy) + mix(c, d) * fy + (1 << 15)) >> 16) as u8
        })
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

/// The whole number at or below; what is far outside saturates.
#[inline(always)]
fn floor(x: f32) -> i32 {
    let cut = x as i32;
    // Kept away from the ends so that the caller's neighbors and shifts do not overflow.
    (cut - i32::from((cut as f32) > x)).clamp(-(1 << 29), 1 << 29)
}
