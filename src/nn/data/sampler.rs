//! Rows that a text draws: lines of formulas over random numbers, compiled and run over all the rows at once.

use super::Task;
use crate::autodiff::{Graph, NodeId, Plan};
use crate::lang::{self, Expr, Scope, Value};
use crate::num::stream::{Purpose, Stream};

/// The random numbers of each kind that a row has. Rows are addressed by it, so it cannot change without changing all
/// data sets.
const NUMBERS: usize = 6;
/// Decimals of a drawn number: as many as a person wants to read.
pub(super) const GRAIN: f64 = 10_000.0;

const UNIFORM: [&str; NUMBERS] = ["u1", "u2", "u3", "u4", "u5", "u6"];
const NORMAL: [&str; NUMBERS] = ["n1", "n2", "n3", "n4", "n5", "n6"];
/// What is the same for all rows, and what each row has of its own, besides random numbers.
const SHARED: [&str; 2] = ["noise", "classes"];
const OWN: [&str; 2] = ["k", "s"];

/// What is wrong with a text, for whoever writes the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Problem {
    /// Not `name = formula`.
    NoAssignment,
    /// A formula that cannot be understood.
    Formula(Vec<lang::Diagnostic>),
    /// A name that is given, or assigned twice.
    Taken(String),
    /// Nothing is said of an input or of the target.
    Missing(&'static str),
}

/// A text that draws rows.
#[derive(Debug)]
pub(super) struct Sampler {
    lines: Vec<(String, Expr)>,
    inputs: usize,
}

/// Which rows.
pub(super) struct Draw {
    pub(super) rows: usize,
    pub(super) classes: usize,
    pub(super) noise: f64,
    pub(super) seed: u64,
}

/// Rows that were drawn.
pub(super) struct Drawn {
    /// `rows × inputs`.
    pub(super) inputs: Vec<f64>,
    /// A number a row: the target, or the class.
    pub(super) targets: Vec<f64>,
}

impl Sampler {
    /// Reads a text.
    pub(super) fn read(text: &str, task: Task) -> Result<Self, (usize, Problem)> {
        let given: Vec<&str> = UNIFORM.iter().chain(&NORMAL).chain(&SHARED).chain(&OWN).copied().collect();
        let mut lines: Vec<(String, Expr)> = Vec::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |problem| (at + 1, problem);
            let (name, formula) = line.split_once('=').ok_or_else(|| wrong(Problem::NoAssignment))?;
            let name = name.trim().to_owned();
            let known: Vec<&str> = given.iter().copied().chain(lines.iter().map(|(name, _)| name.as_str())).collect();
            if known.contains(&name.as_str()) {
                return Err(wrong(Problem::Taken(name)));
            }
            let formula = lang::parse_formula(formula, &Scope { variables: &known, columns: &[] })
                .map_err(|problems| wrong(Problem::Formula(problems)))?;
            lines.push((name, formula.body));
        }
        let has = |name: &str| lines.iter().any(|(known, _)| known == name);
        let inputs = (1..).take_while(|k| has(&format!("x{k}"))).count();
        let missing = |what| (text.lines().count(), Problem::Missing(what));
        if inputs == 0 {
            return Err(missing("x1"));
        }
        if task == Task::Regression && !has("y") {
            return Err(missing("y"));
        }
        Ok(Self { lines, inputs })
    }

    /// How many inputs a row has.
    pub(super) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Draws rows. With more rows, the rows that there were keep their random numbers.
    pub(super) fn draw(&self, draw: &Draw) -> Drawn {
        let Draw { rows, classes, noise, .. } = *draw;
        let mut graph = Graph::new();
        let columns: Vec<(&str, NodeId)> =
            UNIFORM.iter().chain(&NORMAL).chain(&OWN).map(|name| (*name, graph.input())).collect();
        let shared: Vec<(&str, NodeId)> = SHARED.iter().map(|name| (*name, graph.uniform())).collect();
        let mut known: Vec<(&str, NodeId)> = columns.iter().chain(&shared).copied().collect();
        for (name, formula) in &self.lines {
            let env = |name: &str| known.iter().find(|(n, _)| *n == name).map(|(_, node)| Value::Scalar(*node));
            // Formulas of numbers that were parsed can be lowered.
            let value = lang::lower(&mut graph, formula, &env).ok().and_then(|value| value.scalar());
            known.push((name, value.unwrap_or_else(|| graph.constant(f64::NAN))));
        }
        let node = |name: &str| known.iter().find(|(n, _)| *n == name).map(|(_, node)| *node);
        let target = node("y").or_else(|| node("class")).or_else(|| node("k"));
        let outputs: Vec<NodeId> = (1..=self.inputs).filter_map(|k| node(&format!("x{k}"))).chain(target).collect();
        let inputs: Vec<NodeId> = columns.iter().map(|(_, node)| *node).collect();
        let uniforms: Vec<NodeId> = shared.iter().map(|(_, node)| *node).collect();
        let plan = Plan::<f64>::compile(&graph, &inputs, &uniforms, &outputs);

        let given = given(draw);
        let given: Vec<&[f64]> = given.iter().map(Vec::as_slice).collect();
        let mut drawn = vec![vec![0.0; rows]; outputs.len()];
        let mut out: Vec<&mut [f64]> = drawn.iter_mut().map(Vec::as_mut_slice).collect();
        plan.run_lanes(&mut plan.workspace(), rows, &given, &[noise, classes as f64], &mut out);
        let targets = drawn.pop().unwrap_or_default().into_iter().map(grained).collect();
        let inputs = (0..rows).flat_map(|row| drawn.iter().map(move |column| grained(column[row]))).collect();
        Drawn { inputs, targets }
    }
}

/// A number as it is written in a table.
fn grained(value: f64) -> f64 {
    (value * GRAIN).round() / GRAIN
}

/// Rows of a curve: `x` evenly likely from a range, the target normal around the curve's value there.
pub(super) fn curve(mut at: impl FnMut(&[f64]) -> Vec<f64>, [low, high]: [f64; 2], draw: &Draw) -> Drawn {
    let mut stream = Stream::new(draw.seed, Purpose::Rows);
    let (mut inputs, mut noise) = (vec![0.0; draw.rows], vec![0.0; draw.rows]);
    stream.uniform(0, &mut inputs);
    stream.normal(1, &mut noise);
    inputs.iter_mut().for_each(|x| *x = grained(low + (high - low) * *x).clamp(low, high));
    let targets = at(&inputs).iter().zip(&noise).map(|(y, n)| grained(y + draw.noise * n)).collect();
    Drawn { inputs, targets }
}

/// The columns of what each row is given, in the order of the inputs.
fn given(draw: &Draw) -> Vec<Vec<f64>> {
    let Draw { rows, classes, seed, .. } = *draw;
    let mut stream = Stream::new(seed, Purpose::Rows);
    let mut random = vec![0.0; rows * NUMBERS];
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(2 * NUMBERS + OWN.len());
    stream.uniform(0, &mut random);
    columns.extend((0..NUMBERS).map(|k| random.iter().skip(k).step_by(NUMBERS).copied().collect()));
    stream.normal(1, &mut random);
    columns.extend((0..NUMBERS).map(|k| random.iter().skip(k).step_by(NUMBERS).copied().collect()));
    // Rows are dealt to the classes in turns, so that a short batch without shuffling has all of them.
    let classes = classes.max(1);
    columns.push((0..rows).map(|row| (row % classes) as f64).collect());
    let of_class = |class: usize| (rows + classes - 1 - class) / classes;
    columns.push((0..rows).map(|row| (row / classes) as f64 / of_class(row % classes) as f64).collect());
    columns
}
