//! A CPU rasterizer of egui's triangles: the window drawn without a GPU and without a display server.
//!
//! It does what egui's own shader does: a triangle's color is the vertex color times the texel, both premultiplied and
//! in gamma space, laid over what is there as `new = src + old·(1 - a)`. Positions are rounded to 1/256 of a pixel and a
//! pixel belongs to the triangle that holds its center, a center on an edge to the top or left one, so that meshes have
//! neither seams nor pixels drawn twice. Every number is an integer or an f32 made in a fixed order: the same triangles
//! give the same bytes on every machine and with any number of threads.
//!
//! It does not know what is drawn, and no files: [`super::headless`] runs a user interface and hands its triangles here.

mod blend;
mod clip;
pub mod png;
mod texture;
mod triangle;

pub use texture::Textures;

use egui::epaint::{ClippedPrimitive, Primitive};
use egui::{Color32, Rect};
use std::fmt;

/// A picture: rows from the top, pixels from the left, premultiplied (all alphas are 255 over an opaque ground).
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width * height` pixels: red, green, blue, alpha.
    pub pixels: Vec<[u8; 4]>,
}

impl Image {
    /// A picture of one color.
    pub fn filled(width: usize, height: usize, color: Color32) -> Self {
        Self { width, height, pixels: vec![color.to_array(); width * height] }
    }

    /// The pixel at a column and a row, `None` outside.
    pub fn pixel(&self, x: usize, y: usize) -> Option<[u8; 4]> {
        if x < self.width { self.pixels.get(y * self.width + x).copied() } else { None }
    }

    /// The bytes as image writers want them: red, green, blue, alpha, pixel by pixel.
    pub fn as_bytes(&self) -> &[u8] {
        self.pixels.as_flattened()
    }
}

impl fmt::Debug for Image {
    /// The size only: nobody reads a million pixels.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image({}×{})", self.width, self.height)
    }
}

/// A rectangle of whole pixels: left and top inside, right and bottom outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Window {
    /// A clip rectangle in points, rounded to pixels as egui's painters do, cut to the picture.
    fn of(clip: Rect, pixels_per_point: f32, width: usize, height: usize) -> Self {
        let (w, h) = (width as f32, height as f32);
        let at = |v: f32, most: f32| (v * pixels_per_point).round().clamp(0.0, most) as i32;
        let (left, top) = (at(clip.min.x, w), at(clip.min.y, h));
        Self { left, top, right: at(clip.max.x, w).max(left), bottom: at(clip.max.y, h).max(top) }
    }
}

/// Some whole rows of a picture, which one thread draws.
struct Band<'a> {
    pixels: &'a mut [[u8; 4]],
    width: usize,
    /// The first row.
    top: i32,
    /// The row after the last.
    bottom: i32,
}

impl Band<'_> {
    /// The pixels `left..right` of row `y`, which the caller has cut to the band.
    fn row(&mut self, y: i32, left: i32, right: i32) -> &mut [[u8; 4]] {
        let start = (y - self.top) as usize * self.width;
        self.pixels.get_mut(start + left as usize..start + right as usize).unwrap_or_default()
    }
}

/// Draws tessellated shapes over a picture. `threads` cuts the work into bands of rows and changes no byte.
pub fn paint(
    image: &mut Image,
    primitives: &[ClippedPrimitive],
    textures: &Textures,
    pixels_per_point: f32,
    threads: usize,
) {
    let (width, height) = (image.width, image.height);
    if width == 0 || height == 0 {
        return;
    }
    let draw = |mut band: Band| {
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            // A callback draws with a GPU, which is what is not here.
            let Primitive::Mesh(mesh) = primitive else { continue };
            let mut window = Window::of(*clip_rect, pixels_per_point, width, height);
            window.top = window.top.max(band.top);
            window.bottom = window.bottom.min(band.bottom);
            if window.left < window.right && window.top < window.bottom {
                triangle::draw_mesh(&mut band, mesh, textures.get(mesh.texture_id), window, pixels_per_point);
            }
        }
    };
    let rows = height.div_ceil(threads.clamp(1, height));
    let bands = image.pixels.chunks_mut(rows * width).enumerate().map(|(k, pixels)| {
        let top = (k * rows) as i32;
        Band { bottom: top + (pixels.len() / width) as i32, pixels, width, top }
    });
    if threads <= 1 {
        bands.for_each(draw);
    } else {
        std::thread::scope(|scope| bands.for_each(|band| drop(scope.spawn(|| draw(band)))));
    }
}
