//! The lane interpreter: each instruction runs over a block of lanes whose registers stay in the first-level cache.

use super::code::{Code, First, Instr};
use super::element::Element;
use super::isa::{self, InstructionSet, Plain, Widest, widest};
#[cfg(target_arch = "x86_64")]
use super::isa::{Avx2, Avx512};
use super::loops;
use crate::autodiff::Binary;

/// Lanes in a block that streams through: long enough to forget the cost of choosing an instruction, short enough that
/// the next block of every column fits into the first-level cache beside it.
pub(super) const BLOCK: usize = 256;

/// The most lanes in a block; those of a block that stays for many steps.
pub(super) const LONG_BLOCK: usize = 512;

/// What a place's number means is in its two highest bits: a register, a uniform, an input's or an output's column.
pub(super) const UNIFORM: u32 = 1 << 30;
/// A column of inputs.
pub(super) const INPUT: u32 = 2 << 30;
/// A column of outputs.
pub(super) const OUTPUT: u32 = 3 << 30;
/// The bits that tell which.
pub(super) const KIND: u32 = 3 << 30;

/// The values of a block of lanes, aligned to a cache line: vector loads that straddle two lines cost twice.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct Lanes<T>([T; LONG_BLOCK]);

/// A register, which is taken out while it is written.
pub(super) type Register<T> = Option<Box<Lanes<T>>>;

/// A new register.
pub(super) fn register<T: Element>() -> Register<T> {
    Some(Box::new(Lanes([T::default(); LONG_BLOCK])))
}

/// What a register holds.
#[inline(always)]
pub(super) fn values<T>(register: &Register<T>) -> &[T] {
    register.as_deref().map_or(&[], |lanes| &lanes.0)
}

/// What a register holds, to be written.
#[inline(always)]
pub(super) fn values_mut<T>(register: &mut Register<T>) -> &mut [T] {
    register.as_deref_mut().map_or(&mut [], |lanes| &mut lanes.0)
}

/// All that code over lanes reads and writes: the lanes `start..start + len` of the columns.
pub(super) struct Frame<'f, 'o, T> {
    pub(super) registers: &'f mut [Register<T>],
    pub(super) uniforms: &'f [T],
    pub(super) inputs: &'f [&'f [T]],
    pub(super) outputs: &'f mut [&'o mut [T]],
    pub(super) start: usize,
    pub(super) len: usize,
}

/// Runs code over a frame.
pub(super) type Runner<T> = for<'f, 'o> fn(&[Instr], &mut Frame<'f, 'o, T>);

/// The runner on the widest instruction set of the machine: ask once, use for all blocks.
pub(super) fn runner<T: Element>() -> Runner<T> {
    match widest() {
        #[cfg(target_arch = "x86_64")]
        Widest::Avx512 => run_on::<T, Avx512>,
        #[cfg(target_arch = "x86_64")]
        Widest::Avx2 => run_on::<T, Avx2>,
        Widest::Plain => run_on::<T, Plain>,
    }
}

/// An argument: a value per lane, or one for all.
#[derive(Clone, Copy)]
pub(super) enum Arg<'a, T> {
    Lane(&'a [T]),
    Uni(T),
}

impl<'o, T: Element> Frame<'_, 'o, T> {
    #[inline(always)]
    fn arg(&self, place: u32) -> Arg<'_, T> {
        let number = (place & !KIND) as usize;
        let column = self.start..self.start + self.len;
        match place & KIND {
            UNIFORM => Arg::Uni(self.uniforms[number]),
            INPUT => Arg::Lane(&self.inputs[number][column]),
            OUTPUT => Arg::Lane(&self.outputs[number][column]),
            _ => Arg::Lane(&values(&self.registers[number])[..self.len]),
        }
    }

    /// Takes the target out, so that the arguments can be read beside it; an instruction never reads its target.
    #[inline(always)]
    fn take(&mut self, place: u32) -> Target<'o, T> {
        let number = (place & !KIND) as usize;
        if place & KIND == OUTPUT {
            Target::Column(std::mem::take(&mut self.outputs[number]))
        } else {
            Target::Register(self.registers[number].take())
        }
    }

    #[inline(always)]
    fn put(&mut self, place: u32, target: Target<'o, T>) {
        let number = (place & !KIND) as usize;
        match target {
            Target::Column(column) => self.outputs[number] = column,
            Target::Register(register) => self.registers[number] = register,
        }
    }
}

