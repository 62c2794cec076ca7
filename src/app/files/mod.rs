//! The user's files: scenarios that are opened and saved, and what the window keeps beside its preferences.
//!
//! What cannot be read is refused before it is read; what is written appears whole or not at all. Nothing here draws.

mod autosave;
mod desk;
mod dialog;
mod drafts;
mod folder;
mod fresh;
mod paper;
mod store;
mod trouble;

pub(super) use autosave::{Autosave, Tick};
pub(super) use desk::{Desk, Saving};
pub(super) use dialog::{Answer, FileDialog, Purpose};
pub(super) use folder::{Entry, places};
pub(super) use fresh::Fresh;
pub(super) use paper::Paper;
pub(super) use store::{inside, is_picture, read};
pub(super) use trouble::Trouble;
