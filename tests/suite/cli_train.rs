//! `downhill train` as a script meets it: the reference nets through files and options, what is wrong in sentences of both
//! languages, seeds, divergence, the files it leaves.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::{downhill, run, words};

fn nets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nets")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().map(|x| x.as_f64().unwrap()).collect()
}

/// The tensors of a file: name, shape and numbers.
fn tensors(path: &Path) -> Vec<(String, Vec<usize>, Vec<f64>)> {
    let bytes = std::fs::read(path).unwrap();
    let file = safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let mut found: Vec<_> = file
        .tensors()
        .into_iter()
        .map(|(name, tensor)| {
            let numbers = match tensor.dtype() {
                safetensors::Dtype::F32 => {
                    tensor.data().chunks_exact(4).map(|x| f32::from_le_bytes(x.try_into().unwrap()).into()).collect()
                }
                _ => tensor.data().chunks_exact(8).map(|x| f64::from_le_bytes(x.try_into().unwrap())).collect(),
            };
            (name, tensor.shape().to_vec(), numbers)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn assert_near(what: &str, got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len(), "{what}");
    for (k, (got, want)) in got.iter().zip(want).enumerate() {
        let off = (got - want).abs() / want.abs().max(1.0);
        assert!(off <= tolerance, "{what}, {k}: {got} is not {want}");
    }
}

fn assert_same_tensors(what: &str, got: &Path, want: &Path, tolerance: f64) {
    let (got, want) = (tensors(got), tensors(want));
    assert_eq!(got.len(), want.len(), "{what}");
    for ((name, shape, numbers), (wanted, wanted_shape, wanted_numbers)) in got.iter().zip(&want) {
        assert_eq!((name, shape), (wanted, wanted_shape), "{what}");
        assert_near(&format!("{what} {name}"), numbers, wanted_numbers, tolerance);
    }
}

/// Every reference net with its data, first weights and settings as options; the columns, the gradient and the weights.
#[test]
fn the_reference_nets_come_through_the_options() {
    let folder = tempfile::tempdir().unwrap();
    let (save, gradients) = (folder.path().join("w.safetensors"), folder.path().join("g.safetensors"));
    let index: Value = serde_json::from_str(&std::fs::read_to_string(nets().join("index.json")).unwrap()).unwrap();
    for id in index["nets"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()) {
        let own = nets().join(id);
        let about: Value = serde_json::from_str(&std::fs::read_to_string(own.join("net.json")).unwrap()).unwrap();
        let sizes = numbers(&about["layer_sizes"]);
        let hidden: Vec<String> = sizes[1..sizes.len() - 1].iter().map(f64::to_string).collect();
        let number = |name: &Value| {
            let parameter = about["activation_parameter"].as_f64().map_or(String::new(), |x| format!(":{x}"));
            let name = name.as_str().unwrap();
            if ["elu", "leaky_relu"].contains(&name) { format!("{name}{parameter}") } else { name.to_owned() }
        };
        let activations: Vec<String> = about["activations"].as_array().unwrap().iter().map(number).collect();
        let (output, activations) = activations.split_last().unwrap();
        let activations = if activations.is_empty() { "relu".to_owned() } else { activations.join(",") };
        let delta = about["huber_delta"].as_f64().map_or(String::new(), |x| format!(":{x}"));
        let loss = format!("{}{delta}", about["loss"].as_str().unwrap());
        let precision = if id.starts_with('s') { "f32" } else { "f64" };
        let wanted = |run: &&Value| {
            run["optimizer"] == "adam" && run["batch"] == "mini" && run["dtype"].as_str() == Some(precision)
        };
        let run = about["runs"].as_array().unwrap().iter().find(wanted).unwrap();
        let mut command = downhill();
        command.arg("train").args(["--data".into(), own.join("data.csv")]).args(["--layers", &hidden.join(",")]);
        command.args(["--activation", &activations, "--output-activation", output, "--loss", &loss]);
        command.args(["--optimizer", "adam", "--set", &format!("lr={}", run["hyperparameters"]["lr"])]);
        command.args(["--batch", "10", "--epochs", "50", "--no-shuffle", "--precision", precision]);
        command.args(["--l1", &about["l1"].to_string(), "--l2", &about["l2"].to_string()]);
        command.args(["--init".into(), own.join("init.safetensors")]);
        command.args([Path::new("--save"), &save, Path::new("--gradients"), &gradients]);
        let done = command.output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{id}: {}", text(&done.stderr));
        let said = text(&done.stdout);
        assert!(said.starts_with("epoch,loss"), "{id}: {said}");
        let losses: Vec<f64> = said.lines().skip(1).map(|l| l.split(',').nth(1).unwrap().parse().unwrap()).collect();
        assert_near(id, &losses, &numbers(&run["loss"]), run["tol_loss"].as_f64().unwrap());
        let tolerance = about["tol_gradient"][precision].as_f64().unwrap();
        assert_same_tensors(id, &gradients, &own.join(format!("grad_{precision}.safetensors")), tolerance);
        let tolerance = run["tol_weights"].as_f64().unwrap();
        assert_same_tensors(id, &save, &own.join(run["final"].as_str().unwrap()), tolerance);
    }
}

#[test]
fn good_options_are_answered() {
    let table: &[(&str, &[&str])] = &[
        ("train --data xor --layers 4 --epochs 0", &["epoch,loss,accuracy\n0,"]),
        (
            "train --data spiral --validation 0.25 --layers 8,4 --activation tanh,leaky_relu:0.2 --epochs 2 --batch 7",
            &["epoch,loss,accuracy,val_loss,val_accuracy\n0,", "\n2,"],
        ),
        (
            "train --data 'y = sin(x)' --layers 6 --activation tanh --loss huber:0.5 --epochs 1 --l2 1e-3 --dropout 0.2",
            &["epoch,loss\n0,"],
        ),
        (
            "train --data 'y = x^2' --layers 6 --epochs 1 --schedule cosine:steps=20 --optimizer optax/novograd",
            &["\n1,"],
        ),
        ("train --data multi_gauss --layers '' --epochs 1 --threads 2 --batch full --initializer zeros", &["\n1,"]),
    ];
    for (arguments, has) in table {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments}: {}", text(&output.stderr));
        let said = text(&output.stdout);
        assert!(has.iter().all(|part| said.contains(part)), "{arguments}: {said}");
    }
}

#[test]
fn what_is_wrong_is_said_in_both_languages_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let here = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(here("rule"), "w = w - lr*gg").unwrap();
    std::fs::write(here("none.safetensors"), "no").unwrap();
    std::fs::write(here("classes.csv"), "x1,y\n0,0\n1,1\n2,5.5\n").unwrap();
    let own = nets().join("relu-2-8-8-1-bce-circles");
    let init = own.join("init.safetensors").display().to_string();
    let table = [
        ("--data xor --layers 8,x".to_owned(), "--layers"),
        ("--data xor --layers 8,0".to_owned(), "--layers"),
        ("--data xor --layers 8,8 --activation tanh,relu,elu".to_owned(), "--activation"),
        ("--data xor --activation rellu".to_owned(), "relu"),
        ("--data xor --output-activation tanh:2".to_owned(), "tanh"),
        ("--data xor --loss hubber".to_owned(), "huber"),
        ("--data xor --loss huber:0".to_owned(), "huber"),
        ("--data xor --initializer he".to_owned(), "he_"),
        ("--data xor --precision f16".to_owned(), "f32"),
        ("--data xor --batch 0".to_owned(), "--batch"),
        ("--data xor --batch ful".to_owned(), "--batch"),
        ("--data xor --epochs -1".to_owned(), "--epochs"),
        ("--data xor --dropout 1".to_owned(), "1"),
        ("--data xor --l2 -1".to_owned(), "−1"),
        ("--data xor --validation 1".to_owned(), "1"),
        ("--data xor --optimizer newton".to_owned(), "newton"),
        ("--data xor --optimizer adam --optimizer sgd".to_owned(), "2"),
        ("--data xor --set beta=1".to_owned(), "--set"),
        ("--data xor --schedule nonsense".to_owned(), "schedule"),
        ("--data nothing_like_it".to_owned(), "nothing_like_it"),
        (format!("--data xor --rule '{}'", here("rule")), "gg"),
        (format!("--data xor --init '{}'", here("none.safetensors")), "none.safetensors"),
        (format!("--data xor --init '{}'", here("missing.safetensors")), "missing.safetensors"),
        (format!("--data xor --layers 8,7 --init '{init}'"), "layers.1.weight"),
        (format!("--data xor --layers 8,8,8 --init '{init}'"), "layers.2"),
        (format!("--data '{}' --loss softmax_cross_entropy", here("classes.csv")), "5.5"),
    ];
    for (arguments, has) in table {
        let mut said = Vec::new();
        for lang in ["en", "ko"] {
            let save = here("never.safetensors");
            let all = format!("train {arguments} --save '{save}' -o '{}' --lang {lang}", here("never.csv"));
            let output = downhill().args(words(&all)).output().unwrap();
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments}: {message}");
            assert!(message.contains(has), "{arguments}: {message}");
            assert!(!Path::new(&save).exists() && !Path::new(&here("never.csv")).exists());
            said.push(message);
        }
        assert_ne!(said[0], said[1], "{arguments}");
    }
}

