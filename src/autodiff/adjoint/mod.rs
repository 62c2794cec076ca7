//! Reverse-mode differentiation, graph to graph: one rule an operation, each giving nodes of the same graph. So a
//! gradient can be simplified, compiled, shown and differentiated again.
//!
//! **Conventions at kinks** are PyTorch's: `abs'(0) = 0`, `relu'(0) = 0`, at a tie of `min` or `max` each side gets
//! half, `floor` and `sign` have derivative 0. **Branches**: what lies only in the branch of a `select` that is not
//! taken contributes exactly 0, even where its own derivative is nan or infinite (`if x > 0 then sqrt(x) else 0` at 0).

mod rules;

use super::{Graph, NodeId, Op, Shape};

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
            let constant = matches!(graph.op(id), Op::PeakRows(_));
            depends[index] = wrt.contains(&id) || !constant && graph.op(id).arguments().any(|a| depends[a.index()]);
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
            Op::Input(_) | Op::Uniform(_) | Op::Const(_) | Op::PeakRows(_) => {}
            Op::Unary(op, x) => {
                let d = self.full(d, id);
                if let Some(contribution) = rules::unary(self.graph, op, x, id, d) {
                    self.give(x, contribution, mask);
                }
            }
            Op::Binary(op, x, y) => {
                let d = self.full(d, id);
                for (argument, first) in [(x, true), (y, false)] {
                    // The rule of an argument that is not asked for may cost a logarithm: only what is needed.
                    if self.depends[argument.index()]
                        && let Some(contribution) = rules::binary(self.graph, op, (x, y), id, d, first)
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
            Op::MatMul(a, b) | Op::Affine(a, b, _) => {
                let d = self.full(d, id);
                let b_t = self.graph.transpose(b);
                if self.depends[a.index()] {
                    let to_a = self.graph.matmul(d, b_t);
                    self.give(a, to_a, mask);
                }
                let a_t = self.graph.transpose(a);
                if self.depends[b.index()] {
                    let to_b = self.graph.matmul(a_t, d);
                    self.give(b, to_b, mask);
                }
                if let Op::Affine(_, _, bias) = self.graph.op(id) {
                    let to_bias = self.graph.sum_rows(d);
                    self.give(bias, to_bias, mask);
                }
            }
            Op::Transpose(x) => {
                let d = self.full(d, id);
                let contribution = self.graph.transpose(d);
                self.give(x, contribution, mask);
            }
        }
    }
}
