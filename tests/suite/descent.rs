//! One ball: exact history, replays, forks, noise, and why it stops. Made by hand, so that each end is known.

use std::sync::Arc;

use downhill::descent::{Cause, Character, Descent, MAX_STEPS, Noise, Race, Reason, Sign, Spec, SpecError, StopRule};
use downhill::num::stream::{Purpose, Stream};
use downhill::objective::{Batch, Counts};
use downhill::optim::{OptimizerSpec, find};
use downhill::schedule::Schedule;
use downhill::surface::{Nature, Surface};

fn optimizer(id: &str, set: &[(&str, f64)]) -> (Arc<OptimizerSpec>, Vec<f64>) {
    let spec = find(id).unwrap_or_else(|unknown| panic!("{unknown:?}"));
    let mut settings = spec.defaults();
    for (name, value) in set {
        settings[spec.index_of(name).unwrap()] = *value;
    }
    (Arc::new(spec.clone()), settings)
}

fn spec(formula: &str, start: &[f64], id: &str, set: &[(&str, f64)], limit: usize) -> Spec {
    let surface = Surface::from_formula(formula, Some(start.len())).unwrap();
    let (optimizer, settings) = optimizer(id, set);
    Spec {
        objective: Arc::new(surface),
        optimizer,
        settings,
        schedule: None,
        start: start.to_vec(),
        noise: Noise::default(),
        batch: Batch::default(),
        stop: StopRule::Auto,
        limit,
    }
}

pub(crate) fn finished(spec: Spec) -> Descent {
    let mut descent = Descent::new(spec).unwrap_or_else(|error| panic!("{error:?}"));
    descent.finish();
    descent
}

/// Every number of a history, as bits.
fn bits(descent: &Descent, to: usize) -> Vec<u64> {
    (0..=to)
        .flat_map(|step| {
            let row = descent.row(step);
            let state = descent.state(step).map(|state| [state.w, state.memory].concat()).unwrap_or_default();
            let numbers = [row.w, row.gradient, &[row.loss, row.lr.unwrap_or(-1.0)], &state].concat();
            let mut bits: Vec<u64> = numbers.iter().map(|number| number.to_bits()).collect();
            bits.extend([row.counts.values, row.counts.gradients, row.counts.hessians]);
            bits
        })
        .collect()
}

/// Specs of every kind of memory, with noise and with a schedule that watches the loss.
fn various() -> Vec<Spec> {
    let himmelblau = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
    let mut specs: Vec<Spec> = [
        ("torch/sgd", &[("lr", 0.01), ("momentum", 0.9)][..]),
        ("torch/adam", &[("lr", 0.1)]),
        ("lbfgs", &[]),
        ("nelder_mead", &[]),
        ("conjugate_gradient", &[]),
    ]
    .into_iter()
    .map(|(id, set)| spec(himmelblau, &[-0.4, 0.2], id, set, 60))
    .collect();
    for spec in &mut specs {
        spec.stop = StopRule::Never;
    }
    let mut noisy = specs[0].clone();
    noisy.noise = Noise { sigma: 2.0, seed: 7 };
    noisy.schedule = Schedule::parse("torch/ReduceLROnPlateau:factor=0.5,patience=1").ok();
    assert!(noisy.schedule.is_some());
    specs.push(noisy);
    specs
}

#[test]
fn a_replay_from_any_row_is_exact() {
    for spec in various() {
        let id = spec.optimizer.id.clone();
        let whole = finished(spec.clone());
        let end = whole.last_step();
        assert!(end > 20, "{id} ends at {end}");
        let mut again = Descent::new(spec.clone()).unwrap();
        // In pieces of uneven length, going back in between.
        for (forward, back) in [(7, 3), (30, 12), (5, 5), (1000, 1000)] {
            again.advance(forward);
            assert_eq!(bits(&again, again.last_step()), bits(&whole, again.last_step()), "{id}");
            again.truncate(back);
            assert_eq!(again.last_step(), back.min(end));
        }
        again.finish();
        assert_eq!(bits(&again, end), bits(&whole, end), "{id}");
        assert_eq!(again.outcome(), whole.outcome());
        again.restart(&spec.start, spec.rate()).unwrap();
        again.finish();
        assert_eq!(bits(&again, end), bits(&whole, end), "{id} restarted");
    }
}