#[test]
fn equal_seeds_give_equal_bytes() {
    let arguments = "train --data gauss --layers 5 --epochs 3 --dropout 0.2 --validation 0.2 --optimizer adam --seed";
    let bytes = |seed: u32| run(&format!("{arguments} {seed}")).stdout;
    assert_eq!(bytes(3), bytes(3));
    assert_ne!(bytes(3), bytes(4));
}

#[test]
fn a_run_that_diverges_is_done_says_so_and_saves_what_is_finite() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (save, model) = (path("w.safetensors"), path("m.json"));
    let arguments = format!(
        "train --data 'y = x^2' --layers 6 --epochs 50 --set lr=1e9 --format json --save '{}' --model '{}'",
        save.display(),
        model.display()
    );
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(0));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["stop"]["reason"], "nonfinite");
    let message = text(&output.stderr);
    assert!(message.contains("1.0000e9") || message.contains("1e9"), "{message}");
    let rows = answer["rows"].as_array().unwrap();
    assert!(rows.len() < 51 && rows[0]["loss"].is_number());
    assert_eq!(answer["layers"][0]["units"], 6);
    assert!(tensors(&save).iter().all(|(_, _, numbers)| numbers.iter().all(|x| x.is_finite())));
    let net: Value = serde_json::from_str(&std::fs::read_to_string(&model).unwrap()).unwrap();
    assert_eq!(net["layers"][0]["weight"].as_array().unwrap().len(), 6);
    assert_eq!(net["layers"][1]["activation"], "linear");
}
