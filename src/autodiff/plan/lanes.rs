//! The lane interpreter: each instruction runs over a block of lanes whose registers stay in the first-level cache.
//!
//! Code is bound before it runs: every instruction becomes a [`Call`], a kernel with the numbers of the places that it
//! reads and writes. Where a place is in memory stands in a list of pointers that is written at the beginning of a run
//! and moved along with the columns, so that an instruction costs a call and nothing else.
#![allow(unsafe_code, reason = "the places of a block are pointers, since an instruction may read one place twice")]

use smallvec::SmallVec;

use super::code::{Code, Instr};
use super::element::Element;
use super::isa::{self, Kernel, Plain, Widest, widest};
#[cfg(target_arch = "x86_64")]
use super::isa::{Avx2, Avx512};
use super::table::{self, Choice};
use super::traffic::{self, Ahead};
use crate::autodiff::Unary;

/// Addresses of columns; more than these would allocate.
pub(super) type Columns<T> = SmallVec<[*mut T; 24]>;

/// The output of which it is asked whether it is finite, by its number; none has the largest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Watched(pub(super) usize);

/// Lanes in a block that streams through: long enough to forget the cost of the calls, short enough that the next block
/// of every column fits into the first-level cache beside it.
pub(super) const BLOCK: usize = 256;

/// The most lanes in a block; those of a block that stays for many steps.
pub(super) const LONG_BLOCK: usize = 512;

/// Outputs of at least this many bytes are streamed past the caches, which they would only sweep.
const STREAM_FROM: usize = 8 << 20;

/// What a place's number means is in its two highest bits: a register, a uniform, an input's or an output's column.
pub(super) const UNIFORM: u32 = 1 << 30;
/// A column of inputs.
pub(super) const INPUT: u32 = 2 << 30;
/// A column of outputs.
pub(super) const OUTPUT: u32 = 3 << 30;
/// The bits that tell which.
pub(super) const KIND: u32 = 3 << 30;

/// The values of a block of lanes, aligned to a cache line: vector loads that straddle two lines cost twice.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Lanes<T>([T; LONG_BLOCK]);

/// One bound instruction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<T> {
    kernel: Kernel<T>,
    pub(super) dst: u32,
    pub(super) dst2: u32,
    pub(super) arguments: [u32; 4],
    pub(super) power: i32,
}

/// What a kernel works on: a block of lanes.
pub(super) struct Frame<T> {
    places: *const Place<T>,
    uniforms: *const T,
    len: usize,
}

impl<T: Element> Frame<T> {
    /// How many lanes there are.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Where a place's lanes are.
    ///
    /// # Safety
    /// The place must be one of the frame's.
    #[inline(always)]
    pub(super) unsafe fn lanes(&self, place: u32) -> *mut T {
        // SAFETY: the caller's promise.
        unsafe { (*self.places.add(place as usize)).0 }
    }

    /// Runs a call.
    ///
    /// # Safety
    /// The contract of [`Kernel`].
    #[inline(always)]
    unsafe fn run(&self, call: &Call<T>) {
        // SAFETY: the caller's promise.
        unsafe { (call.kernel)(std::slice::from_raw_parts_mut(self.lanes(call.dst), self.len), self, call) }
    }

    /// A uniform's value.
    ///
    /// # Safety
    /// The uniform must be one of the frame's.
    #[inline(always)]
    pub(super) unsafe fn uniform(&self, number: u32) -> T {
        // SAFETY: the caller's promise.
        unsafe { *self.uniforms.add(number as usize) }
    }
}

/// Where the lanes of a place are.
#[derive(Clone, Copy, Debug)]
struct Place<T>(*mut T);

// SAFETY: a place is written before it is read in every run, and means nothing between two runs.
unsafe impl<T: Send> Send for Place<T> {}
// SAFETY: as above; a shared reference gives nobody access to what it points to.
unsafe impl<T: Sync> Sync for Place<T> {}

/// The registers of one thread, and where the places of the code that runs are.
#[derive(Clone, Debug)]
pub(super) struct Bank<T> {
    registers: Vec<Lanes<T>>,
    places: Vec<Place<T>>,
}

impl<T> Default for Bank<T> {
    /// An empty one: registers are allocated at the first use.
    fn default() -> Self {
        Self { registers: Vec::new(), places: Vec::new() }
    }
}

impl<T: Element> Bank<T> {
    /// A register's lanes, to be read.
    pub(super) fn register(&self, place: usize, len: usize) -> &[T] {
        // SAFETY: `Program::enter` pointed the first places to registers, and `exchange` permutes them.
        unsafe { std::slice::from_raw_parts(self.places[place].0, len.min(LONG_BLOCK)) }
    }

    /// A register's lanes, to be written.
    pub(super) fn register_mut(&mut self, place: usize, len: usize) -> &mut [T] {
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts_mut(self.places[place].0, len.min(LONG_BLOCK)) }
    }

    /// Has so many registers from now on, so that code which needs no more never moves them.
    pub(super) fn reserve(&mut self, registers: usize) {
        if self.registers.len() < registers {
            self.registers.resize(registers, Lanes([T::default(); LONG_BLOCK]));
        }
    }

    /// Exchanges two registers.
    pub(super) fn exchange(&mut self, a: usize, b: usize) {
        self.places.swap(a, b);
    }
}

