//! Values of arguments checked against what their arguments take, and what they are to the text of the kind.

use super::MAX_LIST;
use super::catalogue::{Kind, Param, ParamKind};
use super::error::{ScheduleError, ScheduleProblem, Wanted};
use super::program::Bindings;
use super::raw::Raw;
use crate::lang::{self, Expr, Scope, Span};

/// The largest whole number up to which every one is a float.
const MOST: f64 = 9_007_199_254_740_992.0;

/// An argument with its value and its place in the text.
pub(super) struct Given {
    pub(super) name: String,
    pub(super) value: Raw,
    pub(super) span: Option<Span>,
}

/// The value of a parameter: what is given, or its default; none where it is optional and not given.
pub(super) fn value_of<'a>(
    kind: &Kind,
    param: &'a Param,
    given: &'a [Given],
) -> Result<Option<(&'a Raw, Option<Span>)>, ScheduleError> {
    let said = given.iter().find(|given| given.name == param.name && given.value != Raw::None);
    match (said, &param.default_raw) {
        (Some(given), _) => Ok(Some((&given.value, given.span))),
        (None, Some(default)) => Ok(Some((default, None))),
        (None, None) if param.optional => Ok(None),
        (None, None) => {
            Err(ScheduleProblem::MissingArgument { kind: kind.id.clone(), name: param.name.clone() }.at(None))
        }
    }
}

/// What the arguments are to the kind's text.
pub(super) fn bind(kind: &Kind, given: &[Given]) -> Result<Bindings, ScheduleError> {
    let mut bindings = Bindings::default();
    for param in &kind.params {
        let value = value_of(kind, param, given)?;
        if param.optional {
            let is_given = Expr::number(f64::from(u8::from(value.is_some())));
            bindings.names.insert(format!("{}_given", param.name), is_given);
        }
        match value {
            Some((raw, span)) => bind_one(param, raw, span, &mut bindings)?,
            None => drop(bindings.names.insert(param.name.clone(), Expr::number(0.0))),
        }
    }
    for param in &kind.params {
        if let ParamKind::List { longer_than: Some(other) } = &param.kind
            && let (Some(list), Some(shorter)) = (bindings.columns.get(&param.name), bindings.columns.get(other))
            && list.len() != shorter.len() + 1
        {
            let span = given.iter().find(|given| given.name == param.name).and_then(|given| given.span);
            let (wanted, found) = (shorter.len() + 1, list.len());
            return Err(ScheduleProblem::WrongLength { name: param.name.clone(), wanted, found }.at(span));
        }
    }
    // A text writes its lists out, in time that grows with the square of their length; listed rates are only looked up.
    if let Some((name, _)) = bindings.columns.iter().find(|(_, list)| list.len() > MAX_LIST && kind.text.is_some()) {
        return Err(ScheduleProblem::TooLong { name: name.clone() }.at(None));
    }
    bindings.momentum = kind
        .momentum
        .as_ref()
        .is_some_and(|switch| bindings.names.get(switch).is_some_and(|value| *value != Expr::number(0.0)));
    Ok(bindings)
}

fn bind_one(param: &Param, raw: &Raw, span: Option<Span>, bindings: &mut Bindings) -> Result<(), ScheduleError> {
    let wrong = |wanted| ScheduleProblem::WrongValue { name: param.name.clone(), wanted, found: raw.show() }.at(span);
    let name = param.name.clone();
    match &param.kind {
        ParamKind::Number => {
            let expr = formula(raw, &["lr"], span).ok_or_else(|| wrong(Wanted::Number))??;
            bindings.names.insert(name, expr);
        }
        ParamKind::Formula => {
            let expr = formula(raw, &["t", "lr"], span).ok_or_else(|| wrong(Wanted::Formula))??;
            bindings.names.insert(name, expr);
        }
        ParamKind::Count { min } => {
            let count = whole(raw).filter(|count| count >= min).ok_or_else(|| wrong(Wanted::Count { min: *min }))?;
            bindings.names.insert(name, Expr::number(count as f64));
        }
        ParamKind::Switch => {
            let on = match raw {
                Raw::Switch(on) => *on,
                Raw::Number(number) if *number == 0.0 || *number == 1.0 => *number == 1.0,
                _ => return Err(wrong(Wanted::Switch)),
            };
            bindings.names.insert(name, Expr::number(f64::from(u8::from(on))));
        }
        ParamKind::Choice(words) => {
            let Raw::Text(word) = raw else { return Err(wrong(Wanted::Choice(words.clone()))) };
            if !words.contains(word) {
                return Err(wrong(Wanted::Choice(words.clone())));
            }
            for other in words {
                let value = Expr::number(f64::from(u8::from(other == word)));
                bindings.names.insert(format!("{name}_{other}"), value);
            }
        }
        ParamKind::List { .. } => {
            let list = numbers(raw).ok_or_else(|| wrong(Wanted::List))?;
            bindings.columns.insert(name, list);
        }
        ParamKind::Pairs => {
            let mut pairs = pairs(raw).ok_or_else(|| wrong(Wanted::Pairs))?;
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut products = vec![1.0];
            products.extend(pairs.iter().scan(1.0, |product, (_, scale)| {
                *product *= scale;
                Some(*product)
            }));
            bindings.columns.insert(format!("{name}_boundaries"), pairs.iter().map(|pair| pair.0).collect());
            bindings.columns.insert(format!("{name}_products"), products);
        }
        ParamKind::Schedules => {}
    }
    Ok(())
}

/// A number or a formula as an expression; none where the value is neither.
fn formula(raw: &Raw, variables: &[&str], span: Option<Span>) -> Option<Result<Expr, ScheduleError>> {
    match raw {
        Raw::Number(number) => Some(Ok(Expr::number(*number))),
        Raw::Text(text) => {
            let parsed = lang::parse_formula(text, &Scope { variables, columns: &[] });
            Some(match parsed {
                Ok(formula) if formula.params.is_empty() => Ok(formula.body),
                Ok(_) => return None,
                Err(problems) => Err(ScheduleProblem::Formula { text: text.clone(), problems }.at(span)),
            })
        }
        _ => None,
    }
}

/// A whole number, not negative.
pub(super) fn whole(raw: &Raw) -> Option<u64> {
    match raw {
        Raw::Number(number) if *number >= 0.0 && *number <= MOST && number.floor() == *number => Some(*number as u64),
        _ => None,
    }
}

fn numbers(raw: &Raw) -> Option<Vec<f64>> {
    let Raw::List(list) = raw else { return None };
    list.iter().map(|raw| if let Raw::Number(number) = raw { Some(*number) } else { None }).collect()
}

fn pairs(raw: &Raw) -> Option<Vec<(f64, f64)>> {
    let Raw::List(list) = raw else { return None };
    list.iter()
        .map(|raw| match numbers(raw)?.as_slice() {
            &[boundary, scale] => Some((boundary, scale)),
            _ => None,
        })
        .collect()
}
