//! Expressions as trees, and what texts consist of: formulas and update rules. Knows neither texts nor graphs.
//!
//! Sums and products are lists, evaluated from left to right, so a sum of 20,000 terms is not a tree 20,000 deep and
//! every pass may simply recurse. The constructors keep one form per meaning: the first term of a sum is not a bare
//! sum, the first factor of a product not a bare product.

use std::collections::BTreeSet;

use super::{Func, Span};

/// An expression with its place. Two expressions are equal when they say the same; the places do not matter.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands in the text (0..0 for computed expressions).
    pub span: Span,
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number, not negative and finite in every parsed text.
    Number(f64),
    /// `pi` or `e`.
    Constant(Constant),
    /// A variable, parameter, column, hyperparameter or state.
    Name(String),
    /// `-x`
    Neg(Box<Expr>),
    /// `a + b - c`, from left to right; at least two terms.
    Sum(Vec<Term>),
    /// `a*b/c`, from left to right; at least two factors.
    Product(Vec<Factor>),
    /// `base^exponent`
    Power(Box<Expr>, Box<Expr>),
    /// A comparison: 1 where it holds, else 0.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// A function with its arguments, as many as the table says.
    Call(Func, Vec<Expr>),
    /// `if condition then yes else no`; any number but 0 is true.
    If(Box<Choice>),
}

/// A named number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the numbers' own")]
pub enum Constant {
    Pi,
    E,
}

/// One term of a sum; the first one is never negative (it would be a [`ExprKind::Neg`]).
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Whether it is subtracted.
    pub negative: bool,
    /// What is added or subtracted.
    pub value: Expr,
}

/// One factor of a product; the first one never divides.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Whether it divides.
    pub divides: bool,
    /// By what is multiplied or divided.
    pub value: Expr,
}

/// The parts of an `if`.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// True if not 0.
    pub condition: Expr,
    /// The value where the condition holds.
    pub then: Expr,
    /// The value elsewhere.
    pub otherwise: Expr,
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the comparisons' own")]
pub enum Comparison {
    Lt,
    Le,
    Gt,
    Ge,
    Eq,
    Ne,
}

/// `param NAME = default [in LO..HI] [log]`
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// The name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// The value unless somebody sets another.
    pub default: f64,
    /// The usual range, for sliders.
    pub range: Option<[f64; 2]>,
    /// Whether a slider is logarithmic.
    pub log: bool,
}

/// A formula: parameters and one expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The declared parameters, in the order of the text.
    pub params: Vec<Param>,
    /// What is computed.
    pub body: Expr,
}

/// One assignment of an update rule.
#[derive(Clone, Debug)]
pub struct Assign {
    /// The name that gets a value.
    pub target: String,
    /// Where that name stands.
    pub span: Span,
    /// The value.
    pub value: Expr,
}

impl PartialEq for Assign {
    fn eq(&self, other: &Self) -> bool {
        self.target == other.target && self.value == other.value
    }
}

/// An update rule: lines of assignments, computed in their order at every step.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Hyperparameters declared in the text.
    pub params: Vec<Param>,
    /// Declared initial values of states, in the order of the text.
    pub inits: Vec<(String, Expr)>,
    /// The assignments.
    pub lines: Vec<Assign>,
    /// The names that keep their value from step to step, in the order of first appearance.
    pub states: Vec<String>,
    /// Those names (states and other assigned names) that hold a value per parameter.
    pub(super) vectors: BTreeSet<String>,
}

impl Rule {
    /// Whether a state holds one value per parameter (else one number for all).
    pub fn state_is_vector(&self, name: &str) -> bool {
        self.vectors.contains(name)
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Constant {
    /// The f64 next to it.
    pub const fn value(self) -> f64 {
        match self {
            Self::Pi => std::f64::consts::PI,
            Self::E => std::f64::consts::E,
        }
    }

    /// The name that is printed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pi => "pi",
            Self::E => "e",
        }
    }

    /// The constant of that name.
    pub fn find(name: &str) -> Option<Self> {
        match name {
            "pi" | "π" => Some(Self::Pi),
            "e" => Some(Self::E),
            _ => None,
        }
    }
}

impl Comparison {
    /// The sign that is printed.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Eq => "==",
            Self::Ne => "!=",
        }
    }

    /// The comparison that holds where this one does not (nan apart).
    pub const fn negated(self) -> Self {
        match self {
            Self::Lt => Self::Ge,
            Self::Le => Self::Gt,
            Self::Gt => Self::Le,
            Self::Ge => Self::Lt,
            Self::Eq => Self::Ne,
            Self::Ne => Self::Eq,
        }
    }
}