/// Bound code.
///
/// Its places are numbered: first the registers, then the columns of the inputs, then those of the outputs.
#[derive(Clone, Debug)]
pub(super) struct Program<T> {
    calls: Vec<Call<T>>,
    registers: usize,
    inputs: usize,
    outputs: usize,
    /// How many uniforms it may read.
    uniforms: usize,
}

impl<T: Element> Program<T> {
    /// Binds code to the widest instruction set of this machine.
    pub(super) fn bind(code: &[Instr], registers: usize, inputs: usize, outputs: usize) -> Self {
        let choose: fn(&Instr) -> Choice<T> = match widest() {
            #[cfg(target_arch = "x86_64")]
            Widest::Avx512 => table::choose::<T, Avx512>,
            #[cfg(target_arch = "x86_64")]
            Widest::Avx2 => table::choose::<T, Avx2>,
            Widest::Plain => table::choose::<T, Plain>,
        };
        let mut program = Self { calls: Vec::with_capacity(code.len()), registers, inputs, outputs, uniforms: 0 };
        for &instr in code {
            if instr.code == Code::SinCos && !table::varies(instr.a) {
                for (op, dst) in [(Unary::Sin, instr.dst), (Unary::Cos, instr.dst2)] {
                    program.push(choose, Instr { code: Code::Unary(op), dst, dst2: dst, ..instr });
                }
            } else {
                program.push(choose, instr);
            }
        }
        program
    }

    fn push(&mut self, choose: fn(&Instr) -> Choice<T>, instr: Instr) {
        let (kernel, arguments) = choose(&instr);
        let power = if let Code::Powi(n) = instr.code { n } else { 0 };
        let arguments = arguments.map(|place| self.place(place));
        let (dst, dst2) = (self.place(instr.dst), self.place(instr.dst2));
        self.calls.push(Call { kernel, dst, dst2, arguments, power });
    }

    /// A place's number among the pointers, or a uniform's among the uniforms.
    fn place(&mut self, place: u32) -> u32 {
        let number = (place & !KIND) as usize;
        let (first, count) = match place & KIND {
            UNIFORM => {
                self.uniforms = self.uniforms.max(number + 1);
                return number as u32;
            }
            INPUT => (self.registers, self.inputs),
            OUTPUT => (self.registers + self.inputs, self.outputs),
            _ => (0, self.registers),
        };
        assert!(number < count, "code names a place that it does not have");
        (first + number) as u32
    }

    /// How many registers it needs, those for outputs that are kept aside included.
    pub(super) fn needed_registers(&self) -> usize {
        self.registers + self.outputs
    }

    /// How many registers stand before the columns among its places.
    pub(super) fn first_column(&self) -> usize {
        self.registers
    }

    /// Gives a bank the registers and places that this code needs, each register in its place.
    pub(super) fn enter(&self, bank: &mut Bank<T>) {
        // Streamed outputs are staged in registers of their own.
        let registers = self.registers + self.outputs;
        bank.reserve(registers);
        bank.places.clear();
        let base: *mut Lanes<T> = bank.registers.as_mut_ptr();
        // SAFETY: the bank has these registers.
        let register = |k: usize| Place(unsafe { base.add(k) }.cast::<T>());
        bank.places.extend((0..self.registers).map(register));
        bank.places.extend((0..self.inputs).map(|_| Place(std::ptr::null_mut())));
        bank.places.extend((self.registers..registers).map(register));
    }

    /// Runs code without columns over a block of lanes in the registers of a bank that it has entered.
    pub(super) fn step(&self, bank: &mut Bank<T>, uniforms: &[T], len: usize) {
        assert!(self.inputs + self.outputs == 0 && len <= LONG_BLOCK);
        assert!(bank.places.len() == self.registers && uniforms.len() >= self.uniforms);
        let frame = Frame { places: bank.places.as_ptr(), uniforms: uniforms.as_ptr(), len };
        for call in &self.calls {
            // SAFETY: `push` named only places and uniforms that the code has, and the bank and the slice have
            // them. Registers are `LONG_BLOCK` long. The allocation of registers gives no target that is read beside it.
            unsafe { frame.run(call) };
        }
    }

    /// Runs code over the first `lanes` of columns.
    ///
    /// # Panics
    /// When columns or uniforms are missing or too short.
    pub(super) fn run(
        &self,
        bank: &mut Bank<T>,
        uniforms: &[T],
        lanes: usize,
        inputs: &[&[T]],
        outputs: &mut [&mut [T]],
    ) {
        let (inputs, outputs) = (&inputs[..self.inputs], &mut outputs[..self.outputs]);
        assert!(inputs.iter().all(|column| column.len() >= lanes), "an input's column is too short");
        assert!(outputs.iter().all(|column| column.len() >= lanes), "an output's column is too short");
        let read = inputs.iter().map(|column| column.as_ptr().cast_mut());
        let columns: Columns<T> = read.chain(outputs.iter_mut().map(|column| column.as_mut_ptr())).collect();
        // SAFETY: the columns are long enough, and slices that are written overlap no others.
        unsafe { self.run_at(bank, uniforms, lanes, &columns, None) };
    }

