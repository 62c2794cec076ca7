//! A map as the bytes of a PNG file, a pixel a cell, in the colors of the window's themes.

use super::super::failure::Failure;
use super::super::window::Theme;
use crate::chart::Palette;
use crate::chart::mosaic::{Inks, Rgb};
use crate::descent::map::Map;

/// The picture of a map.
pub(super) fn png(map: &Map, theme: Theme) -> Result<Vec<u8>, Failure> {
    let inks = inks(theme).ok_or_else(|| Failure::Machine("assets/themes.toml".to_owned()))?;
    encode(map.spec.size, &inks.picture(map, map.spec.size))
}

/// The picture of how fast errors shrink: by color from 0 to 1, gray where they grow. The top row first.
pub(super) fn factors(size: [usize; 2], factors: &[f64], theme: Theme) -> Result<Vec<u8>, Failure> {
    let inks = inks(theme).ok_or_else(|| Failure::Machine("assets/themes.toml".to_owned()))?;
    let color = |factor: &f64| if *factor <= 1.0 { Palette::Viridis.color(1.0 - factor) } else { inks.lost };
    let pixels: Vec<Rgb> = factors.chunks_exact(size[0]).rev().flatten().map(color).collect();
    encode(size, &pixels)
}

/// The colors of a theme, from the one table that has them.
fn inks(theme: Theme) -> Option<Inks> {
    let table: toml::Table = toml::from_str(include_str!("../../../assets/themes.toml")).ok()?;
    let name = match theme {
        Theme::Dark => "dark",
        Theme::Light => "light",
        Theme::Contrast => "contrast",
    };
    let color = |value: &toml::Value| -> Option<Rgb> {
        let digits = value.as_str()?.strip_prefix('#')?;
        let part = |k: usize| u8::from_str_radix(digits.get(2 * k..2 * k + 2)?, 16).ok();
        Some([part(0)?, part(1)?, part(2)?])
    };
    let of = |key: &str| table.get(name)?.get(key).and_then(color);
    let minima = table.get("racers")?.get(name)?.as_array()?.iter().filter_map(color).collect();
    Some(Inks { ground: of("canvas")?, minima, lost: of("muted")?, diverged: of("bad")? })
}

fn encode([width, height]: [usize; 2], pixels: &[Rgb]) -> Result<Vec<u8>, Failure> {
    let failed = |error: png::EncodingError| Failure::Machine(error.to_string());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(pixels.as_flattened()).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}
