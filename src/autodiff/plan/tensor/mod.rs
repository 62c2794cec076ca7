//! Compiled graphs of shaped values: models over data columns, dense layers, update rules over all weights.
//!
//! Runs of elementwise nodes of one length become one pass of the lane interpreter over cache-sized blocks; scalars go
//! through the point interpreter, in double precision whatever the elements are; sums, products and transposes are stages
//! of their own. A transpose that only feeds a product costs nothing. Results are written where the caller wants them.

mod compile;
mod memory;
mod reduce;
mod run;
mod stages;

use std::sync::Arc;

use compile::Compiler;
use memory::{Home, Homes};
pub use run::TensorWorkspace;

use super::code::Instr;
use super::element::Element;
use super::lanes::{Program, Watched};
use crate::autodiff::{Graph, NodeId};

/// One step of a run.
#[derive(Clone, Debug)]
enum Stage<T> {
    Scalars(Vec<Instr>),
    Lanes {
        code: Program<T>,
        inputs: Vec<Home>,
        outputs: Vec<Home>,
        len: usize,
        /// Which of the workspace's blocks has its places, where one block is enough.
        block: Option<usize>,
        /// Whether all its values may be passed up to the end of a cache line.
        padded: bool,
        /// Where outputs lie where inputs do, which of them is watched.
        aside: Option<Watched>,
    },
    Sum {
        from: Home,
        to: u32,
    },
    SumRows {
        from: Home,
        to: Home,
    },
    PeakRows {
        from: Home,
        to: Result<Home, u32>,
    },
    Fill {
        from: u32,
        to: Home,
    },
    Repeat {
        from: Home,
        to: Home,
    },
    Copy {
        from: Home,
        to: Home,
    },
    Transpose {
        from: Home,
        to: Home,
        cols: usize,
    },
    MatMul {
        a: Factor,
        b: Factor,
        bias: Option<Home>,
        to: Home,
    },
}

#[derive(Clone, Copy, Debug)]
struct Factor {
    home: Home,
    rows: usize,
    cols: usize,
    transposed: bool,
}

/// How the value of an output comes to the caller.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Scalar(u32),
    Copy(Home),
    /// A stage has written it where it belongs.
    Done,
}

impl<T> Stage<T> {
    /// The homes that it names.
    fn homes(&mut self) -> Vec<&mut Home> {
        match self {
            Self::Scalars(_) => Vec::new(),
            Self::Lanes { inputs, outputs, .. } => inputs.iter_mut().chain(outputs).collect(),
            Self::Sum { from: home, .. } | Self::Fill { to: home, .. } | Self::PeakRows { from: home, to: Err(_) } => {
                vec![home]
            }
            Self::SumRows { from, to }
            | Self::PeakRows { from, to: Ok(to) }
            | Self::Repeat { from, to }
            | Self::Copy { from, to }
            | Self::Transpose { from, to, .. } => vec![from, to],
            Self::MatMul { a, b, bias, to } => {
                [&mut a.home, &mut b.home, to].into_iter().chain(bias.as_mut()).collect()
            }
        }
    }
}

/// A compiled graph whose inputs and outputs may have any shape. Immutable; give each thread its own [`TensorWorkspace`].
#[derive(Clone, Debug)]
pub struct TensorPlan<T> {
    scalars: Vec<f64>,
    /// The scalar inputs' slots in the file of scalars.
    scalar_inputs: Vec<(usize, u32)>,
    stages: Vec<Stage<T>>,
    outcomes: Vec<Outcome>,
    homes: Arc<Homes>,
    /// How many stages are one block.
    blocks: usize,
}

impl<T: Element> TensorPlan<T> {
    /// Compiles what `outputs` need. The values of `inputs` come in this order at run time, row-major.
    ///
    /// # Panics
    ///
    /// When an output depends on an input that is not listed: a bug of the caller.
    pub fn compile(graph: &Graph, inputs: &[NodeId], outputs: &[NodeId]) -> Self {
        Compiler::new(graph, inputs, false).compile(outputs)
    }

    /// Compiles an update: `next[k]` replaces `state[k]`, which has its shape. `given` comes from outside at each step.
    ///
    /// # Panics
    ///
    /// As [`TensorPlan::compile`], and when shapes differ.
    pub fn compile_update(graph: &Graph, state: &[NodeId], given: &[NodeId], next: &[NodeId]) -> Self {
        assert_eq!(state.len(), next.len(), "one next value for each state");
        assert!(state.iter().zip(next).all(|(&a, &b)| graph.shape(a) == graph.shape(b)), "a state changes its shape");
        let inputs = [state, given].concat();
        Compiler::new(graph, &inputs, true).compile(next)
    }
}
