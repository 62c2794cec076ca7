//! The window as the command line knows it: something that can be opened, and drawn as a picture.

use clap::ValueEnum;

use crate::i18n::Lang;
use crate::session::Session;
use crate::session::net::NetSession;

/// What a window shows, and how.
#[derive(Default)]
pub struct View {
    /// The document; none for the prepared example.
    pub session: Option<Session>,
    /// The document of the network laboratory, which is open then.
    pub net: Option<NetSession>,
    /// The file that it was read from.
    pub file: Option<std::path::PathBuf>,
    /// The language; none for the user's.
    pub lang: Option<Lang>,
    /// The theme; none for the user's.
    pub theme: Option<Theme>,
    /// Whether it is shown as a presentation: large, without panels.
    pub presentation: bool,
}

/// The looks of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// Black on white with strong marks.
    Contrast,
}

/// The window, handed to [`super::main`] by whoever has one.
pub trait Window {
    /// Opens it and returns when it is closed.
    ///
    /// # Errors
    /// A sentence about why there can be none here.
    fn open(&self, view: View) -> Result<(), String>;

    /// Draws it without a display: the bytes of a PNG file of `size` points at `scale` pixels a point.
    ///
    /// # Errors
    /// A sentence about why it cannot be drawn.
    fn picture(&self, view: View, size: [f32; 2], scale: f32) -> Result<Vec<u8>, String>;
}
