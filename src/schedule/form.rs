//! The text of a kind of schedule as a form: what each argument is, to be changed one by one.

use super::catalogue::{self, Kind};
use super::raw::{Piece, Raw};

/// A kind with the arguments that its text gives, as they are written.
#[derive(Clone, Debug)]
pub struct Form {
    kind: &'static Kind,
    given: Vec<(String, String)>,
}

impl Form {
    /// Reads a text of the shape `kind:name=value,name=value`. None for formulas, JSON and files, and where the shape is
    /// broken; the values are not looked at.
    pub fn read(text: &str) -> Option<Self> {
        let (head, rest) = text.split_once(':').unwrap_or((text, ""));
        let kind = catalogue::lookup(head.trim(), None)?;
        let pieces = Piece::new(rest, 0).split(',').ok()?;
        let argument = |piece: &Piece<'_>| {
            let (name, value) = piece.text.split_once('=')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        };
        Some(Self { kind, given: pieces.iter().map(argument).collect::<Option<_>>()? })
    }

    /// The kind.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// The value of an argument as it is written, or its default; none where it has neither.
    pub fn value(&self, name: &str) -> Option<&str> {
        let given = self.given.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let declared = || self.kind.params.iter().find(|param| param.name == name)?.default.as_deref();
        given.or_else(declared)
    }

    /// The value of an argument that is a list of plain numbers, empty where nothing is given; none if it is anything
    /// else.
    pub fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        let Raw::List(list) = self.raw(name)? else { return None };
        list.into_iter().map(|item| if let Raw::Number(number) = item { Some(number) } else { None }).collect()
    }

    /// The value of an argument that is a list of pairs of plain numbers; none if it is anything else.
    pub fn pairs(&self, name: &str) -> Option<Vec<[f64; 2]>> {
        let Raw::List(list) = self.raw(name)? else { return None };
        let pair = |item| match item {
            Raw::List(pair) => match pair[..] {
                [Raw::Number(a), Raw::Number(b)] => Some([a, b]),
                _ => None,
            },
            _ => None,
        };
        list.into_iter().map(pair).collect()
    }

    /// An argument as it is written, or its default, or nothing yet.
    fn raw(&self, name: &str) -> Option<Raw> {
        self.value(name).map_or(Some(Raw::List(Vec::new())), |text| Raw::of_text(&Piece::new(text, 0)).ok())
    }

    /// The text with another value of an argument, the arguments in the order of the kind.
    pub fn with(&self, name: &str, value: &str) -> String {
        let given = |own: &str| self.given.iter().find(|(other, _)| other == own).map(|(_, value)| value.as_str());
        let told = |own: &str| if own == name { Some(value) } else { given(own) };
        let told: Vec<String> = self
            .kind
            .params
            .iter()
            .filter_map(|param| Some(format!("{}={}", param.name, told(&param.name)?)))
            .collect();
        if told.is_empty() { self.kind.id.clone() } else { format!("{}:{}", self.kind.id, told.join(",")) }
    }
}
