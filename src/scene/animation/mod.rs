//! Films: frames one after the other, as a file that moves.
//!
//! A [`Film`] takes a frame and gives the bytes that go to the end of the file, so that only one frame is in memory, and
//! whoever calls decides where the bytes go. What is known only at the end (the size of the whole) comes with
//! [`Ending`]. Every film begins again when it is over.
//!
//! All formats take the difference to the frame before and write no more than the smallest rectangle around it.

mod apng;
mod change;
mod colors;
mod dither;
mod gif;
#[cfg(feature = "mp4")]
mod mp4;
mod palette;
mod webp;

pub use apng::Apng;
pub use colors::Colors;
pub use gif::Gif;
#[cfg(feature = "mp4")]
pub use mp4::Mp4;
pub use palette::Palette;
pub use webp::Webp;

use super::{About, Pixels, SceneError};

/// What is known of a film before its first frame.
#[derive(Clone, Debug, Default)]
pub struct Reel {
    /// Width and height in pixels, of every frame.
    pub size: [u32; 2],
    /// How many frames there will be.
    pub frames: u32,
    /// What the file says of itself.
    pub about: About,
}

impl Reel {
    /// Refuses a frame of another size, or one whose bytes are not as many as its size says.
    fn check(&self, frame: &Pixels) -> Result<(), SceneError> {
        if frame.size() == self.size && frame.is_sound() {
            return Ok(());
        }
        Err(SceneError::OtherSize { expected: self.size, found: frame.size() })
    }

    /// Refuses a size without area, or with a side above that of the format.
    fn within(&self, side: u32) -> Result<(), SceneError> {
        let [width, height] = self.size.map(f64::from);
        match self.size.into_iter().min() {
            Some(0) => Err(SceneError::Empty { width, height }),
            _ if self.size.iter().any(|own| *own > side) => Err(SceneError::TooLarge { width, height }),
            _ => Ok(()),
        }
    }
}

/// A file that moves, in the making.
pub trait Film {
    /// The next frame, to be seen for so many seconds; gives the bytes that follow those given before. What shines
    /// through is lost: frames are opaque.
    fn frame(&mut self, frame: &Pixels, seconds: f64) -> Result<Vec<u8>, SceneError>;

    /// The end of the file. It is called once, after all frames.
    fn finish(&mut self) -> Result<Ending, SceneError>;
}

/// The end of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// The last bytes.
    pub tail: Vec<u8>,
    /// Bytes that replace others that were given before: where in the file, and what.
    pub patches: Vec<(u64, Vec<u8>)>,
}

/// Turns lengths in seconds into whole ticks of a clock, so that the sum is right though each is rounded.
#[derive(Clone, Copy, Debug)]
struct Clock {
    /// Ticks to a second.
    rate: f64,
    /// When the next frame begins, in seconds.
    now: f64,
    /// The ticks that were given.
    given: u64,
}

impl Clock {
    fn new(rate: f64) -> Self {
        Self { rate, now: 0.0, given: 0 }
    }

    /// The ticks of a frame, at least so many.
    fn ticks(&mut self, seconds: f64, least: u64) -> u64 {
        self.now += seconds.clamp(0.0, 600.0);
        let due = (self.now * self.rate).round() as u64;
        let ticks = due.saturating_sub(self.given).max(least);
        self.given += ticks;
        ticks
    }
}

/// An area's pixels, of which those are left out (nothing but zeros) that are as before.
fn difference(before: Option<&Pixels>, frame: &Pixels, area: &change::Area) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 * area.width as usize * area.height as usize);
    let mut rows = before.map(|before| area.rows(before));
    for row in area.rows(frame) {
        let before = rows.as_mut().and_then(Iterator::next);
        for (k, pixel) in row.chunks_exact(4).enumerate() {
            match before {
                Some(before) if before[4 * k..4 * k + 4] == *pixel => bytes.extend([0; 4]),
                _ => bytes.extend([pixel[0], pixel[1], pixel[2], 255]),
            }
        }
    }
    bytes
}
