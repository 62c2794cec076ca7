//! What differs from the frame before.

use crate::scene::Pixels;

/// A rectangle of pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Area {
    /// A whole frame.
    pub(super) fn whole([width, height]: [u32; 2]) -> Self {
        Self { left: 0, top: 0, width, height }
    }

    /// The bytes of a frame's rows within the area.
    pub(super) fn rows<'a>(&self, frame: &'a Pixels) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (line, start, length) = (4 * frame.width as usize, 4 * self.left as usize, 4 * self.width as usize);
        let (first, count) = (self.top as usize, self.height as usize);
        frame.rgba.chunks_exact(line).skip(first).take(count).map(move |row| &row[start..start + length])
    }

    /// The area with a left and an upper side that are even numbers.
    pub(super) fn even(self) -> Self {
        let (left, top) = (self.left & !1, self.top & !1);
        Self { left, top, width: self.width + self.left - left, height: self.height + self.top - top }
    }
}

/// The smallest area around all pixels that differ; none if none does. Both frames are of one size.
pub(super) fn changed(before: &Pixels, now: &Pixels) -> Option<Area> {
    let line = 4 * now.width as usize;
    let rows = || before.rgba.chunks_exact(line).zip(now.rgba.chunks_exact(line));
    let top = rows().position(|(before, now)| before != now)?;
    let bottom = rows().rposition(|(before, now)| before != now)?;
    let (mut first, mut last) = (line, 0);
    for (before, now) in rows().skip(top).take(bottom + 1 - top) {
        // Only what lies outside of what is known to differ is of interest.
        if let Some(at) = before[..first].iter().zip(&now[..first]).position(|(a, b)| a != b) {
            first = at;
        }
        if let Some(at) = before[last..].iter().zip(&now[last..]).rposition(|(a, b)| a != b) {
            last += at;
        }
    }
    let (left, right) = ((first / 4) as u32, (last / 4) as u32);
    let (top, bottom) = (top as u32, bottom as u32);
    Some(Area { left, top, width: right + 1 - left, height: bottom + 1 - top })
}
