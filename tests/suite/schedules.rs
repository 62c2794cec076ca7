//! The schedules against the reference rates of `tests/data/schedules.json`, and the texts that say schedules.

use std::collections::BTreeSet;
use std::sync::Arc;

use downhill::descent::{Descent, Noise, Spec, StopRule};
use downhill::explain::schedule_problem;
use downhill::i18n::Lang;
use downhill::optim::OptimizerSpec;
use downhill::schedule::{Form, Schedule, ScheduleProblem, Unread, Wanted, catalogue};
use serde_json::{Map, Value, json};

use crate::typed::objective;

fn references() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../data/schedules.json")).unwrap();
    file["schedules"].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().map(|list| list.iter().map(|v| v.as_f64().unwrap()).collect()).unwrap_or_default()
}

/// The JSON object that says a reference.
fn said(reference: &Value) -> Value {
    let mut object = Map::new();
    let text = |name: &str| reference[name].as_str().unwrap();
    object.insert("kind".into(), format!("{}/{}", text("framework"), text("kind")).into());
    object.extend(reference["params"].as_object().unwrap().clone());
    if let Some(lambda) = reference.get("lambda") {
        object.insert("lr_lambda".into(), lambda.clone());
    }
    Value::Object(object)
}

/// The same in the short form, where there is one.
fn short(object: &Value) -> Option<String> {
    let object = object.as_object()?;
    let arguments: Vec<String> = object
        .iter()
        .filter(|(name, _)| *name != "kind")
        .map(|(name, value)| match value {
            Value::Null => format!("{name}=none"),
            Value::String(text) => format!("{name}={text}"),
            value => format!("{name}={value}"),
        })
        .collect();
    let kind = object["kind"].as_str()?;
    Some(if arguments.is_empty() { kind.to_owned() } else { format!("{kind}:{}", arguments.join(",")) })
}

fn close(got: f64, want: f64) -> bool {
    (got - want).abs() <= 1e-12 * want.abs() + 1e-15
}

#[test]
fn rates_and_momenta_of_all_references() {
    let references = references();
    assert_eq!(references.len(), 43);
    for reference in &references {
        let object = said(reference);
        let texts = [Some(object.to_string()), short(&object)];
        let base = reference["base_lr"].as_f64().unwrap_or(f64::NAN);
        let (rates, momenta) = (numbers(&reference["lr"]), numbers(&reference["momentum"]));
        let metrics = numbers(&reference["metrics"]);
        for text in texts.iter().flatten() {
            let schedule = Schedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            assert_eq!(schedule.watches_metric(), !metrics.is_empty(), "{text}");
            let mut cursor = schedule.cursor(base);
            for (t, &want) in rates.iter().enumerate() {
                assert!(close(cursor.rate(), want), "{text} at {t}: {}, not {want}", cursor.rate());
                match momenta.get(t) {
                    Some(&want) => assert!(cursor.momentum().is_some_and(|got| close(got, want)), "{text} at {t}"),
                    None => assert_eq!(cursor.momentum(), None, "{text}"),
                }
                cursor.observe(metrics.get(t).copied().unwrap_or(f64::NAN));
            }
        }
    }
}

#[test]
fn every_kind_runs_with_its_defaults_and_examples() {
    let mut ids = BTreeSet::new();
    for kind in catalogue() {
        assert!(ids.insert(&kind.id), "{} twice", kind.id);
        for text in [&kind.name, &kind.meaning].into_iter().chain(kind.params.iter().map(|param| &param.meaning)) {
            assert!(!text.en.is_empty() && !text.ko.is_empty(), "{}", kind.id);
        }
        let schedule = Schedule::parse(&kind.example()).unwrap_or_else(|error| panic!("{}: {error:?}", kind.id));
        assert_eq!(schedule.watches_metric(), kind.watches_metric(), "{}", kind.id);
        let rates = schedule.rates(0.1, 300);
        assert!(rates.iter().all(|rate| rate.is_finite() && *rate >= 0.0), "{}: {rates:?}", kind.id);
        assert!(rates.iter().any(|&rate| rate > 0.0), "{}", kind.id);
    }
}

