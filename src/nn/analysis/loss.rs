//! The loss of a net over rows as a function of its weights: value, gradient, and products of the Hessian with
//! directions. Give every thread its own.

use std::sync::Arc;

use super::product::ProductPass;
use crate::nn::architecture::Architecture;
use crate::nn::dataset::Dataset;
use crate::nn::error::TrainingError;
use crate::nn::loss::{Loss, Penalty};
use crate::nn::pass::{Aim, Backward, Measuring, Whole};
use crate::nn::precision::{Precision, Real};
use crate::nn::share::{add, piece_rows};
use crate::nn::targets::Reading;

/// What decides a loss over weights.
#[derive(Clone, Debug)]
pub struct LossSpec {
    /// The net.
    pub architecture: Architecture,
    /// What is minimized.
    pub loss: Loss,
    /// What is added to it for the size of the weights.
    pub penalty: Penalty,
    /// The data.
    pub data: Arc<Dataset>,
    /// The rows that are looked at; none for all. A sample of a large set gives nearly the same picture sooner.
    pub rows: Option<Arc<Vec<u32>>>,
    /// The numbers in which it is computed.
    pub precision: Precision,
}

impl LossSpec {
    /// The loss, compiled at its first use.
    ///
    /// # Errors
    /// What is wrong with the net or the data.
    pub fn open(&self) -> Result<NetLoss, TrainingError> {
        let parameters = self.architecture.parameters();
        let inner = match self.precision {
            Precision::F32 => Inner::F32(Box::new(Engine::new(self)?)),
            Precision::F64 => Inner::F64(Box::new(Engine::new(self)?)),
        };
        Ok(NetLoss { inner, parameters })
    }

    /// The numbers of the rows that are looked at.
    pub(super) fn chosen(&self) -> Vec<u32> {
        let all = || (0..u32::try_from(self.data.rows()).unwrap_or(u32::MAX)).collect();
        self.rows.as_ref().map_or_else(all, |rows| rows.to_vec())
    }

    /// How the loss reads the targets, if all is right.
    pub(super) fn check(&self) -> Result<Reading, TrainingError> {
        self.architecture.check()?;
        if self.data.inputs() != self.architecture.inputs {
            return Err(TrainingError::Inputs { wanted: self.architecture.inputs, found: self.data.inputs() });
        }
        let rows = self.data.rows();
        let known = |chosen: &Arc<Vec<u32>>| !chosen.is_empty() && chosen.iter().all(|&row| (row as usize) < rows);
        if rows == 0 || !self.rows.as_ref().is_none_or(known) {
            return Err(TrainingError::NoRows);
        }
        Ok(Reading::new(self.loss, &self.data, self.architecture.outputs())?)
    }
}

/// A loss over weights, ready to be asked.
pub struct NetLoss {
    inner: Inner,
    parameters: usize,
}

enum Inner {
    F32(Box<Engine<f32>>),
    F64(Box<Engine<f64>>),
}

impl NetLoss {
    /// How many weights it takes.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// The loss at weights, penalty included: one forward pass.
    ///
    /// # Panics
    /// Here and below, when there are fewer weights than parameters.
    pub fn value(&mut self, weights: &[f64]) -> f64 {
        match &mut self.inner {
            Inner::F32(engine) => engine.value(weights),
            Inner::F64(engine) => engine.value(weights),
        }
    }

    /// The loss and its gradient: one forward and one backward pass.
    pub fn gradient(&mut self, weights: &[f64], gradient: &mut Vec<f64>) -> f64 {
        match &mut self.inner {
            Inner::F32(engine) => engine.gradient(weights, gradient),
            Inner::F64(engine) => engine.gradient(weights, gradient),
        }
    }

    /// The Hessian times a direction, without the Hessian: as much as two backward passes.
    pub fn product(&mut self, weights: &[f64], direction: &[f64], out: &mut Vec<f64>) {
        match &mut self.inner {
            Inner::F32(engine) => engine.product(weights, direction, out),
            Inner::F64(engine) => engine.product(weights, direction, out),
        }
    }
}

