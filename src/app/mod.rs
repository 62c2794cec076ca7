//! The window: panels, views, widgets, theme, keys.
//!
//! The only room that knows egui. [`App`] is a library type: it draws itself into any [`egui::Ui`], so that the native
//! shell (`native`), the renderer without a display and the tests are thin around the same program. Views read the
//! session and return commands; after all of them have run, the commands are applied in order, and nothing else
//! changes anything. What is the window's own (folds, hover, language, text being edited) is a view state.

pub mod fonts;
pub mod headless;
mod icon;
mod native;
pub mod raster;
pub mod theme;

pub use native::{WindowError, run};

/// How the window is to open.
#[derive(Default)]
pub struct Options {}

/// The program inside the window.
pub struct App {}

impl App {
    /// The program, not yet in a window.
    pub fn new(_options: Options) -> Self {
        Self {}
    }

    /// The size that the window had last time, in points.
    fn window_size(&self) -> egui::Vec2 {
        egui::vec2(1280.0, 800.0)
    }

    /// Fonts and styles, once, before the first frame.
    pub fn prepare(&self, ctx: &egui::Context) {
        theme::apply(ctx, true);
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        egui::CentralPanel::default().show(ui, |_| {});
    }

    /// Called when the window is closed.
    fn close(&mut self) {}
}
