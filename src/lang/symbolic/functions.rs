//! The derivatives of the functions.

use super::derivative::either;
use super::monomial::{inverse, power, product};
use super::sum::sum;
use crate::lang::ast::{Comparison, Constant, Expr, ExprKind};
use crate::lang::function::Func;

fn number(value: f64) -> Expr {
    Expr::number(value)
}

fn square(expr: &Expr) -> Expr {
    power(expr, &number(2.0))
}

fn compare(sign: Comparison, a: &Expr, b: &Expr) -> Expr {
    ExprKind::Compare(sign, Box::new(a.clone()), Box::new(b.clone())).into()
}

/// `f'(u)` of an elementwise function of one argument.
pub(super) fn outer(func: Func, u: &Expr) -> Option<Expr> {
    let call = |func: Func| Expr::call(func, u.clone());
    let negated = |expr: Expr| sum([(true, expr)]);
    let one_minus = |expr: Expr| sum([(false, number(1.0)), (true, expr)]);
    let over_log = |base: f64| inverse(&product([u.clone(), Expr::call(Func::Ln, number(base))]));
    Some(match func {
        Func::Sin => call(Func::Cos),
        Func::Cos => negated(call(Func::Sin)),
        Func::Tan => inverse(&square(&call(Func::Cos))),
        Func::Asin => inverse(&Expr::call(Func::Sqrt, one_minus(square(u)))),
        Func::Acos => negated(inverse(&Expr::call(Func::Sqrt, one_minus(square(u))))),
        Func::Atan => inverse(&sum([(false, number(1.0)), (false, square(u))])),
        Func::Sinh => call(Func::Cosh),
        Func::Cosh => call(Func::Sinh),
        Func::Tanh => one_minus(square(&call(Func::Tanh))),
        Func::Exp => call(Func::Exp),
        Func::Ln => inverse(u),
        Func::Log2 => over_log(2.0),
        Func::Log10 => over_log(10.0),
        Func::Sqrt => inverse(&product([number(2.0), call(Func::Sqrt)])),
        Func::Abs => call(Func::Sign),
        Func::Sign | Func::Floor => number(0.0),
        Func::Relu => either(compare(Comparison::Gt, u, &number(0.0)), number(1.0), number(0.0)),
        Func::Sigmoid => product([call(Func::Sigmoid), one_minus(call(Func::Sigmoid))]),
        Func::Softplus => call(Func::Sigmoid),
        Func::Erf => {
            let bell = Expr::call(Func::Exp, negated(square(u)));
            let root = Expr::call(Func::Sqrt, ExprKind::Constant(Constant::Pi).into());
            product([number(2.0), inverse(&root), bell])
        }
        _ => return None,
    })
}

/// The derivative of a function of several arguments, or of a list, of which `inner` are the arguments' derivatives.
pub(super) fn partials(func: Func, arguments: &[Expr], inner: &[Expr], name: &str) -> Expr {
    match (func, arguments, inner) {
        (Func::Min, [a, b], [da, db]) => either(compare(Comparison::Lt, a, b), da.clone(), db.clone()),
        (Func::Max, [a, b], [da, db]) => either(compare(Comparison::Gt, a, b), da.clone(), db.clone()),
        (Func::Clamp, [x, low, high], [dx, dlow, dhigh]) => {
            let inside = either(compare(Comparison::Gt, x, high), dhigh.clone(), dx.clone());
            either(compare(Comparison::Lt, x, low), dlow.clone(), inside)
        }
        (Func::Hypot, [a, b], [da, db]) => {
            let rise = sum([(false, product([a.clone(), da.clone()])), (false, product([b.clone(), db.clone()]))]);
            let length = ExprKind::Call(Func::Hypot, arguments.to_vec()).into();
            product([rise, inverse(&length)])
        }
        (Func::Atan2, [y, x], [dy, dx]) => {
            let turn = sum([(false, product([x.clone(), dy.clone()])), (true, product([y.clone(), dx.clone()]))]);
            product([turn, inverse(&sum([(false, square(x)), (false, square(y))]))])
        }
        (Func::Mean, _, [d]) => reduced(Func::Mean, d, name).unwrap_or_else(|| d.clone()),
        (Func::Sum, [list], [d]) => reduced(Func::Sum, d, name).unwrap_or_else(|| {
            // The same number for every element: the sum of ones counts them.
            let ones = Expr::call(Func::Sum, list.clone().power(number(0.0)));
            product([d.clone(), ones])
        }),
        (Func::Norm, [list], [d]) => {
            let rise = Expr::call(Func::Sum, product([list.clone(), d.clone()]));
            product([rise, inverse(&Expr::call(Func::Norm, list.clone()))])
        }
        (Func::Dot, [a, b], [da, db]) => {
            let both = sum([(false, product([da.clone(), b.clone()])), (false, product([a.clone(), db.clone()]))]);
            Expr::call(Func::Sum, both)
        }
        (Func::At, [_, index], [d, _]) if d.names().iter().any(|other| other != name) => {
            ExprKind::Call(Func::At, vec![d.clone(), index.clone()]).into()
        }
        (Func::At, _, [d, _]) => d.clone(),
        _ => number(0.0),
    }
}

/// `mean(d)` or `sum(d)`, where `d` can be a list at all: where another name than the variable occurs in it.
fn reduced(func: Func, d: &Expr, name: &str) -> Option<Expr> {
    d.names().iter().any(|other| other != name).then(|| Expr::call(func, d.clone()))
}
