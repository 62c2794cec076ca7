//! What is pointed out on a figure: points, arrows, measures and words, as data. The book's figures are made of them.

mod draw;
mod sight;

use serde::Deserialize;

pub(super) use draw::draw;
pub(super) use sight::{CurveSight, Sight};

use crate::i18n::Localized;

/// Something that is pointed out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// What it is.
    pub kind: Kind,
    /// Where; of a line, an arrow or a measure where it begins.
    pub at: Spot,
    /// Where it ends.
    pub to: Option<Spot>,
    /// What is said beside it; `{x}`, `{value}` and `{slope}` are the numbers at its place. Lines end with `\n`.
    #[serde(default)]
    pub label: Localized,
    /// On which side the words stand, as on a compass: `n`, `ne`, `e` …
    #[serde(default)]
    pub side: Compass,
    /// How far, in units, the words stand off.
    #[serde(default = "gap")]
    pub gap: f64,
    /// Its color.
    #[serde(default)]
    pub ink: InkName,
    /// How far, in units, a tangent reaches to each side.
    #[serde(default = "reach")]
    pub reach: f64,
}

fn gap() -> f64 {
    7.0
}

fn reach() -> f64 {
    80.0
}

/// The kinds of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A full dot.
    Point,
    /// An open ring.
    Ring,
    /// Words alone.
    Words,
    /// An arrow.
    Arrow,
    /// A line with a bar at each end: a length.
    Measure,
    /// A thin dashed line.
    Line,
    /// The tangent of the curve at its place.
    Tangent,
    /// A thin dashed line down to the horizontal axis.
    Drop,
}

impl Kind {
    /// Whether it lies behind the balls.
    pub(super) fn is_behind(self) -> bool {
        matches!(self, Self::Line | Self::Tangent | Self::Drop)
    }
}

/// A place of the data.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Spot {
    /// On the curve, over this number.
    On(f64),
    /// Two numbers: both variables, or the variable and the loss.
    At([f64; 2]),
    /// An iterate of a racer.
    Iterate(Iterate),
    /// On the tangent of the curve.
    Tangent(OnTangent),
    /// The corner below (or above) one place, at the height of another.
    Corner(Corner),
}

/// An iterate.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Iterate {
    /// Which racer, from 0 in the order of the list.
    #[serde(default)]
    pub racer: usize,
    /// Which step; the last one for a step beyond it.
    pub step: usize,
    /// Away from it, in units of the page, across and down.
    #[serde(default)]
    pub shift: [f64; 2],
}

/// A place on a tangent.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnTangent {
    /// Where the tangent touches the curve.
    pub tangent: f64,
    /// Where on it.
    pub x: f64,
}

/// A place under one place and beside another.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corner {
    /// Whose place across.
    pub under: Step,
    /// Whose height.
    pub beside: Step,
}

/// A step of the first racer.
pub type Step = usize;

/// A side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are those of the compass")]
pub enum Compass {
    #[default]
    N,
    Ne,
    E,
    Se,
    S,
    Sw,
    W,
    Nw,
}

impl Compass {
    /// The direction on the page, y down; the sides are of length one along each axis.
    pub(super) fn way(self) -> [f64; 2] {
        match self {
            Self::N => [0.0, -1.0],
            Self::Ne => [0.8, -0.8],
            Self::E => [1.0, 0.0],
            Self::Se => [0.8, 0.8],
            Self::S => [0.0, 1.0],
            Self::Sw => [-0.8, 0.8],
            Self::W => [-1.0, 0.0],
            Self::Nw => [-0.8, -0.8],
        }
    }
}

/// A color of the theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InkName {
    /// That of what is pointed out.
    #[default]
    Mark,
    /// Text of the second rank.
    Muted,
    /// The tangent's.
    Tangent,
    /// The gradient's.
    Gradient,
    /// The step's.
    Step,
    /// The first racer's.
    First,
    /// The second racer's.
    Second,
}
