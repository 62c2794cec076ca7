//! The command line as a script meets it: the built program with good and bad arguments. What it says on which stream,
//! with which exit code, and what it leaves on the disk.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program, in English, without a display.
pub fn downhill() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_downhill"));
    command.env("LC_ALL", "C").env_remove("LANGUAGE");
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    command
}

/// Runs it with arguments that are written as in a shell: blanks separate, single quotes keep together.
pub fn run(arguments: &str) -> Output {
    downhill().args(words(arguments)).output().unwrap()
}

pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The standard output of a command that must succeed.
fn said(arguments: &str) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn good_input_is_answered() {
    // (arguments, how standard output begins, what else it has)
    let table: &[(&str, &str, &[&str])] = &[
        (
            "run --formula x^2 --start -1 --steps 2 --set lr=0.25",
            "step,x,loss,grad_x,lr\n0,-1,1,-2,\n1,-0.5,0.25,-1,0.25\n2,-0.25,",
            &[],
        ),
        ("run --formula -x^2 --start -1 --steps 0", "step,x,loss,grad_x,lr\n0,-1,-1,2,\n", &[]),
        (
            "run --formula x^2 --dim 2 --start -.5,-1e-3 --steps 0",
            "step,x,y,loss,grad_x,grad_y,lr\n0,-0.5,-1e-3,0.25,-1,0,\n",
            &[],
        ),
        (
            "run --surface himmelblau --optimizer adam --optimizer keras/adam --start 1,1 --steps 1",
            "optimizer,step,x,y,loss,grad_x,grad_y,lr\ntorch/adam,0,1,1,",
            &["\ntorch/adam,1,", "\nkeras/adam,0,", "\nkeras/adam,1,"],
        ),
        (
            "run --formula x^2 --start 1 --steps 2 --schedule 'lr/(1+t)' --set lr=0.5",
            "step,x,loss,grad_x,lr\n0,1,1,2,\n1,0,0,0,0.5\n2,0,0,0,0.25\n",
            &[],
        ),
        ("run --formula ln(x) --start 1e-3 --steps 5 --set lr=1", "step,", &["nan"]),
        (
            "grad --formula (1-x)^2+100*(y-x^2)^2 --at 1,1 --at -1.2,1",
            "{\"value\":0,\"gradient\":[-0.0,0],\"hessian\":[[802,-400],[-400,200]],\"derivative\":[",
            &["24.199999999999996"],
        ),
        ("grad --formula 1/x --at 0", "{\"value\":\"inf\",", &["\"derivative\":[\"-1/x^2\"]"]),
        (
            "grad --formula -2 --at -1",
            "{\"value\":-2,\"gradient\":[0],\"hessian\":[[0]],\"derivative\":[\"0\"]}\n",
            &[],
        ),
        ("schedule torch/StepLR:step_size=2 --lr 0.5 --steps 5", "step,lr\n0,0.5\n1,0.5\n2,0.05\n3,0.05\n4,", &[]),
        (
            "schedule lr/(1+t) --steps 2 --format json",
            "{\"schedule\":\"lr/(1+t)\",\"rows\":[{\"step\":0,\"lr\":1},{\"step\":1,\"lr\":0.5}]}\n",
            &[],
        ),
        ("surfaces", "id ", &["himmelblau", "rosenbrock"]),
        ("surfaces himmelblau", "Himmelblau", &["(x^2 + y - 11)^2", "saddle", "∂f/∂x"]),
        ("--lang ko surfaces himmelblau", "", &["안장점"]),
        ("optimizers --format csv", "id,name,settings\n", &["torch/adam,", "lbfgs,"]),
        ("optimizers adam", "", &["torch/adam", "beta1", "Update rule", "sqrt"]),
        ("schedules StepLR", "", &["torch/StepLR", "gamma"]),
        ("check --formula 2x+sin(y)", "ok\n", &[]),
        ("completions bash", "", &["downhill", "screenshot"]),
        ("--version", "downhill ", &[env!("CARGO_PKG_VERSION")]),
        ("run --help", "", &["--optimizer", "--schedule"]),
    ];
    for (arguments, beginning, parts) in table {
        let said = said(arguments);
        assert!(said.starts_with(beginning), "{arguments}:\n{said}");
        for part in *parts {
            assert!(said.contains(part), "{arguments}: no {part:?} in\n{said}");
        }
    }
}

