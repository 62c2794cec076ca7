//! Looking into nets: traces, naive derivatives, slices, sharpness, spreads. Held against the core's own derivatives,
//! against full Hessians of small nets, and against what the training does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use downhill::i18n::Lang;
use downhill::nn::analysis::{
    Confusion, Effort, Histogram, LossSpec, Plane, PlaneError, STEPS, SliceError, SliceObjective, SliceSpec, Told,
    draw_slice, judge, naive, sharpness, spread, trace, weight_step,
};
use downhill::nn::data::{DataSpec, find_dataset};
use downhill::nn::{
    Activation, Architecture, Dataset, Features, Forward, Initializer, Layer, Loss, Penalty, Precision, Recipe,
    Targets, Training, TrainingError, Values,
};
use downhill::num::crew::alone;
use downhill::num::linalg::{dot, eigen, norm};
use downhill::objective::{Batch, Evaluator, Objective as _};
use downhill::session::{Command, NetSlice, Refusal, Session, SliceProblem};
use downhill::{explain, optim, scenario};

use crate::cli::run;

fn net(inputs: usize, layers: &[(usize, Activation)]) -> Architecture {
    let layers = layers.iter().map(|&(units, activation)| Layer { units, activation });
    Architecture { inputs, layers: layers.collect() }
}

fn rows(id: &str, rows: usize) -> Arc<Dataset> {
    DataSpec { rows, test: 0.0, ..DataSpec::of(find_dataset(id).unwrap()) }.split().unwrap().train
}

/// Nets of every loss and of the less usual activations, with data that they fit.
fn cases() -> Vec<(LossSpec, Vec<f64>)> {
    use Activation::{Linear, Sigmoid, Silu, Sin, Softmax, Tanh};
    let penalty = Penalty { l1: 0.001, l2: 0.01 };
    let none = Penalty::default();
    let table = [
        (net(2, &[(4, Tanh), (3, Silu), (1, Linear)]), Loss::BceWithLogits, penalty, "circle"),
        (net(2, &[(5, Tanh), (3, Linear)]), Loss::SoftmaxCrossEntropy, penalty, "blobs"),
        (net(2, &[(3, Softmax), (1, Linear)]), Loss::Hinge, none, "gauss"),
        (net(2, &[(4, Sin), (1, Tanh)]), Loss::Mse, none, "xor"),
        (net(1, &[(6, Sigmoid), (1, Linear)]), Loss::Huber(0.5), none, "sine"),
        (net(2, &[(3, Tanh), (3, Softmax)]), Loss::Mse, none, "rings"),
        (net(2, &[(1, Linear)]), Loss::Mae, none, "plane"),
    ];
    let case = |(architecture, loss, penalty, id): (Architecture, Loss, Penalty, &str)| {
        let weights = Initializer::default().parameters(&architecture, 3);
        // Biases that are not 0, so that nothing hides.
        let weights = weights.iter().enumerate().map(|(k, w)| w + 0.01 * (k % 7) as f64 - 0.02).collect();
        let data = rows(id, 40);
        let spec = LossSpec { architecture, loss, penalty, data, rows: None, precision: Precision::F64 };
        (spec, weights)
    };
    table.map(case).into()
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + a.abs().max(b.abs()))
}

fn all_close(a: &[f64], b: &[f64], tolerance: f64, what: &str) {
    assert_eq!(a.len(), b.len(), "{what}");
    for (k, (x, y)) in a.iter().zip(b).enumerate() {
        assert!(close(*x, *y, tolerance), "{what}: {x} and {y} at {k}");
    }
}

