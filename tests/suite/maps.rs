//! Maps: every cell is the verdict of a ball of its own, whatever goes side by side; minima are found; a map that is
//! given up leaves nothing. The best rate is found where it is known.

use std::sync::Arc;

use downhill::descent::map::{Axis, Fate, Map, MapSpec, Targets, Varied, draw, find_targets, of_descent, scout};
use downhill::descent::{Descent, Fleet, Noise, Spec, StopRule, Variety, tune};
use downhill::num::crew::alone;
use downhill::objective::Batch;
use downhill::objective::Objective;
use downhill::optim::{self, Method, Scale};
use downhill::schedule::Schedule;
use downhill::surface::{self, Surface};

fn spec(surface: &Surface, optimizer: &str, set: &[(&str, f64)], steps: usize) -> Spec {
    let optimizer = optim::find(optimizer).unwrap();
    let mut settings = optimizer.defaults();
    for (name, value) in set {
        settings[optimizer.index_of(name).unwrap()] = *value;
    }
    Spec {
        objective: Arc::new(surface.clone()),
        optimizer: Arc::new(optimizer.clone()),
        settings,
        schedule: None,
        start: surface.start.clone(),
        noise: Noise::default(),
        batch: Batch::default(),
        stop: StopRule::Auto,
        limit: steps,
    }
}

fn start_axis(component: usize, range: [f64; 2]) -> Axis {
    Axis { what: Varied::Start(component), range, scale: Scale::Linear }
}

fn basins(surface: &Surface, base: Spec, size: usize) -> MapSpec {
    let axes = [0, 1].map(|k| start_axis(k, surface.domain[k]));
    mapped(surface, base, axes, size)
}

fn mapped(surface: &Surface, base: Spec, axes: [Axis; 2], size: usize) -> MapSpec {
    let spec = MapSpec { base, axes, size: [size, size], targets: Arc::new(Targets::default()) };
    let known: Vec<Vec<f64>> = surface.minima.iter().map(|minimum| minimum.at.clone()).collect();
    let width = surface.domain.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
    let targets = scout(&spec, &known, width, &|| false).unwrap();
    MapSpec { targets: Arc::new(targets), ..spec }
}

fn whole(spec: &MapSpec) -> Map {
    draw(spec, Vec::new(), &alone, &|_| true).unwrap().unwrap()
}

#[test]
fn lanes_with_settings_of_their_own_walk_as_single_balls() {
    const LANES: usize = 24;
    let himmelblau: Arc<dyn Objective> = Arc::new(surface::find("himmelblau").unwrap().clone());
    let noise = Noise { sigma: 0.3, seed: 7 };
    for spec in optim::catalogue() {
        let Method::Rule { rule, .. } = &spec.method else { continue };
        let Some(other) = spec.hyperparameters.get(1) else { continue };
        let settings = spec.defaults();
        let named: Vec<(&str, f64)> =
            spec.hyperparameters.iter().zip(&settings).skip(1).map(|(h, &value)| (h.name.as_str(), value)).collect();
        let names = [other.name.as_str()];
        let variety = Variety { rate: true, names: &names, noise };
        let mut fleet = Fleet::with(&*himmelblau, rule, &named, variety).unwrap();
        let rates: Vec<f64> = (0..LANES).map(|k| 1e-3 * (1.0 + k as f64)).collect();
        let others: Vec<f64> = (0..LANES).map(|k| other.value_at(k as f64 / (LANES as f64 - 1.0))).collect();
        let starts = [vec![-1.0; LANES], vec![0.5; LANES]];
        let mut state = fleet.start_with(&[&starts[0], &starts[1]], &[&rates, &others], f64::NAN);
        fleet.advance(&mut state, &[f64::NAN; 13]);
        fleet.advance(&mut state, &[f64::NAN; 27]);
        for lane in 0..LANES {
            let mut settings = settings.clone();
            (settings[0], settings[1]) = (rates[lane], others[lane]);
            let Ok(mut ball) = Descent::new(Spec {
                objective: Arc::clone(&himmelblau),
                optimizer: Arc::new(spec.clone()),
                settings: settings.clone(),
                schedule: None,
                start: vec![-1.0, 0.5],
                noise,
                batch: Batch::default(),
                stop: StopRule::Never,
                limit: 40,
            }) else {
                continue;
            };
            ball.finish();
            if ball.last_step() < 40 {
                continue;
            }
            for k in 0..2 {
                let (one, many) = (ball.last().w[k], state.component(k)[lane]);
                assert_eq!(one.to_bits(), many.to_bits(), "{} {settings:?}: {one} {many}", spec.id);
            }
        }
    }
}