struct Engine<T> {
    architecture: Architecture,
    aim: Aim,
    data: Arc<Dataset>,
    rows: Vec<u32>,
    reading: Reading,
    /// For whole pieces, and for the last.
    values: Vec<Measuring<T>>,
    gradients: Vec<Backward<T>>,
    products: Vec<ProductPass<T>>,
    weights: Vec<T>,
    direction: Vec<T>,
    piece: Vec<T>,
    total: Vec<T>,
}

impl<T: Real> Engine<T> {
    fn new(spec: &LossSpec) -> Result<Self, TrainingError> {
        Ok(Self {
            architecture: spec.architecture.clone(),
            aim: Aim { loss: spec.loss, penalty: spec.penalty },
            data: Arc::clone(&spec.data),
            rows: spec.chosen(),
            reading: spec.check()?,
            values: Vec::new(),
            gradients: Vec::new(),
            products: Vec::new(),
            weights: Vec::new(),
            direction: Vec::new(),
            piece: Vec::new(),
            total: Vec::new(),
        })
    }

    fn take(&mut self, weights: &[f64]) {
        self.weights.clear();
        self.weights.extend(weights[..self.architecture.parameters()].iter().map(|&w| T::of(w)));
    }

    /// The pieces of the rows, all of one length but the last.
    fn pieces(&self) -> Vec<std::ops::Range<usize>> {
        let (rows, most) = (self.rows.len(), piece_rows(&self.architecture));
        (0..rows).step_by(most).map(|from| from..rows.min(from + most)).collect()
    }

    fn value(&mut self, weights: &[f64]) -> f64 {
        self.take(weights);
        let (mut sum, mut penalty) = (0.0, 0.0);
        for piece in self.pieces() {
            let at = self.values.iter().position(|pass| pass.is_for(piece.len(), self.aim));
            let at = at.unwrap_or_else(|| {
                self.values.push(Measuring::new(&self.architecture, piece.len(), self.aim));
                self.values.len() - 1
            });
            let part = self.values[at].run(&self.data, self.reading, &self.rows[piece], &self.weights);
            sum += part.sum;
            penalty = part.penalty;
        }
        sum / self.aim.loss.count(self.rows.len(), self.architecture.outputs()) as f64 + penalty
    }

    fn gradient(&mut self, weights: &[f64], gradient: &mut Vec<f64>) -> f64 {
        self.take(weights);
        let whole = Whole { rows: self.rows.len() };
        let mut loss = T::default();
        self.begin();
        for piece in self.pieces() {
            let at = self.gradients.iter().position(|pass| pass.data.rows() == piece.len()).unwrap_or_else(|| {
                self.gradients.push(Backward::new(&self.architecture, piece.len(), self.aim, false));
                self.gradients.len() - 1
            });
            let pass = &mut self.gradients[at];
            pass.data.gather(&self.data, self.reading, &self.rows[piece]);
            loss = loss + pass.run(whole, &self.weights, &mut self.piece);
            add(&mut self.total, &self.piece);
        }
        self.finish(gradient);
        loss.wide()
    }

    fn product(&mut self, weights: &[f64], direction: &[f64], out: &mut Vec<f64>) {
        self.take(weights);
        self.direction.clear();
        self.direction.extend(direction[..self.architecture.parameters()].iter().map(|&v| T::of(v)));
        let whole = Whole { rows: self.rows.len() };
        self.begin();
        for piece in self.pieces() {
            let at = self.products.iter().position(|pass| pass.data.rows() == piece.len()).unwrap_or_else(|| {
                self.products.push(ProductPass::new(&self.architecture, piece.len(), self.aim));
                self.products.len() - 1
            });
            let pass = &mut self.products[at];
            pass.data.gather(&self.data, self.reading, &self.rows[piece]);
            pass.run(whole, &self.weights, &self.direction, &mut self.piece);
            add(&mut self.total, &self.piece);
        }
        self.finish(out);
    }

    fn begin(&mut self) {
        let parameters = self.architecture.parameters();
        self.piece.resize(parameters, T::default());
        self.total.clear();
        self.total.resize(parameters, T::default());
    }

    fn finish(&self, out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.total.iter().map(|x| x.wide()));
    }
}
