//! The one differentiation core: a [`Graph`] of typed nodes, adjoints as nodes of the same graph, and a compiled
//! [`Plan`] that evaluates outputs for one point or for many lanes without allocating.
//!
//! ```
//! use downhill::autodiff::{Graph, Plan};
//! let mut g = Graph::new();
//! let (x, y) = (g.input(), g.input());
//! let xy = g.mul(x, y);
//! let f = g.sin(xy);
//! let gradient = g.grad(f, &[x, y]);
//! let plan = Plan::<f64>::compile(&g, &[x, y], &[], &[f, gradient[0], gradient[1]]);
//! let mut work = plan.workspace();
//! let mut out = [0.0; 3];
//! plan.run_point(&mut work, &[0.5, 2.0], &[], &mut out);
//! assert_eq!(out[0], downhill::num::elem::sin(1.0));
//! ```

mod adjoint;
mod graph;
mod op;
mod plan;

pub use graph::{Graph, Node, NodeId};
pub use op::{Binary, Op, Shape, Unary};
pub use plan::{Element, Plan, TensorPlan, TensorWorkspace, Workspace};
