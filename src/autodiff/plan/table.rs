//! Which kernel an instruction takes: chosen once, when code is bound, for its operation, for the kinds of its
//! arguments and for the instruction set.

use super::code::{Chain, Code, First, Instr, Join, Second};
use super::element::Element;
use super::isa::{InstructionSet, Kernel, Operation};
use super::lanes::{KIND, UNIFORM};
use super::ops::{self, Fused, FusedTwice, OfProduct, Twice};
use crate::autodiff::{Binary, Unary};

/// A kernel and the arguments that it reads.
pub(super) type Choice<T> = (Kernel<T>, [u32; 4]);

/// The kernel for an instruction over places.
pub(super) fn choose<T: Element, I: InstructionSet>(instr: &Instr) -> Choice<T> {
    let Instr { a, b, c, d, .. } = *instr;
    match instr.code {
        // A square or a double reads its argument once: the loads are what limits these loops.
        Code::Fused(First::Mul, second) if a == b => twice::<T, I, ops::Mul>(second, a, c),
        Code::Fused(First::Add, second) if a == b => twice::<T, I, ops::Add>(second, a, c),
        Code::Fused(first, second) => {
            let at = [a, b, c];
            match first {
                First::Add => fused::<T, I, ops::Add>(second, at),
                First::Sub => fused::<T, I, ops::Sub>(second, at),
                First::Mul => fused::<T, I, ops::Mul>(second, at),
                First::Div => fused::<T, I, ops::Div>(second, at),
            }
        }
        Code::Binary(Binary::Mul) if a == b => one::<T, I, Twice<ops::Mul>>(a),
        Code::Binary(Binary::Add) if a == b => one::<T, I, Twice<ops::Add>>(a),
        Code::Binary(op) => binary::<T, I>(op, a, b),
        Code::Unary(op) => unary::<T, I>(op, a),
        // The selection makes blends of varying values with uniform factors only.
        Code::Blend(Join::Add) => (I::kernel::<T, ops::BlendAdd, 0b0101>(), [a, b, c, d]),
        Code::Blend(Join::Sub) => (I::kernel::<T, ops::BlendSub, 0b0101>(), [a, b, c, d]),
        Code::Chain(chain) => chained::<T, I>(chain, [a, b, c, d]),
        Code::Powi(3) => one::<T, I, ops::Cube>(a),
        Code::Powi(4) => one::<T, I, ops::Fourth>(a),
        Code::Powi(-1) => one::<T, I, ops::Inverse>(a),
        Code::Powi(-2) => one::<T, I, ops::InverseSquare>(a),
        Code::Powi(_) if varies(a) => (I::power::<T, 0b1>(), [a; 4]),
        Code::Powi(_) => (I::power::<T, 0b0>(), [a; 4]),
        Code::Select => three::<T, I, ops::Select>([a, b, c]),
        Code::Copy => one::<T, I, ops::Copy>(a),
        // A uniform one has been taken apart.
        Code::SinCos => (I::sin_cos::<T, 0b1, false>(), [a; 4]),
        Code::ProductSinCos if varies(a) && varies(b) => (I::sin_cos::<T, 0b11, true>(), [a, b, a, b]),
        Code::ProductSinCos if varies(a) => (I::sin_cos::<T, 0b01, true>(), [a, b, a, b]),
        Code::ProductSinCos => (I::sin_cos::<T, 0b10, true>(), [a, b, a, b]),
        Code::Product(Unary::Sqrt) => two::<T, I, OfProduct<ops::Sqrt>>(a, b),
        Code::Product(Unary::Sin) => two::<T, I, OfProduct<ops::Sin>>(a, b),
        Code::Product(Unary::Cos) => two::<T, I, OfProduct<ops::Cos>>(a, b),
        // The selection makes no others.
        Code::Product(_) => two::<T, I, OfProduct<ops::Exp>>(a, b),
    }
}

pub(super) fn varies(place: u32) -> bool {
    place & KIND != UNIFORM
}

fn one<T: Element, I: InstructionSet, O: Operation<T>>(a: u32) -> Choice<T> {
    (if varies(a) { I::kernel::<T, O, 0b1>() } else { I::kernel::<T, O, 0b0>() }, [a; 4])
}

fn two<T: Element, I: InstructionSet, O: Operation<T>>(a: u32, b: u32) -> Choice<T> {
    let kernel = match (varies(a), varies(b)) {
        (true, true) => I::kernel::<T, O, 0b11>(),
        (true, false) => I::kernel::<T, O, 0b01>(),
        (false, true) => I::kernel::<T, O, 0b10>(),
        (false, false) => I::kernel::<T, O, 0b00>(),
    };
    (kernel, [a, b, a, b])
}

fn three<T: Element, I: InstructionSet, O: Operation<T>>([a, b, c]: [u32; 3]) -> Choice<T> {
    let kernel = match (varies(a), varies(b), varies(c)) {
        (true, true, true) => I::kernel::<T, O, 0b111>(),
        (true, true, false) => I::kernel::<T, O, 0b011>(),
        (true, false, true) => I::kernel::<T, O, 0b101>(),
        (true, false, false) => I::kernel::<T, O, 0b001>(),
        (false, true, true) => I::kernel::<T, O, 0b110>(),
        (false, true, false) => I::kernel::<T, O, 0b010>(),
        (false, false, true) => I::kernel::<T, O, 0b100>(),
        (false, false, false) => I::kernel::<T, O, 0b000>(),
    };
    (kernel, [a, b, c, c])
}

