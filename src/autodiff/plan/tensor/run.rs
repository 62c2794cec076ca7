//! Running a plan of shaped values: stage by stage over the memory of a workspace.
#![allow(unsafe_code, reason = "a stage reads homes while it writes another, which the compiler of stages keeps apart")]

use super::memory::{Home, Memory};
use super::reduce;
use super::{Element, Factor, Outcome, Stage, TensorPlan};
use crate::autodiff::plan::isa;
use crate::autodiff::plan::lanes::{Bank, Block, Columns, Watched};
use crate::autodiff::plan::matmul::{Matrix, multiply};
use crate::autodiff::plan::point;

/// The buffers of a running [`TensorPlan`].
#[derive(Debug)]
pub struct TensorWorkspace<T> {
    /// The scalars, and the same in the elements' precision for passes over elements.
    scalars: Vec<f64>,
    uniforms: Vec<T>,
    memory: Memory<T>,
    bank: Bank<T>,
    /// Whether the first state of an update is finite.
    finite: bool,
    /// The places of the stages of one block.
    blocks: Vec<Block<T>>,
    /// Which places of which blocks are the caller's: (block, place, home).
    foreign: Vec<(usize, usize, Home)>,
}

impl<T: Element> TensorPlan<T> {
    /// New buffers for one thread.
    pub fn workspace(&self) -> TensorWorkspace<T> {
        let uniforms = self.scalars.iter().map(|&x| T::of(x)).collect();
        TensorWorkspace {
            scalars: self.scalars.clone(),
            uniforms,
            memory: Memory::new(&self.homes),
            bank: Bank::default(),
            finite: true,
            blocks: Vec::new(),
            foreign: Vec::new(),
        }
    }

    /// Evaluates the outputs.
    ///
    /// # Panics
    ///
    /// When a slice is missing or shorter than its shape, or the workspace is another plan's.
    pub fn run(&self, work: &mut TensorWorkspace<T>, inputs: &[&[T]], out: &mut [&mut [T]]) {
        for (k, _) in self.homes.inputs.iter().enumerate().filter(|&(_, &len)| len > 0) {
            work.memory.give(k, inputs[k]);
        }
        for (k, _) in self.homes.outputs.iter().enumerate().filter(|&(_, &len)| len > 0) {
            work.memory.lend(k, out[k]);
        }
        for &(input, slot) in &self.scalar_inputs {
            work.set(slot, inputs[input][0].wide());
        }
        work.stages(self);
        for (target, outcome) in out.iter_mut().zip(&self.outcomes) {
            work.deliver(*outcome, target);
        }
    }

    /// Replaces the states of [`TensorPlan::compile_update`] by the next ones; whether all of the first one is finite.
    ///
    /// # Panics
    ///
    /// As [`TensorPlan::run`].
    pub fn update(&self, work: &mut TensorWorkspace<T>, state: &mut [&mut [T]], given: &[&[T]]) -> bool {
        let states = self.outcomes.len();
        for (k, _) in self.homes.inputs.iter().enumerate().filter(|&(_, &len)| len > 0) {
            if k < states {
                work.memory.share(k, state[k]);
            } else {
                work.memory.give(k, given[k - states]);
            }
        }
        for &(input, slot) in &self.scalar_inputs {
            let value = if input < states { state[input][0] } else { given[input - states][0] };
            work.set(slot, value.wide());
        }
        work.stages(self);
        for (target, outcome) in state.iter_mut().zip(&self.outcomes) {
            work.deliver(*outcome, target);
        }
        match self.outcomes.first() {
            Some(Outcome::Done) => work.finite,
            // SAFETY: for this machine.
            _ => state.first().is_none_or(|state| unsafe { isa::finite::<T>()(state) }),
        }
    }
}

impl<T: Element> TensorWorkspace<T> {
    fn set(&mut self, slot: u32, value: f64) {
        self.scalars[slot as usize] = value;
        self.uniforms[slot as usize] = T::of(value);
    }

    /// Hands over an output that no stage has written where it belongs.
    fn deliver(&self, outcome: Outcome, target: &mut [T]) {
        match outcome {
            Outcome::Scalar(slot) => target[0] = self.uniforms[slot as usize],
            Outcome::Copy(home) => {
                // SAFETY: the run is over; what is copied lies in a buffer or in an input.
                let values = unsafe { self.memory.read(home) };
                target[..values.len()].copy_from_slice(values);
            }
            Outcome::Done => {}
        }
    }

    fn stages(&mut self, plan: &TensorPlan<T>) {
        assert!(self.memory.is_of(&plan.homes), "the workspace of another plan");
        if self.blocks.len() != plan.blocks {
            self.bind(plan);
        }
        for &(block, place, home) in &self.foreign {
            self.blocks[block].point(place, self.memory.at(home));
        }
        for stage in &plan.stages {
            // SAFETY: the caller's slices live through the run. A stage never writes a home that it reads, but for an update's
            // states, which passes over elements keep aside; no two homes overlap but those two.
            unsafe { self.stage(stage) };
        }
    }

