//! Sentences: one for every kind of problem and outcome in both languages, with their numbers and their places.

use downhill::descent::{Cause, Outcome, Quantity, Reason, Sign};
use downhill::explain::{Message, diagnostic, number, outcome, refusal, setting, spec, steady, unknown_optimizer};
use downhill::i18n::Lang;
use downhill::lang::{Diagnostic, Expected, Problem, Scope, Span, parse_formula};
use downhill::optim::{self, Limits, SettingError};
use downhill::session::{Number, RacerId, Refusal};
use proptest::prelude::*;

fn sentence(said: &str) {
    assert!(!said.is_empty() && !said.contains('{') && !said.contains('}'), "{said}");
    assert!(!said.ends_with('.') && !said.contains("  "), "{said}");
}

fn is_korean(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c))
}

fn problems() -> Vec<Problem> {
    use Problem as P;
    let expected = [
        Expected::Operand,
        Expected::CloseBracket,
        Expected::CommaOrClose,
        Expected::Then,
        Expected::Else,
        Expected::Equals,
        Expected::Name,
        Expected::Number,
        Expected::Range,
        Expected::OperatorOrEnd,
        Expected::ParamEnd,
    ];
    let name = || "sine".to_owned();
    let mut all: Vec<P> = expected.iter().map(|&expected| P::UnexpectedEnd { expected }).collect();
    all.extend(expected.iter().map(|&expected| P::UnexpectedToken { found: name(), expected }));
    all.extend([
        P::Empty,
        P::UnknownCharacter { character: '?' },
        P::UnknownOperator { operator: "%".into() },
        P::UnknownName { name: name(), known: vec!["x".into()], in_rule: false },
        P::UnknownName { name: name(), known: vec!["w".into()], in_rule: true },
        P::UnknownFunction { name: name() },
        P::MalformedNumber { text: "2e".into() },
        P::DecimalComma,
        P::NumberTooLarge,
        P::WrongArity { function: "sin", parameters: &["x"], found: 2 },
        P::WrongArity { function: "max", parameters: &["a", "b"], found: 1 },
        P::MissingBrackets { function: "sin" },
        P::FunctionPower { function: "sin" },
        P::MissingOperator,
        P::AmbiguousProduct { divisor: "2".into(), factor: "x".into() },
        P::AmbiguousPower,
        P::AbsoluteBars,
        P::ChainedComparison,
        P::SingleEquals,
        P::TooLong { limit: 9 },
        P::TooDeep { limit: 9 },
        P::TooLarge { limit: 9 },
        P::NeedsNumber,
        P::NeedsList { function: "mean" },
        P::ListMismatch,
        P::ReservedName { name: name() },
        P::Redeclared { name: name() },
        P::NotAssignment,
        P::NoUpdate,
        P::BadRange,
    ]);
    all
}

#[test]
fn every_problem_of_a_text_has_its_words() {
    for kind in problems() {
        for suggestion in [None, Some(String::new()), Some("sin(".to_owned())] {
            let given = Diagnostic { kind: kind.clone(), span: Span::new(4, 8), suggestion };
            let [en, ko] = [Lang::En, Lang::Ko].map(|lang| diagnostic(lang, &given, "x + sine(x)"));
            sentence(&en.text);
            sentence(&ko.text);
            assert!(!is_korean(&en.text) && is_korean(&ko.text), "{kind:?}: {} / {}", en.text, ko.text);
            assert_eq!((en.line, en.column), (1, 5));
            assert_eq!(en.carets, "    ^^^^");
        }
    }
}

#[test]
fn a_misspelled_name_is_shown_with_its_cure_and_a_caret() {
    let source = "x^2\n + sine(x)";
    let scope = Scope { variables: &["x"], columns: &[] };
    let found = parse_formula(source, &scope).unwrap_err();
    let message = diagnostic(Lang::En, &found[0], source);
    assert!(message.text.ends_with("'sine' – did you mean 'sin'?"), "{}", message.text);
    assert_eq!(message.to_string(), format!("2:4: {}\n     + sine(x)\n       ^^^^", message.text));
}

