//! Drawing and writing the frames.

use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::plan::Plan;
use super::target::{Target, numbered};
use crate::cli::failure::Failure;
use crate::cli::figure::words;
use crate::cli::output::Output;
use crate::figure::Figure;
use crate::i18n::{Lang, fill, text};
use crate::scene::animation::{Apng, Colors, Film, Gif, Palette, Reel, Webp};
use crate::scene::{Pixels, SceneError, Show, png_of};

/// How many frames a palette is chosen from.
const SAMPLES: usize = 6;

/// A figure, and the moments at which it is drawn.
pub(super) struct Work<'a> {
    pub(super) figure: &'a Figure<'a>,
    pub(super) plan: &'a Plan,
    /// Pixels to a point.
    pub(super) scale: f64,
    pub(super) lang: Lang,
}

impl Work<'_> {
    /// Makes the film.
    pub(super) fn film(&self, target: &Target, path: &Path) -> Result<(), Failure> {
        match target {
            Target::Pictures { before, digits, after } => self.pictures(before, *digits, after),
            target => self.file(target, path),
        }
    }

    fn failed(&self, error: &SceneError) -> Failure {
        words::scene(error, self.lang)
    }

    /// The pixels at a moment.
    fn draw(&self, show: &mut Show, moment: f64) -> Result<Pixels, Failure> {
        show.pixels(self.figure.scene_at(moment)).map_err(|error| self.failed(&error))
    }

    /// A file that moves.
    fn file(&self, target: &Target, path: &Path) -> Result<(), Failure> {
        let mut output = Output::create(path, self.lang)?;
        let mut show = Show::new(self.scale);
        // The first frame says how large all are.
        let first = self.draw(&mut show, self.plan.moments.first().copied().unwrap_or(0.0))?;
        let about = self.figure.scene().about;
        let reel = Reel { size: first.size(), frames: self.plan.moments.len() as u32, about };
        let mut film = self.begin(target, reel, &mut show)?;
        let bar = self.bar();
        for (number, moment) in self.plan.moments.iter().enumerate() {
            let frame = self.draw(&mut show, *moment)?;
            let bytes = film.frame(&frame, self.plan.seconds(number)).map_err(|error| self.failed(&error))?;
            output.write(&bytes)?;
            bar.inc(1);
        }
        let ending = film.finish().map_err(|error| self.failed(&error))?;
        output.write(&ending.tail)?;
        for (at, bytes) in &ending.patches {
            output.patch(*at, bytes)?;
        }
        bar.finish_and_clear();
        output.finish()
    }

    fn begin(&self, target: &Target, reel: Reel, show: &mut Show) -> Result<Box<dyn Film>, Failure> {
        let film: Result<Box<dyn Film>, SceneError> = match target {
            Target::Gif => {
                let palette = self.palette(show)?;
                Gif::new(reel, &palette).map(|film| Box::new(film) as Box<dyn Film>)
            }
            Target::Webp => Webp::new(reel).map(|film| Box::new(film) as Box<dyn Film>),
            #[cfg(feature = "mp4")]
            Target::Mp4 => crate::scene::animation::Mp4::new(reel, 1.0 / self.plan.pace)
                .map(|film| Box::new(film) as Box<dyn Film>),
            _ => Apng::new(reel).map(|film| Box::new(film) as Box<dyn Film>),
        };
        film.map_err(|error| self.failed(&error))
    }

    /// The colors of some frames, the first and the last among them.
    fn palette(&self, show: &mut Show) -> Result<Palette, Failure> {
        let mut colors = Colors::new();
        let last = self.plan.moments.len() - 1;
        let samples = SAMPLES.min(last + 1);
        for k in 0..samples {
            let moment = self.plan.moments[k * last / samples.saturating_sub(1).max(1)];
            colors.look(&self.draw(show, moment)?);
        }
        Ok(Palette::of(&colors))
    }

    /// A picture each.
    fn pictures(&self, before: &Path, digits: usize, after: &str) -> Result<(), Failure> {
        if let Some(folder) = before.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &folder.display()), ("cause", &error)];
                Failure::Machine(fill(self.lang, "cli.figure.folder_failed", &values))
            })?;
        }
        let mut show = Show::new(self.scale);
        let bar = self.bar();
        for (number, moment) in self.plan.moments.iter().enumerate() {
            let scene = self.figure.scene_at(*moment);
            let about = scene.about.clone();
            let frame = show.pixels(scene).map_err(|error| self.failed(&error))?;
            let mut output = Output::create(&numbered(before, digits, after, number + 1), self.lang)?;
            output.write(&png_of(&frame, Some(self.scale), &about).map_err(|error| self.failed(&error))?)?;
            output.finish()?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// How far it is, on a terminal.
    fn bar(&self) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(self.plan.moments.len() as u64), ProgressDrawTarget::stderr());
        let frames = text(self.lang, "cli.animate.frames");
        // A template of constant parts is sound; if not, the plain bar does.
        match ProgressStyle::with_template(&format!("{{wide_bar}} {{pos}}/{{len}} {frames} {{eta}}")) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}
