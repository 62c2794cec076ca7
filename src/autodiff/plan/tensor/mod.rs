//! Compiled graphs of shaped values: models over data columns, dense layers.
//!
//! Runs of elementwise nodes of one length become one pass of the lane interpreter over cache-sized blocks; scalars go
//! through the point interpreter; sums, products and transposes are stages of their own. A transpose that only feeds a
//! product costs nothing.

use smallvec::SmallVec;

mod compile;
mod stages;

use compile::Compiler;

use super::code::Instr;
use super::element::Element;
use super::lanes::{Bank, Program};
use super::matmul::{Matrix, multiply};
use super::point;
use crate::autodiff::{Graph, NodeId};

/// Columns of one pass; more than these would allocate.
type Columns<C> = SmallVec<[C; 16]>;

/// Where a shaped value lies.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Home {
    Input(usize),
    Buffer(usize),
}

/// One step of a run.
#[derive(Clone, Debug)]
enum Stage<T> {
    Scalars(Vec<Instr>),
    Lanes { code: Program<T>, inputs: Vec<Home>, outputs: Vec<usize>, len: usize },
    Sum { from: Home, to: u32 },
    SumRows { from: Home, to: usize, cols: usize },
    PeakRows { from: Home, to: Result<usize, u32>, cols: usize },
    Fill { from: u32, to: usize },
    Repeat { from: Home, to: usize },
    Transpose { from: Home, to: usize, rows: usize, cols: usize },
    MatMul { a: Factor, b: Factor, to: usize },
}

#[derive(Clone, Copy, Debug)]
struct Factor {
    home: Home,
    rows: usize,
    cols: usize,
    transposed: bool,
}

/// A compiled graph whose inputs and outputs may have any shape. Immutable; give each thread its own [`TensorWorkspace`].
#[derive(Clone, Debug)]
pub struct TensorPlan<T> {
    scalars: Vec<T>,
    /// The scalar inputs' slots in the file of scalars.
    scalar_inputs: Vec<(usize, u32)>,
    stages: Vec<Stage<T>>,
    outputs: Vec<Result<Home, u32>>,
    buffers: Vec<usize>,
}

/// The buffers of a running [`TensorPlan`].
#[derive(Clone, Debug)]
pub struct TensorWorkspace<T> {
    scalars: Vec<T>,
    buffers: Vec<Vec<T>>,
    bank: Bank<T>,
}

impl<T: Element> TensorPlan<T> {
    /// Compiles what `outputs` need. The values of `inputs` come in this order at run time, row-major.
    ///
    /// # Panics
    ///
    /// When an output depends on an input that is not listed: a bug of the caller.
    pub fn compile(graph: &Graph, inputs: &[NodeId], outputs: &[NodeId]) -> Self {
        Compiler::new(graph, inputs).compile(outputs)
    }

    /// New buffers for one thread.
    pub fn workspace(&self) -> TensorWorkspace<T> {
        TensorWorkspace {
            scalars: self.scalars.clone(),
            buffers: self.buffers.iter().map(|&len| vec![T::default(); len]).collect(),
            bank: Bank::default(),
        }
    }

    /// Evaluates the outputs.
    ///
    /// # Panics
    ///
    /// When a slice is missing or shorter than its shape.
    pub fn run(&self, work: &mut TensorWorkspace<T>, inputs: &[&[T]], out: &mut [&mut [T]]) {
        for &(input, slot) in &self.scalar_inputs {
            work.scalars[slot as usize] = inputs[input][0];
        }
        for stage in &self.stages {
            work.run(stage, inputs);
        }
        for (target, output) in out.iter_mut().zip(&self.outputs) {
            match *output {
                Err(slot) => target[0] = work.scalars[slot as usize],
                Ok(home) => {
                    let values = work.values(home, inputs);
                    target[..values.len()].copy_from_slice(values);
                }
            }
        }
    }
}

