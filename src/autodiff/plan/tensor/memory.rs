//! Where the values of a run lie: buffers side by side in one piece of memory, and what the caller gives. Every value has a
//! number, its [`Home`]; where that is in memory stands in a list of addresses, so that a stage costs no search.
#![allow(unsafe_code, reason = "stages read some buffers of one piece of memory while they write another")]

use std::sync::Arc;

use super::Element;

/// The number of a value's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Home(pub(super) u32);

/// The homes of a plan: first its buffers, then the caller's inputs, then the caller's outputs.
#[derive(Clone, Debug, Default)]
pub(super) struct Homes {
    /// How many values each buffer has.
    pub(super) buffers: Vec<usize>,
    /// The lengths of the inputs; 0 for scalars, which have slots.
    pub(super) inputs: Vec<usize>,
    /// The lengths of the outputs that stages write where they belong; 0 for the others.
    pub(super) outputs: Vec<usize>,
}

/// Buffers begin at cache lines, and end at them, so that a loop over whole vectors may pass their end.
const LINE: usize = 16;

#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line<T>([T; LINE]);

/// A place in memory.
#[derive(Clone, Copy, Debug)]
struct Place<T> {
    at: *mut T,
    len: usize,
}

// SAFETY: a place is nothing but an address; `Memory` says when it may be used.
unsafe impl<T: Send> Send for Place<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Place<T> {}

/// The buffers of a running plan, and the addresses of all homes.
#[derive(Debug)]
pub(super) struct Memory<T> {
    lines: Vec<Line<T>>,
    places: Vec<Place<T>>,
    homes: Arc<Homes>,
}

impl<T: Element> Memory<T> {
    /// Memory for these homes.
    pub(super) fn new(homes: &Arc<Homes>) -> Self {
        let lines_of = |len: usize| len.div_ceil(LINE);
        let total: usize = homes.buffers.iter().map(|&len| lines_of(len)).sum();
        let mut lines = vec![Line([T::default(); LINE]); total];
        let base = lines.as_mut_ptr();
        let mut next = 0;
        let mut places = Vec::new();
        for &len in &homes.buffers {
            // SAFETY: the lines of all buffers together are as many as there are.
            places.push(Place { at: unsafe { base.add(next) }.cast::<T>(), len });
            next += lines_of(len);
        }
        let given = homes.inputs.len() + homes.outputs.len();
        places.extend((0..given).map(|_| Place { at: std::ptr::null_mut(), len: 0 }));
        Self { lines, places, homes: homes.clone() }
    }

    /// Whether it was made for these very homes.
    pub(super) fn is_of(&self, homes: &Arc<Homes>) -> bool {
        Arc::ptr_eq(&self.homes, homes)
    }

    /// How many homes are buffers.
    fn buffers(&self) -> usize {
        self.homes.buffers.len()
    }

    /// Whether a home is a buffer, which may be read and written up to the end of its last cache line.
    pub(super) fn is_padded(&self, home: Home) -> bool {
        (home.0 as usize) < self.buffers()
    }

    /// Points an input's home to what the caller gives.
    pub(super) fn give(&mut self, input: usize, values: &[T]) {
        let (at, len) = (self.buffers() + input, self.homes.inputs[input]);
        assert!(values.len() >= len, "an input is too short");
        self.places[at] = Place { at: values.as_ptr().cast_mut(), len };
    }

    /// Points the home of an output that is written in place to the caller's memory.
    pub(super) fn lend(&mut self, output: usize, values: &mut [T]) {
        let (at, len) = (self.buffers() + self.homes.inputs.len() + output, self.homes.outputs[output]);
        assert!(values.len() >= len, "an output is too short");
        self.places[at] = Place { at: values.as_mut_ptr(), len };
    }

    /// Points an input's home and an output's to the same values: an update.
    pub(super) fn share(&mut self, number: usize, values: &mut [T]) {
        let buffers = self.buffers();
        let lens = [self.homes.inputs[number], self.homes.outputs[number]];
        assert!(lens.iter().all(|&len| values.len() >= len), "a state is too short");
        // One address for both, so that neither borrow ends the other.
        let at = values.as_mut_ptr();
        self.places[buffers + number] = Place { at, len: lens[0] };
        self.places[buffers + self.homes.inputs.len() + number] = Place { at, len: lens[1] };
    }

    /// The address of a home.
    pub(super) fn at(&self, home: Home) -> *mut T {
        self.places[home.0 as usize].at
    }

    /// The values of a home.
    ///
    /// # Safety
    /// The caller's slices still live if the home is one of theirs, and nothing writes the home meanwhile.
    pub(super) unsafe fn read<'a>(&self, home: Home) -> &'a [T] {
        let Place { at, len } = self.places[home.0 as usize];
        // SAFETY: buffers live as long as the memory; the rest is the caller's promise.
        unsafe { std::slice::from_raw_parts(at, len) }
    }

    /// The values of a home, to be written.
    ///
    /// # Safety
    /// As [`Memory::read`], and nothing else reads the home meanwhile.
    pub(super) unsafe fn write<'a>(&mut self, home: Home) -> &'a mut [T] {
        let Place { at, len } = self.places[home.0 as usize];
        // SAFETY: as `read`; an output's place came from a slice that may be written.
        unsafe { std::slice::from_raw_parts_mut(at, len) }
    }
}

impl<T: Element> Clone for Memory<T> {
    fn clone(&self) -> Self {
        let mut new = Self::new(&self.homes);
        new.lines.copy_from_slice(&self.lines);
        new
    }
}