#[test]
fn a_trace_says_what_the_passes_say() {
    for (spec, weights) in cases() {
        let what = format!("{} {:?}", spec.loss, spec.architecture);
        let mut loss = spec.open().unwrap();
        let mut gradient = Vec::new();
        let value = loss.gradient(&weights, &mut gradient);
        let traced = trace(&spec, &weights).unwrap();
        assert!(close(traced.loss, value, 1e-12) && close(loss.value(&weights), value, 1e-12), "{what}");
        assert!(close(traced.data_loss + traced.penalty, value, 1e-12), "{what}");
        all_close(&traced.gradient, &gradient, 1e-10, &what);
        let mut forward = Forward::new(&spec.architecture, Precision::F64);
        for (layer, values) in traced.layers.iter().zip(forward.layers(&weights, &traced.inputs)) {
            all_close(&layer.sums, &values.sums, 1e-12, &what);
            all_close(&layer.activations, &values.activations, 1e-12, &what);
        }
        // The chain by hand: a bias gets the sum of its neuron's adjoints, an activation what the next layer hands back.
        let architecture = &spec.architecture;
        let rows = traced.targets.len() / architecture.outputs();
        for (k, layer) in traced.layers.iter().enumerate() {
            let units = architecture.layers[k].units;
            for (unit, at) in architecture.bias(k).enumerate() {
                let sum: f64 = (0..rows).map(|row| layer.sum_adjoints[row * units + unit]).sum();
                assert!(close(sum, traced.gradient[at], 1e-10), "{what}: bias {unit} of layer {k}");
            }
            let Some(next) = traced.layers.get(k + 1) else { continue };
            let weight = &weights[architecture.weight(k + 1)];
            let behind = architecture.layers[k + 1].units;
            for row in 0..rows {
                for unit in 0..units {
                    let back: f64 =
                        (0..behind).map(|j| weight[j * units + unit] * next.sum_adjoints[row * behind + j]).sum();
                    let own = layer.activation_adjoints[row * units + unit];
                    assert!(close(back, own, 1e-10), "{what}: layer {k}, row {row}, unit {unit}");
                }
            }
        }
        // Some rows are a batch of their own.
        let one = LossSpec { rows: Some(Arc::new(vec![7, 3])), ..spec.clone() };
        let pair = trace(&one, &weights).unwrap();
        let width = architecture.inputs;
        assert_eq!(pair.inputs[width..], traced.inputs[3 * width..4 * width], "{what}");
        let outputs = architecture.outputs();
        assert_eq!(pair.targets[outputs..], traced.targets[3 * outputs..4 * outputs], "{what}");
    }
    let (spec, weights) = cases().swap_remove(0);
    assert!(matches!(trace(&spec, &weights[1..]), Err(TrainingError::Weights { .. })));
    let none = LossSpec { rows: Some(Arc::new(vec![40])), ..spec };
    assert!(matches!(trace(&none, &weights), Err(TrainingError::NoRows)));
}

#[test]
fn quotients_come_near_the_derivative_and_then_go_away_again() {
    for (spec, weights) in cases().into_iter().filter(|(spec, _)| !matches!(spec.loss, Loss::Mae | Loss::Hinge)) {
        let what = format!("{}", spec.loss);
        let mut loss = spec.open().unwrap();
        let index = weights.len() / 2;
        let found = naive(&mut loss, &weights, index, &STEPS).unwrap();
        let errors: Vec<f64> = found.quotients.iter().map(|q| q.forward_error(found.exact)).collect();
        let best = errors.iter().copied().fold(f64::INFINITY, f64::min);
        assert!(best < 1e-6 && errors[0] > 10.0 * best && errors[11] > 10.0 * best, "{what}: {errors:?}");
        let central = found.quotients[4].central_error(found.exact);
        assert!(central < 1e-9, "{what}: {central}");
        assert_eq!((found.passes, found.central_passes), (weights.len() + 1, 2 * weights.len()));
        assert_eq!((found.weight, found.loss), (weights[index], loss.value(&weights)));
        assert!(naive(&mut loss, &weights, weights.len(), &STEPS).is_none());
    }
}

