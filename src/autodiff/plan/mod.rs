//! Compiled graphs: straight-line code for one point or for blocks of lanes, without allocation while running.
//!
//! [`Plan`] is for graphs of scalars (surfaces, update rules): a lane is a point. [`TensorPlan`] is for graphs of shaped
//! values (models over data columns, nets): a lane is an element.

mod code;
mod element;
mod fuse;
mod isa;
mod lanes;
mod matmul;
mod ops;
mod point;
mod registers;
mod select;
mod table;
mod tensor;
mod traffic;

use super::{Graph, NodeId, Op};
use code::Instr;
pub use element::Element;
use lanes::{BLOCK, Bank, INPUT, LONG_BLOCK, Program, UNIFORM};
use registers::Outputs;
use select::Uniform;
pub use tensor::{TensorPlan, TensorWorkspace};

/// A compiled graph of scalars. Immutable; share it between threads and give each its own [`Workspace`].
#[derive(Clone, Debug)]
pub struct Plan<T> {
    inputs: usize,
    uniforms: usize,
    outputs: usize,
    constants: Vec<T>,
    /// Everything, over the file `[inputs, uniforms, constants, values]`.
    point: Code,
    /// What is the same for all lanes, over the file `[uniforms, constants, values]`.
    prelude: Code,
    /// The rest, over columns and registers.
    lanes: Program<T>,
    /// The same over registers alone: the first are the inputs', and every output has one of its own.
    stepping: Program<T>,
    stepping_outputs: Vec<u32>,
    stepping_registers: usize,
}

/// Straight-line code over a file of values.
#[derive(Clone, Debug)]
struct Code {
    instructions: Vec<Instr>,
    /// Where the outputs are.
    outputs: Vec<u32>,
    /// How many values the file has.
    size: usize,
}

/// The buffers of a running plan.
#[derive(Clone, Debug)]
pub struct Workspace<T> {
    point: Vec<T>,
    uniforms: Vec<T>,
    bank: Bank<T>,
    /// The uniforms of several steps, one file after the other.
    table: Vec<T>,
}

/// What the registers of a block may take of a first-level cache, in bytes.
const CACHE: usize = 64 * 1024;

/// How many steps' uniforms are computed ahead.
const STEPS_AHEAD: usize = 256;

impl<T: Element> Plan<T> {
    /// Compiles what `outputs` need of a graph of scalars.
    ///
    /// `inputs` and `uniforms` say in which order the values come at run time; nodes of them that the outputs do not
    /// need are allowed.
    ///
    /// # Panics
    ///
    /// When an output depends on a shaped node, or on an input that is not listed: bugs of the caller.
    pub fn compile(graph: &Graph, inputs: &[NodeId], uniforms: &[NodeId], outputs: &[NodeId]) -> Self {
        let selected = select::instructions(graph, outputs, Uniform::OverLanes);
        let values = graph.nodes().len();
        let mut constants = Vec::new();
        let mut constant_of = vec![u32::MAX; values];
        for (index, node) in graph.nodes().iter().enumerate().filter(|&(index, _)| selected.live[index]) {
            assert!(node.shape.is_scalar(), "a plan of scalars cannot hold {node:?}");
            match node.op {
                Op::Const(bits) => {
                    constant_of[index] = constants.len() as u32;
                    constants.push(T::of(f64::from_bits(bits)));
                }
                Op::Input(_) => assert!(inputs.iter().any(|id| id.index() == index), "an input is not listed"),
                Op::Uniform(_) => assert!(uniforms.iter().any(|id| id.index() == index), "a uniform is not listed"),
                _ => {}
            }
        }
        let position = |list: &[NodeId], value: u32| list.iter().position(|id| id.0 == value).map(|at| at as u32);
        let output_values: Vec<u32> = outputs.iter().map(|id| id.0).collect();

        let (n_in, n_uni, n_const) = (inputs.len() as u32, uniforms.len() as u32, constants.len() as u32);
        let known = |value: u32| {
            position(inputs, value).or_else(|| position(uniforms, value).map(|at| n_in + at)).or_else(|| {
                (constant_of[value as usize] != u32::MAX).then(|| n_in + n_uni + constant_of[value as usize])
            })
        };
        let point = number(selected.code.iter().copied(), values, n_in + n_uni + n_const, known, &output_values);

        let (prelude_code, lane_code): (Vec<Instr>, Vec<Instr>) =
            selected.code.iter().copied().partition(|instr| selected.uniform[instr.dst as usize]);
        let uniform_values: Vec<u32> =
            (0..values as u32).filter(|&v| selected.live[v as usize] && selected.uniform[v as usize]).collect();
        let known = |value: u32| known(value).filter(|&slot| slot >= n_in).map(|slot| slot - n_in);
        let made: Vec<bool> = {
            let mut made = vec![false; values];
            for instr in &prelude_code {
                made[instr.dst as usize] = true;
                made[instr.dst2 as usize] = true;
            }
            made
        };
        let present: Vec<u32> =
            uniform_values.into_iter().filter(|&v| made[v as usize] || known(v).is_some()).collect();
        let prelude = number(prelude_code.into_iter(), values, n_uni + n_const, known, &present);
        let uniform_place = |value: u32| {
            let at = present.iter().position(|&v| v == value).map_or(0, |at| prelude.outputs[at]);
            at | UNIFORM
        };
        let column = |value: u32| position(inputs, value).map_or_else(|| uniform_place(value), |k| k | INPUT);
        let once = registers::allocate(&lane_code, values, 0, column, &output_values, Outputs::Columns);
        let register = |value: u32| position(inputs, value).unwrap_or_else(|| uniform_place(value));
        let many = registers::allocate(&lane_code, values, inputs.len(), register, &output_values, Outputs::Registers);
        Self {
            inputs: inputs.len(),
            uniforms: uniforms.len(),
            constants,
            point,
            prelude,
            lanes: Program::bind(&once.code, once.registers, inputs.len(), outputs.len()),
            outputs: outputs.len(),
            stepping: Program::bind(&many.code, many.registers, 0, 0),
            stepping_outputs: many.outputs,
            stepping_registers: many.registers,
        }
    }

