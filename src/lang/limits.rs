//! The stated bounds of a text. They are what keeps every pass over an expression, recursive as it is, inside a thread's
//! stack of two mebibytes (without optimization; half of that with), and every result inside a few megabytes, whatever
//! is typed.
//!
//! Long sums and products are not nested (they are lists), so only their length counts.

/// The longest text, in bytes.
pub const MAX_LENGTH: usize = 1 << 18;

/// How deep brackets, signs, powers, roots and `if` may stand inside each other.
pub const MAX_DEPTH: usize = 100;

/// The most parts (numbers, names, signs, sums, calls …) of one text.
pub const MAX_NODES: usize = 100_000;

/// The most parts of a derivative: more than anybody reads, and as much as takes no time that is felt.
pub const MAX_DERIVATIVE: usize = 20_000;

/// The tallest tree of a derivative; taller than any text within [`MAX_DEPTH`] can be.
pub const MAX_HEIGHT: usize = 1_000;

/// After so many problems of one text the rest is not reported.
pub const MAX_DIAGNOSTICS: usize = 32;
