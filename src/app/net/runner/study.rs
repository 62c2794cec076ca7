//! What a view wants to know of the training beside its losses, found out where it runs: rows followed through and back,
//! the naive way to a derivative, how the numbers of the layers are spread, what is taken for what, how a layer bends the
//! plane.

use std::sync::Arc;
use std::time::Instant;

use super::fields::Grid;
use crate::nn::analysis::{
    Judged, LossSpec, Naive, NetLoss, Spread, Told, Trace, WeightStep, judge, naive, spread, trace, weight_step,
};
use crate::nn::{Dataset, Forward, LayerValues, Precision, Targets};
use crate::session::net::{Program, Tape};

/// What is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app) enum Wish {
    /// Nothing more.
    #[default]
    Nothing,
    /// The rows of the next mini-batch, followed through and back, and the update of a parameter.
    Batch {
        /// Which parameter.
        weight: usize,
    },
    /// One row of the training data, followed through and back, with the naive derivative by a parameter.
    Sample {
        /// Which row.
        row: usize,
        /// Which parameter.
        weight: usize,
    },
    /// How the numbers of the layers are spread.
    Spread,
    /// What is taken for what.
    Judged,
    /// What a layer makes of the plane: its number, from 0.
    Warp(usize),
    /// The way of the weights.
    Path,
}

/// What was found out.
pub(in crate::app) enum Study {
    /// Rows followed through.
    Rows(Box<Rows>),
    /// How the numbers are spread.
    Spread(Box<Spread>),
    /// What is taken for what, and whether of the test data.
    Judged(Box<Judged>, bool),
    /// What a layer makes of the plane.
    Warp(Box<Warp>),
    /// The way of the weights: steps and weights.
    Path(Vec<(usize, Vec<f64>)>),
}

/// Rows followed through.
pub(in crate::app) struct Rows {
    /// Which rows of the training data.
    pub rows: Vec<u32>,
    /// What was found.
    pub trace: Trace,
    /// The update of a parameter, of a mini-batch.
    pub update: Option<WeightStep>,
    /// The naive derivative, of a single row.
    pub naive: Option<Naive>,
    /// Seconds of a forward pass and of a backward pass over the row, where a clock was asked.
    pub seconds: Option<[f64; 2]>,
}

/// What a layer makes of the plane and of the points on it: places in two directions of its activations.
pub(in crate::app) struct Warp {
    /// Places along each side of the grid.
    pub side: usize,
    /// The grid's places, row by row from the bottom.
    pub grid: Vec<[f64; 2]>,
    /// The places of rows of the training data, and which rows.
    pub points: Vec<(u32, [f64; 2])>,
    /// The share of the spread that the two directions show; none where the layer has two units.
    pub share: Option<f64>,
}

/// The most rows of a batch that are followed.
const BATCH: usize = 64;
/// The most rows whose activations are counted.
const ROWS: usize = 1000;
/// The most rows that are judged.
const JUDGED: usize = 5000;
/// The most points that are bent.
const POINTS: usize = 400;
/// Bins of a histogram.
const BINS: usize = 36;

impl Wish {
    /// Finds it out; none where nothing is wanted, or it means nothing for this net.
    /// With `clock`, how long passes take, too.
    pub(super) fn study(
        self,
        tape: &mut Tape,
        forward: &mut Forward,
        weights: &[f64],
        grid: Option<&Grid>,
        clock: bool,
    ) -> Option<Study> {
        let program = tape.program().clone();
        match self {
            Self::Nothing => None,
            Self::Path => Some(Study::Path(tape.path())),
            Self::Batch { weight } => {
                let rows: Vec<u32> = tape.next_rows().into_iter().take(BATCH).collect();
                let trace = trace(&loss_of(&program, tape.step(), &program.split.train, &rows)?, weights).ok()?;
                let update = update(tape, &program, weights, &trace, weight);
                Some(Study::Rows(Box::new(Rows { rows, trace, update, naive: None, seconds: None })))
            }
            Self::Sample { row, weight } => {
                let row = u32::try_from(row.min(program.split.train.rows().checked_sub(1)?)).ok()?;
                let spec = loss_of(&program, tape.step(), &program.split.train, &[row])?;
                let trace = trace(&spec, weights).ok()?;
                let mut loss = spec.open().ok()?;
                let naive = naive(&mut loss, weights, weight, &STEPS);
                let seconds = clock.then(|| passes(&mut loss, weights));
                Some(Study::Rows(Box::new(Rows { rows: vec![row], trace, update: None, naive, seconds })))
            }
            Self::Spread => {
                let gradient = tape.gradient();
                let inputs = gathered(&program.split.train, ROWS);
                let values = forward.layers(weights, &inputs);
                Some(Study::Spread(Box::new(spread(&program.architecture, weights, &gradient, values, BINS))))
            }
            Self::Judged => {
                let test = program.split.test.rows() > 0;
                let data = if test { &program.split.test } else { &program.split.train };
                let loss = program.legs.get(program.leg_at(tape.step()))?.recipe.loss;
                let data = first_rows(data, JUDGED)?;
                let outputs = forward.outputs(weights, &gathered(&data, JUDGED)).to_vec();
                Some(Study::Judged(Box::new(judge(loss, &data, &outputs)?), test))
            }
            Self::Warp(layer) => warp(&program, forward, weights, grid?, layer).map(|warp| Study::Warp(Box::new(warp))),
        }
    }
}

/// Steps of the naive way that show both ends, few enough for a table.
const STEPS: [f64; 6] = [1e-1, 1e-2, 1e-4, 1e-6, 1e-8, 1e-12];