impl<T: Element> TensorWorkspace<T> {
    fn values<'a>(&'a self, home: Home, inputs: &[&'a [T]]) -> &'a [T] {
        match home {
            Home::Input(k) => inputs[k],
            Home::Buffer(k) => &self.buffers[k],
        }
    }

    /// Works on a buffer beside the others: it is taken out meanwhile.
    fn write(&mut self, to: usize, work: impl FnOnce(&Self, &mut [T])) {
        let mut target = std::mem::take(&mut self.buffers[to]);
        work(self, &mut target);
        self.buffers[to] = target;
    }

    fn run(&mut self, stage: &Stage<T>, inputs: &[&[T]]) {
        match stage {
            Stage::Scalars(code) => point::run(code, &mut self.scalars),
            Stage::Lanes { code, inputs: from, outputs, len } => self.run_lanes(code, (from, outputs, *len), inputs),
            Stage::Sum { from, to } => {
                let total = sum(self.values(*from, inputs));
                self.scalars[*to as usize] = total;
            }
            Stage::SumRows { from, to, cols } => self.write(*to, |work, target| {
                target.fill(T::default());
                for row in work.values(*from, inputs).chunks_exact(*cols) {
                    for (t, &x) in target.iter_mut().zip(row) {
                        *t = *t + x;
                    }
                }
            }),
            Stage::PeakRows { from, to: Err(to), .. } => {
                let values = self.values(*from, inputs);
                self.scalars[*to as usize] = values.iter().skip(1).fold(values[0], |peak, &x| larger(peak, x));
            }
            Stage::PeakRows { from, to: Ok(to), cols } => self.write(*to, |work, target| {
                let values = work.values(*from, inputs);
                target.copy_from_slice(&values[..*cols]);
                for row in values.chunks_exact(*cols).skip(1) {
                    for (t, &x) in target.iter_mut().zip(row) {
                        *t = larger(*t, x);
                    }
                }
            }),
            Stage::Fill { from, to } => {
                let value = self.scalars[*from as usize];
                self.buffers[*to].fill(value);
            }
            Stage::Repeat { from, to } => self.write(*to, |work, target| {
                let row = work.values(*from, inputs);
                target.chunks_exact_mut(row.len()).for_each(|t| t.copy_from_slice(row));
            }),
            Stage::Transpose { from, to, rows, cols } => self.write(*to, |work, target| {
                let values = work.values(*from, inputs);
                for (k, t) in target.iter_mut().enumerate() {
                    *t = values[(k % rows) * cols + k / rows];
                }
            }),
            Stage::MatMul { a, b, to } => self.write(*to, |work, target| {
                let matrix = |f: &Factor| Matrix {
                    values: work.values(f.home, inputs),
                    rows: f.rows,
                    cols: f.cols,
                    transposed: f.transposed,
                };
                multiply(target, matrix(a), matrix(b));
            }),
        }
    }

    fn run_lanes(&mut self, code: &Program<T>, (from, to, len): (&[Home], &[usize], usize), inputs: &[&[T]]) {
        let mut taken: Columns<Vec<T>> = to.iter().map(|&k| std::mem::take(&mut self.buffers[k])).collect();
        let mut bank = std::mem::take(&mut self.bank);
        {
            let columns: Columns<&[T]> = from.iter().map(|&home| self.values(home, inputs)).collect();
            let mut outputs: Columns<&mut [T]> = taken.iter_mut().map(Vec::as_mut_slice).collect();
            code.run(&mut bank, &self.scalars, len, &columns, &mut outputs);
        }
        self.bank = bank;
        for (&k, buffer) in to.iter().zip(taken) {
            self.buffers[k] = buffer;
        }
    }
}

/// The larger one; nan if one is nan.
fn larger<T: Element>(a: T, b: T) -> T {
    let nan = a.partial_cmp(&a).is_none();
    if nan || a > b { a } else { b }
}

/// The sum in a fixed order: eight running sums, then those.
fn sum<T: Element>(values: &[T]) -> T {
    let mut running = [T::default(); 8];
    let (chunks, rest) = values.as_chunks::<8>();
    for chunk in chunks {
        for (r, &x) in running.iter_mut().zip(chunk) {
            *r = *r + x;
        }
    }
    for (r, &x) in running.iter_mut().zip(rest) {
        *r = *r + x;
    }
    let [a, b, c, d, e, f, g, h] = running;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}
