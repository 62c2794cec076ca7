//! Names with a number behind (`leaky_relu:0.2`): how activations, losses and initializers are said, and what can be
//! wrong with what was said. Knows none of them.

use crate::lang::nearest;

/// What a name was to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// An activation.
    Activation,
    /// A loss.
    Loss,
    /// An initializer.
    Initializer,
    /// A precision.
    Precision,
}

/// Why a text names nothing.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NameError {
    /// There is no such name.
    #[error("no {kind:?} is called `{name}`")]
    Unknown {
        /// What it was to mean.
        kind: NameKind,
        /// What was asked for.
        name: String,
        /// The names that there are.
        known: Vec<&'static str>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// It takes no number.
    #[error("`{name}` takes no number")]
    NoNumber {
        /// The name.
        name: &'static str,
    },
    /// What stands behind the colon is no number that it takes.
    #[error("`{name}` does not take `{text}`")]
    Number {
        /// The name.
        name: &'static str,
        /// What was given.
        text: String,
        /// Whether only numbers above 0 mean something.
        positive: bool,
    },
}

/// A name that may be said.
#[derive(Clone, Copy)]
pub(super) struct Name {
    pub(super) name: &'static str,
    /// Other words for it.
    pub(super) also: &'static [&'static str],
    /// The number that it takes, with the one that it has unless another is given.
    pub(super) number: Option<Number>,
}

/// A number behind a name.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) default: f64,
    /// Whether it must be above 0.
    pub(super) positive: bool,
}

impl Name {
    /// A name without a number.
    pub(super) const fn plain(name: &'static str) -> Self {
        Self { name, also: &[], number: None }
    }

    /// A name with a number of this default.
    pub(super) const fn with(name: &'static str, default: f64, positive: bool) -> Self {
        Self { name, also: &[], number: Some(Number { default, positive }) }
    }

    /// The same, called otherwise too.
    pub(super) const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
}

/// Which of the names a text says, and its number (0 where it takes none).
pub(super) fn read(kind: NameKind, names: &[Name], text: &str) -> Result<(usize, f64), NameError> {
    let (said, behind) = text.split_once(':').map_or((text, None), |(name, number)| (name, Some(number.trim())));
    let said = said.trim();
    let found = names.iter().position(|known| known.name == said || known.also.contains(&said));
    let Some(at) = found else {
        let known: Vec<&'static str> = names.iter().map(|known| known.name).collect();
        let all = names.iter().flat_map(|known| known.also.iter().chain([&known.name]).copied());
        return Err(NameError::Unknown { kind, name: said.to_owned(), suggestion: nearest(said, all), known });
    };
    let Name { name, number, .. } = names[at];
    match (number, behind) {
        (None, None) => Ok((at, 0.0)),
        (None, Some(_)) => Err(NameError::NoNumber { name }),
        (Some(number), None) => Ok((at, number.default)),
        (Some(Number { positive, .. }), Some(behind)) => match behind.parse::<f64>() {
            Ok(value) if value.is_finite() && (value > 0.0 || !positive) => Ok((at, value)),
            _ => Err(NameError::Number { name, text: behind.to_owned(), positive }),
        },
    }
}
