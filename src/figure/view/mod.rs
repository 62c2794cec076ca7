//! The views: each lays out its page once, and is then drawn for any place in time.
//!
//! A new view is a file here with a type that is a [`Picture`], a name in [`super::View`] and a line in [`prepare`].

mod computation;
mod contour;
mod curve;
mod loss;
mod map;
mod relief;
mod stability;

use super::error::FigureError;
use super::page::Page;
use super::pen::Pen;
use super::plotted::Plotted;
use super::request::{Request, View};
use super::theme::Theme;
use crate::num::crew::Crew;
use crate::session::Session;

/// What every view is told.
#[derive(Clone, Copy)]
pub(super) struct Stage<'a> {
    pub session: &'a Session,
    pub request: &'a Request,
    /// Who helps where there is much to compute.
    pub crew: Crew<'a>,
}

impl Stage<'_> {
    /// The theme.
    pub(super) fn theme(&self) -> &'static Theme {
        Theme::get(self.request.theme)
    }

    /// Whether the picture of the session draws a layer.
    pub(super) fn shows(&self, layer: crate::session::Layer) -> bool {
        self.session.document().picture.shows(layer)
    }
}

/// A view that was laid out.
pub(super) trait Picture {
    /// Its page.
    fn page(&self) -> &Page;

    /// Draws the data and what stands around them at a time, in steps.
    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, at: f64);

    /// All that is plotted.
    fn plotted(&self, stage: &Stage<'_>) -> Vec<Plotted>;
}

/// Lays out a map that is made already.
pub(super) fn of_map(stage: &Stage<'_>, map: crate::descent::map::Map) -> Result<Box<dyn Picture>, FigureError> {
    Ok(Box::new(map::Map::of(stage, map)?))
}

/// Lays out the view that is asked for.
pub(super) fn prepare(stage: &Stage<'_>) -> Result<Box<dyn Picture>, FigureError> {
    let dimension = |wanted: usize| match stage.session.surface().dimension {
        found if found == wanted => Ok(()),
        found => Err(FigureError::Dimension { view: stage.request.view, wanted, found }),
    };
    Ok(match stage.request.view {
        View::Curve => {
            dimension(1)?;
            Box::new(curve::Curve::new(stage)?)
        }
        View::Contour => {
            dimension(2)?;
            Box::new(contour::Contour::new(stage)?)
        }
        View::Relief => {
            dimension(2)?;
            Box::new(relief::Relief::new(stage)?)
        }
        View::Loss => Box::new(loss::Loss::new(stage)?),
        View::Basins => Box::new(map::Map::new(stage, false)?),
        View::Sweep => Box::new(map::Map::new(stage, true)?),
        View::Stability => Box::new(stability::Stability::new(stage)?),
        View::Computation => Box::new(computation::Computation::new(stage)?),
    })
}
