//! The rules of the catalogue against trajectories of PyTorch, Optax, Keras and a textbook (`tests/data/trajectories`).
//!
//! The files come from torch 2.15.0, optax 0.2.8 and keras 3.15.1; `tol` is `|got - want| <= tol*max(1, |want|)`.

use std::collections::{BTreeMap, BTreeSet};

use downhill::objective::Evaluator;
use downhill::optim::{Eval, OptimizerSpec, bind, find};
use serde_json::{Map, Value};

use crate::typed::objective;

const FILES: [(&str, &str); 4] = [
    ("torch", include_str!("../data/trajectories/torch.json")),
    ("optax", include_str!("../data/trajectories/optax.json")),
    ("keras", include_str!("../data/trajectories/keras.json")),
    ("book", include_str!("../data/trajectories/book.json")),
];

fn number(value: &Value) -> f64 {
    match value {
        Value::String(text) => text.parse().expect("nan, inf or -inf"),
        value => value.as_f64().unwrap_or_else(|| panic!("{value} is no number")),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().map(number).collect()
}

/// The framework's hyperparameters by our names: pairs have two, switches are 0 or 1, None is 0.
fn settings(given: &Map<String, Value>) -> BTreeMap<String, f64> {
    let mut named = BTreeMap::new();
    for (name, value) in given {
        let pair = match name.as_str() {
            "betas" => ["beta1", "beta2"],
            "etas" => ["eta_minus", "eta_plus"],
            "step_sizes" => ["step_min", "step_max"],
            _ => {
                let value = match value {
                    Value::Bool(on) => f64::from(u8::from(*on)),
                    Value::Null => 0.0,
                    value => number(value),
                };
                named.insert(name.clone(), value);
                continue;
            }
        };
        named.extend(pair.map(str::to_owned).into_iter().zip(numbers(value)));
    }
    named
}

fn find_spec(id: &str) -> &'static OptimizerSpec {
    find(id).unwrap_or_else(|unknown| panic!("{unknown:?}"))
}

struct Check<'a> {
    id: &'a str,
    failures: Vec<String>,
}

impl Check<'_> {
    fn near(&mut self, what: &str, step: usize, got: f64, want: &Value, tolerance: f64) {
        if want.is_null() {
            return;
        }
        let want = number(want);
        if !((got - want).abs() <= tolerance * want.abs().max(1.0) || got == want) {
            self.failures.push(format!("{}: {what} after step {step} is {got:e}, not {want:e}", self.id));
        }
    }
}

/// Runs one case; what deviates.
fn run(case: &Value) -> Vec<String> {
    let id = case["id"].as_str().expect("id");
    let mut check = Check { id, failures: Vec::new() };
    let start = numbers(&case["start"]);
    let loss = objective(case["formula"].as_str().expect("formula"), start.len());
    let spec = find_spec(case["optimizer"].as_str().expect("optimizer"));
    let given = settings(case["hyperparameters"].as_object().expect("hyperparameters"));
    let mut values = spec.defaults();
    for (name, value) in &given {
        let index = spec.index_of(name).unwrap_or_else(|| panic!("{id}: {} has no {name}", spec.id));
        values[index] = *value;
    }
    let rates = numbers(&case["learning_rate_per_step"]);
    let rate = |step: usize| rates.get(step).copied().unwrap_or(values[0]);
    let mut stepper = bind(spec, &values, loss.clone()).unwrap_or_else(|e| panic!("{id}: {e:?}"));
    let mut evaluator = Evaluator::new(loss);
    let mut state = stepper.start(&start, rate(0));
    let mut at = Eval { loss: f64::NAN, gradient: vec![f64::NAN; start.len()] };

    let checked = case["check_steps"].as_u64().expect("check_steps") as usize;
    let nonfinite = case["first_nonfinite_step"].as_u64().map(|step| step as usize);
    let (tol_theta, tol_loss) = (number(&case["tol_theta"]), number(&case["tol_loss"]));
    let rests = id.ends_with("saddle-line") && spec.id != "optax/yogi";
    for step in 0..=nonfinite.unwrap_or(checked) {
        if step > 0 {
            stepper.step(&mut state, &at, rate(step - 1));
        }
        at.loss = evaluator.gradient(&state.w, &mut at.gradient);
        let finite = at.loss.is_finite() && state.w.iter().all(|w| w.is_finite());
        if finite == (nonfinite == Some(step)) {
            check.failures.push(format!("{id}: finite after step {step} is {finite}"));
        }
        if step > checked {
            continue;
        }
        for (&got, want) in state.w.iter().zip(case["theta"][step].as_array().expect("theta")) {
            check.near("w", step, got, want, tol_theta);
        }
        check.near("the loss", step, at.loss, &case["loss"][step], tol_loss);
        if rests && state.w[1] != 0.0 {
            check.failures.push(format!("{id}: y left the ridge after step {step}: {:e}", state.w[1]));
        }
        if let (Some(average), true) = (case["average"].as_array(), step > 0) {
            let slot = stepper.slots().iter().find(|slot| slot.name == "ax").expect("asgd has ax");
            for (&got, want) in slot.of(&state.memory).iter().zip(average[step - 1].as_array().expect("average")) {
                check.near("ax", step, got, want, tol_theta);
            }
        }
    }
    check.failures
}

#[test]
fn rules_walk_as_their_frameworks_do() {
    let (mut cases, mut rules) = (0, BTreeSet::new());
    let mut failures = Vec::new();
    for (_, text) in FILES {
        let file: Value = serde_json::from_str(text).expect("JSON");
        for case in file["cases"].as_array().expect("cases") {
            cases += 1;
            rules.insert(case["optimizer"].as_str().expect("optimizer").to_owned());
            failures.extend(run(case).into_iter().take(2));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!((cases, rules.len()), (239, 42));
}

#[test]
fn defaults_are_the_frameworks_own() {
    for (_, text) in FILES {
        let file: Value = serde_json::from_str(text).expect("JSON");
        for (id, rule) in file["rules"].as_object().expect("rules") {
            let spec = find_spec(id);
            let want = settings(rule["defaults"].as_object().expect("defaults"));
            let got: BTreeMap<String, f64> = spec.hyperparameters.iter().map(|h| (h.name.clone(), h.default)).collect();
            assert_eq!(got, want, "{id}");
        }
    }
}
