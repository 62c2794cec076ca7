//! From the texts of a model to a surface over its parameters, and from that to graphs.

use super::{COLUMNS, Model, ModelEntry, ModelError, PARAMETERS, PREDICTION};
use crate::autodiff::{Graph, NodeId, Shape};
use crate::i18n::Localized;
use crate::lang::{self, Diagnostic, Expr, Formula, Problem, Scope, Value};
use crate::objective::DataLoss;
use crate::surface::Surface;

/// The texts of a model, understood.
pub(super) struct Texts {
    /// The prediction.
    pub(super) prediction: Expr,
    /// The loss; its parameters are those that either text declares.
    pub(super) loss: Formula,
    /// The parameters `w`, `b` that occur, in this order.
    pub(super) variables: Vec<String>,
}

/// Reads both texts. What the prediction declares with `param`, the loss may use.
pub(super) fn read(prediction: &str, loss: &str) -> Result<Texts, ModelError> {
    let wrong_prediction = |problems| ModelError::Prediction { text: prediction.to_owned(), problems };
    let wrong_loss = |problems| ModelError::Loss { text: loss.to_owned(), problems };
    let scope = Scope { variables: &["w", "b", "x"], columns: &[] };
    let predicted = lang::parse_formula(prediction, &scope).map_err(wrong_prediction)?;
    let mut known: Vec<&str> = PARAMETERS.to_vec();
    known.extend(predicted.params.iter().map(|param| param.name.as_str()));
    let columns = [COLUMNS[0], COLUMNS[1], PREDICTION];
    if let Some(taken) = predicted.params.iter().find(|param| columns.contains(&param.name.as_str())) {
        let kind = Problem::ReservedName { name: taken.name.clone() };
        return Err(wrong_prediction(vec![Diagnostic { kind, span: taken.span, suggestion: None }]));
    }
    let lost = lang::parse_formula(loss, &Scope { variables: &known, columns: &columns }).map_err(wrong_loss)?;
    let mut names = lost.body.names();
    names.extend(predicted.body.names());
    let mut variables: Vec<String> =
        PARAMETERS.iter().filter(|name| names.contains(**name)).map(|&n| n.to_owned()).collect();
    if variables.is_empty() {
        variables.push(PARAMETERS[0].to_owned());
    }
    let params = predicted.params.into_iter().chain(lost.params).collect();
    Ok(Texts { prediction: predicted.body, loss: Formula { params, body: lost.body }, variables })
}

/// The surface of a model. `own` says whether the texts are the entry's own.
pub(super) fn surface(
    entry: &ModelEntry,
    own: bool,
    loss: &str,
    texts: Texts,
    model: Model,
) -> Result<Surface, ModelError> {
    let axes: Vec<_> = texts.variables.iter().map(|name| entry.axis(name)).collect();
    let surface = Surface {
        id: own.then(|| entry.id.clone()),
        category: None,
        name: if own { entry.name.clone() } else { Localized::same(loss.trim()) },
        source: loss.to_owned(),
        params: texts.loss.params.iter().map(|param| param.default).collect(),
        formula: texts.loss,
        dimension: texts.variables.len(),
        variables: texts.variables,
        domain: axes.iter().map(|axis| axis.domain).collect(),
        tags: if own { entry.tags.clone() } else { Vec::new() },
        scale: entry.scale,
        start: axes.iter().map(|axis| axis.start).collect(),
        lr: entry.lr,
        momentum: 0.0,
        lesson: if own { entry.lesson.clone() } else { Localized::default() },
        note: None,
        citation: None,
        minima: Vec::new(),
        maxima: Vec::new(),
        saddles: Vec::new(),
        model: Some(model),
        foreign: None,
    };
    surface.lowers_over_data()?;
    Ok(surface)
}

impl Surface {
    /// Whether the texts can become a graph over columns and over single rows, so that building need not fail later.
    fn lowers_over_data(&self) -> Result<(), ModelError> {
        let Some(model) = &self.model else { return Ok(()) };
        let mut graph = Graph::new();
        let w: Vec<NodeId> = self.variables.iter().map(|_| graph.input()).collect();
        for rows in [1, 2] {
            let columns: Vec<Value> =
                COLUMNS.iter().map(|_| Value::Column(graph.input_shaped(Shape::new(rows, 1)))).collect();
            self.predict(&mut graph, model, &w, columns[0].clone()).map_err(|problem| ModelError::Prediction {
                text: model.prediction.clone(),
                problems: vec![problem],
            })?;
            self.lose(&mut graph, &w, &columns)
                .map_err(|problem| ModelError::Loss { text: self.source.clone(), problems: vec![problem] })?;
        }
        Ok(())
    }

