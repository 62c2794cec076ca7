//! What a plan is made of: instructions over a numbered file of values.

use crate::autodiff::{Binary, Unary};

/// The first operation of a fused pair: `a ∘ b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Add,
    Sub,
    Mul,
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
}

/// What an instruction computes from its arguments `a`, `b`, `c`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Code {
    Unary(Unary),
    Binary(Binary),
    /// Two roundings as written; never a fused multiply-add, whose result would depend on the machine.
    Fused(First, Second),
    Powi(i32),
    Select,
    /// The sine to `dst` and the cosine to `dst2`, which share the reduction of the argument.
    SinCos,
    Copy,
}

/// One instruction; the arguments it does not use are 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instr {
    pub(super) code: Code,
    pub(super) dst: u32,
    pub(super) dst2: u32,
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) c: u32,
}

impl Instr {
    /// An instruction whose argument and result numbers are mapped by `map`.
    pub(super) fn map(self, mut map: impl FnMut(u32) -> u32) -> Self {
        let [a, b, c] = [self.a, self.b, self.c].map(&mut map);
        Self { dst: map(self.dst), dst2: map(self.dst2), a, b, c, ..self }
    }

    /// How many of `a`, `b`, `c` are read.
    pub(super) fn arity(self) -> usize {
        match self.code {
            Code::Unary(_) | Code::Powi(_) | Code::SinCos | Code::Copy => 1,
            Code::Binary(_) => 2,
            Code::Fused(..) | Code::Select => 3,
        }
    }

    /// The arguments that are read.
    pub(super) fn arguments(&self) -> impl Iterator<Item = u32> + use<> {
        [self.a, self.b, self.c].into_iter().take(self.arity())
    }

    /// The values that are written.
    pub(super) fn targets(&self) -> impl Iterator<Item = u32> + use<> {
        let second = (self.code == Code::SinCos).then_some(self.dst2);
        std::iter::once(self.dst).chain(second)
    }
}
