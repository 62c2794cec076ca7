//! The form of a scenario file, version 1. Every field is named here and nowhere else; what may be left out has a default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::slice::SliceForm;
use crate::session::{Camera, MapChoice};

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) version: i64,
    /// How many steps are made at most.
    #[serde(default = "steps")]
    pub(super) steps: usize,
    /// Whether a descent goes on to the end whatever happens.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) never_stop: bool,
    /// The id of the selected racer; the first one if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) selected: Option<u32>,
    pub(super) surface: SurfaceForm,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) noise: NoiseForm,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) batch: BatchForm,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) transport: TransportForm,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) picture: PictureForm,
    #[serde(default)]
    pub(super) racer: Vec<RacerForm>,
    /// Paths that were left by forks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ghost: Vec<GhostForm>,
}

fn steps() -> usize {
    crate::session::Session::STEPS
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// `id`, `formula`, `model` or `slice`; the start is the surface's own if it is left out.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SurfaceForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) formula: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) model: Option<ModelForm>,
    /// A slice of a net's loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) slice: Option<SliceForm>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) params: BTreeMap<String, f64>,
}

/// A model: the id of its entry and what differs from it. The points are those of the sample if they are left out.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModelForm {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prediction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) loss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) points: Option<Vec<[f64; 2]>>,
    /// The entry's own if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sample: Option<SampleForm>,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleForm {
    pub(super) count: usize,
    pub(super) noise: f64,
    #[serde(default)]
    pub(super) seed: Seed,
}

/// The rows of data that a gradient sees: all of them if the size is 0.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BatchForm {
    pub(super) size: usize,
    pub(super) seed: Seed,
}

#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NoiseForm {
    pub(super) sigma: f64,
    /// As text if it is large: TOML has no whole numbers above 2⁶³.
    pub(super) seed: Seed,
}

/// A seed: a whole number, or its digits as text.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum Seed {
    Number(u32),
    Text(String),
}

impl Default for Seed {
    fn default() -> Self {
        Self::Number(0)
    }
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TransportForm {
    pub(super) playing: bool,
    pub(super) looping: bool,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) slow: bool,
    pub(super) speed: f64,
    pub(super) cursor: f64,
}

impl Default for TransportForm {
    fn default() -> Self {
        Self { playing: false, looping: false, slow: false, speed: 1.0, cursor: 0.0 }
    }
}

#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PictureForm {
    /// The names of the layers; the usual ones if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) layers: Option<Vec<String>>,
    /// The states of rules whose arrows were switched on or off.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) arrows: BTreeMap<String, bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) epsilon: Option<f64>,
    /// The surface's own if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heights: Option<ScaleForm>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) losses: ScaleForm,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) range: Option<Vec<[f64; 2]>>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) view: ViewForm,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) camera: CameraForm,
    /// The scale of the relief's heights; the surface's own if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) relief: Option<ScaleForm>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) motion: MotionForm,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) follow: bool,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) maps: MapsForm,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ViewForm {
    #[default]
    Auto,
    Relief,
    Both,
    Basins,
    Sweep,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MotionForm {
    #[default]
    Roll,
    Jump,
}

/// Angles in degrees.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CameraForm {
    pub(super) yaw: f64,
    pub(super) pitch: f64,
    pub(super) zoom: f64,
    pub(super) target: [f64; 3],
}

impl Default for CameraForm {
    fn default() -> Self {
        let Camera { yaw, pitch, zoom, target } = Camera::default();
        Self { yaw, pitch, zoom, target }
    }
}

/// Cells along a side of a map, and what a sweep lays along its axes, across and up.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct MapsForm {
    pub(super) size: usize,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) across: AxisForm,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) up: AxisForm,
}

impl Default for MapsForm {
    fn default() -> Self {
        Self { size: MapChoice::default().size, across: AxisForm::default(), up: AxisForm::default() }
    }
}

/// A number that is varied, by its name, and the range; the usual ones if they are left out.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AxisForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) range: Option<[f64; 2]>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ScaleForm {
    #[default]
    Linear,
    Log,
}

/// `optimizer` or `rule`; settings that are left out have their defaults.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RacerForm {
    /// The place in the list, from 0, if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) optimizer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schedule: Option<String>,
    /// The start of the race if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<Vec<f64>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) hidden: bool,
    /// The number of its looks; the place in the list if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) palette: Option<u8>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) settings: BTreeMap<String, f64>,
    /// What it went through before its forks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) leg: Vec<LegForm>,
}

/// `optimizer` or `rule`, with what held up to the step `until`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LegForm {
    pub(super) until: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) optimizer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schedule: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) settings: BTreeMap<String, f64>,
}

/// The path of a racer before a fork.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GhostForm {
    /// The id of the racer.
    pub(super) of: u32,
    /// The step of the fork.
    pub(super) since: usize,
    pub(super) racer: RacerForm,
}
