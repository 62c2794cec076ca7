//! The scenario that travels in a file, taken out again.
//!
//! Every format has a place for words that programs pass over: `<metadata>` in SVG, an `iTXt` chunk in PNG, an object
//! of its own in PDF, a comment in GIF, a chunk in WebP, a box in MP4. What is read here comes from anywhere: whatever the bytes
//! are, the answer is a text or none.

use flate2::{Decompress, FlushDecompress};

use super::{pdf, png, svg};

pub use png::say;

/// The endings of files that may have a scenario in them.
pub const ENDINGS: [&str; 8] = ["svg", "pdf", "png", "apng", "gif", "webp", "mp4", "m4v"];

/// Whether a file of this ending, which is without its dot, may have a scenario in it.
pub fn may_have_scenario(ending: &str) -> bool {
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The longest text that is taken out of a file, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// The scenario's text in a file that Downhill made, of any format; none if there is none.
pub fn scenario_in(file: &[u8]) -> Option<String> {
    let text = match file {
        [0x89, b'P', b'N', b'G', ..] => in_png(file)?,
        [b'G', b'I', b'F', b'8', ..] => in_gif(file)?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => in_webp(file)?,
        [b'%', b'P', b'D', b'F', ..] => in_pdf(file)?,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => in_mp4(file)?,
        _ => return in_svg(file),
    };
    (text.len() <= MAX_TEXT).then(|| String::from_utf8(text).ok()).flatten()
}

/// A chunk of international text: keyword, 0, packed or not, method, language, 0, translated keyword, 0, text.
fn in_png(file: &[u8]) -> Option<Vec<u8>> {
    png::chunks(file).filter(|(kind, _)| kind == b"iTXt").find_map(|(_, data)| {
        let rest = data.strip_prefix(png::SCENARIO.as_bytes())?.strip_prefix(&[0])?;
        let (flags, rest) = rest.split_at_checked(2)?;
        let after_zero = |bytes| Some(split_at(bytes, &[0])?.1);
        let text = after_zero(after_zero(rest)?)?;
        if flags[0] == 1 { unpacked(text) } else { Some(text.to_vec()) }
    })
}

/// Data packed by zlib, unless it is longer than a scenario may be.
fn unpacked(data: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::with_capacity(MAX_TEXT);
    let status = Decompress::new(true).decompress_vec(data, &mut text, FlushDecompress::Finish).ok()?;
    (status == flate2::Status::StreamEnd).then_some(text)
}

/// The first comment that is ours. The blocks of a GIF follow each other; what is not understood ends the search.
fn in_gif(file: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 != 0 { 3usize << ((flags & 7) + 1) } else { 0 };
    let mut rest = file.get(13 + table(*file.get(10)?)..)?;
    loop {
        match rest {
            [0x21, kind, after @ ..] => {
                let (data, after) = sub_blocks(after, *kind == 0xFE)?;
                let ours = data.strip_prefix(png::SCENARIO.as_bytes()).and_then(|data| data.strip_prefix(b"\n"));
                if let Some(text) = ours {
                    return Some(text.to_vec());
                }
                rest = after;
            }
            [0x2C, _, _, _, _, _, _, _, _, flags, after @ ..] => {
                // One byte of code size, then the pixels.
                rest = sub_blocks(after.get(table(*flags) + 1..)?, false)?.1;
            }
            _ => return None,
        }
    }
}

/// Blocks of up to 255 bytes until an empty one: their bytes, if they are wanted, and what follows.
fn sub_blocks(mut rest: &[u8], wanted: bool) -> Option<(Vec<u8>, &[u8])> {
    let mut data = Vec::new();
    loop {
        let (length, after) = rest.split_first()?;
        if *length == 0 {
            return Some((data, after));
        }
        let (block, after) = after.split_at_checked(usize::from(*length))?;
        if wanted {
            data.extend(block);
        }
        if data.len() > MAX_TEXT + 64 {
            return None;
        }
        rest = after;
    }
}

/// The name of the chunk that has the text.
pub(super) const WEBP_CHUNK: [u8; 4] = *b"dhsc";

fn in_webp(file: &[u8]) -> Option<Vec<u8>> {
    let mut rest = file.get(12..)?;
    loop {
        let kind = *rest.first_chunk::<4>()?;
        let length = u32::from_le_bytes(*rest.get(4..)?.first_chunk()?) as usize;
        let data = rest.get(8..8usize.checked_add(length)?)?;
        if kind == WEBP_CHUNK {
            return Some(data.to_vec());
        }
        // Chunks have an even length.
        rest = rest.get(8 + length.next_multiple_of(2)..)?;
    }
}

/// The name of the box that has the text.
pub(super) const MP4_BOX: [u8; 16] = *b"downhillscenario";

fn in_mp4(file: &[u8]) -> Option<Vec<u8>> {
    let mut rest = file;
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let whole = rest.get(..length)?;
        let body = whole.get(8..)?;
        if whole.get(4..8) == Some(b"uuid") && body.starts_with(&MP4_BOX) {
            return Some(body[16..].to_vec());
        }
        rest = &rest[length..];
    }
}

fn in_pdf(file: &[u8]) -> Option<Vec<u8>> {
    let (_, rest) = split_at(file, pdf::SCENARIO.as_bytes())?;
    let (length, rest) = split_at(rest.get(..rest.len().min(MAX_TEXT + 64))?, pdf::STREAM.as_bytes())?;
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    Some(rest.get(..length)?.to_vec())
}

/// The element's text, however the tag is written by the program that wrote the file last.
fn in_svg(file: &[u8]) -> Option<String> {
    let (_, rest) = split_at(file, svg::SCENARIO_TAG.as_bytes())?;
    let rest = rest.get(..rest.len().min(6 * MAX_TEXT))?;
    let (_, rest) = split_at(rest, b">")?;
    let (text, _) = split_at(rest, b"</")?;
    let text = std::str::from_utf8(text).ok()?;
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split('&');
    plain += parts.next()?;
    for part in parts {
        let (name, after) = part.split_once(';')?;
        plain.push(entity(name)?);
        plain += after;
    }
    (plain.len() <= MAX_TEXT).then_some(plain)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// What is before and after the first place of some bytes.
fn split_at<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|part| part == mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}