#[test]
fn a_step_in_numbers_is_the_step_of_the_training() {
    let (spec, weights) = cases().swap_remove(0);
    let mut tried = 0;
    for optimizer in optim::catalogue().iter().filter(|optimizer| optimizer.line_count() > 0) {
        let recipe =
            Recipe { penalty: spec.penalty, batch: Batch { size: 10, seed: 1 }, ..Recipe::new(spec.loss, optimizer) };
        let Ok(mut training) = Training::new(&spec.architecture, &weights, spec.data.clone(), &recipe, Precision::F64)
        else {
            continue;
        };
        tried += 1;
        (0..3).for_each(|_| _ = training.step());
        let mut before = Vec::new();
        training.weights(&mut before);
        let states = training.states();
        let batch = recipe.batch.rows(spec.data.rows(), 3);
        let own = LossSpec { rows: Some(Arc::new(batch)), ..spec.clone() };
        let traced = trace(&own, &before).unwrap();
        let step = training.step();
        let (mut after, id) = (Vec::new(), &optimizer.id);
        training.weights(&mut after);
        assert!(close(step.loss, traced.loss, 1e-10), "{id}: {} and {}", step.loss, traced.loss);
        let told = Told {
            weights: &before,
            gradient: &traced.gradient,
            loss: traced.loss,
            states: &states,
            rate: step.rate,
            momentum: None,
            t: 4,
        };
        for index in [0, 5, before.len() - 1] {
            let worked = weight_step(optimizer, &recipe.settings, &told, index).unwrap().unwrap();
            assert!(close(worked.after, after[index], 1e-9), "{id}: {} and {}", worked.after, after[index]);
            assert_eq!((worked.before, worked.gradient), (before[index], traced.gradient[index]), "{id}");
            assert_eq!(worked.lines.len(), optimizer.line_count(), "{id}");
            assert_eq!(worked.states.len(), states.len(), "{id}");
            let later = training.states();
            for state in &worked.states {
                let (_, values) = later.iter().find(|(name, _)| *name == state.name).unwrap();
                let value = values[if state.own { index } else { 0 }];
                assert!(close(state.after, value, 1e-9), "{id}: state {}", state.name);
            }
            let lines = explain::worked_weight(optimizer, &worked);
            assert_eq!(lines.len(), worked.lines.len(), "{id}");
            let last = lines.iter().rfind(|line| line.name == "w").unwrap();
            assert_eq!(last.value, [worked.after], "{id}");
        }
        assert_eq!(weight_step(optimizer, &recipe.settings, &told, before.len()), Ok(None), "{id}");
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn the_numbers_of_a_step_are_in_its_lines() {
    let rule = "param momentum = 0.9\nv = momentum*v - lr*g\nw = w + v\nlength = norm(w)";
    let sgd = &optim::OptimizerSpec::from_rule(rule).unwrap();
    let states = [("v".to_owned(), vec![0.5, -1.0])];
    let told = Told {
        weights: &[1.0, 2.0],
        gradient: &[0.25, 4.0],
        loss: 3.0,
        states: &states,
        rate: 0.1,
        momentum: None,
        t: 2,
    };
    let step = weight_step(sgd, &[0.1, 0.9], &told, 1).unwrap().unwrap();
    let lines = explain::worked_weight(sgd, &step);
    let text: Vec<&str> = lines.iter().map(|line| line.plugged.as_str()).collect();
    // A sum over all weights has no numbers of one weight in it.
    assert_eq!(text, ["0.9·(−1.000) − 0.1·4.000", "2.000 + (−1.300)", ""], "{lines:?}");
    let next = [1.0 + 0.9 * 0.5 - 0.1 * 0.25, step.after];
    assert!((step.lines[2].value[0] - norm(&next)).abs() < 1e-12);
    assert!((step.after - 0.7).abs() < 1e-12 && (step.states[0].after + 1.3).abs() < 1e-12);
}

#[test]
fn random_planes_are_as_long_as_the_neurons() {
    let (spec, weights) = cases().swap_remove(0);
    let architecture = &spec.architecture;
    let plane = Plane::random(architecture, &weights, 5).unwrap();
    assert_eq!(plane, Plane::random(architecture, &weights, 5).unwrap());
    assert_ne!(plane, Plane::random(architecture, &weights, 6).unwrap());
    for axis in &plane.axes {
        for layer in 0..architecture.layers.len() {
            assert!(axis[architecture.bias(layer)].iter().all(|&d| d == 0.0));
            let inputs = architecture.inputs_of(layer);
            let of =
                |all: &[f64]| -> Vec<f64> { all[architecture.weight(layer)].chunks_exact(inputs).map(norm).collect() };
            all_close(&of(axis), &of(&weights), 1e-12, "lengths of neurons");
        }
    }
    let mut there = Vec::new();
    plane.weights([0.3, -1.7], &mut there);
    all_close(&plane.project(&there), &[0.3, -1.7], 1e-10, "a place of the plane");
    let broken: Vec<f64> = weights.iter().map(|_| f64::NAN).collect();
    assert_eq!(Plane::random(architecture, &broken, 0), Err(PlaneError::NotFinite));
}

#[test]
fn a_path_finds_its_plane() {
    // An ellipse in a tilted plane of ten dimensions, and a little of a third direction.
    let unit =
        |k: usize| -> Vec<f64> { (0..10).map(|j| f64::from(u8::from(j == k || j == k + 1)) / 2f64.sqrt()).collect() };
    let (first, second, third) = (unit(0), unit(4), unit(7));
    let point = |t: f64| -> Vec<f64> {
        let (a, b, c) = (3.0 * t.cos(), t.sin(), 0.01 * (7.0 * t).cos());
        (0..10).map(|k| 1.0 + a * first[k] + b * second[k] + c * third[k]).collect()
    };
    for count in [24, 1000] {
        let path: Vec<Vec<f64>> =
            (0..count).map(|k| point(std::f64::consts::TAU * f64::from(k) / f64::from(count))).collect();
        let origin = &path[path.len() - 1];
        let plane = Plane::of_path(&path, origin).unwrap();
        let [a, b] = plane.variance.unwrap();
        assert!((a - 0.9).abs() < 0.01 && (b - 0.1).abs() < 0.01 && a + b > 0.9999 && a + b < 1.0, "{a} {b}");
        assert!((dot(&plane.axes[0], &first).abs() - 1.0).abs() < 1e-3);
        assert!((dot(&plane.axes[1], &second).abs() - 1.0).abs() < 1e-3);
        assert!(dot(&plane.axes[0], &plane.axes[1]).abs() < 1e-9 && (norm(&plane.axes[0]) - 1.0).abs() < 1e-12);
        all_close(&plane.project(origin), &[0.0, 0.0], 1e-12, "the origin");
    }
    let path: Vec<Vec<f64>> = (0..24).map(|k| point(f64::from(k))).collect();
    let plane = Plane::of_path(&path, &path[23]).unwrap();
    let shown = SliceSpec::around(plane.clone(), &path, [9, 9]);
    for weights in &path {
        let at = plane.project(weights);
        assert!((0..2).all(|k| shown.range[k][0] < at[k] && at[k] < shown.range[k][1]), "{at:?} in {:?}", shown.range);
    }
    assert_eq!(SliceSpec::around(plane, &[], [9, 9]).range, [[-1.0, 1.0]; 2]);
    let straight: Vec<Vec<f64>> = (0..5).map(|k| vec![f64::from(k), 2.0 * f64::from(k)]).collect();
    assert_eq!(Plane::of_path(&straight, &straight[0]), Err(PlaneError::Path { found: 2 }));
    let still = vec![vec![1.0, 2.0]; 5];
    assert_eq!(Plane::of_path(&still, &still[0]), Err(PlaneError::Path { found: 1 }));
    assert_eq!(Plane::of_path(&[], &[1.0]), Err(PlaneError::Path { found: 0 }));
    let lost = [vec![0.0, 1.0], vec![f64::INFINITY, 0.0], vec![1.0, 1.0]];
    assert_eq!(Plane::of_path(&lost, &[0.0, 0.0]), Err(PlaneError::NotFinite));
}

#[test]
fn slices_are_the_loss_at_their_places() {
    let two = |work: &(dyn Fn() + Sync)| {
        std::thread::scope(|scope| {
            scope.spawn(work);
            work();
        })
    };
    for (spec, weights) in cases() {
        let what = format!("{} {:?}", spec.loss, spec.architecture);
        let plane = Plane::random(&spec.architecture, &weights, 1).unwrap();
        let places = SliceSpec { plane: plane.clone(), range: [[-1.0, 1.0], [-0.5, 2.0]], size: [5, 4] };
        let rows_done = AtomicUsize::new(0);
        let count = |_: usize| {
            rows_done.fetch_add(1, Ordering::Relaxed);
            true
        };
        let slice = draw_slice(&spec, &places, &two, &count).unwrap().unwrap();
        assert_eq!((slice.width, slice.values.len(), rows_done.into_inner()), (5, 20, 4), "{what}");
        assert_eq!(draw_slice(&spec, &places, &alone, &|_| true).unwrap(), Some(slice.clone()), "{what}");
        assert_eq!(draw_slice(&spec, &places, &alone, &|done| done < 2).unwrap(), None, "{what}: given up");

        // The same as an objective, with derivatives along the plane.
        let objective = Arc::new(SliceObjective::new(&spec, plane.clone()).unwrap());
        let mut evaluator = Evaluator::new(objective.clone());
        let mut loss = spec.open().unwrap();
        let (mut there, mut gradient) = (Vec::new(), Vec::new());
        for row in 0..4 {
            for place in 0..5 {
                let at = [places.coordinate(0, place), places.coordinate(1, row)];
                plane.weights(at, &mut there);
                let value = slice.values[row * 5 + place];
                assert_eq!(value, loss.value(&there), "{what}");
                let (mut slope, mut hessian) = ([0.0; 2], [0.0; 4]);
                assert!(close(evaluator.hessian(&at, &mut slope, &mut hessian), value, 1e-10), "{what}");
                loss.gradient(&there, &mut gradient);
                let mut curved = Vec::new();
                for (k, axis) in plane.axes.iter().enumerate() {
                    assert!(close(slope[k], dot(axis, &gradient), 1e-8), "{what}");
                    loss.product(&there, axis, &mut curved);
                    for (j, other) in plane.axes.iter().enumerate() {
                        assert!(close(hessian[2 * k + j], dot(other, &curved), 1e-7), "{what}");
                    }
                }
                // The form that plans of many points take, with all rows in it.
                let mut graph = downhill::autodiff::Graph::new();
                let w = [graph.input(), graph.input()];
                let node = objective.build(&mut graph, &w);
                let plan = downhill::autodiff::Plan::<f64>::compile(&graph, &w, &[], &[node]);
                let mut out = [0.0];
                plan.run_point(&mut plan.workspace(), &at, &[], &mut out);
                assert!(close(out[0], value, 1e-10), "{what}: {} and {value}", out[0]);
            }
        }
        // A mini-batch is a choice of the net's rows.
        let mut slope = [0.0; 2];
        let part = evaluator.batch_gradient(&[0.0, 0.0], &[4, 9], &mut slope);
        let pair = LossSpec { rows: Some(Arc::new(vec![4, 9])), ..spec.clone() };
        assert!(close(part, pair.open().unwrap().value(&weights), 1e-10), "{what}");
        assert_eq!(evaluator.rows(), 40);
    }
    let (spec, weights) = cases().swap_remove(0);
    let plane = Plane::random(&spec.architecture, &weights, 1).unwrap();
    let short = Plane { origin: weights[1..].to_vec(), ..plane };
    let places = SliceSpec { plane: short.clone(), range: [[0.0, 1.0]; 2], size: [2, 2] };
    assert!(matches!(draw_slice(&spec, &places, &alone, &|_| true), Err(TrainingError::Weights { .. })));
    assert!(matches!(SliceObjective::new(&spec, short), Err(SliceError::Loss(TrainingError::Weights { .. }))));
    let large = LossSpec { architecture: net(2, &[(2000, Activation::Relu), (1, Activation::Linear)]), ..spec };
    let weights = Initializer::default().parameters(&large.architecture, 0);
    let plane = Plane::random(&large.architecture, &weights, 1).unwrap();
    assert!(matches!(SliceObjective::new(&large, plane), Err(SliceError::TooLarge { found: 8001, .. })));
}

/// A slice of a small trained net, as the laboratory of nets hands it over.
fn slice_of_a_net() -> NetSlice {
    let (spec, weights) = cases().swap_remove(0);
    let plane = Plane::random(&spec.architecture, &weights, 4).unwrap();
    NetSlice {
        name: "Step 12".to_owned(),
        layers: spec.architecture.layers,
        loss: spec.loss,
        penalty: spec.penalty,
        data: spec.data,
        plane: Arc::new(plane),
        range: [[-1.0, 1.0], [-2.0, 1.0]],
        start: [0.5, -1.5],
    }
}

#[test]
fn a_slice_is_descended_like_a_surface() {
    let slice = slice_of_a_net();
    let mut session = Session::on("himmelblau", "adam").unwrap();
    session.apply(Command::SetBatch(Batch { size: 4, seed: 1 })).unwrap();
    session.apply(Command::ChooseSlice(Box::new(slice.clone()))).unwrap();
    session.apply(Command::AddRacer("torch/sgd".to_owned())).unwrap();
    session.apply(Command::Seek(1e9)).unwrap();
    assert_eq!(session.document().batch.size, 0, "all rows, unless somebody says otherwise");
    assert_eq!(session.surface().domain, slice.range);
    let mut loss = LossSpec {
        architecture: Architecture { inputs: slice.data.inputs(), layers: slice.layers.clone() },
        loss: slice.loss,
        penalty: slice.penalty,
        data: slice.data.clone(),
        rows: None,
        precision: Precision::F64,
    }
    .open()
    .unwrap();
    let mut there = Vec::new();
    for (racer, run) in session.runs() {
        let (first, last) = (run.row(0), run.row(run.last_step()));
        assert_eq!(first.w, slice.start);
        assert!(last.loss < 0.9 * first.loss, "racer {racer:?}: {} after {}", last.loss, first.loss);
        slice.plane.weights([last.w[0], last.w[1]], &mut there);
        assert!(close(last.loss, loss.value(&there), 1e-9), "the loss of the net itself");
    }
    // Saved and read it is the same, bit by bit.
    let text = scenario::write(session.document());
    let read = scenario::read(&text).unwrap();
    assert_eq!(&read, session.document());

    // A figure says what it shows, as text and as LaTeX.
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("slice.toml"), &text).unwrap();
    let output = run(&format!("figure {} --size 300x240 --view loss -o {}", path("slice.toml"), path("slice.svg")));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let svg = std::fs::read_to_string(path("slice.svg")).unwrap();
    assert!(svg.contains("L(w + a·d₁ + b·d₂)") && !svg.contains("NaN"));

    let broken = |change: fn(&mut NetSlice)| {
        let mut slice = slice_of_a_net();
        change(&mut slice);
        let mut session = Session::on("himmelblau", "adam").unwrap();
        let before = session.document().clone();
        let refusal = session.apply(Command::ChooseSlice(Box::new(slice))).unwrap_err();
        assert_eq!(session.document(), &before, "nothing is changed");
        assert!(Lang::ALL.iter().all(|&lang| !explain::refusal(lang, &refusal).is_empty()));
        refusal
    };
    let not_finite = Refusal::Slice(SliceProblem::NotFinite);
    assert_eq!(broken(|slice| slice.start[0] = f64::NAN), not_finite);
    assert_eq!(broken(|slice| slice.range[1] = [1.0, 1.0]), not_finite);
    assert_eq!(broken(|slice| Arc::make_mut(&mut slice.plane).origin[3] = f64::INFINITY), not_finite);
    assert!(matches!(broken(|slice| slice.layers.truncate(1)), Refusal::Slice(SliceProblem::Net(_))));
    for (from, to, want) in [
        ("loss = \"bce_with_logits\"", "loss = \"bces\"", "bce"),
        ("activation = \"tanh\"", "activation = \"tanhh\"", "tanh"),
        ("classes = [\"0\", \"1\"]", "classes = [\"0\"]", "row"),
    ] {
        assert!(text.contains(from), "{text}");
        let problem = scenario::read(&text.replace(from, to)).unwrap_err();
        let words = problem.message(Lang::En, &text).text;
        assert!(words.contains(want), "{words}");
    }
}

#[test]
fn sharpness_is_the_largest_eigenvalue_of_the_hessian() {
    for (spec, weights) in cases().into_iter().filter(|(spec, _)| spec.loss != Loss::Mae) {
        let what = format!("{} {:?}", spec.loss, spec.architecture);
        let mut loss = spec.open().unwrap();
        let n = weights.len();
        let mut hessian = Vec::with_capacity(n * n);
        let mut column = Vec::new();
        for k in 0..n {
            let axis: Vec<f64> = (0..n).map(|j| f64::from(u8::from(j == k))).collect();
            loss.product(&weights, &axis, &mut column);
            hessian.extend_from_slice(&column);
        }
        for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            assert!(close(hessian[i * n + j], hessian[j * n + i], 1e-9), "{what}: symmetric");
        }
        // Against differences of gradients.
        let (mut up, mut down, h) = (Vec::new(), Vec::new(), 1e-5);
        let moved = |by: f64| -> Vec<f64> {
            weights.iter().enumerate().map(|(k, w)| if k == 1 { w + by } else { *w }).collect()
        };
        loss.gradient(&moved(h), &mut up);
        loss.gradient(&moved(-h), &mut down);
        let difference: Vec<f64> = up.iter().zip(&down).map(|(a, b)| (a - b) / (2.0 * h)).collect();
        if !matches!(spec.loss, Loss::Hinge | Loss::Huber(_)) {
            all_close(&hessian[n..2 * n], &difference, 1e-7, &what);
        }
        let largest = eigen(n, &hessian).values[n - 1];
        let effort = Effort { tolerance: 1e-8, products: 400 };
        let mut seen = 0;
        let found = sharpness(&mut loss, &weights, None, effort, &mut |products, _| {
            seen = products;
            true
        });
        let found = found.unwrap();
        assert!(found.converged && close(found.value, largest, 1e-8), "{what}: {} and {largest}", found.value);
        assert_eq!(seen, found.products);
        loss.product(&weights, &found.direction, &mut column);
        let off: Vec<f64> = column.iter().zip(&found.direction).map(|(p, d)| p - found.value * d).collect();
        assert!(norm(&off) <= 1e-6 * (1.0 + largest.abs()), "{what}");
        // Begun where it is, it is found at once.
        let again = sharpness(&mut loss, &weights, Some(&found.direction), effort, &mut |_, _| true).unwrap();
        assert!(again.products <= 12 && close(again.value, largest, 1e-8), "{what}");
        assert!(sharpness(&mut loss, &weights, None, effort, &mut |_, _| false).is_none(), "{what}: given up");
    }
}

