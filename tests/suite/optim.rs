//! The catalogue of optimizers, their settings, states and native methods.

use std::collections::BTreeSet;
use std::sync::Arc;

use downhill::i18n::Lang;
use downhill::lang::Problem;
use downhill::objective::{Counts, Evaluator, Objective};
use downhill::optim::{
    BindError, Catalogue, Eval, Hyperparameter, Method, OptimizerSpec, Scale, SettingError, State, bind, built_in,
    catalogue, find,
};

use crate::typed::objective;

const BOWL: &str = "x^2 + 3*y^2 + x*y";
const ROSENBROCK: &str = "(1 - x)^2 + 100*(y - x^2)^2";
const HIMMELBLAU: &str = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
const SADDLE: &str = "x^2 - y^2 + y^4/4";

fn spec(id: &str) -> &'static OptimizerSpec {
    find(id).unwrap_or_else(|unknown| panic!("{unknown:?}"))
}

/// A run without noise or schedule: the state, the evaluation there and all evaluations made.
struct Run {
    state: State,
    at: Eval,
    counts: Counts,
    losses: Vec<f64>,
}

/// Steps until the gradient is small or `most` steps are made.
fn run(id: &str, change: &[(&str, &str)], loss: &Arc<dyn Objective>, start: &[f64], most: usize, small: f64) -> Run {
    let spec = spec(id);
    let mut settings = spec.defaults();
    for (name, text) in change {
        spec.set(&mut settings, name, text).unwrap_or_else(|e| panic!("{id}: {e:?}"));
    }
    let mut stepper = bind(spec, &settings, loss.clone()).unwrap_or_else(|e| panic!("{id}: {e:?}"));
    let mut evaluator = Evaluator::new(loss.clone());
    let mut state = stepper.start(start, settings[0]);
    let mut at = Eval { loss: 0.0, gradient: vec![0.0; start.len()] };
    let (mut counts, mut losses) = (Counts::ZERO, Vec::new());
    loop {
        at.loss = evaluator.gradient(&state.w, &mut at.gradient);
        if let (true, Some(arrived)) = (state.t > 0, stepper.arrived()) {
            assert_eq!(*arrived, at, "{id}: what it says about where it arrived");
        }
        losses.push(at.loss);
        if state.t >= most as u64 || at.gradient.iter().all(|g| g.abs() < small) {
            return Run { state, at, counts: counts + evaluator.take_counts(), losses };
        }
        counts += stepper.step(&mut state, &at, settings[0]);
    }
}

fn near(w: &[f64], want: &[f64], within: f64) -> bool {
    w.iter().zip(want).all(|(a, b)| (a - b).abs() <= within)
}

#[test]
fn the_catalogue_is_sound_and_speaks_both_languages() {
    let catalogue = built_in().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(catalogue.specs().len(), 49);
    let mut ids = BTreeSet::new();
    for spec in catalogue.specs() {
        assert!(ids.insert(&spec.id), "{} occurs twice", spec.id);
        assert_eq!(spec.hyperparameters[0].name, spec.rate, "{}", spec.id);
        assert_eq!(spec.check(&spec.defaults()), Ok(()), "{}", spec.id);
        let texts = spec.hyperparameters.iter().map(|h| &h.meaning).chain([&spec.name, &spec.note]);
        for text in texts {
            assert!(Lang::ALL.iter().all(|&lang| !text.get(lang).trim().is_empty()), "{}: {text:?}", spec.id);
        }
        let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
        assert!(hangul(spec.note.get(Lang::Ko)) && !hangul(spec.note.get(Lang::En)), "{}", spec.id);
        // A rule of the catalogue steps in any dimension, and a slider moves through all of its range.
        for dimension in 1..=3 {
            let formula = ["x^2", "x^2 + y^2", "x^2 + y^2 + z^2"][dimension - 1];
            let end = run(&spec.id, &[], &objective(formula, dimension), &[1.0, 0.5, -0.5][..dimension], 3, 0.0);
            assert!(end.state.w.iter().all(|w| w.is_finite()), "{} in {dimension} dimensions", spec.id);
        }
        for h in &spec.hyperparameters {
            assert_eq!(h.value_at(1.0), h.range[1], "{}: {}", spec.id, h.name);
            assert_eq!(h.value_at(0.0), if h.zero { 0.0 } else { h.range[0] }, "{}: {}", spec.id, h.name);
            let back = h.value_at(h.position(h.default));
            assert!((back - h.default).abs() <= 1e-9 * h.default.abs(), "{}: {} is {back}", spec.id, h.name);
            assert_eq!(h.check(h.value_at(0.37)), Ok(()), "{}: {}", spec.id, h.name);
        }
    }
}

