//! What could stand at the cursor: names that are given or declared, functions, constants, words of the language.

use crate::lang::parser::GIVEN;
use crate::lang::token::{Token, TokenKind};
use crate::lang::{Constant, Func, Scope, Span, functions, lexer};

/// Which kind of text is being typed.
#[derive(Clone, Copy, Debug)]
pub enum Dialect<'a> {
    /// A formula with the names that its caller gives.
    Formula(Scope<'a>),
    /// An update rule; the names are those of hyperparameters that people know, to be declared with `param`.
    Rule(&'a [&'a str]),
}

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CandidateKind {
    /// A variable of the formula.
    Variable,
    /// A column of data.
    Column,
    /// What a step gives to its rule: `w`, `g`, `loss`, `lr`, `t`.
    Given,
    /// Declared by a `param` line of the text.
    Parameter,
    /// A hyperparameter that people know, not declared yet.
    Hyperparameter,
    /// Assigned by a line of the text: a state, or a value within the step.
    Assigned,
    /// A function.
    Function(Func),
    /// A constant.
    Constant(Constant),
    /// A word of the language.
    Keyword,
}

/// Something that could stand at the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: CandidateKind,
    /// What is to be put in place of the word that is begun.
    pub insert: String,
}

/// What could stand at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The word that is begun: what a candidate replaces. Empty where none is begun.
    pub span: Span,
    /// The candidates whose names begin so, the nearest first.
    pub candidates: Vec<Candidate>,
    /// Whether the word is one of them already.
    pub complete: bool,
}

/// Where a word stands, as far as it decides what the word can be.
enum Place {
    /// After `param`: a new name.
    Declaration,
    /// After the name and the number of a `param` line.
    ParamTail,
    /// After `state`.
    StateName,
    /// Where a line of a rule begins.
    LineStart,
    /// Where an expression can go on.
    Expression,
}

/// The candidates at the cursor, a byte of the text. None inside a comment or a number.
pub fn complete(text: &str, at: usize, dialect: &Dialect<'_>) -> Option<Completion> {
    let (tokens, _) = lexer::tokenize(text);
    let before = text.get(..at)?;
    if before.rsplit('\n').next().is_some_and(|line| line.contains('#')) {
        return None;
    }
    let index = tokens.iter().position(|token| token.span.end >= at && token.span.start < at);
    let word = index.and_then(|index| tokens.get(index)).filter(|token| is_word(text, token));
    // A number or a sign that ends here is not begun: something new begins behind it, except behind a number.
    if word.is_none()
        && index.and_then(|index| tokens.get(index)).is_some_and(|t| matches!(t.kind, TokenKind::Number(_)))
    {
        return None;
    }
    let span = word.map_or(Span::new(at, at), |token| token.span);
    let begun = text.get(span.start..at)?;
    let place = place(&tokens, span.start, dialect);
    let mut all = candidates(text, &tokens, span, dialect, &place);
    let lower = begun.to_lowercase();
    all.retain(|candidate| candidate.name.to_lowercase().starts_with(&lower));
    // What begins exactly so comes before what differs in the case of its letters; otherwise the order of `all` stays.
    all.sort_by_key(|candidate| !candidate.name.starts_with(begun));
    if all.is_empty() {
        return None;
    }
    let open = text.get(span.end..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with('('));
    if open {
        all.iter_mut().for_each(|candidate| candidate.insert.truncate(candidate.insert.trim_end_matches('(').len()));
    }
    let complete = all.iter().any(|candidate| candidate.name == span.of(text));
    Some(Completion { span, candidates: all, complete })
}

fn is_word(text: &str, token: &Token) -> bool {
    token.span.of(text).starts_with(lexer::starts_name)
}

