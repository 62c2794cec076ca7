//! The formats of a figure.

use std::path::Path;

use clap::ValueEnum;

use super::words;
use crate::cli::failure::Failure;
use crate::figure::{self, Figure};
use crate::i18n::{Lang, fill};
use crate::scene;

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Picture {
    /// Vectors for pages of the web and for editing
    Svg,
    /// Vectors for papers
    Pdf,
    /// Pixels
    Png,
}

impl Picture {
    /// The ending of its files.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Format {
    /// The picture.
    Picture(Picture),
    /// Its numbers as comma-separated values.
    Csv,
    /// Its numbers as JSON.
    Json,
    /// What it is about, as LaTeX.
    Latex,
}

impl Format {
    /// The format that the name of a file says.
    pub(in crate::cli) fn of(path: &Path, lang: Lang) -> Result<Self, Failure> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("svg") => Ok(Self::Picture(Picture::Svg)),
            Some("pdf") => Ok(Self::Picture(Picture::Pdf)),
            Some("png") => Ok(Self::Picture(Picture::Png)),
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some("tex") => Ok(Self::Latex),
            _ => Err(Failure::Input(fill(lang, "cli.figure.ending", &[("path", &path.display())]))),
        }
    }

    /// The same for a table: a picture is none.
    pub(super) fn of_data(path: &Path, lang: Lang) -> Result<Self, Failure> {
        match Self::of(path, lang)? {
            Self::Picture(_) => Err(Failure::Input(fill(lang, "cli.figure.table", &[("path", &path.display())]))),
            table => Ok(table),
        }
    }

    /// Pixels for a point in embedded pictures: in a PNG its own.
    pub(super) fn density(self, scale: f64, usual: f64) -> f64 {
        if self == Self::Picture(Picture::Png) { scale.max(1.0) } else { usual }
    }

    /// A figure in this format.
    pub(in crate::cli) fn bytes(self, figure: &Figure<'_>, scale: f64, lang: Lang) -> Result<Vec<u8>, Failure> {
        let failed = |error: scene::SceneError| words::scene(&error, lang);
        match self {
            Self::Picture(Picture::Svg) => Ok(scene::svg(&figure.scene()).into_bytes()),
            Self::Picture(Picture::Pdf) => scene::pdf(&figure.scene()).map_err(failed),
            Self::Picture(Picture::Png) => scene::png(&figure.scene(), scale).map_err(failed),
            Self::Csv => Ok(figure::csv(&figure.plotted())),
            Self::Json => Ok(figure::json(&figure.plotted())),
            Self::Latex => Ok(figure.latex().into_bytes()),
        }
    }
}