    /// The same over columns by their addresses, those of the inputs first. Where `aside` says so, a block's outputs are
    /// kept aside until the block is done, so that an output may lie where an input lies; whether all of the watched output is
    /// finite.
    ///
    /// # Safety
    /// Each column has `lanes` values, which nobody else accesses meanwhile; what is written overlaps no other column, but
    /// where `aside` says so it may be the same as one.
    ///
    /// # Panics
    /// When columns or uniforms are missing.
    pub(super) unsafe fn run_at(
        &self,
        bank: &mut Bank<T>,
        uniforms: &[T],
        lanes: usize,
        columns: &[*mut T],
        aside: Option<Watched>,
    ) -> bool {
        assert!(uniforms.len() >= self.uniforms, "uniforms are missing");
        assert!(columns.len() == self.inputs + self.outputs, "columns are missing");
        self.enter(bank);
        let written = &columns[self.inputs..];
        let streams = aside.is_none() && lanes * self.outputs * size_of::<T>() >= STREAM_FROM;
        let stream = if streams { traffic::stream::<T>() } else { None };
        let moved = if aside.is_some() || stream.is_some() { self.inputs } else { columns.len() };
        // The first of many blocks ends where the cache lines of the columns begin.
        let first = written.first().map_or(0, |column| column.addr() % 64 / size_of::<T>());
        let mut len = if stream.is_some() { BLOCK - first } else { BLOCK };
        let mut start = 0;
        let (is_finite, mut finite) = (isa::finite::<T>(), true);
        while start < lanes {
            len = len.min(lanes - start);
            for (place, column) in bank.places[self.registers..].iter_mut().zip(&columns[..moved]) {
                // Kernels only read the places of inputs.
                place.0 = column.wrapping_add(start);
            }
            let mut ahead = Ahead::new(self.inputs, (start + len, lanes), self.calls.len());
            let frame = Frame { places: bank.places.as_ptr(), uniforms: uniforms.as_ptr(), len };
            for call in &self.calls {
                ahead.fetch(&columns[..self.inputs]);
                // SAFETY: as in `step`. The columns have these lanes, and no code writes what it reads.
                unsafe { frame.run(call) };
            }
            if moved < columns.len() {
                for (k, column) in written.iter().enumerate() {
                    let made = bank.register(self.registers + self.inputs + k, len);
                    // SAFETY: for this machine.
                    finite &= aside != Some(Watched(k)) || unsafe { is_finite(made) };
                    // SAFETY: the column has these lanes, and the register is not among them.
                    let target = unsafe { std::slice::from_raw_parts_mut(column.add(start), len) };
                    match stream {
                        Some(copy) => copy(target, made),
                        None => target.copy_from_slice(made),
                    }
                }
            }
            start += len;
            len = BLOCK;
        }
        if streams {
            traffic::streamed();
        }
        finite
    }

    /// Points places to the registers of a bank and to columns, for [`Program::run_block`]. Outputs for which there is no
    /// column are kept aside in registers.
    pub(super) fn place_block(&self, bank: &mut Bank<T>, columns: impl Iterator<Item = *mut T>) -> Block<T> {
        self.enter(bank);
        let mut places = bank.places.clone();
        for (place, column) in places[self.registers..].iter_mut().zip(columns) {
            place.0 = column;
        }
        Block(places)
    }

    /// Runs code over one block of lanes at places that [`Program::place_block`] pointed to, nothing else done: for values of
    /// so few elements that anything else would cost more than they do.
    ///
    /// # Safety
    /// As [`Program::run_at`], for the columns of the block; the bank still has the registers that it had then.
    pub(super) unsafe fn run_block(&self, block: &Block<T>, uniforms: &[T], len: usize) {
        debug_assert!(uniforms.len() >= self.uniforms && len <= LONG_BLOCK);
        let frame = Frame { places: block.0.as_ptr(), uniforms: uniforms.as_ptr(), len };
        for call in &self.calls {
            // SAFETY: the caller's promise.
            unsafe { frame.run(call) };
        }
    }
}

/// Where the places of a program are for one block of lanes.
#[derive(Debug)]
pub(super) struct Block<T>(Vec<Place<T>>);

impl<T> Block<T> {
    /// What an output that is kept aside has become.
    ///
    /// # Safety
    /// The bank still has the registers that the block was placed in, and nobody writes them meanwhile.
    pub(super) unsafe fn aside<'a>(&self, place: usize, len: usize) -> &'a [T] {
        // SAFETY: registers are `LONG_BLOCK` long; the rest is the caller's promise.
        unsafe { std::slice::from_raw_parts(self.0[place].0, len.min(LONG_BLOCK)) }
    }

    /// Points a place elsewhere: column `k` behind `registers` registers.
    pub(super) fn point(&mut self, place: usize, column: *mut T) {
        self.0[place].0 = column;
    }
}
