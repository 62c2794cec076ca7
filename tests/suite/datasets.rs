//! Data for nets: the catalogue, tables and picture files as people bring them, features, and what the command line
//! makes of them.

use std::io::Write as _;
use std::sync::Arc;

use downhill::explain;
use downhill::i18n::Lang;
use downhill::nn::data::csv::{CsvError, MAX_CLASSES, Notice, Wanted, read_csv};
use downhill::nn::data::idx::{IdxError, Part, meaning, read_idx};
use downhill::nn::data::{
    DataError, DataSpec, FEATURES, Painted, Source, Table, Task, contact_sheet, datasets, find_dataset,
};
use downhill::nn::{Dataset, Targets, Values};
use proptest::prelude::*;

use crate::cli::{downhill as program, run};

fn numbers(data: &Dataset) -> &[f64] {
    match &data.features.values {
        Values::Numbers(values) => values,
        Values::Pixels(_) => panic!("numbers are wanted"),
    }
}

fn labels(data: &Dataset) -> Vec<u32> {
    match &data.targets {
        Targets::Classes { labels, .. } => labels.clone(),
        Targets::Numbers { .. } => panic!("classes are wanted"),
    }
}

fn targets(data: &Dataset) -> Vec<f64> {
    match &data.targets {
        Targets::Numbers { values, .. } => values.clone(),
        Targets::Classes { .. } => panic!("numbers are wanted"),
    }
}

fn spec(id: &str) -> DataSpec {
    DataSpec::of(find_dataset(id).unwrap())
}

#[test]
fn every_entry_draws_what_it_says() {
    for entry in datasets() {
        let spec = DataSpec { rows: entry.rows.min(600), ..DataSpec::of(entry) };
        let id = &entry.id;
        let split = spec.split().unwrap();
        assert_eq!(split.train.rows() + split.test.rows(), spec.rows, "{id}");
        assert_eq!(split.test.rows(), spec.rows / 2, "{id}");
        assert_eq!((split.train.inputs(), spec.task()), (entry.inputs(), Ok(entry.task)), "{id}");
        assert_eq!(spec.split(), Ok(split.clone()), "{id}: the same again");
        assert_ne!(DataSpec { seed: 1, ..spec.clone() }.split().unwrap(), split, "{id}: another seed");
        for text in [&entry.name, &entry.about, &entry.noise.about] {
            assert!(Lang::ALL.iter().all(|&lang| !text.get(lang).is_empty()), "{id}");
        }
        let data = spec.rows().unwrap();
        if let Some(classes) = entry.classes() {
            let labels = labels(&data);
            for class in 0..classes.default as u32 {
                let share = labels.iter().filter(|&&label| label == class).count() as f64 / labels.len() as f64;
                let even = 1.0 / classes.default as f64;
                assert!((share - even).abs() < 0.6 * even, "{id}: class {class} has {share}");
            }
            let most = DataSpec { classes: classes.max, ..spec.clone() };
            assert!(most.split().is_ok(), "{id} with {} classes", classes.max);
            let more = DataSpec { classes: classes.max + 1, ..spec.clone() };
            assert!(entry.task == Task::Binary || matches!(more.split(), Err(DataError::Classes { .. })), "{id}");
        }
        // A picture of the usual range shows nearly all of it, also with the largest noise that is offered.
        if let Values::Numbers(values) = &data.features.values {
            let seen = values.iter().enumerate().filter(|(k, value)| {
                let [low, high] = entry.domain[k % entry.domain.len()];
                (low..=high).contains(value)
            });
            assert!(seen.count() as f64 >= 0.97 * values.len() as f64, "{id} lies outside of its range");
            let loud = DataSpec { noise: entry.noise.max, ..spec.clone() }.rows().unwrap();
            assert_ne!(loud, data, "{id}: noise changes nothing");
        }
    }
}

