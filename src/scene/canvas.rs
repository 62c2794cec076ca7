//! Which sizes can be drawn, decided before anything is allocated.

use super::Scene;

/// The most pixels of a side.
pub const MAX_SIDE: f64 = 32_768.0;
/// The most pixels of a picture: 16384 × 8192.
pub const MAX_PIXELS: f64 = 134_217_728.0;
/// The longest side of a page in points: what readers of PDF promise (200 inches).
const MAX_PAGE: f64 = 14_400.0;

/// Why a scene has no picture.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SceneError {
    /// A side is zero, negative or not a number.
    #[error("a picture of {width} × {height} has no area")]
    Empty {
        /// In pixels, or in points where the format has none.
        width: f64,
        /// Likewise.
        height: f64,
    },
    /// More than [`MAX_SIDE`] or [`MAX_PIXELS`] allow, or a page above 200 inches.
    #[error("a picture of {width} × {height} is too large")]
    TooLarge {
        /// In pixels, or in points where the format has none.
        width: f64,
        /// Likewise.
        height: f64,
    },
    /// A film's frames are all of one size.
    #[error("a frame of {found:?} pixels in a film of {expected:?}")]
    OtherSize {
        /// The film's width and height.
        expected: [u32; 2],
        /// The frame's.
        found: [u32; 2],
    },
    /// A library that encodes refused; its words.
    #[error("{0}")]
    Encoding(String),
}

/// Width and height in pixels of a scene at so many pixels a point.
pub(super) fn pixels(scene: &Scene, scale: f64) -> Result<[u32; 2], SceneError> {
    let [width, height] = scene.size.map(|side| (side * scale).round());
    if !(width >= 1.0 && height >= 1.0) {
        return Err(SceneError::Empty { width, height });
    }
    if width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS {
        return Err(SceneError::TooLarge { width, height });
    }
    Ok([width as u32, height as u32])
}

/// The size of a page in points.
pub(super) fn page(scene: &Scene) -> Result<[f64; 2], SceneError> {
    let [width, height] = scene.size;
    if !(width > 0.0 && height > 0.0) {
        return Err(SceneError::Empty { width, height });
    }
    if width > MAX_PAGE || height > MAX_PAGE {
        return Err(SceneError::TooLarge { width, height });
    }
    Ok(scene.size)
}