#[test]
fn a_cell_is_the_verdict_of_its_ball() {
    let find = |id: &str| surface::find(id).unwrap().clone();
    let (himmelblau, rosenbrock, well) = (find("himmelblau"), find("rosenbrock"), find("double_well"));
    let momentum = spec(&himmelblau, "torch/sgd", &[("lr", 0.01), ("momentum", 0.9)], 157);
    let rate = |low, high| Axis { what: Varied::Hyper(0), range: [low, high], scale: Scale::Log };
    let second = |range| Axis { what: Varied::Hyper(1), range, scale: Scale::Linear };
    let scheduled = |spec: Spec, text: &str| Spec { schedule: Some(Schedule::parse(text).unwrap()), ..spec };
    let cases = [
        ("basins", basins(&himmelblau, momentum.clone(), 30)),
        ("few steps", basins(&himmelblau, Spec { limit: 7, ..momentum.clone() }, 12)),
        ("no steps", basins(&himmelblau, Spec { limit: 0, ..momentum.clone() }, 12)),
        ("noise", basins(&himmelblau, Spec { noise: Noise { sigma: 2.0, seed: 3 }, ..momentum.clone() }, 12)),
        ("divergence", basins(&rosenbrock, spec(&rosenbrock, "torch/sgd", &[("lr", 0.01)], 60), 16)),
        ("sweep", mapped(&himmelblau, momentum.clone(), [rate(1e-4, 1.0), second([0.0, 0.99])], 24)),
        ("one variable", mapped(&well, spec(&well, "sgd", &[], 90), [start_axis(0, [-2.0, 2.0]), rate(1e-3, 2.0)], 20)),
        (
            "schedule",
            mapped(
                &himmelblau,
                scheduled(momentum.clone(), "lr/(1+0.1*t)"),
                [start_axis(0, [-5.0, 5.0]), rate(1e-3, 0.1)],
                12,
            ),
        ),
        ("watching", basins(&himmelblau, scheduled(momentum.clone(), "torch/ReduceLROnPlateau:patience=3"), 8)),
        (
            "one cycle",
            basins(&himmelblau, scheduled(momentum.clone(), "torch/OneCycleLR:max_lr=0.02,total_steps=200"), 8),
        ),
        ("adam", mapped(&himmelblau, spec(&himmelblau, "adam", &[], 120), [rate(1e-3, 10.0), second([0.0, 0.99])], 12)),
        ("native", basins(&himmelblau, spec(&himmelblau, "nelder_mead", &[], 80), 8)),
        ("newton", basins(&himmelblau, spec(&himmelblau, "newton", &[], 40), 8)),
    ];
    for (name, spec) in cases {
        let map = whole(&spec);
        let mut fates = std::collections::HashSet::new();
        for (index, cell) in map.cells.iter().enumerate() {
            let steps = spec.base.limit;
            let mut ball = Descent::new(spec.descent(index)).unwrap();
            ball.finish();
            let wanted = of_descent(&ball, &spec.targets, steps);
            assert_eq!(*cell, wanted, "{name}, cell {index} {:?}", spec.values(index));
            fates.insert(cell.fate);
        }
        assert!(fates.len() > 1 || name == "no steps" || name == "few steps", "{name} shows something: {fates:?}");
    }
}

#[test]
fn on_the_double_well_the_sign_decides() {
    let surface = Surface::from_formula("x^4 - 2*x^2", None).unwrap();
    let base = spec(&surface, "sgd", &[("lr", 0.05)], 400);
    let rate = Axis { what: Varied::Hyper(0), range: [0.01, 0.1], scale: Scale::Log };
    let spec = mapped(&surface, base, [start_axis(0, [-1.5, 1.5]), rate], 40);
    let minima: Vec<f64> = spec.targets.minima.iter().map(|at| at[0]).collect();
    assert_eq!(minima.len(), 2);
    assert!((minima[0] + 1.0).abs() < 1e-9 && (minima[1] - 1.0).abs() < 1e-9, "{minima:?}");
    let map = whole(&spec);
    for (index, cell) in map.cells.iter().enumerate() {
        let [x, _] = spec.values(index);
        assert_eq!(cell.fate, Fate::Arrived(u16::from(x > 0.0)), "{x}");
    }
    let nearest = map.cell_of([0.99, 0.1]);
    assert!(map.cells[nearest].steps < map.cells[map.cell_of([0.05, 0.01])].steps);
    assert_eq!(map.cells[map.best().unwrap()].steps, 0, "a start at the minimum is there at once");
}

