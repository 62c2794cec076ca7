//! The closed set of operations. Everything that the language can say, and every adjoint, is built of these.

use super::NodeId;

/// The shape of a node's value: `rows × cols`; a scalar is `1 × 1`, a data column `n × 1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// Number of rows.
    pub rows: u32,
    /// Number of columns.
    pub cols: u32,
}

impl Shape {
    /// One number.
    pub const SCALAR: Self = Self { rows: 1, cols: 1 };

    /// A matrix of `rows × cols`.
    pub const fn new(rows: u32, cols: u32) -> Self {
        Self { rows, cols }
    }

    /// How many numbers the value has.
    pub const fn len(self) -> usize {
        self.rows as usize * self.cols as usize
    }

    /// Whether the value has no number at all.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the value is one number.
    pub const fn is_scalar(self) -> bool {
        self.rows == 1 && self.cols == 1
    }
}

/// Elementwise operations of one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the functions' own")]
pub enum Unary {
    Neg,
    Abs,
    /// −1, 0 or 1; `sign(0) = 0`.
    Sign,
    Sqrt,
    Exp,
    /// Natural logarithm.
    Ln,
    Log2,
    Log10,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Floor,
    /// `max(x, 0)`, with `relu'(0) = 0`.
    Relu,
    /// 1 where `x > 0`, else 0: the derivative of [`Unary::Relu`].
    Step,
    /// `1/(1 + exp(-x))`, without overflow.
    Sigmoid,
    /// `ln(1 + exp(x))`, without overflow.
    Softplus,
    /// The error function (for the exact GELU).
    Erf,
}

/// Elementwise operations of two arguments. Comparisons give 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the functions' own")]
pub enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Pow,
    /// The smaller one; nan if one is nan. At a tie each side gets half of the adjoint, as in PyTorch.
    Min,
    /// The larger one; nan if one is nan. At a tie each side gets half of the adjoint, as in PyTorch.
    Max,
    /// `atan2(y, x)`.
    Atan2,
    Hypot,
    Lt,
    Le,
    Gt,
    Ge,
    Eq,
    Ne,
}

/// What a node computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// The `k`-th input that may differ from lane to lane.
    Input(u32),
    /// The `k`-th uniform input: one scalar for all lanes (a hyperparameter, a learning rate, the step number).
    Uniform(u32),
    /// A constant, as the bits of an f64.
    Const(u64),
    /// Elementwise, one argument.
    Unary(Unary, NodeId),
    /// Elementwise, two arguments of one shape (or one of them a scalar).
    Binary(Binary, NodeId, NodeId),
    /// `x` to a constant whole power, by repeated squaring; `powi(x, 0) = 1`.
    Powi(NodeId, i32),
    /// The second where the first is not 0, else the third. The branch not taken contributes no adjoint, not even nan.
    Select(NodeId, NodeId, NodeId),
    /// The sum of all elements, in a fixed order: a scalar.
    Sum(NodeId),
    /// The sums over the rows of `[rows, cols]`: `[1, cols]`.
    SumRows(NodeId),
    /// The largest number of each column of `[rows, cols]`: `[1, cols]`. A constant to derivatives: it is there to shift
    /// exponents, where the shift cancels out.
    PeakRows(NodeId),
    /// A scalar, or a row `[1, cols]`, repeated to a shape.
    Broadcast(NodeId, Shape),
    /// The matrix product.
    MatMul(NodeId, NodeId),
    /// The matrix product of the first two, and the third, a row, added to each of its rows.
    Affine(NodeId, NodeId, NodeId),
    /// Rows and columns exchanged.
    Transpose(NodeId),
}

impl Op {
    /// The nodes that this one reads, in order.
    pub fn arguments(self) -> impl Iterator<Item = NodeId> {
        let (a, b, c) = match self {
            Self::Input(_) | Self::Uniform(_) | Self::Const(_) => (None, None, None),
            Self::Unary(_, a)
            | Self::Powi(a, _)
            | Self::Sum(a)
            | Self::SumRows(a)
            | Self::PeakRows(a)
            | Self::Broadcast(a, _)
            | Self::Transpose(a) => (Some(a), None, None),
            Self::Binary(_, a, b) | Self::MatMul(a, b) => (Some(a), Some(b), None),
            Self::Select(a, b, c) | Self::Affine(a, b, c) => (Some(a), Some(b), Some(c)),
        };
        [a, b, c].into_iter().flatten()
    }
}

/// The operations on plain numbers: what a constant folds to, and what the point interpreter computes.
pub(super) mod fold {
    use super::{Binary, Unary};
    use crate::num::elem;

    /// One argument.
    #[inline(always)]
    pub(crate) fn unary(op: Unary, x: f64) -> f64 {
        match op {
            Unary::Neg => -x,
            Unary::Abs => x.abs(),
            Unary::Sign => elem::sign(x),
            Unary::Sqrt => x.sqrt(),
            Unary::Exp => elem::exp(x),
            Unary::Ln => elem::ln(x),
            Unary::Log2 => elem::log2(x),
            Unary::Log10 => elem::log10(x),
            Unary::Sin => elem::sin(x),
            Unary::Cos => elem::cos(x),
            Unary::Tan => elem::tan(x),
            Unary::Asin => elem::asin(x),
            Unary::Acos => elem::acos(x),
            Unary::Atan => elem::atan(x),
            Unary::Sinh => elem::sinh(x),
            Unary::Cosh => elem::cosh(x),
            Unary::Tanh => elem::tanh(x),
            Unary::Floor => x.floor(),
            Unary::Relu => relu(x),
            Unary::Step => f64::from(x > 0.0),
            Unary::Sigmoid => elem::sigmoid(x),
            Unary::Softplus => elem::softplus(x),
            Unary::Erf => elem::erf(x),
        }
    }

    /// `max(x, 0)` that keeps nan.
    #[inline(always)]
    pub(crate) fn relu(x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { x }
    }

    /// Two arguments.
    #[inline(always)]
    pub(crate) fn binary(op: Binary, x: f64, y: f64) -> f64 {
        match op {
            Binary::Add => x + y,
            Binary::Sub => x - y,
            Binary::Mul => x * y,
            Binary::Div => x / y,
            Binary::Pow => elem::pow(x, y),
            Binary::Min => elem::min(x, y),
            Binary::Max => elem::max(x, y),
            Binary::Atan2 => elem::atan2(x, y),
            Binary::Hypot => elem::hypot(x, y),
            Binary::Lt => f64::from(x < y),
            Binary::Le => f64::from(x <= y),
            Binary::Gt => f64::from(x > y),
            Binary::Ge => f64::from(x >= y),
            Binary::Eq => f64::from(x == y),
            Binary::Ne => f64::from(x != y),
        }
    }
}