enum Target<'o, T> {
    Register(Register<T>),
    Column(&'o mut [T]),
}

impl<T> Target<'_, T> {
    #[inline(always)]
    fn lanes(&mut self, start: usize, len: usize) -> &mut [T] {
        match self {
            Target::Register(register) => &mut values_mut(register)[..len],
            Target::Column(column) => &mut column[start..start + len],
        }
    }
}

/// Brings the columns' next block into the cache, a few lines with each instruction: all at once would find the
/// processor's few places for outstanding reads taken.
struct Ahead {
    /// The column, inputs first, and how many of its values have been asked for.
    column: usize,
    asked: usize,
    share: usize,
}

impl Ahead {
    fn new<T: Element>(frame: &Frame<'_, '_, T>, instructions: usize) -> Self {
        let values = (frame.inputs.len() + frame.outputs.len()) * frame.len;
        let more = frame.inputs.first().is_some_and(|column| column.len() > frame.start + frame.len);
        let share = if more { (values / instructions.max(1)).next_multiple_of(64) } else { 0 };
        Self { column: 0, asked: 0, share }
    }

    #[inline(always)]
    fn fetch<T: Element>(&mut self, frame: &Frame<'_, '_, T>) {
        let mut left = self.share;
        while left > 0 {
            let column: &[T] = match self.column.checked_sub(frame.inputs.len()) {
                None => frame.inputs[self.column],
                Some(k) => match frame.outputs.get(k) {
                    Some(column) => column,
                    None => return,
                },
            };
            let next = column.get(frame.start + frame.len..).unwrap_or(&[]);
            let next = &next[..next.len().min(frame.len)];
            let part = &next[self.asked.min(next.len())..next.len().min(self.asked + left)];
            isa::prefetch(part);
            self.asked += left;
            left = self.asked.saturating_sub(frame.len);
            if self.asked >= frame.len {
                self.asked = 0;
                self.column += 1;
            }
        }
    }
}

fn run_on<T: Element, I: InstructionSet>(code: &[Instr], frame: &mut Frame<'_, '_, T>) {
    let mut ahead = Ahead::new(frame, code.len());
    for instr in code {
        if ahead.share > 0 {
            ahead.fetch(frame);
        }
        let mut target = frame.take(instr.dst);
        let dst = target.lanes(frame.start, frame.len);
        let a = frame.arg(instr.a);
        match instr.code {
            // A square or a double reads its argument once: the loads are what limits these loops.
            Code::Fused(first @ (First::Add | First::Mul), second) if instr.a == instr.b => {
                loops::doubled::<T, I>((first, second), dst, a, frame.arg(instr.c));
            }
            Code::Fused(first, second) => {
                loops::fused::<T, I>((first, second), dst, (a, frame.arg(instr.b), frame.arg(instr.c)));
            }
            Code::Binary(Binary::Mul) if instr.a == instr.b => loops::map::<T, I>(dst, a, |x| x * x),
            Code::Binary(Binary::Add) if instr.a == instr.b => loops::map::<T, I>(dst, a, |x| x + x),
            Code::Binary(op) => loops::binary::<T, I>(op, dst, a, frame.arg(instr.b)),
            Code::Unary(op) => loops::unary::<T, I>(op, dst, a),
            Code::Blend(join) => {
                loops::blend::<T, I>(join, dst, [a, frame.arg(instr.b), frame.arg(instr.c), frame.arg(instr.d)])
            }
            Code::Powi(n) => loops::map::<T, I>(dst, a, |x| x.whole_power(n)),
            // A condition that is the same for all lanes chooses once.
            Code::Select => match a {
                Arg::Uni(condition) => {
                    let chosen = if condition != T::default() { instr.b } else { instr.c };
                    loops::map::<T, I>(dst, frame.arg(chosen), |x| x);
                }
                Arg::Lane(_) => {
                    let arguments = (a, frame.arg(instr.b), frame.arg(instr.c));
                    loops::zip3::<T, I>(dst, arguments, |x, y, z| if x != T::default() { y } else { z });
                }
            },
            Code::Copy => loops::map::<T, I>(dst, a, |x| x),
            Code::SinCos => {
                let mut other = frame.take(instr.dst2);
                if let Arg::Lane(a) = frame.arg(instr.a) {
                    loops::sin_cos::<T, I>(dst, other.lanes(frame.start, frame.len), a);
                }
                frame.put(instr.dst2, other);
            }
        }
        frame.put(instr.dst, target);
    }
}
