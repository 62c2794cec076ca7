//! The graph: typed nodes in an arena, in topological order by construction, equal nodes shared.
//!
//! The constructors fold constants and apply identities that are exact in floating-point arithmetic (`x·1`, `x + 0`,
//! `−(−x)`), never one that could turn a nan or an infinity into a number (`0·x` stays).

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
}

impl Graph {
    /// An empty graph.
    pub fn new() -> Self {
        Self::default()
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

    /// Identities that hold for every value, nan and infinities included (up to the sign of a zero sum).
    fn identity(&mut self, op: Binary, a: NodeId, b: NodeId) -> Option<NodeId> {
        let (x, y) = (self.as_const(a), self.as_const(b));
        match op {
            Binary::Add if x == Some(0.0) => Some(b),
            Binary::Add | Binary::Sub if y == Some(0.0) => Some(a),
            Binary::Sub if x == Some(0.0) => Some(self.neg(b)),
            Binary::Mul if x == Some(1.0) => Some(b),
            Binary::Mul | Binary::Div if y == Some(1.0) => Some(a),
            Binary::Mul if x == Some(-1.0) => Some(self.neg(b)),
            Binary::Mul | Binary::Div if y == Some(-1.0) => Some(self.neg(a)),
            Binary::Div if y.is_some_and(is_power_of_two) => {
                let inverse = self.constant(1.0 / y.unwrap_or(1.0));
                Some(self.mul(a, inverse))
            }
            Binary::Add | Binary::Sub | Binary::Mul | Binary::Div => self.signs(op, a, b),
            Binary::Pow => self.power_identity(a, b),
            _ => None,
        }
    }

    /// Moves signs outward and into constants, where the next sum absorbs them: rounding is symmetric, so all of these
    /// are exact.
    fn signs(&mut self, op: Binary, a: NodeId, b: NodeId) -> Option<NodeId> {
        let (p, q) = (self.negated(a), self.negated(b));
        match (op, p, q) {
            (_, None, None) => None,
            (Binary::Add, Some(p), Some(q)) => {
                let sum = self.add(p, q);
                Some(self.neg(sum))
            }
            (Binary::Add, None, Some(q)) => Some(self.sub(a, q)),
            (Binary::Add, Some(p), None) => Some(self.sub(b, p)),
            (Binary::Sub, None, Some(q)) => Some(self.add(a, q)),
            (Binary::Sub, Some(p), None) => {
                let sum = self.add(p, b);
                Some(self.neg(sum))
            }
            (Binary::Sub, Some(p), Some(q)) => Some(self.sub(q, p)),
            (_, Some(p), Some(q)) => Some(self.binary(op, p, q)),
            (_, Some(p), None) => Some(self.signed(op, p, b)),
            (_, None, Some(q)) => Some(self.signed(op, a, q)),
        }
    }

    /// `−(a ∘ b)` for a product or a quotient: the sign goes into a constant factor where there is one.
    fn signed(&mut self, op: Binary, a: NodeId, b: NodeId) -> NodeId {
        if let Some(x) = self.as_const(a) {
            let opposite = self.constant(-x);
            return self.binary(op, opposite, b);
        }
        if let Some(y) = self.as_const(b) {
            let opposite = self.constant(-y);
            return self.binary(op, a, opposite);
        }
        let positive = self.binary(op, a, b);
        self.neg(positive)
    }

    fn negated(&self, id: NodeId) -> Option<NodeId> {
        match self.op(id) {
            Op::Unary(Unary::Neg, inner) => Some(inner),
            _ => None,
        }
    }

    /// A whole constant exponent becomes repeated squaring, the base e the exponential.
    fn power_identity(&mut self, base: NodeId, exponent: NodeId) -> Option<NodeId> {
        if self.as_const(base) == Some(std::f64::consts::E) {
            return Some(self.exp(exponent));
        }
        let y = self.as_const(exponent)?;
        (y.fract() == 0.0 && y.abs() <= 64.0).then(|| self.powi(base, y as i32))
    }
}

/// Whether dividing by the number is the same as multiplying by its inverse, to the last bit.
fn is_power_of_two(x: f64) -> bool {
    const MANTISSA: u64 = (1 << 52) - 1;
    x.is_normal() && (1.0 / x).is_normal() && x.to_bits() & MANTISSA == 0
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
