//! What a figure is asked to be.

use super::marks::Mark;
use super::theme::ThemeName;
use crate::i18n::{Lang, Localized};
use crate::session::{self, Session};

/// What a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The graph of a loss of one variable, with the ways of the balls on it.
    Curve,
    /// A loss of two variables from above: heat map, contour lines, paths.
    Contour,
    /// The same in space.
    Relief,
    /// The loss over the steps.
    Loss,
    /// Which minimum each start reaches, and in how many steps.
    Basins,
    /// In how many steps each pair of settings arrives.
    Sweep,
    /// How fast the error of the selected rule shrinks on a parabola.
    Stability,
    /// The selected rule's step, line by line with its numbers.
    Computation,
}

impl View {
    /// Every view, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::Curve,
        Self::Contour,
        Self::Relief,
        Self::Loss,
        Self::Basins,
        Self::Sweep,
        Self::Stability,
        Self::Computation,
    ];

    /// The name on the command line and in presets.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Curve => "curve",
            Self::Contour => "contour",
            Self::Relief => "relief",
            Self::Loss => "loss",
            Self::Basins => "basins",
            Self::Sweep => "sweep",
            Self::Stability => "stability",
            Self::Computation => "computation",
        }
    }

    /// The view of a name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }

    /// The view that a session shows.
    pub fn of(session: &Session) -> Self {
        let plain = if session.surface().dimension < 2 { Self::Curve } else { Self::Contour };
        match session.document().picture.view {
            session::View::Auto | session::View::Both => plain,
            session::View::Relief if plain == Self::Contour => Self::Relief,
            session::View::Relief => plain,
            session::View::Basins => Self::Basins,
            session::View::Sweep => Self::Sweep,
        }
    }
}

/// The parts around the data that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The title.
    pub title: bool,
    /// What the marks mean.
    pub legend: bool,
    /// The settings, below.
    pub caption: bool,
    /// The numbers along the axes.
    pub ticks: bool,
    /// The names of the axes.
    pub names: bool,
    /// The scale of colors.
    pub scale: bool,
    /// The balls, where they are at the step that is shown.
    pub balls: bool,
    /// The start.
    pub start: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            title: true,
            legend: true,
            caption: true,
            ticks: true,
            names: true,
            scale: true,
            balls: true,
            start: true,
        }
    }
}

/// What a figure is asked to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What it shows.
    pub view: View,
    /// Width and height in points; none for what suits it.
    pub size: Option<[f64; 2]>,
    /// Its colors and lines.
    pub theme: ThemeName,
    /// The language of its words.
    pub lang: Lang,
    /// Its title; none for the name of the surface.
    pub title: Option<String>,
    /// Its caption; none for the settings.
    pub caption: Option<String>,
    /// The names of the axes across and up, where they are not the usual ones.
    pub names: [Option<Localized>; 2],
    /// The names of the racers, in their order, where they are not the usual ones.
    pub labels: Vec<Localized>,
    /// What is drawn around the data.
    pub parts: Parts,
    /// The place in time, in steps; none for that of the session.
    pub at: Option<f64>,
    /// The size of the numbers along the axes in points, from which all other sizes follow; none for what suits the size.
    pub text: Option<f64>,
    /// Pixels for a point in embedded pictures.
    pub density: f64,
    /// What is pointed out.
    pub marks: Vec<Mark>,
}

impl Request {
    /// A figure of a view with everything around it.
    pub fn new(view: View) -> Self {
        Self {
            view,
            size: None,
            theme: ThemeName::default(),
            lang: Lang::default(),
            title: None,
            caption: None,
            names: [None, None],
            labels: Vec::new(),
            parts: Parts::default(),
            at: None,
            text: None,
            density: 3.0,
            marks: Vec::new(),
        }
    }
}
