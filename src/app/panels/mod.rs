//! The rooms of the window: what (left), view (middle), why (right), when (bottom), and the bar above them.

mod data;
mod header;
mod key_list;
mod layers;
mod loss;
mod maps;
mod refusal;
mod view;
mod what;
mod when;
mod why;

pub(super) use data::{DataView, data, split};
use data::{overlay, settings};
pub(super) use header::{HEIGHT as HEADER, header};
pub(super) use key_list::key_list;
pub(super) use loss::LossLine;
pub(super) use maps::{Maps, Rates, rates};
pub(super) use refusal::refusal;
use view::grain;
pub(super) use view::view;
pub(super) use what::what;
pub(super) use when::when;
pub(super) use why::why;