#[test]
fn friendly_kinds_mean_what_they_say() {
    let at = |spec: &str, t: usize| Schedule::parse(spec).unwrap().rates(0.1, t + 1)[t];
    for (spec, t, want) in [
        ("constant", 7, 0.1),
        ("step:steps=10,factor=0.5", 9, 0.1),
        ("step:steps=10,factor=0.5", 10, 0.05),
        ("milestones:milestones=[3,5],factor=0.5", 5, 0.025),
        ("piecewise:boundaries=[3],values=[0.2,0.01]", 3, 0.01),
        ("exponential:factor=0.5", 3, 0.0125),
        ("cosine:steps=100", 50, 0.05),
        ("cosine:steps=100,end=0.1", 150, 0.01),
        ("cosine_restarts:steps=10,longer=2", 20, 0.05),
        ("cosine_restarts:steps=10,longer=2", 30, 0.1),
        ("linear:steps=10,start=1,end=0.5", 5, 0.075),
        ("polynomial:steps=10,power=2", 5, 0.025),
        ("inverse_time:decay=0.5", 2, 0.05),
        ("inverse_sqrt", 3, 0.05),
        ("inverse_sqrt:warmup=4", 1, 0.05),
        ("warmup:steps=10,start=0", 5, 0.05),
        ("warmup_cosine:steps=30,warmup=10", 5, 0.05),
        ("warmup_cosine:steps=30,warmup=10", 20, 0.05),
        ("warmup_cosine:steps=30,warmup=0", 15, 0.05),
        ("warmup_linear:steps=30,warmup=10", 25, 0.025),
        ("one_cycle:steps=100,rise=0.3", 30, 0.1),
        ("cyclic:steps=10,start=0", 15, 0.05),
        ("lr/(1 + 0.1*t)", 10, 0.05),
        ("if t < 5 then lr else lr/2", 5, 0.05),
        ("StepLR:step_size=2,gamma=0.5", 4, 0.025),
        ("torch/OneCycleLR:max_lr=2*lr,total_steps=100", 29, 0.2),
        (
            "{\"kind\":\"sequence\",\"schedules\":[\"warmup:steps=4,start=0\",\"cosine:steps=8\"],\"boundaries\":[4]}",
            8,
            0.05,
        ),
        (
            "optax/join_schedules:boundaries=[2],schedules=[constant,{\"kind\":\"constant_schedule\",\"value\":3}]",
            2,
            3.0,
        ),
        ("keras/CosineDecay:decay_steps=10,warmup_target=none,warmup_steps=5", 5, 0.05),
    ] {
        assert!(close(at(spec, t), want), "{spec} at {t}: {}, not {want}", at(spec, t));
    }
}

#[test]
fn a_plateau_is_cut_and_a_cursor_is_a_value() {
    let schedule = Schedule::parse("reduce_on_plateau:patience=2,factor=0.5").unwrap();
    let mut cursor = schedule.cursor(0.1);
    for metric in [3.0, 2.0, 2.0, 2.0] {
        cursor.observe(metric);
    }
    let kept = cursor.clone();
    assert_eq!(cursor.rate(), 0.1);
    cursor.observe(2.0);
    assert_eq!((cursor.rate(), cursor.updates()), (0.05, 5));
    assert_ne!(cursor, kept);
    let mut again = kept.clone();
    again.observe(2.0);
    assert_eq!(again, cursor);
    let mut better = kept;
    better.observe(1.0);
    assert_eq!(better.rate(), 0.1);
}

#[test]
fn rates_are_read_from_a_table() {
    let read = |path: &str| match path {
        "rates.csv" => Ok("step,lr\n0,0.1\n1, 0.05\n".to_owned()),
        "bad.csv" => Ok("lr\n0.1\nfast\n".to_owned()),
        "other.csv" => Ok("rate\n0.1\n".to_owned()),
        "empty.csv" => Ok("lr\n".to_owned()),
        _ => Err(Unread::Missing),
    };
    let rates = Schedule::parse_with("csv:rates.csv", &read).unwrap().rates(1.0, 4);
    assert_eq!(rates, [0.1, 0.05, 0.05, 0.05]);
    let pure = Schedule::parse_with("csv:rates.csv", &read).unwrap().pure_spec();
    assert_eq!(pure, "rates:values=[0.1,0.05]");
    assert_eq!(Schedule::parse(&pure).unwrap().rates(1.0, 4), rates);
    let problem = |spec: &str| Schedule::parse_with(spec, &read).unwrap_err().problem;
    let path = || "bad.csv".to_owned();
    assert_eq!(problem("csv:bad.csv"), ScheduleProblem::BadCell { path: path(), line: 3, found: "fast".into() });
    assert!(matches!(problem("csv:other.csv"), ScheduleProblem::NoColumn { .. }));
    assert!(matches!(problem("csv:empty.csv"), ScheduleProblem::NoColumn { .. }));
    assert!(matches!(problem("csv:none.csv"), ScheduleProblem::File { why: Unread::Missing, .. }));
    assert!(matches!(
        Schedule::parse("csv:rates.csv").unwrap_err().problem,
        ScheduleProblem::File { why: Unread::NotHere, .. }
    ));
}