#[test]
fn names_are_found_and_near_misses_are_understood() {
    let found = [("adam", "torch/adam"), ("keras/adam", "keras/adam"), ("newton", "newton"), ("lbfgs", "lbfgs")];
    for (asked, id) in found {
        assert_eq!(spec(asked).id, id);
    }
    let suggested = [
        ("lion", vec!["optax/lion", "keras/lion"]),
        ("torch/lion", vec!["optax/lion", "keras/lion"]),
        ("nelder-mead", vec!["nelder_mead"]),
        ("rmsporp", vec!["torch/rmsprop", "optax/rmsprop", "keras/rmsprop"]),
        ("xyz", vec![]),
    ];
    for (asked, want) in suggested {
        let unknown = find(asked).expect_err(asked);
        assert_eq!((unknown.id.as_str(), unknown.suggestions), (asked, want.iter().map(|s| (*s).to_owned()).collect()));
    }
    let polyak = spec("optax/polyak_sgd");
    assert_eq!((polyak.index_of("lr"), polyak.index_of("scaling"), polyak.index_of("rate")), (Some(0), Some(0), None));
}

/// A catalogue with one glossary entry per name that the entry `x` below uses.
fn small(glossary: &str, optimizer: &str) -> String {
    format!(
        "bare = 'a'\ntyped = {{ name = {{ en = 'a', ko = '가' }}, note = {{ en = 'a', ko = '가' }} }}\n\
         [glossary.lr]\nword = {{ en = 'a', ko = '가' }}\nsymbol = 'η'\nrange = [1e-3, 1]\nscale = 'log'\nmeaning = {{ en = 'a', ko = '가' }}\n{glossary}\n\
         [[optimizer]]\nid = 'x'\nname = {{ en = 'a', ko = '가' }}\nnote = {{ en = 'a', ko = '가' }}\nrate = 'lr'\n{optimizer}\n"
    )
}

#[test]
fn a_broken_catalogue_says_where_and_why() {
    let lr = "hyperparameters = [{ name = 'lr', default = 0.01 }]";
    let two = "hyperparameters = [{ name = 'lr', default = 0.01 }, { name = 'beta', default = 0.5 }]";
    let beta = "[glossary.beta]\nword = { en = 'a', ko = '가' }\nsymbol = 'β'\nrange = [0, 0.9]\nscale = 'linear'\nmeaning = { en = 'a', ko = '가' }";
    assert!(Catalogue::read(&small("", &format!("{lr}\nrule = 'w = w - lr*g'"))).is_ok());
    assert!(Catalogue::read(&small(beta, &format!("{two}\nrule = 'w = w - beta*lr*g'"))).is_ok());
    let twice = format!("{lr}\nrule = 'w = w - lr*g'\n[[optimizer]]\nid = 'x'\nname = {{ en = 'a', ko = '가' }}");
    let cases = [
        ("", format!("{lr}\nrule = 'w = w - lr*gg'"), "`x`: its rule", "UnknownName"),
        ("", format!("{lr}\nrule = 'v = v + g'"), "`x`: its rule", "NoUpdate"),
        ("", format!("{lr}\nrule = 'param a = 1\nw = w - a*g'").replace('\n', "\\n").replace('\'', "\""), "", "TOML"),
        ("", lr.to_owned(), "`x`: either", "`native`"),
        ("", format!("{lr}\nnative = 'lbfgs'"), "`x`: after the rate", "history"),
        ("", format!("{lr}\nnative = 'simplex'"), "", "unknown variant"),
        ("", format!("{two}\nrule = 'w = w - beta*lr*g'"), "`x`: `beta` is not in the glossary", "means"),
        (beta, format!("{two}\nrule = 'w = w - lr*g'"), "`x`: its rule does not read", "beta"),
        (beta, format!("{lr}\nrule = 'w = w - lr*g'"), "`beta`: no optimizer", "meaning"),
        ("", "hyperparameters = [{ name = 'lr', default = 7 }]\nrule = 'w = w - lr*g'".to_owned(), "`lr`", "default 7"),
        ("", format!("{lr}\nrule = 'w = w - lr*g'\nordered = [['lr', 'c']]"), "`x`: `ordered`", "`c`"),
        ("", format!("{lr}\nrule = 'w = w - lr*g'\ncolour = 1"), "", "colour"),
        ("", twice, "", "missing field"),
    ];
    for (glossary, optimizer, place, why) in cases {
        let text = small(glossary, &optimizer);
        let error = Catalogue::read(&text).expect_err(&text).to_string();
        assert!(error.contains(place) && (error.contains(why) || why == "TOML"), "{optimizer}: {error}");
    }
    let silent = small("", &format!("{lr}\nrule = 'w = w - lr*g'")).replacen("ko = '가'", "ko = ' '", 4);
    let error = Catalogue::read(&silent).expect_err("a meaning is missing").to_string();
    assert!(error.contains("`lr`: `meaning` is empty"), "{error}");
}

