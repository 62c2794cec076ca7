//! Pixels of a scene.
//!
//! The scene is drawn as it is, not by way of its SVG: a frame of a film must not cost the reading of a file. That both
//! show the same is held by a test, which lets another program's reader draw the SVG.

mod convert;
mod glyph;
mod show;

pub use show::Show;

use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, PathBuilder, Pattern, Pixmap, PixmapPaint, SpreadMode,
    Stroke, StrokeDash, Transform,
};

use super::png::encode;
use super::{Item, Pixels, Rect, Rgba, Scene, SceneError, Text, canvas};

/// The scene as pixels, so many to a point.
pub fn pixels(scene: &Scene, scale: f64) -> Result<Pixels, SceneError> {
    let mut canvas = Canvas::new(scene, scale)?;
    canvas.items(&scene.items, None);
    Ok(canvas.pixels())
}

/// The scene as the bytes of a PNG file, so many pixels to a point; it says how large it is meant to be printed.
pub fn png(scene: &Scene, scale: f64) -> Result<Vec<u8>, SceneError> {
    encode(&pixels(scene, scale)?, Some(scale), &scene.about)
}

/// A pixmap and the scale at which it is drawn on.
#[derive(Clone)]
pub(super) struct Canvas {
    pixmap: Pixmap,
    transform: Transform,
}

impl Canvas {
    /// The background of a scene.
    pub(super) fn new(scene: &Scene, scale: f64) -> Result<Self, SceneError> {
        let [width, height] = canvas::pixels(scene, scale)?;
        let empty = || SceneError::Empty { width: f64::from(width), height: f64::from(height) };
        let mut pixmap = Pixmap::new(width, height).ok_or_else(empty)?;
        if let Some(Rgba([r, g, b, a])) = scene.background {
            pixmap.fill(tiny_skia::Color::from_rgba8(r, g, b, a));
        }
        Ok(Self { pixmap, transform: Transform::from_scale(scale as f32, scale as f32) })
    }

    /// What is drawn so far.
    pub(super) fn pixels(&self) -> Pixels {
        convert::pixels(&self.pixmap)
    }

    /// Draws things; of what a mask covers, only that.
    pub(super) fn items(&mut self, items: &[Item], mask: Option<&Mask>) {
        for item in items {
            self.item(item, mask);
        }
    }

    fn item(&mut self, item: &Item, mask: Option<&Mask>) {
        match item {
            Item::Path { path, fill, stroke } => {
                let Some(path) = convert::path(path) else { return };
                if let Some(color) = fill {
                    self.fill(&path, *color, mask);
                }
                if let Some(stroke) = stroke.as_ref().filter(|stroke| stroke.is_visible()) {
                    let dash = stroke
                        .pattern()
                        .and_then(|dash| StrokeDash::new(dash.iter().map(|part| *part as f32).collect(), 0.0));
                    let line = Stroke { width: stroke.width as f32, dash, ..ends(stroke.round) };
                    self.pixmap.stroke_path(&path, &paint(stroke.color), &line, self.transform, mask);
                }
            }
            Item::Text(text) => self.text(text, mask),
            Item::Image { rect, pixels, smooth } => self.image(rect, pixels, *smooth, mask),
            Item::Group { clip, opacity, items } => self.group(*clip, *opacity, items, mask),
        }
    }

    fn fill(&mut self, path: &tiny_skia::Path, color: Rgba, mask: Option<&Mask>) {
        self.pixmap.fill_path(path, &paint(color), FillRule::Winding, self.transform, mask);
    }

    fn text(&mut self, text: &Text, mask: Option<&Mask>) {
        let Some(path) = glyph::outline(text) else { return };
        if let Some(halo) = text.halo {
            let line = Stroke { width: text.halo_width() as f32, line_join: LineJoin::Round, ..Stroke::default() };
            self.pixmap.stroke_path(&path, &paint(halo), &line, self.transform, mask);
        }
        self.fill(&path, text.color, mask);
    }

    fn image(&mut self, rect: &Rect, pixels: &Pixels, smooth: bool, mask: Option<&Mask>) {
        let (Some(image), Some(area)) = (convert::pixmap(pixels), convert::rect(rect)) else { return };
        let place = Transform::from_row(
            area.width() / pixels.width as f32,
            0.0,
            0.0,
            area.height() / pixels.height as f32,
            area.x(),
            area.y(),
        );
        let quality = if smooth { FilterQuality::Bilinear } else { FilterQuality::Nearest };
        let shader = Pattern::new(image.as_ref(), SpreadMode::Pad, quality, 1.0, place);
        let paint = Paint { shader, anti_alias: true, ..Paint::default() };
        self.pixmap.fill_rect(area, &paint, self.transform, mask);
    }

    fn group(&mut self, clip: Option<Rect>, opacity: f64, items: &[Item], mask: Option<&Mask>) {
        let narrowed = match clip {
            None => None,
            Some(clip) => match self.narrowed(&clip, mask) {
                Some(mask) => Some(mask),
                // Nothing is inside of a rectangle without area.
                None => return,
            },
        };
        let mask = narrowed.as_ref().or(mask);
        if opacity >= 1.0 {
            self.items(items, mask);
            return;
        }
        let Some(pixmap) = Pixmap::new(self.pixmap.width(), self.pixmap.height()) else { return };
        let mut layer = Self { pixmap, transform: self.transform };
        layer.items(items, None);
        let paint = PixmapPaint { opacity: opacity.max(0.0) as f32, ..PixmapPaint::default() };
        self.pixmap.draw_pixmap(0, 0, layer.pixmap.as_ref(), &paint, Transform::identity(), mask);
    }

    /// A mask of a rectangle, and of another mask as well.
    fn narrowed(&self, clip: &Rect, mask: Option<&Mask>) -> Option<Mask> {
        let path = PathBuilder::from_rect(convert::rect(clip)?);
        if let Some(mask) = mask {
            let mut both = mask.clone();
            both.intersect_path(&path, FillRule::Winding, true, self.transform);
            return Some(both);
        }
        let mut mask = Mask::new(self.pixmap.width(), self.pixmap.height())?;
        mask.fill_path(&path, FillRule::Winding, true, self.transform);
        Some(mask)
    }
}

fn paint(Rgba([r, g, b, a]): Rgba) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(r, g, b, a);
    paint
}

/// Ends and corners of a line.
fn ends(round: bool) -> Stroke {
    let (line_cap, line_join) =
        if round { (LineCap::Round, LineJoin::Round) } else { (LineCap::Butt, LineJoin::Miter) };
    Stroke { line_cap, line_join, ..Stroke::default() }
}
