//! Expressions to nodes of a graph. Knows operations, not how they are differentiated or run.

use super::ast::{Comparison, Expr, ExprKind};
use super::function::{Func, Meaning};
use super::{Diagnostic, Problem, Span};
use crate::autodiff::{Binary, Graph, NodeId, Shape, Unary};

/// What a name stands for in a graph, and what an expression becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// One number: a node of shape 1×1.
    Scalar(NodeId),
    /// A column of data: one node of shape n×1.
    Column(NodeId),
    /// A list of numbers with a node each: a parameter vector, a state, a list of settings.
    Vector(Vec<NodeId>),
}

impl Value {
    /// The node, if it is one number.
    pub const fn scalar(&self) -> Option<NodeId> {
        match self {
            Self::Scalar(node) => Some(*node),
            _ => None,
        }
    }

    /// The same in the form of another value: a number repeated, or the value itself. `None` if it has another form.
    pub fn like(self, graph: &mut Graph, other: &Self) -> Option<Self> {
        match (self, other) {
            (value, Self::Vector(nodes)) => value.into_vector(nodes.len()).map(Self::Vector),
            (Self::Scalar(node), Self::Column(column)) => {
                let shape = graph.shape(*column);
                Some(Self::Column(graph.broadcast(node, shape)))
            }
            (Self::Column(node), Self::Column(column)) if graph.shape(node) == graph.shape(*column) => {
                Some(Self::Column(node))
            }
            (value @ Self::Scalar(_), Self::Scalar(_)) => Some(value),
            _ => None,
        }
    }

    /// One node per parameter: a number repeated, or the vector itself. `None` for a column or another length.
    pub fn into_vector(self, dimension: usize) -> Option<Vec<NodeId>> {
        match self {
            Self::Scalar(node) => Some(vec![node; dimension]),
            Self::Vector(nodes) if nodes.len() == dimension => Some(nodes),
            _ => None,
        }
    }
}

/// Adds an expression to a graph; `env` says what its names stand for.
///
/// Sums and products are computed from left to right; `e^x` is `exp(x)`, a small whole constant exponent repeated
/// multiplication; `log` is natural; comparisons give 1 or 0; lists are combined element by element.
///
/// # Errors
/// A name that `env` does not know, a number where a list is needed, lists that do not fit each other. Parsed formulas
/// with an `env` that fits their scope have none of these.
pub fn lower(graph: &mut Graph, expr: &Expr, env: &dyn Fn(&str) -> Option<Value>) -> Result<Value, Diagnostic> {
    Lowering { graph, env }.expr(expr)
}

struct Lowering<'a> {
    graph: &'a mut Graph,
    env: &'a dyn Fn(&str) -> Option<Value>,
}

fn problem<T>(kind: Problem, span: Span) -> Result<T, Diagnostic> {
    Err(Diagnostic { kind, span, suggestion: None })
}