#[test]
fn wrong_settings_are_refused_with_their_kind() {
    type Kind = fn(&SettingError) -> bool;
    let cases: [(&str, &str, &str, Kind); 12] = [
        ("adam", "beta", "0.9", |e| matches!(e, SettingError::UnknownName { suggestion: Some(s), .. } if s == "beta1")),
        ("adam", "beta1", "much", |e| matches!(e, SettingError::NotANumber { .. })),
        ("adam", "beta1", "nan", |e| matches!(e, SettingError::NotFinite { .. })),
        ("adam", "lr", "inf", |e| matches!(e, SettingError::NotFinite { .. })),
        ("adam", "lr", "-0.1", |e| matches!(e, SettingError::OutOfLimits { .. })),
        ("adam", "beta2", "1", |e| matches!(e, SettingError::OutOfLimits { limits, .. } if limits.open)),
        ("adam", "amsgrad", "yes", |e| matches!(e, SettingError::NotASwitch { text, .. } if text == "yes")),
        ("adam", "amsgrad", "0.5", |e| matches!(e, SettingError::NotASwitch { .. })),
        ("lbfgs", "history", "2.5", |e| matches!(e, SettingError::NotWhole { .. })),
        ("lbfgs", "history", "0", |e| matches!(e, SettingError::OutOfLimits { .. })),
        ("backtracking", "c1", "0.5", |e| matches!(e, SettingError::OutOfLimits { .. })),
        ("nelder_mead", "size", "0", |e| matches!(e, SettingError::OutOfLimits { .. })),
    ];
    for (id, name, text, kind) in cases {
        let mut settings = spec(id).defaults();
        let error = spec(id).set(&mut settings, name, text).expect_err(name);
        assert!(kind(&error), "{id} {name}={text}: {error:?}");
        assert_eq!(settings, spec(id).defaults(), "nothing is changed");
    }
    let mut settings = spec("lbfgs").defaults();
    for (name, text) in [("c1", "0.3"), ("c2", "0.2")] {
        spec("lbfgs").set(&mut settings, name, text).expect(name);
    }
    let wrong = bind(spec("lbfgs"), &settings, objective(BOWL, 2)).err();
    let want = SettingError::WrongOrder { smaller: "c1".to_owned(), larger: "c2".to_owned() };
    assert_eq!(wrong, Some(BindError::Setting(want)));
    let short = bind(spec("adam"), &[0.1], objective(BOWL, 2)).err();
    assert_eq!(short, Some(BindError::Setting(SettingError::WrongCount { wanted: 7, found: 1 })));
    let mut sgd = spec("sgd").defaults();
    for (text, value) in [("true", 1.0), ("false", 0.0), ("1", 1.0)] {
        spec("sgd").set(&mut sgd, "nesterov", text).expect(text);
        assert_eq!(sgd[4], value);
    }
}

#[test]
fn sliders_spread_their_range_as_their_scale_says() {
    let h = |id: &str, name: &str| -> &'static Hyperparameter {
        let spec = spec(id);
        &spec.hyperparameters[spec.index_of(name).expect(name)]
    };
    let momentum = h("sgd", "momentum");
    let [a, b, c] = [0.0, 0.9, 0.99].map(|value| momentum.position(value));
    assert!((b - a - (c - b)).abs() < 1e-12, "0, 0.9 and 0.99 are equally far apart");
    let lr = h("sgd", "lr");
    assert!((lr.position(1e-2) - lr.position(1e-3) - (lr.position(1e-3) - lr.position(1e-4))).abs() < 1e-12);
    let decay = h("sgd", "weight_decay");
    assert_eq!((decay.position(0.0), decay.value_at(0.03)), (0.0, 0.0));
    assert!(decay.value_at(0.05) > 0.0 && decay.position(1e-9) > 0.0, "tiny is not nothing");
    assert_eq!((lr.position(1e9), lr.position(-1.0), momentum.position(7.0)), (1.0, 0.0, 1.0));
    let history = h("lbfgs", "history");
    assert_eq!((history.scale, history.value_at(0.5)), (Scale::Integer, 11.0));
}