#[test]
fn plain_descent_leaves_where_the_sharpness_says() {
    // A quadratic: the mean square of a line's error. Just below 2/λ it goes down, just above it goes up.
    let spec = LossSpec {
        architecture: net(2, &[(1, Activation::Linear)]),
        loss: Loss::Mse,
        penalty: Penalty::default(),
        data: rows("plane", 60),
        rows: None,
        precision: Precision::F64,
    };
    let weights = vec![1.0, -2.0, 0.5];
    let mut loss = spec.open().unwrap();
    let edge = 2.0 / sharpness(&mut loss, &weights, None, Effort::default(), &mut |_, _| true).unwrap().value;
    for (share, falls) in [(0.98, true), (1.02, false)] {
        let mut w = weights.clone();
        let mut gradient = Vec::new();
        let first = loss.value(&w);
        for _ in 0..400 {
            loss.gradient(&w, &mut gradient);
            w.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= share * edge * g);
        }
        assert_eq!(loss.value(&w) < first, falls, "at {share} of the edge");
    }
}

#[test]
fn single_precision_and_pieces_agree_with_double() {
    let architecture = net(784, &[(20, Activation::Relu), (10, Activation::Linear)]);
    let weights = Initializer::default().parameters(&architecture, 1);
    let data = rows("digits", 3000);
    let spec = |precision| LossSpec {
        architecture: architecture.clone(),
        loss: Loss::SoftmaxCrossEntropy,
        penalty: Penalty { l1: 0.0, l2: 0.001 },
        data: data.clone(),
        rows: None,
        precision,
    };
    let (mut single, mut double) = (spec(Precision::F32).open().unwrap(), spec(Precision::F64).open().unwrap());
    let (mut a, mut b) = (Vec::new(), Vec::new());
    // More rows than one piece has.
    let value = double.gradient(&weights, &mut b);
    assert!(close(single.gradient(&weights, &mut a), value, 1e-5) && close(single.value(&weights), value, 1e-5));
    assert!(close(double.value(&weights), value, 1e-12));
    all_close(&a, &b, 1e-5, "gradients");
    let direction: Vec<f64> = weights.iter().map(|w| w * w).collect();
    single.product(&weights, &direction, &mut a);
    double.product(&weights, &direction, &mut b);
    all_close(&a, &b, 1e-4, "products");
}

