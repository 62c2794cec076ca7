//! Which expressions are one number and which are lists. Elementwise operations make a list if one part is a list;
//! `mean`, `sum`, `at`, `norm` and `dot` make a number of one.

use super::ast::{Expr, ExprKind};
use super::function::Func;
use super::{Diagnostic, Problem};

/// Whether a value is one number, or one per data row or per parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    List,
}

/// The kind of an expression, with a report of every function that does not get what it wants.
pub(super) fn check(expr: &Expr, kind_of: &dyn Fn(&str) -> Kind, report: &mut Vec<Diagnostic>) -> Kind {
    let widest = |kinds: &[Kind]| if kinds.contains(&Kind::List) { Kind::List } else { Kind::Number };
    match &expr.kind {
        ExprKind::Name(name) => kind_of(name),
        ExprKind::Call(func, arguments) if func.is_reduction() => {
            for (k, argument) in arguments.iter().enumerate() {
                let kind = check(argument, kind_of, report);
                let index = *func == Func::At && k == 1;
                let kind = match (index, kind) {
                    (false, Kind::Number) => Problem::NeedsList { function: func.name() },
                    (true, Kind::List) => Problem::NeedsNumber,
                    _ => continue,
                };
                report.push(Diagnostic { kind, span: argument.span, suggestion: None });
            }
            Kind::Number
        }
        _ => {
            let kinds: Vec<Kind> = expr.children().into_iter().map(|child| check(child, kind_of, report)).collect();
            widest(&kinds)
        }
    }
}