    /// The same loss over some of the rows only: a mini-batch's own surface. Rows that there are not are left out.
    pub fn on_rows(&self, rows: &[u32]) -> Self {
        let mut part = self.clone();
        if let Some(model) = &mut part.model {
            for column in &mut model.columns {
                *column = rows.iter().filter_map(|&row| column.get(row as usize).copied()).collect();
            }
        }
        part
    }

    /// The parameters `w`, `b` and what the texts declare, as nodes.
    fn env<'a>(&'a self, graph: &mut Graph, w: &'a [NodeId]) -> impl Fn(&str) -> Option<Value> + use<'a> {
        let declared: Vec<NodeId> = self.params.iter().map(|&value| graph.constant(value)).collect();
        move |name: &str| {
            let variable = self.variables.iter().zip(w).find(|(v, _)| *v == name).map(|(_, &node)| node);
            let param = || self.formula.params.iter().zip(&declared).find(|(p, _)| p.name == name).map(|(_, &n)| n);
            variable.or_else(param).map(Value::Scalar)
        }
    }

    /// The prediction at `x`, which is one number or a list; as many numbers as `x` has.
    pub(super) fn predict(
        &self,
        graph: &mut Graph,
        model: &Model,
        w: &[NodeId],
        x: Value,
    ) -> Result<Value, Diagnostic> {
        let shared = self.env(graph, w);
        let env = |name: &str| if name == COLUMNS[0] { Some(x.clone()) } else { shared(name) };
        let predicted = lang::lower(graph, &model.body, &env)?;
        // What does not depend on x is the same for every row.
        Ok(match (predicted, &x) {
            (Value::Scalar(node), Value::Column(column)) => {
                let shape = graph.shape(*column);
                Value::Column(graph.broadcast(node, shape))
            }
            (Value::Scalar(node), Value::Vector(nodes)) => Value::Vector(vec![node; nodes.len()]),
            (predicted, _) => predicted,
        })
    }

    /// The loss over the columns `x` and `y`.
    fn lose(&self, graph: &mut Graph, w: &[NodeId], columns: &[Value]) -> Result<NodeId, Diagnostic> {
        let (Some(model), [x, y]) = (&self.model, columns) else { return Ok(graph.constant(f64::NAN)) };
        let p = self.predict(graph, model, w, x.clone())?;
        let shared = self.env(graph, w);
        let env = |name: &str| match name {
            "x" => Some(x.clone()),
            "y" => Some(y.clone()),
            PREDICTION => Some(p.clone()),
            _ => shared(name),
        };
        let value = lang::lower(graph, &self.formula.body, &env)?;
        Ok(value.scalar().unwrap_or_else(|| graph.constant(f64::NAN)))
    }

    /// The loss over all the rows as scalars.
    pub(in crate::surface) fn unrolled(&self, graph: &mut Graph, w: &[NodeId], model: &Model) -> NodeId {
        if self.rows() == 0 {
            return graph.constant(f64::NAN);
        }
        let column = |column: &Vec<f64>| Value::Vector(column.iter().map(|&value| graph.constant(value)).collect());
        let columns: Vec<Value> = model.columns.iter().map(column).collect();
        self.lose(graph, w, &columns).unwrap_or_else(|_| graph.constant(f64::NAN))
    }
}

impl DataLoss for Surface {
    fn columns(&self) -> &[Vec<f64>] {
        self.model.as_ref().map_or(&[], |model| &model.columns)
    }

    fn build_over(&self, graph: &mut Graph, w: &[NodeId], columns: &[NodeId]) -> NodeId {
        let columns: Vec<Value> = columns.iter().map(|&node| Value::Column(node)).collect();
        // It was lowered once when the surface was made.
        self.lose(graph, w, &columns).unwrap_or_else(|_| graph.constant(f64::NAN))
    }
}
