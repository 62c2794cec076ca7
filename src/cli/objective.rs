//! What is descended: a surface of the catalogue or a typed formula.

use std::borrow::Cow;

use clap::Args;

use super::failure::Failure;
use super::words;
use crate::explain;
use crate::i18n::Lang;
use crate::surface::{self, Surface};

/// The choice, as arguments.
#[derive(Args)]
pub(super) struct ObjectiveArgs {
    #[command(flatten)]
    choice: Choice,
    /// Dimension of the formula: 1 or 2 [default: 2 if it has y]
    #[arg(long, value_name = "1|2", conflicts_with = "surface", value_parser = clap::value_parser!(u8).range(1..=2))]
    dim: Option<u8>,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Choice {
    /// A surface of the catalogue (`downhill surfaces` lists them)
    #[arg(long, value_name = "ID")]
    surface: Option<String>,
    /// A formula of x, or of x and y
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    formula: Option<String>,
}

impl ObjectiveArgs {
    /// Whether something was chosen.
    pub(super) fn is_given(&self) -> bool {
        self.choice.surface.is_some() || self.choice.formula.is_some()
    }

    /// The text of the formula, such that it has the dimension that was asked for by itself.
    pub(super) fn text(&self, surface: &Surface) -> String {
        let variable = if self.dim == Some(2) { surface.variables.get(1) } else { None };
        match variable.filter(|variable| !surface.formula.body.names().contains(variable.as_str())) {
            Some(variable) => format!("{} + 0*{variable}", surface.source),
            None => surface.source.clone(),
        }
    }

    /// The surface.
    pub(super) fn surface(&self, lang: Lang) -> Result<Cow<'static, Surface>, Failure> {
        match (&self.choice.surface, &self.choice.formula) {
            (Some(id), _) => {
                let found = surface::find(id);
                found.map(Cow::Borrowed).map_err(|unknown| Failure::Input(explain::unknown_surface(lang, &unknown)))
            }
            (None, formula) => {
                let text = formula.as_deref().unwrap_or_default();
                Ok(Cow::Owned(from_formula(text, self.dim.map(usize::from), lang)?))
            }
        }
    }
}

/// The surface of a formula, or its problems in words.
pub(super) fn from_formula(text: &str, dim: Option<usize>, lang: Lang) -> Result<Surface, Failure> {
    Surface::read(text, dim).map_err(|problems| words::diagnostics(lang, "formula", text, &problems))
}
