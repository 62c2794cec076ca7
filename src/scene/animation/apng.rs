//! Animated PNG: every color, sharp, larger than a GIF; where it is not known, its first frame is seen.
//!
//! Each area is a PNG of its own, of which only the packed pixels are taken.

use flate2::Crc;

use super::change::{Area, changed};
use super::{Clock, Ending, Film, Reel, difference};
use crate::scene::png::{chunks, encode_rgba, packed_rows};
use crate::scene::{MAX_SIDE, Pixels, SceneError};

/// An animated PNG in the making.
pub struct Apng {
    reel: Reel,
    before: Option<Pixels>,
    /// The number of the next chunk that has one.
    number: u32,
    clock: Clock,
}

impl Apng {
    /// An animated PNG.
    pub fn new(reel: Reel) -> Result<Self, SceneError> {
        reel.within(MAX_SIDE as u32)?;
        Ok(Self { reel, before: None, number: 0, clock: Clock::new(1000.0) })
    }

    fn numbered(&mut self) -> [u8; 4] {
        self.number += 1;
        (self.number - 1).to_be_bytes()
    }

    /// The chunk that says where the pixels go that follow, and how long they are seen.
    fn control(&mut self, file: &mut Vec<u8>, area: &Area, seconds: f64) {
        let mut data = self.numbered().to_vec();
        for word in [area.width, area.height, area.left, area.top] {
            data.extend(word.to_be_bytes());
        }
        let delay = self.clock.ticks(seconds, 1).min(0xFFFF) as u16;
        data.extend(delay.to_be_bytes());
        data.extend(1000u16.to_be_bytes());
        // Stays, and is laid over what was there.
        data.extend([0, 1]);
        push(file, *b"fcTL", &data);
    }

    /// The head of the file and the first frame.
    fn first(&mut self, frame: &Pixels, seconds: f64) -> Result<Vec<u8>, SceneError> {
        let area = Area::whole(self.reel.size);
        let whole = encode_rgba(self.reel.size, &difference(None, frame, &area), &self.reel.about)?;
        let mut file = whole.get(..8).unwrap_or_default().to_vec();
        for (kind, data) in chunks(&whole).take_while(|(kind, _)| kind != b"IDAT") {
            push(&mut file, kind, data);
            if kind == *b"IHDR" {
                let mut control = self.reel.frames.max(1).to_be_bytes().to_vec();
                // Again and again.
                control.extend([0; 4]);
                push(&mut file, *b"acTL", &control);
            }
        }
        self.control(&mut file, &area, seconds);
        for (kind, data) in chunks(&whole).filter(|(kind, _)| kind == b"IDAT") {
            push(&mut file, kind, data);
        }
        Ok(file)
    }
}

impl Film for Apng {
    fn frame(&mut self, frame: &Pixels, seconds: f64) -> Result<Vec<u8>, SceneError> {
        self.reel.check(frame)?;
        let Some(before) = &mut self.before else {
            self.before = Some(frame.clone());
            return self.first(frame, seconds);
        };
        let area = changed(before, frame).unwrap_or(Area { left: 0, top: 0, width: 1, height: 1 });
        let bytes = difference(Some(before), frame, &area);
        before.rgba.copy_from_slice(&frame.rgba);
        let mut file = Vec::new();
        self.control(&mut file, &area, seconds);
        let mut data = self.numbered().to_vec();
        data.extend(packed_rows([area.width, area.height], &bytes, png::ColorType::Rgba)?);
        push(&mut file, *b"fdAT", &data);
        Ok(file)
    }

    fn finish(&mut self) -> Result<Ending, SceneError> {
        let mut tail = Vec::new();
        push(&mut tail, *b"IEND", &[]);
        Ok(Ending { tail, patches: Vec::new() })
    }
}

/// Appends a chunk: its length, its kind, its data, a check of both.
fn push(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut check = Crc::new();
    check.update(&kind);
    check.update(data);
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(check.sum().to_be_bytes());
}