impl ExprKind {
    /// The expression at a place.
    pub const fn at(self, span: Span) -> Expr {
        Expr { kind: self, span }
    }
}

impl From<ExprKind> for Expr {
    fn from(kind: ExprKind) -> Self {
        kind.at(Span::default())
    }
}

impl Expr {
    /// A number; a negative one becomes the negation of its size.
    pub fn number(value: f64) -> Self {
        if value.is_sign_negative() && !value.is_nan() {
            Self::from(ExprKind::Number(-value)).negated()
        } else {
            ExprKind::Number(value).into()
        }
    }

    /// A name.
    pub fn name(name: impl Into<String>) -> Self {
        ExprKind::Name(name.into()).into()
    }

    /// `-self`
    #[must_use]
    pub fn negated(self) -> Self {
        let span = self.span;
        ExprKind::Neg(Box::new(self)).at(span)
    }

    /// `self^exponent`
    #[must_use]
    pub fn power(self, exponent: Self) -> Self {
        let span = self.span.to(exponent.span);
        ExprKind::Power(Box::new(self), Box::new(exponent)).at(span)
    }

    /// A function of one argument.
    #[must_use]
    pub fn call(func: Func, argument: Self) -> Self {
        let span = argument.span;
        ExprKind::Call(func, vec![argument]).at(span)
    }

    /// A sum from left to right; a sum in front is continued. `0` without terms.
    pub fn sum(terms: impl IntoIterator<Item = (bool, Self)>) -> Self {
        let mut list: Vec<Term> = Vec::new();
        for (negative, value) in terms {
            if list.is_empty() {
                match value {
                    Self { kind: ExprKind::Sum(inner), .. } if !negative => list = inner,
                    value if negative => list.push(Term { negative: false, value: value.negated() }),
                    value => list.push(Term { negative: false, value }),
                }
            } else {
                list.push(Term { negative, value });
            }
        }
        if list.len() > 1 {
            let span = list.iter().map(|t| t.value.span).reduce(Span::to).unwrap_or_default();
            return ExprKind::Sum(list).at(span);
        }
        list.pop().map_or_else(|| Self::number(0.0), |t| t.value)
    }

    /// A product from left to right, `(divides, factor)`; a product in front is continued. `1` without factors.
    pub fn product(factors: impl IntoIterator<Item = (bool, Self)>) -> Self {
        let mut list: Vec<Factor> = Vec::new();
        for (divides, value) in factors {
            if list.is_empty() {
                match value {
                    Self { kind: ExprKind::Product(inner), .. } if !divides => list = inner,
                    value => {
                        if divides {
                            list.push(Factor { divides: false, value: Self::number(1.0) });
                        }
                        list.push(Factor { divides, value });
                    }
                }
            } else {
                list.push(Factor { divides, value });
            }
        }
        if list.len() > 1 {
            let span = list.iter().map(|t| t.value.span).reduce(Span::to).unwrap_or_default();
            return ExprKind::Product(list).at(span);
        }
        list.pop().map_or_else(|| Self::number(1.0), |f| f.value)
    }

    /// The parts directly below, from left to right.
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Number(_) | ExprKind::Constant(_) | ExprKind::Name(_) => Vec::new(),
            ExprKind::Neg(a) => vec![a],
            ExprKind::Sum(terms) => terms.iter().map(|t| &t.value).collect(),
            ExprKind::Product(factors) => factors.iter().map(|f| &f.value).collect(),
            ExprKind::Power(a, b) | ExprKind::Compare(_, a, b) => vec![a, b],
            ExprKind::Call(_, arguments) => arguments.iter().collect(),
            ExprKind::If(choice) => vec![&choice.condition, &choice.then, &choice.otherwise],
        }
    }

    /// The names that occur.
    pub fn names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.collect_names(&mut names);
        names
    }

    fn collect_names(&self, names: &mut BTreeSet<String>) {
        if let ExprKind::Name(name) = &self.kind {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        } else {
            for child in self.children() {
                child.collect_names(names);
            }
        }
    }

    /// Whether a name occurs.
    pub fn mentions(&self, name: &str) -> bool {
        match &self.kind {
            ExprKind::Name(own) => own == name,
            _ => self.children().into_iter().any(|child| child.mentions(name)),
        }
    }

    /// Number of parts and height of the tree, counted no further than a little above the given number of parts.
    pub fn measure(&self, most: usize) -> (usize, usize) {
        let (mut nodes, mut height) = (1, 0);
        for child in self.children() {
            if nodes > most {
                break;
            }
            let (n, h) = child.measure(most - nodes.min(most));
            nodes += n;
            height = height.max(h);
        }
        (nodes, height + 1)
    }
}
