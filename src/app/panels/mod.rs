//! The rooms of the window: what (left), view (middle), why (right), when (bottom), and the bar above them.

mod batches;
mod data;
mod drive;
mod export;
mod file_dialog;
mod file_menu;
mod gallery;
mod header;
mod key_list;
mod layers;
mod loss;
mod maps;
mod messages;
mod question;
mod view;
mod what;
mod when;
mod why;

pub(super) use batches::batch_chips;
pub(super) use data::{DataView, data, split};
use data::{Overlay, overlay, settings};
pub(super) use drive::{DriveAsk, DriveControls};
pub(super) use export::{Wanted, export, problem as export_problem, progress as export_progress};
pub(super) use file_dialog::{Asked, file_dialog};
pub(super) use gallery::{Chosen, Gallery};
pub(super) use header::{HEIGHT as HEADER, Shelf, header};
pub(super) use key_list::key_list;
pub(super) use loss::LossLine;
pub(super) use maps::{Maps, Rates, rates};
pub(super) use messages::{drop_here, messages};
pub(super) use question::{Reply, question};
use view::grain;
pub(super) use view::view;
pub(super) use what::what;
pub(super) use when::when;
pub(super) use why::why;
