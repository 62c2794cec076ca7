//! Pictures of a page: packed as PNG packs them, row by row, which readers of PDF understand.

use super::file::File;
use crate::scene::Pixels;
use crate::scene::png::packed_rows;

/// Writes a picture and gives its object; none for what is not sound.
pub(super) fn write(file: &mut File, pixels: &Pixels, smooth: bool) -> Option<usize> {
    if !pixels.is_sound() {
        return None;
    }
    let colors: Vec<u8> = pixels.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mask = if pixels.is_opaque() {
        String::new()
    } else {
        let opacity: Vec<u8> = pixels.rgba.chunks_exact(4).map(|pixel| pixel[3]).collect();
        format!("/SMask {} 0 R", part(file, pixels, &opacity, png::ColorType::Grayscale, "", smooth)?)
    };
    part(file, pixels, &colors, png::ColorType::Rgb, &mask, smooth)
}

fn part(
    file: &mut File,
    pixels: &Pixels,
    bytes: &[u8],
    color: png::ColorType,
    more: &str,
    smooth: bool,
) -> Option<usize> {
    let rows = packed_rows(pixels.size(), bytes, color).ok()?;
    let (space, colors) = if color == png::ColorType::Rgb { ("RGB", 3) } else { ("Gray", 1) };
    let id = file.reserve();
    let [width, height] = pixels.size();
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/Device{space}/BitsPerComponent 8\
         /Interpolate {smooth}/Filter/FlateDecode\
         /DecodeParms<</Predictor 15/Colors {colors}/BitsPerComponent 8/Columns {width}>>{more}"
    );
    file.packed_stream(id, &entries, &rows);
    Some(id)
}
