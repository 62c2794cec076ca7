//! The window as the command line wants it: glue between two rooms that do not know each other.

use downhill::app::headless::{Shot, render};
use downhill::app::theme::ThemeName;
use downhill::app::{self, App, Options, raster};
use downhill::cli::{Theme, View, Window};
use downhill::scene::About;

/// The window of this machine.
pub(crate) struct Native;

impl Window for Native {
    fn open(&self, view: View) -> Result<(), String> {
        let lang = view.lang.unwrap_or_else(app::system_lang);
        app::run(options(view)).map_err(|error| error.words(lang))
    }

    fn picture(&self, view: View, size: [f32; 2], scale: f32) -> Result<Vec<u8>, String> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        // The prepared example is shown after a second and a half of rolling; a scenario stays where it was saved.
        let (frames, time_step) = if view.session.is_none() && view.net.is_none() { (30, 0.05) } else { (6, 1e-3) };
        let shot = Shot { size, pixels_per_point: scale, threads, frames, time_step, ..Shot::default() };
        let app = std::cell::RefCell::new(App::detached(options(view)));
        let image = render(&shot, |context| app.borrow().prepare(context), |ui| app.borrow_mut().ui(ui));
        let app = app.into_inner();
        // What is dropped on a window again opens as the session that is to be seen.
        let about = About { title: app.title(), scenario: app.text(), ..About::default() };
        raster::png::encode(&image, &about).map_err(|error| error.to_string())
    }
}

fn options(view: View) -> Options {
    let theme = view.theme.map(|theme| match theme {
        Theme::Dark => ThemeName::Dark,
        Theme::Light => ThemeName::Light,
        Theme::Contrast => ThemeName::Contrast,
    });
    Options {
        session: view.session,
        net: view.net,
        file: view.file,
        lang: view.lang,
        theme,
        presentation: view.presentation,
    }
}
