//! `downhill figure` and `downhill presets` as a script meets them: formats, sizes, tables, and what is refused without
//! leaving half a file.

use std::path::Path;

use crate::cli::{downhill, run, words};

/// The bytes of a figure that must succeed.
fn drawn(arguments: &str, name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    let output = downhill().arg("figure").args(words(arguments)).arg("-o").arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(file).unwrap()
}

const RACE: &str =
    "--surface rosenbrock --optimizer sgd --optimizer adam --optimizer torch/rmsprop --set lr=0.001 --steps 100";

/// Width and height of a PNG.
fn png_size(bytes: &[u8]) -> [u32; 2] {
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let info = reader.info();
    [info.width, info.height]
}

#[test]
fn the_name_of_the_file_says_the_format() {
    let svg = drawn(RACE, "a.svg");
    assert!(svg.starts_with(b"<?xml") || svg.starts_with(b"<svg"));
    assert!(svg.len() < 500_000, "{}", svg.len());
    assert!(svg == drawn(RACE, "b.SVG"), "the same figure has the same bytes");
    assert!(drawn(&format!("{RACE} --theme print"), "a.pdf").starts_with(b"%PDF"));
    let folder = tempfile::tempdir().unwrap();
    for (name, start) in [("a.svg", "<"), ("a.pdf", "%PDF"), ("a.png", "\u{FFFD}PNG")] {
        let file = folder.path().join(name);
        let map = "map basins --surface himmelblau --size 24x16 --steps 40 --optimizer torch/sgd --set lr=0.01 -o";
        let output = downhill().args(words(map)).arg(&file).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let bytes = std::fs::read(file).unwrap();
        assert!(String::from_utf8_lossy(&bytes[..4]).starts_with(start), "{name}");
    }
    let sizes: &[(&str, [u32; 2])] = &[
        ("--size 640x480", [640, 480]),
        ("--size 640x480px --scale 2", [1280, 960]),
        ("--size 4inx3in", [384, 288]),
        ("--size 10.16x7.62cm", [384, 288]),
    ];
    for (arguments, size) in sizes {
        let png = drawn(&format!("--formula x^2 {arguments}"), "a.png");
        assert_eq!(png_size(&png), *size, "{arguments}");
    }
    // What may be said of a figure.
    for arguments in [
        "fig-2-11 --lang ko --theme dark --step 2 --no-balls",
        "fig-2-11 --step end --title '<script>&' --no-legend --no-caption --no-axes",
        "--surface himmelblau --view relief --no-scale --text 7",
        "--formula 'x^2 + y^2' --start -1,1 --steps 5 --schedule cosine:steps=5 --noise 0.1 --seed 3 --view loss",
        "--formula x^2 --dim 2",
    ] {
        drawn(arguments, "a.svg");
    }
}

#[test]
fn tables_have_what_is_plotted() {
    let csv = String::from_utf8(drawn("--formula x^2 --start 1 --steps 2 --set lr=0.25", "a.csv")).unwrap();
    assert!(csv.starts_with("part,series,line,row,x,loss,value\ncurve,,0,0,"), "{csv}");
    for line in
        ["path,torch/sgd,1,0,1,1,1", "path,torch/sgd,1,1,0.5,0.25,0.25", "path,torch/sgd,1,2,0.25,0.0625,0.0625"]
    {
        assert!(csv.lines().any(|found| found == line), "{line} in {csv}");
    }
    let json = drawn("--formula x^2 --start 1 --steps 2 --view loss", "a.json");
    let parts: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(parts[0]["part"], "loss");
    assert_eq!(parts[0]["rows"].as_array().unwrap().len(), 3);
    let tex =
        String::from_utf8(drawn("--formula 'x^2 + 3y' --optimizer adam --set lr=0.1 --steps 2", "a.tex")).unwrap();
    for line in [
        r"f(x, y) &= x^{2} + 3 y \\",
        r"\frac{\partial f}{\partial x} &= 2 x \\",
        r"% Adam, η = 0.1",
        r"m &\gets \beta_{1} m + \left(1 - \beta_{1}\right) g \\",
    ] {
        assert!(tex.lines().any(|found| found.trim() == line), "{line} in {tex}");
    }
    assert!(!tex.contains("amsgrad"), "{tex}");
    let folder = tempfile::tempdir().unwrap();
    let [figure, table] = ["a.svg", "a.csv"].map(|name| folder.path().join(name));
    let output =
        downhill().args(["figure", "--formula", "x^2", "-o"]).arg(&figure).arg("--data").arg(&table).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(figure.exists() && std::fs::read_to_string(table).unwrap().starts_with("part,"));
}