#[test]
fn a_typed_rule_is_an_optimizer_like_any_other() {
    let text =
        "param friction = 0.2 in 0..1\nparam scale = 1 log\nstate v = 0\nv = (1 - friction)*v - lr*g\nw = w + scale*v";
    let spec = OptimizerSpec::from_rule(text).expect("a rule");
    let names: Vec<&str> = spec.hyperparameters.iter().map(|h| h.name.as_str()).collect();
    assert_eq!(names, ["lr", "friction", "scale"]);
    assert_eq!((spec.hyperparameters[1].range, spec.hyperparameters[2].scale), ([0.0, 1.0], Scale::Log));
    assert_eq!((spec.source(), spec.framework()), (Some(text), None));
    let mut stepper = bind(&spec, &[0.1, 0.5, 1.0], objective("x^2", 1)).expect("binds");
    let mut state = stepper.start(&[1.0], 0.1);
    for gradient in [2.0, 1.6] {
        let at = Eval { loss: 0.0, gradient: vec![gradient] };
        stepper.step(&mut state, &at, 0.1);
    }
    assert!(near(&state.w, &[0.8 - 0.26], 1e-15) && near(&state.memory, &[-0.26], 1e-15), "{state:?}");
    let problems = OptimizerSpec::from_rule("w = w - lr*grad").expect_err("grad is unknown");
    assert!(matches!(&problems[0].kind, Problem::UnknownName { name, .. } if name == "grad"), "{problems:?}");
}

#[test]
fn the_inspector_sees_every_line_with_its_numbers() {
    let adam = spec("adam");
    let mut stepper = bind(adam, &adam.defaults(), objective(BOWL, 2)).expect("binds");
    let mut state = stepper.start(&[1.0, -1.0], 0.1);
    let at = Eval { loss: 3.0, gradient: vec![2.0, -4.0] };
    let before = state.clone();
    let lines = stepper.lines(&state, &at, 0.1);
    assert_eq!(state, before, "looking changes nothing");
    stepper.step(&mut state, &at, 0.1);
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["g", "m", "v", "h", "q", "w"]);
    assert!(lines.iter().enumerate().all(|(k, line)| line.line == k));
    let Method::Rule { rule, .. } = &adam.method else { panic!("adam is a rule") };
    assert_eq!(rule.lines.len(), lines.len());
    assert!(near(&lines[1].value, &[0.2, -0.4], 1e-15), "{lines:?}");
    assert_eq!(lines[5].value, state.w);
    let slots: Vec<(&str, &[f64])> = stepper.slots().iter().map(|s| (s.name.as_str(), s.of(&state.memory))).collect();
    assert_eq!(slots.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["m", "v", "h"]);
    assert_eq!((slots[0].1, slots[1].1), (&lines[1].value[..], &lines[2].value[..]));
    // States that are one number for all parameters take one place.
    let lens = |id: &str| -> Vec<(String, usize)> {
        let stepper = bind(spec(id), &spec(id).defaults(), objective(BOWL, 2)).expect("binds");
        stepper.slots().iter().map(|slot| (slot.name.clone(), slot.len)).collect()
    };
    assert!(lens("nadam").contains(&("P".to_owned(), 1)));
    assert!(lens("asgd").contains(&("eta".to_owned(), 1)) && lens("asgd").contains(&("ax".to_owned(), 2)));
    assert!(lens("optax/novograd").contains(&("v".to_owned(), 1)));
}

#[test]
fn a_state_is_all_that_an_optimizer_remembers() {
    let loss = objective(ROSENBROCK, 2);
    for spec in catalogue() {
        let settings = spec.defaults();
        let mut evaluator = Evaluator::new(loss.clone());
        let mut at = Eval { loss: 0.0, gradient: vec![0.0; 2] };
        let mut walk = |stepper: &mut dyn downhill::optim::Stepper, state: &mut State, steps: usize| {
            for _ in 0..steps {
                at.loss = evaluator.gradient(&state.w, &mut at.gradient);
                stepper.step(state, &at, settings[0].min(1e-3));
            }
        };
        let mut one = bind(spec, &settings, loss.clone()).expect("binds");
        let mut whole = one.start(&[-0.7, 0.6], settings[0].min(1e-3));
        walk(&mut *one, &mut whole, 4);
        let kept = whole.clone();
        walk(&mut *one, &mut whole, 5);
        let mut other = bind(spec, &settings, loss.clone()).expect("binds");
        let mut resumed = kept;
        walk(&mut *other, &mut resumed, 5);
        let bits = |state: &State| -> Vec<u64> { state.w.iter().chain(&state.memory).map(|x| x.to_bits()).collect() };
        assert_eq!(bits(&resumed), bits(&whole), "{}", spec.id);
        assert_eq!((resumed.t, other.slots()), (whole.t, one.slots()), "{}", spec.id);
    }
}

