//! The rules of the elementwise operations: `d` times the partial derivative, as nodes.

use crate::autodiff::{Binary, Graph, NodeId, Unary};

/// `d · ∂op(x)/∂x`, where `y = op(x)`; none where the derivative is 0 everywhere.
pub(super) fn unary(g: &mut Graph, op: Unary, x: NodeId, y: NodeId, d: NodeId) -> Option<NodeId> {
    use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10};
    let contribution = match op {
        Unary::Sign | Unary::Floor | Unary::Step => return None,
        Unary::Neg => g.neg(d),
        Unary::Abs => with(g, d, |g| g.sign(x)),
        Unary::Sqrt => {
            let two_y = g.add(y, y);
            g.div(d, two_y)
        }
        Unary::Exp => g.mul(d, y),
        Unary::Ln => g.div(d, x),
        Unary::Log2 | Unary::Log10 => {
            let base = g.constant(if op == Unary::Log2 { LN_2 } else { LN_10 });
            let scaled = g.mul(x, base);
            g.div(d, scaled)
        }
        Unary::Sin => with(g, d, |g| g.cos(x)),
        Unary::Cos => {
            let sine = with(g, d, |g| g.sin(x));
            g.neg(sine)
        }
        Unary::Tan => with(g, d, |g| one_and_square(g, y, false)),
        Unary::Asin | Unary::Acos => {
            let inside = one_and_square(g, x, true);
            let root = g.sqrt(inside);
            let slope = g.div(d, root);
            if op == Unary::Asin { slope } else { g.neg(slope) }
        }
        Unary::Atan => {
            let below = one_and_square(g, x, false);
            g.div(d, below)
        }
        Unary::Sinh => with(g, d, |g| g.unary(Unary::Cosh, x)),
        Unary::Cosh => with(g, d, |g| g.unary(Unary::Sinh, x)),
        Unary::Tanh => with(g, d, |g| one_and_square(g, y, true)),
        Unary::Relu => with(g, d, |g| g.unary(Unary::Step, x)),
        Unary::Sigmoid => {
            let one = g.constant(1.0);
            let rest = g.sub(one, y);
            let slope = g.mul(y, rest);
            g.mul(d, slope)
        }
        Unary::Softplus => with(g, d, |g| g.sigmoid(x)),
        Unary::Erf => {
            let square = g.mul(x, x);
            let negative = g.neg(square);
            let bell = g.exp(negative);
            let factor = g.constant(FRAC_2_SQRT_PI);
            let slope = g.mul(factor, bell);
            g.mul(d, slope)
        }
    };
    Some(contribution)
}

fn with(g: &mut Graph, d: NodeId, slope: impl FnOnce(&mut Graph) -> NodeId) -> NodeId {
    let slope = slope(g);
    g.mul(d, slope)
}

/// `1 − x²` or `1 + x²`.
fn one_and_square(g: &mut Graph, x: NodeId, minus: bool) -> NodeId {
    let one = g.constant(1.0);
    let square = g.mul(x, x);
    if minus { g.sub(one, square) } else { g.add(one, square) }
}

/// `d` times the partial derivative of `z = op(x, y)` with respect to its first or second argument.
pub(super) fn binary(
    g: &mut Graph,
    op: Binary,
    (x, y): (NodeId, NodeId),
    z: NodeId,
    d: NodeId,
    first: bool,
) -> Option<NodeId> {
    let contribution = match op {
        Binary::Add => d,
        Binary::Sub => {
            if first {
                d
            } else {
                g.neg(d)
            }
        }
        Binary::Mul => g.mul(d, if first { y } else { x }),
        Binary::Div => {
            let quotient = g.div(d, y);
            if first {
                quotient
            } else {
                let product = g.mul(quotient, z);
                g.neg(product)
            }
        }
        Binary::Pow => power(g, (x, y), z, d, first),
        Binary::Min | Binary::Max => {
            let (strictly, own) = if op == Binary::Min { (Binary::Lt, x) } else { (Binary::Gt, x) };
            let (a, b) = if first { (own, y) } else { (y, x) };
            let wins = g.binary(strictly, a, b);
            let tie = g.binary(Binary::Eq, x, y);
            let half = g.constant(0.5);
            let half_tie = g.mul(half, tie);
            let share = g.add(wins, half_tie);
            g.mul(d, share)
        }
        Binary::Atan2 => {
            let (xx, yy) = (g.mul(x, x), g.mul(y, y));
            let below = g.add(xx, yy);
            let above = if first { y } else { g.neg(x) };
            let slope = g.div(above, below);
            g.mul(d, slope)
        }
        Binary::Hypot => {
            let slope = g.div(if first { x } else { y }, z);
            g.mul(d, slope)
        }
        Binary::Lt | Binary::Le | Binary::Gt | Binary::Ge | Binary::Eq | Binary::Ne => return None,
    };
    Some(contribution)
}

/// The two partial derivatives of `z = x^y`, with the guards on the inner values: `x^0` has derivative 0 in `x`, and
/// `0^y` derivative 0 in `y`.
fn power(g: &mut Graph, (x, y): (NodeId, NodeId), z: NodeId, d: NodeId, first: bool) -> NodeId {
    let zero = g.constant(0.0);
    let one = g.constant(1.0);
    if first {
        let lower = g.sub(y, one);
        let flat = g.binary(Binary::Eq, y, zero);
        let exponent = g.select(flat, one, lower);
        let power = g.pow(x, exponent);
        let slope = g.mul(y, power);
        let slope = g.select(flat, zero, slope);
        g.mul(d, slope)
    } else {
        let at_zero = g.binary(Binary::Eq, x, zero);
        let base = g.select(at_zero, one, x);
        let log = g.ln(base);
        let slope = g.mul(z, log);
        g.mul(d, slope)
    }
}
