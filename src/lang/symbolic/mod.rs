//! Symbolic derivatives for people to read: differentiated by the textbook's rules and tidied. The numbers that are
//! computed with come from the core, not from here; the tests hold the two together.

mod coefficient;
mod derivative;
mod functions;
mod monomial;
mod sum;

pub use derivative::derivative;