#[test]
fn a_fork_goes_on_from_its_row_and_leaves_the_other_alone() {
    for spec in various() {
        let id = spec.optimizer.id.clone();
        let whole = finished(spec.clone());
        let before = bits(&whole, whole.last_step());
        let mut same = whole.fork(10, spec.clone()).unwrap();
        same.finish();
        assert_eq!(bits(&same, whole.last_step()), before, "{id}: a fork that changes nothing is the same descent");
        let (optimizer, settings) = optimizer("torch/adagrad", &[("lr", 0.5)]);
        let mut other = whole.fork(10, Spec { optimizer, settings, ..spec }).unwrap();
        other.advance(5);
        for step in 0..=10 {
            assert_eq!(other.row(step).w, whole.row(step).w, "{id}");
        }
        assert_ne!(other.row(11).w, whole.row(11).w, "{id}");
        assert_eq!(other.state(9), None, "{id}: another optimizer has no state before the fork");
        assert_eq!(other.state(11).unwrap().t, 1);
        assert_eq!(bits(&whole, whole.last_step()), before, "{id}: the old path stays");
    }
}

#[test]
fn noise_belongs_to_the_step_and_not_to_who_asks() {
    let noise = Noise { sigma: 0.5, seed: 3 };
    let level = |id, set| {
        let mut level = spec("0*x + 0*y", &[1.0, 2.0], id, set, 40);
        (level.noise, level.stop) = (noise, StopRule::Never);
        level
    };
    let race = |order: [usize; 2]| {
        let all = [level("torch/sgd", &[("lr", 0.1)]), level("torch/adam", &[("lr", 0.1)])];
        let mut race =
            Race::new(order.map(|k| all[k].clone()).to_vec()).unwrap_or_else(|(_, error)| panic!("{error:?}"));
        race.advance(40);
        race
    };
    let (one, two) = (race([0, 1]), race([1, 0]));
    let gradients = |descent: &Descent| descent.rows().map(|row| row.gradient.to_vec()).collect::<Vec<_>>();
    let seen = gradients(&one.balls()[0]);
    assert!(one.balls().iter().chain(two.balls()).all(|ball| gradients(ball) == seen));
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]) && seen.iter().all(|g| g[0] != g[1]));
    let mut other = level("torch/sgd", &[]);
    other.noise.seed = 4;
    assert_ne!(gradients(&finished(other)), seen, "another seed");
}

#[test]
fn the_stream_is_addressed_and_normal() {
    let mut stream = Stream::new(1, Purpose::Noise);
    let mut at = |index: u64, len: usize| {
        let mut out = vec![0.0; len];
        stream.normal(index, &mut out);
        out
    };
    let third = at(3, 5);
    let _ = at(900, 7);
    assert_eq!(at(3, 5), third, "order does not matter");
    assert_eq!(at(3, 2), third[..2], "a shorter vector is the beginning of a longer one");
    // Fixed numbers: the same on every machine and in every version.
    let first: Vec<String> = at(0, 3).iter().map(|x| format!("{x:.12}")).collect();
    assert_eq!(first, FIRST_NORMALS);
    let many: Vec<f64> = (0..2000).flat_map(|index| at(index, 10)).collect();
    let mean = |power: i32| many.iter().map(|x| x.powi(power)).sum::<f64>() / many.len() as f64;
    for (power, want, within) in [(1, 0.0, 0.03), (2, 1.0, 0.04), (3, 0.0, 0.12), (4, 3.0, 0.3)] {
        assert!((mean(power) - want).abs() < within, "moment {power}: {}", mean(power));
    }
}

const FIRST_NORMALS: [&str; 3] = ["1.855301754264", "0.614617562030", "1.032341029065"];

