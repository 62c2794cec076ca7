//! Which nodes of a graph of shaped values are computed together, and in which order.
//!
//! Every node has a level: an elementwise node stands at the level of its arguments where they are computed in the same
//! pass, otherwise one above. What has the same level and kind is one stage.

use std::collections::BTreeSet;

use crate::autodiff::plan::code::Instr;
use crate::autodiff::{Graph, NodeId, Op};

/// How a node is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A scalar among scalars.
    Scalars,
    /// An elementwise value of this many elements.
    Lanes(usize),
    /// A stage of its own.
    Special(NodeId),
}

/// A group of nodes that are computed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub(super) level: u32,
    pub(super) kind: Kind,
}

/// The groups of the nodes that some outputs need.
pub(super) struct Stages<'g> {
    graph: &'g Graph,
    needed: Vec<bool>,
    group: Vec<Option<Group>>,
    outputs: Vec<NodeId>,
}

impl<'g> Stages<'g> {
    pub(super) fn of(graph: &'g Graph, outputs: &[NodeId]) -> Self {
        let count = graph.nodes().len();
        let mut stages =
            Self { graph, needed: vec![false; count], group: vec![None; count], outputs: outputs.to_vec() };
        for output in &mut stages.outputs {
            *output = upright(graph, *output);
            stages.needed[output.index()] = true;
        }
        for index in (0..count).rev() {
            if stages.needed[index] {
                for argument in stages.reads(NodeId(index as u32)) {
                    stages.needed[argument.index()] = true;
                }
            }
        }
        for index in 0..count {
            if stages.needed[index] {
                stages.group[index] = stages.place(NodeId(index as u32));
            }
        }
        stages
    }

    /// What a node really reads: a product reads through a transpose, an elementwise node through a repeated scalar, and
    /// everything through the transpose of a row or a column, which is the same numbers.
    fn reads(&self, id: NodeId) -> Vec<NodeId> {
        let op = self.graph.op(id);
        op.arguments()
            .map(|argument| match op {
                Op::MatMul(..) | Op::Affine(..) => self.through_transpose(argument).0,
                Op::Sum(_) | Op::SumRows(_) | Op::PeakRows(_) | Op::Broadcast(..) | Op::Transpose(_) => {
                    upright(self.graph, argument)
                }
                _ => upright(self.graph, self.through_broadcast(argument)),
            })
            .collect()
    }

    pub(super) fn through_transpose(&self, id: NodeId) -> (NodeId, bool) {
        let id = upright(self.graph, id);
        match self.graph.op(id) {
            Op::Transpose(source) => (source, true),
            _ => (id, false),
        }
    }

    pub(super) fn through_broadcast(&self, id: NodeId) -> NodeId {
        match self.graph.op(id) {
            Op::Broadcast(source, _) if self.graph.shape(source).is_scalar() => source,
            _ => id,
        }
    }

    fn kind(&self, id: NodeId) -> Option<Kind> {
        let shape = self.graph.shape(id);
        match self.graph.op(id) {
            Op::Input(_) | Op::Uniform(_) | Op::Const(_) => None,
            Op::Unary(..) | Op::Binary(..) | Op::Powi(..) | Op::Select(..) => {
                Some(if shape.is_scalar() { Kind::Scalars } else { Kind::Lanes(shape.len()) })
            }
            _ => Some(Kind::Special(id)),
        }
    }

    fn place(&self, id: NodeId) -> Option<Group> {
        let kind = self.kind(id)?;
        let level = self
            .reads(id)
            .into_iter()
            .zip(self.graph.op(id).arguments())
            .filter_map(|(read, argument)| Some((self.group[read.index()]?, read == argument)))
            .map(|(group, direct)| group.level + u32::from(group.kind != kind || !direct))
            .max()
            .unwrap_or(0);
        Some(Group { level, kind })
    }

    /// Whether something that is computed after a node reads a value.
    pub(super) fn is_read_after(&self, value: NodeId, node: NodeId) -> bool {
        let group = self.group[node.index()];
        self.needed().any(|id| self.group[id.index()] > group && self.reads(id).contains(&value))
    }

    /// Whether a value is computed in a pass over elements.
    pub(super) fn is_elementwise(&self, id: NodeId) -> bool {
        self.group[id.index()].is_some_and(|group| matches!(group.kind, Kind::Lanes(_)))
    }

    /// All nodes that are needed.
    pub(super) fn needed(&self) -> impl Iterator<Item = NodeId> {
        (0..self.needed.len()).filter(|&i| self.needed[i]).map(|i| NodeId(i as u32))
    }

    /// The groups, arguments first.
    pub(super) fn in_order(&self) -> BTreeSet<Group> {
        self.group.iter().copied().flatten().collect()
    }

    /// Whether a value is computed in this group.
    pub(super) fn belongs(&self, value: u32, group: Group) -> bool {
        self.group[value as usize] == Some(group)
    }

    /// The elementwise values that a stage of its own reads, or that are asked for.
    pub(super) fn elementwise_outputs(&self) -> Vec<NodeId> {
        let special = self.needed().filter(|&id| matches!(self.kind(id), Some(Kind::Special(_))));
        let read: BTreeSet<NodeId> =
            special.flat_map(|id| self.reads(id)).chain(self.outputs.iter().copied()).collect();
        read.into_iter().filter(|&id| matches!(self.kind(id), Some(Kind::Scalars | Kind::Lanes(_)))).collect()
    }

    /// For each value, whether anything outside of its group reads it.
    pub(super) fn leaving(&self, code: &[Instr]) -> Vec<bool> {
        let mut leaves = vec![false; self.needed.len()];
        self.elementwise_outputs().iter().for_each(|id| leaves[id.index()] = true);
        for instr in code {
            for argument in instr.arguments() {
                let argument = upright(self.graph, NodeId(argument)).index();
                leaves[argument] |= self.group[argument] != self.group[instr.dst as usize];
            }
        }
        leaves
    }
}

/// The value that has the same numbers in the same order: what a row or a column is the transpose of.
pub(super) fn upright(graph: &Graph, id: NodeId) -> NodeId {
    match graph.op(id) {
        Op::Transpose(source) if graph.shape(id).rows == 1 || graph.shape(id).cols == 1 => upright(graph, source),
        _ => id,
    }
}
