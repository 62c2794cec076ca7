//! Figures: a session as a [`Scene`] for a paper or a slide, from which every format is written.
//!
//! A [`Request`] says what is to be seen and how; [`Figure`] lays it out once, for a film as for a still picture, and
//! [`Figure::scene`] draws it at a place in time. The data are the chart's: contour lines are brought to their level and
//! drawn as curves, the map of colors and the shaded relief are pictures under them, everything else is a vector. Layout is
//! exact, because text is measured in the faces that are embedded; the same session gives the same scene to the last bit.
//!
//! The book's figures and the gallery are data ([`presets`]): a scenario, words in both languages, and what is pointed out.

mod arrows;
mod axes;
mod bar;
mod bend;
mod error;
mod frame;
mod ground;
mod latex;
mod legend;
mod lines;
pub mod marks;
mod page;
mod paths;
mod pen;
mod plotted;
mod preset;
mod request;
mod side;
pub mod size;
mod smooth;
mod table;
mod theme;
mod track;
mod view;
mod words;
mod wrap;

pub use error::FigureError;
pub use plotted::Plotted;
pub use preset::{Preset, UnknownPreset, find, presets};
pub use request::{Parts, Request, View};
pub use table::{csv, json};
pub use theme::{Look, Theme, ThemeName};

use crate::descent::map::Map;
use crate::num::crew::{Crew, alone};
use crate::scene::{About, Scene};
use crate::session::Session;
use view::{Picture, Stage, of_map, prepare};

/// A figure that was laid out.
pub struct Figure<'a> {
    stage: Stage<'a>,
    picture: Box<dyn Picture>,
}

impl<'a> Figure<'a> {
    /// Lays out a figure of a session.
    ///
    /// # Errors
    /// Why there is none.
    pub fn new(session: &'a Session, request: &'a Request) -> Result<Self, FigureError> {
        Self::with_crew(session, request, &alone)
    }

    /// The same with help where there is much to compute (maps).
    ///
    /// # Errors
    /// Why there is none.
    pub fn with_crew(session: &'a Session, request: &'a Request, crew: Crew<'a>) -> Result<Self, FigureError> {
        let stage = Stage { session, request, crew };
        Ok(Self { picture: prepare(&stage)?, stage })
    }

    /// A figure of a map that is made already; the view of the request is of no matter.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of_map(session: &'a Session, request: &'a Request, map: Map) -> Result<Self, FigureError> {
        let stage = Stage { session, request, crew: &alone };
        Ok(Self { picture: of_map(&stage, map)?, stage })
    }

    /// Width and height in points.
    pub fn size(&self) -> [f64; 2] {
        self.picture.page().size
    }

    /// The place in time that was asked for, in steps.
    pub fn time(&self) -> f64 {
        let cursor = self.stage.session.document().transport.cursor;
        let at = self.stage.request.at.unwrap_or(cursor);
        if at.is_nan() { cursor } else { at.clamp(0.0, self.stage.session.last_step() as f64) }
    }

    /// The figure at the time that was asked for.
    pub fn scene(&self) -> Scene {
        self.scene_at(self.time())
    }

    /// The figure at a time, in steps: a frame of a film.
    pub fn scene_at(&self, at: f64) -> Scene {
        let Stage { session, request, .. } = self.stage;
        let page = self.picture.page();
        let theme = self.stage.theme();
        let mut pen = page.pen(theme);
        self.picture.draw(&self.stage, &mut pen, at);
        let title = words::title(session, request);
        let description = [words::formula(session), words::reached(session, request.lang)];
        Scene {
            size: page.size,
            background: Some(theme.paper),
            items: pen.items,
            about: About {
                title,
                description: description.join("; "),
                scenario: crate::scenario::write(session.document()),
            },
        }
    }

    /// What it is about as LaTeX: the function, its derivatives, the rules of the racers.
    pub fn latex(&self) -> String {
        let Stage { session, request, .. } = self.stage;
        latex::latex(session, &words::title(session, request), request.lang)
    }

    /// All that is plotted, as numbers.
    pub fn plotted(&self) -> Vec<Plotted> {
        self.picture.plotted(&self.stage)
    }
}

/// A figure of a session.
///
/// # Errors
/// Why there is none.
pub fn scene(session: &Session, request: &Request) -> Result<Scene, FigureError> {
    Figure::new(session, request).map(|figure| figure.scene())
}