#[test]
fn mistakes_are_named_with_their_place() {
    type Check = fn(&ScheduleProblem) -> bool;
    type Place = Option<(usize, usize)>;
    let wants_count: Check = |p| matches!(p, ScheduleProblem::WrongValue { wanted: Wanted::Count { min: 1 }, .. });
    let wants_choice: Check = |p| matches!(p, ScheduleProblem::WrongValue { wanted: Wanted::Choice(_), .. });
    let unbalanced: Check = |p| *p == ScheduleProblem::Unbalanced;
    let no_equals: Check = |p| matches!(p, ScheduleProblem::NoEquals { .. });
    let cases: &[(&str, Place, Check)] = &[
        ("  ", Some((2, 2)), |p| *p == ScheduleProblem::Empty),
        (
            "cosin",
            Some((0, 5)),
            |p| matches!(p, ScheduleProblem::UnknownKind { suggestions, .. } if suggestions[0] == "cosine"),
        ),
        (
            "torch/StepRL:step_size=3",
            Some((0, 12)),
            |p| matches!(p, ScheduleProblem::UnknownKind { suggestions, .. } if suggestions[0] == "torch/StepLR"),
        ),
        ("torch/Nothing", Some((0, 13)), |p| matches!(p, ScheduleProblem::UnknownKind { .. })),
        (
            "torch/StepLR:step=3",
            Some((13, 19)),
            |p| matches!(p, ScheduleProblem::UnknownArgument { known, .. } if *known == ["step_size", "gamma"]),
        ),
        (
            "cosine: stepz=3",
            Some((8, 15)),
            |p| matches!(p, ScheduleProblem::UnknownArgument { suggestion: Some(s), .. } if s == "steps"),
        ),
        (
            "torch/StepLR:gamma=0.5",
            None,
            |p| matches!(p, ScheduleProblem::MissingArgument { name, .. } if name == "step_size"),
        ),
        ("cosine:steps=3,steps=4", Some((15, 22)), |p| matches!(p, ScheduleProblem::RepeatedArgument { .. })),
        ("cosine:100", Some((7, 10)), no_equals),
        ("cosine:steps=3,", Some((15, 15)), no_equals),
        ("cosine:steps=", Some((7, 13)), no_equals),
        ("cosine:steps=0", Some((7, 14)), wants_count),
        ("cosine:steps=2.5", Some((7, 16)), wants_count),
        ("cosine:steps=many", Some((7, 17)), wants_count),
        ("cosine:steps=1e400", Some((7, 18)), wants_count),
        ("cosine:steps=10,end=2*z", Some((16, 23)), |p| matches!(p, ScheduleProblem::Formula { .. })),
        ("torch/CyclicLR:mode=square", Some((15, 26)), wants_choice),
        ("torch/OneCycleLR:total_steps=9,three_phase=maybe", Some((31, 48)), |p| {
            matches!(p, ScheduleProblem::WrongValue { wanted: Wanted::Switch, .. })
        }),
        ("torch/MultiStepLR:milestones=5", Some((18, 30)), |p| {
            matches!(p, ScheduleProblem::WrongValue { wanted: Wanted::List, .. })
        }),
        ("torch/MultiStepLR:milestones=[5,33", Some((29, 30)), unbalanced),
        ("torch/MultiStepLR:milestones=5]", Some((30, 31)), unbalanced),
        ("keras/PiecewiseConstantDecay:boundaries=[3,5],values=[1,2]", Some((46, 58)), |p| {
            matches!(p, ScheduleProblem::WrongLength { wanted: 3, found: 2, .. })
        }),
        ("optax/piecewise_constant_schedule:boundaries_and_scales=[3,5]", Some((34, 61)), |p| {
            matches!(p, ScheduleProblem::WrongValue { wanted: Wanted::Pairs, .. })
        }),
        ("{\"kind\":\"cosine\",}", Some((17, 17)), |p| *p == ScheduleProblem::Json),
        ("{\"steps\":3}", None, |p| *p == ScheduleProblem::NoKind),
        ("{\"kind\":\"sequence\",\"schedules\":[\"cosine\"],\"boundaries\":[3]}", None, |p| {
            matches!(p, ScheduleProblem::WrongLength { wanted: 2, found: 1, .. })
        }),
        ("sequence:boundaries=[5,3],schedules=[cosine,cosine,cosine]", Some((9, 25)), |p| {
            matches!(p, ScheduleProblem::NotAscending { .. })
        }),
        (
            "lr/(1+0.1*s)",
            Some((0, 12)),
            |p| matches!(p, ScheduleProblem::Formula { problems, .. } if problems[0].span.start == 10),
        ),
    ];
    for (spec, span, check) in cases {
        let error = Schedule::parse(spec).expect_err(spec);
        assert!(check(&error.problem), "{spec}: {error:?}");
        assert_eq!(error.span.map(|span| (span.start, span.end)), *span, "{spec}: {error:?}");
        for lang in Lang::ALL {
            let sentence = schedule_problem(lang, &error.problem);
            assert!(!sentence.contains(['{', '}']) && !sentence.contains("schedule."), "{spec}: {sentence}");
        }
    }
}

