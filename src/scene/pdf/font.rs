//! Fonts of only those glyphs that a page uses, with the characters that they stand for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use subsetter::GlyphRemapper;

use super::file::{File, hex};
use crate::scene::SceneError;
use crate::scene::number::short;
use crate::scene::text::{Face, table};

/// The glyphs of a face that are used, by their new numbers.
#[derive(Default)]
pub(super) struct Font {
    glyphs: GlyphRemapper,
    /// The character of each new number: what is copied and searched.
    characters: BTreeMap<u16, char>,
}

impl Font {
    /// The new numbers of a text's glyphs, and whether they alone tell the text: a glyph may stand for two characters.
    pub(super) fn glyphs(&mut self, face: &Face, text: &str) -> (Vec<u16>, bool) {
        let mut faithful = true;
        let mut number = |c| {
            let number = face.glyph(c).map_or(0, |glyph| self.glyphs.remap(glyph));
            faithful &= *self.characters.entry(number).or_insert(c) == c;
            number
        };
        let numbers = text.chars().map(&mut number).collect();
        (numbers, faithful)
    }

    /// Writes the font and gives its object.
    pub(super) fn write(&self, file: &mut File, face: &Face) -> Result<usize, SceneError> {
        let [font, descendant, descriptor, mapping, data] = std::array::from_fn(|_| file.reserve());
        let refused = |error: subsetter::Error| SceneError::Encoding(format!("{}: {error}", face.name));
        let subset = subsetter::subset(face.bytes, 0, &self.glyphs).map_err(refused)?;
        let name = self.name(face);
        let compact = table(&subset, b"CFF ");
        // Outlines of OpenType's one kind go alone, those of the other with their tables.
        let (kind, entry) = match compact {
            Some(_) => ("CIDFontType0", "FontFile3"),
            None => ("CIDFontType2/CIDToGIDMap/Identity", "FontFile2"),
        };
        file.object(
            font,
            &format!(
                "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]\
                 /ToUnicode {mapping} 0 R>>"
            ),
        );
        file.object(
            descendant,
            &format!(
                "<</Type/Font/Subtype/{kind}/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
                 /Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 0/W[0[{}]]>>",
                self.widths(face)
            ),
        );
        file.object(descriptor, &format!("{}/{entry} {data} 0 R>>", description(face, &name)));
        file.stream(mapping, "", self.mapping().as_bytes());
        match compact {
            Some(compact) => file.stream(data, "/Subtype/CIDFontType0C", compact),
            None => file.stream(data, &format!("/Length1 {}", subset.len()), &subset),
        }
        Ok(font)
    }

    /// The face's name after six letters that differ with the glyphs.
    fn name(&self, face: &Face) -> String {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for glyph in self.glyphs.remapped_gids() {
            hash = (hash ^ u64::from(glyph)).wrapping_mul(0x0100_0000_01b3);
        }
        let mut name = String::new();
        for _ in 0..6 {
            name.push(char::from(b'A' + (hash % 26) as u8));
            hash /= 26;
        }
        name.push('+');
        name.extend(face.name.chars().filter(|c| !c.is_whitespace()));
        name
    }

    /// The advances, in thousandths of the size.
    fn widths(&self, face: &Face) -> String {
        let width = |glyph| short(face.glyph_advance(glyph) / face.units * 1000.0, 3);
        self.glyphs.remapped_gids().map(width).collect::<Vec<_>>().join(" ")
    }

    /// Which character a glyph stands for.
    fn mapping(&self) -> String {
        let mut text = String::from(
            "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
             /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n",
        );
        let pairs: Vec<_> = self.characters.iter().collect();
        // A hundred at a time is the most that is allowed.
        for part in pairs.chunks(100) {
            _ = writeln!(text, "{} beginbfchar", part.len());
            for (glyph, c) in part {
                let mut units = [0; 2];
                _ = writeln!(text, "{}{}", hex(&[**glyph]), hex(c.encode_utf16(&mut units)));
            }
            text += "endbfchar\n";
        }
        text + "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend"
    }
}

/// What a reader must know of a face, but for its outlines.
fn description(face: &Face, name: &str) -> String {
    let thousandths = |units: f32| short(f64::from(units) / face.units * 1000.0, 0);
    let bounds = face.bounds.map(thousandths).join(" ");
    let [ascent, descent] = [face.ascent, face.descent].map(thousandths);
    // 4: a set of characters of its own. The thickness of stems is known of no face and asked for by no reader.
    format!(
        "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{bounds}]/ItalicAngle 0/Ascent {ascent}\
         /Descent {descent}/CapHeight {ascent}/StemV 80"
    )
}
