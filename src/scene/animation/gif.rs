//! GIF: plays everywhere, in 255 colors.

use std::borrow::Cow;

use gif::{AnyExtension, DisposalMethod, Encoder, Frame, Repeat};

use super::change::{Area, changed};
use super::dither::Dither;
use super::{Clock, Ending, Film, Palette, Reel};
use crate::scene::png::SCENARIO;
use crate::scene::{Pixels, SceneError};

/// The longest side that the format can tell.
const MAX_SIDE: u32 = 65_535;
/// Shorter frames are shown longer by many programs, in hundredths of a second.
const SHORTEST: u64 = 2;

/// A GIF in the making.
pub struct Gif {
    reel: Reel,
    encoder: Encoder<Vec<u8>>,
    dither: Dither,
    transparent: u8,
    before: Option<Pixels>,
    clock: Clock,
}

impl Gif {
    /// A GIF of the colors of a palette.
    pub fn new(reel: Reel, palette: &Palette) -> Result<Self, SceneError> {
        reel.within(MAX_SIDE)?;
        let [width, height] = reel.size.map(|side| side as u16);
        let mut encoder = Encoder::new(Vec::new(), width, height, &palette.bytes()).map_err(failed)?;
        encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
        if !reel.about.scenario.is_empty() {
            let text = format!("{SCENARIO}\n{}", reel.about.scenario);
            encoder.write_raw_extension(AnyExtension(0xFE), &[text.as_bytes()]).map_err(failed)?;
        }
        let (dither, transparent) = (Dither::new(palette), palette.transparent());
        Ok(Self { reel, encoder, dither, transparent, before: None, clock: Clock::new(100.0) })
    }

    /// The indices of an area; what is as before is left out.
    fn indices(&mut self, frame: &Pixels, area: &Area) -> Vec<u8> {
        let mut indices = Vec::with_capacity(area.width as usize * area.height as usize);
        let mut rows = self.before.as_ref().map(|before| area.rows(before));
        for (y, row) in (area.top as usize..).zip(area.rows(frame)) {
            let before = rows.as_mut().and_then(Iterator::next);
            for (k, pixel) in row.chunks_exact(4).enumerate() {
                if before.is_some_and(|before| before[4 * k..4 * k + 4] == *pixel) {
                    indices.push(self.transparent);
                } else {
                    indices.push(self.dither.index(pixel, area.left as usize + k, y));
                }
            }
        }
        indices
    }
}

impl Film for Gif {
    fn frame(&mut self, frame: &Pixels, seconds: f64) -> Result<Vec<u8>, SceneError> {
        self.reel.check(frame)?;
        let area = match &self.before {
            None => Area::whole(self.reel.size),
            // Where nothing has changed, a pixel that is left out holds the time.
            Some(before) => changed(before, frame).unwrap_or(Area { left: 0, top: 0, width: 1, height: 1 }),
        };
        let indices = self.indices(frame, &area);
        let picture = Frame {
            delay: self.clock.ticks(seconds, SHORTEST).min(0xFFFF) as u16,
            dispose: DisposalMethod::Keep,
            transparent: self.before.is_some().then_some(self.transparent),
            left: area.left as u16,
            top: area.top as u16,
            width: area.width as u16,
            height: area.height as u16,
            buffer: Cow::Owned(indices),
            ..Frame::default()
        };
        self.encoder.write_frame(&picture).map_err(failed)?;
        match &mut self.before {
            Some(before) => before.rgba.copy_from_slice(&frame.rgba),
            before => *before = Some(frame.clone()),
        }
        Ok(std::mem::take(self.encoder.get_mut()))
    }

    fn finish(&mut self) -> Result<Ending, SceneError> {
        let mut tail = std::mem::take(self.encoder.get_mut());
        // The mark of the end.
        tail.push(0x3B);
        Ok(Ending { tail, patches: Vec::new() })
    }
}

fn failed(error: gif::EncodingError) -> SceneError {
    SceneError::Encoding(error.to_string())
}
