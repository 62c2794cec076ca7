//! From a graph of shaped values to stages.

use std::sync::Arc;

use super::memory::{Home, Homes};
use super::stages::{Group, Kind, Stages, upright};
use super::{Factor, Outcome, Stage, TensorPlan};
use crate::autodiff::plan::code::Instr;
use crate::autodiff::plan::element::Element;
use crate::autodiff::plan::lanes::{INPUT, LONG_BLOCK, Program, UNIFORM, Watched};
use crate::autodiff::plan::matmul::is_small;
use crate::autodiff::plan::registers::{self, Outputs};
use crate::autodiff::plan::select::{self, Uniform};
use crate::autodiff::{Graph, NodeId, Op};

/// Gives every value a slot or a home, and every group of nodes a stage.
pub(super) struct Compiler<'g, T> {
    graph: &'g Graph,
    inputs: &'g [NodeId],
    /// Whether the first inputs are replaced by the outputs.
    updates: bool,
    slots: Vec<Option<u32>>,
    places: Vec<Option<Spot>>,
    scalars: Vec<f64>,
    buffers: Vec<usize>,
    stages: Vec<Stage<T>>,
}

/// A home before it is known how many buffers there are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spot {
    Buffer(usize),
    Input(usize),
    Output(usize),
}

/// Stages name homes by numbers of their own until all are known: buffers, inputs and outputs in thirds.
const THIRD: u32 = 1 << 28;

impl From<Spot> for Home {
    fn from(spot: Spot) -> Self {
        Self(match spot {
            Spot::Buffer(k) => k as u32,
            Spot::Input(k) => THIRD + k as u32,
            Spot::Output(k) => 2 * THIRD + k as u32,
        })
    }
}

impl<'g, T: Element> Compiler<'g, T> {
    pub(super) fn new(graph: &'g Graph, inputs: &'g [NodeId], updates: bool) -> Self {
        let count = graph.nodes().len();
        let (slots, places) = (vec![None; count], vec![None; count]);
        let (scalars, buffers, stages) = (Vec::new(), Vec::new(), Vec::new());
        Self { graph, inputs, updates, slots, places, scalars, buffers, stages }
    }

    pub(super) fn compile(mut self, outputs: &[NodeId]) -> TensorPlan<T> {
        let stages = Stages::of(self.graph, outputs);
        let mut scalar_inputs = Vec::new();
        for (k, input) in self.inputs.iter().enumerate() {
            if self.graph.shape(*input).is_scalar() {
                let slot = self.slot(*input);
                scalar_inputs.push((k, slot));
            } else {
                self.places[input.index()] = Some(Spot::Input(k));
            }
        }
        for id in stages.needed() {
            if let Op::Const(bits) = self.graph.op(id) {
                let slot = self.slot(id);
                self.scalars[slot as usize] = f64::from_bits(bits);
            }
        }
        let outcomes: Vec<Outcome> =
            outputs.iter().enumerate().map(|(k, &id)| self.outcome(k, id, outputs, &stages)).collect();
        let selected = select::instructions(self.graph, &stages.elementwise_outputs(), Uniform::Scalars);
        let leaving = stages.leaving(&selected.code);
        for group in stages.in_order() {
            let own: Vec<Instr> =
                selected.code.iter().copied().filter(|instr| stages.belongs(instr.dst, group)).collect();
            let stage = self.stage(group, &own, &stages, &leaving);
            self.stages.push(stage);
        }
        self.finish(scalar_inputs, outcomes)
    }

    /// How the value of an output comes to the caller.
    fn outcome(&mut self, k: usize, id: NodeId, outputs: &[NodeId], stages: &Stages<'_>) -> Outcome {
        let id = upright(self.graph, id);
        if self.graph.shape(id).is_scalar() {
            return Outcome::Scalar(self.slot(id));
        }
        match self.places[id.index()] {
            Some(Spot::Input(own)) if self.updates && own == k => return Outcome::Done,
            Some(Spot::Input(_)) if self.updates => {
                // What it is a copy of may be replaced before the end.
                let from = self.home(id);
                let to = self.new_buffer(id);
                self.stages.push(Stage::Copy { from, to });
                return Outcome::Copy(to);
            }
            Some(Spot::Input(_) | Spot::Output(_)) => return Outcome::Copy(self.home(id)),
            _ => {}
        }
        let direct = if self.updates {
            // What is replaced must not be read afterwards.
            stages.is_elementwise(id) && !self.inputs.get(k).is_some_and(|&old| stages.is_read_after(old, id))
        } else {
            true
        };
        if direct && !outputs[..k].contains(&id) {
            self.places[id.index()] = Some(Spot::Output(k));
            return Outcome::Done;
        }
        Outcome::Copy(self.home(id))
    }

