//! Activations: what a layer makes of its sums, one number at a time (softmax: a row at a time).

use std::fmt;
use std::str::FromStr;

use super::name::{self, Name, NameError, NameKind};
use super::rows;
use crate::autodiff::{Binary, Graph, NodeId, Unary};

/// What a layer makes of its sums `z`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Activation {
    /// `z` itself; also called identity.
    #[default]
    Linear,
    /// `max(z, 0)`, with slope 0 at 0.
    Relu,
    /// `z` above 0, else this slope times `z`.
    LeakyRelu(f64),
    /// `z` above 0, else `α (exp(z) − 1)`.
    Elu(f64),
    /// `z Φ(z)` with the distribution function of the normal distribution, exactly.
    Gelu,
    /// The same with the hyperbolic tangent's approximation.
    GeluTanh,
    /// `z σ(z)`.
    Silu,
    /// `ln(1 + exp(z))`.
    Softplus,
    /// The hyperbolic tangent.
    Tanh,
    /// `1/(1 + exp(−z))`.
    Sigmoid,
    /// The sine.
    Sin,
    /// `exp(z)` over the sum of the row.
    Softmax,
}

/// In the order of the variants.
const NAMES: [Name; 12] = [
    Name::plain("linear").also(&["identity"]),
    Name::plain("relu"),
    Name::with("leaky_relu", 0.01, false),
    Name::with("elu", 1.0, false),
    Name::plain("gelu"),
    Name::plain("gelu_tanh"),
    Name::plain("silu").also(&["swish"]),
    Name::plain("softplus"),
    Name::plain("tanh"),
    Name::plain("sigmoid").also(&["logistic"]),
    Name::plain("sin"),
    Name::plain("softmax"),
];

impl Activation {
    /// All of them, with the numbers that they have unless others are given.
    pub const ALL: [Self; 12] = [
        Self::Linear,
        Self::Relu,
        Self::LeakyRelu(0.01),
        Self::Elu(1.0),
        Self::Gelu,
        Self::GeluTanh,
        Self::Silu,
        Self::Softplus,
        Self::Tanh,
        Self::Sigmoid,
        Self::Sin,
        Self::Softmax,
    ];

    /// The name, without a number.
    pub fn name(self) -> &'static str {
        NAMES[self.index()].name
    }

    /// The number behind the name, where there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::LeakyRelu(number) | Self::Elu(number) => Some(number),
            _ => None,
        }
    }

    /// The same activation with another number; itself where it takes none.
    pub fn with_number(self, number: f64) -> Self {
        match self {
            Self::LeakyRelu(_) => Self::LeakyRelu(number),
            Self::Elu(_) => Self::Elu(number),
            other => other,
        }
    }

    fn index(self) -> usize {
        match self {
            Self::Linear => 0,
            Self::Relu => 1,
            Self::LeakyRelu(_) => 2,
            Self::Elu(_) => 3,
            Self::Gelu => 4,
            Self::GeluTanh => 5,
            Self::Silu => 6,
            Self::Softplus => 7,
            Self::Tanh => 8,
            Self::Sigmoid => 9,
            Self::Sin => 10,
            Self::Softmax => 11,
        }
    }

    /// Adds the activation of `z`, of shape `[rows, units]`, to a graph.
    pub fn add(self, graph: &mut Graph, z: NodeId) -> NodeId {
        match self {
            Self::Linear => z,
            Self::Relu => graph.relu(z),
            Self::LeakyRelu(slope) => {
                let slope = graph.constant(slope);
                let below = graph.mul(slope, z);
                above_zero(graph, z, below)
            }
            Self::Elu(alpha) => {
                let (alpha, one) = (graph.constant(alpha), graph.constant(1.0));
                let exp = graph.exp(z);
                let less = graph.sub(exp, one);
                let below = graph.mul(alpha, less);
                above_zero(graph, z, below)
            }
            Self::Gelu => {
                let root = graph.constant(std::f64::consts::FRAC_1_SQRT_2);
                let scaled = graph.mul(z, root);
                let erf = graph.unary(Unary::Erf, scaled);
                half_of_one_and(graph, z, erf)
            }
            Self::GeluTanh => {
                let factor = graph.constant(std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2);
                let cubic = graph.constant(0.044715);
                let cube = graph.powi(z, 3);
                let cube = graph.mul(cubic, cube);
                let inside = graph.add(z, cube);
                let inside = graph.mul(factor, inside);
                let tanh = graph.tanh(inside);
                half_of_one_and(graph, z, tanh)
            }
            Self::Silu => {
                let share = graph.sigmoid(z);
                graph.mul(z, share)
            }
            Self::Softplus => graph.softplus(z),
            Self::Tanh => graph.tanh(z),
            Self::Sigmoid => graph.sigmoid(z),
            Self::Sin => graph.sin(z),
            Self::Softmax => rows::softmax(graph, z),
        }
    }
}

/// `z` where it is above 0, else `below`.
fn above_zero(graph: &mut Graph, z: NodeId, below: NodeId) -> NodeId {
    let zero = graph.constant(0.0);
    let above = graph.binary(Binary::Gt, z, zero);
    graph.select(above, z, below)
}

/// `½ z (1 + y)`.
fn half_of_one_and(graph: &mut Graph, z: NodeId, y: NodeId) -> NodeId {
    let (half, one) = (graph.constant(0.5), graph.constant(1.0));
    let half = graph.mul(half, z);
    let more = graph.add(one, y);
    graph.mul(half, more)
}

impl FromStr for Activation {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (at, number) = name::read(NameKind::Activation, &NAMES, text)?;
        Ok(Self::ALL[at].with_number(number))
    }
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.number().map_or(Ok(()), |number| write!(f, ":{number}"))
    }
}
