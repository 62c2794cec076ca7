//! The graph: typed nodes in an arena, in topological order by construction, equal nodes shared.
//!
//! The constructors fold constants and apply identities that are exact in floating-point arithmetic (`x·1`, `x + 0`,
//! `−(−x)`), never one that could turn a nan or an infinity into a number (`0·x` stays).

mod identity;

use std::collections::HashMap;

use super::op::fold;
use super::{Binary, Op, Shape, Unary};

/// A node of one [`Graph`]. A node's arguments always have smaller ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The position of the node in its graph.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An operation and the shape of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// What is computed.
    pub op: Op,
    /// The shape of the value.
    pub shape: Shape,
}

/// Expressions as a list of nodes in which every argument stands before its users.
///
/// Shapes are the caller's promise: combining `[2, 3]` with `[3, 2]` elementwise is a bug in the caller and panics.
/// Nothing that a person types reaches a graph before the language has checked it.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    /// Only looked up, never iterated, so its order cannot matter.
    known: HashMap<Op, NodeId>,
    inputs: u32,
    uniforms: u32,
    /// Whether `0·x` is 0.
    finite: bool,
}

impl Graph {
    /// An empty graph.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on all values count as finite: `0·x` is 0. For whoever stops at the first value that is not.
    pub fn assume_finite(&mut self) {
        self.finite = true;
    }

    /// All nodes, arguments first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The operation of a node.
    pub fn op(&self, id: NodeId) -> Op {
        self.nodes[id.index()].op
    }

    /// The shape of a node's value.
    pub fn shape(&self, id: NodeId) -> Shape {
        self.nodes[id.index()].shape
    }

