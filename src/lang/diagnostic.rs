//! What is wrong with a text, as data: the words belong to `explain`.

use super::Span;

/// One problem, with its place and, where there is one, its cure.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub kind: Problem,
    /// Where.
    pub span: Span,
    /// A text that, put in place of the span, cures the problem (or most probably does).
    pub suggestion: Option<String>,
}

/// What can be wrong. Texts in the variants are quoted from the input.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// Nothing but blanks and comments.
    Empty,
    /// The text (or the line) ends too early.
    UnexpectedEnd {
        /// What should follow.
        expected: Expected,
    },
    /// Something that does not fit here.
    UnexpectedToken {
        /// The text of it.
        found: String,
        /// What would fit.
        expected: Expected,
    },
    /// A character that the language does not know.
    UnknownCharacter {
        /// The character.
        character: char,
    },
    /// An operator of other languages: `//`, `%`, `!`, `&&`.
    UnknownOperator {
        /// The operator.
        operator: String,
    },
    /// A name that is no variable, parameter, constant or function.
    UnknownName {
        /// The name.
        name: String,
        /// The names that could stand here besides functions and constants, sorted.
        known: Vec<String>,
        /// Whether it could be declared with `param NAME = value` (in update rules).
        in_rule: bool,
    },
    /// A name with brackets after it that is no function.
    UnknownFunction {
        /// The name.
        name: String,
    },
    /// A number that can be misread: `2e`, `1e5x`, `0x10`, `1_000`.
    MalformedNumber {
        /// The number and what follows without a blank.
        text: String,
    },
    /// `1,5`: the decimal sign is a point.
    DecimalComma,
    /// A number beyond the range of f64.
    NumberTooLarge,
    /// Too few or too many arguments.
    WrongArity {
        /// The function.
        function: &'static str,
        /// The names of the arguments that it wants.
        parameters: &'static [&'static str],
        /// How many there are.
        found: usize,
    },
    /// A function without brackets: `sin x`.
    MissingBrackets {
        /// The function.
        function: &'static str,
    },
    /// `sin^2(x)`: the power of a function is written behind its brackets.
    FunctionPower {
        /// The function.
        function: &'static str,
    },
    /// A number right after a factor: `x 2`.
    MissingOperator,
    /// `1/2x` could be `(1/2)*x` or `1/(2*x)`.
    AmbiguousProduct {
        /// The divisor, `2`.
        divisor: String,
        /// The factor after it, `x`.
        factor: String,
    },
    /// `x²^3` could be `(x²)^3` or `x^(2^3)`.
    AmbiguousPower,
    /// `|x|`.
    AbsoluteBars,
    /// `a < b < c`.
    ChainedComparison,
    /// `=` within an expression, where a comparison is `==`.
    SingleEquals,
    /// The text is longer than the limit, in bytes.
    TooLong {
        /// [`super::limits::MAX_LENGTH`].
        limit: usize,
    },
    /// Nested deeper than the limit.
    TooDeep {
        /// [`super::limits::MAX_DEPTH`].
        limit: usize,
    },
    /// More parts than the limit.
    TooLarge {
        /// [`super::limits::MAX_NODES`].
        limit: usize,
    },
    /// A number is wanted where there is a list (a column of data, or a value per parameter).
    NeedsNumber,
    /// `mean`, `sum`, `at`, `norm` and `dot` want a list.
    NeedsList {
        /// The function.
        function: &'static str,
    },
    /// Two lists of different length or kind, or an element of a list that has no elements to ask for.
    ListMismatch,
    /// A name that cannot be declared or assigned: a constant, a function, a word of the language, or given by the step.
    ReservedName {
        /// The name.
        name: String,
    },
    /// A name that is declared already.
    Redeclared {
        /// The name.
        name: String,
    },
    /// A line of an update rule that assigns nothing.
    NotAssignment,
    /// An update rule that never assigns `w`.
    NoUpdate,
    /// A range that is empty, or that is not positive though it is to be logarithmic.
    BadRange,
}

/// What would fit at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A number, a name, a function, an opening bracket …
    Operand,
    /// `)`
    CloseBracket,
    /// `,` or `)`
    CommaOrClose,
    /// `then`
    Then,
    /// `else`
    Else,
    /// `=`
    Equals,
    /// A name that is declared or assigned.
    Name,
    /// A number, possibly with a sign.
    Number,
    /// `..`
    Range,
    /// An operator, or the end of the text (or line).
    OperatorOrEnd,
    /// `in`, `log`, or the end of the line.
    ParamEnd,
}