/// The geometry of the well-known sets, without noise: (id, whether a point of a class can be there).
#[test]
fn the_classics_have_their_shapes() {
    type Fits = fn(f64, f64, f64) -> bool;
    let table: [(&str, Fits); 7] = [
        ("circle", |x, y, c| if c == 1.0 { x.hypot(y) <= 2.5001 } else { (3.4999..=5.0001).contains(&x.hypot(y)) }),
        ("xor", |x, y, c| {
            let edge = |v: f64| (0.3..=5.3).contains(&v.abs());
            edge(x) && edge(y) && (c == 1.0) == (x * y >= 0.0)
        }),
        ("spiral", |x, y, c| {
            let (r, start) = (x.hypot(y), if c == 1.0 { 0.0 } else { std::f64::consts::PI });
            let t = 3.5 * std::f64::consts::PI * r / 5.0 + start;
            r < 5.0 && (x - r * t.sin()).abs() < 1e-3 && (y - r * t.cos()).abs() < 1e-3
        }),
        ("checkerboard", |x, y, c| {
            // Drawn numbers are rounded to four digits, which can carry a point over an edge.
            let edge = |v: f64| (v / 3.0 - (v / 3.0).round()).abs() < 1e-4;
            edge(x) || edge(y) || ((x / 3.0).floor() + (y / 3.0).floor()).rem_euclid(2.0) == c
        }),
        ("wave_border", |x, y, c| (y - 2.5 * x.sin()).abs() < 1e-3 || (y > 2.5 * x.sin()) == (c == 1.0)),
        ("plane", |x, y, t| (t - (x + y) / 10.0).abs() < 1e-3),
        ("multi_gauss", |x, y, t| {
            let hills = [(-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0)];
            let below = hills.map(|(a, b, sign)| (a, -b, -sign));
            let hill = |(a, b, sign): &(f64, f64, f64)| sign * (1.0 - (x - a).hypot(y - b) / 2.0).max(0.0);
            let all: Vec<f64> = hills.iter().chain(&below).map(hill).collect();
            let want = all.iter().copied().fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
            (t - want).abs() < 1e-3
        }),
    ];
    for (id, fits) in table {
        let data = DataSpec { noise: 0.0, rows: 2000, ..spec(id) }.rows().unwrap();
        let values = match &data.targets {
            Targets::Numbers { values, .. } => values.clone(),
            Targets::Classes { labels, .. } => labels.iter().map(|&label| f64::from(label)).collect(),
        };
        for (row, value) in numbers(&data).chunks_exact(2).zip(values) {
            assert!(fits(row[0], row[1], value), "{id}: {row:?} has {value}");
        }
    }
    // Two clouds: means and variances without noise and with the most.
    for (noise, variance) in [(0.0, 0.5), (0.5, 4.0)] {
        let data = DataSpec { noise, rows: 20_000, ..spec("gauss") }.rows().unwrap();
        let of_one: Vec<f64> = numbers(&data)
            .chunks_exact(2)
            .zip(labels(&data))
            .filter(|(_, label)| *label == 1)
            .map(|(row, _)| row[0])
            .collect();
        let mean = of_one.iter().sum::<f64>() / of_one.len() as f64;
        let spread = of_one.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / of_one.len() as f64;
        assert!((mean - 2.0).abs() < 0.06 && (spread / variance - 1.0).abs() < 0.06, "{mean} {spread}");
    }
}

#[test]
fn more_rows_begin_with_the_same_points() {
    for id in ["circle", "blobs", "plane", "digits"] {
        let few = DataSpec { rows: 90, ..spec(id) }.rows().unwrap();
        let many = DataSpec { rows: 180, ..spec(id) }.rows().unwrap();
        let mut rows = [vec![0.0; few.inputs()], vec![0.0; few.inputs()]];
        for row in 0..few.rows() {
            let [a, b] = &mut rows;
            few.row(row, a);
            many.row(row, b);
            assert_eq!(a, b, "{id}, row {row}");
        }
    }
}

#[test]
fn digits_differ_and_are_digits() {
    let data = DataSpec { rows: 400, noise: 0.0, ..spec("digits") }.rows().unwrap();
    let Values::Pixels(pixels) = &data.features.values else { panic!("pixels are wanted") };
    let pictures: Vec<&[u8]> = pixels.chunks_exact(784).collect();
    for (k, picture) in pictures.iter().enumerate() {
        let ink = picture.iter().map(|&p| f64::from(p)).sum::<f64>() / 255.0;
        assert!((20.0..300.0).contains(&ink), "picture {k} has {ink} pixels of ink");
        let edge = (0..28).flat_map(|i| [i, 27 * 28 + i, i * 28, i * 28 + 27]).map(|at| u32::from(picture[at]));
        assert!(edge.sum::<u32>() < 255 * 12, "picture {k} is cut off");
        assert!(pictures.iter().skip(k + 1).all(|other| other != picture), "picture {k} comes twice");
    }
    // They are not all alike, and yet the nearest mean of others tells many of them: chance would tell 20.
    let mean = |class: usize| -> Vec<f64> {
        let own: Vec<_> = pictures.iter().skip(class).step_by(10).take(20).collect();
        (0..784).map(|at| own.iter().map(|p| f64::from(p[at])).sum::<f64>() / own.len() as f64).collect()
    };
    let means: Vec<Vec<f64>> = (0..10).map(mean).collect();
    let distance = |a: &[f64], b: &[u8]| a.iter().zip(b).map(|(x, y)| (x - f64::from(*y)).powi(2)).sum::<f64>();
    let told = (200..400).filter(|&k| {
        let best =
            (0..10).min_by(|&a, &b| distance(&means[a], pictures[k]).total_cmp(&distance(&means[b], pictures[k])));
        best == Some(k % 10)
    });
    let told = told.count();
    assert!((80..200).contains(&told), "{told} of 200");
    let (width, height, sheet) = contact_sheet(&data, 20).unwrap();
    assert_eq!((width, height), (560, 560));
    assert_eq!(&sheet[28..56], &pictures[1][..28]);
}

