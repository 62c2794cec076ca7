//! What the inspector says: the parts of a step, the lines of a rule with their numbers, the local parabola, the kind of
//! place, and why a descent has not arrived.

use std::sync::Arc;

use downhill::descent::{Descent, Noise, Spec, Stall, StopRule};
use downhill::explain::{self, worked};
use downhill::i18n::Lang;
use downhill::num::linalg::norm_max;
use downhill::objective::Batch;
use downhill::objective::Evaluator;
use downhill::optim::{self, OptimizerSpec};
use downhill::surface::{Curvature, Place, Surface};

fn surface(formula: &str) -> Arc<Surface> {
    Arc::new(Surface::from_formula(formula, None).unwrap_or_else(|problems| panic!("{problems:?}")))
}

fn descent(formula: &str, optimizer: OptimizerSpec, settings: &[(&str, f64)], start: &[f64], limit: usize) -> Descent {
    let mut values = optimizer.defaults();
    for (name, value) in settings {
        let index = optimizer.index_of(name).unwrap_or_else(|| panic!("no setting {name}"));
        values[index] = *value;
    }
    let mut descent = Descent::new(Spec {
        objective: surface(formula),
        optimizer: Arc::new(optimizer),
        settings: values,
        schedule: None,
        start: start.to_vec(),
        noise: Noise::default(),
        batch: Batch::default(),
        stop: StopRule::Auto,
        limit,
    })
    .unwrap_or_else(|error| panic!("{error:?}"));
    descent.finish();
    descent
}

fn catalogue(id: &str) -> OptimizerSpec {
    optim::find(id).unwrap_or_else(|unknown| panic!("{unknown:?}")).clone()
}

