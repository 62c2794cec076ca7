//! The work itself: a document and what is asked for become pixels, or a file. It knows no window and can be given up.

use std::path::Path;

use super::film::film;
use super::settings::{Format, Settings};
use crate::app::files::{Fresh, Trouble};
use crate::app::jobs::crew;
use crate::figure::{Figure, FigureError, csv, json};
use crate::scene::{self, Pixels, SceneError};
use crate::session::{Document, Refusal, Session};

/// Why there is no picture or no file.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum Problem {
    /// The document cannot be descended.
    Document(Refusal),
    /// The view has no figure.
    Figure(FigureError),
    /// The figure cannot be drawn at this size.
    Scene(SceneError),
    /// The file cannot be written.
    File(Trouble),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Document(refusal)
    }
}

impl From<FigureError> for Problem {
    fn from(error: FigureError) -> Self {
        Self::Figure(error)
    }
}

impl From<SceneError> for Problem {
    fn from(error: SceneError) -> Self {
        Self::Scene(error)
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Self::File(trouble)
    }
}

/// Cells along a side of a map in a preview: the fewest that a document may have.
const COARSE: usize = 256;

/// A document and what is asked for.
pub(in crate::app) struct Work {
    /// The document.
    pub document: Document,
    /// What is asked for.
    pub settings: Settings,
}

impl Work {
    /// What the figure looks like in a place of so many points, at so many pixels to each; and its size in points.
    pub(in crate::app) fn preview(mut self, room: [f64; 2], density: f64) -> Result<(Pixels, [f64; 2]), Problem> {
        let maps = &mut self.document.picture.maps;
        maps.size = maps.size.min(COARSE);
        let session = Session::open(self.document)?;
        let request = self.settings.request(&session);
        let figure = Figure::with_crew(&session, &request, &crew)?;
        let [width, height] = figure.size();
        let scale = (room[0] / width).min(room[1] / height) * density;
        Ok((scene::pixels(&figure.scene(), scale)?, [width, height]))
    }

    /// The figure as pixels.
    pub(in crate::app) fn pixels(self) -> Result<Pixels, Problem> {
        let session = Session::open(self.document)?;
        let settings = Settings { format: Format::Png, ..self.settings };
        let request = settings.request(&session);
        let figure = Figure::with_crew(&session, &request, &crew)?;
        Ok(scene::pixels(&figure.scene(), settings.density())?)
    }

    /// Writes the file, whole or not at all. `go_on` is told the share that is done and says whether to go on; a file that
    /// is given up leaves nothing.
    pub(in crate::app) fn write(self, path: &Path, go_on: &dyn Fn(f32) -> bool) -> Result<(), Problem> {
        // That it cannot be written is found out before the work.
        let mut file = Fresh::begin(path)?;
        let settings = self.settings;
        let session = Session::open(self.document)?;
        let request = settings.request(&session);
        let figure = Figure::with_crew(&session, &request, &crew)?;
        let scene = || figure.scene();
        let bytes = match settings.format {
            Format::Svg => scene::svg(&scene()).into_bytes(),
            Format::Pdf => scene::pdf(&scene())?,
            Format::Png => scene::png(&scene(), settings.density())?,
            Format::Csv => csv(&figure.plotted()),
            Format::Json => json(&figure.plotted()),
            Format::Tex => figure.latex().into_bytes(),
            Format::Gif | Format::Apng | Format::Webp => {
                if !film(&figure, &settings, &mut file, go_on)? {
                    return Ok(());
                }
                Vec::new()
            }
        };
        file.write(&bytes)?;
        if go_on(1.0) {
            file.finish()?;
        }
        Ok(())
    }
}
