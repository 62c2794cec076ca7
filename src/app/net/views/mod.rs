//! The views of the middle: each is a file here and a line in [`VIEWS`]. A view reads a scene and adds commands.

mod book;
mod curves;
mod diagram;
mod edges;
mod output;

use egui::{Rect, Ui};

pub(super) use curves::curves;
pub(super) use diagram::{neuron_name, weight_name};
pub(super) use output::output;

use super::plane::NetPlane;
use super::runner::Snapshot;
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
}

/// All views, in the order of the switch.
pub(super) const VIEWS: &[Entry] = &[
    Entry {
        view: NetView::Net,
        words: |lang| [i18n::text(lang, "net.view.net"), i18n::text(lang, "net.view.net_hint")],
        draw: diagram::draw,
    },
    Entry {
        view: NetView::Output,
        words: |lang| [i18n::text(lang, "net.view.output"), i18n::text(lang, "net.view.output_hint")],
        draw: output::draw,
    },
    Entry {
        view: NetView::Loop,
        words: |lang| [i18n::text(lang, "net.view.book"), i18n::text(lang, "net.view.book_hint")],
        draw: book::draw,
    },
];
