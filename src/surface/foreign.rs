//! Surfaces that are no text: an objective that somebody else has made, such as a slice of a net's loss.

use std::fmt;
use std::sync::Arc;

use super::Surface;
use crate::i18n::Localized;
use crate::lang::{Expr, ExprKind, Formula, Span};
use crate::objective::Objective;

/// An objective that a surface stands for.
#[derive(Clone)]
pub struct Foreign(pub Arc<dyn Objective>);

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an objective of dimension {}", self.0.dimension())
    }
}

impl PartialEq for Foreign {
    /// The same one; what an objective computes cannot be compared.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Surface {
    /// The surface of an objective of two parameters, `a` and `b`. It has no formula that could be read or
    /// written; its text is its name.
    pub fn foreign(name: Localized, objective: Arc<dyn Objective>, domain: [[f64; 2]; 2], start: [f64; 2]) -> Self {
        let nothing = Expr { kind: ExprKind::Number(f64::NAN), span: Span::default() };
        let formula = Formula { params: Vec::new(), body: nothing };
        Self {
            domain: domain.to_vec(),
            start: start.to_vec(),
            foreign: Some(Foreign(objective)),
            ..Self::bare(name.clone(), name.en, formula, &["a", "b"])
        }
    }
}
