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
    /// A scalar, or a row `[1, cols]`, repeated to a shape.
    Broadcast(NodeId, Shape),
    /// The matrix product.
    MatMul(NodeId, NodeId),
    /// Rows and columns exchanged.
    Transpose(NodeId),
}