impl Lowering<'_> {
    fn expr(&mut self, expr: &Expr) -> Result<Value, Diagnostic> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Number(value) => Ok(Value::Scalar(self.graph.constant(*value))),
            ExprKind::Constant(constant) => Ok(Value::Scalar(self.graph.constant(constant.value()))),
            ExprKind::Name(name) => match (self.env)(name) {
                Some(value) => Ok(value),
                None => {
                    let kind = Problem::UnknownName { name: name.clone(), known: Vec::new(), in_rule: false };
                    problem(kind, span)
                }
            },
            ExprKind::Neg(a) => {
                let a = self.expr(a)?;
                self.unary(Unary::Neg, &a, span)
            }
            ExprKind::Sum(terms) => {
                let terms = terms.iter().map(|t| (if t.negative { Binary::Sub } else { Binary::Add }, &t.value));
                self.chain(terms, span)
            }
            ExprKind::Product(factors) => {
                let factors = factors.iter().map(|f| (if f.divides { Binary::Div } else { Binary::Mul }, &f.value));
                self.chain(factors, span)
            }
            ExprKind::Power(a, b) => self.pair(Binary::Pow, a, b, span),
            ExprKind::Compare(sign, a, b) => {
                let op = match sign {
                    Comparison::Lt => Binary::Lt,
                    Comparison::Le => Binary::Le,
                    Comparison::Gt => Binary::Gt,
                    Comparison::Ge => Binary::Ge,
                    Comparison::Eq => Binary::Eq,
                    Comparison::Ne => Binary::Ne,
                };
                self.pair(op, a, b, span)
            }
            ExprKind::Call(func, arguments) => {
                let arguments = arguments.iter().map(|a| self.expr(a)).collect::<Result<Vec<_>, _>>()?;
                self.call(*func, &arguments, span)
            }
            ExprKind::If(choice) => {
                let parts = [self.expr(&choice.condition)?, self.expr(&choice.then)?, self.expr(&choice.otherwise)?];
                self.elementwise(&parts, span, |graph, parts| match parts {
                    [condition, then, otherwise] => graph.select(*condition, *then, *otherwise),
                    _ => graph.constant(f64::NAN),
                })
            }
        }
    }

    /// Operands joined from left to right.
    fn chain<'e>(&mut self, parts: impl Iterator<Item = (Binary, &'e Expr)>, span: Span) -> Result<Value, Diagnostic> {
        let mut total: Option<Value> = None;
        for (op, part) in parts {
            let part = self.expr(part)?;
            total = Some(match total {
                None => part,
                Some(before) => self.binary(op, &before, &part, span)?,
            });
        }
        Ok(total.unwrap_or_else(|| Value::Scalar(self.graph.constant(0.0))))
    }

    fn pair(&mut self, op: Binary, a: &Expr, b: &Expr, span: Span) -> Result<Value, Diagnostic> {
        let (a, b) = (self.expr(a)?, self.expr(b)?);
        self.binary(op, &a, &b, span)
    }

    fn unary(&mut self, op: Unary, a: &Value, span: Span) -> Result<Value, Diagnostic> {
        self.elementwise(std::slice::from_ref(a), span, |graph, parts| match parts {
            [a] => graph.unary(op, *a),
            _ => graph.constant(f64::NAN),
        })
    }

    fn binary(&mut self, op: Binary, a: &Value, b: &Value, span: Span) -> Result<Value, Diagnostic> {
        self.elementwise(&[a.clone(), b.clone()], span, |graph, parts| match parts {
            [a, b] => graph.binary(op, *a, *b),
            _ => graph.constant(f64::NAN),
        })
    }

    /// One operation on numbers, on the elements of vectors, or on whole columns; numbers go with everything.
    fn elementwise(
        &mut self,
        values: &[Value],
        span: Span,
        op: impl Fn(&mut Graph, &[NodeId]) -> NodeId,
    ) -> Result<Value, Diagnostic> {
        let mut length: Option<usize> = None;
        let mut shape: Option<Shape> = None;
        for value in values {
            match value {
                Value::Scalar(_) => {}
                Value::Column(node) => {
                    let own = self.graph.shape(*node);
                    if shape.is_some_and(|shape| shape != own) {
                        return problem(Problem::ListMismatch, span);
                    }
                    shape = Some(own);
                }
                Value::Vector(nodes) => {
                    if length.is_some_and(|length| length != nodes.len()) {
                        return problem(Problem::ListMismatch, span);
                    }
                    length = Some(nodes.len());
                }
            }
        }
        let at = |k: usize| {
            let node = |value: &Value| match value {
                Value::Scalar(node) | Value::Column(node) => Some(*node),
                Value::Vector(nodes) => nodes.get(k).copied(),
            };
            values.iter().filter_map(node).collect::<Vec<_>>()
        };
        match (length, shape) {
            (Some(_), Some(_)) => problem(Problem::ListMismatch, span),
            (Some(length), None) => Ok(Value::Vector((0..length).map(|k| op(self.graph, &at(k))).collect())),
            (None, Some(shape)) => {
                let node = op(self.graph, &at(0));
                // What folds to a number (`x^0`) still stands for a whole column.
                Ok(Value::Column(self.graph.broadcast(node, shape)))
            }
            (None, None) => Ok(Value::Scalar(op(self.graph, &at(0)))),
        }
    }

    fn call(&mut self, func: Func, arguments: &[Value], span: Span) -> Result<Value, Diagnostic> {
        match (func.info().meaning, func, arguments) {
            (Meaning::Unary(op), _, [a]) => self.unary(op, a, span),
            (Meaning::Binary(op), _, [a, b]) => self.binary(op, a, b, span),
            (_, Func::Clamp, [_, _, _]) => self.elementwise(arguments, span, clamp),
            (_, Func::Sum, [list]) => self.sum(func, list, span),
            (_, Func::Mean, [list]) => {
                let count = match list {
                    Value::Vector(nodes) => nodes.len(),
                    Value::Column(node) => self.graph.shape(*node).len(),
                    Value::Scalar(_) => 1,
                };
                let total = self.sum(func, list, span)?;
                let count = Value::Scalar(self.graph.constant(count as f64));
                self.binary(Binary::Div, &total, &count, span)
            }
            (_, Func::Dot, [a, b]) => {
                let products = self.binary(Binary::Mul, a, b, span)?;
                if matches!(a, Value::Scalar(_)) || matches!(b, Value::Scalar(_)) {
                    return problem(Problem::NeedsList { function: func.name() }, span);
                }
                self.sum(func, &products, span)
            }
            (_, Func::Norm, [list]) => {
                let squares = self.binary(Binary::Mul, list, list, span)?;
                let total = self.sum(func, &squares, span)?;
                self.unary(Unary::Sqrt, &total, span)
            }
            (_, Func::At, [list, index]) => self.element(list, index, span),
            (_, _, found) => {
                let info = func.info();
                let kind = Problem::WrongArity { function: info.name, parameters: info.parameters, found: found.len() };
                problem(kind, span)
            }
        }
    }

    fn sum(&mut self, func: Func, list: &Value, span: Span) -> Result<Value, Diagnostic> {
        match list {
            Value::Scalar(_) => problem(Problem::NeedsList { function: func.name() }, span),
            Value::Column(node) => Ok(Value::Scalar(self.graph.sum(*node))),
            Value::Vector(nodes) => {
                let mut total = self.graph.constant(0.0);
                for node in nodes {
                    total = self.graph.add(total, *node);
                }
                Ok(Value::Scalar(total))
            }
        }
    }

    /// The element of a vector at an index that may be known only when the graph runs; nan where there is none.
    fn element(&mut self, list: &Value, index: &Value, span: Span) -> Result<Value, Diagnostic> {
        let Value::Vector(nodes) = list else { return problem(Problem::ListMismatch, span) };
        let Value::Scalar(index) = index else { return problem(Problem::NeedsNumber, span) };
        let mut found = self.graph.constant(f64::NAN);
        for (k, node) in nodes.iter().enumerate().rev() {
            let k = self.graph.constant(k as f64);
            let here = self.graph.binary(Binary::Eq, *index, k);
            found = self.graph.select(here, *node, found);
        }
        Ok(Value::Scalar(found))
    }
}

/// `min(max(x, low), high)` with the whole adjoint to `x` at the bounds, as in PyTorch.
fn clamp(graph: &mut Graph, parts: &[NodeId]) -> NodeId {
    let [x, low, high] = parts else { return graph.constant(f64::NAN) };
    let below = graph.binary(Binary::Lt, *x, *low);
    let raised = graph.select(below, *low, *x);
    let above = graph.binary(Binary::Gt, raised, *high);
    graph.select(above, *high, raised)
}