    /// The plan, with all homes in their final order.
    fn finish(self, scalar_inputs: Vec<(usize, u32)>, outcomes: Vec<Outcome>) -> TensorPlan<T> {
        let Self { graph, inputs, updates, scalars, buffers, mut stages, places, .. } = self;
        let (b, i) = (buffers.len() as u32, inputs.len() as u32);
        let settle = |home: &mut Home| {
            home.0 = match (home.0 / THIRD, home.0 % THIRD) {
                (0, k) => k,
                (1, k) => b + k,
                (_, k) => b + i + k,
            };
        };
        stages.iter_mut().for_each(|stage| stage.homes().into_iter().for_each(settle));
        let outcomes = outcomes
            .into_iter()
            .map(|outcome| match outcome {
                Outcome::Copy(mut home) => {
                    settle(&mut home);
                    Outcome::Copy(home)
                }
                other => other,
            })
            .collect::<Vec<_>>();
        let shaped = |id: &NodeId| if graph.shape(*id).is_scalar() { 0 } else { graph.shape(*id).len() };
        let mut written = vec![0; outcomes.len()];
        for (index, place) in places.iter().enumerate() {
            if let Some(Spot::Output(k)) = place {
                written[*k] = graph.nodes()[index].shape.len();
            }
        }
        // An update's outputs lie where its inputs do.
        if updates {
            written.iter_mut().zip(inputs).for_each(|(len, id)| *len = shaped(id));
        }
        let homes = Homes { buffers, inputs: inputs.iter().map(shaped).collect(), outputs: written };
        let small = |home: &Home| home.0 < b;
        let mut blocks = 0;
        for stage in &mut stages {
            if let Stage::Lanes { inputs, outputs, len, block, padded, aside, .. } = stage {
                if updates && outputs.iter().any(|home| home.0 >= b + i) {
                    let first = outputs.iter().position(|home| home.0 == b + i);
                    *aside = Some(Watched(first.unwrap_or(usize::MAX)));
                }
                *padded = inputs.iter().chain(&*outputs).all(small);
                if *len <= LONG_BLOCK {
                    *block = Some(blocks);
                    blocks += 1;
                }
            }
        }
        TensorPlan { scalars, scalar_inputs, stages, outcomes, homes: Arc::new(homes), blocks }
    }

    /// The slot of a scalar, made at the first question.
    fn slot(&mut self, id: NodeId) -> u32 {
        let next = self.scalars.len() as u32;
        *self.slots[id.index()].get_or_insert_with(|| {
            self.scalars.push(0.0);
            next
        })
    }

    /// The home of a shaped value, made at the first question.
    fn home(&mut self, id: NodeId) -> Home {
        let id = upright(self.graph, id);
        if let Some(spot) = self.places[id.index()] {
            return spot.into();
        }
        assert!(!matches!(self.graph.op(id), Op::Input(_)), "an input is not listed");
        let home = self.new_buffer(id);
        self.places[id.index()] = Some(Spot::Buffer(home.0 as usize));
        home
    }

    fn new_buffer(&mut self, id: NodeId) -> Home {
        self.buffers.push(self.graph.shape(id).len());
        Spot::Buffer(self.buffers.len() - 1).into()
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
        let outputs = results.iter().map(|&v| self.home(NodeId(v))).collect();
        let code = Program::bind(&allocated.code, allocated.registers, columns.len(), results.len());
        let inputs = columns.into_iter().map(|(_, home)| home).collect();
        Stage::Lanes { code, inputs, outputs, len, block: None, padded: false, aside: None }
    }

    fn special(&mut self, id: NodeId, stages: &Stages<'_>) -> Stage<T> {
        match self.graph.op(id) {
            Op::Sum(x) => Stage::Sum { from: self.home(x), to: self.slot(id) },
            Op::SumRows(x) => Stage::SumRows { from: self.home(x), to: self.home(id) },
            Op::PeakRows(x) => {
                let scalar = self.graph.shape(id).is_scalar();
                let to = if scalar { Err(self.slot(id)) } else { Ok(self.home(id)) };
                Stage::PeakRows { from: self.home(x), to }
            }
            Op::Broadcast(x, _) if self.graph.shape(x).is_scalar() => {
                Stage::Fill { from: self.slot(x), to: self.home(id) }
            }
            Op::Broadcast(x, _) => Stage::Repeat { from: self.home(x), to: self.home(id) },
            Op::MatMul(a, b) => self.product((a, b, None), id, stages),
            Op::Affine(a, b, bias) => self.product((a, b, Some(bias)), id, stages),
            Op::Transpose(x) => {
                Stage::Transpose { from: self.home(x), to: self.home(id), cols: self.graph.shape(x).cols as usize }
            }
            // An elementwise node is never a stage of its own.
            _ => Stage::Scalars(Vec::new()),
        }
    }

    fn product(&mut self, (a, b, bias): (NodeId, NodeId, Option<NodeId>), id: NodeId, stages: &Stages<'_>) -> Stage<T> {
        let (a, mut b) = (self.factor(stages, a), self.factor(stages, b));
        if b.transposed && a.rows > 1 && is_small(a.rows, a.cols, b.cols) {
            // Tiles read the second factor along its rows; for one row of the first that does not pay.
            self.buffers.push(b.rows * b.cols);
            let to = Spot::Buffer(self.buffers.len() - 1).into();
            self.stages.push(Stage::Transpose { from: b.home, to, cols: b.rows });
            b = Factor { home: to, transposed: false, ..b };
        }
        Stage::MatMul { a, b, bias: bias.map(|bias| self.home(bias)), to: self.home(id) }
    }

    fn factor(&mut self, stages: &Stages<'_>, id: NodeId) -> Factor {
        let shape = self.graph.shape(id);
        let (source, transposed) = stages.through_transpose(id);
        let (rows, cols) = (shape.rows as usize, shape.cols as usize);
        // A row and a column are the same numbers.
        let transposed = transposed && rows > 1 && cols > 1;
        Factor { home: self.home(source), rows, cols, transposed }
    }
}
