//! Reverse-mode differentiation, graph to graph: one rule an operation, each giving nodes of the same graph. So a
//! gradient can be simplified, compiled, shown and differentiated again.
//!
//! **Conventions at kinks** are PyTorch's: `abs'(0) = 0`, `relu'(0) = 0`, at a tie of `min` or `max` each side gets
//! half, `floor` and `sign` have derivative 0. **Branches**: what lies only in the branch of a `select` that is not
//! taken contributes exactly 0, even where its own derivative is nan or infinite (`if x > 0 then sqrt(x) else 0` at 0).

use super::{Binary, Graph, NodeId, Op, Shape, Unary};

impl Graph {
    /// The derivatives of the scalar `output` with respect to each of `wrt`, as nodes of their shapes.
    ///
    /// An argument that the output does not depend on gets the constant 0.
    pub fn grad(&mut self, output: NodeId, wrt: &[NodeId]) -> Vec<NodeId> {
        let sweep = Sweep::new(self, output, wrt);
        sweep.run(output, wrt)
    }

    /// All second derivatives: `hessian[i][j] = ∂²output / ∂wrt[i] ∂wrt[j]`, for scalars. Symmetric by construction.
    pub fn hessian(&mut self, output: NodeId, wrt: &[NodeId]) -> Vec<Vec<NodeId>> {
        let gradient = self.grad(output, wrt);
        let zero = self.constant(0.0);
        let mut rows = vec![vec![zero; wrt.len()]; wrt.len()];
        for (i, &component) in gradient.iter().enumerate() {
            for (j, second) in self.grad(component, &wrt[..=i]).into_iter().enumerate() {
                rows[i][j] = second;
                rows[j][i] = second;
            }
        }
        rows
    }

    /// The product of the Hessian with a direction, without forming the Hessian: the gradient of `⟨gradient, v⟩`.
    pub fn hessian_vector(&mut self, output: NodeId, wrt: &[NodeId], v: &[NodeId]) -> Vec<NodeId> {
        let gradient = self.grad(output, wrt);
        let mut dot = self.constant(0.0);
        for (&g, &direction) in gradient.iter().zip(v) {
            let product = self.mul(g, direction);
            let part = self.sum(product);
            dot = self.add(dot, part);
        }
        self.grad(dot, wrt)
    }
}

/// The branch conditions under which a node matters, innermost last, as an index into `Sweep::masks`.
type Mask = Option<usize>;

#[derive(Clone, Copy, PartialEq)]
struct Branch {
    condition: NodeId,
    taken: bool,
    outer: Mask,
}

/// One backward pass.
struct Sweep<'g> {
    graph: &'g mut Graph,
    /// Whether a node depends on one of the variables.
    depends: Vec<bool>,
    adjoints: Vec<Option<NodeId>>,
    masks: Vec<Branch>,
    /// The mask of each node, known once all its users have been met.
    mask_of: Vec<Option<Mask>>,
}

impl<'g> Sweep<'g> {
    fn new(graph: &'g mut Graph, output: NodeId, wrt: &[NodeId]) -> Self {
        let count = output.index() + 1;
        let mut depends = vec![false; count];
        for index in 0..count {
            let id = NodeId(index as u32);
            depends[index] = wrt.contains(&id) || graph.op(id).arguments().any(|a| depends[a.index()]);
        }
        let mut sweep =
            Self { graph, depends, adjoints: vec![None; count], masks: Vec::new(), mask_of: vec![None; count] };
        sweep.find_masks(output);
        sweep
    }

    fn run(mut self, output: NodeId, wrt: &[NodeId]) -> Vec<NodeId> {
        let one = self.graph.constant(1.0);
        self.adjoints[output.index()] = Some(one);
        for index in (0..=output.index()).rev() {
            let id = NodeId(index as u32);
            if let (true, Some(adjoint)) = (self.depends[index], self.adjoints[index]) {
                self.propagate(id, adjoint);
            }
        }
        wrt.iter()
            .map(|&id| {
                let found = self.adjoints.get(id.index()).copied().flatten();
                let adjoint = found.unwrap_or_else(|| self.graph.constant(0.0));
                let shape = self.graph.shape(id);
                self.graph.broadcast(adjoint, shape)
            })
            .collect()
    }

    /// For every node the innermost branch that all its uses lie in.
    fn find_masks(&mut self, output: NodeId) {
        self.mask_of[output.index()] = Some(None);
        for index in (0..=output.index()).rev() {
            let Some(mask) = self.mask_of[index] else { continue };
            match self.graph.op(NodeId(index as u32)) {
                Op::Select(condition, then, otherwise) => {
                    self.use_under(condition, mask);
                    let yes = self.branch(condition, true, mask);
                    self.use_under(then, yes);
                    let no = self.branch(condition, false, mask);
                    self.use_under(otherwise, no);
                }
                op => op.arguments().for_each(|argument| self.use_under(argument, mask)),
            }
        }
    }