#[test]
fn mistakes_are_told_with_their_cure() {
    let told = |spec: &str, lang| schedule_problem(lang, &Schedule::parse(spec).unwrap_err().problem);
    assert_eq!(
        told("torch/StepRL:gamma=1", Lang::En),
        "there is no schedule `torch/StepRL` – did you mean `torch/StepLR`?"
    );
    assert_eq!(told("cosine:steps=0", Lang::En), "`steps` takes a whole number from 1 up, not `0`");
    assert_eq!(told("cosine:steps=0", Lang::Ko), "`steps`에는 `0` 대신 1 이상의 정수 값을 적어야 합니다");
    assert_eq!(
        told("torch/StepLR:gamma=0.5", Lang::En),
        "`torch/StepLR` needs the argument `step_size`, as in `torch/StepLR:step_size=30`"
    );
    assert_eq!(
        told("torch/StepLR:size=3", Lang::En),
        "`torch/StepLR` has no argument `size` – it takes `step_size`, `gamma`"
    );
}

#[test]
fn lists_have_a_limit() {
    let spec = format!("torch/MultiStepLR:milestones=[{}1]", "1,".repeat(10_000));
    assert_eq!(Schedule::parse(&spec).unwrap_err().problem, ScheduleProblem::TooLong { name: "milestones".into() });
    let listed = format!("rates:values=[{}0.5]", "0.1,".repeat(20_000));
    assert_eq!(Schedule::parse(&listed).unwrap().rates(1.0, 20_001)[20_000], 0.5);
}

#[test]
fn nested_sequences_have_a_limit() {
    let mut nested = json!("cosine");
    for _ in 0..30 {
        nested = json!({"kind": "sequence", "schedules": [nested, "constant"], "boundaries": [2]});
    }
    assert_eq!(Schedule::parse(&nested.to_string()).unwrap_err().problem, ScheduleProblem::TooDeep);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(spec in "[a-zA-Z/:=,.\\[\\]{}()\"'0-9+*^ _-]{0,40}") {
        if let Ok(schedule) = Schedule::parse(&spec) {
            let _rates = schedule.rates(0.1, 3);
        }
    }
}

