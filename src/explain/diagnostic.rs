//! What is wrong with a text of the language, in words.

use super::Message;
use crate::i18n::{Lang, fill, text};
use crate::lang::{Diagnostic, Expected, Problem};

/// The problem with its cure, its place, and the line with a mark under it.
pub fn diagnostic(lang: Lang, diagnostic: &Diagnostic, source: &str) -> Message {
    let problem = problem(lang, &diagnostic.kind);
    let said = match cure(lang, diagnostic) {
        Some(cure) => fill(lang, "lang.cured", &[("problem", &problem), ("cure", &cure)]),
        None => problem,
    };
    Message::new(said, diagnostic.span, source)
}

fn cure(lang: Lang, diagnostic: &Diagnostic) -> Option<String> {
    let named = matches!(diagnostic.kind, Problem::UnknownName { .. } | Problem::UnknownFunction { .. });
    match (&diagnostic.suggestion, &diagnostic.kind) {
        (Some(suggestion), _) if named => Some(fill(lang, "lang.did_you_mean", &[("suggestion", suggestion)])),
        (Some(suggestion), _) if suggestion.is_empty() => Some(text(lang, "lang.remove").to_owned()),
        (Some(suggestion), _) => Some(fill(lang, "lang.write", &[("suggestion", suggestion)])),
        (None, Problem::UnknownName { name, known, in_rule }) if !known.is_empty() => {
            let names = known.join(", ");
            Some(if *in_rule {
                fill(lang, "lang.known_or_declare", &[("names", &names), ("name", name)])
            } else {
                fill(lang, "lang.known", &[("names", &names)])
            })
        }
        (None, _) => None,
    }
}

fn problem(lang: Lang, problem: &Problem) -> String {
    match problem {
        Problem::Empty => text(lang, "lang.empty").to_owned(),
        Problem::UnexpectedEnd { expected } => {
            fill(lang, "lang.unexpected_end", &[("expected", &self::expected(lang, *expected))])
        }
        Problem::UnexpectedToken { found, expected } => {
            let expected = self::expected(lang, *expected);
            fill(lang, "lang.unexpected_token", &[("found", found), ("expected", &expected)])
        }
        Problem::UnknownCharacter { character } => fill(lang, "lang.unknown_character", &[("character", character)]),
        Problem::UnknownOperator { operator } => fill(lang, "lang.unknown_operator", &[("operator", operator)]),
        Problem::UnknownName { name, .. } => fill(lang, "lang.unknown_name", &[("name", name)]),
        Problem::UnknownFunction { name } => fill(lang, "lang.unknown_function", &[("name", name)]),
        Problem::MalformedNumber { text } => fill(lang, "lang.malformed_number", &[("text", text)]),
        Problem::DecimalComma => text(lang, "lang.decimal_comma").to_owned(),
        Problem::NumberTooLarge => text(lang, "lang.number_too_large").to_owned(),
        Problem::WrongArity { function, parameters, found } => {
            let wanted = match parameters.len() {
                1 => text(lang, "lang.one_argument").to_owned(),
                count => fill(lang, "lang.arguments", &[("count", &count)]),
            };
            let parameters = parameters.join(", ");
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("function", function), ("wanted", &wanted), ("parameters", &parameters), ("found", found)];
            fill(lang, "lang.wrong_arity", &values)
        }
        Problem::MissingBrackets { function } => fill(lang, "lang.missing_brackets", &[("function", function)]),
        Problem::FunctionPower { function } => fill(lang, "lang.function_power", &[("function", function)]),
        Problem::MissingOperator => text(lang, "lang.missing_operator").to_owned(),
        Problem::AmbiguousProduct { divisor, factor } => {
            fill(lang, "lang.ambiguous_product", &[("divisor", divisor), ("factor", factor)])
        }
        Problem::AmbiguousPower => text(lang, "lang.ambiguous_power").to_owned(),
        Problem::AbsoluteBars => text(lang, "lang.absolute_bars").to_owned(),
        Problem::ChainedComparison => text(lang, "lang.chained_comparison").to_owned(),
        Problem::SingleEquals => text(lang, "lang.single_equals").to_owned(),
        Problem::TooLong { limit } => fill(lang, "lang.too_long", &[("limit", limit)]),
        Problem::TooDeep { limit } => fill(lang, "lang.too_deep", &[("limit", limit)]),
        Problem::TooLarge { limit } => fill(lang, "lang.too_large", &[("limit", limit)]),
        Problem::NeedsNumber => text(lang, "lang.needs_number").to_owned(),
        Problem::NeedsList { function } => fill(lang, "lang.needs_list", &[("function", function)]),
        Problem::ListMismatch => text(lang, "lang.list_mismatch").to_owned(),
        Problem::ReservedName { name } => fill(lang, "lang.reserved_name", &[("name", name)]),
        Problem::Redeclared { name } => fill(lang, "lang.redeclared", &[("name", name)]),
        Problem::NotAssignment => text(lang, "lang.not_assignment").to_owned(),
        Problem::NoUpdate => text(lang, "lang.no_update").to_owned(),
        Problem::BadRange => text(lang, "lang.bad_range").to_owned(),
    }
}

fn expected(lang: Lang, expected: Expected) -> &'static str {
    match expected {
        Expected::Operand => text(lang, "lang.operand"),
        Expected::CloseBracket => text(lang, "lang.close_bracket"),
        Expected::CommaOrClose => text(lang, "lang.comma_or_close"),
        Expected::Then => text(lang, "lang.then"),
        Expected::Else => text(lang, "lang.else"),
        Expected::Equals => text(lang, "lang.equals"),
        Expected::Name => text(lang, "lang.name"),
        Expected::Number => text(lang, "lang.number"),
        Expected::Range => text(lang, "lang.range"),
        Expected::OperatorOrEnd => text(lang, "lang.operator_or_end"),
        Expected::ParamEnd => text(lang, "lang.param_end"),
    }
}