/// Seconds of a forward pass and of a forward and backward pass: the shortest of several.
fn passes(loss: &mut NetLoss, weights: &[f64]) -> [f64; 2] {
    let mut gradient = Vec::new();
    let mut shortest = [f64::INFINITY; 2];
    for _ in 0..8 {
        let began = Instant::now();
        loss.value(weights);
        shortest[0] = shortest[0].min(began.elapsed().as_secs_f64());
        let began = Instant::now();
        loss.gradient(weights, &mut gradient);
        shortest[1] = shortest[1].min(began.elapsed().as_secs_f64());
    }
    shortest
}

/// The loss over some rows, in double precision.
fn loss_of(program: &Program, step: usize, data: &Arc<Dataset>, rows: &[u32]) -> Option<LossSpec> {
    let recipe = &program.legs.get(program.leg_at(step))?.recipe;
    Some(LossSpec {
        architecture: (*program.architecture).clone(),
        loss: recipe.loss,
        penalty: recipe.penalty,
        data: data.clone(),
        rows: Some(Arc::new(rows.to_vec())),
        precision: Precision::F64,
    })
}

/// The update of a parameter by the next step, as its rule has it.
fn update(tape: &Tape, program: &Program, weights: &[f64], trace: &Trace, weight: usize) -> Option<WeightStep> {
    let recipe = &program.legs.get(program.leg_at(tape.step()))?.recipe;
    let step = tape.step();
    let base = recipe.settings.first().copied()?;
    let rate =
        recipe.schedule.as_ref().map_or(Some(base), |schedule| schedule.rates(base, step + 1).last().copied())?;
    let states = tape.states();
    let told = Told {
        weights,
        gradient: &trace.gradient,
        loss: trace.loss,
        states: &states,
        rate,
        momentum: None,
        t: step as u64 + 1,
    };
    weight_step(&recipe.optimizer, &recipe.settings, &told, weight).ok()?
}

/// The inputs of the first rows.
fn gathered(data: &Dataset, most: usize) -> Vec<f64> {
    let rows: Vec<u32> = (0..data.rows().min(most) as u32).collect();
    let mut inputs = vec![0.0; rows.len() * data.inputs()];
    data.gather(&rows, &mut inputs);
    inputs
}

/// The same data with the first rows only; itself where it has no more.
pub(in crate::app::net) fn first_rows(data: &Arc<Dataset>, most: usize) -> Option<Arc<Dataset>> {
    if data.rows() <= most {
        return Some(data.clone());
    }
    let inputs = data.inputs();
    let values = match &data.features.values {
        crate::nn::Values::Numbers(values) => crate::nn::Values::Numbers(values.get(..most * inputs)?.to_vec()),
        crate::nn::Values::Pixels(values) => crate::nn::Values::Pixels(values.get(..most * inputs)?.to_vec()),
    };
    let features = crate::nn::Features { names: data.features.names.clone(), values };
    let targets = match &data.targets {
        Targets::Classes { names, labels } => {
            Targets::Classes { names: names.clone(), labels: labels.get(..most)?.to_vec() }
        }
        Targets::Numbers { cols, values } => {
            Targets::Numbers { cols: *cols, values: values.get(..most * cols)?.to_vec() }
        }
    };
    Some(Arc::new(Dataset { features, targets }))
}

/// What a layer makes of the plane.
fn warp(program: &Program, forward: &mut Forward, weights: &[f64], grid: &Grid, layer: usize) -> Option<Warp> {
    let side = super::FIELD;
    grid.ranges.1?;
    let units = program.architecture.layers.get(layer)?.units;
    let rows: Vec<u32> = (0..program.split.train.rows().min(POINTS) as u32).collect();
    let of = |values: &[LayerValues]| values.get(layer).map(|values| values.activations.clone());
    let plane = of(forward.layers(weights, &grid.small))?;
    let points = of(forward.layers(weights, &gathered(&program.split.train, POINTS)))?;
    let (axes, share) = directions(&points, units)?;
    let place = |row: &[f64]| axes.each_ref().map(|axis| axis.iter().zip(row).map(|(a, b)| a * b).sum::<f64>());
    Some(Warp {
        side,
        grid: plane.chunks_exact(units).map(place).collect(),
        points: rows.into_iter().zip(points.chunks_exact(units).map(place)).collect(),
        share,
    })
}

/// The two directions along which activations spread most, and the share of the spread that they show; of one or two
/// units those themselves.
fn directions(points: &[f64], units: usize) -> Option<([Vec<f64>; 2], Option<f64>)> {
    /// The most units whose directions are looked for.
    const MOST: usize = 128;
    let axis = |unit: usize| (0..units).map(|k| f64::from(u8::from(k == unit))).collect::<Vec<f64>>();
    if units <= 2 {
        return Some(([axis(0), axis(1)], None));
    }
    if units > MOST {
        return None;
    }
    let count = (points.len() / units).max(1) as f64;
    let mean: Vec<f64> = (0..units).map(|k| points.iter().skip(k).step_by(units).sum::<f64>() / count).collect();
    let mut spread = vec![0.0; units * units];
    for row in points.chunks_exact(units) {
        for (i, (a, m)) in row.iter().zip(&mean).enumerate() {
            for (j, (b, n)) in row.iter().zip(&mean).enumerate() {
                spread[i * units + j] += (a - m) * (b - n) / count;
            }
        }
    }
    let total: f64 = (0..units).map(|k| spread[k * units + k]).sum();
    let eigen = crate::num::linalg::eigen(units, &spread);
    // The values ascend.
    let share = (eigen.values[units - 1] + eigen.values[units - 2]) / total;
    let axes = [units - 1, units - 2].map(|k| eigen.vectors[k].clone());
    Some((axes, Some(share).filter(|share| share.is_finite())))
}
