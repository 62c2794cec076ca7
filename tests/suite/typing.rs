//! What helps while a text is typed: pieces by the lexer, completion, brackets, cures; each also on texts that do not
//! parse.

use downhill::lang::{
    CandidateKind, Dialect, Problem, Scope, TokenClass, complete, functions, matching_brackets, parse_formula,
    parse_rule, tokens,
};
use downhill::{explain, i18n::Lang};

const XY: Scope<'static> = Scope { variables: &["x", "y"], columns: &[] };

/// The text with its cursor, written as `|`.
fn at(text: &str) -> (String, usize) {
    let cursor = text.find('|').expect("a cursor");
    (text.replacen('|', "", 1), cursor)
}

fn names(text: &str, dialect: &Dialect<'_>) -> Vec<String> {
    let (text, cursor) = at(text);
    let found = complete(&text, cursor, dialect);
    found.map_or_else(Vec::new, |found| found.candidates.into_iter().map(|candidate| candidate.name).collect())
}

#[test]
fn pieces_know_parameters_keywords_and_comments() {
    let text = "param a = 2 in 0..5 log # how steep\na*x^2 + foo";
    let classes: Vec<(&str, TokenClass)> =
        tokens(text).into_iter().map(|(span, class)| (span.of(text), class)).collect();
    use TokenClass::{Comment, Keyword, Name, Number, Operator, Parameter};
    let wanted = [
        ("param", Keyword),
        ("a", Parameter),
        ("=", Operator),
        ("2", Number),
        ("in", Keyword),
        ("0", Number),
        ("..", Operator),
        ("5", Number),
        ("log", Keyword),
        ("# how steep", Comment),
        ("a", Parameter),
        ("*", Operator),
        ("x", Name),
        ("^", Operator),
        ("2", Number),
        ("+", Operator),
        ("foo", Name),
    ];
    assert_eq!(classes, wanted);
    let broken = "# only this\nsin(((\n# and this";
    let comments: Vec<&str> =
        tokens(broken).into_iter().filter(|(_, class)| *class == Comment).map(|(span, _)| span.of(broken)).collect();
    assert_eq!(comments, ["# only this", "# and this"]);
}

#[test]
fn completion_offers_what_can_stand_there() {
    let formula = Dialect::Formula(XY);
    let rule = Dialect::Rule(&["momentum", "beta1"]);
    assert_eq!(names("si|", &formula), ["sin", "sinh", "sign", "sigmoid"]);
    assert_eq!(names("2x + sq|", &formula), ["sqrt"]);
    assert_eq!(names("x|", &formula), ["x"]);
    assert_eq!(names("param a|", &formula), [""; 0], "a new name is not completed");
    assert_eq!(names("param alpha = 1\nal|", &formula), ["alpha"]);
    assert_eq!(names("param a = 1 |", &formula), ["in", "log"]);
    assert_eq!(names("# si|", &formula), [""; 0], "a comment");
    assert_eq!(names("12|", &formula), [""; 0], "a number");
    assert_eq!(names("param mo|", &rule), ["momentum"]);
    assert_eq!(names("v = 0.9*v - lr*g\n|", &rule), ["w", "v", "param", "state"]);
    assert_eq!(names("vel = 0.9*vel - lr*g\nw = w + ve|", &rule), ["vel"]);
    assert_eq!(names("w = w - l|", &rule)[..2], ["loss", "lr"]);
    assert!(names("w = |", &rule).len() > functions().len());
    let inside = complete("sin(x)", 2, &formula).expect("within a word");
    assert_eq!(
        (inside.span.of("sin(x)"), inside.candidates[0].insert.as_str()),
        ("sin", "sin"),
        "the bracket is there"
    );
    assert!(complete("sin", 3, &formula).is_some_and(|found| found.complete));
}

#[test]
fn completion_stays_calm_at_every_place_of_every_text() {
    let texts =
        ["", "αβγ(", "param\nparam = in 3..", "if x then 한글 else 1e", "v -= lr*g; # x", "((((\n))))", "1_0 ² √"];
    for text in texts {
        for cursor in 0..=text.len() + 2 {
            for dialect in [Dialect::Formula(XY), Dialect::Rule(&["momentum"])] {
                if let Some(found) = complete(text, cursor, &dialect) {
                    assert!(
                        found.span.replaced(text, "").is_some() && !found.candidates.is_empty(),
                        "{text:?} {cursor}"
                    );
                }
            }
            _ = matching_brackets(text, cursor);
        }
    }
}

#[test]
fn every_candidate_says_what_it_means() {
    let known: Vec<&str> = vec!["momentum", "eps"];
    for (text, dialect) in [
        ("param a = 1\n|", Dialect::Formula(Scope { variables: &["x"], columns: &["d"] })),
        ("param momentum = 1\nv = v\nw = |", Dialect::Rule(&known)),
        ("param |", Dialect::Rule(&known)),
        ("param a = 1 |", Dialect::Rule(&known)),
        ("|", Dialect::Rule(&known)),
    ] {
        let (text, cursor) = at(text);
        for candidate in complete(&text, cursor, &dialect).expect("candidates").candidates {
            for lang in Lang::ALL {
                let said = explain::candidate(lang, &candidate);
                assert!(!said.is_empty() && !said.contains("function."), "{candidate:?}: {said:?}");
            }
        }
    }
    let (text, cursor) = at("param momentum = 1\nw = mo|");
    let found = complete(&text, cursor, &Dialect::Rule(&[])).expect("a candidate");
    assert_eq!(found.candidates[0].kind, CandidateKind::Parameter);
    assert!(explain::candidate(Lang::En, &found.candidates[0]).contains("velocity"), "the glossary's words");
}

#[test]
fn brackets_find_their_partners() {
    for (text, pair) in [
        ("sin(x|)", Some((3, 5))),
        ("sin|(x)", Some((3, 5))),
        ("(a + (b)|)", Some((5, 7))),
        ("((x|)", Some((1, 3))),
        ("|((x)", None),
        ("x + |y", None),
        ("(x) |", None),
    ] {
        let (text, cursor) = at(text);
        let found = matching_brackets(&text, cursor).map(|[open, close]| (open.start, close.start));
        assert_eq!(found, pair, "{text} at {cursor}");
    }
}

#[test]
fn cures_cure() {
    for (text, cured) in [
        ("sine(x)", "sin(x)"),
        ("2*cost(y) + sine(x)", "2*cos(y) + sin(x)"),
        ("f(x, y) = x^2", " x^2"),
        ("x + 1,5", "x + 1.5"),
        ("sin^2(x)", "sin(x)^2"),
        ("xy", "x*y"),
    ] {
        let mut now = text.to_owned();
        for _ in 0..8 {
            let Err(problems) = parse_formula(&now, &XY) else { break };
            let problem = problems.iter().find(|problem| problem.suggestion.is_some()).expect("a cure");
            let cure = problem.suggestion.as_deref().expect("a cure");
            now = problem.span.replaced(&now, cure).expect("a place in the text").0;
        }
        assert_eq!(now, cured, "{text}");
    }
    let problems = parse_rule("v = 0.9*v - lr*g", &[]).expect_err("never assigns w");
    assert_eq!(problems[0].kind, Problem::NoUpdate);
    let cured = problems[0]
        .span
        .replaced("v = 0.9*v - lr*g", problems[0].suggestion.as_deref().unwrap_or(""))
        .expect("a place");
    assert!(parse_rule(&cured.0, &[]).is_ok(), "{}", cured.0);
}