#[test]
fn wrong_input_is_refused_with_the_place_and_the_cure() {
    // (arguments, what standard error says)
    let table: &[(&str, &[&str])] = &[
        ("frobnicate", &["frobnicate"]),
        ("run --surface himmelblau --start 0,0 --steps 3 --stepz 4", &["--stepz", "--steps"]),
        ("run --start 0,0 --steps 3", &["--surface"]),
        ("run --surface himmelblau --formula x --start 0,0 --steps 3", &["cannot be used with"]),
        ("run --surface himelblau --start 0,0 --steps 3", &["himelblau", "himmelblau"]),
        ("run --surface himmelblau --optimizer torch/adm --start 0,0 --steps 3", &["torch/adm", "torch/adam"]),
        ("run --surface himmelblau --set bata=1 --start 0,0 --steps 3", &["--set", "bata"]),
        ("run --surface himmelblau --set lr --start 0,0 --steps 3", &["--set", "lr"]),
        ("run --surface himmelblau --set lr=fast --start 0,0 --steps 3", &["lr", "fast"]),
        ("run --surface himmelblau --set lr=nan --start 0,0 --steps 3", &["lr"]),
        ("run --surface himmelblau --start 0 --steps 3", &["--start", "two numbers"]),
        ("run --formula x^2 --start 0,0 --steps 3", &["--start", "one number"]),
        ("run --formula x^2 --start nan --steps 3", &["--start", "nan", "finite"]),
        ("run --formula x^2 --start -inf --steps 3", &["--start", "-inf", "finite"]),
        ("run --formula x^2 --start 1e999 --steps 3", &["--start", "finite"]),
        ("run --formula x^2 --start zero --steps 3", &["--start", "zero"]),
        ("run --formula x^2 --start 1 --steps 1e12", &["--steps", "1e12", "10000000"]),
        ("run --formula x^2 --start 1 --steps 1000000000000", &["--steps"]),
        ("run --formula x^2 --start 1 --steps -1", &["--steps", "-1"]),
        ("run --formula x^2 --start 1 --steps 1.5", &["--steps", "1.5"]),
        ("run --formula x^2 --start 1 --steps 3 --noise -1", &["noise"]),
        ("run --formula x^2 --start 1 --steps 3 --schedule cosin:steps=3", &["cosin", "`cosine`"]),
        ("run --formula x^2 --start 1 --steps 3 --schedule csv:nowhere.csv", &["nowhere.csv"]),
        ("run --formula x^2 --start 1 --steps 3 --rule nowhere.rule", &["nowhere.rule"]),
        (
            "grad --formula sine(x)+coss(x) --at 0",
            &["formula:1:1:", "'sine'", "'sin'", "^^^^", "formula:1:9:", "'cos'"],
        ),
        ("grad --formula x+ --at 0", &["formula:1:3:", "^"]),
        ("grad --formula y --dim 1 --at 0", &["formula:1:1:"]),
        ("grad --formula x --at 1,2", &["--at"]),
        ("schedule lr/(1+t --steps 3", &["schedule:1:", "^"]),
        ("schedule torch/StepLR --steps 3", &["step_size"]),
        ("schedule lr --steps 1e12", &["--steps"]),
        ("surfaces himelblau", &["himmelblau"]),
        ("optimizers adan", &["adam"]),
        ("schedules cosin", &["cosine"]),
        ("check --formula 2^", &["formula:1:3:", "^"]),
        ("screenshot", &["--output"]),
        ("screenshot -o x.png --size big", &["--size", "big"]),
        ("screenshot -o x.png --scale 0", &["--scale"]),
        ("screenshot -o x.png --size 60000x60000", &["60000x60000"]),
        ("screenshot -o x.png --step soon", &["--step", "soon", "end"]),
        ("screenshot -o x.png --step -1", &["--step", "-1"]),
        ("screenshot -o x.png --view curve", &["--view", "curve", "map, relief, both, basins, sweep"]),
        ("--lang fr surfaces", &["fr", "ko"]),
        ("--lang ko run --formula x^2 --start nan --steps 3", &["오류", "유한한"]),
    ];
    for (arguments, parts) in table {
        let folder = tempfile::tempdir().unwrap();
        let output = downhill().current_dir(&folder).args(words(arguments)).output().unwrap();
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {error}");
        assert!(output.stdout.is_empty(), "{arguments} wrote a result");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "{arguments} left a file");
        for part in *parts {
            assert!(error.contains(part), "{arguments}: no {part:?} in\n{error}");
        }
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("run.csv");
    let name = file.to_str().unwrap();
    let arguments = "run --surface rosenbrock --start -1.2,1 --steps 20";
    assert_eq!(said(&format!("{arguments} -o '{name}'")), "");
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written, said(arguments));

    let failed = run(&format!("run --surface rosenbrock --start nan,1 --steps 20 -o '{name}'"));
    assert_eq!(failed.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written, "the old file is untouched");

    let nowhere = run(&format!("{arguments} -o '{name}/x.csv'"));
    assert_eq!(nowhere.status.code(), Some(1), "a file that cannot be made is the machine's failure");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn a_run_as_json_says_the_same_as_csv_and_why_it_ended() {
    let arguments = "run --formula x^4 --start 3 --steps 50 --set lr=0.1";
    let json: Value = serde_json::from_str(&said(&format!("{arguments} --format json"))).unwrap();
    let csv = said(arguments);
    let mut lines = csv.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), lines.clone().count());
    for (row, line) in rows.iter().zip(lines) {
        for (column, cell) in columns.iter().zip(line.split(',')) {
            let value = match &row[*column] {
                Value::Null => String::new(),
                Value::String(word) => word.clone(),
                number => number.to_string(),
            };
            let same =
                value == cell || value.parse::<f64>().unwrap().to_bits() == cell.parse::<f64>().unwrap().to_bits();
            assert!(same, "{column}: {value} and {cell}");
        }
    }
    assert_eq!(json["stop"]["reason"], "nonfinite");
    assert_eq!(json["stop"]["step"], rows.len() as u64 - 1, "the row that is not finite is the last");
    assert!(rows.len() < 51 && rows[rows.len() - 1]["loss"].is_string());
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "a run that diverged is done");
    assert!(text(&output.stderr).contains(json["stop"]["text"].as_str().unwrap()), "and says so");

    let race = said("run --formula x^2 --start 3 --steps 2 --optimizer sgd --optimizer newton --format json");
    let race: Value = serde_json::from_str(&race).unwrap();
    assert_eq!(race[1]["optimizer"], "newton");
    assert_eq!(race[1]["rows"][1]["x"], 0);
}

