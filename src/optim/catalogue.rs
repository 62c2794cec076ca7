//! The catalogue: `assets/optimizers.toml`, read and checked. The page on top of that file says what its fields mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::native::Native;
use super::rule::RuleStepper;
use super::spec::{Hyperparameter, Limits, Method, OptimizerSpec, Scale};
use crate::i18n::Localized;
use crate::lang::{Diagnostic, nearest, parse_rule};

/// There is no optimizer of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownId {
    /// What was asked for.
    pub id: String,
    /// Names near to it, the nearest first.
    pub suggestions: Vec<String>,
}

/// What is wrong with a catalogue: for those who write one, in their language of code.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Not the shape that the file has, or no TOML at all.
    #[error("optimizers.toml: {0}")]
    Shape(#[from] toml::de::Error),
    /// An entry says something that cannot be.
    #[error("optimizers.toml: `{entry}`: {problem}")]
    Entry {
        /// The id of the optimizer, or the key of the glossary.
        entry: String,
        /// What is wrong, and what would be right.
        problem: String,
    },
}

/// The optimizers of a file.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The framework that a bare name means.
    bare: String,
    typed: Typed,
    /// The glossary's hyperparameters by each of their names, with no default of their own.
    known: BTreeMap<String, Hyperparameter>,
    specs: Vec<OptimizerSpec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    bare: String,
    typed: Typed,
    glossary: BTreeMap<String, Term>,
    optimizer: Vec<Entry>,
}

/// The words for a rule that somebody typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    name: Localized,
    note: Localized,
}

/// A hyperparameter, wherever it occurs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    #[serde(default)]
    names: Vec<String>,
    word: Localized,
    symbol: String,
    range: Option<[f64; 2]>,
    scale: Scale,
    #[serde(default)]
    zero: bool,
    min: Option<f64>,
    max: Option<f64>,
    below: Option<f64>,
    meaning: Localized,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: Localized,
    note: Localized,
    rate: String,
    hyperparameters: Vec<Setting>,
    #[serde(default)]
    ordered: Vec<[String; 2]>,
    rule: Option<String>,
    native: Option<Native>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    name: String,
    means: Option<String>,
    default: f64,
    symbol: Option<String>,
    range: Option<[f64; 2]>,
    scale: Option<Scale>,
}

/// What an entry does wrong, before its name is put in front.
type Problem = String;

impl Catalogue {
    /// Reads and checks a catalogue.
    ///
    /// # Errors
    /// The first entry that says something that cannot be.
    pub fn read(text: &str) -> Result<Self, CatalogueError> {
        let file: File = toml::from_str(text)?;
        let mut unused: BTreeSet<&str> = file.glossary.keys().map(String::as_str).collect();
        for (key, term) in &file.glossary {
            term.check().map_err(|problem| CatalogueError::Entry { entry: key.clone(), problem })?;
        }
        let mut ids = BTreeSet::new();
        let mut specs = Vec::with_capacity(file.optimizer.len());
        for entry in &file.optimizer {
            let fail = |problem| CatalogueError::Entry { entry: entry.id.clone(), problem };
            if !ids.insert(entry.id.as_str()) {
                return Err(fail("the id occurs twice".to_owned()));
            }
            specs.push(entry.spec(&file.glossary, &mut unused).map_err(fail)?);
        }
        if let Some(key) = unused.first() {
            let problem = "no optimizer has a hyperparameter of this meaning".to_owned();
            return Err(CatalogueError::Entry { entry: (*key).to_owned(), problem });
        }
        let mut known = BTreeMap::new();
        for (key, term) in &file.glossary {
            for name in term.names.iter().chain([key]) {
                known.insert(name.clone(), term.hyperparameter(name));
            }
        }
        let rate = known.get_mut("lr").ok_or_else(|| CatalogueError::Entry {
            entry: "typed".to_owned(),
            problem: "the glossary has no `lr` for the rate".to_owned(),
        })?;
        rate.default = TYPED_RATE;
        Ok(Self { bare: file.bare, typed: file.typed, known, specs })
    }

    /// The optimizers, in the order of the file.
    pub fn specs(&self) -> &[OptimizerSpec] {
        &self.specs
    }

    /// The optimizer of that id; a name without a framework is the bare framework's, or a native method.
    ///
    /// # Errors
    /// [`UnknownId`] with the nearest ids.
    pub fn find(&self, id: &str) -> Result<&OptimizerSpec, UnknownId> {
        let exact = |id: &str| self.specs.iter().find(|spec| spec.id == id);
        exact(id).or_else(|| exact(&format!("{}/{id}", self.bare))).ok_or_else(|| self.unknown(id))
    }