#[test]
fn native_methods_arrive_within_their_evaluations() {
    // Where from, where to, the most steps, and the most gradients and values in all.
    let minima = [[3.0, 2.0], [-2.805_118_086_952_745, 3.131_312_518_250_573]];
    type Case = (&'static str, &'static str, [f64; 2], [f64; 2], usize, u64, u64);
    let cases: [Case; 12] = [
        ("lbfgs", BOWL, [2.0, -3.0], [0.0, 0.0], 10, 20, 20),
        ("lbfgs", ROSENBROCK, [-1.2, 1.0], [1.0, 1.0], 50, 100, 100),
        ("lbfgs", HIMMELBLAU, [0.0, 0.0], minima[0], 20, 40, 40),
        ("conjugate_gradient", BOWL, [2.0, -3.0], [0.0, 0.0], 20, 80, 80),
        ("conjugate_gradient", ROSENBROCK, [-1.2, 1.0], [1.0, 1.0], 60, 250, 250),
        ("conjugate_gradient", HIMMELBLAU, [0.0, 0.0], minima[0], 30, 100, 100),
        ("damped_newton", BOWL, [2.0, -3.0], [0.0, 0.0], 10, 20, 40),
        ("damped_newton", ROSENBROCK, [-1.2, 1.0], [1.0, 1.0], 40, 80, 140),
        ("damped_newton", HIMMELBLAU, [0.0, 0.0], minima[0], 20, 40, 60),
        ("backtracking", BOWL, [2.0, -3.0], [0.0, 0.0], 100, 100, 400),
        ("backtracking", HIMMELBLAU, [0.0, 0.0], minima[0], 60, 60, 600),
        ("newton", HIMMELBLAU, [-3.0, 3.0], minima[1], 8, 16, 16),
    ];
    for (id, formula, start, end, steps, gradients, values) in cases {
        let found = run(id, &[], &objective(formula, 2), &start, 500, 1e-8);
        assert!(near(&found.state.w, &end, 1e-7), "{id} on {formula}: {:?}", found.state);
        assert!(found.state.t <= steps as u64, "{id} on {formula}: {} steps", found.state.t);
        let most = found.counts.gradients <= gradients && found.counts.values <= values;
        assert!(most, "{id} on {formula}: {:?}", found.counts);
        if id != "newton" {
            assert!(found.losses.windows(2).all(|l| l[1] <= l[0] * (1.0 + 1e-13)), "{id} on {formula} climbs");
        }
    }
}

#[test]
fn nelder_mead_tumbles_into_the_valley_without_a_gradient() {
    for (formula, start, end) in
        [(BOWL, [2.0, -3.0], [0.0, 0.0]), (ROSENBROCK, [-1.2, 1.0], [1.0, 1.0]), (HIMMELBLAU, [1.0, 1.0], [3.0, 2.0])]
    {
        let found = run("nelder_mead", &[], &objective(formula, 2), &start, 150, 0.0);
        assert!(near(&found.state.w, &end, 1e-7), "{formula}: {:?}", found.state.w);
        assert!(found.losses.windows(2).all(|l| l[1] <= l[0]), "the best corner never gets worse");
        // 151 evaluations by the caller, and one to two a round besides the first corners.
        assert!((300..=600).contains(&found.counts.values), "{formula}: {:?}", found.counts);
        assert_eq!(found.counts.gradients, 151, "its own evaluations are values");
    }
    // In one dimension the simplex is a segment; where the loss has no value no corner stays.
    let found = run("nelder_mead", &[], &objective("x - log(x)", 1), &[0.2], 120, 0.0);
    assert!(near(&found.state.w, &[1.0], 1e-7), "{:?}", found.state);
}