    /// Points the places of the stages of one block to registers and buffers, which do not move from now on.
    fn bind(&mut self, plan: &TensorPlan<T>) {
        for stage in &plan.stages {
            if let Stage::Lanes { code, .. } = stage {
                self.bank.reserve(code.needed_registers());
            }
        }
        for stage in &plan.stages {
            if let Stage::Lanes { code, inputs, outputs, block: Some(_), aside, .. } = stage {
                let placed = if aside.is_some() { &[][..] } else { outputs };
                let homes = || inputs.iter().chain(placed).copied();
                for (k, home) in homes().enumerate().filter(|(_, home)| !self.memory.is_padded(*home)) {
                    self.foreign.push((self.blocks.len(), code.first_column() + k, home));
                }
                let columns = homes().map(|home| self.memory.at(home));
                self.blocks.push(code.place_block(&mut self.bank, columns));
            }
        }
    }

    unsafe fn stage(&mut self, stage: &Stage<T>) {
        // SAFETY: the caller's promise.
        unsafe {
            match stage {
                Stage::Scalars(code) => {
                    point::run(code, &mut self.scalars);
                    for target in code.iter().flat_map(|instr| [instr.dst, instr.dst2]) {
                        self.uniforms[target as usize] = T::of(self.scalars[target as usize]);
                    }
                }
                Stage::Lanes { code, inputs, outputs, len, block: Some(block), padded, aside } => {
                    let (block, whole) = (&self.blocks[*block], len.next_multiple_of(16));
                    code.run_block(block, &self.uniforms, if *padded { whole } else { *len });
                    if let Some(watched) = aside {
                        for (k, &home) in outputs.iter().enumerate() {
                            let made = block.aside(code.first_column() + inputs.len() + k, *len);
                            self.memory.write(home)[..*len].copy_from_slice(made);
                            if *watched == Watched(k) {
                                self.finite = isa::finite::<T>()(made);
                            }
                        }
                    }
                }
                Stage::Lanes { code, inputs, outputs, len, aside, .. } => {
                    let columns: Columns<T> = inputs.iter().chain(outputs).map(|&home| self.memory.at(home)).collect();
                    let finite = code.run_at(&mut self.bank, &self.uniforms, *len, &columns, *aside);
                    if aside.is_some_and(|watched| watched != Watched(usize::MAX)) {
                        self.finite = finite;
                    }
                }
                Stage::Sum { from, to } => {
                    let total = reduce::sum(self.memory.read(*from));
                    self.set(*to, total.wide());
                }
                Stage::SumRows { from, to } => {
                    reduce::sum_rows(self.memory.read(*from), self.memory.write(*to));
                }
                Stage::PeakRows { from, to: Ok(to) } => {
                    reduce::peak_rows(self.memory.read(*from), self.memory.write(*to));
                }
                Stage::PeakRows { from, to: Err(to) } => {
                    let peak = reduce::peak(self.memory.read(*from));
                    self.set(*to, peak.wide());
                }
                Stage::Fill { from, to } => {
                    let value = self.uniforms[*from as usize];
                    self.memory.write(*to).fill(value);
                }
                Stage::Repeat { from, to } => {
                    let row = self.memory.read(*from);
                    self.memory.write(*to).chunks_exact_mut(row.len()).for_each(|t| t.copy_from_slice(row));
                }
                Stage::Copy { from, to } => self.memory.write(*to).copy_from_slice(self.memory.read(*from)),
                Stage::Transpose { from, to, cols } => {
                    reduce::transpose(self.memory.read(*from), *cols, self.memory.write(*to));
                }
                Stage::MatMul { a, b, bias, to } => {
                    let bias = bias.map(|bias| self.memory.read(bias));
                    let (a, b) = (self.matrix(a), self.matrix(b));
                    multiply(self.memory.write(*to), a, b, bias);
                }
            }
        }
    }

    /// # Safety
    /// As [`Memory::read`].
    unsafe fn matrix<'a>(&self, factor: &Factor) -> Matrix<'a, T> {
        // SAFETY: the caller's promise.
        let values = unsafe { self.memory.read(factor.home) };
        Matrix { values, rows: factor.rows, cols: factor.cols, transposed: factor.transposed }
    }
}

impl<T: Element> Clone for TensorWorkspace<T> {
    /// A copy has registers and buffers of its own; its places are found at its first run.
    fn clone(&self) -> Self {
        Self {
            scalars: self.scalars.clone(),
            uniforms: self.uniforms.clone(),
            memory: self.memory.clone(),
            bank: Bank::default(),
            finite: true,
            blocks: Vec::new(),
            foreign: Vec::new(),
        }
    }
}
