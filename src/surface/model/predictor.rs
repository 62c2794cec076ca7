//! The fitted curve: a model's prediction at many places, compiled.

use super::PARAMETERS;
use crate::autodiff::{Graph, NodeId, Plan, Workspace};
use crate::lang::Value;
use crate::surface::Surface;

/// A model's prediction, compiled: for pictures and residuals.
pub struct Predictor {
    plan: Plan<f64>,
    work: Workspace<f64>,
    parameters: usize,
}

impl Predictor {
    /// Compiles the prediction of a surface; none for a surface without data.
    pub fn new(surface: &Surface) -> Option<Self> {
        let model = surface.model.as_ref()?;
        let mut graph = Graph::new();
        let x = graph.input();
        let w: Vec<NodeId> = surface.variables.iter().take(PARAMETERS.len()).map(|_| graph.uniform()).collect();
        let value = surface.predict(&mut graph, model, &w, Value::Scalar(x)).ok()?.scalar()?;
        let plan = Plan::compile(&graph, &[x], &w, &[value]);
        Some(Self { work: plan.workspace(), plan, parameters: w.len() })
    }

    /// The predictions at `xs` with the parameters `w`; nan where there are too few parameters.
    pub fn at(&mut self, w: &[f64], xs: &[f64], out: &mut [f64]) {
        let lanes = xs.len().min(out.len());
        if w.len() < self.parameters {
            out.fill(f64::NAN);
            return;
        }
        self.plan.run_lanes(&mut self.work, lanes, &[xs], &w[..self.parameters], &mut [out]);
    }
}
