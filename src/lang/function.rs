//! The table of functions: the only home of their names. Parser, printer, completion and highlighting read it.

use crate::autodiff::{Binary, Unary};

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the functions' own")]
pub enum Func {
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Exp,
    /// The natural logarithm, `ln` and `log`.
    Ln,
    Log2,
    Log10,
    Sqrt,
    Abs,
    /// −1, 0 or 1.
    Sign,
    Floor,
    /// `max(x, 0)`.
    Relu,
    /// `1/(1 + exp(-x))`.
    Sigmoid,
    /// `ln(1 + exp(x))`.
    Softplus,
    Erf,
    Min,
    Max,
    /// The function form of `^`; the parser makes a power of it.
    Pow,
    Hypot,
    /// `atan2(y, x)`: the angle of the point (x, y).
    Atan2,
    /// `clamp(x, low, high)`: the upper bound wins where the bounds are crossed, as in PyTorch.
    Clamp,
    /// The mean of a list.
    Mean,
    /// The sum of a list.
    Sum,
    /// `at(list, index)`: one element, counted from 0; nan where there is none.
    At,
    /// The Euclidean length of a list.
    Norm,
    /// The inner product of two lists.
    Dot,
}

/// What a function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An operation of the core, element by element.
    Unary(Unary),
    /// An operation of the core with two arguments, element by element.
    Binary(Binary),
    /// Composed of several operations, element by element.
    Composed,
    /// Makes one number of a list (a data column, or a parameter vector).
    Reduction,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Which function.
    pub func: Func,
    /// The name that is printed.
    pub name: &'static str,
    /// Other names that are understood.
    pub aliases: &'static [&'static str],
    /// The names of the arguments, for help while typing; their number is the arity.
    pub parameters: &'static [&'static str],
    /// What it does.
    pub meaning: Meaning,
    /// The name in LaTeX, where it is an operator name of its own there.
    pub latex: Option<&'static str>,
    /// The inverse function that people mean by `f^-1`.
    pub inverse: Option<Func>,
}

const X: &[&str] = &["x"];
const XY: &[&str] = &["x", "y"];

const fn unary(func: Func, name: &'static str, op: Unary) -> Function {
    Function { func, name, aliases: &[], parameters: X, meaning: Meaning::Unary(op), latex: None, inverse: None }
}

const fn binary(func: Func, name: &'static str, op: Binary) -> Function {
    Function { func, name, aliases: &[], parameters: XY, meaning: Meaning::Binary(op), latex: None, inverse: None }
}

const fn reduction(func: Func, name: &'static str, parameters: &'static [&'static str]) -> Function {
    Function { func, name, aliases: &[], parameters, meaning: Meaning::Reduction, latex: None, inverse: None }
}

const fn inverse(of: Function, inverse: Func) -> Function {
    Function { inverse: Some(inverse), ..of }
}

const fn latex(of: Function, latex: &'static str) -> Function {
    Function { latex: Some(latex), ..of }
}

const fn alias(of: Function, aliases: &'static [&'static str]) -> Function {
    Function { aliases, ..of }
}

/// All functions, in the order of [`Func`].
static FUNCTIONS: &[Function] = &[
    latex(inverse(unary(Func::Sin, "sin", Unary::Sin), Func::Asin), r"\sin"),
    latex(inverse(unary(Func::Cos, "cos", Unary::Cos), Func::Acos), r"\cos"),
    latex(inverse(unary(Func::Tan, "tan", Unary::Tan), Func::Atan), r"\tan"),
    latex(alias(unary(Func::Asin, "asin", Unary::Asin), &["arcsin"]), r"\arcsin"),
    latex(alias(unary(Func::Acos, "acos", Unary::Acos), &["arccos"]), r"\arccos"),
    latex(alias(unary(Func::Atan, "atan", Unary::Atan), &["arctan"]), r"\arctan"),
    latex(unary(Func::Sinh, "sinh", Unary::Sinh), r"\sinh"),
    latex(unary(Func::Cosh, "cosh", Unary::Cosh), r"\cosh"),
    latex(unary(Func::Tanh, "tanh", Unary::Tanh), r"\tanh"),
    latex(inverse(unary(Func::Exp, "exp", Unary::Exp), Func::Ln), r"\exp"),
    latex(inverse(alias(unary(Func::Ln, "ln", Unary::Ln), &["log"]), Func::Exp), r"\ln"),
    latex(unary(Func::Log2, "log2", Unary::Log2), r"\log_{2}"),
    latex(unary(Func::Log10, "log10", Unary::Log10), r"\log_{10}"),
    unary(Func::Sqrt, "sqrt", Unary::Sqrt),
    unary(Func::Abs, "abs", Unary::Abs),
    unary(Func::Sign, "sign", Unary::Sign),
    unary(Func::Floor, "floor", Unary::Floor),
    unary(Func::Relu, "relu", Unary::Relu),
    latex(unary(Func::Sigmoid, "sigmoid", Unary::Sigmoid), r"\sigma"),
    unary(Func::Softplus, "softplus", Unary::Softplus),
    unary(Func::Erf, "erf", Unary::Erf),
    latex(binary(Func::Min, "min", Binary::Min), r"\min"),
    latex(binary(Func::Max, "max", Binary::Max), r"\max"),
    binary(Func::Pow, "pow", Binary::Pow),
    binary(Func::Hypot, "hypot", Binary::Hypot),
    Function { parameters: &["y", "x"], ..binary(Func::Atan2, "atan2", Binary::Atan2) },
    Function { meaning: Meaning::Composed, ..reduction(Func::Clamp, "clamp", &["x", "low", "high"]) },
    reduction(Func::Mean, "mean", &["list"]),
    reduction(Func::Sum, "sum", &["list"]),
    reduction(Func::At, "at", &["list", "index"]),
    reduction(Func::Norm, "norm", &["list"]),
    reduction(Func::Dot, "dot", &["a", "b"]),
];

/// The table of functions.
pub fn functions() -> &'static [Function] {
    FUNCTIONS
}

/// The function of that name or alias; case matters.
pub fn find_function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|f| f.name == name || f.aliases.contains(&name))
}

impl Func {
    /// The row of the table.
    pub fn info(self) -> &'static Function {
        // The order of the table is that of the enum; the test below holds it.
        &FUNCTIONS[self as usize]
    }

    /// The printed name.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Whether the function makes one number of a list.
    pub fn is_reduction(self) -> bool {
        self.info().meaning == Meaning::Reduction
    }
}

#[cfg(test)]
mod tests {
    use super::{FUNCTIONS, find_function};

    #[test]
    fn table_stands_in_the_order_of_the_enum_and_names_are_unique() {
        for (k, f) in FUNCTIONS.iter().enumerate() {
            assert_eq!(f.func as usize, k, "{}", f.name);
            assert!(std::ptr::eq(f.func.info(), f));
            for name in f.aliases.iter().chain([&f.name]) {
                assert_eq!(find_function(name).map(|f| f.func), Some(f.func), "{name}");
            }
        }
    }
}
