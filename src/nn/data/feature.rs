//! Extra inputs: formulas of the inputs, for rows of data and for any point that is asked.

use super::DataError;
use crate::autodiff::{Graph, NodeId, Plan, Workspace};
use crate::lang::{self, Diagnostic, Scope, Value};

/// Inputs that people choose from, where there are two; any other formula of `x1`, `x2` … will do as well.
pub const FEATURES: [&str; 7] = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"];

/// The most formulas.
const MAX_FEATURES: usize = 64;

/// From the inputs of a row to what the net is given.
#[derive(Clone, Debug)]
pub struct FeatureMap {
    texts: Vec<String>,
    inputs: usize,
    formulas: Option<Formulas>,
}

impl FeatureMap {
    /// Compiles formulas of `x1` … for so many inputs; no formula at all leaves the inputs as they are.
    ///
    /// # Errors
    /// A formula that cannot be understood; too many formulas.
    pub fn new(texts: &[String], inputs: usize) -> Result<Self, DataError> {
        if texts.len() > MAX_FEATURES {
            return Err(DataError::TooManyFeatures { found: texts.len(), limit: MAX_FEATURES });
        }
        let mut map = Self { texts: texts.to_vec(), inputs, formulas: None };
        if !texts.is_empty() {
            let names: Vec<String> = (1..=inputs).map(|k| format!("x{k}")).collect();
            let variables: Vec<&str> = names.iter().map(String::as_str).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let formulas = Formulas::new(&texts, &variables);
            map.formulas =
                Some(formulas.map_err(|(at, problems)| DataError::Feature { text: texts[at].to_owned(), problems })?);
        }
        Ok(map)
    }

    /// How many numbers a row has before.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many numbers a row has after.
    pub fn outputs(&self) -> usize {
        if self.formulas.is_some() { self.texts.len() } else { self.inputs }
    }

    /// The names of what comes out, given those of the inputs.
    pub fn names(&self, inputs: &[String]) -> Vec<String> {
        if self.formulas.is_some() { self.texts.clone() } else { inputs.to_vec() }
    }

    /// `rows × inputs` to `rows × outputs`.
    pub fn apply(&mut self, rows: &[f64], out: &mut Vec<f64>) {
        match &mut self.formulas {
            Some(formulas) => formulas.run(rows, out),
            None => {
                out.clear();
                out.extend_from_slice(rows);
            }
        }
    }
}

/// Formulas of the same variables, compiled together.
#[derive(Clone, Debug)]
pub(super) struct Formulas {
    plan: Plan<f64>,
    work: Workspace<f64>,
    columns: Vec<Vec<f64>>,
    results: Vec<Vec<f64>>,
}

impl Formulas {
    /// Compiles them; or which is wrong, and what is wrong with it.
    pub(super) fn new(texts: &[&str], variables: &[&str]) -> Result<Self, (usize, Vec<Diagnostic>)> {
        let mut graph = Graph::new();
        let inputs: Vec<NodeId> = variables.iter().map(|_| graph.input()).collect();
        let mut outputs = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            let formula = lang::parse_formula(text, &Scope { variables, columns: &[] }).map_err(|all| (at, all))?;
            let params = formula.params.iter().map(|param| (param.name.as_str(), param.default));
            let params: Vec<(&str, NodeId)> = params.map(|(name, value)| (name, graph.constant(value))).collect();
            let known: Vec<(&str, NodeId)> =
                variables.iter().copied().zip(inputs.iter().copied()).chain(params).collect();
            let env = |name: &str| known.iter().find(|(n, _)| *n == name).map(|(_, node)| Value::Scalar(*node));
            let value = lang::lower(&mut graph, &formula.body, &env).map_err(|one| (at, vec![one]))?;
            outputs.push(value.scalar().unwrap_or_else(|| graph.constant(f64::NAN)));
        }
        let plan = Plan::compile(&graph, &inputs, &[], &outputs);
        let work = plan.workspace();
        Ok(Self { plan, work, columns: vec![Vec::new(); inputs.len()], results: vec![Vec::new(); outputs.len()] })
    }

    /// Their values at rows of variables, row-major.
    pub(super) fn run(&mut self, rows: &[f64], out: &mut Vec<f64>) {
        let width = self.columns.len().max(1);
        let count = rows.len() / width;
        for (k, column) in self.columns.iter_mut().enumerate() {
            column.clear();
            column.extend(rows.chunks_exact(width).map(|row| row[k]));
        }
        self.results.iter_mut().for_each(|result| result.resize(count, 0.0));
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        let mut results: Vec<&mut [f64]> = self.results.iter_mut().map(Vec::as_mut_slice).collect();
        self.plan.run_lanes(&mut self.work, count, &columns, &[], &mut results);
        out.clear();
        out.extend((0..count).flat_map(|row| self.results.iter().map(move |result| result[row])));
    }
}
