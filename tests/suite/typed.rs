//! Formulas as objectives, for tests of what minimizes.

use std::sync::Arc;

use downhill::autodiff::{Graph, NodeId};
use downhill::lang::{Formula, Scope, Value, lower, parse_formula};
use downhill::objective::Objective;

const NAMES: [&str; 3] = ["x", "y", "z"];

/// A formula of `x`, of `x, y` or of `x, y, z`.
struct Typed {
    formula: Formula,
    dimension: usize,
}

impl Objective for Typed {
    fn dimension(&self) -> usize {
        self.dimension
    }

    fn build(&self, graph: &mut Graph, w: &[NodeId]) -> NodeId {
        let value = |name: &str| NAMES.iter().position(|n| *n == name).map(|k| Value::Scalar(w[k]));
        lower(graph, &self.formula.body, &value).expect("lowers").scalar().expect("one number")
    }
}

/// The formula as an objective of that many variables.
pub(crate) fn objective(text: &str, dimension: usize) -> Arc<dyn Objective> {
    let scope = Scope { variables: &NAMES[..dimension], columns: &[] };
    let formula = parse_formula(text, &scope).unwrap_or_else(|e| panic!("{text}: {e:?}"));
    Arc::new(Typed { formula, dimension })
}