    fn branch(&mut self, condition: NodeId, taken: bool, outer: Mask) -> Mask {
        let branch = Branch { condition, taken, outer };
        let index = self.masks.iter().position(|&m| m == branch).unwrap_or_else(|| {
            self.masks.push(branch);
            self.masks.len() - 1
        });
        Some(index)
    }

    fn use_under(&mut self, node: NodeId, mask: Mask) {
        let joined = match self.mask_of[node.index()] {
            None => mask,
            Some(present) => self.common(present, mask),
        };
        self.mask_of[node.index()] = Some(joined);
    }

    fn common(&self, a: Mask, b: Mask) -> Mask {
        let mut candidate = a;
        while let Some(index) = candidate {
            let mut other = b;
            while let Some(inner) = other {
                if inner == index {
                    return candidate;
                }
                other = self.masks[inner].outer;
            }
            candidate = self.masks[index].outer;
        }
        None
    }

    /// Adds `contribution`, which holds under `mask`, to the adjoint of `argument`.
    fn give(&mut self, argument: NodeId, contribution: NodeId, mask: Mask) {
        if !self.depends[argument.index()] {
            return;
        }
        let mut value = contribution;
        let target = self.mask_of[argument.index()].flatten();
        let mut inside = mask;
        while inside != target {
            let Some(branch) = inside.map(|index| self.masks[index]) else { break };
            let zero = self.graph.constant(0.0);
            let (yes, no) = if branch.taken { (value, zero) } else { (zero, value) };
            value = self.graph.select(branch.condition, yes, no);
            inside = branch.outer;
        }
        let value = self.reduce(value, self.graph.shape(argument));
        let total = match self.adjoints[argument.index()] {
            None => value,
            Some(present) => self.graph.add(present, value),
        };
        self.adjoints[argument.index()] = Some(total);
    }

    /// Sums what a broadcast argument receives from all its copies.
    fn reduce(&mut self, value: NodeId, shape: Shape) -> NodeId {
        if shape.is_scalar() { self.graph.sum(value) } else { value }
    }

    /// A scalar adjoint of a shaped node means that number everywhere.
    fn full(&mut self, adjoint: NodeId, of: NodeId) -> NodeId {
        let shape = self.graph.shape(of);
        self.graph.broadcast(adjoint, shape)
    }

    fn propagate(&mut self, id: NodeId, d: NodeId) {
        let mask = self.mask_of[id.index()].flatten();
        match self.graph.op(id) {
            Op::Input(_) | Op::Uniform(_) | Op::Const(_) => {}
            Op::Unary(op, x) => {
                let d = self.full(d, id);
                if let Some(contribution) = unary(self.graph, op, x, id, d) {
                    self.give(x, contribution, mask);
                }
            }
            Op::Binary(op, x, y) => {
                let d = self.full(d, id);
                for (argument, first) in [(x, true), (y, false)] {
                    // The rule of an argument that is not asked for may cost a logarithm: only what is needed.
                    if self.depends[argument.index()]
                        && let Some(contribution) = binary(self.graph, op, (x, y), id, d, first)
                    {
                        self.give(argument, contribution, mask);
                    }
                }
            }
            Op::Powi(x, n) => {
                let lower = self.graph.powi(x, n - 1);
                let factor = self.graph.constant(f64::from(n));
                let slope = self.graph.mul(factor, lower);
                let contribution = self.graph.mul(d, slope);
                self.give(x, contribution, mask);
            }
            Op::Select(condition, then, otherwise) => {
                let d = self.full(d, id);
                let yes = self.branch(condition, true, mask);
                self.give(then, d, yes);
                let no = self.branch(condition, false, mask);
                self.give(otherwise, d, no);
            }
            Op::Sum(x) | Op::SumRows(x) => {
                let contribution = self.full(d, x);
                self.give(x, contribution, mask);
            }
            Op::Broadcast(x, shape) => {
                let d = self.graph.broadcast(d, shape);
                let row = !self.graph.shape(x).is_scalar();
                let contribution = if row { self.graph.sum_rows(d) } else { d };
                self.give(x, contribution, mask);
            }
            Op::MatMul(a, b) => {
                let d = self.full(d, id);
                let b_t = self.graph.transpose(b);
                let to_a = self.graph.matmul(d, b_t);
                self.give(a, to_a, mask);
                let a_t = self.graph.transpose(a);
                let to_b = self.graph.matmul(a_t, d);
                self.give(b, to_b, mask);
            }
            Op::Transpose(x) => {
                let d = self.full(d, id);
                let contribution = self.graph.transpose(d);
                self.give(x, contribution, mask);
            }
        }
    }
}