#[test]
fn curves_are_what_is_typed() {
    let typed = |text: &str, range: [f64; 2]| DataSpec {
        source: Source::Formula { text: text.to_owned(), range },
        noise: 0.0,
        ..spec("sine")
    };
    let data = typed("param a = 2\na*x^2", [-1.0, 3.0]).rows().unwrap();
    assert_eq!(data.features.names, ["x"]);
    for (x, y) in numbers(&data).iter().zip(targets(&data)) {
        assert!((-1.0..=3.0).contains(x) && (y - 2.0 * x * x).abs() < 1e-4, "{x} {y}");
    }
    assert!(matches!(typed("ln(x)", [-1.0, 1.0]).rows(), Err(DataError::NoValue { x, .. }) if x <= 0.0));
    assert!(matches!(typed("x +", [0.0, 1.0]).rows(), Err(DataError::Formula { .. })));
    assert!(matches!(typed("q", [0.0, 1.0]).rows(), Err(DataError::Formula { .. })));
    for range in [[1.0, 1.0], [2.0, 1.0], [f64::NAN, 1.0], [0.0, f64::INFINITY]] {
        assert!(matches!(typed("x", range).rows(), Err(DataError::Range(_))));
    }
}

#[test]
fn features_are_formulas_of_any_point() {
    let features: Vec<String> = FEATURES.iter().map(|&text| text.to_owned()).collect();
    let spec = DataSpec { features, rows: 50, test: 0.2, ..spec("gauss") };
    let plain = DataSpec { features: Vec::new(), ..spec.clone() }.split().unwrap();
    let split = spec.split().unwrap();
    assert_eq!(split.train.features.names, FEATURES);
    assert_eq!((split.train.rows(), split.test.rows()), (40, 10));
    for (row, raw) in numbers(&split.train).chunks_exact(7).zip(numbers(&plain.train).chunks_exact(2)) {
        let [a, b] = [raw[0], raw[1]];
        let near = |x: f64, y: f64| (x - y).abs() < 1e-12;
        assert_eq!(row[..5], [a, b, a * a, b * b, a * b]);
        assert!(near(row[5], a.sin()) && near(row[6], b.sin()));
    }
    let mut out = Vec::new();
    let mut map = spec.feature_map().unwrap();
    map.apply(&[3.0, -2.0, 0.5, 4.0], &mut out);
    assert_eq!((out[4], out[11], map.outputs()), (-6.0, 2.0, 7));

    let with = |id: &str, text: &str| DataSpec { features: vec![text.to_owned()], ..self::spec(id) }.split();
    assert!(matches!(with("gauss", "x3"), Err(DataError::Feature { .. })));
    assert!(matches!(with("gauss", "ln(x1)"), Err(DataError::FeatureValue { at, .. }) if at[0] <= 0.0));
    assert_eq!(with("digits", "x1"), Err(DataError::FeaturesOfPixels));
}

#[test]
fn impossible_specs_are_refused() {
    let gauss = spec("gauss");
    type Change = fn(&mut DataSpec);
    type Wrong = fn(&DataError) -> bool;
    let table: [(Change, Wrong); 7] = [
        (|s| s.rows = 1, |e| matches!(e, DataError::Rows { least: 2, .. })),
        (|s| s.rows = 2_000_000, |e| matches!(e, DataError::Rows { .. })),
        (|s| s.noise = f64::NAN, |e| matches!(e, DataError::Noise(_))),
        (|s| s.noise = -0.1, |e| matches!(e, DataError::Noise(_))),
        (|s| s.test = 1.0, |e| matches!(e, DataError::TestShare(_))),
        (|s| s.test = f64::NAN, |e| matches!(e, DataError::TestShare(_))),
        (
            |s| s.source = Source::Entry("spirl".into()),
            |e| matches!(e, DataError::Unknown(unknown) if unknown.suggestions[0] == "spiral"),
        ),
    ];
    for (change, wrong) in table {
        let mut spec = gauss.clone();
        change(&mut spec);
        let error = spec.split().unwrap_err();
        assert!(wrong(&error), "{error:?}");
        assert!(Lang::ALL.iter().all(|&lang| !explain::data(lang, &error).is_empty()));
    }
}

