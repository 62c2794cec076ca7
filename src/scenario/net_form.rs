//! The form of a scenario file about a net, version 1: the table `[net]`. Every field is named here and nowhere else; what
//! may be left out has a default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::form::{BatchForm, ScaleForm, Seed};

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NetFile {
    pub(super) version: i64,
    pub(super) net: NetForm,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The net, from its data to how it is looked at.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NetForm {
    /// Keras' default if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) initializer: Option<String>,
    /// Of the first weights.
    #[serde(default)]
    pub(super) seed: Seed,
    /// `f32` if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) precision: Option<String>,
    /// The hidden layers, then the output.
    pub(super) layers: Vec<LayerForm>,
    pub(super) data: DataForm,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) transport: NetTransportForm,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) picture: NetPictureForm,
    /// The recipes with the steps from which they hold.
    pub(super) leg: Vec<NetLegForm>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayerForm {
    pub(super) units: usize,
    pub(super) activation: String,
}

/// `entry`, `formula`, `painted` or `table`; what is left out is as the entry has it.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DataForm {
    /// The id of a built-in data set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entry: Option<String>,
    /// A formula of `x`, with its range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) formula: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) range: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) noise: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) classes: Option<usize>,
    pub(super) seed: Seed,
    /// The share that is kept for testing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) test: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) features: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) painted: Option<PaintedForm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) table: Option<TableForm>,
}

/// Points that were painted: `x1`, `x2` and the class or target of each.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaintedForm {
    pub(super) task: String,
    #[serde(default = "yes")]
    pub(super) plane: bool,
    pub(super) points: Vec<[f64; 3]>,
}

fn yes() -> bool {
    true
}

/// A table that was read from a file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableForm {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    /// The names of the classes, where the target is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) classes: Option<Vec<String>>,
    /// Inputs and target of each row; none where the file would be too large.
    pub(super) rows: Vec<Vec<f64>>,
}

/// The recipe from a step on. `optimizer` or `rule`; settings that are left out have their defaults.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NetLegForm {
    #[serde(default)]
    pub(super) since: usize,
    pub(super) loss: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) l1: f64,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) l2: f64,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) dropout: f64,
    #[serde(default = "yes")]
    pub(super) shuffle: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) optimizer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schedule: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub(super) batch: BatchForm,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) settings: BTreeMap<String, f64>,
    /// Weights that were set by hand: the place among the parameters, and the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) edits: Vec<(usize, f64)>,
}

#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NetTransportForm {
    pub(super) playing: bool,
    /// Steps a second; as fast as possible if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) speed: Option<f64>,
    pub(super) step: usize,
}

#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NetPictureForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) view: Option<String>,
    /// Layer and unit, both from 0; layer 0 are the inputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) neuron: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) weight: Option<usize>,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) sample: usize,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) losses: ScaleForm,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) test_points: bool,
    #[serde(skip_serializing_if = "is_default")]
    pub(super) discrete: bool,
    /// The slice of the loss along the path of the training.
    #[serde(skip_serializing_if = "is_default")]
    pub(super) slice_path: bool,
    /// Which random directions it has else.
    #[serde(skip_serializing_if = "is_default")]
    pub(super) slice_seed: Seed,
}
