//! The embedded faces, read once.

use std::sync::OnceLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::font;

/// Which face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scene) enum FaceId {
    Regular,
    Semibold,
    Hack,
    Ubuntu,
}

impl FaceId {
    /// The name and the bytes.
    fn source(self) -> &'static font::Face {
        match self {
            Self::Regular => &font::REGULAR,
            Self::Semibold => &font::SEMIBOLD,
            Self::Hack => &font::HACK,
            Self::Ubuntu => &font::UBUNTU,
        }
    }
}

/// A face that is read.
pub(in crate::scene) struct Face {
    /// The name by which files know it.
    pub(in crate::scene) name: &'static str,
    pub(in crate::scene) bytes: &'static [u8],
    /// What is found in it; nothing if the bytes are no font, which a test excludes.
    tables: Option<Tables>,
    /// Units to the size of the type.
    pub(in crate::scene) units: f64,
    /// The extent above and below the line, in units, the second negative.
    pub(in crate::scene) ascent: f32,
    pub(in crate::scene) descent: f32,
    /// The smallest box around all glyphs, in units: x and y of its lower left and upper right corners.
    pub(in crate::scene) bounds: [f32; 4],
}

struct Tables {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    outlines: OutlineGlyphCollection<'static>,
}

/// A face, which is read when it is first asked for.
pub(in crate::scene) fn face(id: FaceId) -> &'static Face {
    static FACES: [OnceLock<Face>; 4] = [const { OnceLock::new() }; 4];
    FACES[id as usize].get_or_init(|| Face::read(id))
}

impl Face {
    fn read(id: FaceId) -> Self {
        let (name, bytes) = *id.source();
        let font = FontRef::new(bytes).ok();
        let metrics = font.as_ref().map(|font| font.metrics(Size::unscaled(), LocationRef::default()));
        let metrics = metrics.unwrap_or_default();
        let tables = |font: FontRef<'static>| Tables {
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            outlines: font.outline_glyphs(),
        };
        let bounds = metrics.bounds.unwrap_or_default();
        Self {
            name,
            bytes,
            tables: font.map(tables),
            units: f64::from(metrics.units_per_em.max(1)),
            ascent: metrics.ascent,
            descent: metrics.descent,
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
        }
    }

    /// The number of a character's glyph, none where the face lacks it.
    pub(in crate::scene) fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.tables.as_ref()?.charmap.map(c)?.to_u32();
        u16::try_from(glyph).ok().filter(|glyph| *glyph != 0)
    }

    /// How far a glyph moves on, in units.
    pub(in crate::scene) fn glyph_advance(&self, glyph: u16) -> f64 {
        let advance = self.tables.as_ref().and_then(|tables| tables.metrics.advance_width(GlyphId::from(glyph)));
        f64::from(advance.unwrap_or(0.0))
    }

    /// The width of a text, in parts of the size.
    pub(in crate::scene) fn advance(&self, text: &str) -> f64 {
        text.chars().map(|c| self.glyph_advance(self.glyph(c).unwrap_or(0))).sum::<f64>() / self.units
    }

    /// Draws a glyph's outline in units, y upward.
    pub(in crate::scene) fn outline(&self, glyph: u16, pen: &mut impl OutlinePen) {
        let outline = self.tables.as_ref().and_then(|tables| tables.outlines.get(GlyphId::from(glyph)));
        if let Some(outline) = outline {
            // What a face cannot draw stays blank.
            _ = outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), pen);
        }
    }
}