#[test]
fn an_overshoot_is_diverged_with_its_numbers() {
    // f = 2x², λ = 4. Plain: stable below η = 0.5. Momentum 0.5: below 0.75. Nesterov 0.5: below 3/2/4 = 0.375.
    type Settings<'a> = &'a [(&'a str, f64)];
    let cases: [(Settings<'_>, f64, f64); 3] =
        [(&[], 0.5, 2.0), (&[("momentum", 0.5)], 0.75, 3.0), (&[("momentum", 0.5), ("nesterov", 1.0)], 0.375, 1.5)];
    for (set, stable, limit) in cases {
        let run = |rate: f64| {
            let mut set = set.to_vec();
            set.push(("lr", rate));
            finished(spec("2*x^2", &[1.0], "torch/sgd", &set, 20_000))
        };
        let calm = run(0.98 * stable);
        assert!(matches!(calm.outcome().unwrap().reason, Reason::Converged { .. }), "{set:?} {:?}", calm.outcome());
        let wild = run(1.02 * stable);
        let Reason::Diverged { sign: Sign::Loss { from, .. }, cause } = wild.outcome().unwrap().reason else {
            panic!("{set:?}: {:?}", wild.outcome());
        };
        assert_eq!(from, 2.0);
        let Cause::Overshoot { rate, curvature, limit: found, .. } = cause else { panic!("{cause:?}") };
        assert_eq!((rate, curvature), (1.02 * stable, 4.0));
        assert!((found - limit).abs() < 1e-6, "{set:?}: limit {found}");
    }
}

#[test]
fn what_rules_bear_is_found_by_asking_them() {
    let limit = |id: &str, set: &[(&str, f64)]| {
        let (spec, settings) = optimizer(id, set);
        Character::of(&spec, &settings)
    };
    for (id, set, want) in [
        ("torch/sgd", &[][..], 2.0),
        ("torch/sgd", &[("momentum", 0.9)], 3.8),
        ("keras/sgd", &[("momentum", 0.9)], 3.8),
        ("optax/sgd", &[("momentum", 0.9), ("nesterov", 1.0)], 3.8 / 2.8),
        ("torch/sgd", &[("momentum", 0.9), ("dampening", 0.5)], 7.6),
    ] {
        let found = limit(id, set).limit().unwrap_or(f64::NAN);
        assert!((found - want).abs() < 1e-6, "{id} {set:?}: {found}");
    }
    for id in ["torch/adam", "torch/adamax", "optax/lion"] {
        let Character::ScaleFree { reach } = limit(id, &[]) else { panic!("{id}: {:?}", limit(id, &[])) };
        assert!((reach - 1.0).abs() < 1e-3, "{id}: {reach}");
    }
    assert_eq!(limit("newton", &[]), Character::Other);
}

#[test]
fn a_value_that_is_not_finite_stays_visible_as_the_last_row() {
    let mut quartic = spec("x^4", &[3.0], "torch/sgd", &[("lr", 0.1)], 100);
    quartic.stop = StopRule::Never;
    let run = finished(quartic);
    let end = run.outcome().unwrap();
    assert_eq!(end.step, run.last_step());
    assert!(run.row(end.step - 1).is_finite() && !run.last().is_finite());
    let Reason::NonFinite { cause: Cause::Overshoot { step: 0, curvature: 108.0, limit, .. }, .. } = end.reason else {
        panic!("{end:?}");
    };
    assert!((limit - 2.0).abs() < 1e-6);
    let outside = finished(spec("log(x)", &[-1.0], "torch/sgd", &[], 100));
    assert_eq!(outside.last_step(), 0);
    assert!(matches!(outside.outcome().unwrap().reason, Reason::NonFinite { cause: Cause::Outside, .. }));
    let pit = finished(spec("-x^2 + 0*y", &[1.0, 0.0], "torch/sgd", &[("lr", 0.1)], 1000));
    assert!(
        matches!(pit.outcome().unwrap().reason, Reason::Diverged { cause: Cause::Bottomless, sign: Sign::Distance(_) }),
        "{:?}",
        pit.outcome()
    );
}

#[test]
fn standing_still_is_convergence_and_passing_by_is_not() {
    let nature = |run: &Descent| match &run.outcome().unwrap().reason {
        Reason::Converged { eigenvalues, .. } => Some(Nature::of(eigenvalues)),
        _ => None,
    };
    let saddle = |start: [f64; 2]| finished(spec("x^2 - y^2 + y^4", &start, "torch/sgd", &[("lr", 0.1)], 2000));
    assert_eq!(nature(&saddle([1.0, 0.0])), Some(Nature::Saddle), "on the line that leads to the saddle");
    assert_eq!(nature(&saddle([0.0, 0.0])), Some(Nature::Saddle), "on the saddle itself");
    let valley = saddle([1.0, 1e-12]);
    assert_eq!(nature(&valley), Some(Nature::Minimum), "beside the line it stays long, but goes on");
    assert!((valley.last().w[1] - 0.5_f64.sqrt()).abs() < 1e-6, "{:?}", valley.last());
    // Level ground between -1 and 1 with walls beside it: a ball with momentum rolls over it, while the gradient is 0.
    for (id, set) in [("torch/sgd", &[("lr", 0.01), ("momentum", 0.99)][..]), ("torch/adam", &[("lr", 0.01)])] {
        let run = finished(spec("relu(x - 1)^2 + relu(-x - 1)^2", &[1.5], id, set, 20_000));
        let row = run.rows().find(|row| row.w[0].abs() < 1.0 && row.gradient[0] == 0.0).unwrap();
        let end = run.outcome().unwrap().step;
        assert!(end > row.step + 10, "{id} stops at {end}, having come to level ground at {}", row.step);
        let still: f64 = run.rows().skip(end - 5).map(|row| (row.w[0] - run.last().w[0]).abs()).fold(0.0, f64::max);
        assert!(still <= 1e-7, "{id} was still moving by {still}");
    }
    // The ball of the demonstration that froze at step 37 while it moved 0.032 a step: it must swing through.
    let swing = finished(spec("x^2 + y^2", &[1.5, 1.5], "torch/sgd", &[("lr", 0.01), ("momentum", 0.9)], 5000));
    assert_eq!(nature(&swing), Some(Nature::Minimum));
    assert!(swing.rows().any(|row| row.w[0] < -0.1) && swing.last().w[0].abs() < 1e-6);
    // A rate that is tiny, or that a schedule has brought to nothing, makes small steps and no convergence.
    let tiny = finished(spec("x^2", &[1.0], "torch/sgd", &[("lr", 1e-12)], 200));
    assert_eq!(tiny.outcome().unwrap().reason, Reason::StepLimit);
    let mut faded = spec("x^2", &[1.0], "torch/sgd", &[("lr", 0.01)], 200);
    faded.schedule = Schedule::parse("if t < 5 then lr else 0").ok();
    assert!(faded.schedule.is_some());
    assert_eq!(finished(faded).outcome().unwrap().reason, Reason::StepLimit);
}

#[test]
fn a_schedule_gives_the_rate_of_each_step() {
    let mut halving = spec("x^2", &[1.0], "torch/sgd", &[("lr", 0.5)], 3);
    halving.schedule = Schedule::parse("lr/2^t").ok();
    let run = finished(halving);
    let rates: Vec<Option<f64>> = run.rows().map(|row| row.lr).collect();
    assert_eq!(rates, [None, Some(0.5), Some(0.25), Some(0.125)]);
    assert_eq!(run.row(1).w, [0.0]);
}

#[test]
fn evaluations_are_counted_per_ball() {
    let mut race = Race::new(vec![
        spec("x^2 + y^2", &[1.0, 1.0], "torch/sgd", &[("lr", 0.1)], 10),
        spec("x^2 + y^2", &[1.0, 1.0], "newton", &[], 10),
    ])
    .unwrap_or_else(|(_, error)| panic!("{error:?}"));
    race.advance(10);
    let table = race.standings(10, &[&[0.0, 0.0], &[9.0, 9.0]]);
    assert_eq!((table[0].ball, table[0].loss), (1, 0.0), "Newton's method is there at once");
    assert_eq!(table[1].counts, Counts { values: 11, gradients: 11, hessians: 0, rows: 0 });
    assert!(table[0].counts.hessians > 0);
    let distance = table[1].distance.unwrap();
    assert!((distance - 0.8_f64.powi(10) * 2.0_f64.sqrt()).abs() < 1e-12, "{distance}");
}

#[test]
fn what_cannot_be_is_refused() {
    let good = spec("x^2 + y^2", &[1.0, 1.0], "torch/sgd", &[], 10);
    let refused = |change: &dyn Fn(&mut Spec)| {
        let mut spec = good.clone();
        change(&mut spec);
        Descent::new(spec).err().unwrap()
    };
    assert_eq!(refused(&|s| s.start = vec![1.0]), SpecError::Dimension { wanted: 2, found: 1 });
    assert!(matches!(refused(&|s| s.start[1] = f64::NAN), SpecError::Start { component: 1, .. }));
    assert_eq!(refused(&|s| s.noise.sigma = -1.0), SpecError::Noise(-1.0));
    let steps = refused(&|s| s.limit = 1_000_000_000_000);
    let SpecError::TooManySteps { asked: 1_000_000_000_000, limit } = steps else { panic!("{steps:?}") };
    assert!((1_000_000..=MAX_STEPS).contains(&limit), "{limit}");
    assert!(matches!(refused(&|s| s.settings[0] = f64::INFINITY), SpecError::Optimizer(_)));
}

#[test]
fn between_rows_the_ball_is_on_the_straight_line() {
    let run = finished(spec("x^2", &[1.0], "torch/sgd", &[("lr", 0.25)], 4));
    for (cursor, want) in [(0.0, 1.0), (0.5, 0.75), (1.0, 0.5), (3.75, 0.078_125), (4.0, 0.0625), (9.5, 0.0625)] {
        assert_eq!(run.position(cursor), [want], "at {cursor}");
    }
}