#[test]
fn a_run_says_why_it_has_not_arrived() {
    for (arguments, said) in [
        (
            "--formula x^2 --optimizer rmsprop --set lr=0.1 --set alpha=0.5 --start 1.37 --steps 300",
            "it jumps back and forth along x by ",
        ),
        ("--formula tanh(x)^2 --optimizer sgd --set lr=0.1 --start 8 --steps 300", "it has come to level ground"),
        ("--formula x^2 --optimizer sgd --set lr=1e-5 --start 3 --steps 200", "the rate is small for this ground"),
    ] {
        let run = downhill().args(words(&format!("run {arguments} --format json"))).output().unwrap();
        let (error, json) = (text(&run.stderr), text(&run.stdout));
        assert!(error.contains(said), "{arguments}: {error}");
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["stop"]["reason"], "steps");
        assert!(json["stop"]["text"].as_str().is_some_and(|text| text.contains(said)), "{}", json["stop"]);
    }
    // One that is well on its way needs no word.
    let run =
        downhill().args(words("run --formula x^2 --optimizer sgd --set lr=0.1 --start 3 --steps 60")).output().unwrap();
    assert_eq!(text(&run.stderr), "");
}

#[test]
fn a_rule_from_a_file_descends_and_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("mine.rule", "param mu = 0.5\nv = mu*v - lr*g\nw = w + v\n");
    write("wrong.rule", "w = w - lr*g\nv = nu*v\n");
    let at = |name: &str, rest: &str| {
        downhill().current_dir(&folder).args(words(rest)).args(["--rule", name]).output().unwrap()
    };
    let output = at("mine.rule", "run --formula x^2 --start 1 --steps 2 --set lr=0.25 --set mu=0");
    assert_eq!(text(&output.stdout), "step,x,loss,grad_x,lr\n0,1,1,2,\n1,0.5,0.25,1,0.25\n2,0.25,0.0625,0.5,0.25\n");
    assert_eq!(text(&at("mine.rule", "check").stdout), "ok\n");
    let wrong = at("wrong.rule", "check");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("wrong.rule:2:5:"), "{}", text(&wrong.stderr));
}