/// `d · ∂op(x)/∂x`, where `y = op(x)`; none where the derivative is 0 everywhere.
fn unary(g: &mut Graph, op: Unary, x: NodeId, y: NodeId, d: NodeId) -> Option<NodeId> {
    use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10};
    let contribution = match op {
        Unary::Sign | Unary::Floor | Unary::Step => return None,
        Unary::Neg => g.neg(d),
        Unary::Abs => with(g, d, |g| g.sign(x)),
        Unary::Sqrt => {
            let two_y = g.add(y, y);
            g.div(d, two_y)
        }
        Unary::Exp => g.mul(d, y),
        Unary::Ln => g.div(d, x),
        Unary::Log2 | Unary::Log10 => {
            let base = g.constant(if op == Unary::Log2 { LN_2 } else { LN_10 });
            let scaled = g.mul(x, base);
            g.div(d, scaled)
        }
        Unary::Sin => with(g, d, |g| g.cos(x)),
        Unary::Cos => {
            let sine = with(g, d, |g| g.sin(x));
            g.neg(sine)
        }
        Unary::Tan => with(g, d, |g| one_and_square(g, y, false)),
        Unary::Asin | Unary::Acos => {
            let inside = one_and_square(g, x, true);
            let root = g.sqrt(inside);
            let slope = g.div(d, root);
            if op == Unary::Asin { slope } else { g.neg(slope) }
        }
        Unary::Atan => {
            let below = one_and_square(g, x, false);
            g.div(d, below)
        }
        Unary::Sinh => with(g, d, |g| g.unary(Unary::Cosh, x)),
        Unary::Cosh => with(g, d, |g| g.unary(Unary::Sinh, x)),
        Unary::Tanh => with(g, d, |g| one_and_square(g, y, true)),
        Unary::Relu => with(g, d, |g| g.unary(Unary::Step, x)),
        Unary::Sigmoid => {
            let one = g.constant(1.0);
            let rest = g.sub(one, y);
            let slope = g.mul(y, rest);
            g.mul(d, slope)
        }
        Unary::Softplus => with(g, d, |g| g.sigmoid(x)),
        Unary::Erf => {
            let square = g.mul(x, x);
            let negative = g.neg(square);
            let bell = g.exp(negative);
            let factor = g.constant(FRAC_2_SQRT_PI);
            let slope = g.mul(factor, bell);
            g.mul(d, slope)
        }
    };
    Some(contribution)
}

fn with(g: &mut Graph, d: NodeId, slope: impl FnOnce(&mut Graph) -> NodeId) -> NodeId {
    let slope = slope(g);
    g.mul(d, slope)
}

/// `1 − x²` or `1 + x²`.
fn one_and_square(g: &mut Graph, x: NodeId, minus: bool) -> NodeId {
    let one = g.constant(1.0);
    let square = g.mul(x, x);
    if minus { g.sub(one, square) } else { g.add(one, square) }
}

/// `d` times the partial derivative of `z = op(x, y)` with respect to its first or second argument.
fn binary(g: &mut Graph, op: Binary, (x, y): (NodeId, NodeId), z: NodeId, d: NodeId, first: bool) -> Option<NodeId> {
    let contribution = match op {
        Binary::Add => d,
        Binary::Sub => {
            if first {
                d
            } else {
                g.neg(d)
            }
        }
        Binary::Mul => g.mul(d, if first { y } else { x }),
        Binary::Div => {
            let quotient = g.div(d, y);
            if first {
                quotient
            } else {
                let product = g.mul(quotient, z);
                g.neg(product)
            }
        }
        Binary::Pow => power(g, (x, y), z, d, first),
        Binary::Min | Binary::Max => {
            let (strictly, own) = if op == Binary::Min { (Binary::Lt, x) } else { (Binary::Gt, x) };
            let (a, b) = if first { (own, y) } else { (y, x) };
            let wins = g.binary(strictly, a, b);
            let tie = g.binary(Binary::Eq, x, y);
            let half = g.constant(0.5);
            let half_tie = g.mul(half, tie);
            let share = g.add(wins, half_tie);
            g.mul(d, share)
        }
        Binary::Atan2 => {
            let (xx, yy) = (g.mul(x, x), g.mul(y, y));
            let below = g.add(xx, yy);
            let above = if first { y } else { g.neg(x) };
            let slope = g.div(above, below);
            g.mul(d, slope)
        }
        Binary::Hypot => {
            let slope = g.div(if first { x } else { y }, z);
            g.mul(d, slope)
        }
        Binary::Lt | Binary::Le | Binary::Gt | Binary::Ge | Binary::Eq | Binary::Ne => return None,
    };
    Some(contribution)
}

/// The two partial derivatives of `z = x^y`, with the guards on the inner values: `x^0` has derivative 0 in `x`, and
/// `0^y` derivative 0 in `y`.
fn power(g: &mut Graph, (x, y): (NodeId, NodeId), z: NodeId, d: NodeId, first: bool) -> NodeId {
    let zero = g.constant(0.0);
    let one = g.constant(1.0);
    if first {
        let lower = g.sub(y, one);
        let flat = g.binary(Binary::Eq, y, zero);
        let exponent = g.select(flat, one, lower);
        let power = g.pow(x, exponent);
        let slope = g.mul(y, power);
        let slope = g.select(flat, zero, slope);
        g.mul(d, slope)
    } else {
        let at_zero = g.binary(Binary::Eq, x, zero);
        let base = g.select(at_zero, one, x);
        let log = g.ln(base);
        let slope = g.mul(z, log);
        g.mul(d, slope)
    }
}