#[test]
fn minima_are_found_where_descents_end() {
    let around = |at: &[f64]| -> Vec<Vec<f64>> {
        let near = [0.02, -0.03].map(|by| at.iter().map(|x| x + by).collect());
        near.to_vec()
    };
    let found = |formula: &str, ends: &[&[f64]]| {
        let surface: Arc<dyn Objective> = Arc::new(Surface::read(formula, Some(ends[0].len())).unwrap());
        let ends: Vec<Vec<f64>> = ends.iter().flat_map(|end| around(end)).collect();
        find_targets(&surface, &[], &ends, 4.0).minima
    };
    let bowl = found("x^2 + 3*y^2", &[&[0.0, 0.0], &[5.0, f64::NAN]]);
    assert!(bowl.len() == 1 && bowl[0].iter().all(|x| x.abs() < 1e-12), "{bowl:?}");
    let kink = found("abs(x - 1) + abs(y)", &[&[1.0, 0.0]]);
    assert!(kink.len() == 1 && (kink[0][0] - 1.0).abs() < 1e-6 && kink[0][1].abs() < 1e-6, "{kink:?}");
    assert_eq!(found("x^4", &[&[0.0]]).len(), 1, "flat, but a point");
    assert!(found("x^2 + 0*y", &[&[0.0, -1.0], &[0.0, 1.0]]).is_empty(), "the floor of a valley is no point");
    assert!(found("x^2 - y^2", &[&[0.0, 0.0]]).is_empty(), "a saddle is no minimum");
    let targets = find_targets(&(Arc::new(surface::find("himmelblau").unwrap().clone()) as _), &[], &[], 10.0);
    assert!(targets.minima.is_empty() && targets.radius == 0.1);
}

#[test]
fn a_map_that_is_given_up_leaves_nothing() {
    let himmelblau = surface::find("himmelblau").unwrap();
    let spec = basins(himmelblau, spec(himmelblau, "sgd", &[("lr", 0.01)], 50), 64);
    let seen = std::sync::atomic::AtomicUsize::new(0);
    let map = draw(&spec, Vec::new(), &alone, &|progress| {
        seen.store(progress.done, std::sync::atomic::Ordering::Relaxed);
        false
    });
    assert!(map.unwrap().is_none());
    assert!((1..spec.cells()).contains(&seen.into_inner()), "it was stopped after the first unit");
    assert!(scout(&spec, &[], 10.0, &|| true).is_none());
    // A spec that is none is refused.
    let mut wrong = spec;
    wrong.base.settings[0] = f64::NAN;
    assert!(draw(&wrong, Vec::new(), &alone, &|_| true).is_err());
}

#[test]
fn a_coarse_map_stands_in_for_a_fine_one() {
    let himmelblau = surface::find("himmelblau").unwrap();
    let spec = basins(himmelblau, spec(himmelblau, "sgd", &[("lr", 0.01)], 100), 16);
    let coarse = whole(&spec);
    let fine = coarse.enlarged([64, 64]);
    assert_eq!(fine.cells.len(), 64 * 64);
    assert!((0..16).all(|k| fine.cells[k * 4 * 64 + k * 4 + 2] == coarse.cells[k * 16 + k]));
    // What is not computed yet stays as it was given.
    let first = std::sync::Mutex::new(None);
    let map = draw(&fine.spec, fine.cells.clone(), &alone, &|progress| {
        first.lock().unwrap().get_or_insert_with(|| progress.cells.to_vec());
        true
    });
    let (map, first) = (map.unwrap().unwrap(), first.into_inner().unwrap().unwrap());
    assert_eq!(first.last(), fine.cells.last());
    assert_eq!(first.first(), map.cells.first());
}

#[test]
fn the_best_rate_is_found_where_it_is_known() {
    let surface = Surface::from_formula("x^2/2", None).unwrap();
    let base = Spec { start: vec![3.0], ..spec(&surface, "book/gradient_descent", &[], 20) };
    let axis = Axis { what: Varied::Hyper(0), range: [1e-6, 10.0], scale: Scale::Log };
    let found = tune(&base, &axis, &mut |_| true).unwrap().unwrap();
    let best = found.best().unwrap();
    assert!((best.rate - 1.0).abs() < 0.02, "one step of 1/λ is the whole way: {best:?}");
    assert!(found.trials.len() > 50 && found.trials.windows(2).all(|pair| pair[0].rate < pair[1].rate));
    let failed: Vec<f64> = found.trials.iter().filter(|trial| trial.failed).map(|trial| trial.rate).collect();
    assert!(!failed.is_empty() && failed.iter().all(|rate| *rate > 2.0), "{failed:?}");
    assert!(tune(&base, &axis, &mut |tuning| tuning.share < 0.5).unwrap().is_none(), "given up");
    // A rate that was found is the loss that a ball of it has.
    let mut ball = Descent::new(Spec { settings: vec![best.rate], stop: StopRule::Never, ..base }).unwrap();
    ball.finish();
    assert_eq!(ball.last().loss, best.loss);
}
