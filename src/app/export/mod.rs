//! Pictures of the session as files: what is asked for, its preview, writing it in the background, copying it.
//!
//! What is exported is the document as it was when it was asked for: neither play nor undo changes a file that is
//! being written. All of it runs as jobs, so the window never waits.

mod film;
mod name;
mod settings;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use super::jobs::{Going, Jobs};
use crate::i18n::Lang;
use crate::scene::Pixels;
use crate::session::{Document, Session};
pub(super) use name::file_name;
pub(super) use settings::{Format, RATE, SCALE, SECONDS, SIDE, Settings, Unit, moves, views};
pub(super) use work::{Problem, Work};

/// The dialog: what is exported, and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Export {
    /// The document as it was when the dialog was opened.
    pub document: Document,
    /// How many variables its loss has.
    pub dimension: usize,
    /// What is asked for.
    pub settings: Settings,
}

/// A preview.
pub(super) struct Preview {
    /// The picture and the size in points of what it stands for, or why there is none.
    pub shown: Result<(Pixels, [f64; 2]), Problem>,
}

/// What comes of writing or copying.
pub(super) struct Done<T> {
    /// Which of the tasks.
    serial: u64,
    result: Result<T, Problem>,
}

/// What the window is to be told.
pub(super) enum News {
    /// The file is there.
    Written(PathBuf),
    /// The file was given up, or could not be written, and why.
    Failed(Problem),
    /// The picture is to be put on the clipboard.
    Copied(ColorImage),
    /// Writing was stopped by hand.
    Stopped(PathBuf),
}

/// The work behind exports.
pub(super) struct Exports {
    previews: Jobs<(Export, u32), Preview>,
    writing: Jobs<u64, Done<()>>,
    copying: Jobs<u64, Done<Pixels>>,
    serial: u64,
    /// The file that is being written, until its end is told.
    target: Option<(u64, PathBuf)>,
    /// The number of the copy that is awaited.
    copy: Option<u64>,
    /// What was asked for last, for the next time.
    last: Option<Settings>,
    /// The folder that was written to last.
    folder: Option<PathBuf>,
    texture: Option<(Arc<Preview>, TextureHandle)>,
}

/// Points of the place where the preview is drawn.
pub(super) const PREVIEW: [f32; 2] = [520.0, 400.0];
/// The longest that closing the window waits for a file that is given up.
const FAREWELL: Duration = Duration::from_secs(2);

impl Exports {
    /// No work yet; `at_once` for a window without a display.
    pub(super) fn new(at_once: bool) -> Self {
        Self {
            previews: Jobs::new(at_once),
            writing: Jobs::new(at_once),
            copying: Jobs::new(at_once),
            serial: 0,
            target: None,
            copy: None,
            last: None,
            folder: None,
            texture: None,
        }
    }

    /// What a session is exported with at first: as last time, in its own view.
    pub(super) fn open(&self, session: &Session, lang: Lang) -> Export {
        let first = Settings::of(session, lang);
        let settings = match self.last.clone() {
            None => first,
            // What is of this document and this window is not of the last time.
            Some(last) => Settings { view: first.view, title: first.title, end: first.end, lang: first.lang, ..last },
        };
        let mut settings = settings;
        if settings.format.is_film() && !moves(settings.view) {
            settings.format = Format::default();
        }
        Export { document: session.document().clone(), dimension: session.surface().dimension, settings }
    }

