//! From graph to instructions: dead nodes out, pairs fused, sines joined with their cosines.

use super::code::{Code, First, Instr, Join, Second};
use crate::autodiff::{Binary, Graph, NodeId, Op, Unary};

/// Straight-line code over value numbers that are node indices.
pub(super) struct Selected {
    /// In topological order.
    pub(super) code: Vec<Instr>,
    /// Whether a node is needed at all.
    pub(super) live: Vec<bool>,
    /// Whether a node's value is the same for all lanes.
    pub(super) uniform: Vec<bool>,
}

/// What counts as uniform.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Uniform {
    /// What is the same for all lanes of a plan of scalars.
    OverLanes,
    /// Every scalar beside shaped values.
    Scalars,
}

/// Chooses the instructions for the elementwise nodes that `outputs` need.
pub(super) fn instructions(graph: &Graph, outputs: &[NodeId], kind: Uniform) -> Selected {
    let nodes = graph.nodes();
    let mut live = vec![false; nodes.len()];
    let mut uses = vec![0_u32; nodes.len()];
    for output in outputs {
        live[output.index()] = true;
        // Counted as two: an output keeps a place of its own and is never folded into its user.
        uses[output.index()] += 2;
    }
    for index in (0..nodes.len()).rev() {
        if live[index] {
            for argument in nodes[index].op.arguments() {
                live[argument.index()] = true;
                uses[argument.index()] += 1;
            }
        }
    }
    let mut uniform = vec![false; nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        uniform[index] = match node.op {
            Op::Broadcast(a, _) if kind == Uniform::Scalars => graph.shape(a).is_scalar(),
            _ if kind == Uniform::Scalars => node.shape.is_scalar(),
            Op::Const(_) | Op::Uniform(_) => true,
            Op::Input(_) => false,
            op => op.arguments().all(|a| uniform[a.index()]),
        };
    }
    let pairs = fuse(graph, &live, &uses, &uniform);
    Selected { code: emit(graph, &live, &uniform, &pairs), live, uniform }
}

/// What a node does with the operations below it.
#[derive(Clone, Copy, PartialEq)]
enum Pairing {
    Alone,
    /// Its first or its second argument is computed in the same instruction.
    Absorbs {
        inner: NodeId,
        inner_is_first: bool,
    },
    /// Both arguments, products with a uniform factor, are computed in the same instruction.
    Blends,
    Absorbed,
}

fn first_kind(op: Op) -> Option<(First, NodeId, NodeId)> {
    match op {
        Op::Binary(Binary::Add, a, b) => Some((First::Add, a, b)),
        Op::Binary(Binary::Sub, a, b) => Some((First::Sub, a, b)),
        Op::Binary(Binary::Mul, a, b) => Some((First::Mul, a, b)),
        Op::Binary(Binary::Div, a, b) => Some((First::Div, a, b)),
        _ => None,
    }
}

/// How `outer` joins the result of its first or second argument with its other one.
fn second_kind(outer: First, inner_is_first: bool) -> Option<Second> {
    Some(match (outer, inner_is_first) {
        (First::Add, _) => Second::Add,
        (First::Mul, _) => Second::Mul,
        (First::Sub, true) => Second::Minus,
        (First::Sub, false) => Second::From,
        (First::Div, true) => Second::Over,
        (First::Div, false) => return None,
    })
}

/// The factors of a product with exactly one uniform factor: the varying one, then the uniform one.
fn scaled(graph: &Graph, id: NodeId, uniform: &[bool]) -> Option<(NodeId, NodeId)> {
    match graph.op(id) {
        Op::Binary(Binary::Mul, a, b) if uniform[a.index()] && !uniform[b.index()] => Some((b, a)),
        Op::Binary(Binary::Mul, a, b) if uniform[b.index()] && !uniform[a.index()] => Some((a, b)),
        _ => None,
    }
}

