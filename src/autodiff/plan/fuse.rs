//! Which operations are computed in one pass over the lanes: every pass reads and writes registers, and that is what the
//! arithmetic of small formulas waits for. Nothing is reordered; each operation rounds as it would alone.

use super::code::{Chain, First, Join, Second};
use crate::autodiff::{Binary, Graph, NodeId, Op, Unary};

/// What a node does with the operations below it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Pairing {
    Alone,
    /// Its first or its second argument is computed in the same instruction.
    Absorbs {
        inner: NodeId,
        inner_is_first: bool,
    },
    /// Both arguments, products with a uniform factor, are computed in the same instruction.
    Blends,
    /// A function of a product, which is computed in the same instruction.
    OfProduct(NodeId, NodeId),
    /// Like the pairs and blends, and what is below is computed in the same instruction too.
    Chains(Chain, [u32; 4]),
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
pub(super) fn scaled(graph: &Graph, id: NodeId, uniform: &[bool]) -> Option<(NodeId, NodeId)> {
    match graph.op(id) {
        Op::Binary(Binary::Mul, a, b) if uniform[a.index()] && !uniform[b.index()] => Some((b, a)),
        Op::Binary(Binary::Mul, a, b) if uniform[b.index()] && !uniform[a.index()] => Some((a, b)),
        _ => None,
    }
}

/// What each needed node does; uniform ones stay alone.
pub(super) fn fuse(graph: &Graph, live: &[bool], uses: &[u32], uniform: &[bool]) -> Vec<Pairing> {
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
        let Some((outer, a, b)) = first_kind(nodes[index].op) else {
            continue;
        };
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
    chain(graph, uses, uniform, &mut pairs);
    functions_of_products(graph, uses, uniform, &mut pairs);
    pairs
}

/// Takes a product into the function of which it is the only argument.
fn functions_of_products(graph: &Graph, uses: &[u32], uniform: &[bool], pairs: &mut [Pairing]) {
    let nodes = graph.nodes();
    for index in (0..nodes.len()).filter(|&index| uses[index] > 0) {
        let Op::Unary(Unary::Sin | Unary::Cos | Unary::Exp | Unary::Sqrt, product) = nodes[index].op else {
            continue;
        };
        let Op::Binary(Binary::Mul, a, b) = graph.op(product) else {
            continue;
        };
        // Sine and cosine of one product are one instruction.
        let readers = if partner(graph, uses, index).is_some() { 2 } else { 1 };
        if pairs[index] == Pairing::Alone
            && !uniform[product.index()]
            && uses[product.index()] == readers
            && (pairs[product.index()] == Pairing::Alone || readers == 2 && partner_took(pairs, graph, uses, index))
            && nodes[product.index()].shape == nodes[index].shape
        {
            pairs[index] = Pairing::OfProduct(a, b);
            pairs[product.index()] = Pairing::Absorbed;
        }
    }
}

/// Whether the partner has taken the product in already.
fn partner_took(pairs: &[Pairing], graph: &Graph, uses: &[u32], index: usize) -> bool {
    partner(graph, uses, index).is_some_and(|(other, _)| matches!(pairs[other], Pairing::OfProduct(..)))
}

/// The partner of a needed sine is the needed cosine of the same argument, and the other way round; whether the one
/// asked about is the sine.
pub(super) fn partner(graph: &Graph, uses: &[u32], index: usize) -> Option<(usize, bool)> {
    let nodes = graph.nodes();
    let Op::Unary(op @ (Unary::Sin | Unary::Cos), x) = nodes[index].op else {
        return None;
    };
    let other = if op == Unary::Sin { Unary::Cos } else { Unary::Sin };
    (0..nodes.len()).find(|&k| uses[k] > 0 && nodes[k].op == Op::Unary(other, x)).map(|k| (k, op == Unary::Sin))
}