#[test]
fn newton_jumps_to_the_bottom_of_a_parabola_and_into_any_saddle() {
    let found = run("newton", &[], &objective(BOWL, 2), &[2.0, -3.0], 1, 0.0);
    assert!(near(&found.state.w, &[0.0, 0.0], 1e-14), "{:?}", found.state.w);
    assert_eq!(found.counts, Counts { values: 3, gradients: 3, hessians: 1, rows: 0 });
    let found = run("newton", &[], &objective("x^2 + 2*y^2 + 3*z^2 - x*y + y*z", 3), &[1.0, 2.0, -1.0], 1, 0.0);
    assert!(near(&found.state.w, &[0.0, 0.0, 0.0], 1e-14), "{:?}", found.state.w);
    // Half of the way with half of the rate.
    let found = run("newton", &[("lr", "0.5")], &objective("(x - 1)^2", 1), &[5.0], 1, 0.0);
    assert_eq!(found.state.w, [3.0]);

    let loss = objective(SADDLE, 2);
    let start = [1.0, 1e-3];
    assert!(near(&run("newton", &[], &loss, &start, 20, 1e-12).state.w, &[0.0, 0.0], 1e-12));
    let damped = run("damped_newton", &[], &loss, &start, 60, 1e-10).state.w;
    assert!(near(&damped, &[0.0, 2f64.sqrt()], 1e-9), "{damped:?}");
    // Without any curvature there is no parabola to jump on.
    assert_eq!(run("newton", &[], &objective("3*x", 1), &[1.0], 1, 0.0).state.w, [f64::NEG_INFINITY]);
    assert_eq!(run("newton", &[], &objective("3", 1), &[1.0], 2, -1.0).state.w, [1.0]);
}

#[test]
fn finite_differences_measure_the_slope_with_two_passes_per_weight() {
    let change = [("h", "1e-3"), ("lr", "0.01")];
    let found = run("finite_differences", &change, &objective("x^2 + 3*y^2", 2), &[1.0, 1.0], 1, 0.0);
    // ((1 + h)² - 1)/h = 2 + h, and 6 + 3h along y.
    assert!(near(&found.state.memory, &[2.001, 6.003], 1e-9), "{:?}", found.state.memory);
    assert!(near(&found.state.w, &[1.0 - 0.020_01, 1.0 - 0.060_03], 1e-11));
    assert_eq!(found.counts.values - found.counts.gradients, 4, "two values per weight besides the caller's");
    let found = run("finite_differences", &[("lr", "0.1")], &objective("x^2 + 3*y^2", 2), &[1.0, 1.0], 200, 0.0);
    assert!(near(&found.state.w, &[-0.5e-4, -0.5e-4], 1e-9), "it stops half a nudge short: {:?}", found.state.w);
}

#[test]
fn searches_hold_still_where_there_is_nothing_to_gain() {
    for id in ["lbfgs", "conjugate_gradient", "backtracking", "damped_newton", "nelder_mead"] {
        for (formula, at) in [("x^2 - y^2", [0.0, 0.0]), ("3 + 0*x*y", [1.0, 2.0])] {
            let found = run(id, &[("lr", "1e-3")], &objective(formula, 2), &at, 3, -1.0);
            assert!(found.state.w.iter().all(|w| w.is_finite()), "{id} on {formula}: {:?}", found.state);
            if id != "nelder_mead" {
                assert_eq!(found.state.w, at, "{id} on {formula}");
            }
        }
        // Downhill without end, and a wall of nan: a number is left in every case, and no step goes up.
        for formula in ["-x - y", "x^2 + y^2 + log(y - 0.5)"] {
            let found = run(id, &[("lr", "0.1")], &objective(formula, 2), &[1.0, 1.0], 5, -1.0);
            assert!(found.losses.windows(2).all(|l| l[1] <= l[0]), "{id} on {formula}: {:?}", found.losses);
            assert!(found.at.loss.is_finite(), "{id} on {formula}");
        }
    }
}

#[test]
fn steps_of_rules_and_searches_allocate_nothing() {
    let loss = objective(ROSENBROCK, 2);
    // Newton's methods factor a matrix in every step.
    for spec in catalogue().iter().filter(|spec| !spec.id.ends_with("newton")) {
        let settings = spec.defaults();
        let mut stepper = bind(spec, &settings, loss.clone()).expect("binds");
        let mut state = stepper.start(&[-0.7, 0.6], 1e-3);
        let at = Eval { loss: 3.0, gradient: vec![-1.0, 0.5] };
        stepper.step(&mut state, &at, 1e-3);
        let steps = || (0..20).for_each(|_| _ = stepper.step(&mut state, &at, 1e-3));
        assert_eq!(allocation_counter::measure(steps).count_total, 0, "{}", spec.id);
    }
}
