//! Nets against PyTorch (`tests/data/nets`, torch 2.15.0): outputs, gradients, losses over the epochs, final weights, in both
//! precisions; and what a training promises besides: replays, dropped neurons, shuffled batches, sentences for what is wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use downhill::nn::{
    Activation, Architecture, Broken, Dataset, Features, Forward, Initializer, Layer, Loss, Penalty, Precision, Recipe,
    Targets, Training, TrainingError, Values, from_safetensors,
};
use downhill::objective::Batch;
use downhill::optim::{OptimizerSpec, catalogue, find};
use downhill::schedule::Schedule;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nets")
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().map(|x| x.as_f64().unwrap()).collect()
}

/// A net of the reference data.
struct Case {
    folder: PathBuf,
    about: Value,
    net: Architecture,
    data: Arc<Dataset>,
    loss: Loss,
    penalty: Penalty,
    init: Vec<f64>,
}

impl Case {
    fn read(id: &str) -> Self {
        let folder = folder().join(id);
        let about = json(&folder.join("net.json"));
        let sizes: Vec<usize> = numbers(&about["layer_sizes"]).into_iter().map(|x| x as usize).collect();
        let parameter = about["activation_parameter"].as_f64();
        let activation = |name: &Value| {
            let found: Activation = name.as_str().unwrap().parse().unwrap();
            parameter.map_or(found, |parameter| found.with_number(parameter))
        };
        let names = about["activations"].as_array().unwrap();
        let layers = sizes[1..].iter().zip(names).map(|(&units, name)| Layer { units, activation: activation(name) });
        let net = Architecture { inputs: sizes[0], layers: layers.collect() };
        let loss: Loss = about["loss"].as_str().unwrap().parse().unwrap();
        let loss = about["huber_delta"].as_f64().map_or(loss, |delta| loss.with_number(delta));
        let penalty = Penalty { l1: about["l1"].as_f64().unwrap(), l2: about["l2"].as_f64().unwrap() };
        let data = Arc::new(table(&std::fs::read_to_string(folder.join("data.csv")).unwrap(), loss));
        let init = from_safetensors(&net, &std::fs::read(folder.join("init.safetensors")).unwrap()).unwrap();
        Self { folder, about, net, data, loss, penalty, init }
    }

    fn tensors(&self, file: &str) -> Vec<f64> {
        from_safetensors(&self.net, &std::fs::read(self.folder.join(file)).unwrap()).unwrap()
    }

    fn recipe(&self, run: &Value) -> Recipe {
        let name = run["optimizer"].as_str().unwrap();
        let spec = find(if name == "momentum" { "torch/sgd" } else { name }).unwrap();
        let mut recipe = Recipe::new(self.loss, spec);
        for (name, value) in run["hyperparameters"].as_object().unwrap() {
            let pairs = match name.as_str() {
                "betas" => vec![("beta1", &value[0]), ("beta2", &value[1])],
                name => vec![(name, value)],
            };
            for (name, value) in pairs {
                spec.set(&mut recipe.settings, name, &value.to_string()).unwrap();
            }
        }
        recipe.penalty = self.penalty;
        recipe.shuffle = false;
        let mini = self.about["mini_batch"].as_u64().unwrap() as usize;
        recipe.batch.size = if run["batch"] == "mini" { mini } else { 0 };
        recipe
    }

    fn training(&self, recipe: &Recipe, precision: Precision) -> Training {
        Training::new(&self.net, &self.init, self.data.clone(), recipe, precision).unwrap()
    }
}

