//! `downhill animate` as a script meets it: films that can be read, pictures with numbers, and what is refused.

use std::path::Path;

use downhill::scenario;
use downhill::scene::about::scenario_in;

use crate::cli::{downhill, words};

const DESCENT: &str =
    "animate --formula x^2 --start -1 --set lr=0.3 --steps 6 --seconds 0.5 --fps 8 --size 240x180px --no-caption";

/// Runs it in a folder; the exit code and what it says of an error.
fn animate(folder: &Path, arguments: &str) -> (i32, String) {
    let output = downhill().current_dir(folder).args(words(arguments)).output().unwrap();
    assert!(output.stdout.is_empty(), "{arguments}");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_descent_becomes_a_film_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.gif", "a.png", "a.webp"] {
        let path = folder.path().join(name);
        assert_eq!(animate(folder.path(), &format!("{DESCENT} -o {name}")), (0, String::new()));
        let film = std::fs::read(&path).unwrap();
        let found = scenario_in(&film).expect(name);
        assert!(scenario::read(&found).is_ok(), "{name} opens as the session that made it");
        assert_eq!(animate(folder.path(), &format!("{DESCENT} -o {name}")).0, 0);
        assert!(std::fs::read(&path).unwrap() == film, "{name}: the same bytes");
    }
    assert_eq!(names(folder.path()), ["a.gif", "a.png", "a.webp"], "nothing else is left");

    let film = std::fs::File::open(folder.path().join("a.gif")).unwrap();
    let mut decoder = gif::DecodeOptions::new().read_info(film).unwrap();
    assert_eq!((decoder.width(), decoder.height()), (240, 180));
    let mut delays = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        delays.push(frame.delay);
    }
    // Four frames in half a second; the last is seen for longer.
    assert_eq!(delays, [13, 12, 13, 150]);
    let still = std::fs::read(folder.path().join("a.png")).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&still)).read_info().unwrap();
    assert_eq!(reader.info().animation_control().unwrap().num_frames, 4);
}

#[test]
fn a_descent_becomes_numbered_pictures() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(animate(folder.path(), &format!("{DESCENT} -o pictures/")), (0, String::new()));
    let expected = ["frame-0001.png", "frame-0002.png", "frame-0003.png", "frame-0004.png"];
    assert_eq!(names(&folder.path().join("pictures")), expected);
    assert_eq!(animate(folder.path(), &format!("{DESCENT} -o p/%d-a%b.png")).0, 2);
    assert_eq!(animate(folder.path(), &format!("{DESCENT} -o p/step%02d.png")), (0, String::new()));
    assert_eq!(names(&folder.path().join("p")), ["step01.png", "step02.png", "step03.png", "step04.png"]);
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(read("p/step01.png") == read("pictures/frame-0001.png"));
    assert!(read("p/step01.png") != read("p/step04.png"), "it moves");
}

#[test]
fn bad_input_is_refused_and_nothing_is_written() {
    // (arguments that replace others, part of the message)
    let table = [
        ("--fps 0 -o a.gif", "from 0.1 to 50"),
        ("--fps 60 -o a.gif", "from 0.1 to 50"),
        ("--seconds -1 -o a.gif", "--seconds"),
        ("--seconds nan -o a.png", "--seconds"),
        ("-o a.avi", "frame-%04d.png"),
        ("-o a", "frame-%04d.png"),
        ("-o %d%d.png", "frame-%04d.png"),
        ("-o %99d.png", "frame-%04d.png"),
        ("--size 0x10px -o a.gif", "--size 0x10px"),
        ("--size 100000x100px -o a.gif", "100000"),
        ("--view contour -o a.gif", "contour"),
        #[cfg(not(feature = "mp4"))]
        ("-o a.mp4", "without MP4"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (arguments, part) in table {
        let (code, said) = animate(folder.path(), &format!("animate --formula x^2 {arguments}"));
        assert_eq!(code, 2, "{arguments}: {said}");
        assert!(said.contains(part), "{arguments}: {said}");
        assert!(names(folder.path()).is_empty(), "{arguments}");
    }
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.gif");
    std::fs::write(&old, "as it was").unwrap();
    let missing = animate(folder.path(), &format!("{DESCENT} -o missing/a.gif"));
    assert!(missing.0 == 1 && missing.1.contains("missing/a.gif"), "{missing:?}");
    std::fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(animate(folder.path(), &format!("{DESCENT} -o file/%d.png")).0, 1);
    #[cfg(target_os = "linux")]
    {
        // A disk that is full.
        std::os::unix::fs::symlink("/dev/full", folder.path().join("full.gif")).unwrap();
        let full = animate(folder.path(), &format!("{DESCENT} -o full.gif"));
        assert!(full.0 == 1 && full.1.contains("No space left"), "{full:?}");
        std::fs::remove_file(folder.path().join("full.gif")).unwrap();
    }
    assert_eq!(names(folder.path()), ["file", "old.gif"]);
    assert_eq!(std::fs::read_to_string(old).unwrap(), "as it was");
}

#[test]
#[cfg(feature = "window")]
fn what_was_drawn_can_be_drawn_again() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &str| downhill().current_dir(folder.path()).args(words(arguments)).output().unwrap();
    let done = |arguments: &str| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    };
    done("figure --formula 'x^2 + 3*y^2' --start 1,1 --steps 9 -o first.svg");
    done("figure first.svg -o again.svg");
    done("animate first.svg --fps 4 --size 360x270px -o film.gif");
    done("screenshot film.gif --size 400x300 -o window.png");
    done("check first.svg again.svg film.gif window.png");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("first.svg") == read("again.svg"));
    std::fs::write(folder.path().join("foreign.png"), "no picture").unwrap();
    let output = run("check foreign.png");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no scenario"));
}
