//! From graph to instructions: dead nodes out, pairs fused, sines joined with their cosines.

use super::code::{Code, Instr, Join};
use super::fuse::{Pairing, fuse, partner, scaled, three};
use crate::autodiff::{Binary, Graph, NodeId, Op};

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
    Selected { code: emit(graph, &uses, &uniform, &pairs), live, uniform }
}

fn emit(graph: &Graph, uses: &[u32], uniform: &[bool], pairs: &[Pairing]) -> Vec<Instr> {
    let nodes = graph.nodes();
    let mut code = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        if uses[index] == 0 || pairs[index] == Pairing::Absorbed {
            continue;
        }
        let dst = index as u32;
        let plain = Instr { code: Code::Copy, dst, dst2: dst, a: dst, b: dst, c: dst, d: dst };
        let instr = match node.op {
            Op::Unary(op, a) => {
                let (product, a, b) = match pairs[index] {
                    Pairing::OfProduct(a, b) => (true, a.0, b.0),
                    _ => (false, a.0, dst),
                };
                match partner(graph, uses, index) {
                    Some((other, _)) if other < index => continue,
                    Some((other, is_sine)) => {
                        let (sine, cosine) = if is_sine { (index, other) } else { (other, index) };
                        let code = if product { Code::ProductSinCos } else { Code::SinCos };
                        Instr { code, dst: sine as u32, dst2: cosine as u32, a, b, ..plain }
                    }
                    None => Instr { code: if product { Code::Product(op) } else { Code::Unary(op) }, a, b, ..plain },
                }
            }
            Op::Binary(op, a, b) => match pairs[index] {
                Pairing::Absorbs { inner, inner_is_first } => {
                    fused(graph, plain, inner, inner_is_first).unwrap_or(plain)
                }
                Pairing::Chains(chain, [a, b, c, d]) => Instr { code: Code::Chain(chain), a, b, c, d, ..plain },
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
    let (first, second, [a, b, c]) = three(graph, NodeId(plain.dst), inner, inner_is_first)?;
    Some(Instr { code: Code::Fused(first, second), a, b, c, ..plain })
}

fn blend(graph: &Graph, uniform: &[bool], plain: Instr, (op, a, b): (Binary, NodeId, NodeId)) -> Option<Instr> {
    let join = if op == Binary::Add { Join::Add } else { Join::Sub };
    let ((a, b), (c, d)) = (scaled(graph, a, uniform)?, scaled(graph, b, uniform)?);
    Some(Instr { code: Code::Blend(join), a: a.0, b: b.0, c: c.0, d: d.0, ..plain })
}
