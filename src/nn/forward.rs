//! Forward passes for whoever wants to look at a net: outputs, and every layer's sums and activations, from a vector of
//! weights. Give every thread its own.

use smallvec::SmallVec;

use super::architecture::Architecture;
use super::net::Layers;
use super::pass::push_parts;
use super::precision::{Precision, Real};
use super::share::piece_rows;
use crate::autodiff::{Graph, NodeId, TensorPlan, TensorWorkspace};

/// What a layer made of rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerValues {
    /// The sums, `rows × units`.
    pub sums: Vec<f64>,
    /// The activations, `rows × units`.
    pub activations: Vec<f64>,
}

/// A net to be looked at: compiled at the first use, for a few numbers of rows.
pub struct Forward {
    inner: Inner,
    out: Vec<f64>,
    layers: Vec<LayerValues>,
}

enum Inner {
    F32(Box<Engine<f32>>),
    F64(Box<Engine<f64>>),
}

impl Forward {
    /// A net in a precision.
    pub fn new(architecture: &Architecture, precision: Precision) -> Self {
        let inner = match precision {
            Precision::F32 => Inner::F32(Box::new(Engine::new(architecture))),
            Precision::F64 => Inner::F64(Box::new(Engine::new(architecture))),
        };
        Self { inner, out: Vec::new(), layers: vec![LayerValues::default(); architecture.layers.len()] }
    }

    /// The outputs, `rows × outputs`, for inputs `rows × inputs`.
    ///
    /// # Panics
    /// When there are fewer weights than the net has parameters.
    pub fn outputs(&mut self, weights: &[f64], inputs: &[f64]) -> &[f64] {
        self.out.clear();
        let out = &mut self.out;
        let take = |values: &[&[f64]]| {
            if let [.., last] = values {
                out.extend_from_slice(last);
            }
        };
        match &mut self.inner {
            Inner::F32(engine) => engine.run(weights, inputs, false, take),
            Inner::F64(engine) => engine.run(weights, inputs, false, take),
        }
        &self.out
    }

    /// What every layer makes of inputs `rows × inputs`.
    ///
    /// # Panics
    /// As [`Forward::outputs`].
    pub fn layers(&mut self, weights: &[f64], inputs: &[f64]) -> &[LayerValues] {
        for layer in &mut self.layers {
            layer.sums.clear();
            layer.activations.clear();
        }
        let layers = &mut self.layers;
        let take = |values: &[&[f64]]| {
            for (layer, both) in layers.iter_mut().zip(values.chunks_exact(2)) {
                layer.sums.extend_from_slice(both[0]);
                layer.activations.extend_from_slice(both[1]);
            }
        };
        match &mut self.inner {
            Inner::F32(engine) => engine.run(weights, inputs, true, take),
            Inner::F64(engine) => engine.run(weights, inputs, true, take),
        }
        &self.layers
    }
}

/// A compiled pass over so many rows.
struct Compiled<T> {
    plan: TensorPlan<T>,
    work: TensorWorkspace<T>,
    rows: usize,
    all: bool,
    x: Vec<T>,
    out: Vec<Vec<T>>,
    parts: Vec<usize>,
}

struct Engine<T> {
    architecture: Architecture,
    compiled: Vec<Compiled<T>>,
    weights: Vec<T>,
}

/// How many passes are kept: one row, a grid and what is left of it, in both kinds.
const KEPT: usize = 8;

impl<T: Real> Engine<T> {
    fn new(architecture: &Architecture) -> Self {
        Self { architecture: architecture.clone(), compiled: Vec::new(), weights: Vec::new() }
    }

    /// Hands over the outputs, or with `all` the sums and activations of every layer, piece by piece.
    fn run(&mut self, weights: &[f64], inputs: &[f64], all: bool, mut take: impl FnMut(&[&[f64]])) {
        let width = self.architecture.inputs.max(1);
        self.weights.clear();
        self.weights.extend(weights.iter().map(|&w| T::of(w)));
        for piece in inputs.chunks(piece_rows(&self.architecture) * width) {
            let rows = piece.len() / width;
            if rows == 0 {
                return;
            }
            // A plan for a few more rows saves compiling one for each number.
            let room = rows.next_power_of_two().min(piece_rows(&self.architecture)).max(rows);
            let at = self.find(room, all);
            let Some(compiled) = self.compiled.get_mut(at) else { return };
            compiled.x.fill(T::default());
            for (x, &value) in compiled.x.iter_mut().zip(piece) {
                *x = T::of(value);
            }
            compiled.run(&self.weights);
            let wide: Vec<Vec<f64>> = compiled
                .out
                .iter()
                .map(|values| values[..values.len() / room * rows].iter().map(|x| x.wide()).collect())
                .collect();
            let slices: Vec<&[f64]> = wide.iter().map(Vec::as_slice).collect();
            take(&slices);
        }
    }

    fn find(&mut self, rows: usize, all: bool) -> usize {
        self.compiled.iter().position(|known| known.rows == rows && known.all == all).unwrap_or_else(|| {
            if self.compiled.len() >= KEPT {
                self.compiled.remove(0);
            }
            self.compiled.push(Compiled::new(&self.architecture, rows, all));
            self.compiled.len() - 1
        })
    }
}

impl<T: Real> Compiled<T> {
    fn new(architecture: &Architecture, rows: usize, all: bool) -> Self {
        let mut graph = Graph::new();
        let layers = Layers::add(&mut graph, architecture, rows, false);
        let mut inputs = vec![layers.x];
        inputs.extend(&layers.parameters);
        let outputs: Vec<NodeId> = if all {
            layers.sums.iter().zip(&layers.activations).flat_map(|(&z, &h)| [z, h]).collect()
        } else {
            vec![layers.output()]
        };
        let plan = TensorPlan::compile(&graph, &inputs, &outputs);
        let len = |id: &NodeId| graph.shape(*id).len();
        Self {
            work: plan.workspace(),
            plan,
            rows,
            all,
            x: vec![T::default(); len(&layers.x)],
            out: outputs.iter().map(|id| vec![T::default(); len(id)]).collect(),
            parts: layers.parameters.iter().map(len).collect(),
        }
    }

    fn run(&mut self, weights: &[T]) {
        let mut inputs = SmallVec::new();
        inputs.push(&self.x[..]);
        push_parts(&mut inputs, weights, &self.parts);
        let mut out: SmallVec<[&mut [T]; 64]> = self.out.iter_mut().map(Vec::as_mut_slice).collect();
        self.plan.run(&mut self.work, &inputs, &mut out);
    }
}
