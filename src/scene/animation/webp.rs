//! Animated WebP: every color, sharp, smaller than an animated PNG.
//!
//! The container is ours; the crate packs each area as a still picture, of which the one chunk is taken.

use image_webp::{ColorType, WebPEncoder};

use super::change::{Area, changed};
use super::{Clock, Ending, Film, Reel, difference};
use crate::scene::about::WEBP_CHUNK;
use crate::scene::{Pixels, SceneError};

/// The longest side that the format can tell.
const MAX_SIDE: u32 = 16_384;
/// The longest time of a frame, in milliseconds.
const LONGEST: u64 = 0xFF_FFFF;

/// An animated WebP in the making.
pub struct Webp {
    reel: Reel,
    before: Option<Pixels>,
    clock: Clock,
    /// The bytes given so far.
    length: u64,
}

impl Webp {
    /// An animated WebP.
    pub fn new(reel: Reel) -> Result<Self, SceneError> {
        reel.within(MAX_SIDE)?;
        Ok(Self { reel, before: None, clock: Clock::new(1000.0), length: 0 })
    }

    /// What stands before the first frame.
    fn head(&self) -> Vec<u8> {
        // The size of the whole follows at the end.
        let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
        // Moves, and leaves out pixels.
        let mut canvas = vec![0x12, 0, 0, 0];
        for side in self.reel.size {
            canvas.extend(three(side - 1));
        }
        push(&mut file, *b"VP8X", &canvas);
        // A white ground, again and again.
        push(&mut file, *b"ANIM", &[255, 255, 255, 255, 0, 0]);
        file
    }
}

impl Film for Webp {
    fn frame(&mut self, frame: &Pixels, seconds: f64) -> Result<Vec<u8>, SceneError> {
        self.reel.check(frame)?;
        let (mut file, area) = match &self.before {
            None => (self.head(), Area::whole(self.reel.size)),
            Some(before) => {
                let still = Area { left: 0, top: 0, width: 1, height: 1 };
                (Vec::new(), changed(before, frame).map_or(still, Area::even))
            }
        };
        let mut picture = Vec::new();
        let encoder = WebPEncoder::new(&mut picture);
        let bytes = difference(self.before.as_ref(), frame, &area);
        encoder.encode(&bytes, area.width, area.height, ColorType::Rgba8).map_err(failed)?;
        let mut data = Vec::with_capacity(picture.len() + 16);
        for value in [area.left / 2, area.top / 2, area.width - 1, area.height - 1] {
            data.extend(three(value));
        }
        data.extend(three(self.clock.ticks(seconds, 1).min(LONGEST) as u32));
        // Stays; the first replaces the ground, the others are laid over what was there.
        data.push(if self.before.is_none() { 0x02 } else { 0 });
        // The chunk of a still picture follows the twelve bytes of its file's head.
        data.extend(picture.get(12..).unwrap_or_default());
        push(&mut file, *b"ANMF", &data);
        match &mut self.before {
            Some(before) => before.rgba.copy_from_slice(&frame.rgba),
            before => *before = Some(frame.clone()),
        }
        self.length += file.len() as u64;
        Ok(file)
    }

    fn finish(&mut self) -> Result<Ending, SceneError> {
        let mut tail = Vec::new();
        if !self.reel.about.scenario.is_empty() {
            push(&mut tail, WEBP_CHUNK, self.reel.about.scenario.as_bytes());
        }
        let whole = self.length + tail.len() as u64;
        let too_long = |_| SceneError::Encoding("a WebP file has at most 4 GB".to_owned());
        // Without the four letters and the size itself.
        let size = u32::try_from(whole.saturating_sub(8)).map_err(too_long)?;
        Ok(Ending { tail, patches: vec![(4, size.to_le_bytes().to_vec())] })
    }
}

/// The lower three bytes, the lowest first.
fn three(value: u32) -> [u8; 3] {
    let [a, b, c, _] = value.to_le_bytes();
    [a, b, c]
}

/// Appends a chunk: its kind, its length, its data, filled up to an even length.
fn push(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(kind);
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    if !data.len().is_multiple_of(2) {
        file.push(0);
    }
}

fn failed(error: image_webp::EncodingError) -> SceneError {
    SceneError::Encoding(error.to_string())
}