/// The selection makes chains of these kinds of arguments only; the last of a chain of sums may be either.
fn chained<T: Element, I: InstructionSet>(chain: Chain, [a, b, c, d]: [u32; 4]) -> Choice<T> {
    match chain {
        Chain::Sums(Join::Add) if a == b => three::<T, I, ops::SquareSumsAdd>([a, c, d]),
        Chain::Sums(Join::Sub) if a == b => three::<T, I, ops::SquareSumsSub>([a, c, d]),
        Chain::Sums(Join::Add) => (sums::<T, I, ops::SumsAdd>(d), [a, b, c, d]),
        Chain::Sums(Join::Sub) => (sums::<T, I, ops::SumsSub>(d), [a, b, c, d]),
        Chain::Step => (I::kernel::<T, ops::StepBy, 0b1101>(), [a, b, c, d]),
        Chain::Slope => three::<T, I, ops::Slope>([a, b, c]),
        Chain::Root => (I::kernel::<T, ops::Root, 0b001>(), [a, b, c, c]),
        Chain::Squares(Join::Add) => (I::kernel::<T, ops::SquaresAdd, 0b0101>(), [a, b, c, d]),
        Chain::Squares(Join::Sub) => (I::kernel::<T, ops::SquaresSub, 0b0101>(), [a, b, c, d]),
    }
}

fn sums<T: Element, I: InstructionSet, O: Operation<T>>(last: u32) -> Kernel<T> {
    if varies(last) { I::kernel::<T, O, 0b1111>() } else { I::kernel::<T, O, 0b0111>() }
}

fn fused<T: Element, I: InstructionSet, F: Operation<T>>(second: Second, at: [u32; 3]) -> Choice<T> {
    match second {
        Second::Add => three::<T, I, Fused<F, ops::Add>>(at),
        Second::Mul => three::<T, I, Fused<F, ops::Mul>>(at),
        Second::Minus => three::<T, I, Fused<F, ops::Sub>>(at),
        Second::From => three::<T, I, Fused<F, ops::From>>(at),
        Second::Over => three::<T, I, Fused<F, ops::Div>>(at),
    }
}

fn twice<T: Element, I: InstructionSet, F: Operation<T>>(second: Second, a: u32, c: u32) -> Choice<T> {
    match second {
        Second::Add => two::<T, I, FusedTwice<F, ops::Add>>(a, c),
        Second::Mul => two::<T, I, FusedTwice<F, ops::Mul>>(a, c),
        Second::Minus => two::<T, I, FusedTwice<F, ops::Sub>>(a, c),
        Second::From => two::<T, I, FusedTwice<F, ops::From>>(a, c),
        Second::Over => two::<T, I, FusedTwice<F, ops::Div>>(a, c),
    }
}

fn unary<T: Element, I: InstructionSet>(op: Unary, a: u32) -> Choice<T> {
    match op {
        Unary::Neg => one::<T, I, ops::Neg>(a),
        Unary::Abs => one::<T, I, ops::Abs>(a),
        Unary::Sign => one::<T, I, ops::Sign>(a),
        Unary::Sqrt => one::<T, I, ops::Sqrt>(a),
        Unary::Exp => one::<T, I, ops::Exp>(a),
        Unary::Ln => one::<T, I, ops::Ln>(a),
        Unary::Log2 => one::<T, I, ops::Log2>(a),
        Unary::Log10 => one::<T, I, ops::Log10>(a),
        Unary::Sin => one::<T, I, ops::Sin>(a),
        Unary::Cos => one::<T, I, ops::Cos>(a),
        Unary::Tan => one::<T, I, ops::Tan>(a),
        Unary::Asin => one::<T, I, ops::Asin>(a),
        Unary::Acos => one::<T, I, ops::Acos>(a),
        Unary::Atan => one::<T, I, ops::Atan>(a),
        Unary::Sinh => one::<T, I, ops::Sinh>(a),
        Unary::Cosh => one::<T, I, ops::Cosh>(a),
        Unary::Tanh => one::<T, I, ops::Tanh>(a),
        Unary::Floor => one::<T, I, ops::Floor>(a),
        Unary::Relu => one::<T, I, ops::Relu>(a),
        Unary::Step => one::<T, I, ops::Step>(a),
        Unary::Sigmoid => one::<T, I, ops::Sigmoid>(a),
        Unary::Softplus => one::<T, I, ops::Softplus>(a),
        Unary::Erf => one::<T, I, ops::Erf>(a),
    }
}

fn binary<T: Element, I: InstructionSet>(op: Binary, a: u32, b: u32) -> Choice<T> {
    match op {
        Binary::Add => two::<T, I, ops::Add>(a, b),
        Binary::Sub => two::<T, I, ops::Sub>(a, b),
        Binary::Mul => two::<T, I, ops::Mul>(a, b),
        Binary::Div => two::<T, I, ops::Div>(a, b),
        Binary::Pow => two::<T, I, ops::Pow>(a, b),
        Binary::Min => two::<T, I, ops::Min>(a, b),
        Binary::Max => two::<T, I, ops::Max>(a, b),
        Binary::Atan2 => two::<T, I, ops::Atan2>(a, b),
        Binary::Hypot => two::<T, I, ops::Hypot>(a, b),
        Binary::Lt => two::<T, I, ops::Lt>(a, b),
        Binary::Le => two::<T, I, ops::Le>(a, b),
        Binary::Gt => two::<T, I, ops::Gt>(a, b),
        Binary::Ge => two::<T, I, ops::Ge>(a, b),
        Binary::Eq => two::<T, I, ops::Eq>(a, b),
        Binary::Ne => two::<T, I, ops::Ne>(a, b),
    }
}
