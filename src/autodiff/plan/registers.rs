//! Register allocation: which register holds which value, reused after the last use.

use super::code::{Code, Instr};
use super::lanes::{KIND, OUTPUT};

/// Lane code over places, and where its outputs are.
pub(super) struct Allocated {
    pub(super) code: Vec<Instr>,
    /// The place of each output.
    pub(super) outputs: Vec<u32>,
    pub(super) registers: usize,
}

/// Where the outputs of lane code go.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Outputs {
    /// Straight into their columns.
    Columns,
    /// Each into a register of its own that is no input's, so that a loop may exchange them.
    Registers,
}

/// Gives places to the values of `code`.
///
/// `place` says where a value lies that no instruction of `code` makes: an input's place or a uniform's. The first
/// `reserved` registers are not used.
pub(super) fn allocate(
    code: &[Instr],
    values: usize,
    reserved: usize,
    place: impl Fn(u32) -> u32,
    outputs: &[u32],
    to: Outputs,
) -> Allocated {
    let mut made = vec![false; values];
    let mut last_use = vec![0_usize; values];
    for (at, instr) in code.iter().enumerate() {
        for target in instr.targets() {
            made[target as usize] = true;
            // A value that nobody reads is given back at once.
            last_use[target as usize] = at;
        }
        for argument in instr.arguments() {
            last_use[argument as usize] = at;
        }
    }
    let mut place_of: Vec<Option<u32>> = vec![None; values];
    for (k, &output) in outputs.iter().enumerate() {
        last_use[output as usize] = usize::MAX;
        let fixed = &mut place_of[output as usize];
        if to == Outputs::Columns && made[output as usize] && fixed.is_none() {
            *fixed = Some(OUTPUT | k as u32);
        }
    }
    let mut free: Vec<u32> = Vec::new();
    let mut registers = reserved as u32;
    let mut take = |free: &mut Vec<u32>| {
        free.pop().unwrap_or_else(|| {
            registers += 1;
            registers - 1
        })
    };
    let mut out = Vec::with_capacity(code.len());
    for (at, instr) in code.iter().enumerate() {
        // Targets before the arguments are given back: an instruction never writes what it reads.
        for target in instr.targets() {
            let own = &mut place_of[target as usize];
            *own = own.or_else(|| Some(take(&mut free)));
        }
        out.push(instr.map(|value| place_of[value as usize].unwrap_or_else(|| place(value))));
        for value in instr.arguments().chain(instr.targets()) {
            let used_up = made[value as usize] && last_use[value as usize] == at;
            if let (true, Some(register)) = (used_up, place_of[value as usize].filter(|p| p & KIND == 0)) {
                // A value may be read twice by one instruction, but it is given back once.
                last_use[value as usize] = usize::MAX;
                free.push(register);
            }
        }
    }
    let mut placed: Vec<u32> = Vec::with_capacity(outputs.len());
    for (k, &output) in outputs.iter().enumerate() {
        let source = place_of[output as usize].unwrap_or_else(|| place(output));
        let settled = match to {
            Outputs::Columns => source == OUTPUT | k as u32,
            Outputs::Registers => source & KIND == 0 && source as usize >= reserved && !placed.contains(&source),
        };
        let target = match to {
            _ if settled => source,
            Outputs::Columns => OUTPUT | k as u32,
            Outputs::Registers => take(&mut free),
        };
        if !settled {
            out.push(Instr { code: Code::Copy, dst: target, dst2: target, a: source, b: source, c: source, d: source });
        }
        placed.push(target);
    }
    Allocated { code: out, outputs: placed, registers: registers as usize }
}
