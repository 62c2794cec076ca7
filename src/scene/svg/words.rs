//! Text elements: a part of a text names the face that draws it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::attribute::Attributes as _;
use super::escape::push_text;
use crate::scene::text::{FaceId, face, runs};
use crate::scene::{Anchor, Text};

/// The characters that each face draws.
pub(super) type Used = BTreeMap<FaceId, BTreeSet<char>>;

/// The families of a text that names none.
pub(super) const FAMILY: &str = "'Downhill Sans',sans-serif";

/// Appends a text.
pub(super) fn push(file: &mut String, used: &mut Used, text: &Text) {
    let runs: Vec<_> = runs(&text.text, text.weight).collect();
    if runs.is_empty() {
        return;
    }
    *file += "<text";
    let [x, y] = text.at;
    file.number("x", x, 2);
    file.number("y", y, 2);
    file.number("font-size", text.size, 2);
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => *file += " text-anchor=\"middle\"",
        Anchor::End => *file += " text-anchor=\"end\"",
    }
    file.color("fill", text.color);
    if let Some(halo) = text.halo {
        file.color("stroke", halo);
        file.number("stroke-width", text.halo_width(), 2);
        *file += " stroke-linejoin=\"round\" paint-order=\"stroke\"";
    }
    if text.turn != 0.0 && text.turn.is_finite() {
        let [x, y] = text.at.map(|part| crate::scene::number::short(part, 2));
        let turn = crate::scene::number::short(-text.turn, 2);
        _ = write!(file, " transform=\"rotate({turn} {x} {y})\"");
    }
    // A text of one face needs no parts.
    let single = runs.len() == 1;
    if single {
        push_family(file, runs[0].face);
    }
    file.push('>');
    for run in &runs {
        used.entry(run.face).or_default().extend(run.text.chars());
        let part = !single && run.face != FaceId::Regular;
        if part {
            *file += "<tspan";
            push_family(file, run.face);
            file.push('>');
        }
        push_text(file, run.text);
        if part {
            *file += "</tspan>";
        }
    }
    *file += "</text>\n";
}

/// The family of a face, with one to stand in where the file's own fonts are ignored.
fn push_family(file: &mut String, id: FaceId) {
    let stand_in = match id {
        FaceId::Regular => return,
        FaceId::Semibold => "sans-serif",
        FaceId::Hack => "monospace",
        FaceId::Ubuntu => "sans-serif",
    };
    _ = write!(file, " font-family=\"'{}',{stand_in}\"", face(id).name);
    if id == FaceId::Semibold {
        *file += " font-weight=\"600\"";
    }
}
