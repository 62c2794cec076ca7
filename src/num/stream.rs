//! Seeded random streams: a named, portable generator (ChaCha8), one stream a purpose, so that the same seed gives the
//! same run on every machine and adding a consumer does not disturb the others.
//!
//! The streams are addressed, not read in order: a number belongs to (seed, purpose, index), so it is the same whoever
//! asks for it, and however often, and in whatever order. That makes seeking and replaying exact.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use super::elem;

/// What the numbers are for. Each purpose has its own stream of the generator; new ones are added at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Noise that is added to gradients.
    Noise,
    /// The order in which rows of data are dealt to mini-batches.
    Batches,
    /// Points that are drawn for a model.
    Points,
    /// Rows of a data set.
    Rows,
    /// Which rows of a data set are kept for testing.
    Holdout,
    /// Directions through the weights of a net.
    Directions,
    /// The first weights of a net.
    Weights,
    /// Which neurons are dropped.
    Dropout,
}

impl Purpose {
    const fn stream(self) -> u64 {
        match self {
            Self::Noise => 1,
            Self::Batches => 2,
            Self::Points => 3,
            Self::Rows => 4,
            Self::Holdout => 5,
            Self::Directions => 6,
            Self::Weights => 7,
            Self::Dropout => 8,
        }
    }
}

/// Blocks of the generator set aside for each index: 2³² × 16 words are enough for any vector.
const BLOCKS_BITS: u32 = 32;

/// Random numbers that are addressed by an index (a step, an epoch …), a vector of any length at each.
#[derive(Debug)]
pub struct Stream {
    generator: ChaCha8Rng,
}

impl Stream {
    /// The stream of a seed for a purpose.
    pub fn new(seed: u64, purpose: Purpose) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(purpose.stream());
        Self { generator }
    }

    /// Fills `out` with independent draws of the standard normal distribution: those of `index` (its lower 32 bits),
    /// always the same ones. A longer `out` begins with the numbers of a shorter one.
    ///
    /// Box and Muller's transform of pairs of uniform numbers of 53 bits, through the portable elementary functions.
    pub fn normal(&mut self, index: u64, out: &mut [f64]) {
        self.seek(index);
        for pair in out.chunks_mut(2) {
            // In (0, 1], so that the logarithm is finite, and in [0, 1).
            let radius = (-2.0 * elem::ln(1.0 - self.unit())).sqrt();
            let angle = std::f64::consts::TAU * self.unit();
            pair[0] = radius * elem::cos(angle);
            if let Some(second) = pair.get_mut(1) {
                *second = radius * elem::sin(angle);
            }
        }
    }

    /// Fills `out` with independent draws of `[0, 1)`, as [`Stream::normal`] does with its own.
    pub fn uniform(&mut self, index: u64, out: &mut [f64]) {
        self.seek(index);
        out.fill_with(|| self.unit());
    }

    /// Puts `items` into a random order, that of `index`; each order is as likely as any other.
    ///
    /// Fisher and Yates, with whole numbers below n from the upper half of a product of 128 bits: the largest bias is n/2⁶⁴.
    pub fn shuffle<T>(&mut self, index: u64, items: &mut [T]) {
        self.seek(index);
        for last in (1..items.len()).rev() {
            let below = (u128::from(self.generator.next_u64()) * (last as u128 + 1)) >> 64;
            items.swap(last, below as usize);
        }
    }

    fn seek(&mut self, index: u64) {
        self.generator.set_block_pos((index & u64::from(u32::MAX)) << BLOCKS_BITS);
    }

    /// The next number of `[0, 1)` with 53 random bits.
    fn unit(&mut self) -> f64 {
        const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.generator.next_u64() >> 11) as f64 * UNIT
    }
}