/// Makes chains of three of pairs and what is above or below them.
fn chain(graph: &Graph, uses: &[u32], uniform: &[bool], pairs: &mut [Pairing]) {
    let nodes = graph.nodes();
    let fits = |inner: NodeId, outer: usize| {
        uses[inner.index()] == 1 && !uniform[inner.index()] && nodes[inner.index()].shape == nodes[outer].shape
    };
    let pair = |id: NodeId, pairs: &[Pairing]| match pairs[id.index()] {
        Pairing::Absorbs { inner, inner_is_first } => Some(three(graph, id, inner, inner_is_first)?),
        _ => None,
    };
    let varies = |values: &[u32]| values.iter().all(|&v| !uniform[v as usize]);
    for index in (0..nodes.len()).filter(|&index| uses[index] > 0) {
        let id = NodeId(index as u32);
        let (chain, absorbed) = match (pairs[index], nodes[index].op) {
            // What is above a pair.
            (Pairing::Alone, Op::Binary(op @ (Binary::Add | Binary::Sub), a, b)) if a != b && !uniform[index] => {
                let below = |id: NodeId| if fits(id, index) { pair(id, pairs) } else { None };
                match (op, below(a), below(b)) {
                    (_, Some((First::Mul, Second::Add, [p, q, r])), _) if varies(&[p, q, r]) => {
                        let join = if op == Binary::Add { Join::Add } else { Join::Sub };
                        (Pairing::Chains(Chain::Sums(join), [p, q, r, b.0]), a)
                    }
                    (Binary::Add, _, Some((First::Mul, Second::Add, [p, q, r]))) if varies(&[p, q, r]) => {
                        (Pairing::Chains(Chain::Sums(Join::Add), [p, q, r, a.0]), b)
                    }
                    (Binary::Sub, _, Some((First::Mul, Second::Over, [p, q, r])))
                        if varies(&[r, a.0]) && uniform[p as usize] != uniform[q as usize] =>
                    {
                        let (p, q) = if uniform[p as usize] { (q, p) } else { (p, q) };
                        (Pairing::Chains(Chain::Step, [p, q, r, a.0]), b)
                    }
                    _ => continue,
                }
            }
            // What is below a pair.
            (Pairing::Absorbs { .. }, _) => match pair(id, pairs) {
                Some((First::Div, Second::Add, [p, q, r])) if uniform[q as usize] && uniform[r as usize] => {
                    let root = NodeId(p);
                    match nodes[root.index()].op {
                        Op::Unary(Unary::Sqrt, x) if fits(root, index) && varies(&[x.0]) => {
                            (Pairing::Chains(Chain::Root, [x.0, q, r, r]), root)
                        }
                        _ => continue,
                    }
                }
                Some((First::Add, Second::Add, [p, q, r])) if r == q || r == p => {
                    let (product, rest) = (NodeId(r), if r == q { p } else { q });
                    match nodes[product.index()].op {
                        Op::Binary(Binary::Mul, x, y)
                            if uses[product.index()] == 2
                                && rest != r
                                && !uniform[product.index()]
                                && pairs[product.index()] == Pairing::Alone
                                && nodes[product.index()].shape == nodes[index].shape =>
                        {
                            (Pairing::Chains(Chain::Slope, [x.0, y.0, rest, rest]), product)
                        }
                        _ => continue,
                    }
                }
                _ => continue,
            },
            (Pairing::Blends, Op::Binary(op, a, b)) => {
                let (Some((a, p)), Some((square, q))) = (scaled(graph, a, uniform), scaled(graph, b, uniform)) else {
                    continue;
                };
                match nodes[square.index()].op {
                    Op::Binary(Binary::Mul, x, y)
                        if x == y && fits(square, index) && pairs[square.index()] == Pairing::Alone =>
                    {
                        let join = if op == Binary::Add { Join::Add } else { Join::Sub };
                        (Pairing::Chains(Chain::Squares(join), [a.0, p.0, x.0, q.0]), square)
                    }
                    _ => continue,
                }
            }
            _ => continue,
        };
        pairs[index] = chain;
        pairs[absorbed.index()] = Pairing::Absorbed;
    }
}

/// A pair's operations and its three arguments.
pub(super) fn three(
    graph: &Graph,
    id: NodeId,
    inner: NodeId,
    inner_is_first: bool,
) -> Option<(First, Second, [u32; 3])> {
    let (outer, left, right) = first_kind(graph.op(id))?;
    let (first, a, b) = first_kind(graph.op(inner))?;
    let c = if inner_is_first { right } else { left };
    Some((first, second_kind(outer, inner_is_first)?, [a.0, b.0, c.0]))
}
