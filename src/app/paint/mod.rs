//! Marks on the screen: balls, arrows, markers, dashed paths, icons, text with a halo.
//!
//! Everything here is told where and in which colors to draw; it knows nothing of descents.

mod arrow;
mod ball;
mod icon;
mod marker;
mod path;
mod text;

pub(super) use arrow::{ArrowStyle, Head, arrow};
pub(super) use ball::{Ball, soft_shadow};
pub(super) use icon::{Icon, icon};
pub(super) use marker::marker;
pub(super) use path::{haloed_path, path};
pub(super) use text::{axis_number, elided_text, face, haloed_text, strong, text, tilted_text};