    fn unknown(&self, id: &str) -> UnknownId {
        let tail = |id: &str| id.rsplit_once('/').map_or(id, |(_, tail)| tail).to_lowercase();
        let wanted = tail(id);
        let ids = || self.specs.iter().map(|spec| spec.id.as_str());
        // The same name in other frameworks; else the nearest id as a whole; else the nearest name in any framework.
        let same = |name: &str| ids().filter(|id| tail(id) == name).map(str::to_owned).collect::<Vec<_>>();
        let mut suggestions = same(&wanted);
        if suggestions.is_empty() {
            let tails: Vec<String> = ids().map(tail).collect();
            suggestions.extend(nearest(id, ids()));
            let near = nearest(&wanted, tails.iter().map(String::as_str)).map(|name| same(&name));
            suggestions.extend(near.into_iter().flatten());
        }
        let mut seen = BTreeSet::new();
        suggestions.retain(|id| seen.insert(id.clone()));
        UnknownId { id: id.to_owned(), suggestions }
    }

    /// What the glossary says of a hyperparameter of that name; its default means nothing.
    pub fn hyperparameter(&self, name: &str) -> Option<&Hyperparameter> {
        self.known.get(name)
    }

    /// The names that the glossary knows, in the order of the alphabet.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// The optimizer of a typed rule, with `lr` and what its `param` lines declare. A comment on its first line is its
    /// name.
    ///
    /// # Errors
    /// What is wrong with the text, with places and cures.
    pub fn typed(&self, source: &str) -> Result<OptimizerSpec, Vec<Diagnostic>> {
        let rule = parse_rule(source, &[])?;
        let settings: Vec<(&str, f64)> = rule.params.iter().map(|p| (p.name.as_str(), p.default)).collect();
        RuleStepper::new(&rule, 2, &settings, None).map_err(|problem| vec![problem])?;
        let Typed { name, note } = self.typed.clone();
        let name = title(source).map_or(name, Localized::same);
        Ok(OptimizerSpec::typed(name, note, |name| self.known.get(name), source, rule))
    }
}

/// The rate of a typed rule unless somebody sets another.
const TYPED_RATE: f64 = 0.01;

/// What a comment on the first line says.
fn title(source: &str) -> Option<&str> {
    let words = source.trim_start().strip_prefix('#')?.lines().next()?.trim();
    (!words.is_empty()).then_some(words)
}

impl Term {
    /// The hyperparameter that it describes, under one of its names.
    fn hyperparameter(&self, name: &str) -> Hyperparameter {
        Hyperparameter {
            name: name.to_owned(),
            word: self.word.clone(),
            symbol: self.symbol.clone(),
            meaning: self.meaning.clone(),
            range: self.range.unwrap_or([0.0, 1.0]),
            scale: self.scale,
            zero: self.zero,
            limits: self.limits(),
            default: 0.0,
        }
    }

    fn check(&self) -> Result<(), Problem> {
        spoken("meaning", &self.meaning)?;
        spoken("word", &self.word)?;
        if self.max.is_some() && self.below.is_some() {
            return Err("`max` and `below` exclude each other".to_owned());
        }
        if self.range.is_none() && self.scale != Scale::Switch {
            return Err("no `range`".to_owned());
        }
        Ok(())
    }

    fn limits(&self) -> Limits {
        if self.scale == Scale::Switch {
            return Limits { min: 0.0, max: 1.0, open: false };
        }
        let min = self.min.unwrap_or(f64::NEG_INFINITY);
        let max = self.below.or(self.max).unwrap_or(f64::INFINITY);
        Limits { min, max, open: self.below.is_some() }
    }
}

impl Setting {
    fn hyperparameter(
        &self,
        glossary: &BTreeMap<String, Term>,
        unused: &mut BTreeSet<&str>,
    ) -> Result<Hyperparameter, Problem> {
        let name = &self.name;
        let key = self.means.as_ref().unwrap_or(name);
        let by_name = || glossary.iter().find(|(_, term)| term.names.contains(key));
        let (key, term) = glossary
            .get_key_value(key)
            .or_else(by_name)
            .ok_or_else(|| format!("`{name}` is not in the glossary: add [glossary.{key}] or say `means`"))?;
        unused.remove(key.as_str());
        let mut found = term.hyperparameter(name);
        found.default = self.default;
        found.range = self.range.unwrap_or(found.range);
        found.scale = self.scale.unwrap_or(found.scale);
        found.zero &= found.scale == Scale::Log;
        if let Some(symbol) = &self.symbol {
            found.symbol.clone_from(symbol);
        }
        let (range, scale) = (found.range, found.scale);
        let [lo, hi] = range;
        let broken = lo >= hi || (scale == Scale::Log && lo <= 0.0) || (scale == Scale::OneMinus && hi >= 1.0);
        if broken || !found.limits.contain(lo) || !found.limits.contain(hi) {
            return Err(format!("`{name}`: no slider can have the range {range:?} with this scale and these limits"));
        }
        if !found.offers(self.default) || found.check(self.default).is_err() {
            return Err(format!("`{name}`: the default {} is not in {range:?}", self.default));
        }
        Ok(found)
    }
}