/// What stands before the word that begins at `start`.
fn place(tokens: &[Token], start: usize, dialect: &Dialect<'_>) -> Place {
    let before: Vec<TokenKind> = tokens
        .iter()
        .filter(|token| token.span.end <= start && token.kind != TokenKind::End)
        .map(|token| token.kind)
        .collect();
    let line = before.rsplit(|kind| *kind == TokenKind::LineEnd).next().unwrap_or_default();
    match (line, dialect) {
        ([TokenKind::Param], _) => Place::Declaration,
        ([TokenKind::State], _) => Place::StateName,
        ([TokenKind::Param, _, TokenKind::Equals, .., TokenKind::Number(_)], _) => Place::ParamTail,
        ([], Dialect::Rule(_)) => Place::LineStart,
        _ => Place::Expression,
    }
}

/// All that could stand at a place, in the order of the list: what is near to the text before what is everywhere.
fn candidates(text: &str, tokens: &[Token], word: Span, dialect: &Dialect<'_>, place: &Place) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let mut add = |name: &str, kind: CandidateKind, insert: &str| {
        if !all.iter().any(|known| known.name == name) {
            all.push(Candidate { name: name.to_owned(), kind, insert: insert.to_owned() });
        }
    };
    let declared: Vec<&str> =
        super::declared(text, tokens).filter(|(_, span)| *span != word).map(|(name, _)| name).collect();
    let assigned = assigned(text, tokens, word);
    match place {
        Place::Declaration => {
            if let Dialect::Rule(known) = dialect {
                for name in known.iter().filter(|name| !declared.contains(name)) {
                    add(name, CandidateKind::Hyperparameter, &format!("{name} = "));
                }
            }
            return all;
        }
        Place::ParamTail => {
            for keyword in ["in", "log"] {
                add(keyword, CandidateKind::Keyword, &format!("{keyword} "));
            }
            return all;
        }
        Place::StateName => {
            for name in assigned {
                add(name, CandidateKind::Assigned, &format!("{name} = "));
            }
            return all;
        }
        Place::LineStart => {
            for name in ["w"].into_iter().chain(assigned) {
                let kind = if GIVEN.contains(&name) { CandidateKind::Given } else { CandidateKind::Assigned };
                add(name, kind, &format!("{name} = "));
            }
            for keyword in ["param", "state"] {
                add(keyword, CandidateKind::Keyword, &format!("{keyword} "));
            }
            return all;
        }
        Place::Expression => {}
    }
    match dialect {
        Dialect::Formula(scope) => {
            scope.variables.iter().for_each(|name| add(name, CandidateKind::Variable, name));
            scope.columns.iter().for_each(|name| add(name, CandidateKind::Column, name));
        }
        Dialect::Rule(_) => GIVEN.iter().for_each(|name| add(name, CandidateKind::Given, name)),
    }
    declared.iter().for_each(|name| add(name, CandidateKind::Parameter, name));
    assigned.iter().for_each(|name| add(name, CandidateKind::Assigned, name));
    for function in functions() {
        for name in [&function.name].into_iter().chain(function.aliases) {
            add(name, CandidateKind::Function(function.func), &format!("{name}("));
        }
    }
    add("pi", CandidateKind::Constant(Constant::Pi), "pi");
    add("e", CandidateKind::Constant(Constant::E), "e");
    for keyword in ["if", "then", "else"] {
        add(keyword, CandidateKind::Keyword, &format!("{keyword} "));
    }
    if matches!(dialect, Dialect::Formula(_)) {
        add("param", CandidateKind::Keyword, "param ");
    }
    all
}

/// The names that a line of a rule assigns or declares as a state, but for the one that is being typed.
fn assigned<'a>(text: &'a str, tokens: &[Token], word: Span) -> Vec<&'a str> {
    let begins = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| token.kind);
        matches!(before, None | Some(TokenKind::LineEnd | TokenKind::State))
    };
    tokens
        .windows(2)
        .enumerate()
        .filter(|(at, pair)| {
            pair[0].kind == TokenKind::Name && pair[1].kind == TokenKind::Equals && begins(*at) && pair[0].span != word
        })
        .map(|(_, pair)| pair[0].span.of(text))
        .collect()
}