#[test]
fn carets_stand_under_their_place() {
    for (source, span, excerpt, carets) in [
        ("", Span::new(0, 0), "", "^"),
        ("x + ", Span::new(4, 4), "x + ", "    ^"),
        ("\tx", Span::new(1, 2), " x", " ^"),
        ("한 + q", Span::new(6, 7), "한 + q", "     ^"),
        ("a\nbb\nc", Span::new(2, 6), "bb", "^^"),
    ] {
        let message = Message::new(String::new(), span, source);
        assert_eq!((message.excerpt.as_str(), message.carets.as_str()), (excerpt, carets), "{source:?}");
    }
    let long = format!("{}q{}", "a".repeat(500), "b".repeat(500));
    let message = Message::new(String::new(), Span::new(500, 501), &long);
    assert_eq!(message.column, 501);
    assert!(message.excerpt.chars().count() < 120);
    let at = message.carets.chars().count() - 1;
    assert_eq!(message.excerpt.chars().nth(at), Some('q'));
}

#[test]
fn outcomes_say_their_numbers() {
    let overshoot = |momentum, limit| Cause::Overshoot { step: 0, rate: 0.5775, curvature: 4.0, limit, momentum };
    let end = |reason| Outcome { step: 31, reason };
    let loss = |cause| Reason::Diverged { sign: Sign::Loss { from: 2.0, to: 3.5e6 }, cause };
    let converged = |eigenvalues| Reason::Converged { since: 21, size: 1.5e-9, eigenvalues };
    let cases: Vec<(Reason, &[&str], &[&str])> = vec![
        (
            loss(overshoot(None, 2.0)),
            &["step 31", "from 2 to 3.5e6", "η·λmax = 2.31 > 2: each step overshoots further"],
            &["31번째", "η·λmax = 2.31 > 2이므로"],
        ),
        (loss(overshoot(Some(0.1), 2.2)), &["2.31 > 2(1 + μ) = 2.2"], &["2(1 + μ) = 2.2"]),
        (loss(overshoot(Some(0.1), 1.5)), &["2.31 > 1.5:"], &["2.31 > 1.5"]),
        (loss(Cause::Unknown), &["diverged at step 31"], &["발산"]),
        (
            Reason::Diverged { sign: Sign::Distance(2e6), cause: Cause::Bottomless },
            &["2e6 away", "without end"],
            &["끝없이"],
        ),
        (Reason::NonFinite { what: Quantity::Parameter, cause: Cause::Unknown }, &["a parameter is"], &["매개변수가"]),
        (
            Reason::NonFinite { what: Quantity::Loss, cause: Cause::Outside },
            &["the loss is", "at the start"],
            &["손실이"],
        ),
        (Reason::NonFinite { what: Quantity::Gradient, cause: Cause::Unknown }, &["the gradient is"], &["기울기가"]),
        (Reason::StepLimit, &["31 steps"], &["31걸음"]),
        (converged(vec![1.0, 2.0]), &["since step 21", "1.5e−9", "at a minimum"], &["21번째", "극솟점"]),
        (converged(vec![-1.0, 2.0]), &["saddle"], &["안장점"]),
        (converged(vec![-1.0, -2.0]), &["maximum"], &["극댓점"]),
        (converged(vec![0.0, 2.0]), &["level"], &["평평"]),
    ];
    for (reason, english, korean) in cases {
        let end = end(reason);
        for (lang, parts) in [(Lang::En, english), (Lang::Ko, korean)] {
            let said = outcome(lang, &end);
            sentence(&said);
            for part in parts {
                assert!(said.contains(part), "{part:?} in {said:?}");
            }
        }
    }
}

