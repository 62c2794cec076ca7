//! Our things as those of the library that fills and strokes.

use tiny_skia::{IntSize, PathBuilder, Pixmap};

use crate::scene::{Path, Pixels, Rect, Segment};

/// A coordinate as the library has it; what is far outside of any page is only far outside.
pub(super) fn coordinate(value: f64) -> f32 {
    value.clamp(-1e6, 1e6) as f32
}

/// A path, none where there is nothing to draw.
pub(super) fn path(path: &Path) -> Option<tiny_skia::Path> {
    let mut pen = PathBuilder::new();
    for segment in path.segments() {
        match segment {
            Segment::MoveTo([x, y]) => pen.move_to(coordinate(*x), coordinate(*y)),
            Segment::LineTo([x, y]) => pen.line_to(coordinate(*x), coordinate(*y)),
            Segment::CubicTo(points) => {
                let [[a, b], [c, d], [x, y]] = points.map(|point| point.map(coordinate));
                pen.cubic_to(a, b, c, d, x, y);
            }
            Segment::Close => pen.close(),
        }
    }
    pen.finish()
}

/// A rectangle, none where it has no area.
pub(super) fn rect(rect: &Rect) -> Option<tiny_skia::Rect> {
    let ([x, y], [width, height]) = (rect.at.map(coordinate), rect.size.map(coordinate));
    tiny_skia::Rect::from_xywh(x, y, width, height).filter(|rect| rect.width() > 0.0 && rect.height() > 0.0)
}

/// A picture with its colors multiplied by their opacity, as the library has them.
pub(super) fn pixmap(pixels: &Pixels) -> Option<Pixmap> {
    if !pixels.is_sound() {
        return None;
    }
    let mut bytes = pixels.rgba.clone();
    for pixel in bytes.chunks_exact_mut(4).filter(|pixel| pixel[3] < 255) {
        let opacity = u32::from(pixel[3]);
        for part in &mut pixel[..3] {
            *part = ((u32::from(*part) * opacity + 127) / 255) as u8;
        }
    }
    Pixmap::from_vec(bytes, IntSize::from_wh(pixels.width, pixels.height)?)
}

/// The same the other way.
pub(super) fn pixels(pixmap: &Pixmap) -> Pixels {
    let mut rgba = pixmap.data().to_vec();
    for pixel in rgba.chunks_exact_mut(4).filter(|pixel| (1..255).contains(&pixel[3])) {
        let opacity = u32::from(pixel[3]);
        for part in &mut pixel[..3] {
            *part = ((u32::from(*part) * 255 + opacity / 2) / opacity).min(255) as u8;
        }
    }
    Pixels { width: pixmap.width(), height: pixmap.height(), rgba }
}
