//! Why there is no picture, in words.

use crate::app::export::{Problem, SIDE};
use crate::explain;
use crate::figure::FigureError;
use crate::i18n::{Lang, fill, text};
use crate::scene::{MAX_PIXELS, MAX_SIDE, SceneError};

/// What is wrong and what helps.
pub(in crate::app) fn problem(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::Document(refusal) => explain::refusal(lang, refusal),
        Problem::Figure(error) => figure(error, lang),
        Problem::Scene(SceneError::Empty { width, height } | SceneError::TooLarge { width, height }) => {
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("width", width), ("height", height), ("side", &MAX_SIDE), ("pixels", &MAX_PIXELS)];
            fill(lang, "app.export.too_large", &values)
        }
        Problem::Scene(error) => error.to_string(),
        Problem::File(trouble) => trouble.words(lang),
    }
}

fn figure(error: &FigureError, lang: Lang) -> String {
    match error {
        FigureError::Dimension { wanted, found, .. } => {
            fill(lang, "app.export.dimension", &[("wanted", wanted), ("found", found)])
        }
        FigureError::Nobody => text(lang, "cli.figure.nobody").to_owned(),
        FigureError::NotLinear(id) => fill(lang, "cli.figure.not_linear", &[("id", id)]),
        FigureError::NoOther(id) => fill(lang, "cli.figure.no_other", &[("id", id)]),
        FigureError::NoLines(id) => fill(lang, "cli.figure.no_lines", &[("id", id)]),
        FigureError::Descent(error) => explain::spec(lang, error),
        FigureError::Small([width, height]) => {
            let (width, height, least) = (width.round(), height.round(), SIDE[0]);
            fill(lang, "app.export.small", &[("width", &width), ("height", &height), ("least", &least)])
        }
    }
}
