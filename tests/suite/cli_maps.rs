//! `downhill map` as a script meets it: tables that agree with `downhill run`, pictures, and what is refused.

use crate::cli::{downhill, run, words};

fn said(arguments: &str) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn good_maps_are_drawn() {
    // (arguments, how the table begins, lines, what else it has)
    let table: &[(&str, &str, usize, &[&str])] = &[
        (
            "map basins --formula 'x^4 - 2*x^2' --set lr=0.05 --size 8 --x x=-2..2 --y lr=0.01..0.1",
            "x,lr,outcome,steps,minimum_x\n-1.75,",
            65,
            &["-0.25,", ",arrived,", ",-1\n", ",1\n"],
        ),
        (
            "map basins --surface himmelblau --size 6x4 --steps 300",
            "x,y,outcome,steps,minimum_x,minimum_y\n",
            25,
            &[",3,2\n"],
        ),
        ("map basins --surface himmelblau --optimizer nelder_mead --size 4", "x,y,outcome,", 17, &[",arrived,"]),
        (
            "map sweep --surface himmelblau --size 5",
            "lr,momentum,outcome,steps,",
            26,
            &[",diverged,", ",not_arrived,500,,\n"],
        ),
        (
            "map sweep --surface himmelblau --optimizer adam --size 4 --x beta1=0..0.9 --y y=-1..1 --start 1,1 --noise 0.1 --seed 3",
            "beta1,y,outcome,",
            17,
            &["0.1125,-0.75,"],
        ),
        (
            "map sweep --formula x^2 --size 4 --x lr=0..2 --y momentum=0..0.9:linear --schedule cosine:steps=100",
            "lr,momentum,outcome,steps,minimum_x\n0.25,0.1125,",
            17,
            &[],
        ),
        ("map stability --size 4 --x 0..4", "rate_times_curvature,momentum,factor\n0.5,", 17, &[]),
    ];
    for (arguments, beginning, lines, parts) in table {
        let said = said(arguments);
        assert!(said.starts_with(beginning), "{arguments}:\n{said}");
        assert_eq!(said.lines().count(), *lines, "{arguments}");
        for part in *parts {
            assert!(said.contains(part), "{arguments}: no {part:?} in\n{said}");
        }
    }
}

#[test]
fn a_cell_is_where_a_run_ends() {
    let map = said("map basins --surface himmelblau --set lr=0.01 --set momentum=0.8 --size 5 --steps 150");
    for line in map.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let run = said(&format!(
            "run --surface himmelblau --set lr=0.01 --set momentum=0.8 --steps 150 --start {},{}",
            cells[0], cells[1]
        ));
        let last: Vec<f64> =
            run.lines().last().unwrap().split(',').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect();
        let minimum = [cells[4], cells[5]].map(|cell| cell.parse::<f64>().unwrap());
        assert_eq!(cells[2], "arrived", "{line}");
        assert!((last[1] - minimum[0]).abs() < 0.1 && (last[2] - minimum[1]).abs() < 0.1, "{line}: {last:?}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&said("map basins --surface himmelblau --size 3 --format json")).unwrap();
    assert_eq!((json["rows"].as_array().unwrap().len(), json["minima"].as_array().unwrap().len()), (9, 4));
}

#[test]
fn momentum_is_stable_up_to_two_times_one_plus_it() {
    for line in said("map stability --size 24 --x 0..4 --y momentum=0..0.96").lines().skip(1) {
        let cells: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let (product, momentum, factor) = (cells[0], cells[1], cells[2]);
        let edge = 2.0 * (1.0 + momentum);
        assert_eq!(factor < 1.0, product < edge, "{line}");
        // Where the two eigenvalues are a complex pair, the factor is the root of the momentum.
        let real = (1.0 + momentum - product).powi(2) > 4.0 * momentum;
        assert!(real || (factor - momentum.sqrt()).abs() < 1e-6, "{line}");
    }
}

#[test]
fn a_map_is_a_picture_where_the_name_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, name) in [
        ("map basins --surface himmelblau --size 40x30", "basins.png"),
        ("map stability --size 40x30 --theme dark", "stability.PNG"),
    ] {
        let file = folder.path().join(name);
        assert_eq!(said(&format!("{arguments} -o '{}'", file.display())), "");
        let reader =
            png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&file).unwrap())).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (40, 30), "{name}");
    }
}

#[test]
fn wrong_maps_are_refused_with_the_place_and_the_cure() {
    let table: &[(&str, &[&str])] = &[
        ("map", &["basins", "sweep", "stability"]),
        ("map basins", &["--surface"]),
        ("map basins --surface himmelblau --optimizer adam --optimizer sgd", &["one optimizer", "2"]),
        ("map basins --surface himmelblau --size 0", &["--size", "4096"]),
        ("map basins --surface himmelblau --size 9999", &["--size", "9999"]),
        ("map basins --surface himmelblau --steps 1e12", &["--steps"]),
        ("map basins --surface himmelblau --start 1", &["--start", "two numbers"]),
        ("map stability -o map.svg", &["PNG", "downhill figure --view stability"]),
        ("map sweep --surface himmelblau --x lr", &["--x", "lr=1e-4..1"]),
        ("map sweep --surface himmelblau --x lrr=1..2", &["--x", "lrr", "'lr'"]),
        ("map sweep --surface himmelblau --x lr=2..1", &["--x", "no range"]),
        ("map sweep --surface himmelblau --x lr=0..1:log", &["--x", "no range"]),
        ("map sweep --surface himmelblau --x lr=-1..1", &["--x", "lr"]),
        ("map sweep --surface himmelblau --x lr=a..1", &["--x", "'a'"]),
        ("map sweep --surface himmelblau --x lr=1e-3..1 --y lr=1e-3..1", &["--x and --y"]),
        ("map stability --optimizer adam", &["torch/adam", "parabola"]),
        ("map stability --x 4..0", &["--x", "no range"]),
        ("--lang ko map basins --surface himmelblau --size 0", &["오류", "칸 수"]),
    ];
    for (arguments, parts) in table {
        let folder = tempfile::tempdir().unwrap();
        let output = downhill().current_dir(&folder).args(words(arguments)).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {error}");
        assert!(output.stdout.is_empty(), "{arguments} wrote a result");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "{arguments} left a file");
        for part in *parts {
            assert!(error.contains(part), "{arguments}: no {part:?} in\n{error}");
        }
    }
}
