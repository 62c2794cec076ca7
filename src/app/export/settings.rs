//! What can be chosen of an export, and the request that follows from it.

use crate::figure::{Parts, Request, ThemeName, View};
use crate::i18n::Lang;
use crate::session::Session;

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app) enum Format {
    /// Vectors for pages of the web and for editing.
    #[default]
    Svg,
    /// Vectors for papers.
    Pdf,
    /// Pixels.
    Png,
    /// A film that every program shows.
    Gif,
    /// A film in every color.
    Apng,
    /// The same, smaller.
    Webp,
    /// The numbers as a table.
    Csv,
    /// The numbers for programs.
    Json,
    /// The function, its derivatives and the rules as LaTeX.
    Tex,
}

impl Format {
    /// Still pictures.
    pub(in crate::app) const PICTURES: [Self; 3] = [Self::Svg, Self::Pdf, Self::Png];
    /// Films.
    pub(in crate::app) const FILMS: [Self; 3] = [Self::Gif, Self::Apng, Self::Webp];
    /// Numbers and mathematics.
    pub(in crate::app) const TABLES: [Self; 3] = [Self::Csv, Self::Json, Self::Tex];

    /// Its name, in every language.
    pub(in crate::app) const fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Apng => "APNG",
            Self::Webp => "WebP",
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Tex => "LaTeX",
        }
    }

    /// The ending of its files.
    pub(in crate::app) const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png | Self::Apng => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Tex => "tex",
        }
    }

    /// Whether it moves.
    pub(in crate::app) fn is_film(self) -> bool {
        Self::FILMS.contains(&self)
    }

    /// Whether it is text, not a picture.
    pub(in crate::app) fn is_table(self) -> bool {
        Self::TABLES.contains(&self)
    }

    /// Whether it is made of pixels.
    pub(in crate::app) fn has_pixels(self) -> bool {
        self == Self::Png || self.is_film()
    }
}

/// A unit of lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Unit {
    /// Centimeters.
    Cm,
    /// Millimeters.
    Mm,
    /// Inches.
    In,
    /// Points, of which 72 make an inch.
    Pt,
    /// Of which 96 make an inch.
    Px,
}

impl Unit {
    /// Every unit.
    pub(in crate::app) const ALL: [Self; 5] = [Self::Cm, Self::Mm, Self::In, Self::Pt, Self::Px];

    /// As it is written, in every language.
    pub(in crate::app) const fn name(self) -> &'static str {
        match self {
            Self::Cm => "cm",
            Self::Mm => "mm",
            Self::In => "in",
            Self::Pt => "pt",
            Self::Px => "px",
        }
    }

    /// How many points it is.
    pub(in crate::app) const fn points(self) -> f64 {
        match self {
            Self::Cm => 72.0 / 2.54,
            Self::Mm => 72.0 / 25.4,
            Self::In => 72.0,
            Self::Pt => 1.0,
            Self::Px => PX,
        }
    }
}

/// Points of a px.
const PX: f64 = 0.75;
/// Pixels to a px: the least and the most.
pub(in crate::app) const SCALE: [f64; 2] = [0.1, 16.0];
/// The shortest and the longest side in points.
pub(in crate::app) const SIDE: [f64; 2] = [crate::figure::size::SHORTEST, crate::figure::size::LONGEST];
/// The shortest and the longest film in seconds.
pub(in crate::app) const SECONDS: [f64; 2] = [0.5, 60.0];
/// The fewest and the most frames a second.
pub(in crate::app) const RATE: [f64; 2] = [1.0, 50.0];

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Settings {
    /// The format.
    pub format: Format,
    /// What is shown.
    pub view: View,
    /// The colors.
    pub theme: ThemeName,
    /// The language of its words.
    pub lang: Lang,
    /// Width and height in points; none for what suits the view.
    pub size: Option<[f64; 2]>,
    /// The unit in which they are told.
    pub unit: Unit,
    /// Pixels to a px, for formats that have pixels.
    pub scale: f64,
    /// A title of one's own; empty for the usual one.
    pub title: String,
    /// What stands around the data.
    pub parts: Parts,
    /// Whether the last step is shown, not the one that the window shows.
    pub end: bool,
    /// How long a film moves, in seconds.
    pub seconds: f64,
    /// Its frames a second.
    pub rate: f64,
}

impl Settings {
    /// What suits a session in a language.
    pub(in crate::app) fn of(session: &Session, lang: Lang) -> Self {
        Self {
            format: Format::default(),
            view: View::of(session),
            theme: ThemeName::default(),
            lang,
            size: None,
            unit: Unit::Cm,
            scale: 2.0,
            title: String::new(),
            parts: Parts::default(),
            // At its start there is nothing to be seen yet.
            end: session.document().transport.cursor <= 0.0,
            seconds: 6.0,
            rate: 20.0,
        }
    }

    /// Pixels to a point.
    pub(in crate::app) fn density(&self) -> f64 {
        self.scale / PX
    }

    /// The request of its figure.
    pub(in crate::app) fn request(&self, session: &Session) -> Request {
        let usual = Request::new(self.view);
        let title = self.title.trim();
        Request {
            size: self.size,
            theme: self.theme,
            lang: self.lang,
            title: (!title.is_empty()).then(|| title.to_owned()),
            parts: self.parts,
            at: self.end.then(|| session.last_step() as f64),
            density: if self.format.has_pixels() { self.density().max(1.0) } else { usual.density },
            ..usual
        }
    }
}

/// The views that a loss of so many variables can have, in the order of lists.
pub(in crate::app) fn views(dimension: usize) -> impl Iterator<Item = View> {
    View::ALL.into_iter().filter(move |view| match view {
        View::Curve => dimension == 1,
        View::Contour | View::Relief => dimension == 2,
        _ => true,
    })
}

/// Whether a view changes while time goes on.
pub(in crate::app) fn moves(view: View) -> bool {
    !matches!(view, View::Basins | View::Sweep | View::Stability)
}
