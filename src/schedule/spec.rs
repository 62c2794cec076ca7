//! The text of a schedule: a kind with its arguments, a JSON object, a file of rates, or a formula.
//!
//! ```text
//! spec   = kind [ ":" [ name "=" value { "," name "=" value } ] ]     torch/StepLR:step_size=30,gamma=0.5
//!        | "{" JSON "}"                                                {"kind":"cosine","steps":100}
//!        | "csv:" file                                                 a table with a column `lr`
//!        | formula                                                     lr/(1 + 0.1*t)
//! value  = "none" | "true" | "false" | number | "[" value { "," value } "]" | JSON object | text
//! ```

use super::catalogue::{self, FRAMEWORKS, Kind, ParamKind, Sequence};
use super::error::{ScheduleError, ScheduleProblem, Unread, Wanted};
use super::program::Program;
use super::raw::{Piece, Raw};
use super::value::{self, Given};
use super::{Body, MAX_DEPTH, Schedule};
use crate::lang::{self, Scope};

/// What reading a schedule needs besides its text.
pub(super) struct Context<'a> {
    /// The text of a file.
    pub(super) read: &'a dyn Fn(&str) -> Result<String, Unread>,
    /// Where a kind without a framework is looked for first: the framework of the sequence around it.
    pub(super) framework: Option<&'a str>,
    /// How many sequences there are around it.
    pub(super) depth: usize,
}

/// Reads a schedule.
pub(super) fn parse(spec: &str, context: &Context<'_>) -> Result<Schedule, ScheduleError> {
    let whole = Piece::new(spec, 0);
    if whole.text.is_empty() {
        return Err(ScheduleProblem::Empty.at(whole.span()));
    }
    if let Some(path) = whole.text.strip_prefix("csv:") {
        return rates(path.trim(), context).map(|rates| Schedule::new(spec, None, Body::Rates(rates)));
    }
    if whole.text.starts_with('{') {
        let Raw::Object(fields) = Raw::of_json(&whole.json()?) else {
            return Err(ScheduleProblem::Json.at(whole.span()));
        };
        return object(spec, &fields, context);
    }
    let (head, rest) = match whole.text.find(':') {
        Some(at) => (&whole.text[..at], Some(Piece::new(&whole.text[at + 1..], whole.start + at + 1))),
        None => (whole.text, None),
    };
    let head = Piece::new(head, whole.start);
    if is_name(head.text) {
        if let Some(kind) = catalogue::lookup(head.text, context.framework) {
            return of_kind(spec, kind, &arguments(rest)?, context);
        }
        let of_framework = head.text.split_once('/').is_some_and(|(framework, _)| FRAMEWORKS.contains(&framework));
        if rest.is_some() || of_framework {
            return Err(unknown_kind(head.text).at(head.span()));
        }
    }
    formula(spec, &whole, head.text)
}

/// `cosine`, `torch/StepLR`, `keras/callbacks.ReduceLROnPlateau`.
fn is_name(text: &str) -> bool {
    let word = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
    };
    text.splitn(2, '/').all(word)
}

pub(super) fn unknown_kind(name: &str) -> ScheduleProblem {
    let known = catalogue::catalogue();
    // Names without their framework are understood too, so a near miss of one is a near miss of the kind.
    let short = |id: &'static str| id.split_once('/').map_or(id, |(_, short)| short);
    let mut suggestions = lang::closest(name, known.iter().map(|kind| kind.id.as_str()));
    let shorts = lang::closest(name, known.iter().map(|kind| short(&kind.id)));
    for near in shorts {
        let ids = known.iter().filter(|kind| short(&kind.id) == near).map(|kind| kind.id.clone());
        suggestions.extend(ids.filter(|id| !suggestions.contains(id)).collect::<Vec<_>>());
    }
    suggestions.truncate(3);
    ScheduleProblem::UnknownKind { name: name.to_owned(), suggestions }
}

fn arguments(rest: Option<Piece<'_>>) -> Result<Vec<Given>, ScheduleError> {
    let Some(rest) = rest else { return Ok(Vec::new()) };
    rest.split(',')?
        .iter()
        .map(|piece| {
            let no_equals = || ScheduleProblem::NoEquals { found: piece.text.to_owned() }.at(piece.span());
            let at = piece.text.find('=').ok_or_else(no_equals)?;
            let name = Piece::new(&piece.text[..at], piece.start);
            let value = Piece::new(&piece.text[at + 1..], piece.start + at + 1);
            if name.text.is_empty() || value.text.is_empty() {
                return Err(no_equals());
            }
            let value_raw = Raw::of_text(&value)?;
            Ok(Given { name: name.text.to_owned(), value: value_raw, span: Some(piece.span()) })
        })
        .collect()
}

fn object(spec: &str, fields: &[(String, Raw)], context: &Context<'_>) -> Result<Schedule, ScheduleError> {
    let Some((_, Raw::Text(name))) = fields.iter().find(|(name, _)| name == "kind") else {
        return Err(ScheduleProblem::NoKind.at(None));
    };
    let kind = catalogue::lookup(name, context.framework).ok_or_else(|| unknown_kind(name).at(None))?;
    let given: Vec<Given> = fields
        .iter()
        .filter(|(name, _)| name != "kind")
        .map(|(name, value)| Given { name: name.clone(), value: value.clone(), span: None })
        .collect();
    of_kind(spec, kind, &given, context)
}