/// The rows of a table: columns `x…`, then targets.
fn table(text: &str, loss: Loss) -> Dataset {
    let mut lines = text.lines();
    let names: Vec<String> =
        lines.next().unwrap().split(',').filter(|name| name.starts_with('x')).map(str::to_owned).collect();
    let rows: Vec<Vec<f64>> = lines.map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let inputs = names.len();
    let targets: Vec<f64> = rows.iter().flat_map(|row| &row[inputs..]).copied().collect();
    let values = Values::Numbers(rows.iter().flat_map(|row| &row[..inputs]).copied().collect());
    let targets = if loss == Loss::SoftmaxCrossEntropy {
        let labels: Vec<u32> = targets.iter().map(|&x| x as u32).collect();
        let count = labels.iter().max().unwrap() + 1;
        Targets::Classes { names: (0..count).map(|k| k.to_string()).collect(), labels }
    } else {
        Targets::Numbers { cols: rows[0].len() - inputs, values: targets }
    };
    Dataset { features: Features { names, values }, targets }
}

/// What is farther off than the tolerance, relative to at least 1.
struct Check {
    case: String,
    failures: Vec<String>,
}

impl Check {
    fn same(&mut self, what: &str, got: &[f64], want: &[f64], tolerance: f64) {
        if got.len() != want.len() {
            self.failures.push(format!("{} {what}: {} numbers in place of {}", self.case, got.len(), want.len()));
        }
        let off = |(got, want): (&f64, &f64)| (got - want).abs() / want.abs().max(1.0);
        let worst = got.iter().zip(want).map(off).fold(0.0, |a: f64, b| if b > a || b.is_nan() { b } else { a });
        if worst.is_nan() || worst > tolerance {
            self.failures.push(format!("{} {what}: off by {worst:e}, {tolerance:e} is allowed", self.case));
        }
    }
}

