//! The cells of a map as a texture, made again only when the map, its size on the screen or the theme changes.

use egui::{ColorImage, Context, Mesh, Painter, Rect, TextureHandle, TextureId, TextureOptions, pos2, vec2};

use super::work::Drawn;
use crate::app::theme::Theme;
use crate::chart::mosaic::{Inks, Rgb};
use crate::descent::map::Cell;

/// The texture and what it shows.
#[derive(Default)]
pub(super) struct Picture {
    made: Option<(Key, TextureHandle)>,
}

#[derive(PartialEq)]
struct Key {
    /// The number of the snapshot.
    serial: u64,
    size: [usize; 2],
    inks: Inks,
}

/// The colors of a map in a theme.
pub(super) fn inks(theme: &Theme) -> Inks {
    let rgb = |color: egui::Color32| -> Rgb {
        let [r, g, b, _] = color.to_array();
        [r, g, b]
    };
    Inks {
        ground: rgb(theme.canvas),
        minima: theme.racers.iter().map(|color| rgb(*color)).collect(),
        lost: rgb(theme.muted),
        diverged: rgb(theme.bad),
    }
}

impl Picture {
    /// The texture of a map over `rect`.
    pub(super) fn texture(&mut self, ctx: &Context, theme: &Theme, drawn: &Drawn, rect: Rect) -> TextureId {
        let scale = ctx.pixels_per_point();
        let size = [rect.width(), rect.height()].map(|side| ((side * scale).round() as usize).clamp(1, 4096));
        let key = Key { serial: drawn.serial, size, inks: inks(theme) };
        if let Some((known, texture)) = &self.made
            && *known == key
        {
            return texture.id();
        }
        let pixels = key.inks.picture(&drawn.map, size);
        let image = ColorImage::from_rgb(size, pixels.as_flattened());
        let texture = match self.made.take() {
            Some((_, mut texture)) => {
                texture.set(image, TextureOptions::NEAREST);
                texture
            }
            None => ctx.load_texture("map of fates", image, TextureOptions::NEAREST),
        };
        let id = texture.id();
        self.made = Some((key, texture));
        id
    }
}

/// Draws a texture into a rectangle.
pub(super) fn show(painter: &Painter, theme: &Theme, texture: TextureId, rect: Rect) {
    let mut mesh = Mesh::with_texture(texture);
    mesh.add_rect_with_uv(rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), theme.picture_tint());
    painter.add(mesh);
}

/// Draws the swatch of a cell: what it looks like on the map.
pub(super) fn swatch(painter: &Painter, theme: &Theme, rect: Rect, cell: Cell, range: [u32; 2]) {
    let inks = inks(theme);
    let size = [rect.width() as usize, rect.height() as usize];
    for y in 0..size[1] {
        let mut x = 0;
        while x < size[0] {
            // Runs of one color are one rectangle.
            let color = inks.pixel(cell, range, x, y);
            let end = (x + 1..size[0]).find(|&next| inks.pixel(cell, range, next, y) != color).unwrap_or(size[0]);
            let at = rect.min + vec2(x as f32, y as f32);
            painter.rect_filled(Rect::from_min_size(at, vec2((end - x) as f32, 1.0)), 0.0, theme.rgb(color));
            x = end;
        }
    }
}