#[test]
fn spreads_count_every_number_once() {
    let (spec, mut weights) = cases().swap_remove(0);
    let architecture = &spec.architecture;
    // A neuron that says the same for every row.
    weights[..2].fill(0.0);
    let traced = trace(&spec, &weights).unwrap();
    let mut forward = Forward::new(architecture, Precision::F64);
    let values = forward.layers(&weights, &traced.inputs).to_vec();
    let found = spread(architecture, &weights, &traced.gradient, &values, 16);
    for (k, layer) in found.layers.iter().enumerate() {
        let total = |histogram: &Histogram| histogram.counts.iter().sum::<u32>() as usize;
        assert_eq!(total(&layer.weights), architecture.weight(k).len());
        assert_eq!(total(&layer.gradients), architecture.weight(k).len());
        assert_eq!(total(&layer.activations), 40 * architecture.layers[k].units);
        let own = architecture.weight(k).start..architecture.bias(k).end;
        assert!(close(layer.gradient_norm, norm(&traced.gradient[own]), 1e-12));
        assert_eq!(layer.silent, usize::from(k == 0));
    }
    let odd = Histogram::new(&[1.0, 2.0, f64::NAN, 3.0, f64::INFINITY], 2);
    assert_eq!((odd.range, odd.counts, odd.broken, odd.mean), ([1.0, 3.0], vec![1, 2], 2, 2.0));
    assert_eq!(Histogram::new(&[4.0, 4.0], 3).counts, [0, 2, 0]);
    assert_eq!(Histogram::new(&[], 3).counts, [0, 0, 0]);
    assert_eq!(Histogram::within(&[-9.0, 0.5, 9.0], [0.0, 1.0], 2).counts, [1, 2]);
}

