//! Identities that the constructors apply: exact in floating-point arithmetic for every value.

use super::{Graph, NodeId};
use crate::autodiff::{Binary, Op, Unary};

impl Graph {
    /// Identities that hold for every value, nan and infinities included (up to the sign of a zero sum).
    pub(super) fn identity(&mut self, op: Binary, a: NodeId, b: NodeId) -> Option<NodeId> {
        let (x, y) = (self.as_const(a), self.as_const(b));
        match op {
            Binary::Add if x == Some(0.0) => Some(b),
            Binary::Add | Binary::Sub if y == Some(0.0) => Some(a),
            Binary::Sub if x == Some(0.0) => Some(self.neg(b)),
            Binary::Mul if self.finite && (x == Some(0.0) || y == Some(0.0)) => Some(self.constant(0.0)),
            Binary::Mul if x == Some(1.0) => Some(b),
            Binary::Mul | Binary::Div if y == Some(1.0) => Some(a),
            Binary::Mul if x == Some(-1.0) => Some(self.neg(b)),
            Binary::Mul | Binary::Div if y == Some(-1.0) => Some(self.neg(a)),
            Binary::Div if y.is_some_and(is_power_of_two) => {
                let inverse = self.constant(1.0 / y.unwrap_or(1.0));
                Some(self.mul(a, inverse))
            }
            Binary::Add | Binary::Sub | Binary::Mul | Binary::Div => self.signs(op, a, b),
            Binary::Pow => self.power_identity(a, b),
            _ => None,
        }
    }

    /// Moves signs outward and into constants, where the next sum absorbs them: rounding is symmetric, so all of these
    /// are exact.
    fn signs(&mut self, op: Binary, a: NodeId, b: NodeId) -> Option<NodeId> {
        let (p, q) = (self.negated(a), self.negated(b));
        match (op, p, q) {
            (_, None, None) => None,
            (Binary::Add, Some(p), Some(q)) => {
                let sum = self.add(p, q);
                Some(self.neg(sum))
            }
            (Binary::Add, None, Some(q)) => Some(self.sub(a, q)),
            (Binary::Add, Some(p), None) => Some(self.sub(b, p)),
            (Binary::Sub, None, Some(q)) => Some(self.add(a, q)),
            (Binary::Sub, Some(p), None) => {
                let sum = self.add(p, b);
                Some(self.neg(sum))
            }
            (Binary::Sub, Some(p), Some(q)) => Some(self.sub(q, p)),
            (_, Some(p), Some(q)) => Some(self.binary(op, p, q)),
            (_, Some(p), None) => Some(self.signed(op, p, b)),
            (_, None, Some(q)) => Some(self.signed(op, a, q)),
        }
    }

    /// `−(a ∘ b)` for a product or a quotient: the sign goes into a constant factor where there is one.
    fn signed(&mut self, op: Binary, a: NodeId, b: NodeId) -> NodeId {
        if let Some(x) = self.as_const(a) {
            let opposite = self.constant(-x);
            return self.binary(op, opposite, b);
        }
        if let Some(y) = self.as_const(b) {
            let opposite = self.constant(-y);
            return self.binary(op, a, opposite);
        }
        let positive = self.binary(op, a, b);
        self.neg(positive)
    }

    fn negated(&self, id: NodeId) -> Option<NodeId> {
        match self.op(id) {
            Op::Unary(Unary::Neg, inner) => Some(inner),
            _ => None,
        }
    }

    /// A whole constant exponent becomes repeated squaring, the base e the exponential.
    fn power_identity(&mut self, base: NodeId, exponent: NodeId) -> Option<NodeId> {
        if self.as_const(base) == Some(std::f64::consts::E) {
            return Some(self.exp(exponent));
        }
        let y = self.as_const(exponent)?;
        (y.fract() == 0.0 && y.abs() <= 64.0).then(|| self.powi(base, y as i32))
    }
}

/// Whether dividing by the number is the same as multiplying by its inverse, to the last bit.
fn is_power_of_two(x: f64) -> bool {
    const MANTISSA: u64 = (1 << 52) - 1;
    x.is_normal() && (1.0 / x).is_normal() && x.to_bits() & MANTISSA == 0
}
