//! Text as runs of glyphs of the embedded faces.
//!
//! Every character is drawn by the first face of its weight that has it; what none has is drawn as the box of the
//! first one. There is no kerning and no ligature: a text is as wide as its glyphs' advances together, in every format.

mod face;
mod sfnt;
mod web;

pub(super) use face::{Face, FaceId, face};
pub(super) use sfnt::table;
pub(super) use web::web_font;

use super::Weight;

/// A part of a text in one face.
#[derive(Clone, Debug)]
pub(super) struct Run<'a> {
    pub(super) face: FaceId,
    pub(super) text: &'a str,
}

/// The width of a text in points, at a size in points.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    runs(text, weight).map(|run| face(run.face).advance(run.text)).sum::<f64>() * size
}

/// The text in parts of one face each, control characters left out.
pub(super) fn runs(text: &str, weight: Weight) -> impl Iterator<Item = Run<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(char::is_control);
        let first = chosen(rest.chars().next()?, weight);
        let end = rest.char_indices().find(|(_, c)| c.is_control() || chosen(*c, weight) != first);
        let (run, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(Run { face: first, text: run })
    })
}

/// The first face of a weight that has the character.
fn chosen(c: char, weight: Weight) -> FaceId {
    let chain = weight.faces();
    chain.iter().copied().find(|id| face(*id).glyph(c).is_some()).unwrap_or(chain[0])
}

impl Weight {
    /// The faces in the order in which a character is looked for.
    fn faces(self) -> &'static [FaceId] {
        use FaceId::{Hack, Regular, Semibold, Ubuntu};
        match self {
            Self::Regular => &[Regular, Hack, Ubuntu],
            Self::Semibold => &[Semibold, Regular, Hack, Ubuntu],
            Self::Mono => &[Hack, Regular, Ubuntu],
        }
    }
}