#[test]
fn painted_points_are_rows() {
    let point = |x, y, value| Painted { at: [x, y], value };
    let painted = |task, plane, points: Vec<Painted>| DataSpec {
        source: Source::Painted { task, plane, points: Arc::new(points) },
        classes: 3,
        test: 0.0,
        ..spec("gauss")
    };
    let data = painted(Task::Classes, true, vec![point(1.0, 2.0, 2.0), point(3.0, 4.0, 0.0)]).split().unwrap();
    assert_eq!((numbers(&data.train), labels(&data.train)), (&[1.0, 2.0, 3.0, 4.0][..], vec![2, 0]));
    let data = painted(Task::Regression, false, vec![point(1.0, 9.0, -0.5)]).split().unwrap();
    assert_eq!((numbers(&data.train), targets(&data.train)), (&[1.0][..], vec![-0.5]));
    for wrong in [point(f64::NAN, 0.0, 0.0), point(0.0, 0.0, 3.0), point(0.0, 0.0, 0.5)] {
        let error = painted(Task::Classes, true, vec![point(0.0, 0.0, 0.0), wrong]).split();
        assert!(matches!(error, Err(DataError::Point { index: 1, .. })));
    }
    assert_eq!(painted(Task::Binary, true, Vec::new()).split().unwrap().train.rows(), 0);
}