#[test]
fn bad_input_leaves_no_file() {
    // (arguments, exit code, what is said)
    let table: &[(&str, i32, &str)] = &[
        ("-o a.svg", 2, "say what the figure is about"),
        ("fig-2-9 -o a.svg", 2, "did you mean `fig-2-10`"),
        ("fig-2-10 --surface bowl -o a.svg", 2, "cannot both be it"),
        ("none.toml -o a.svg", 2, "none.toml cannot be read"),
        ("fig-2-10 -o a.bmp", 2, "must end in .svg"),
        ("fig-2-10 -o a", 2, "must end in .svg"),
        ("fig-2-10 --size 0x100 -o a.svg", 2, "a side of 0 points is impossible"),
        ("fig-2-10 --size 100000x100000px -o a.png", 2, "a side of 75000 points is impossible"),
        ("fig-2-10 --size 14000x14000pt --scale 16 -o a.png", 2, "is too large"),
        ("fig-2-10 --size 100 -o a.svg", 2, "--size needs width and height"),
        ("fig-2-10 --size 50x50 -o a.svg", 2, "leaves no room"),
        ("fig-2-10 --scale 0 -o a.png", 2, "--scale needs a number"),
        ("fig-2-10 --view contour -o a.svg", 2, "shows a loss of two variables; this one has one"),
        ("fig-2-10 --view none -o a.svg", 2, "the views are curve, contour"),
        ("fig-2-10 --theme none -o a.svg", 2, "the themes are light, dark, print"),
        ("fig-2-10 --step -1 -o a.svg", 2, "--step needs a number"),
        ("fig-2-10 --data a.png -o a.svg", 2, "--data writes numbers or LaTeX"),
        ("--surface bowl --start 1 -o a.svg", 2, "--start needs two numbers"),
        ("--surface bowl --optimizer adam --view stability -o a.svg", 2, "not proportional to the slope"),
        ("--surface bowl --optimizer newton --view computation -o a.svg", 2, "without lines of a rule"),
        ("fig-2-10 -o none/a.svg", 1, "cannot be written"),
        ("fig-2-10 --data none/a.csv -o a.svg", 1, "cannot be written"),
    ];
    for (arguments, code, said) in table {
        let folder = tempfile::tempdir().unwrap();
        let output = downhill().arg("figure").args(words(arguments)).current_dir(&folder).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(*code), "{arguments}: {words}");
        assert!(words.contains(said), "{arguments}: {words}");
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert!(left.is_empty(), "{arguments} leaves {left:?}");
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    let output = downhill().args(["figure", "--all", "-o"]).arg(file.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_figure_brings_its_scenario() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.svg", "a.png", "a.pdf"] {
        let bytes = drawn("--formula 'x^2 + 3' --start -1.5 --steps 7", name);
        let scenario = downhill::scene::about::scenario_in(&bytes).unwrap_or_else(|| panic!("{name}"));
        let file = folder.path().join("a.toml");
        std::fs::write(&file, &scenario).unwrap();
        let again = drawn(&file.display().to_string(), name);
        assert_eq!(downhill::scene::about::scenario_in(&again).as_ref(), Some(&scenario), "{name}");
    }
}

#[test]
fn the_prepared_figures_are_listed() {
    let output = run("presets --lang ko");
    let list = String::from_utf8(output.stdout).unwrap();
    assert!(list.lines().any(|line| line.starts_with("fig-2-13") && line.contains("모멘텀")), "{list}");
    let page = String::from_utf8(run("presets fig-2-10").stdout).unwrap();
    assert!(page.contains("downhill figure fig-2-10 -o fig-2-10.svg"), "{page}");
    let json: serde_json::Value = serde_json::from_slice(&run("presets --format json").stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), list.lines().count() - 1);
    let unknown = run("presets race-los");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `race-loss`"));
    assert!(Path::new("assets/figures/fig-2-10.toml").exists());
}
