//! What of a picture is chosen rather than computed: the view, its layers, its range, its scales. What changes only the
//! window (panels, hover, theme, language) is no part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Camera, MapChoice, Motion};
use crate::surface::HeightScale;

/// How numbers are laid out on a scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    #[default]
    Linear,
    /// By their logarithm.
    Log,
}

impl From<HeightScale> for Scale {
    fn from(scale: HeightScale) -> Self {
        match scale {
            HeightScale::Linear => Self::Linear,
            HeightScale::Log => Self::Log,
        }
    }
}

/// The choices that decide a picture, besides what descends on what.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// How the surface is looked at.
    pub view: View,
    /// What is drawn.
    pub layers: BTreeSet<Layer>,
    /// Which states of rules have an arrow at the ball, by name, where somebody has chosen; the others have one if they
    /// add to the step ([`crate::descent::Anatomy`]).
    pub arrows: BTreeMap<String, bool>,
    /// How far along the tangent the linear approximation is looked at (1D); none for a share of the range.
    pub epsilon: Option<f64>,
    /// How heights become colors and contour levels.
    pub heights: Scale,
    /// The scale of the loss curve.
    pub losses: Scale,
    /// The visible range of each variable; none for the surface's usual range.
    pub range: Option<Vec<[f64; 2]>>,
    /// From where the relief is looked at.
    pub camera: Camera,
    /// How the relief lays out its heights.
    pub relief: Scale,
    /// How the balls move between iterates.
    pub motion: Motion,
    /// Whether the range is moved along where the selected ball would leave it.
    pub follow: bool,
    /// How the maps are made.
    pub maps: MapChoice,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            view: View::Auto,
            layers: Layer::ALL.into_iter().filter(|layer| layer.at_first()).collect(),
            arrows: BTreeMap::new(),
            epsilon: None,
            heights: Scale::Linear,
            losses: Scale::Linear,
            range: None,
            camera: Camera::default(),
            relief: Scale::Linear,
            motion: Motion::Roll,
            follow: false,
            maps: MapChoice::default(),
        }
    }
}

impl Picture {
    /// Whether a layer is drawn.
    pub fn shows(&self, layer: Layer) -> bool {
        self.layers.contains(&layer)
    }
}

/// How the surface is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// What suits its dimension: a curve, or contours.
    #[default]
    Auto,
    /// A relief in space (2D; one variable has its curve).
    Relief,
    /// The contours and the relief side by side (2D; one variable has its curve).
    Both,
    /// Which minimum the selected racer's rule reaches from each start, and in how many steps.
    Basins,
    /// In how many steps the selected racer's rule arrives, for each setting of two of its numbers.
    Sweep,
}

impl View {
    /// Every view, in the order of the switch.
    pub const ALL: [Self; 5] = [Self::Auto, Self::Relief, Self::Both, Self::Basins, Self::Sweep];

    /// Whether the relief of two variables is seen.
    pub fn shows_relief(self) -> bool {
        matches!(self, Self::Relief | Self::Both)
    }
}

/// Something that is drawn or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The colors of the heights (2D).
    HeatMap,
    /// Contour lines (2D).
    Contours,
    /// The known minima, maxima and saddle points.
    CriticalPoints,
    /// The path that the balls have taken.
    Path,
    /// The path that they will take.
    Prediction,
    /// A mark at each iterate.
    Iterates,
    /// The tangent at the ball (1D).
    Tangent,
    /// The arrow of the negative gradient at the ball.
    Gradient,
    /// The arrow of the next step.
    Step,
    /// The present mini-batch's own loss, and the whole gradient beside the batch's.
    Batch,
    /// Where the rule's memory alone would carry the ball.
    LookAhead,
    /// The linear approximation `f(x) + f′(x)·ε` with its error (1D).
    Approximation,
    /// The directions of the curvature at the ball (2D).
    CurvatureAxes,
    /// The parabola that fits at the ball: its graph (1D), its contour lines (2D).
    LocalModel,
    /// Lines of the coordinates.
    Grid,
}

impl Layer {
    /// Every layer, in the order of menus.
    pub const ALL: [Self; 15] = [
        Self::HeatMap,
        Self::Contours,
        Self::CriticalPoints,
        Self::Path,
        Self::Prediction,
        Self::Iterates,
        Self::Tangent,
        Self::Gradient,
        Self::Step,
        Self::Batch,
        Self::LookAhead,
        Self::Approximation,
        Self::CurvatureAxes,
        Self::LocalModel,
        Self::Grid,
    ];

    /// Whether a new picture shows it.
    fn at_first(self) -> bool {
        !matches!(
            self,
            Self::Grid
                | Self::Iterates
                | Self::LookAhead
                | Self::Approximation
                | Self::CurvatureAxes
                | Self::LocalModel
        )
    }

    /// The name in scenario files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::HeatMap => "heat_map",
            Self::Contours => "contours",
            Self::CriticalPoints => "critical_points",
            Self::Path => "path",
            Self::Prediction => "prediction",
            Self::Iterates => "iterates",
            Self::Tangent => "tangent",
            Self::Gradient => "gradient",
            Self::Step => "step",
            Self::Batch => "batch",
            Self::LookAhead => "look_ahead",
            Self::Approximation => "approximation",
            Self::CurvatureAxes => "curvature_axes",
            Self::LocalModel => "local_model",
            Self::Grid => "grid",
        }
    }

    /// The layer of a name in scenario files.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.id() == id)
    }
}
