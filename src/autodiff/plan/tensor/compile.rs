//! From a graph of shaped values to stages.

use super::stages::{Group, Kind, Stages};
use super::{Factor, Home, Stage, TensorPlan};
use crate::autodiff::plan::code::Instr;
use crate::autodiff::plan::element::Element;
use crate::autodiff::plan::lanes::{INPUT, Program, UNIFORM};
use crate::autodiff::plan::registers::{self, Outputs};
use crate::autodiff::plan::select::{self, Uniform};
use crate::autodiff::{Graph, NodeId, Op};

/// Gives every value a slot or a home, and every group of nodes a stage.
pub(super) struct Compiler<'g, T> {
    graph: &'g Graph,
    inputs: &'g [NodeId],
    slots: Vec<Option<u32>>,
    homes: Vec<Option<Home>>,
    scalars: Vec<T>,
    buffers: Vec<usize>,
}

impl<'g, T: Element> Compiler<'g, T> {
    pub(super) fn new(graph: &'g Graph, inputs: &'g [NodeId]) -> Self {
        let count = graph.nodes().len();
        let (slots, homes) = (vec![None; count], vec![None; count]);
        Self { graph, inputs, slots, homes, scalars: Vec::new(), buffers: Vec::new() }
    }

    pub(super) fn compile(mut self, outputs: &[NodeId]) -> TensorPlan<T> {
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
        let Self { scalars, buffers, .. } = self;
        TensorPlan { scalars, scalar_inputs, stages: compiled, outputs, buffers }
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

    fn stage(&mut self, group: Group, own: &[Instr], stages: &Stages<'_>, leaving: &[bool]) -> Stage<T> {
        match group.kind {
            Kind::Scalars => Stage::Scalars(own.iter().map(|instr| instr.map(|v| self.slot(NodeId(v)))).collect()),
            Kind::Lanes(len) => self.lanes(own, stages, leaving, len),
            Kind::Special(id) => self.special(id, stages),
        }
    }

    fn lanes(&mut self, own: &[Instr], stages: &Stages<'_>, leaving: &[bool], len: usize) -> Stage<T> {
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
        let outputs = results.iter().map(|&v| self.buffer(NodeId(v))).collect();
        let code = Program::bind(&allocated.code, allocated.registers, columns.len(), results.len());
        Stage::Lanes { code, inputs: columns.into_iter().map(|(_, home)| home).collect(), outputs, len }
    }

    fn special(&mut self, id: NodeId, stages: &Stages<'_>) -> Stage<T> {
        let shape = self.graph.shape(id);
        match self.graph.op(id) {
            Op::Sum(x) => Stage::Sum { from: self.home(x), to: self.slot(id) },
            Op::SumRows(x) => Stage::SumRows { from: self.home(x), to: self.buffer(id), cols: shape.cols as usize },
            Op::PeakRows(x) => {
                let to = if shape.is_scalar() { Err(self.slot(id)) } else { Ok(self.buffer(id)) };
                Stage::PeakRows { from: self.home(x), to, cols: shape.cols as usize }
            }
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