    /// How many inputs the plan takes.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many outputs the plan gives.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// How many instructions one point takes.
    pub fn instructions(&self) -> usize {
        self.point.instructions.len()
    }

    /// New buffers for one thread. The lanes' registers are allocated at their first use.
    pub fn workspace(&self) -> Workspace<T> {
        let mut point = vec![T::default(); self.point.size];
        let at = self.inputs + self.uniforms;
        point[at..at + self.constants.len()].copy_from_slice(&self.constants);
        let mut uniforms = vec![T::default(); self.prelude.size];
        uniforms[self.uniforms..self.uniforms + self.constants.len()].copy_from_slice(&self.constants);
        Workspace { point, uniforms, bank: Bank::default(), table: Vec::new() }
    }

    /// Evaluates one point.
    ///
    /// # Panics
    ///
    /// When a slice is shorter than the plan's inputs, uniforms or outputs.
    pub fn run_point(&self, work: &mut Workspace<T>, inputs: &[T], uniforms: &[T], out: &mut [T]) {
        let file = &mut work.point[..];
        file[..self.inputs].copy_from_slice(&inputs[..self.inputs]);
        file[self.inputs..self.inputs + self.uniforms].copy_from_slice(&uniforms[..self.uniforms]);
        point::run(&self.point.instructions, file);
        for (value, &slot) in out.iter_mut().zip(&self.point.outputs) {
            *value = file[slot as usize];
        }
    }

    /// Evaluates `lanes` points: `inputs[k][lane]` to `out[j][lane]`.
    ///
    /// # Panics
    ///
    /// When a column is shorter than `lanes`, or columns are missing.
    pub fn run_lanes(
        &self,
        work: &mut Workspace<T>,
        lanes: usize,
        inputs: &[&[T]],
        uniforms: &[T],
        out: &mut [&mut [T]],
    ) {
        work.uniforms[..self.uniforms].copy_from_slice(&uniforms[..self.uniforms]);
        point::run(&self.prelude.instructions, &mut work.uniforms);
        self.lanes.run(&mut work.bank, &work.uniforms, lanes, inputs, out);
    }

    /// Iterates the plan: the outputs become the first inputs of the next step; inputs beyond the outputs stay.
    ///
    /// `state[k][lane]` holds the inputs and, at the end, the last outputs. `uniforms` holds those of each step, one
    /// step after the other. A block of lanes stays in the cache through all its steps.
    ///
    /// # Panics
    ///
    /// When the plan has more outputs than inputs, or columns are missing or too short.
    pub fn run_steps(
        &self,
        work: &mut Workspace<T>,
        lanes: usize,
        state: &mut [&mut [T]],
        uniforms: &[T],
        steps: usize,
    ) {
        assert!(self.outputs() <= self.inputs, "a stepping plan's outputs are its next inputs");
        self.stepping.enter(&mut work.bank);
        let size = self.prelude.size;
        // As many lanes as stay in the first-level cache with all their registers.
        let block = if self.stepping_registers * LONG_BLOCK * size_of::<T>() <= CACHE { LONG_BLOCK } else { BLOCK };
        let mut done = 0;
        while done < steps {
            let ahead = STEPS_AHEAD.min(steps - done);
            work.table.resize(size * STEPS_AHEAD, T::default());
            for (step, file) in work.table.chunks_exact_mut(size.max(1)).take(ahead).enumerate() {
                file.copy_from_slice(&work.uniforms);
                let from = (done + step) * self.uniforms;
                file[..self.uniforms].copy_from_slice(&uniforms[from..from + self.uniforms]);
                point::run(&self.prelude.instructions, file);
            }
            let mut start = 0;
            while start < lanes {
                let len = block.min(lanes - start);
                for (k, column) in state.iter().enumerate().take(self.inputs) {
                    work.bank.register_mut(k, len).copy_from_slice(&column[start..start + len]);
                }
                for step in 0..ahead {
                    self.stepping.step(&mut work.bank, &work.table[step * size..(step + 1) * size], len);
                    for (input, &output) in self.stepping_outputs.iter().enumerate() {
                        work.bank.exchange(input, output as usize);
                    }
                }
                for (k, column) in state.iter_mut().enumerate().take(self.outputs()) {
                    column[start..start + len].copy_from_slice(work.bank.register(k, len));
                }
                start += len;
            }
            done += ahead;
        }
    }
}

/// Renumbers code over node indices to a file whose first `known_count` slots are given.
fn number(
    code: impl Iterator<Item = Instr>,
    values: usize,
    known_count: u32,
    known: impl Fn(u32) -> Option<u32>,
    outputs: &[u32],
) -> Code {
    let mut slot_of = vec![u32::MAX; values];
    let mut size = known_count;
    let mut instructions = Vec::new();
    for instr in code {
        for target in [instr.dst, instr.dst2] {
            if slot_of[target as usize] == u32::MAX {
                slot_of[target as usize] = size;
                size += 1;
            }
        }
        instructions.push(instr);
    }
    let find = |value: u32| known(value).unwrap_or(slot_of[value as usize]);
    let instructions = instructions.into_iter().map(|instr| instr.map(find)).collect();
    Code { instructions, outputs: outputs.iter().map(|&v| find(v)).collect(), size: size as usize }
}