#[test]
fn scenarios_are_checked_all_at_once() {
    let first = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/scenarios/first.toml");
    assert_eq!(said(&format!("check '{first}'")), "ok\n");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), "version = 1\nsurfice = 3\n").unwrap();
    std::fs::write(folder.path().join("b.toml"), "version = 99\n").unwrap();
    let output = downhill().current_dir(&folder).args(["check", "a.toml", first, "b.toml", "c.toml"]).output().unwrap();
    let error = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
    for part in ["a.toml:2:1:", "surfice", "^", "b.toml:", "99", "c.toml"] {
        assert!(error.contains(part), "no {part:?} in\n{error}");
    }
}

#[test]
fn a_schedule_reads_rates_and_metrics_from_files() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("m.csv"), "metric\n1\n1\n1\n0.5\n").unwrap();
    std::fs::write(folder.path().join("lr.csv"), "step,lr\n0,0.5\n1,0.25\n").unwrap();
    let at = |line: &str| text(&downhill().current_dir(&folder).args(words(line)).output().unwrap().stdout);
    let plateau = at("schedule torch/ReduceLROnPlateau:patience=1,factor=0.5 --lr 1 --steps 5 --metrics m.csv");
    assert_eq!(plateau, "step,lr\n0,1\n1,1\n2,1\n3,0.5\n4,0.5\n");
    assert_eq!(at("schedule csv:lr.csv --steps 3"), "step,lr\n0,0.5\n1,0.25\n2,0.25\n");
}

#[test]
fn every_entry_of_every_catalogue_has_a_page() {
    for catalogue in ["surfaces", "optimizers", "schedules"] {
        let list: Value = serde_json::from_str(&said(&format!("{catalogue} --format json"))).unwrap();
        let list = list.as_array().unwrap();
        assert!(list.len() > 30, "{catalogue}");
        for entry in list {
            let id = entry["id"].as_str().unwrap();
            let page = said(&format!("{catalogue} {id}"));
            assert!(page.contains(id) && page.lines().count() > 2, "{catalogue} {id}:\n{page}");
            let alone: Value = serde_json::from_str(&said(&format!("{catalogue} {id} --format json"))).unwrap();
            assert_eq!(alone, *entry);
        }
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut command = downhill();
    command.args(words("run --surface himmelblau --start 0,0 --steps 100000"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[test]
#[cfg(all(unix, not(target_os = "macos")))]
fn without_a_display_the_window_is_refused_in_words() {
    let output = run("");
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    for command in ["run", "grad", "check", "schedule"] {
        assert!(error.contains(command), "{error}");
    }
}

#[test]
#[cfg(feature = "window")]
fn a_screenshot_is_a_picture_of_the_size_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("window.png");
    said(&format!("screenshot -o '{}' --size 960x600 --theme light --lang ko", file.display()));
    let decoder = png::Decoder::new(BufReader::new(std::fs::File::open(file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (960, 600));
    assert!(pixels.iter().any(|p| *p != pixels[0]), "not one color all over");
}

#[cfg(feature = "window")]
#[test]
fn a_screenshot_shows_the_step_and_the_view_that_were_asked_for_and_brings_them_along() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let shot = |arguments: &str, name: &str| {
        said(&format!("screenshot {arguments} -o '{}' --size 960x600", at(name)));
        std::fs::read(at(name)).unwrap()
    };
    let first = shot("--step 7 --view relief", "relief.png");
    let brought = downhill::scene::about::scenario_in(&first).unwrap();
    let document = downhill::scenario::read(&brought).unwrap();
    assert_eq!((document.transport.step(), document.picture.view), (7, downhill::session::View::Relief));
    // The picture is a scenario, for every command that reads one.
    let again = shot(&format!("'{}'", at("relief.png")), "again.png");
    assert_eq!(downhill::scene::about::scenario_in(&again).as_deref(), Some(brought.as_str()));
    let sharp = shot(&format!("'{}' --step end --view map --scale 2", at("relief.png")), "map.png");
    let size = png::Decoder::new(std::io::Cursor::new(&sharp)).read_info().unwrap().info().size();
    assert_eq!(size, (1920, 1200));
    let document = downhill::scenario::read(&downhill::scene::about::scenario_in(&sharp).unwrap()).unwrap();
    assert_eq!(document.picture.view, downhill::session::View::Auto);
    assert!(document.transport.step() > 7);
}

#[test]
fn the_commands_of_the_readme_work() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    for line in readme.lines().filter_map(|line| line.strip_prefix("downhill ")) {
        if line.contains("screenshot") && cfg!(not(feature = "window")) {
            continue;
        }
        let output = downhill().current_dir(&folder).args(words(line)).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "downhill {line}: {}", text(&output.stderr));
        count += 1;
    }
    assert!(count >= 5, "the README shows how it is used");
}
