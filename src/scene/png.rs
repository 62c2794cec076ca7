//! Pixels as PNG bytes.

use super::{About, Pixels, SceneError};

/// The keyword of the chunk that holds the scenario's text.
pub(super) const SCENARIO: &str = "downhill-scenario";

/// The bytes of a PNG file. `density` are pixels to a point, for programs that print.
pub(super) fn encode(pixels: &Pixels, density: Option<f64>, about: &About) -> Result<Vec<u8>, SceneError> {
    let failed = |error: png::EncodingError| SceneError::Encoding(error.to_string());
    let opaque = pixels.is_opaque();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width, pixels.height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_pixel_dims(density.map(dims));
    let texts = [("Title", &about.title), ("Description", &about.description), (SCENARIO, &about.scenario)];
    for (keyword, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        encoder.add_itxt_chunk(keyword.to_owned(), text.clone()).map_err(failed)?;
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    if opaque {
        let rgb: Vec<u8> = pixels.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        writer.write_image_data(&rgb).map_err(failed)?;
    } else {
        writer.write_image_data(&pixels.rgba).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// Pixels to a meter.
fn dims(density: f64) -> png::PixelDimensions {
    let per_meter = (density * 72.0 / 0.0254).round().clamp(1.0, 1e9) as u32;
    png::PixelDimensions { xppu: per_meter, yppu: per_meter, unit: png::Unit::Meter }
}
