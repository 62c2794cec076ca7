//! The language: formulas and update rules as text.
//!
//! [`parse_formula`] and [`parse_rule`] make trees ([`Expr`]) of texts, or a list of [`Diagnostic`]s with places and
//! cures; [`lower`] makes graphs of trees, which the core differentiates and runs. Trees are printed back as text and
//! as LaTeX, and differentiated symbolically for people to read.
//!
//! The language knows numbers, not surfaces or optimizers: which names may occur is told by the caller. It knows no
//! words: what a problem is called in English or Korean is the business of `explain`.

mod ast;
mod diagnostic;
mod function;
mod kind;
mod lexer;
pub mod limits;
mod lower;
mod lower_rule;
mod parser;
mod print;
mod settle;
mod span;
mod suggest;
mod symbolic;
mod token;
mod typing;

pub use ast::{Assign, Choice, Comparison, Constant, Expr, ExprKind, Factor, Formula, Param, Rule, Term};
pub use diagnostic::{Diagnostic, Expected, Problem};
pub use function::{Func, Function, Meaning, find_function, functions};
pub use lower::{Value, lower};
pub use lower_rule::{LoweredRule, RuleInputs, lower_rule, lower_start};
pub use parser::{Scope, parse_formula, parse_rule};
pub use print::{print_display, print_latex, print_plugged, print_text};
pub use settle::{evaluate, settle};
pub use span::Span;
pub use suggest::{closest, nearest};
pub use symbolic::derivative;
pub use typing::{Candidate, CandidateKind, Completion, Dialect, TokenClass, complete, matching_brackets, tokens};