fn typed(rule: &str) -> OptimizerSpec {
    OptimizerSpec::from_rule(rule).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn stall_of(run: &Descent) -> Option<Stall> {
    run.stall(&mut Evaluator::new(run.spec().objective.clone()))
}

const BOWL: &str = "x^2 + 2*y^2";

#[test]
fn a_velocity_adds_its_share_and_a_second_moment_shapes() {
    let heavy = typed("param mu = 0.9\nv = mu*v - lr*g\nw = w + v");
    let run = descent(BOWL, heavy, &[("lr", 0.01)], &[1.0, -1.0], 30);
    for step in [0, 1, 7] {
        let anatomy =
            run.probe().and_then(|mut probe| probe.anatomy(&run, step)).unwrap_or_else(|| panic!("step {step}"));
        let v = run.state(step).map(|state| state.memory).unwrap_or_default();
        let [part] = &anatomy.states[..] else { panic!("{anatomy:?}") };
        let share = part.share.clone().unwrap_or_default();
        let (next, here) = (run.row(step + 1), run.row(step));
        for k in 0..2 {
            assert!((share[k] - 0.9 * v[k]).abs() < 1e-12, "the share is what the momentum adds");
            assert!((anatomy.step[k] - (next.w[k] - here.w[k])).abs() < 1e-15);
            let rest = anatomy.step[k] - share[k];
            assert!((rest + 0.01 * here.gradient[k]).abs() < 1e-12, "the rest is the gradient's");
            assert_eq!(anatomy.downhill[k], -here.gradient[k]);
        }
        assert_eq!(anatomy.memory.is_some(), step > 0, "nothing is remembered at the start");
    }
    let run = descent(BOWL, catalogue("torch/adam"), &[("lr", 0.1)], &[1.0, -1.0], 30);
    for step in [0, 5] {
        let anatomy =
            run.probe().and_then(|mut probe| probe.anatomy(&run, step)).unwrap_or_else(|| panic!("step {step}"));
        let shapes: Vec<_> = anatomy.states.iter().map(|part| (part.name.as_str(), part.share.is_some())).collect();
        assert_eq!(shapes[..2], [("m", true), ("v", false)], "at step {step}");
        let idle: Vec<_> = anatomy.states.iter().filter(|part| part.idle).map(|part| part.name.as_str()).collect();
        assert_eq!(idle, ["h"], "AMSGrad is off");
    }
}

#[test]
fn every_rule_of_the_catalogue_can_be_taken_apart() {
    for spec in optim::catalogue() {
        let run = descent("x^2 + 2*y^2 + x*y", spec.clone(), &[], &[1.0, -0.5], 12);
        let id = &spec.id;
        for step in 0..run.last_step() {
            let anatomy = run.probe().and_then(|mut probe| probe.anatomy(&run, step)).unwrap_or_else(|| panic!("{id}"));
            assert_eq!(anatomy.step.len(), 2, "{id}");
            for part in &anatomy.states {
                assert!(part.value.len() == 2 && part.share.as_ref().is_none_or(|share| share.len() == 2), "{id}");
            }
            let lines = worked(&run, &mut run.probe().unwrap(), step);
            assert_eq!(lines.len(), spec.line_count(), "{id}");
            for line in &lines {
                let broken = ["nan", "--", "−−", "+ −", "·−", "if"].iter().find(|bad| line.plugged.contains(**bad));
                let decides = line.text.contains("if") && line.plugged.contains("if");
                assert!(broken.is_none_or(|bad| *bad == "if" && decides), "{id}: {}", line.plugged);
            }
            if let Some(last) = lines.iter().rev().find(|line| line.name == "w") {
                assert_eq!(last.value, run.row(step + 1).w, "{id}: the last line is the step");
            }
        }
    }
}

#[test]
fn rules_are_shown_with_their_numbers() {
    let (heavy, at) = ("param mu = 0.9\nv = mu*v - lr*g\nw = w + v", [1.0, -1.0]);
    type Case<'a> = (OptimizerSpec, &'a [(&'a str, f64)], usize, Vec<(&'a str, &'a str)>);
    let cases: Vec<Case<'_>> = vec![
        (
            typed(heavy),
            &[("lr", 0.01)],
            1,
            vec![
                ("0.9·(−0.02000, 0.04000) − 0.01·(1.960, −3.840)", "(−0.03760, 0.07440)"),
                ("(0.9800, −0.9600) + (−0.03760, 0.07440)", "(0.9424, −0.8856)"),
            ],
        ),
        (
            catalogue("torch/sgd"),
            &[("lr", 0.01), ("momentum", 0.9), ("nesterov", 1.0)],
            1,
            vec![
                ("", "(1.924, −3.696)"),
                ("0.9·(2.000, −4.000) + (1.924, −3.696)", "(3.724, −7.296)"),
                ("(1.924, −3.696) + 0.9·(3.724, −7.296)", "(5.276, −10.26)"),
                ("(0.9620, −0.9240) − 0.01·(5.276, −10.26)", "(0.9092, −0.8214)"),
            ],
        ),
        (
            catalogue("torch/adam"),
            &[("lr", 0.1)],
            0,
            vec![
                ("", "(2.000, −4.000)"),
                ("0.9·(0, 0) + (1 − 0.9)·(2.000, −4.000)", "(0.2000, −0.4000)"),
                ("0.999·(0, 0) + (1 − 0.999)·(2.000, −4.000)^2", "(0.004000, 0.01600)"),
                ("", "(0.004000, 0.01600)"),
                ("sqrt(0.004000, 0.01600)/sqrt(1 − 0.999^1) + 1e−8", "(2.000, 4.000)"),
                ("(1.000, −1.000) − 0.1/(1 − 0.9^1)·(0.2000, −0.4000)/(2.000, 4.000)", "(0.9000, −0.9000)"),
            ],
        ),
    ];
    for (spec, settings, step, wanted) in cases {
        let run = descent(BOWL, spec, settings, &at, 5);
        let lines = worked(&run, &mut run.probe().unwrap(), step);
        let found: Vec<_> = lines.iter().map(|line| (line.plugged.as_str(), line.result.as_str())).collect();
        assert_eq!(found, wanted, "{}", run.spec().optimizer.id);
    }
    let run = descent("x^2", typed("w = w - lr*g"), &[("lr", 0.25)], &[-2.0], 3);
    let lines = worked(&run, &mut run.probe().unwrap(), 0);
    assert_eq!(lines[0].text, "w = w - lr*g");
    assert_eq!(lines[0].plugged, "−2.000 − 0.25·(−4.000)");
    assert_eq!(lines[0].result, "−1.000");
}

#[test]
fn the_local_parabola_is_exact_on_a_parabola() {
    let formula = surface("3*x^2 + y^2 + x*y - 2*x + 5");
    let mut evaluator = Evaluator::new(formula);
    let here = Curvature::at(&mut evaluator, &[1.5, -2.0]);
    for at in [[0.0, 0.0], [3.0, -1.0], [-7.0, 2.5]] {
        assert!((here.model(&at) - evaluator.value(&at)).abs() < 1e-10);
    }
    let point = here.newton_point().unwrap_or_default();
    let mut gradient = [1.0; 2];
    evaluator.gradient(&point, &mut gradient);
    assert!(norm_max(&gradient) < 1e-12, "{point:?}");
    let mut trough = Evaluator::new(surface("x^2 + 0*y"));
    assert_eq!(Curvature::at(&mut trough, &[1.0, 1.0]).newton_point(), None);
}

#[test]
fn places_have_their_kind() {
    for (formula, at, kind) in [
        (BOWL, [0.0, 1e-4], Place::Minimum),
        ("-x^2 - y^2", [1e-4, 0.0], Place::Maximum),
        ("x^2 - y^2", [0.0, 1e-4], Place::Saddle),
        (BOWL, [1.0, 1.0], Place::Slope),
        ("1e-6*(x^2 + y^2)", [1.0, 1.0], Place::Plateau),
        ("x^4 + y^2", [0.0, 0.0], Place::Unclear),
    ] {
        let here = Curvature::at(&mut Evaluator::new(surface(formula)), &at);
        assert_eq!(here.place(1.0, 4.0), kind, "{formula}");
    }
}

#[test]
fn a_stall_has_its_reason() {
    let kind = |stall: Option<Stall>| match stall {
        None => "none",
        Some(Stall::Cycle { .. }) => "cycle",
        Some(Stall::Plateau { .. }) => "plateau",
        Some(Stall::Brake { .. }) => "brake",
        Some(Stall::Slow { .. }) => "slow",
    };
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, f64)], &'a [f64], usize, &'a str);
    let cases: &[Case<'_>] = &[
        (BOWL, "torch/sgd", &[("lr", 0.1)], &[1.0, -1.0], 60, "none"),
        (BOWL, "torch/adam", &[("lr", 0.05)], &[1.0, -1.0], 100, "none"),
        (BOWL, "torch/sgd", &[("lr", 1e-5)], &[1.0, -1.0], 200, "slow"),
        (BOWL, "optax/sign_sgd", &[("lr", 0.15)], &[1.0, -1.0], 200, "cycle"),
        ("x^2", "torch/rmsprop", &[("lr", 0.1), ("alpha", 0.5)], &[1.37], 300, "cycle"),
        ("tanh(x)^2", "torch/sgd", &[("lr", 0.1)], &[8.0], 300, "plateau"),
        ("-exp(-x^2) - 0.01*exp(-(x-5)^2)", "torch/sgd", &[("lr", 0.1)], &[2.9], 100, "slow"),
        (BOWL, "torch/adagrad", &[("lr", 0.01)], &[10.0, -10.0], 300, "brake"),
    ];
    for (formula, id, settings, start, limit, wanted) in cases {
        let run = descent(formula, catalogue(id), settings, start, *limit);
        let stall = stall_of(&run);
        assert_eq!(kind(stall.clone()), *wanted, "{formula} {id}: {stall:?} {:?}", run.outcome());
        for (lang, stall) in Lang::ALL.into_iter().zip(stall.iter().cycle()) {
            let words = explain::stall(lang, stall, &["x".to_owned(), "y".to_owned()]);
            assert!(!words.contains(['{', '}']) && words.chars().any(|c| c.is_ascii_digit()), "{words}");
        }
    }
    // It runs out of the valley onto level ground.
    let run = descent("exp(-x^2)", catalogue("torch/sgd"), &[("lr", 1.0)], &[0.5], 3000);
    assert_eq!(kind(stall_of(&run)), "plateau", "{:?}", stall_of(&run));
}
