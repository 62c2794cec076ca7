//! Compiled graphs of shaped values: models over data columns, dense layers.
//!
//! Runs of elementwise nodes of one length become one pass of the lane interpreter over cache-sized blocks; scalars go
//! through the point interpreter; sums, products and transposes are stages of their own. A transpose that only feeds a
//! product costs nothing.

use smallvec::SmallVec;

use super::code::Instr;
use super::element::Element;
use super::lanes::{self, BLOCK, Frame, INPUT, Register, UNIFORM};
use super::matmul::{Matrix, multiply};
use super::point;
use super::registers::{self, Outputs};
use super::select::{self, Uniform};
use super::stages::{Group, Kind, Stages};
use crate::autodiff::{Graph, NodeId, Op};

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
enum Stage {
    Scalars(Vec<Instr>),
    Lanes { code: Vec<Instr>, inputs: Vec<Home>, outputs: Vec<usize>, len: usize },
    Sum { from: Home, to: u32 },
    SumRows { from: Home, to: usize, cols: usize },
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
    stages: Vec<Stage>,
    outputs: Vec<Result<Home, u32>>,
    buffers: Vec<usize>,
    registers: usize,
}

/// The buffers of a running [`TensorPlan`].
#[derive(Clone, Debug)]
pub struct TensorWorkspace<T> {
    scalars: Vec<T>,
    buffers: Vec<Vec<T>>,
    registers: Vec<Register<T>>,
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
            registers: (0..self.registers).map(|_| lanes::register()).collect(),
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

    fn run(&mut self, stage: &Stage, inputs: &[&[T]]) {
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

    fn run_lanes(&mut self, code: &[Instr], (from, to, len): (&[Home], &[usize], usize), inputs: &[&[T]]) {
        let mut taken: Columns<Vec<T>> = to.iter().map(|&k| std::mem::take(&mut self.buffers[k])).collect();
        let mut registers = std::mem::take(&mut self.registers);
        {
            let columns: Columns<&[T]> = from.iter().map(|&home| self.values(home, inputs)).collect();
            let mut outputs: Columns<&mut [T]> = taken.iter_mut().map(Vec::as_mut_slice).collect();
            for start in (0..len).step_by(BLOCK) {
                lanes::run(
                    code,
                    &mut Frame {
                        registers: &mut registers,
                        uniforms: &self.scalars,
                        inputs: &columns,
                        outputs: &mut outputs,
                        start,
                        len: BLOCK.min(len - start),
                    },
                );
            }
        }
        self.registers = registers;
        for (&k, buffer) in to.iter().zip(taken) {
            self.buffers[k] = buffer;
        }
    }
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

struct Compiler<'g, T> {
    graph: &'g Graph,
    inputs: &'g [NodeId],
    slots: Vec<Option<u32>>,
    homes: Vec<Option<Home>>,
    scalars: Vec<T>,
    buffers: Vec<usize>,
    registers: usize,
}

impl<'g, T: Element> Compiler<'g, T> {
    fn new(graph: &'g Graph, inputs: &'g [NodeId]) -> Self {
        let count = graph.nodes().len();
        let (slots, homes) = (vec![None; count], vec![None; count]);
        Self { graph, inputs, slots, homes, scalars: Vec::new(), buffers: Vec::new(), registers: 0 }
    }

    fn compile(mut self, outputs: &[NodeId]) -> TensorPlan<T> {
        let stages = Stages::of(self.graph, outputs);
        let mut scalar_inputs = Vec::new();
        for (k, input) in self.inputs.iter().enumerate() {
            if self.graph.shape(*input).is_scalar() {
                let slot = self.slot(*input);
                scalar_inputs.push((k, slot));
            } else {
                self.homes[input.index()] = Some(Home::Input(k));
            }
        }
        for id in stages.needed() {
            if let Op::Const(bits) = self.graph.op(id) {
                let slot = self.slot(id);
                self.scalars[slot as usize] = T::of(f64::from_bits(bits));
            }
        }
        let selected = select::instructions(self.graph, &stages.elementwise_outputs(), Uniform::Scalars);
        let leaving = stages.leaving(&selected.code);
        let compiled = stages
            .in_order()
            .into_iter()
            .map(|group| {
                let own: Vec<Instr> =
                    selected.code.iter().copied().filter(|instr| stages.belongs(instr.dst, group)).collect();
                self.stage(group, &own, &stages, &leaving)
            })
            .collect();
        let outputs = outputs
            .iter()
            .map(|&id| if self.graph.shape(id).is_scalar() { Err(self.slot(id)) } else { Ok(self.home(id)) })
            .collect();
        let Self { scalars, buffers, registers, .. } = self;
        TensorPlan { scalars, scalar_inputs, stages: compiled, outputs, buffers, registers }
    }

