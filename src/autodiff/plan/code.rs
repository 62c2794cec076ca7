//! What a plan is made of: instructions over a numbered file of values.

use crate::autodiff::{Binary, Unary};

/// The first operation of a fused pair: `a ∘ b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Add,
    Sub,
    Mul,
    Div,
}

/// How the third argument joins the result `r` of the first operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Second {
    /// `r + c`
    Add,
    /// `r · c`
    Mul,
    /// `r − c`
    Minus,
    /// `c − r`
    From,
    /// `r / c`
    Over,
}

/// How two products join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    Add,
    Sub,
}

/// Three operations in one pass, as the update rules and many surfaces have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    /// `(a·b + c) ± d`
    Sums(Join),
    /// `d − (a·b)/c`, a step by a quotient.
    Step,
    /// `(c + a·b) + a·b`, the slope of a square.
    Slope,
    /// `√a/b + c`, the root of a corrected mean of squares.
    Root,
    /// `a·b ± (c·c)·d`, the moving average of squares.
    Squares(Join),
}

/// What an instruction computes from its arguments `a`, `b`, `c`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Code {
    Unary(Unary),
    Binary(Binary),
    /// Two roundings as written; never a fused multiply-add, whose result would depend on the machine.
    Fused(First, Second),
    /// `a·b ± c·d` with uniform `b` and `d`: the moving averages and velocities of the update rules.
    Blend(Join),
    /// Varying and uniform arguments as `select` says.
    Chain(Chain),
    Powi(i32),
    Select,
    /// The sine to `dst` and the cosine to `dst2`, which share the reduction of the argument.
    SinCos,
    /// A function of `a·b`.
    Product(Unary),
    /// Sine and cosine of `a·b`.
    ProductSinCos,
    Copy,
}

/// One instruction; the places that it does not use repeat `dst`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instr {
    pub(super) code: Code,
    pub(super) dst: u32,
    pub(super) dst2: u32,
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) c: u32,
    pub(super) d: u32,
}

impl Instr {
    /// An instruction whose argument and result numbers are mapped by `map`.
    pub(super) fn map(self, mut map: impl FnMut(u32) -> u32) -> Self {
        let [a, b, c, d] = [self.a, self.b, self.c, self.d].map(&mut map);
        Self { dst: map(self.dst), dst2: map(self.dst2), a, b, c, d, ..self }
    }

    /// How many of `a`, `b`, `c`, `d` are read.
    pub(super) fn arity(self) -> usize {
        match self.code {
            Code::Unary(_) | Code::Powi(_) | Code::SinCos | Code::Copy => 1,
            Code::Binary(_) | Code::Product(_) | Code::ProductSinCos => 2,
            Code::Fused(..) | Code::Select | Code::Chain(Chain::Root | Chain::Slope) => 3,
            Code::Blend(_) | Code::Chain(_) => 4,
        }
    }

    /// The arguments that are read.
    pub(super) fn arguments(&self) -> impl Iterator<Item = u32> + use<> {
        [self.a, self.b, self.c, self.d].into_iter().take(self.arity())
    }

    /// The values that are written.
    pub(super) fn targets(&self) -> impl Iterator<Item = u32> + use<> {
        let second = matches!(self.code, Code::SinCos | Code::ProductSinCos).then_some(self.dst2);
        std::iter::once(self.dst).chain(second)
    }
}