#[test]
fn confusions_are_counted_and_the_surest_errors_come_first() {
    let classes = |names: &[&str], labels: &[u32]| Dataset {
        features: Features { names: vec!["x".into()], values: Values::Numbers(vec![0.0; labels.len()]) },
        targets: Targets::Classes { names: names.iter().map(|&n| n.to_owned()).collect(), labels: labels.to_vec() },
    };
    let data = classes(&["a", "b", "c"], &[0, 1, 2, 0]);
    let outputs = [2.0, 0.0, 0.0, 1.0, 0.0, 0.0, 5.0, 0.0, 1.0, 0.0, 3.0, 0.0];
    let judged = judge(Loss::SoftmaxCrossEntropy, &data, &outputs).unwrap();
    assert_eq!(judged.told, [0, 0, 0, 1]);
    let Confusion { counts, .. } = &judged.confusion;
    assert_eq!(counts, &[1, 1, 0, 1, 0, 0, 1, 0, 0]);
    assert_eq!((judged.confusion.count(2, 0), judged.confusion.count(0, 0)), (1, 1));
    let wrong: Vec<(u32, u32, u32)> = judged.wrong.iter().map(|w| (w.row, w.right, w.told)).collect();
    assert_eq!(wrong, [(2, 2, 0), (3, 0, 1), (1, 1, 0)]);
    assert!(judged.wrong.windows(2).all(|pair| pair[0].sure >= pair[1].sure));
    let two = judge(Loss::BceWithLogits, &classes(&["0", "1"], &[0, 1, 1]), &[-1.0, -2.0, 3.0]).unwrap();
    assert_eq!((two.told, two.wrong[0].row), (vec![0, 0, 1], 1));
    assert!(judge(Loss::Mse, &data, &outputs[1..]).is_none());
    let numbers = Dataset { targets: Targets::Numbers { cols: 1, values: vec![0.0; 4] }, ..data };
    assert!(judge(Loss::Mse, &numbers, &[0.0; 4]).is_none());
}
