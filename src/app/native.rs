//! The native shell: a window of eframe around [`App`], and the sentence for when there can be none.
//!
//! It knows nothing of what the window shows.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Arc;

use super::{App, Options};
use crate::i18n::{self, Lang};

/// Why there is no window; each with what the system said.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// No display server was found, or a library of its own is missing.
    #[error("no display: {0}")]
    Display(String),
    /// The display is there, OpenGL is not.
    #[error("no OpenGL: {0}")]
    Graphics(String),
    /// A library that is loaded while the window opens is missing.
    #[error("missing library: {0}")]
    Library(String),
}

/// What a bare Debian or Ubuntu needs for the window: found by adding one package at a time.
const PACKAGES: &str = "apt install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1";
/// The commands that need no display.
const COMMANDS: &str = "downhill run, grad, map, surfaces, optimizers, schedules, schedule, check, screenshot";

impl WindowError {
    /// The sentence for the user: what is missing, what to install, what works without.
    pub fn words(&self, lang: Lang) -> String {
        let (what, cause) = match self {
            Self::Display(cause) => (i18n::text(lang, "app.error.display"), cause),
            Self::Graphics(cause) => (i18n::text(lang, "app.error.graphics"), cause),
            Self::Library(cause) => (i18n::text(lang, "app.error.library"), cause),
        };
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("what", &what), ("cause", cause), ("packages", &PACKAGES), ("commands", &COMMANDS)];
        i18n::fill(lang, "app.error.cure", &values)
    }
}

struct Shell(App);

impl eframe::App for Shell {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.0.close();
    }
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When no window can be opened; the error's text names the cure and the commands that need none.
pub fn run(options: Options) -> Result<(), WindowError> {
    let app = App::new(options);
    let viewport = egui::ViewportBuilder::default()
        .with_title("Downhill")
        .with_app_id("downhill")
        .with_inner_size(app.window_size())
        .with_min_inner_size([960.0, 600.0])
        .with_icon(super::icon::icon());
    let native = eframe::NativeOptions {
        viewport,
        system_font_fallback: false,
        dithering: false,
        centered: true,
        ..Default::default()
    };
    let creator: eframe::AppCreator<'_> = Box::new(move |cc| {
        app.prepare(&cc.egui_ctx);
        Ok(Box::new(Shell(app)))
    });

    // A library that is missing makes a dependency panic; that is a sentence for the user, not a crash.
    let before: Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> = Arc::from(panic::take_hook());
    let outer = Arc::clone(&before);
    panic::set_hook(Box::new(move |info| {
        if !is_missing_library(payload_text(info.payload())) {
            outer(info);
        }
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(|| eframe::run_native("downhill", native, creator)));
    panic::set_hook(Box::new(move |info| before(info)));

    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(match error {
            eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_) => {
                WindowError::Graphics(error.to_string())
            }
            _ => WindowError::Display(last_clause(&error.to_string())),
        }),
        Err(payload) if is_missing_library(payload_text(payload.as_ref())) => {
            Err(WindowError::Library(payload_text(payload.as_ref()).to_owned()))
        }
        Err(payload) => panic::resume_unwind(payload),
    }
}

/// The cause without the chain of those who pass it on.
fn last_clause(text: &str) -> String {
    let clause = text.rsplit(": ").next().unwrap_or(text);
    clause.trim_end_matches([')', '.']).to_owned()
}

fn payload_text(payload: &(dyn std::any::Any + Send)) -> &str {
    payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or_default()
}

fn is_missing_library(text: &str) -> bool {
    text.contains("could not be loaded") || text.contains("Could not load")
}