/// What is read of a table: inputs, targets, notices.
#[test]
fn tables_are_read_as_people_write_them() {
    enum Is {
        Numbers(&'static [f64]),
        Classes(&'static [&'static str], &'static [u32]),
    }
    use Is::{Classes, Numbers};
    type Case = (&'static str, Wanted, &'static [&'static str], &'static [f64], Is, Vec<Notice>);
    let numbered = |labels: &[&str]| Notice::Numbered { labels: labels.iter().map(|&l| l.to_owned()).collect() };
    let table: Vec<Case> = vec![
        ("x1,x2,y\n1,2,3\n4,5,6\n", Wanted::Auto, &["x1", "x2"], &[1.0, 2.0, 4.0, 5.0], Numbers(&[3.0, 6.0]), vec![]),
        ("y,x2,x1\r\n3,2,1\r\n", Wanted::Numbers, &["x1", "x2"], &[1.0, 2.0], Numbers(&[3.0]), vec![]),
        ("x1;y\n1,5;-2,25\n", Wanted::Auto, &["x1"], &[1.5], Numbers(&[-2.25]), vec![]),
        ("x1\ty\n1e3\t−2\n", Wanted::Auto, &["x1"], &[1000.0], Numbers(&[-2.0]), vec![]),
        ("\u{feff}# a note\n\n x1 , y \n 1 , 2 \n", Wanted::Auto, &["x1"], &[1.0], Numbers(&[2.0]), vec![]),
        ("x1  y\n1   2\n3 4\n", Wanted::Auto, &["x1"], &[1.0, 3.0], Numbers(&[2.0, 4.0]), vec![]),
        ("x1,y,\n1,2,\n", Wanted::Auto, &["x1"], &[1.0], Numbers(&[2.0]), vec![]),
        ("x1,y1,y2\n1,2,3\n", Wanted::Auto, &["x1"], &[1.0], Numbers(&[2.0, 3.0]), vec![]),
        (
            "1,2,3\n4,5,6\n",
            Wanted::Auto,
            &["x1", "x2"],
            &[1.0, 2.0, 4.0, 5.0],
            Numbers(&[3.0, 6.0]),
            vec![Notice::NoHeader { inputs: 2 }],
        ),
        (
            ",a,b,price\n0,1,2,3\n",
            Wanted::Auto,
            &["a", "b"],
            &[1.0, 2.0],
            Numbers(&[3.0]),
            vec![Notice::LastIsTarget { name: "price".into() }, Notice::Ignored { names: vec![String::new()] }],
        ),
        (
            "id,x1,label\n7,1,cat\n8,2,\"ant, red\"\n",
            Wanted::Auto,
            &["x1"],
            &[1.0, 2.0],
            Classes(&["ant, red", "cat"], &[1, 0]),
            vec![Notice::Ignored { names: vec!["id".into()] }, numbered(&["ant, red", "cat"])],
        ),
        (
            "5.1,3.5,setosa\n7,3.2,versicolor\n",
            Wanted::Classes,
            &["x1", "x2"],
            &[5.1, 3.5, 7.0, 3.2],
            Classes(&["setosa", "versicolor"], &[0, 1]),
            vec![Notice::NoHeader { inputs: 2 }, numbered(&["setosa", "versicolor"])],
        ),
        (
            "x1,y\n1,0\n2,1\n3,2.0\n",
            Wanted::Classes,
            &["x1"],
            &[1.0, 2.0, 3.0],
            Classes(&["0", "1", "2"], &[0, 1, 2]),
            vec![],
        ),
        (
            "x1,y\n1,10\n2,9\n3,-1\n4,10\n",
            Wanted::Classes,
            &["x1"],
            &[1.0, 2.0, 3.0, 4.0],
            Classes(&["-1", "9", "10"], &[2, 1, 0, 2]),
            vec![numbered(&["-1", "9", "10"])],
        ),
        ("x1,y\n1,0\n2,1\n", Wanted::Binary, &["x1"], &[1.0, 2.0], Classes(&["0", "1"], &[0, 1]), vec![]),
        ("x1,y\n1,1\n2,-1\n", Wanted::Binary, &["x1"], &[1.0, 2.0], Classes(&["-1", "1"], &[1, 0]), vec![]),
        ("x1,y\n1,1\n2,1\n", Wanted::Binary, &["x1"], &[1.0, 2.0], Classes(&["0", "1"], &[1, 1]), vec![]),
        (
            "x1,label\n1,10\n2,5x\n3,9\n",
            Wanted::Auto,
            &["x1"],
            &[1.0, 2.0, 3.0],
            Classes(&["10", "5x", "9"], &[0, 1, 2]),
            vec![numbered(&["10", "5x", "9"])],
        ),
        ("x1,y\n1,0\n2,1\n", Wanted::Sides, &["x1"], &[1.0, 2.0], Classes(&["0", "1"], &[0, 1]), vec![]),
        ("x1,y\n1,1\n2,-1\n", Wanted::Sides, &["x1"], &[1.0, 2.0], Classes(&["-1", "1"], &[1, 0]), vec![]),
        ("x1,y1,y2\n1,-1,1\n", Wanted::Sides, &["x1"], &[1.0], Numbers(&[-1.0, 1.0]), vec![]),
        ("x1,y\n1,0.25\n2,1\n", Wanted::Binary, &["x1"], &[1.0, 2.0], Numbers(&[0.25, 1.0]), vec![]),
        (
            "x1,y\n1,yes\n2,no\n",
            Wanted::Binary,
            &["x1"],
            &[1.0, 2.0],
            Classes(&["no", "yes"], &[1, 0]),
            vec![numbered(&["no", "yes"])],
        ),
        ("x1,label\n1,0\n2,1\n", Wanted::Numbers, &["x1"], &[1.0, 2.0], Numbers(&[0.0, 1.0]), vec![]),
    ];
    for (text, wanted, names, inputs, targets, notices) in table {
        let read = read_csv(text.as_bytes(), wanted).unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
        assert_eq!(
            (&read.data.features.names[..], numbers(&read.data)),
            (&names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>()[..], inputs),
            "{text:?}"
        );
        match (targets, &read.data.targets) {
            (Numbers(want), Targets::Numbers { values, cols }) => {
                assert_eq!((values.as_slice(), cols * read.data.rows()), (want, want.len()), "{text:?}");
            }
            (Classes(want, of), Targets::Classes { names, labels }) => {
                assert_eq!(
                    (&names.iter().map(String::as_str).collect::<Vec<_>>()[..], &labels[..]),
                    (want, of),
                    "{text:?}"
                );
            }
            (_, found) => panic!("{text:?}: {found:?}"),
        }
        assert_eq!(read.notices, notices, "{text:?}");
        for notice in &notices {
            assert!(Lang::ALL.iter().all(|&lang| !explain::notice(lang, notice).is_empty()));
        }
    }
}

#[test]
fn wrong_tables_are_refused_with_their_place() {
    let many: String = (0..=MAX_CLASSES).map(|k| format!("1,c{k}\n")).collect();
    let many = format!("x1,label\n{many}");
    let table: Vec<(&[u8], Wanted, &str)> = vec![
        (b"", Wanted::Auto, "Empty"),
        (b"x1,y\n", Wanted::Auto, "Empty"),
        (b"# only\n\n", Wanted::Auto, "Empty"),
        (b"PK\x03\x04\0\0", Wanted::Auto, "NotText"),
        (b"\xff\xfex\0", Wanted::Auto, "Encoding { line: 1 }"),
        (b"x1,label\n1,a\n2,\xb0\xa1\n", Wanted::Auto, "Encoding { line: 3 }"),
        (b"x1\n1\n2\n", Wanted::Auto, "OneColumn { line: 1, name: \"x1\" }"),
        (b"1\n2\n", Wanted::Auto, "OneColumn"),
        (b"y1,y2\n1,2\n", Wanted::Auto, "NoInputs { line: 1 }"),
        (b"x1,x1,y\n1,2,3\n", Wanted::Auto, "TwiceNamed { line: 1, name: \"x1\" }"),
        (b"x1,y\n1,2\n1,2,3\n", Wanted::Auto, "Width { line: 3, found: 3, wanted: 2 }"),
        (b"x1,y\n1\n", Wanted::Auto, "Width { line: 2, found: 1, wanted: 2 }"),
        (b"x1,x2,y\n1,,3\n", Wanted::Auto, "Hole { line: 2, column: 2, name: \"x2\" }"),
        (b"x1,x2,y\n\n1,NA,3\n", Wanted::Auto, "Hole { line: 3, column: 2, name: \"x2\" }"),
        (b"x1,y\n1,\n", Wanted::Classes, "Hole { line: 2, column: 2, name: \"y\" }"),
        (b"x1,y\n1,2\nabc,3\n", Wanted::Auto, "NoNumber { line: 3, column: 1, name: \"x1\", text: \"abc\" }"),
        (b"x1,y\n1,2\n2,abc\n", Wanted::Numbers, "NoNumber { line: 3, column: 2, name: \"y\", text: \"abc\" }"),
        (b"x1,y\n1,2.5\n2,2.7l\n", Wanted::Auto, "NoNumber { line: 3, column: 2, name: \"y\", text: \"2.7l\" }"),
        (b"x1,y\n1,inf\n", Wanted::Auto, "NotFinite { line: 2, column: 2, name: \"y\", text: \"inf\" }"),
        (b"x1,y1,y2\n1,2,3\n", Wanted::Classes, "SeveralLabels { found: 2 }"),
        (b"x1,y\n1,0\n2,1.5\n", Wanted::Classes, "NoClass { line: 3, text: \"1.5\" }"),
        (b"x1,y\n1,0\n2,1.5\n", Wanted::Binary, "NoClass { line: 3, text: \"1.5\" }"),
        (b"x1,y\n1,0\n2,1\n3,2\n", Wanted::Binary, "ThirdClass { line: 4, text: \"2\", known: [\"0\", \"1\"] }"),
        (b"x1,label\n1,a\n2,a\n", Wanted::Auto, "OneClass { label: \"a\" }"),
        (many.as_bytes(), Wanted::Auto, "TooManyClasses"),
    ];
    for (bytes, wanted, want) in table {
        let error = read_csv(bytes, wanted).expect_err(want);
        assert!(format!("{error:?}").starts_with(want), "{error:?} instead of {want}");
        for lang in Lang::ALL {
            assert!(!explain::csv(lang, &error).is_empty());
        }
    }
    let line = explain::csv(Lang::En, &CsvError::Hole { line: 4, column: 2, name: "x2".into() });
    assert_eq!(line, "line 4: column 2 ('x2') is empty; fill it in or remove the row");
}

#[test]
fn a_million_rows_are_read() {
    let mut text = String::from("x1,x2,y\n");
    for k in 0..1_000_000_u32 {
        text += &format!("{k},-0.{k},{}\n", k % 7);
    }
    let read = read_csv(text.as_bytes(), Wanted::Classes).unwrap();
    assert_eq!((read.data.rows(), labels(&read.data)[999_999]), (1_000_000, 999_999 % 7));
    assert_eq!(numbers(&read.data)[1_999_998], 999_999.0);
    // Equal without looking at the rows, and unequal with another name.
    let table = Table { name: "a".into(), data: Arc::new(read.data), test: None };
    assert_eq!(table, table.clone());
    assert_ne!(table, Table { name: "b".into(), ..table.clone() });
}

fn idx(kind: u8, sizes: &[u32], body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, kind, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend(body);
    bytes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::GzBuilder::new()
        .filename("train")
        .comment("c")
        .extra(vec![1, 2, 3])
        .write(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn pictures_are_read_plain_and_packed() {
    let (images, labels) = (idx(8, &[2, 2, 3], &[0, 1, 2, 3, 4, 255, 6, 7, 8, 9, 10, 11]), idx(8, &[2], &[1, 9]));
    let plain = read_idx(&images, &labels).unwrap();
    assert_eq!((plain.rows(), plain.inputs(), self::labels(&plain)), (2, 6, vec![1, 9]));
    let mut row = [0.0; 6];
    plain.row(0, &mut row);
    assert_eq!(row[5], 1.0);
    assert!(matches!(&plain.targets, Targets::Classes { names, .. } if names.len() == 10));
    assert_eq!(read_idx(&packed(&images), &packed(&labels)).as_ref(), Ok(&plain));
    let twice = [packed(&images[..10]), packed(&images[10..])].concat();
    assert_eq!(read_idx(&twice, &labels), Ok(plain), "two members in one file");
}

#[test]
fn damaged_pictures_are_refused() {
    let (images, labels) = (idx(8, &[2, 1, 2], &[0, 1, 2, 3]), idx(8, &[2], &[0, 1]));
    let gz = packed(&images);
    let flipped = {
        let mut bytes = gz.clone();
        let at = bytes.len() - 6;
        bytes[at] ^= 1;
        bytes
    };
    let of_images = |error| Err((Part::Images, error));
    type Case = (Vec<u8>, Vec<u8>, Result<Dataset, (Part, IdxError)>);
    let table: Vec<Case> = vec![
        (images[..17].to_vec(), labels.clone(), of_images(IdxError::Truncated { found: 17, wanted: 20 })),
        (images[..6].to_vec(), labels.clone(), of_images(IdxError::Truncated { found: 6, wanted: 16 })),
        (images[..3].to_vec(), labels.clone(), of_images(IdxError::Magic { found: vec![0, 0, 8] })),
        (b"\x89PNG....".to_vec(), labels.clone(), of_images(IdxError::Magic { found: b"\x89PNG".to_vec() })),
        ([&images[..], &[1]].concat(), labels.clone(), of_images(IdxError::Extra { extra: 1 })),
        (idx(13, &[1, 1, 1], &[0; 4]), labels.clone(), of_images(IdxError::Kind { kind: 13 })),
        (labels.clone(), images.clone(), of_images(IdxError::Dimensions { found: 1, wanted: 3 })),
        (idx(8, &[u32::MAX, u32::MAX, 9], &[]), labels.clone(), of_images(IdxError::TooLarge { limit: 512 << 20 })),
        (idx(8, &[0, 28, 28], &[]), idx(8, &[0], &[]), of_images(IdxError::Empty)),
        (images.clone(), idx(8, &[3], &[0, 1, 0]), Err((Part::Labels, IdxError::Counts { images: 2, labels: 3 }))),
        (gz[..gz.len() - 9].to_vec(), labels.clone(), of_images(IdxError::Gzip)),
        (gz[..12].to_vec(), labels.clone(), of_images(IdxError::Gzip)),
        (flipped, labels.clone(), of_images(IdxError::Gzip)),
    ];
    for (images, labels, want) in table {
        let found = read_idx(&images, &labels);
        assert_eq!(found, want);
        let (_, error) = found.unwrap_err();
        assert!(Lang::ALL.iter().all(|&lang| !explain::idx(lang, &error).is_empty()));
    }
    for (name, want) in [
        ("train-images-idx3-ubyte.gz", Some((false, Part::Images))),
        ("t10k-labels.idx1-ubyte", Some((true, Part::Labels))),
        ("emnist-letters-test-images-idx3-ubyte", Some((true, Part::Images))),
        ("train-images.png", None),
        ("labels-idx1-ubyte", None),
    ] {
        assert_eq!(meaning(name), want, "{name}");
    }
}

#[test]
fn the_command_lists_draws_and_reads() {
    let said = |arguments: &str| {
        let output = run(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments}: {error}");
        (String::from_utf8(output.stdout).unwrap(), error)
    };
    assert_eq!(said("datasets --format csv").0.lines().count(), datasets().len() + 1);
    for entry in datasets() {
        let (page, _) = said(&format!("datasets {}", entry.id));
        assert!(page.contains(&entry.about.en) && page.contains(entry.task.loss().name()), "{page}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let spiral = path("spiral.csv");
    said(&format!("datasets spiral --rows 30 --noise 0.1 --seed 1 -o {spiral}"));
    let drawn = DataSpec { rows: 30, noise: 0.1, seed: 1, ..spec("spiral") }.rows().unwrap();
    let written = std::fs::read(&spiral).unwrap();
    let read = read_csv(&written, Wanted::Binary).unwrap();
    assert_eq!((read.data, read.notices), ((*drawn).clone(), vec![]), "what is written reads back");
    let by_name = said("datasets spiral:rows=30,noise=0.1,seed=1 --sample").0;
    assert_eq!(by_name.as_bytes(), written);
    assert!(said(&format!("datasets {spiral}")).0.contains("30"));
    assert_eq!(said("datasets 'y = x^2' --rows 4 --format json").0.matches("\"y\":").count(), 4);

    let sheet = path("digits.png");
    said(&format!("datasets digits --rows 40 -o {sheet}"));
    assert!(std::fs::read(&sheet).unwrap().starts_with(b"\x89PNG"));

    std::fs::write(path("words.csv"), "a,b\n1,x\n2,y\n").unwrap();
    let (_, notices) = said(&format!("datasets {}", path("words.csv")));
    assert!(notices.contains("'b'") && notices.contains("x → 0, y → 1"), "{notices}");

    std::fs::create_dir(path("mnist")).unwrap();
    let mnist = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join("mnist").join(name), bytes).unwrap();
    mnist("train-images-idx3-ubyte.gz", &packed(&idx(8, &[2, 1, 1], &[7, 8])));
    let lacking = run(&format!("datasets idx:{}", path("mnist")));
    let message = String::from_utf8_lossy(&lacking.stderr).into_owned();
    assert!(lacking.status.code() == Some(2) && message.contains("train-labels-idx1-ubyte"), "{message}");
    mnist("train-labels-idx1-ubyte", &idx(8, &[2], &[0, 3]));
    assert!(said(&format!("datasets idx:{}", path("mnist"))).0.contains("0, 1, 2, 3"));

    std::fs::write(path("hole.csv"), "x1,y\n1,\n").unwrap();
    for (arguments, wants) in [
        ("datasets spirl".to_owned(), "spiral"),
        ("datasets spiral:row=3 --sample".to_owned(), "rows"),
        ("datasets spiral:rows=x --sample".to_owned(), "'rows'"),
        ("datasets spiral --rows 1".to_owned(), "between 2"),
        ("datasets blobs --classes 11".to_owned(), "between 2 and 10"),
        (format!("datasets spiral -o {}", path("x.png")), "digits"),
        (format!("datasets {}", path("none.csv")), "none.csv"),
        (format!("datasets {}", path("hole.csv")), "hole.csv: line 2: column 2"),
        (format!("datasets idx:{}", path("nowhere")), "nowhere"),
        ("datasets 'y = lnn(x)' --rows 4".to_owned(), "ln"),
    ] {
        let output = run(&arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && message.contains(wants), "{arguments}: {message}");
        assert!(output.stdout.is_empty(), "{arguments}");
    }
    assert!(!std::path::Path::new(&path("x.png")).exists());
    let korean = program().args(["--lang", "ko", "datasets", "digits"]).output().unwrap();
    assert!(String::from_utf8(korean.stdout).unwrap().contains("숫자"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_table_and_no_file_can_crash(
        table in "([x1y,;\t. \"#\n\r-]|[0-9]|1e9|nan|label|é){0,60}",
        bytes in proptest::collection::vec(any::<u8>(), 0..80),
        cut in 0usize..60,
    ) {
        for wanted in [Wanted::Auto, Wanted::Numbers, Wanted::Classes, Wanted::Binary, Wanted::Sides] {
            for text in [table.as_bytes(), &bytes[..]] {
                if let Ok(read) = read_csv(text, wanted) {
                    prop_assert!(read.data.rows() > 0 && read.data.inputs() > 0);
                    prop_assert_eq!(numbers(&read.data).len(), read.data.rows() * read.data.inputs());
                    if let Targets::Classes { names, labels } = &read.data.targets {
                        prop_assert!(labels.iter().all(|&label| (label as usize) < names.len()));
                    }
                }
            }
        }
        let mut file = packed(&idx(8, &[2, 3, 4], &bytes));
        file.truncate(cut);
        prop_assert!(read_idx(&file, &bytes).is_err());
        let headed = [&[0, 0, 8, 3][..], &bytes].concat();
        _ = read_idx(&headed, &bytes);
        _ = read_idx(&[&[0x1f, 0x8b, 8][..], &bytes].concat(), &bytes);
    }
}