#[test]
fn a_momentum_that_a_schedule_moves_reaches_the_rule() {
    let own = "param momentum = 0.5\nv = momentum*v + g\nw = w - lr*v";
    let typed = OptimizerSpec::from_rule(own).unwrap_or_else(|problems| panic!("{problems:?}"));
    let adam = "param beta1 = 0.5\nm = beta1*m + (1 - beta1)*g\nw = w - lr*m";
    let beta = OptimizerSpec::from_rule(adam).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut seen = 0;
    for reference in references().iter().filter(|reference| !reference["momentum"].is_null()) {
        let (rates, momenta) = (numbers(&reference["lr"]), numbers(&reference["momentum"]));
        let schedule = Schedule::parse(&said(reference).to_string()).unwrap_or_else(|error| panic!("{error:?}"));
        assert!(schedule.moves_momentum());
        let told = schedule.momenta(rates[0], momenta.len());
        assert!(told.iter().zip(&momenta).all(|(&got, &want)| close(got, want)), "{told:?}");
        for (spec, share) in [(&typed, false), (&beta, true)] {
            let run = descend(spec, Some(schedule.clone()), rates.len());
            let mut probe = run.probe().unwrap();
            let (mut w, mut v) = (1.0, 0.0);
            for (t, (&rate, &momentum)) in rates.iter().zip(&momenta).enumerate() {
                assert!(run.momentum(t).is_some_and(|got| close(got, momentum)), "{t}");
                let line = probe.lines(&run, t).into_iter().next().map(|line| line.value[0]);
                let added =
                    probe.anatomy(&run, t).map(|anatomy| anatomy.states[0].share.clone().unwrap_or_default()[0]);
                let want = -rate * momentum * v;
                assert!(added.is_some_and(|added| (added - want).abs() < 1e-12 * (1.0 + v.abs())), "{t}: {added:?}");
                let gradient = 2.0 * w;
                v = momentum * v + if share { 1.0 - momentum } else { 1.0 } * gradient;
                w -= rate * v;
                assert!((run.row(t + 1).w[0] - w).abs() < 1e-12 * (1.0 + w.abs()), "{t}: {}", run.row(t + 1).w[0]);
                assert!(
                    line.is_some_and(|line| (line - v).abs() < 1e-12 * (1.0 + v.abs())),
                    "{t}: the inspector sees it"
                );
                seen += 1;
            }
        }
    }
    assert!(seen >= 200, "the references have momenta");
    let fixed = descend(&typed, Schedule::parse("cosine").ok(), 10);
    assert_eq!(fixed.momentum(3), None, "a schedule of the rate alone leaves the setting");
    let plain = OptimizerSpec::from_rule("w = w - lr*g").unwrap_or_else(|problems| panic!("{problems:?}"));
    let cycle = Schedule::parse("torch/OneCycleLR:max_lr=0.1,total_steps=20").ok();
    assert!(descend(&plain, cycle, 20).last().w[0].abs() < 1.0, "a rule without momentum goes on without it");
}

/// A descent on `x²` from 1.
fn descend(spec: &OptimizerSpec, schedule: Option<Schedule>, limit: usize) -> Descent {
    let mut run = Descent::new(Spec {
        objective: objective("x^2", 1),
        optimizer: Arc::new(spec.clone()),
        settings: [&[0.1], &spec.defaults()[1..]].concat(),
        schedule,
        start: vec![1.0],
        noise: Noise::default(),
        batch: downhill::objective::Batch::default(),
        stop: StopRule::Never,
        limit,
    })
    .unwrap_or_else(|error| panic!("{error:?}"));
    run.finish();
    run
}

#[test]
fn a_form_reads_and_writes_arguments() {
    let form = Form::read("cosine: steps = 50").unwrap_or_else(|| panic!("a form"));
    assert_eq!((form.kind().id.as_str(), form.value("steps"), form.value("end")), ("cosine", Some("50"), Some("0")));
    assert_eq!(form.with("end", "0.1"), "cosine:steps=50,end=0.1");
    assert_eq!(form.with("steps", "60"), "cosine:steps=60");
    for text in ["lr/(1 + t)", "{\"kind\":\"cosine\"}", "csv:rates.csv", "cosine:steps", "cosine:steps=[1", ""] {
        assert!(Form::read(text).is_none(), "{text}");
    }
    for kind in catalogue().iter().filter(|kind| Schedule::parse(&kind.example()).is_ok()) {
        let form = Form::read(&kind.example()).unwrap_or_else(|| panic!("{}", kind.id));
        for param in &kind.params {
            let Some(value) = form.value(&param.name) else { continue };
            let same = form.with(&param.name, value);
            assert!(Schedule::parse(&same).is_ok(), "{same}");
        }
    }
}

#[test]
fn near_misses_have_cures() {
    for (text, cured) in [
        ("cosin:steps=50", "cosine:steps=50"),
        ("cosine:step=50", "cosine:steps=50"),
        ("cosine:steps=50)", "cosine:steps=50"),
    ] {
        let error = Schedule::parse(text).err().unwrap_or_else(|| panic!("{text} is wrong"));
        let cure = error.cure(text).unwrap_or_else(|| panic!("{error:?} has no cure"));
        let now = error.span.and_then(|span| span.replaced(text, &cure)).map(|(now, _)| now);
        assert_eq!(now.as_deref(), Some(cured), "{error:?}");
        assert!(Schedule::parse(cured).is_ok());
    }
}
