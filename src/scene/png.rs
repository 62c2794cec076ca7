//! Pixels as PNG bytes.

use super::{About, Pixels, SceneError};

/// The keyword of the chunk that holds the scenario's text.
pub(super) const SCENARIO: &str = "downhill-scenario";

/// Pixels as the bytes of a PNG file. `density` are pixels to a point, for programs that print.
pub fn encode(pixels: &Pixels, density: Option<f64>, about: &About) -> Result<Vec<u8>, SceneError> {
    if pixels.is_opaque() {
        let rgb: Vec<u8> = pixels.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        return file(pixels.size(), &rgb, png::ColorType::Rgb, density, about);
    }
    file(pixels.size(), &pixels.rgba, png::ColorType::Rgba, density, about)
}

/// Pixels of which each has its opacity as the bytes of a PNG file, though all may be opaque.
pub(super) fn encode_rgba(size: [u32; 2], bytes: &[u8], about: &About) -> Result<Vec<u8>, SceneError> {
    file(size, bytes, png::ColorType::Rgba, None, about)
}

fn file(
    size: [u32; 2],
    bytes: &[u8],
    color: png::ColorType,
    density: Option<f64>,
    about: &About,
) -> Result<Vec<u8>, SceneError> {
    let mut file = Vec::new();
    let mut encoder = encoder(&mut file, size, color);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_pixel_dims(density.map(dims));
    say(&mut encoder, about)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(bytes).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// Lets a PNG file say what it shows. Texts that are empty are not written.
pub fn say(encoder: &mut png::Encoder<'_, &mut Vec<u8>>, about: &About) -> Result<(), SceneError> {
    let texts = [("Title", &about.title), ("Description", &about.description), (SCENARIO, &about.scenario)];
    for (keyword, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        encoder.add_itxt_chunk(keyword.to_owned(), text.clone()).map_err(failed)?;
    }
    Ok(())
}

/// The rows of a picture, each told by its difference from what is near it, and packed: what PNG files have inside.
pub(super) fn packed_rows(size: [u32; 2], bytes: &[u8], color: png::ColorType) -> Result<Vec<u8>, SceneError> {
    let mut file = Vec::new();
    let mut writer = encoder(&mut file, size, color).write_header().map_err(failed)?;
    writer.write_image_data(bytes).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(chunks(&file).filter(|(kind, _)| kind == b"IDAT").flat_map(|(_, data)| data).copied().collect())
}

/// The chunks of a PNG file: their kinds and their data. Ends where the file does, wherever that is.
pub(super) fn chunks(file: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = file.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let kind = *rest.get(4..)?.first_chunk()?;
        let data = rest.get(8..8usize.checked_add(length)?)?;
        // The sum of the check follows; a file may end before it.
        rest = rest.get(length + 12..).unwrap_or_default();
        Some((kind, data))
    })
}

fn encoder(file: &mut Vec<u8>, [width, height]: [u32; 2], color: png::ColorType) -> png::Encoder<'_, &mut Vec<u8>> {
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(color);
    encoder
}

pub(super) fn failed(error: png::EncodingError) -> SceneError {
    SceneError::Encoding(error.to_string())
}

/// Pixels to a meter.
fn dims(density: f64) -> png::PixelDimensions {
    let per_meter = (density * 72.0 / 0.0254).round().clamp(1.0, 1e9) as u32;
    png::PixelDimensions { xppu: per_meter, yppu: per_meter, unit: png::Unit::Meter }
}
