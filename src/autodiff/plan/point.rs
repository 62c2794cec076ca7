//! The point interpreter: one value a slot, for a single point and for what is uniform over lanes.

use super::code::{Chain, Code, First, Instr, Join, Second};
use super::element::Element;
use crate::autodiff::op::fold;
use crate::autodiff::{Binary, Unary};
use crate::num::elem;

/// Runs `code` over the file of values.
pub(super) fn run<T: Element>(code: &[Instr], file: &mut [T]) {
    for instr in code {
        let a = file[instr.a as usize];
        let value = match instr.code {
            Code::Unary(op) => unary(op, a),
            Code::Binary(op) => binary(op, a, file[instr.b as usize]),
            Code::Fused(first, second) => fused(first, second, a, file[instr.b as usize], file[instr.c as usize]),
            Code::Blend(Join::Add) => a * file[instr.b as usize] + file[instr.c as usize] * file[instr.d as usize],
            Code::Blend(Join::Sub) => a * file[instr.b as usize] - file[instr.c as usize] * file[instr.d as usize],
            Code::Chain(kind) => {
                chain(kind, [a, file[instr.b as usize], file[instr.c as usize], file[instr.d as usize]])
            }
            Code::Powi(n) => a.whole_power(n),
            Code::Select => {
                if a != T::default() {
                    file[instr.b as usize]
                } else {
                    file[instr.c as usize]
                }
            }
            Code::Product(op) => unary(op, a * file[instr.b as usize]),
            Code::SinCos | Code::ProductSinCos => {
                let angle = if instr.code == Code::SinCos { a } else { a * file[instr.b as usize] };
                let (sine, cosine) = elem::sin_cos(angle.wide());
                file[instr.dst2 as usize] = T::of(cosine);
                T::of(sine)
            }
            Code::Copy => a,
        };
        file[instr.dst as usize] = value;
    }
}

#[inline(always)]
fn unary<T: Element>(op: Unary, a: T) -> T {
    match op {
        Unary::Neg => -a,
        Unary::Sqrt => a.root(),
        _ => T::of(fold::unary(op, a.wide())),
    }
}

#[inline(always)]
fn binary<T: Element>(op: Binary, a: T, b: T) -> T {
    match op {
        Binary::Add => a + b,
        Binary::Sub => a - b,
        Binary::Mul => a * b,
        Binary::Div => a / b,
        _ => T::of(fold::binary(op, a.wide(), b.wide())),
    }
}

#[inline(always)]
fn fused<T: Element>(first: First, second: Second, a: T, b: T, c: T) -> T {
    let r = match first {
        First::Add => a + b,
        First::Sub => a - b,
        First::Mul => a * b,
        First::Div => a / b,
    };
    match second {
        Second::Add => r + c,
        Second::Mul => r * c,
        Second::Minus => r - c,
        Second::From => c - r,
        Second::Over => r / c,
    }
}

#[inline(always)]
fn chain<T: Element>(kind: Chain, [a, b, c, d]: [T; 4]) -> T {
    match kind {
        Chain::Sums(Join::Add) => (a * b + c) + d,
        Chain::Sums(Join::Sub) => (a * b + c) - d,
        Chain::Step => d - (a * b) / c,
        Chain::Slope => (c + a * b) + a * b,
        Chain::Root => a.root() / b + c,
        Chain::Squares(Join::Add) => a * b + (c * c) * d,
        Chain::Squares(Join::Sub) => a * b - (c * c) * d,
    }
}