fn fuse(graph: &Graph, live: &[bool], uses: &[u32], uniform: &[bool]) -> Vec<Pairing> {
    let nodes = graph.nodes();
    let mut pairs = vec![Pairing::Alone; nodes.len()];
    // Blends first: they save most.
    for index in (0..nodes.len()).filter(|&i| live[i] && !uniform[i]) {
        if let Some((First::Add | First::Sub, a, b)) = first_kind(nodes[index].op)
            && a != b
            && [a, b].iter().all(|&id| uses[id.index()] == 1 && scaled(graph, id, uniform).is_some())
        {
            pairs[index] = Pairing::Blends;
            pairs[a.index()] = Pairing::Absorbed;
            pairs[b.index()] = Pairing::Absorbed;
        }
    }
    for index in (0..nodes.len()).filter(|&i| live[i] && !uniform[i]) {
        let Some((outer, a, b)) = first_kind(nodes[index].op) else { continue };
        if pairs[index] != Pairing::Alone {
            continue;
        }
        let eligible = |id: NodeId, is_first: bool, pairs: &[Pairing]| {
            let inner = id.index();
            uses[inner] == 1
                && !uniform[inner]
                && pairs[inner] == Pairing::Alone
                && nodes[inner].shape == nodes[index].shape
                && first_kind(nodes[inner].op).is_some()
                && second_kind(outer, is_first).is_some()
        };
        let chosen = match (eligible(a, true, &pairs), eligible(b, false, &pairs)) {
            (true, _) => Some((a, true)),
            (false, true) => Some((b, false)),
            (false, false) => None,
        };
        if let Some((inner, inner_is_first)) = chosen {
            pairs[inner.index()] = Pairing::Absorbed;
            pairs[index] = Pairing::Absorbs { inner, inner_is_first };
        }
    }
    pairs
}

fn emit(graph: &Graph, live: &[bool], uniform: &[bool], pairs: &[Pairing]) -> Vec<Instr> {
    let nodes = graph.nodes();
    let mut code = Vec::new();
    // The partner of a sine is the cosine of the same argument, and the other way round.
    let partner = |index: usize| -> Option<(usize, bool)> {
        let Op::Unary(op @ (Unary::Sin | Unary::Cos), x) = nodes[index].op else { return None };
        let other = if op == Unary::Sin { Unary::Cos } else { Unary::Sin };
        (0..nodes.len()).find(|&k| live[k] && nodes[k].op == Op::Unary(other, x)).map(|k| (k, op == Unary::Sin))
    };
    for (index, node) in nodes.iter().enumerate() {
        if !live[index] || pairs[index] == Pairing::Absorbed {
            continue;
        }
        let dst = index as u32;
        let plain = Instr { code: Code::Copy, dst, dst2: dst, a: dst, b: dst, c: dst, d: dst };
        let instr = match node.op {
            Op::Unary(op, a) => match partner(index) {
                Some((other, _)) if other < index => continue,
                Some((other, is_sine)) => {
                    let (sine, cosine) = if is_sine { (index, other) } else { (other, index) };
                    Instr { code: Code::SinCos, dst: sine as u32, dst2: cosine as u32, a: a.0, ..plain }
                }
                None => Instr { code: Code::Unary(op), a: a.0, ..plain },
            },
            Op::Binary(op, a, b) => match pairs[index] {
                Pairing::Absorbs { inner, inner_is_first } => {
                    fused(graph, plain, inner, inner_is_first).unwrap_or(plain)
                }
                Pairing::Blends => blend(graph, uniform, plain, (op, a, b)).unwrap_or(plain),
                _ => Instr { code: Code::Binary(op), a: a.0, b: b.0, ..plain },
            },
            Op::Powi(a, n) => Instr { code: Code::Powi(n), a: a.0, ..plain },
            Op::Select(a, b, c) => Instr { code: Code::Select, a: a.0, b: b.0, c: c.0, ..plain },
            _ => continue,
        };
        code.push(instr);
    }
    code
}

fn fused(graph: &Graph, plain: Instr, inner: NodeId, inner_is_first: bool) -> Option<Instr> {
    let (outer, left, right) = first_kind(graph.nodes()[plain.dst as usize].op)?;
    let (first, a, b) = first_kind(graph.op(inner))?;
    let second = second_kind(outer, inner_is_first)?;
    let c = if inner_is_first { right } else { left };
    Some(Instr { code: Code::Fused(first, second), a: a.0, b: b.0, c: c.0, ..plain })
}

fn blend(graph: &Graph, uniform: &[bool], plain: Instr, (op, a, b): (Binary, NodeId, NodeId)) -> Option<Instr> {
    let join = if op == Binary::Add { Join::Add } else { Join::Sub };
    let ((a, b), (c, d)) = (scaled(graph, a, uniform)?, scaled(graph, b, uniform)?);
    Some(Instr { code: Code::Blend(join), a: a.0, b: b.0, c: c.0, d: d.0, ..plain })
}
