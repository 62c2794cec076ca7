//! The views of the middle: each is a file here and a line in [`VIEWS`]. A view reads a scene and adds commands.

mod book;
mod curves;
mod diagram;
mod edges;
mod judged;
mod landscape;
mod output;
mod race;
mod sample;
mod spread;
mod table;
mod warp;

use egui::{Rect, Ui};

pub(super) use curves::curves;
pub(super) use diagram::{neuron_name, weight_name};
pub(super) use landscape::Landscape;
pub(super) use output::output;
pub(super) use race::Race;

use super::plane::NetPlane;
use super::runner::{Snapshot, Wish};
use super::state::NetState;
use super::textures::Textures;
use super::tone::Meaning;
use crate::app::theme::Theme;
use crate::i18n::{self, Lang};
use crate::session::net::{NetCommand, NetSession, NetView};

/// What views read.
pub(super) struct Scene<'a> {
    /// The document.
    pub session: &'a NetSession,
    /// What the training has come to.
    pub snapshot: &'a Snapshot,
    /// The plane of the data, where it has one.
    pub plane: Option<&'a NetPlane>,
    /// What the neurons answer, as pictures.
    pub textures: &'a Textures,
    /// What the outputs mean.
    pub meaning: &'a Meaning,
    /// The theme.
    pub theme: &'a Theme,
    /// The language.
    pub lang: Lang,
}

impl Scene<'_> {
    /// Whether the weights of the snapshot are those of the net that the document has now.
    pub(super) fn is_current(&self) -> bool {
        std::sync::Arc::ptr_eq(&self.snapshot.program.architecture, &self.session.program().architecture)
    }
}

/// Draws a view into the room that it has.
type Draw = fn(&mut Ui, Rect, &Scene<'_>, &mut NetState, &mut Vec<NetCommand>);

/// A view of the middle.
pub(super) struct Entry {
    /// Its name in documents.
    pub view: NetView,
    /// Its name for people, and what it shows.
    pub words: fn(Lang) -> [&'static str; 2],
    /// Draws it.
    pub draw: Draw,
    /// What it wants to know beside the losses.
    pub wish: fn(&NetSession) -> Wish,
}

/// The parameter whose numbers are shown: the first one where none is selected.
fn weight(session: &NetSession) -> usize {
    session.document().picture.weight.unwrap_or(0)
}

/// The hidden layer whose space is shown: that of the selected neuron, or the last one.
fn warped(session: &NetSession) -> usize {
    let hidden = session.document().layers.len().saturating_sub(1);
    let chosen = session.document().picture.neuron.and_then(|neuron| neuron.layer.checked_sub(1));
    chosen.filter(|layer| *layer < hidden).unwrap_or(hidden.saturating_sub(1))
}

/// All views, in the order of the switch.
pub(super) const VIEWS: &[Entry] = &[
    Entry {
        view: NetView::Net,
        words: |lang| [i18n::text(lang, "net.view.net"), i18n::text(lang, "net.view.net_hint")],
        draw: diagram::draw,
        wish: |_| Wish::Nothing,
    },
    Entry {
        view: NetView::Output,
        words: |lang| [i18n::text(lang, "net.view.output"), i18n::text(lang, "net.view.output_hint")],
        draw: output::draw,
        wish: |_| Wish::Nothing,
    },
    Entry {
        view: NetView::Loop,
        words: |lang| [i18n::text(lang, "net.view.book"), i18n::text(lang, "net.view.book_hint")],
        draw: book::draw,
        wish: |session| Wish::Batch { weight: weight(session) },
    },
    Entry {
        view: NetView::Sample,
        words: |lang| [i18n::text(lang, "net.view.sample"), i18n::text(lang, "net.view.sample_hint")],
        draw: sample::draw,
        wish: |session| Wish::Sample { row: session.document().picture.sample, weight: weight(session) },
    },
    Entry {
        view: NetView::Spread,
        words: |lang| [i18n::text(lang, "net.view.spread"), i18n::text(lang, "net.view.spread_hint")],
        draw: spread::draw,
        wish: |_| Wish::Spread,
    },
    Entry {
        view: NetView::Confusion,
        words: |lang| [i18n::text(lang, "net.view.confusion"), i18n::text(lang, "net.view.confusion_hint")],
        draw: judged::draw,
        wish: |_| Wish::Judged,
    },
    Entry {
        view: NetView::Space,
        words: |lang| [i18n::text(lang, "net.view.warp"), i18n::text(lang, "net.view.warp_hint")],
        draw: warp::draw,
        wish: |session| Wish::Warp(warped(session)),
    },
    Entry {
        view: NetView::Landscape,
        words: |lang| [i18n::text(lang, "net.view.landscape"), i18n::text(lang, "net.view.landscape_hint")],
        draw: landscape::draw,
        wish: |_| Wish::Path,
    },
    Entry {
        view: NetView::Race,
        words: |lang| [i18n::text(lang, "net.view.race"), i18n::text(lang, "net.view.race_hint")],
        draw: race::draw,
        wish: |_| Wish::Nothing,
    },
];