impl Entry {
    fn spec(&self, glossary: &BTreeMap<String, Term>, unused: &mut BTreeSet<&str>) -> Result<OptimizerSpec, Problem> {
        spoken("name", &self.name)?;
        spoken("note", &self.note)?;
        let hyperparameters =
            self.hyperparameters.iter().map(|h| h.hyperparameter(glossary, unused)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<&str> = hyperparameters.iter().map(|h| h.name.as_str()).collect();
        if let Some(twice) = (1..names.len()).find(|&k| names[..k].contains(&names[k])) {
            return Err(format!("`{}` occurs twice", names[twice]));
        }
        if names.first() != Some(&self.rate.as_str()) {
            return Err(format!("the first hyperparameter must be the rate `{}`", self.rate));
        }
        let index = |name: &String| {
            names.iter().position(|own| own == name).ok_or_else(|| format!("`ordered` names `{name}`, which it lacks"))
        };
        let ordered = self.ordered.iter().map(|[a, b]| Ok([index(a)?, index(b)?])).collect::<Result<_, Problem>>()?;
        let method = self.method(&names[1..], &hyperparameters[1..])?;
        Ok(OptimizerSpec {
            id: self.id.clone(),
            name: self.name.clone(),
            note: self.note.clone(),
            rate: self.rate.clone(),
            hyperparameters,
            ordered,
            method,
        })
    }

    fn method(&self, names: &[&str], settings: &[Hyperparameter]) -> Result<Method, Problem> {
        match (&self.rule, self.native) {
            (Some(source), None) => {
                let rule = parse_rule(source, names).map_err(|problems| format!("its rule: {problems:?}"))?;
                if !rule.params.is_empty() {
                    return Err("declare hyperparameters in the entry, not with `param`".to_owned());
                }
                let read = |name: &&str| {
                    rule.lines.iter().map(|l| &l.value).chain(rule.inits.iter().map(|i| &i.1)).any(|e| e.mentions(name))
                };
                if let Some(name) = names.iter().find(|name| !read(name)) {
                    return Err(format!("its rule does not read `{name}`"));
                }
                let defaults: Vec<(&str, f64)> = settings.iter().map(|h| (h.name.as_str(), h.default)).collect();
                RuleStepper::new(&rule, 2, &defaults, None).map_err(|problem| format!("its rule: {problem:?}"))?;
                Ok(Method::Rule { source: source.clone(), rule })
            }
            (None, Some(native)) if native.settings() == names => Ok(Method::Native(native)),
            (None, Some(native)) => Err(format!("after the rate it needs {:?}, in this order", native.settings())),
            _ => Err("either `rule` or `native` must say how it steps".to_owned()),
        }
    }
}

/// Both languages must say something.
fn spoken(field: &str, text: &Localized) -> Result<(), Problem> {
    if text.en.trim().is_empty() || text.ko.trim().is_empty() {
        return Err(format!("`{field}` is empty in a language"));
    }
    Ok(())
}

/// The text that the program carries.
pub(super) const SOURCE: &str = include_str!("../../assets/optimizers.toml");

static CATALOGUE: LazyLock<Result<Catalogue, CatalogueError>> = LazyLock::new(|| Catalogue::read(SOURCE));

/// The catalogue of the program, read at the first use.
///
/// # Errors
/// Never in a program whose tests pass.
pub fn built_in() -> Result<&'static Catalogue, &'static CatalogueError> {
    CATALOGUE.as_ref()
}

/// All optimizers of the program, in the order of its catalogue.
pub fn catalogue() -> &'static [OptimizerSpec] {
    built_in().map_or(&[], Catalogue::specs)
}

/// The optimizer of that id, as [`Catalogue::find`] in the program's own.
///
/// # Errors
/// [`UnknownId`] with the nearest ids.
pub fn find(id: &str) -> Result<&'static OptimizerSpec, UnknownId> {
    match built_in() {
        Ok(catalogue) => catalogue.find(id),
        Err(_) => Err(UnknownId { id: id.to_owned(), suggestions: Vec::new() }),
    }
}
