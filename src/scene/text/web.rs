//! A font of only those characters that a picture uses, as browsers want it.
//!
//! The crate `subsetter` leaves out what PDF does not need: which glyph a character has (`cmap`) and the metrics that
//! browsers insist on (`OS/2`). Both are put back.

use std::collections::BTreeSet;

use subsetter::GlyphRemapper;

use super::face::Face;
use super::sfnt::{self, Table};

/// The font with these characters, none where the face has none of them. What the face lacks is left out.
pub(in crate::scene) fn web_font(face: &Face, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let mut glyphs = GlyphRemapper::new();
    let mut codes = Vec::new();
    for &c in characters {
        if let Some(glyph) = face.glyph(c) {
            codes.push((u32::from(c), glyphs.remap(glyph)));
        }
    }
    if codes.is_empty() {
        return None;
    }
    let subset = subsetter::subset(face.bytes, 0, &glyphs).ok()?;
    let mut tables: Vec<Table> = sfnt::tables(&subset)?.into_iter().map(|(tag, bytes)| (tag, bytes.to_vec())).collect();
    tables.push((*b"cmap", cmap(&codes)));
    tables.push((*b"OS/2", sfnt::table(face.bytes, b"OS/2")?.to_vec()));
    Some(sfnt::font(sfnt::kind(&subset)?, tables))
}

/// The table of characters and their glyphs, in the order of the characters: segmented coverage (format 12).
fn cmap(codes: &[(u32, u16)]) -> Vec<u8> {
    let mut groups: Vec<[u32; 3]> = Vec::new();
    for &(code, glyph) in codes {
        let glyph = u32::from(glyph);
        match groups.last_mut() {
            Some([start, end, first]) if *end + 1 == code && *first + (code - *start) == glyph => *end = code,
            _ => groups.push([code, code, glyph]),
        }
    }
    let mut bytes = Vec::new();
    // Version 0, one table: Windows (3), all of Unicode (10), 12 bytes further on.
    for word in [0u16, 1, 3, 10] {
        bytes.extend(word.to_be_bytes());
    }
    bytes.extend(12u32.to_be_bytes());
    bytes.extend([0, 12, 0, 0]);
    let length = 16 + 12 * groups.len() as u32;
    for word in [length, 0, groups.len() as u32] {
        bytes.extend(word.to_be_bytes());
    }
    bytes.extend(groups.as_flattened().iter().flat_map(|word| word.to_be_bytes()));
    bytes
}