#[test]
fn refusals_say_what_would_do() {
    let limits = Limits { min: 0.0, max: 1.0, open: true };
    let out = |value| SettingError::OutOfLimits { name: "momentum".into(), value, limits };
    for (error, want) in [
        (out(-0.5), "'momentum' must be at least 0, not −0.5"),
        (out(1.0), "'momentum' must be less than 1, not 1"),
        (
            SettingError::UnknownName {
                name: "mu".into(),
                known: vec!["lr".into(), "momentum".into()],
                suggestion: None,
            },
            "there is no setting 'mu' – the settings are lr, momentum",
        ),
        (
            SettingError::NotASwitch { name: "nesterov".into(), text: "maybe".into() },
            "'nesterov' takes true or false, not 'maybe'",
        ),
        (SettingError::NotFinite { name: "lr".into(), value: f64::INFINITY }, "'lr' takes a finite number, not ∞"),
        (SettingError::NotWhole { name: "history".into(), value: 1.5 }, "'history' takes a whole number, not 1.5"),
        (SettingError::NotANumber { name: "lr".into(), text: "fast".into() }, "'lr' takes a number, not 'fast'"),
        (SettingError::WrongOrder { smaller: "a".into(), larger: "b".into() }, "'a' must not be larger than 'b'"),
    ] {
        assert_eq!(setting(Lang::En, &error), want);
        assert!(is_korean(&setting(Lang::Ko, &error)));
    }
    let unknown = optim::UnknownId { id: "adan".into(), suggestions: vec!["torch/adam".into()] };
    assert_eq!(unknown_optimizer(Lang::En, &unknown), "there is no optimizer 'adan' – did you mean 'torch/adam'?");
    let numbers = [Number::Start, Number::Param, Number::Sigma, Number::Speed, Number::Cursor, Number::Camera];
    let mut all: Vec<Refusal> = numbers.iter().map(|&what| Refusal::Number { what, value: f64::NAN }).collect();
    all.extend([
        Refusal::UnknownParam { name: "a".into(), known: vec![] },
        Refusal::UnknownRacer(RacerId(3)),
        Refusal::SameRacer(RacerId(3)),
        Refusal::Dimension { wanted: 1, found: 2 },
        Refusal::Dimension { wanted: 2, found: 1 },
        Refusal::Steps { asked: 0, limit: 9 },
        Refusal::Steps { asked: 10, limit: 9 },
        Refusal::TooManyRacers { limit: 9 },
        Refusal::LastRacer,
        Refusal::Range,
    ]);
    for refused in all {
        let [en, ko] = [Lang::En, Lang::Ko].map(|lang| refusal(lang, &refused));
        sentence(&en);
        sentence(&ko);
        assert!(!is_korean(&en) && is_korean(&ko), "{en} / {ko}");
    }
    let steps = downhill::descent::SpecError::TooManySteps { asked: 1_000_000_000_000, limit: 5 };
    assert_eq!(spec(Lang::En, &steps), "1000000000000 steps are too many: at most 5 can be kept here");
}

#[test]
fn numbers_have_the_digits_that_mean_something() {
    for (value, short, even) in [
        (0.0, "0", "0.0000"),
        (-0.0, "0", "0.0000"),
        (0.1, "0.1", "0.10000"),
        (-12.345_678, "−12.346", "−12.346"),
        (9.999_999, "10", "10.000"),
        (123_456.0, "123456", "123456"),
        (1_234_567.0, "1.2346e6", "1.2346e6"),
        (0.000_123_456, "0.00012346", "0.00012346"),
        (2.5e-9, "2.5e−9", "2.5000e−9"),
        (f64::NEG_INFINITY, "−∞", "−∞"),
        (f64::NAN, "nan", "nan"),
    ] {
        assert_eq!(number(value), short);
        assert_eq!(steady(value), even);
    }
}

proptest! {
    #[test]
    fn a_shown_number_reads_back_to_five_digits(value in prop::num::f64::NORMAL) {
        let back: f64 = number(value).replace('−', "-").parse().unwrap();
        prop_assert!((back - value).abs() <= 0.5e-4 * value.abs(), "{value} as {}", number(value));
    }

    #[test]
    fn any_span_of_any_text_has_a_message(source in "\\PC{0,40}(\n\\PC{0,200})?", a in 0..200_usize, b in 0..200_usize) {
        let _ = Message::new(String::new(), Span::new(a.min(b), a.max(b)), &source);
    }
}
