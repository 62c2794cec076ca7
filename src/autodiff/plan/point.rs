//! The point interpreter: one value a slot, for a single point and for what is uniform over lanes.

use super::code::{Code, First, Instr, Join, Second};
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
            Code::Blend(join) => {
                let (left, right) = (a * file[instr.b as usize], file[instr.c as usize] * file[instr.d as usize]);
                match join {
                    Join::Add => left + right,
                    Join::Sub => left - right,
                }
            }
            Code::Powi(n) => a.whole_power(n),
            Code::Select => {
                if a != T::default() {
                    file[instr.b as usize]
                } else {
                    file[instr.c as usize]
                }
            }
            Code::SinCos => {
                let (sine, cosine) = elem::sin_cos(a.wide());
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
