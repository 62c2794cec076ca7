//! Slices of a net's loss between the form of a file and a document. All numbers are written down: the file needs neither
//! the net nor its data.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::nn::analysis::Plane;
use crate::nn::{Dataset, Features, Layer, NameError, Penalty, Targets, Values};
use crate::session::{NetSlice, Refusal, SliceProblem};

/// A slice: a net with its weights, two directions through them, and the rows of the loss.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SliceForm {
    name: String,
    loss: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    l1: f64,
    #[serde(default, skip_serializing_if = "is_zero")]
    l2: f64,
    range: [[f64; 2]; 2],
    start: [f64; 2],
    /// The weights at (0, 0), and what a step of 1 in each direction adds to them.
    weights: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
    /// The share of a path's variance along each direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    variance: Option<[f64; 2]>,
    inputs: Vec<String>,
    /// The names of the classes, where the last number of a row is one's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    classes: Option<Vec<String>>,
    /// The inputs and the targets of each row.
    rows: Vec<Vec<f64>>,
    layer: Vec<LayerForm>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct LayerForm {
    units: usize,
    activation: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

/// What a file says of a slice.
pub(super) fn form(slice: &NetSlice) -> SliceForm {
    let data = &slice.data;
    let mut inputs = vec![0.0; data.inputs()];
    let row = |row: usize| {
        data.row(row, &mut inputs);
        let mut all = inputs.clone();
        match &data.targets {
            Targets::Numbers { cols, values } => all.extend(values.iter().skip(row * cols).take(*cols)),
            Targets::Classes { labels, .. } => all.extend(labels.get(row).map(|&label| f64::from(label))),
        }
        all
    };
    let Plane { origin, axes: [first, second], variance } = &*slice.plane;
    SliceForm {
        name: slice.name.clone(),
        loss: slice.loss.to_string(),
        l1: slice.penalty.l1,
        l2: slice.penalty.l2,
        range: slice.range,
        start: slice.start,
        weights: origin.clone(),
        first: first.clone(),
        second: second.clone(),
        variance: *variance,
        inputs: data.features.names.clone(),
        classes: match &data.targets {
            Targets::Classes { names, .. } => Some(names.clone()),
            Targets::Numbers { .. } => None,
        },
        rows: (0..data.rows()).map(row).collect(),
        layer: slice
            .layers
            .iter()
            .map(|layer| LayerForm { units: layer.units, activation: layer.activation.to_string() })
            .collect(),
    }
}

/// The slice of a file; whether its parts fit each other is for the session to say.
pub(super) fn slice(form: SliceForm) -> Result<NetSlice, Problem> {
    let named = |error: NameError| Problem::from(Refusal::Slice(SliceProblem::Name(error)));
    let layer = |form: LayerForm| Ok(Layer { units: form.units, activation: form.activation.parse()? });
    let width = form.inputs.len();
    let targets: Vec<&[f64]> = form.rows.iter().map(|row| row.get(width..).unwrap_or_default()).collect();
    let wrong = |row: usize| Problem::from(Refusal::Slice(SliceProblem::Row(row)));
    let cols = targets.first().map_or(1, |target| target.len());
    if let Some(row) = targets.iter().position(|target| target.is_empty() || target.len() != cols) {
        return Err(wrong(row));
    }
    let values = form.rows.iter().flat_map(|row| row.iter().take(width)).copied().collect();
    let targets = match form.classes {
        None => Targets::Numbers { cols, values: targets.concat() },
        Some(names) => {
            let label = |(row, target): (usize, &&[f64])| {
                let label = target.first().copied().unwrap_or(f64::NAN);
                let known = label >= 0.0 && label < names.len() as f64 && label.fract() == 0.0;
                if known { Ok(label as u32) } else { Err(wrong(row)) }
            };
            let labels = targets.iter().enumerate().map(label).collect::<Result<_, _>>()?;
            Targets::Classes { names, labels }
        }
    };
    let features = Features { names: form.inputs, values: Values::Numbers(values) };
    Ok(NetSlice {
        name: form.name,
        layers: form.layer.into_iter().map(layer).collect::<Result<_, _>>().map_err(named)?,
        loss: form.loss.parse().map_err(named)?,
        penalty: Penalty { l1: form.l1, l2: form.l2 },
        data: Arc::new(Dataset { features, targets }),
        plane: Arc::new(Plane { origin: form.weights, axes: [form.first, form.second], variance: form.variance }),
        range: form.range,
        start: form.start,
    })
}
