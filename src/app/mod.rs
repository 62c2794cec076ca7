//! The window: panels, views, widgets, theme, keys.
//!
//! The only room that knows egui. [`App`] is a library type: it draws itself into any [`egui::Ui`], so that the native
//! shell (`native`), the renderer without a display and the tests are thin around the same program. Views read the
//! session and return commands; after all of them have run, the commands are applied in order, and nothing else
//! changes anything. What is the window's own (folds, hover, language, text being edited) is a view state.

mod alternative;
mod cache;
mod drop;
mod export;
mod files;
mod fit;
pub mod fonts;
mod frame;
pub mod headless;
mod icon;
mod jobs;
mod keys;
mod look;
mod model;
mod native;
mod net;
mod paint;
mod panels;
mod preferences;
pub mod raster;
mod reading;
mod state;
mod study;
pub mod theme;
mod views;
mod widgets;

pub use frame::{App, Options};
pub use native::{WindowError, run};
pub use preferences::{Preferences, system_lang};
pub use state::{Lab, Section, ViewState, WhyTab};
