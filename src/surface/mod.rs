//! Loss surfaces: a formula of one or two variables, and what is known about it; models with data, whose loss is a surface
//! over their parameters.
//!
//! The catalogue is a data file (`assets/surfaces.toml`); what a person types becomes a [`Surface`] just the same. A
//! surface is an [`Objective`]; it does not know who descends on it, nor how it is drawn.

mod catalogue;
mod curvature;
mod foreign;
mod local;
pub mod model;
mod typed;

use crate::autodiff::{Graph, NodeId};
use crate::i18n::Localized;
use crate::lang::{self, Formula, Value};
use crate::objective::{DataLoss, Objective};
use serde::Deserialize;

pub use catalogue::{Category, UnknownId, catalogue, categories, find, in_category};
pub use curvature::{Curvature, Nature};
pub use foreign::Foreign;
pub use local::{LEVEL, Place};
pub use model::{Model, ModelChoice, ModelError, Sample, Target};

/// A loss surface over `x`, or over `x` and `y`; that of a model over its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// The name in the catalogue, for commands and scenarios; none for a typed formula.
    pub id: Option<String>,
    /// The heading under which it stands in menus ([`categories`]); none for a typed formula.
    pub category: Option<String>,
    /// Its name; a typed formula is its own name.
    pub name: Localized,
    /// The text of the formula, `param` lines included.
    pub source: String,
    /// What the text says.
    pub formula: Formula,
    /// The values of the formula's parameters, in their order.
    pub params: Vec<f64>,
    /// 1 for a curve, 2 for a surface.
    pub dimension: usize,
    /// `x`, or `x` and `y`; `w` and `b`, or one of them, of a model.
    pub variables: Vec<String>,
    /// The usual range of the plot, a pair for each variable. Nothing keeps a descent inside it.
    pub domain: Vec<[f64; 2]>,
    /// Properties: `convex`, `multimodal`, `valley` … (the catalogue's file lists them).
    pub tags: Vec<String>,
    /// How its heights are best told apart.
    pub scale: HeightScale,
    /// A start worth seeing.
    pub start: Vec<f64>,
    /// A learning rate with which plain descent (with [`Surface::momentum`]) from the start shows something.
    pub lr: f64,
    /// The momentum of the prepared example, 0 for none.
    pub momentum: f64,
    /// What it teaches, in a sentence or two; empty for a typed formula.
    pub lesson: Localized,
    /// A fact worth knowing.
    pub note: Option<Localized>,
    /// Author and year.
    pub citation: Option<String>,
    /// The known minima, by value; of very many, the lowest.
    pub minima: Vec<Critical>,
    /// The known maxima, where they are few.
    pub maxima: Vec<Critical>,
    /// The known saddle points, where they are few.
    pub saddles: Vec<Critical>,
    /// The model and its data, of a surface that is a loss over data; the formula is then over their columns.
    pub model: Option<Model>,
    /// What is descended in place of a formula, where the surface is no text.
    pub foreign: Option<Foreign>,
}

/// How heights are best told apart in pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeightScale {
    /// Evenly.
    #[default]
    Linear,
    /// By their logarithm above the lowest: steep walls around a flat floor.
    Log,
}

/// A point with gradient zero (or where the gradient does not exist, at a kink) that is known beforehand.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Critical {
    /// Where.
    pub at: Vec<f64>,
    /// The loss there.
    pub value: f64,
    /// What it is.
    pub kind: CriticalKind,
}

/// What a known critical point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CriticalKind {
    /// A minimum of the lowest value in the domain; several where they tie.
    Global,
    /// Another minimum.
    Local,
    /// A maximum.
    Maximum,
    /// Downhill in one direction, uphill in another.
    Saddle,
}

impl Surface {
    /// The value of a declared parameter.
    pub fn param(&self, name: &str) -> Option<f64> {
        self.formula.params.iter().zip(&self.params).find(|(param, _)| param.name == name).map(|(_, &value)| value)
    }

    /// Gives a declared parameter a value; whether there is one of that name. Known critical points are forgotten
    /// when they may have moved.
    pub fn set_param(&mut self, name: &str, value: f64) -> bool {
        let Some(index) = self.formula.params.iter().position(|param| param.name == name) else {
            return false;
        };
        if self.params[index].to_bits() != value.to_bits() {
            self.params[index] = value;
            self.minima.clear();
            self.maxima.clear();
            self.saddles.clear();
        }
        true
    }

    /// Minima, maxima and saddles together.
    pub fn critical_points(&self) -> impl Iterator<Item = &Critical> {
        self.minima.iter().chain(&self.maxima).chain(&self.saddles)
    }
}

impl Objective for Surface {
    fn dimension(&self) -> usize {
        self.dimension
    }

    fn data(&self) -> Option<&dyn DataLoss> {
        match &self.foreign {
            Some(foreign) => foreign.0.data(),
            None => self.model.is_some().then_some(self),
        }
    }

    fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId {
        if let Some(foreign) = &self.foreign {
            return foreign.0.build(graph, w);
        }
        if let Some(model) = &self.model {
            return self.unrolled(graph, w, model);
        }
        let params: Vec<(&str, NodeId)> = self
            .formula
            .params
            .iter()
            .zip(&self.params)
            .map(|(param, &value)| (param.name.as_str(), graph.constant(value)))
            .collect();
        let env = |name: &str| {
            let variable = self.variables.iter().zip(w).find(|(v, _)| *v == name).map(|(_, &node)| node);
            let node = variable.or_else(|| params.iter().find(|(p, _)| *p == name).map(|&(_, node)| node));
            node.map(Value::Scalar)
        };
        // It was lowered once when the surface was made, and without lists it has no other value than a number.
        let value = lang::lower(graph, &self.formula.body, &env).ok();
        value.and_then(|value| value.scalar()).unwrap_or_else(|| graph.constant(f64::NAN))
    }
}
