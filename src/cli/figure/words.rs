//! Why there is no figure, in words.

use crate::cli::failure::Failure;
use crate::explain;
use crate::figure::FigureError;
use crate::i18n::{Lang, fill, text};
use crate::scene::{MAX_PIXELS, MAX_SIDE, SceneError};

/// Why a session has no figure of this kind.
pub(in crate::cli) fn failure(error: &FigureError, lang: Lang) -> Failure {
    let number = |count: usize| match count {
        1 => text(lang, "cli.figure.one_variable"),
        _ => text(lang, "cli.figure.two_variables"),
    };
    Failure::Input(match error {
        FigureError::Dimension { view, wanted, found } => fill(
            lang,
            "cli.figure.view",
            &[("view", &view.id()), ("wanted", &number(*wanted)), ("found", &number(*found))],
        ),
        FigureError::Nobody => text(lang, "cli.figure.nobody").to_owned(),
        FigureError::NotLinear(id) => fill(lang, "cli.figure.not_linear", &[("id", id)]),
        FigureError::NoOther(id) => fill(lang, "cli.figure.no_other", &[("id", id)]),
        FigureError::NoLines(id) => fill(lang, "cli.figure.no_lines", &[("id", id)]),
        FigureError::Descent(error) => explain::spec(lang, error),
        FigureError::Small([width, height]) => {
            let (width, height) = (width.round(), height.round());
            fill(lang, "cli.figure.small", &[("width", &width), ("height", &height)])
        }
    })
}

/// Why a scene has no picture.
pub(in crate::cli) fn scene(error: &SceneError, lang: Lang) -> Failure {
    match error {
        SceneError::Empty { width, height } | SceneError::TooLarge { width, height } => {
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("width", width), ("height", height), ("side", &MAX_SIDE), ("pixels", &MAX_PIXELS)];
            Failure::Input(fill(lang, "cli.figure.large", &values))
        }
        other => Failure::Machine(other.to_string()),
    }
}
