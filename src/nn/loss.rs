//! Losses: how wrong the outputs are, as a mean over all elements, and what is added for the size of the weights.

use std::fmt;
use std::str::FromStr;

use super::name::{self, Name, NameError, NameKind};
use super::rows::{self, Shifted};
use crate::autodiff::{Binary, Graph, NodeId};

/// How wrong the outputs are: a mean over rows and outputs (cross-entropy: over rows).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Loss {
    /// The square of the residual.
    #[default]
    Mse,
    /// Its absolute value.
    Mae,
    /// Half its square up to this size, from there a line.
    Huber(f64),
    /// The cross-entropy of a coin, of outputs before the sigmoid.
    BceWithLogits,
    /// The negative logarithm of the class's share, of outputs before the softmax.
    SoftmaxCrossEntropy,
    /// `max(0, 1 − y z)`.
    Hinge,
}

/// In the order of the variants.
const NAMES: [Name; 6] = [
    Name::plain("mse"),
    Name::plain("mae"),
    Name::with("huber", 1.0, true),
    Name::plain("bce_with_logits").also(&["bce"]),
    Name::plain("softmax_cross_entropy").also(&["cross_entropy"]),
    Name::plain("hinge"),
];

impl Loss {
    /// All of them, with the numbers that they have unless others are given.
    pub const ALL: [Self; 6] =
        [Self::Mse, Self::Mae, Self::Huber(1.0), Self::BceWithLogits, Self::SoftmaxCrossEntropy, Self::Hinge];

    /// The name, without a number.
    pub fn name(self) -> &'static str {
        NAMES[self.index()].name
    }

    /// The number behind the name, where there is one.
    pub fn number(self) -> Option<f64> {
        if let Self::Huber(delta) = self { Some(delta) } else { None }
    }

    /// The same loss with another number; itself where it takes none.
    pub fn with_number(self, number: f64) -> Self {
        if let Self::Huber(_) = self { Self::Huber(number) } else { self }
    }

    fn index(self) -> usize {
        match self {
            Self::Mse => 0,
            Self::Mae => 1,
            Self::Huber(_) => 2,
            Self::BceWithLogits => 3,
            Self::SoftmaxCrossEntropy => 4,
            Self::Hinge => 5,
        }
    }

    /// Over how many numbers the mean of so many rows goes.
    pub fn count(self, rows: usize, outputs: usize) -> usize {
        if self == Self::SoftmaxCrossEntropy { rows } else { rows * outputs }
    }

    /// Whether its targets are wanted as columns: `[outputs, rows]` in place of `[rows, outputs]`.
    pub fn wants_columns(self) -> bool {
        self == Self::SoftmaxCrossEntropy
    }

    /// Adds the sum of the loss over all elements to a graph; the mean is that over [`Loss::count`].
    pub fn add_sum(self, graph: &mut Graph, output: NodeId, target: NodeId) -> NodeId {
        let each = match self {
            Self::Mse => {
                let residual = graph.sub(output, target);
                graph.mul(residual, residual)
            }
            Self::Mae => {
                let residual = graph.sub(output, target);
                graph.abs(residual)
            }
            Self::Huber(delta) => huber(graph, output, target, delta),
            Self::BceWithLogits => {
                let product = graph.mul(output, target);
                let softplus = graph.softplus(output);
                graph.sub(softplus, product)
            }
            Self::SoftmaxCrossEntropy => return cross_entropy(graph, output, target),
            Self::Hinge => {
                let one = graph.constant(1.0);
                let product = graph.mul(target, output);
                let short = graph.sub(one, product);
                graph.relu(short)
            }
        };
        graph.sum(each)
    }
}

/// `r²/2` where `|r| < δ`, else `δ (|r| − δ/2)`.
fn huber(graph: &mut Graph, output: NodeId, target: NodeId, delta: f64) -> NodeId {
    let (half, edge, offset) = (graph.constant(0.5), graph.constant(delta), graph.constant(0.5 * delta));
    let residual = graph.sub(output, target);
    let square = graph.mul(residual, residual);
    let near = graph.mul(half, square);
    let size = graph.abs(residual);
    let beyond = graph.sub(size, offset);
    let far = graph.mul(edge, beyond);
    let inside = graph.binary(Binary::Lt, size, edge);
    graph.select(inside, near, far)
}

/// The logarithms of the rows' sums of exponentials, less the outputs of their classes; `target` is 1 at the class of each
/// row, as columns.
fn cross_entropy(graph: &mut Graph, output: NodeId, target: NodeId) -> NodeId {
    let Shifted { values, sums, .. } = rows::shifted(graph, output);
    let logs = graph.ln(sums);
    let all = graph.sum(logs);
    let own = graph.mul(target, values);
    let own = graph.sum(own);
    graph.sub(all, own)
}

impl FromStr for Loss {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (at, number) = name::read(NameKind::Loss, &NAMES, text)?;
        Ok(Self::ALL[at].with_number(number))
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.number().map_or(Ok(()), |number| write!(f, ":{number}"))
    }
}

/// What is added to the loss for the size of the weights: `l1 Σ|w| + l2 Σw²` over all weights, not the biases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Penalty {
    /// The factor of the absolute values.
    pub l1: f64,
    /// The factor of the squares; PyTorch's weight decay is twice this.
    pub l2: f64,
}

impl Penalty {
    /// Whether nothing is added.
    pub fn is_none(self) -> bool {
        self.l1 == 0.0 && self.l2 == 0.0
    }

    /// Adds the penalty of weights to a graph; none where nothing is added.
    pub fn add(self, graph: &mut Graph, weights: &[NodeId]) -> Option<NodeId> {
        let mut total: Option<NodeId> = None;
        for &weight in weights {
            for (factor, square) in [(self.l1, false), (self.l2, true)] {
                if factor == 0.0 {
                    continue;
                }
                let each = if square { graph.mul(weight, weight) } else { graph.abs(weight) };
                let sum = graph.sum(each);
                let factor = graph.constant(factor);
                let part = graph.mul(factor, sum);
                total = Some(total.map_or(part, |total| graph.add(total, part)));
            }
        }
        total
    }
}