    /// The newest preview of an export, and its texture. A job that runs is not given up for each letter that is typed: the
    /// newest wish is its successor.
    pub(super) fn preview(&mut self, ctx: &Context, export: &Export) -> Option<(&Preview, &TextureHandle)> {
        // In whole steps, so that a screen that is zoomed does not ask without end.
        let sharp = (ctx.pixels_per_point() * 4.0).round() as u32;
        if self.previews.going().is_none() {
            let (export, density) = (export.clone(), f64::from(sharp) / 4.0);
            self.previews.ask(ctx, (export.clone(), sharp), move |reporter| {
                let work = Work { document: export.document, settings: export.settings };
                reporter.hand_over(Preview { shown: work.preview(PREVIEW.map(f64::from), density) }, 1.0);
            });
        }
        let newest = self.previews.snapshot()?;
        if self.texture.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, &newest)) {
            let image = match &newest.shown {
                Ok((pixels, _)) => image(pixels),
                Err(_) => ColorImage::default(),
            };
            let texture = ctx.load_texture("export", image, TextureOptions::LINEAR);
            self.texture = Some((newest, texture));
        }
        self.texture.as_ref().map(|(preview, texture)| (&**preview, texture))
    }

    /// The size in points of what the preview shows.
    pub(super) fn shown_size(&self) -> Option<[f64; 2]> {
        let (preview, _) = self.texture.as_ref()?;
        preview.shown.as_ref().ok().map(|(_, size)| *size)
    }

    /// Whether a preview is on its way.
    pub(super) fn is_previewing(&self) -> bool {
        self.previews.going().is_some()
    }

    /// Forgets the preview: nobody looks at it any more.
    pub(super) fn rest(&mut self) {
        self.previews.forget();
        self.texture = None;
    }

    /// Begins to write a file.
    pub(super) fn write(&mut self, ctx: &Context, export: &Export, path: &Path) {
        self.last = Some(export.settings.clone());
        self.folder = path.parent().map(Path::to_owned);
        self.serial += 1;
        self.target = Some((self.serial, path.to_owned()));
        let (serial, path) = (self.serial, path.to_owned());
        let work = Work { document: export.document.clone(), settings: export.settings.clone() };
        self.writing.ask(ctx, serial, move |reporter| {
            let go_on = |share: f32| {
                reporter.progress(share);
                !reporter.cancelled()
            };
            let result = work.write(&path, &go_on);
            reporter.hand_over(Done { serial, result }, 1.0);
        });
    }

    /// Begins to make the picture for the clipboard.
    pub(super) fn copy(&mut self, ctx: &Context, export: &Export) {
        self.last = Some(export.settings.clone());
        self.serial += 1;
        let serial = self.serial;
        self.copy = Some(serial);
        let work = Work { document: export.document.clone(), settings: export.settings.clone() };
        self.copying.ask(ctx, serial, move |reporter| {
            reporter.hand_over(Done { serial, result: work.pixels() }, 1.0);
        });
    }

    /// The file that is being written, and how far.
    pub(super) fn writing(&self) -> Option<(&Path, Going)> {
        let (_, path) = self.target.as_ref()?;
        Some((path, self.writing.going()?))
    }

    /// The folder that was written to last.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.folder.clone().filter(|folder| folder.is_dir())
    }

    /// Gives up the file that is being written: nothing is left of it.
    pub(super) fn stop(&mut self) {
        self.writing.cancel();
    }

    /// What has come to its end since the last time.
    pub(super) fn news(&mut self) -> Vec<News> {
        let mut news = Vec::new();
        let ended = self.writing.going().is_none();
        if let Some((serial, path)) = self.target.take_if(|_| ended) {
            let done = self.writing.snapshot().filter(|done| done.serial == serial);
            news.push(match done.as_deref() {
                Some(Done { result: Ok(()), .. }) => News::Written(path),
                Some(Done { result: Err(problem), .. }) => News::Failed(problem.clone()),
                None => News::Stopped(path),
            });
        }
        let copied = self.copying.snapshot().filter(|done| Some(done.serial) == self.copy);
        if let Some(done) = copied {
            self.copy = None;
            news.push(match &done.result {
                Ok(pixels) => News::Copied(image(pixels)),
                Err(problem) => News::Failed(problem.clone()),
            });
            self.copying.forget();
        }
        news
    }

    /// Called when the window is closed: a file that is being written is given up, and its beginning taken away.
    pub(super) fn close(&mut self) {
        let begun = Instant::now();
        self.writing.cancel();
        while self.writing.is_working() && begun.elapsed() < FAREWELL {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn image(pixels: &Pixels) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([pixels.width as usize, pixels.height as usize], &pixels.rgba)
}