    /// The slot of a scalar, made at the first question.
    fn slot(&mut self, id: NodeId) -> u32 {
        let next = self.scalars.len() as u32;
        *self.slots[id.index()].get_or_insert_with(|| {
            self.scalars.push(T::default());
            next
        })
    }

    /// The home of a shaped value, made at the first question.
    fn home(&mut self, id: NodeId) -> Home {
        if let Some(home) = self.homes[id.index()] {
            return home;
        }
        assert!(!matches!(self.graph.op(id), Op::Input(_)), "an input is not listed");
        self.buffers.push(self.graph.shape(id).len());
        let home = Home::Buffer(self.buffers.len() - 1);
        self.homes[id.index()] = Some(home);
        home
    }

    fn buffer(&mut self, id: NodeId) -> usize {
        match self.home(id) {
            Home::Buffer(k) => k,
            Home::Input(k) => k,
        }
    }

    fn stage(&mut self, group: Group, own: &[Instr], stages: &Stages<'_>, leaving: &[bool]) -> Stage {
        match group.kind {
            Kind::Scalars => Stage::Scalars(own.iter().map(|instr| instr.map(|v| self.slot(NodeId(v)))).collect()),
            Kind::Lanes(len) => self.lanes(own, stages, leaving, len),
            Kind::Special(id) => self.special(id, stages),
        }
    }

    fn lanes(&mut self, own: &[Instr], stages: &Stages<'_>, leaving: &[bool], len: usize) -> Stage {
        let values = self.graph.nodes().len();
        let mut made = vec![false; values];
        own.iter().flat_map(Instr::targets).for_each(|v| made[v as usize] = true);
        let results: Vec<u32> = own.iter().flat_map(Instr::targets).filter(|&v| leaving[v as usize]).collect();
        let mut columns: Vec<(u32, Home)> = Vec::new();
        let mut places = vec![0_u32; values];
        for v in own.iter().flat_map(Instr::arguments).filter(|&v| !made[v as usize]) {
            let id = stages.through_broadcast(NodeId(v));
            places[v as usize] = if self.graph.shape(id).is_scalar() {
                self.slot(id) | UNIFORM
            } else {
                let home = self.home(id);
                let at = columns.iter().position(|&(w, _)| w == v).unwrap_or_else(|| {
                    columns.push((v, home));
                    columns.len() - 1
                });
                at as u32 | INPUT
            };
        }
        let allocated = registers::allocate(own, values, 0, |v| places[v as usize], &results, Outputs::Columns);
        self.registers = self.registers.max(allocated.registers);
        let outputs = results.iter().map(|&v| self.buffer(NodeId(v))).collect();
        Stage::Lanes { code: allocated.code, inputs: columns.into_iter().map(|(_, home)| home).collect(), outputs, len }
    }

    fn special(&mut self, id: NodeId, stages: &Stages<'_>) -> Stage {
        let shape = self.graph.shape(id);
        match self.graph.op(id) {
            Op::Sum(x) => Stage::Sum { from: self.home(x), to: self.slot(id) },
            Op::SumRows(x) => Stage::SumRows { from: self.home(x), to: self.buffer(id), cols: shape.cols as usize },
            Op::Broadcast(x, _) if self.graph.shape(x).is_scalar() => {
                Stage::Fill { from: self.slot(x), to: self.buffer(id) }
            }
            Op::Broadcast(x, _) => Stage::Repeat { from: self.home(x), to: self.buffer(id) },
            Op::MatMul(a, b) => {
                let (a, b) = (self.factor(stages, a), self.factor(stages, b));
                Stage::MatMul { a, b, to: self.buffer(id) }
            }
            Op::Transpose(x) => Stage::Transpose {
                from: self.home(x),
                to: self.buffer(id),
                rows: shape.cols as usize,
                cols: shape.rows as usize,
            },
            // An elementwise node is never a stage of its own.
            _ => Stage::Scalars(Vec::new()),
        }
    }

    fn factor(&mut self, stages: &Stages<'_>, id: NodeId) -> Factor {
        let shape = self.graph.shape(id);
        let (source, transposed) = stages.through_transpose(id);
        Factor { home: self.home(source), rows: shape.rows as usize, cols: shape.cols as usize, transposed }
    }
}
