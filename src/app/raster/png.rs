//! Pictures as PNG bytes.

use super::Image;
use crate::scene::about::say;
use crate::scene::{About, SceneError};

/// The picture as the bytes of a PNG file, which says what it shows; the same picture gives the same bytes.
pub fn encode(image: &Image, about: &About) -> Result<Vec<u8>, SceneError> {
    let failed = |error: png::EncodingError| SceneError::Encoding(error.to_string());
    let mut bytes = Vec::new();
    let opaque = image.pixels.iter().all(|pixel| pixel[3] == 255);
    let mut encoder = png::Encoder::new(&mut bytes, image.width as u32, image.height as u32);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    say(&mut encoder, about)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    if opaque {
        let rgb: Vec<u8> = image.pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect();
        writer.write_image_data(&rgb).map_err(failed)?;
    } else {
        // PNG wants colors that alpha has not touched.
        let straight = |&[r, g, b, a]: &[u8; 4]| {
            let free = |v: u8| if a == 0 { 0 } else { (u32::from(v) * 255 / u32::from(a)).min(255) as u8 };
            [free(r), free(g), free(b), a]
        };
        let rgba: Vec<u8> = image.pixels.iter().flat_map(straight).collect();
        writer.write_image_data(&rgba).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(bytes)
}