fn ids() -> Vec<String> {
    let index = json(&folder().join("index.json"));
    index["nets"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_reference_net_trains_as_in_pytorch() {
    let mut failures = Vec::new();
    let mut runs = 0;
    for id in ids() {
        let case = Case::read(&id);
        let mut check = Check { case: id.clone(), failures: Vec::new() };
        for (name, precision) in [("f64", Precision::F64), ("f32", Precision::F32)] {
            let mut training = case.training(&case.recipe(&case.about["runs"][0]), precision);
            let tolerance = case.about["tol_gradient"][name].as_f64().unwrap();
            let want = case.tensors(&format!("grad_{name}.safetensors"));
            check.same(&format!("gradient {name}"), &training.gradient(), &want, tolerance);
        }
        let first: Vec<f64> = case.about["outputs_first_rows"].as_array().unwrap().iter().flat_map(numbers).collect();
        let Values::Numbers(inputs) = &case.data.features.values else { panic!("numbers") };
        let rows = first.len() / case.net.outputs();
        let mut forward = Forward::new(&case.net, Precision::F64);
        let inputs = &inputs[..rows * case.net.inputs];
        check.same("outputs", forward.outputs(&case.init, inputs), &first, 1e-12);
        check.same("last layer", &forward.layers(&case.init, inputs).last().unwrap().activations, &first, 1e-12);

        for run in case.about["runs"].as_array().unwrap() {
            runs += 1;
            let name = run["final"].as_str().unwrap();
            let precision: Precision = run["dtype"].as_str().unwrap().parse().unwrap();
            let mut training = case.training(&case.recipe(run), precision);
            let epochs = run["check_epochs"].as_u64().unwrap() as usize;
            let (mut losses, mut data_losses, mut batches) = (Vec::new(), Vec::new(), Vec::new());
            for epoch in 0..=epochs {
                let measure = training.measure(&case.data);
                losses.push(measure.loss);
                data_losses.push(measure.data_loss);
                while epoch < epochs && training.place().epoch == epoch {
                    let step = training.step();
                    if epoch == 0 {
                        batches.push(step.loss);
                    }
                }
            }
            let tolerance = run["tol_loss"].as_f64().unwrap();
            check.same(&format!("{name} losses"), &losses, &numbers(&run["loss"])[..=epochs], tolerance);
            check.same(&format!("{name} batches"), &batches, &numbers(&run["batch_loss_first_epoch"]), tolerance);
            if let Some(want) = run.get("data_loss") {
                check.same(&format!("{name} data losses"), &data_losses, &numbers(want)[..=epochs], tolerance);
            }
            if let Some(tolerance) = run["tol_weights"].as_f64() {
                let mut weights = Vec::new();
                training.weights(&mut weights);
                check.same(&format!("{name} weights"), &weights, &case.tensors(name), tolerance);
            }
        }
        failures.extend(check.failures);
    }
    assert!(failures.is_empty(), "{} of {runs} runs:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(runs, 240);
}

/// Two classes on a ring and in its middle.
fn rings(rows: usize) -> Arc<Dataset> {
    let angle = |k: usize| k as f64 * 2.399_963;
    let radius = |k: usize| if k.is_multiple_of(2) { 0.4 } else { 1.2 };
    let point =
        |k: usize| [radius(k) * downhill::num::elem::cos(angle(k)), radius(k) * downhill::num::elem::sin(angle(k))];
    Arc::new(Dataset {
        features: Features {
            names: vec!["x1".to_owned(), "x2".to_owned()],
            values: Values::Numbers((0..rows).flat_map(point).collect()),
        },
        targets: Targets::Classes {
            names: vec!["inner".to_owned(), "outer".to_owned()],
            labels: (0..rows).map(|k| (k % 2) as u32).collect(),
        },
    })
}

fn net(inputs: usize, hidden: &[usize], activation: Activation, outputs: usize) -> Architecture {
    let mut layers: Vec<Layer> = hidden.iter().map(|&units| Layer { units, activation }).collect();
    layers.push(Layer { units: outputs, activation: Activation::Linear });
    Architecture { inputs, layers }
}

fn recipe(loss: Loss, optimizer: &str, lr: f64, batch: usize) -> Recipe {
    let mut recipe = Recipe::new(loss, find(optimizer).unwrap());
    recipe.settings[0] = lr;
    recipe.batch = Batch { size: batch, seed: 7 };
    recipe
}

/// A training of the rings that has made no step.
fn ring_training(recipe: &Recipe, precision: Precision) -> (Arc<Dataset>, Training) {
    let data = rings(53);
    let net = net(2, &[6, 5], Activation::Tanh, 1);
    let weights = Initializer::default().parameters(&net, 3);
    (data.clone(), Training::new(&net, &weights, data, recipe, precision).unwrap())
}

fn bits(training: &Training) -> Vec<u64> {
    let mut weights = Vec::new();
    training.weights(&mut weights);
    weights.into_iter().map(f64::to_bits).collect()
}

#[test]
fn going_on_from_a_checkpoint_repeats_every_bit() {
    for id in ["torch/adam", "optax/novograd", "torch/nadam"] {
        for precision in [Precision::F32, Precision::F64] {
            let mut recipe = recipe(Loss::BceWithLogits, id, 0.01, 10);
            recipe.dropout = 0.3;
            recipe.schedule = Some(Schedule::parse("lr/(1+0.1*t)").unwrap());
            let (_, mut training) = ring_training(&recipe, precision);
            (0..17).for_each(|_| _ = training.step());
            let checkpoint = training.checkpoint();
            let first: Vec<_> = (0..20).map(|_| training.step()).collect();
            let end = bits(&training);
            training.restore(&checkpoint);
            let again: Vec<_> = (0..20).map(|_| training.step()).collect();
            assert_eq!(first, again, "{id}");
            assert_eq!(end, bits(&training), "{id}");
            let (_, mut other) = ring_training(&recipe, precision);
            (0..37).for_each(|_| _ = other.step());
            assert_eq!(end, bits(&other), "{id}: from the beginning");
        }
    }
}

#[test]
fn an_epoch_sees_every_row_once_and_in_another_order_than_the_last() {
    let mut recipe = recipe(Loss::BceWithLogits, "sgd", 0.1, 10);
    let (_, mut training) = ring_training(&recipe, Precision::F64);
    let epoch = |training: &mut Training| (0..6).map(|_| training.step()).collect::<Vec<_>>();
    let rows: Vec<usize> = epoch(&mut training).iter().map(|step| step.rows).collect();
    assert_eq!(rows, [10, 10, 10, 10, 10, 3]);
    let place = training.place();
    assert_eq!((place.step, place.epoch, place.batch, place.batches), (6, 1, 0, 6));
    // With a rate of 0 the mean over an epoch, each batch weighted by its rows, is the loss over all the data.
    recipe.settings[0] = 0.0;
    let (data, mut training) = ring_training(&recipe, Precision::F64);
    let whole = training.measure(&data).loss;
    let (first, second) = (epoch(&mut training), epoch(&mut training));
    for steps in [&first, &second] {
        let mean = steps.iter().map(|step| step.loss * step.rows as f64).sum::<f64>() / 53.0;
        assert!((mean - whole).abs() < 1e-14, "{mean} and {whole}");
    }
    assert_ne!(first, second, "the second epoch is dealt anew");
    // Another size begins another epoch.
    training.step();
    recipe.batch.size = 20;
    training.set_recipe(&recipe).unwrap();
    assert_eq!((training.place().epoch, training.place().batch, training.place().batches), (3, 0, 3));
}

#[test]
fn a_batch_in_parts_has_the_gradient_of_the_whole() {
    let recipe = recipe(Loss::BceWithLogits, "sgd", 0.1, 0);
    let (_, mut whole) = ring_training(&recipe, Precision::F64);
    let (_, mut parts) = ring_training(&recipe, Precision::F64);
    parts.set_parts(4);
    let (a, b) = (whole.gradient(), parts.gradient());
    assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-15));
    let crew = |work: &(dyn Fn() + Sync)| std::thread::scope(|scope| (0..3).for_each(|_| _ = scope.spawn(work)));
    let (_, mut threads) = ring_training(&recipe, Precision::F64);
    threads.set_parts(4);
    for _ in 0..10 {
        assert_eq!(parts.step(), threads.step_with(&crew), "the number of threads changes no bit");
    }
    assert_eq!(bits(&parts), bits(&threads));
    // From some size on the threads share the update too, but not that of a rule which sums over all parameters.
    for id in ["sgd", "adam", "optax/novograd"] {
        let net = net(2, &[200, 180], Activation::Relu, 1);
        let weights = Initializer::default().parameters(&net, 3);
        let make = || {
            let recipe = self::recipe(Loss::BceWithLogits, id, 0.01, 20);
            let mut training = Training::new(&net, &weights, rings(53), &recipe, Precision::F32).unwrap();
            training.set_parts(3);
            training
        };
        let (mut one, mut several) = (make(), make());
        for _ in 0..4 {
            assert_eq!(one.step(), several.step_with(&crew), "{id}");
        }
        assert_eq!(bits(&one), bits(&several), "{id}");
    }
}

#[test]
fn dropped_neurons_belong_to_the_step_and_are_none_when_it_is_measured() {
    let mut recipe = recipe(Loss::BceWithLogits, "sgd", 0.0, 0);
    let (data, mut plain) = ring_training(&recipe, Precision::F64);
    let loss = plain.step().loss;
    recipe.dropout = 0.5;
    let (_, mut training) = ring_training(&recipe, Precision::F64);
    assert_eq!(training.measure(&data), plain.measure(&data));
    assert_eq!(training.gradient(), plain.gradient());
    let losses: Vec<f64> = (0..400).map(|_| training.step().loss).collect();
    assert!(losses.windows(2).all(|pair| pair[0] != pair[1]), "other neurons at each step");
    assert!(losses.iter().all(|dropped| (dropped - loss).abs() < 0.5), "those that stay are raised");
    let gradient = plain.gradient();
    recipe.dropout = 0.0;
    training.set_recipe(&recipe).unwrap();
    assert_eq!(training.gradient(), gradient);
}

#[test]
fn every_rule_of_the_catalogue_and_a_typed_one_trains_a_net() {
    let typed =
        OptimizerSpec::from_rule("# mine\nparam decay = 0.9\nv = decay*v + g/(norm(g) + 1)\nw = w - lr*v").unwrap();
    let mut trained = 0;
    for spec in catalogue().iter().chain([&typed]) {
        let mut recipe = Recipe::new(Loss::BceWithLogits, spec);
        recipe.batch.size = 20;
        let data = rings(53);
        let net = net(2, &[6, 5], Activation::Tanh, 1);
        let weights = Initializer::default().parameters(&net, 3);
        let made = Training::new(&net, &weights, data.clone(), &recipe, Precision::F64);
        if spec.source().is_none() {
            assert!(matches!(made, Err(TrainingError::Native { id }) if id == spec.id));
            continue;
        }
        let mut training = made.unwrap_or_else(|error| panic!("{}: {error}", spec.id));
        let before = training.measure(&data).loss;
        (0..30).for_each(|_| _ = training.step());
        let after = training.measure(&data).loss;
        assert!(training.stopped().is_none() && after.is_finite() && after != before, "{}: {after}", spec.id);
        trained += 1;
    }
    assert!(trained > 40, "{trained}");
}

#[test]
fn it_stops_at_the_first_value_that_is_not_finite_and_can_be_rewound() {
    let mut recipe = recipe(Loss::Mse, "sgd", 1e6, 10);
    let data = rings(53);
    let net = net(2, &[6], Activation::Relu, 1);
    let weights = Initializer::default().parameters(&net, 3);
    let mut training = Training::new(&net, &weights, data.clone(), &recipe, Precision::F32).unwrap();
    let checkpoint = training.checkpoint();
    let steps = (0..200).take_while(|_| training.stopped().is_none() && training.step().rows > 0).count();
    let stop = training.stopped().unwrap();
    assert!(steps < 100 && !stop.value.is_finite() && stop.rate == 1e6);
    let stuck = (bits(&training), training.place());
    assert_eq!(training.step().rows, 0);
    assert_eq!((bits(&training), training.place()), stuck, "further steps do nothing");
    training.restore(&checkpoint);
    recipe.settings[0] = 0.01;
    training.set_recipe(&recipe).unwrap();
    (0..50).for_each(|_| _ = training.step());
    assert!(training.stopped().is_none() && training.measure(&data).loss < 1.0);
    // A weight that breaks while the loss does not: the sigmoid hides it.
    let net = Architecture {
        inputs: 2,
        layers: vec![
            Layer { units: 3, activation: Activation::Sigmoid },
            Layer { units: 1, activation: Activation::Linear },
        ],
    };
    recipe.settings[0] = f64::MAX;
    let weights = Initializer::default().parameters(&net, 3);
    let mut training = Training::new(&net, &weights, data, &recipe, Precision::F64).unwrap();
    while training.stopped().is_none() {
        training.step();
    }
    assert!(matches!(training.stopped().unwrap().what, Broken::Weight { .. } | Broken::Loss));
}

#[test]
fn initializers_have_the_spread_that_they_say() {
    let net = net(300, &[200], Activation::Relu, 100);
    let (fan_in, mean) = (300.0, 250.0);
    for (name, variance, limit) in [
        ("glorot_uniform", 1.0 / mean, Some((3.0_f64 / mean).sqrt())),
        ("glorot_normal", 1.0 / mean, Some(2.0 * (1.0_f64 / mean).sqrt() / 0.879_625_661)),
        ("he_uniform", 2.0 / fan_in, Some((6.0_f64 / fan_in).sqrt())),
        ("he_normal", 2.0 / fan_in, Some(2.0 * (2.0_f64 / fan_in).sqrt() / 0.879_625_661)),
        ("lecun_uniform", 1.0 / fan_in, Some((3.0_f64 / fan_in).sqrt())),
        ("lecun_normal", 1.0 / fan_in, Some(2.0 * (1.0_f64 / fan_in).sqrt() / 0.879_625_661)),
        ("xavier_normal", 1.0 / mean, None),
        ("kaiming_normal", 2.0 / fan_in, None),
        ("torch", 1.0 / (3.0 * fan_in), Some((1.0_f64 / fan_in).sqrt())),
        ("uniform:0.1", 0.01 / 3.0, Some(0.1)),
        ("normal:0.2", 0.04, None),
        ("zeros", 0.0, Some(0.0)),
    ] {
        let initializer: Initializer = name.parse().unwrap();
        assert_eq!(initializer.to_string(), name);
        let all = initializer.parameters(&net, 5);
        let weights = &all[net.weight(0)];
        let found = weights.iter().map(|w| w * w).sum::<f64>() / weights.len() as f64;
        assert!((found - variance).abs() <= 0.02 * variance, "{name}: {found} and {variance}");
        let largest = weights.iter().fold(0.0_f64, |most, w| most.max(w.abs()));
        assert!(limit.is_none_or(|limit| largest <= limit && largest >= 0.98 * limit), "{name}: {largest}");
        let biases = &all[net.bias(0)];
        assert_eq!(biases.iter().any(|b| *b != 0.0), name == "torch", "{name}");
        assert_eq!(all, initializer.parameters(&net, 5));
        assert!(name == "zeros" || all != initializer.parameters(&net, 6), "{name}");
    }
}

#[test]
fn names_are_read_back_and_others_get_suggestions() {
    for activation in Activation::ALL {
        assert_eq!(activation.to_string().parse(), Ok(activation));
    }
    for loss in Loss::ALL {
        assert_eq!(loss.to_string().parse(), Ok(loss));
    }
    for name in Initializer::names() {
        assert_eq!(name.parse::<Initializer>().unwrap().name(), name);
    }
    assert_eq!("leaky_relu:0.2".parse(), Ok(Activation::LeakyRelu(0.2)));
    assert_eq!("huber:0.5".parse(), Ok(Loss::Huber(0.5)));
    assert_eq!("identity".parse(), Ok(Activation::Linear));
    let said = |text: &str| text.parse::<Activation>().unwrap_err();
    assert!(matches!(said("rellu"), downhill::nn::NameError::Unknown { suggestion: Some(name), .. } if name == "relu"));
    assert!(matches!(said("tanh:2"), downhill::nn::NameError::NoNumber { name: "tanh" }));
    assert!(matches!(said("elu:x"), downhill::nn::NameError::Number { name: "elu", .. }));
    assert!("huber:-1".parse::<Loss>().is_err() && "huber:0".parse::<Loss>().is_err());
}

/// Softmax as an activation, with logits that would overflow, and its derivative.
#[test]
fn a_softmax_has_rows_of_sum_one_and_the_gradient_of_differences() {
    let data = rings(53);
    let mut net = net(2, &[4], Activation::Softmax, 2);
    net.layers[1].activation = Activation::Softmax;
    let weights: Vec<f64> = Initializer::default().parameters(&net, 3).iter().map(|w| 3.0 * w).collect();
    let mut forward = Forward::new(&net, Precision::F64);
    let large: Vec<f64> = weights.iter().map(|w| 1e4 * w).collect();
    for weights in [&weights, &large] {
        for layer in forward.layers(weights, &[0.3, -0.9, 1.0, 2.0, -4.0, 0.1]) {
            for row in layer.activations.chunks(layer.activations.len() / 3) {
                assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-14, "{row:?}");
            }
        }
    }
    let recipe = recipe(Loss::Mse, "sgd", 0.1, 0);
    let mut training = Training::new(&net, &weights, data.clone(), &recipe, Precision::F64).unwrap();
    let gradient = training.gradient();
    for k in 0..weights.len() {
        let mut at = |h: f64| {
            let mut moved = weights.clone();
            moved[k] += h;
            training.set_weights(&moved);
            training.measure(&data).loss
        };
        let slope = (at(1e-6) - at(-1e-6)) / 2e-6;
        assert!((slope - gradient[k]).abs() < 1e-8, "{k}: {slope} and {}", gradient[k]);
    }
}
