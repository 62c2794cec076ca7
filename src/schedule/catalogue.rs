//! The kinds of schedules: `assets/schedules.toml`, read once. The file says what its fields mean.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::raw::Raw;
use crate::i18n::Localized;

/// A kind of schedule.
#[derive(Clone, Debug)]
pub struct Kind {
    /// `framework/Kind`, or a friendly name.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// What it does.
    pub meaning: Localized,
    /// The assignments that compute `rate`; none for a sequence or a list.
    pub text: Option<String>,
    /// The arguments, in order.
    pub params: Vec<Param>,
    /// The switch that says whether it moves the momentum too.
    pub(super) momentum: Option<String>,
    /// Of a kind that runs others in turn: the names of its arguments.
    pub(super) sequence: Option<Sequence>,
    /// Of a kind that lists its rates: the name of the list.
    pub(super) rates: Option<String>,
}

/// The names of the arguments of a sequence.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sequence {
    pub(super) schedules: String,
    pub(super) boundaries: String,
}

/// An argument of a kind.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: ParamKind,
    /// What it means.
    pub meaning: Localized,
    /// Its value when left out, as one would write it; none where it is required, or optional.
    pub default: Option<String>,
    /// Whether it may be left out though it has no default.
    pub optional: bool,
    /// A value to begin with where there is no default.
    pub example: Option<String>,
    pub(super) default_raw: Option<Raw>,
}

/// What an argument takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// A number, or a formula of `lr`.
    Number,
    /// A whole number, not below `min`.
    Count {
        /// The smallest.
        min: u64,
    },
    /// True or false.
    Switch,
    /// One of these words.
    Choice(Vec<String>),
    /// A list of numbers.
    List {
        /// The argument whose list is one shorter.
        longer_than: Option<String>,
    },
    /// A list of pairs, a boundary and a scale.
    Pairs,
    /// A formula of `t` and `lr`.
    Formula,
    /// A list of schedules.
    Schedules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schedule: Vec<KindEntry>,
    glossary: BTreeMap<String, Localized>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    id: String,
    name: Localized,
    meaning: Localized,
    text: Option<String>,
    momentum: Option<String>,
    sequence: Option<Sequence>,
    rates: Option<String>,
    params: Vec<ParamEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParamEntry {
    name: String,
    #[serde(default)]
    kind: Word,
    min: Option<u64>,
    choices: Option<Vec<String>>,
    longer_than: Option<String>,
    default: Option<toml::Value>,
    #[serde(default)]
    optional: bool,
    example: Option<toml::Value>,
    meaning: Option<Localized>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    #[default]
    Number,
    Count,
    Switch,
    Choice,
    List,
    Pairs,
    Formula,
    Schedules,
}

impl ParamEntry {
    fn read(self, glossary: &BTreeMap<String, Localized>) -> Result<Param, String> {
        let meaning = self.meaning.or_else(|| glossary.get(&self.name).cloned());
        let meaning = meaning.ok_or_else(|| format!("no meaning of `{}`", self.name))?;
        let kind = match self.kind {
            Word::Number => ParamKind::Number,
            Word::Count => ParamKind::Count { min: self.min.unwrap_or(1) },
            Word::Switch => ParamKind::Switch,
            Word::Choice => ParamKind::Choice(self.choices.unwrap_or_default()),
            Word::List => ParamKind::List { longer_than: self.longer_than },
            Word::Pairs => ParamKind::Pairs,
            Word::Formula => ParamKind::Formula,
            Word::Schedules => ParamKind::Schedules,
        };
        let default_raw = self.default.as_ref().map(Raw::of_toml);
        Ok(Param {
            kind,
            meaning,
            default: default_raw.as_ref().map(Raw::show),
            optional: self.optional,
            example: self.example.as_ref().map(|value| Raw::of_toml(value).show()),
            default_raw,
            name: self.name,
        })
    }
}

fn read(text: &str) -> Result<Vec<Kind>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let glossary = file.glossary;
    file.schedule
        .into_iter()
        .map(|entry| {
            let params = entry.params.into_iter().map(|param| param.read(&glossary)).collect::<Result<_, _>>()?;
            Ok(Kind {
                id: entry.id,
                name: entry.name,
                meaning: entry.meaning,
                text: entry.text,
                params,
                momentum: entry.momentum,
                sequence: entry.sequence,
                rates: entry.rates,
            })
        })
        .collect()
}

/// The kinds in the order of the menus: the friendly ones, then each framework's.
pub fn catalogue() -> &'static [Kind] {
    static PARSED: OnceLock<Vec<Kind>> = OnceLock::new();
    // The file is part of the program and the tests read all of it: it cannot fail for a user.
    PARSED.get_or_init(|| {
        read(include_str!("../../assets/schedules.toml")).unwrap_or_else(|why| panic!("assets/schedules.toml: {why}"))
    })
}

/// Frameworks in the order in which a name without one is looked for.
pub(super) const FRAMEWORKS: [&str; 3] = ["torch", "keras", "optax"];

/// The kind of that name: its id, or its framework's name alone (`StepLR`), where that of `framework` comes first.
pub(super) fn lookup(name: &str, framework: Option<&str>) -> Option<&'static Kind> {
    let known = catalogue();
    let exact = |id: &str| known.iter().find(|kind| kind.id == id);
    framework
        .and_then(|framework| exact(&format!("{framework}/{name}")))
        .or_else(|| exact(name))
        .or_else(|| FRAMEWORKS.iter().find_map(|framework| exact(&format!("{framework}/{name}"))))
}

impl Kind {
    /// `torch`, `keras`, `optax`; none for a friendly name.
    pub fn framework(&self) -> Option<&str> {
        self.id.split_once('/').map(|(framework, _)| framework)
    }

    /// A text to begin with: the kind with an example for every argument that has no default.
    pub fn example(&self) -> String {
        let given: Vec<String> = self
            .params
            .iter()
            .filter_map(|param| param.example.as_ref().map(|example| format!("{}={example}", param.name)))
            .collect();
        if given.is_empty() { self.id.clone() } else { format!("{}:{}", self.id, given.join(",")) }
    }

    /// Whether it needs to see the loss (or another metric) after each update.
    pub fn watches_metric(&self) -> bool {
        self.text.as_deref().is_some_and(super::program::reads_metric)
    }
}