fn of_kind(spec: &str, kind: &'static Kind, given: &[Given], context: &Context<'_>) -> Result<Schedule, ScheduleError> {
    for (index, argument) in given.iter().enumerate() {
        let name = argument.name.clone();
        if !kind.params.iter().any(|param| param.name == name) {
            let known: Vec<String> = kind.params.iter().map(|param| param.name.clone()).collect();
            let suggestion = lang::nearest(&name, known.iter().map(String::as_str));
            let problem = ScheduleProblem::UnknownArgument { kind: kind.id.clone(), name, suggestion, known };
            return Err(problem.at(argument.span));
        }
        if given[..index].iter().any(|before| before.name == name) {
            return Err(ScheduleProblem::RepeatedArgument { name }.at(argument.span));
        }
    }
    let body = match (&kind.sequence, &kind.text) {
        (Some(sequence), _) => self::sequence(kind, sequence, given, context)?,
        (None, text) => {
            let bindings = value::bind(kind, given)?;
            let listed = kind.rates.as_ref().and_then(|name| bindings.columns.get(name));
            if let Some(rates) = listed {
                return Ok(Schedule::new(spec, Some(kind), Body::Rates(rates.clone())));
            }
            let text = text.as_deref().unwrap_or_default();
            let program = Program::new(text, &bindings);
            Body::Program(Box::new(
                program.map_err(|problems| ScheduleProblem::Formula { text: text.to_owned(), problems }.at(None))?,
            ))
        }
    };
    Ok(Schedule::new(spec, Some(kind), body))
}

/// Schedules in turn.
fn sequence(kind: &Kind, names: &Sequence, given: &[Given], context: &Context<'_>) -> Result<Body, ScheduleError> {
    if context.depth >= MAX_DEPTH {
        return Err(ScheduleProblem::TooDeep.at(None));
    }
    let mut parts = Vec::new();
    let mut boundaries: Vec<u64> = Vec::new();
    for param in &kind.params {
        let Some((raw, span)) = value::value_of(kind, param, given)? else { continue };
        let wanted = if param.kind == ParamKind::Schedules { Wanted::Schedules } else { Wanted::List };
        let wrong =
            || ScheduleProblem::WrongValue { name: param.name.clone(), wanted: wanted.clone(), found: raw.show() };
        let Raw::List(list) = raw else { return Err(wrong().at(span)) };
        if param.name == names.schedules {
            let inner = Context { framework: kind.framework(), depth: context.depth + 1, ..*context };
            for part in list {
                parts.push(match part {
                    Raw::Object(fields) => object(&part.show(), fields, &inner)?,
                    Raw::Text(text) => parse(text, &inner).map_err(|error| error.problem.at(span))?,
                    _ => return Err(wrong().at(span)),
                });
            }
        } else if param.name == names.boundaries {
            let read: Option<Vec<u64>> = list.iter().map(value::whole).collect();
            boundaries = read.ok_or_else(|| wrong().at(span))?;
            if boundaries.windows(2).any(|pair| pair[0] >= pair[1]) {
                return Err(ScheduleProblem::NotAscending { name: param.name.clone() }.at(span));
            }
        }
    }
    if parts.len() != boundaries.len() + 1 {
        let name = names.schedules.clone();
        let span = given.iter().find(|given| given.name == name).and_then(|given| given.span);
        let (wanted, found) = (boundaries.len() + 1, parts.len());
        return Err(ScheduleProblem::WrongLength { name, wanted, found }.at(span));
    }
    Ok(Body::Sequence { parts, boundaries })
}

/// A formula of `t` and `lr`; a lone word that is no formula was probably meant as a kind.
fn formula(spec: &str, whole: &Piece<'_>, head: &str) -> Result<Schedule, ScheduleError> {
    let parsed = lang::parse_formula(whole.text, &Scope { variables: &["t", "lr"], columns: &[] });
    let program = parsed.and_then(|formula| Program::of_formula(&formula));
    program.map(|program| Schedule::new(spec, None, Body::Program(Box::new(program)))).map_err(|problems| {
        if is_name(whole.text) {
            unknown_kind(head).at(whole.span())
        } else {
            ScheduleProblem::Formula { text: whole.text.to_owned(), problems }.at(whole.span())
        }
    })
}

/// The column `lr` of a table.
fn rates(path: &str, context: &Context<'_>) -> Result<Vec<f64>, ScheduleError> {
    let problem = |why| ScheduleProblem::File { path: path.to_owned(), why }.at(None);
    let text = (context.read)(path).map_err(problem)?;
    column(&text, "lr", path)
}

/// A column of finite numbers of a table (CSV with a header); `path` is its name in problems.
///
/// # Errors
///
/// The column is missing or empty, or a cell is not a finite number.
pub fn column(text: &str, name: &str, path: &str) -> Result<Vec<f64>, ScheduleError> {
    let no_column = || ScheduleProblem::NoColumn { path: path.to_owned(), column: name.to_owned() }.at(None);
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let index = table.headers().ok().and_then(|header| header.iter().position(|cell| cell == name));
    let index = index.ok_or_else(no_column)?;
    let mut rates = Vec::new();
    for row in table.records() {
        let row = row.map_err(|_| no_column())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = row.get(index).unwrap_or_default();
        match cell.parse::<f64>() {
            Ok(rate) if rate.is_finite() => rates.push(rate),
            _ => return Err(ScheduleProblem::BadCell { path: path.to_owned(), line, found: cell.to_owned() }.at(None)),
        }
    }
    if rates.is_empty() { Err(no_column()) } else { Ok(rates) }
}