    /// The number, where the node is a constant.
    pub fn as_const(&self, id: NodeId) -> Option<f64> {
        match self.op(id) {
            Op::Const(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// For every node, whether one of `roots` depends on it (a root depends on itself).
    pub fn reached(&self, roots: impl IntoIterator<Item = NodeId>) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        roots.into_iter().for_each(|id| reached[id.index()] = true);
        for index in (0..self.nodes.len()).rev() {
            if reached[index] {
                self.nodes[index].op.arguments().for_each(|argument| reached[argument.index()] = true);
            }
        }
        reached
    }

    /// A new scalar input that may differ from lane to lane.
    pub fn input(&mut self) -> NodeId {
        self.input_shaped(Shape::SCALAR)
    }

    /// A new input of any shape.
    pub fn input_shaped(&mut self, shape: Shape) -> NodeId {
        self.inputs += 1;
        self.push(Op::Input(self.inputs - 1), shape)
    }

    /// A new scalar input that is the same for all lanes.
    pub fn uniform(&mut self) -> NodeId {
        self.uniforms += 1;
        self.push(Op::Uniform(self.uniforms - 1), Shape::SCALAR)
    }

    /// A number.
    pub fn constant(&mut self, value: f64) -> NodeId {
        self.push(Op::Const(value.to_bits()), Shape::SCALAR)
    }

    /// An elementwise function of one argument.
    pub fn unary(&mut self, op: Unary, a: NodeId) -> NodeId {
        if let Some(x) = self.as_const(a) {
            return self.constant(fold::unary(op, x));
        }
        if let (Unary::Neg, Op::Unary(Unary::Neg, inner)) = (op, self.op(a)) {
            return inner;
        }
        self.push(Op::Unary(op, a), self.shape(a))
    }

    /// An elementwise function of two arguments of one shape; a scalar goes with any shape.
    pub fn binary(&mut self, op: Binary, a: NodeId, b: NodeId) -> NodeId {
        if let (Some(x), Some(y)) = (self.as_const(a), self.as_const(b)) {
            return self.constant(fold::binary(op, x, y));
        }
        if let Some(simpler) = self.identity(op, a, b) {
            return simpler;
        }
        let shape = self.common_shape(a, b);
        let commutes = matches!(op, Binary::Add | Binary::Mul | Binary::Hypot | Binary::Eq | Binary::Ne);
        let (a, b) = if commutes && b < a { (b, a) } else { (a, b) };
        self.push(Op::Binary(op, a, b), shape)
    }

    /// `x` to a constant whole power.
    pub fn powi(&mut self, x: NodeId, n: i32) -> NodeId {
        match n {
            0 => self.constant(1.0),
            1 => x,
            2 => self.mul(x, x),
            _ => match self.as_const(x) {
                Some(value) => self.constant(crate::num::elem::powi(value, n)),
                None => self.push(Op::Powi(x, n), self.shape(x)),
            },
        }
    }

    /// `then` where `condition` is not 0, else `otherwise`.
    pub fn select(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> NodeId {
        if let Some(c) = self.as_const(condition) {
            return if c != 0.0 { then } else { otherwise };
        }
        if then == otherwise {
            return then;
        }
        let shape = self.common_shape(then, otherwise);
        let shape = if shape.is_scalar() { self.shape(condition) } else { shape };
        self.push(Op::Select(condition, then, otherwise), shape)
    }

    /// The sum of all elements.
    pub fn sum(&mut self, a: NodeId) -> NodeId {
        if self.shape(a).is_scalar() { a } else { self.push(Op::Sum(a), Shape::SCALAR) }
    }

    /// The sum over the rows: `[rows, cols]` to `[1, cols]`.
    pub fn sum_rows(&mut self, a: NodeId) -> NodeId {
        let shape = self.shape(a);
        match (shape.rows, shape.cols) {
            (1, _) => a,
            (_, 1) => self.sum(a),
            (_, cols) => self.push(Op::SumRows(a), Shape::new(1, cols)),
        }
    }

    /// The largest number of each column: `[rows, cols]` to `[1, cols]`; nan where there is one. Derivatives take it for a
    /// constant, so what is made of it must not change with it, as a softmax does not with the shift of its exponents.
    pub fn peak_rows(&mut self, a: NodeId) -> NodeId {
        let shape = self.shape(a);
        if shape.rows == 1 { a } else { self.push(Op::PeakRows(a), Shape::new(1, shape.cols)) }
    }

    /// A scalar, or a row `[1, cols]`, repeated to `shape`.
    pub fn broadcast(&mut self, a: NodeId, shape: Shape) -> NodeId {
        let own = self.shape(a);
        if own == shape {
            return a;
        }
        assert!(own.is_scalar() || (own.rows == 1 && own.cols == shape.cols), "cannot broadcast {own:?} to {shape:?}");
        self.push(Op::Broadcast(a, shape), shape)
    }

    /// The matrix product of `[m, k]` and `[k, n]`.
    pub fn matmul(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let (left, right) = (self.shape(a), self.shape(b));
        assert_eq!(left.cols, right.rows, "matrix product of {left:?} and {right:?}");
        if left.is_scalar() || right.is_scalar() {
            return self.mul(a, b);
        }
        if left.rows == 1 && right.cols == 1 {
            let column = self.transpose(a);
            let products = self.mul(column, b);
            return self.sum(products);
        }
        self.push(Op::MatMul(a, b), Shape::new(left.rows, right.cols))
    }

    /// The matrix product of `[m, k]` and `[k, n]` with the row `bias`, `[1, n]`, added to each of its rows.
    pub fn affine(&mut self, a: NodeId, b: NodeId, bias: NodeId) -> NodeId {
        let product = self.matmul(a, b);
        let shape = self.shape(product);
        if let Op::MatMul(a, b) = self.op(product) {
            assert_eq!(self.shape(bias), Shape::new(1, shape.cols), "a bias that does not fit {shape:?}");
            if !self.shape(bias).is_scalar() {
                return self.push(Op::Affine(a, b, bias), shape);
            }
        }
        let rows = self.broadcast(bias, shape);
        self.add(product, rows)
    }

    /// Rows and columns exchanged.
    pub fn transpose(&mut self, a: NodeId) -> NodeId {
        if let Op::Transpose(inner) = self.op(a) {
            return inner;
        }
        let shape = self.shape(a);
        if shape.is_scalar() { a } else { self.push(Op::Transpose(a), Shape::new(shape.cols, shape.rows)) }
    }

    fn push(&mut self, op: Op, shape: Shape) -> NodeId {
        if let Some(&id) = self.known.get(&op) {
            return id;
        }
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node { op, shape });
        self.known.insert(op, id);
        id
    }

    fn common_shape(&self, a: NodeId, b: NodeId) -> Shape {
        let (left, right) = (self.shape(a), self.shape(b));
        if left.is_scalar() {
            return right;
        }
        assert!(right.is_scalar() || left == right, "elementwise {left:?} with {right:?}");
        left
    }
}

/// Short names for the constructors.
macro_rules! shorthands {
    ($($name:ident: $op:ident),*; $($name2:ident: $op2:ident),*) => {
        #[allow(missing_docs, reason = "each is the operation of its name")]
        impl Graph {
            $(pub fn $name(&mut self, a: NodeId) -> NodeId { self.unary(Unary::$op, a) })*
            $(pub fn $name2(&mut self, a: NodeId, b: NodeId) -> NodeId { self.binary(Binary::$op2, a, b) })*
        }
    };
}

shorthands!(
    neg: Neg, abs: Abs, sign: Sign, sqrt: Sqrt, exp: Exp, ln: Ln, sin: Sin, cos: Cos, tanh: Tanh, relu: Relu,
    sigmoid: Sigmoid, softplus: Softplus;
    add: Add, sub: Sub, mul: Mul, div: Div, pow: Pow, min: Min, max: Max
);
