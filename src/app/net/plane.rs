//! The plane that answers are looked at over: its range, the places of the points on it, and the rows that a net is given
//! for the places of its grid. Made anew only when the data is.

use std::sync::Arc;

use super::runner::{FIELD, Grid, OUTPUT};
use crate::nn::data::{DataSpec, Source, find_dataset};
use crate::nn::{Dataset, Split, Values};

/// The plane of a data set.
pub(in crate::app) struct NetPlane {
    spec: DataSpec,
    /// The names of the inputs that it shows: one or two.
    pub names: Vec<String>,
    /// The range of the first and of the second input, or of the target where there is one input.
    pub ranges: [[f64; 2]; 2],
    /// Whether there are two inputs.
    pub flat: bool,
    /// The data as it was drawn, without extra inputs.
    pub raw: Split,
    /// Where answers are wanted.
    pub grid: Arc<Grid>,
}

impl NetPlane {
    /// The plane of data; none where its inputs are pixels, or there is nothing to draw.
    pub(in crate::app) fn of(spec: &DataSpec) -> Option<Self> {
        let mut map = spec.feature_map().ok()?;
        let raw = DataSpec { features: Vec::new(), ..spec.clone() }.split().ok()?;
        let Values::Numbers(values) = &raw.train.features.values else { return None };
        let inputs = raw.train.inputs();
        let rows = raw.train.rows();
        if inputs == 0 || rows == 0 {
            return None;
        }
        let mean = |k: usize| values.iter().skip(k).step_by(inputs).sum::<f64>() / rows as f64;
        let means: Vec<f64> = (0..inputs).map(mean).collect();
        let flat = inputs >= 2;
        let domain = |k: usize| domain(spec, &raw, k);
        let (x, y) = (domain(0), if flat { domain(1) } else { target_range(&raw) });
        let ranges = [x, y];
        let mut rows_of = |across: usize, up: usize| {
            let mut rows = Vec::with_capacity(across * up * inputs);
            for j in 0..up {
                for i in 0..across {
                    let at = [between(x, i, across), if flat { between(y, j, up) } else { 0.0 }];
                    rows.extend((0..inputs).map(|k| at.get(k).copied().filter(|_| k < 2).unwrap_or(means[k])));
                }
            }
            let mut given = Vec::new();
            map.apply(&rows, &mut given);
            given
        };
        let [small, large] = if flat {
            [rows_of(FIELD, FIELD), rows_of(OUTPUT, OUTPUT)]
        } else {
            [rows_of(FIELD, 1), rows_of(4 * OUTPUT, 1)]
        };
        let grid = Grid { ranges: (x, flat.then_some(y)), small, large, inputs: map.outputs() };
        let names = raw.train.features.names.iter().take(2).cloned().collect();
        Some(Self { spec: spec.clone(), names, ranges, flat, raw, grid: Arc::new(grid) })
    }

    /// Whether it is the plane of this data.
    pub(in crate::app) fn is_of(&self, spec: &DataSpec) -> bool {
        self.spec == *spec
    }

    /// The place of a row: its first two inputs, or its input and its target.
    pub(in crate::app) fn place(&self, data: &Dataset, row: usize) -> [f64; 2] {
        let inputs = data.inputs();
        let input = |k: usize| match &data.features.values {
            Values::Numbers(values) => values.get(row * inputs + k).copied().unwrap_or(f64::NAN),
            Values::Pixels(_) => f64::NAN,
        };
        if self.flat { [input(0), input(1)] } else { [input(0), target(data, row)] }
    }
}

/// What is wanted of a row, as a number.
pub(in crate::app) fn target(data: &Dataset, row: usize) -> f64 {
    match &data.targets {
        crate::nn::Targets::Numbers { cols, values } => values.get(row * cols).copied().unwrap_or(f64::NAN),
        crate::nn::Targets::Classes { labels, .. } => labels.get(row).map_or(f64::NAN, |label| f64::from(*label)),
    }
}

/// The place of a cell's middle along a range.
fn between([low, high]: [f64; 2], index: usize, count: usize) -> f64 {
    low + (high - low) * (index as f64 + 0.5) / count as f64
}

/// The usual range of an input, or that of the rows with air around.
fn domain(spec: &DataSpec, raw: &Split, input: usize) -> [f64; 2] {
    let usual = match &spec.source {
        Source::Entry(id) => find_dataset(id).ok().and_then(|entry| entry.domain.get(input).copied()),
        Source::Formula { range, .. } => Some(*range),
        Source::Table(_) | Source::Painted { .. } => None,
    };
    let rows = || [&raw.train, &raw.test].into_iter().flat_map(|data| column(data, input));
    let start = usual.unwrap_or([f64::INFINITY, f64::NEG_INFINITY]);
    let [low, high] = rows().fold(start, |[low, high], value| [low.min(value), high.max(value)]);
    match (usual, &spec.source) {
        (Some(range), _) if [low, high] == range => range,
        (None, Source::Painted { .. }) => [low.min(-6.0), high.max(6.0)],
        _ if low < high => airy([low, high]),
        _ => [low - 1.0, low + 1.0],
    }
}

fn column(data: &Dataset, input: usize) -> Vec<f64> {
    match &data.features.values {
        Values::Numbers(values) => values.iter().skip(input).step_by(data.inputs().max(1)).copied().collect(),
        Values::Pixels(_) => Vec::new(),
    }
}

fn airy([low, high]: [f64; 2]) -> [f64; 2] {
    let air = 0.06 * (high - low);
    [low - air, high + air]
}

/// The range of the targets with air around; of classes a little more than 0 to the last.
fn target_range(raw: &Split) -> [f64; 2] {
    let all = || [&raw.train, &raw.test].into_iter().flat_map(|data| (0..data.rows()).map(|row| target(data, row)));
    let [low, high] =
        all().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)]);
    if low < high {
        let air = 0.15 * (high - low);
        [low - air, high + air]
    } else {
        [low - 1.0, low + 1.0]
    }
}
