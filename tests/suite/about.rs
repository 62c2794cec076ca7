//! A file made by Downhill gives its scenario back; no other file, and no damaged one, does harm.

use downhill::scene::about::scenario_in;
use downhill::scene::animation::{Apng, Colors, Film, Gif, Palette, Reel, Webp};
use downhill::scene::{About, Item, Path, Pixels, Rgba, Scene, Text, pdf, pixels, png, svg};
use proptest::prelude::*;

const SCENARIO: &str = "version = 1\ntitle = \"경사 <b>&amp; ]]> 하강\"\n[[racer]]\t# >>\nstream\n";

/// A small scene with a scenario.
fn scene(scenario: &str) -> Scene {
    let about = About { title: "A title".to_owned(), description: "words".to_owned(), scenario: scenario.to_owned() };
    let text = Text { at: [2.0, 20.0], text: "abc".to_owned(), size: 12.0, ..Text::default() };
    let items = vec![Item::Text(text), Item::fill(Path::circle([20.0, 20.0], 9.0), Rgba::opaque([9, 99, 199]))];
    Scene { size: [40.0, 30.0], background: Some(Rgba::opaque([255; 3])), items, about }
}

/// A film of the same frame twice.
fn film(mut film: impl Film, frame: &Pixels) -> Vec<u8> {
    let mut file = film.frame(frame, 0.1).unwrap();
    file.extend(film.frame(frame, 0.1).unwrap());
    file.extend(film.finish().unwrap().tail);
    file
}

/// The same in every format.
fn files(scenario: &str) -> Vec<(&'static str, Vec<u8>)> {
    let scene = scene(scenario);
    let frame = pixels(&scene, 1.0).unwrap();
    let reel = || Reel { size: frame.size(), frames: 2, about: scene.about.clone() };
    let mut colors = Colors::new();
    colors.look(&frame);
    let gif = Gif::new(reel(), &Palette::of(&colors)).unwrap();
    vec![
        ("svg", svg(&scene).into_bytes()),
        ("png", png(&scene, 1.0).unwrap()),
        ("pdf", pdf(&scene).unwrap()),
        ("gif", film(gif, &frame)),
        ("animated png", film(Apng::new(reel()).unwrap(), &frame)),
        ("webp", film(Webp::new(reel()).unwrap(), &frame)),
    ]
}

#[test]
fn every_format_gives_the_scenario_back() {
    for (format, file) in files(SCENARIO) {
        assert_eq!(scenario_in(&file).as_deref(), Some(SCENARIO), "{format}");
    }
    for (format, file) in files("") {
        assert_eq!(scenario_in(&file), None, "{format} without one");
    }
    let mut packed = Vec::new();
    let mut writer = png::Encoder::new(&mut packed, 1, 1).write_header().unwrap();
    let mut chunk = png::text_metadata::ITXtChunk::new("downhill-scenario", SCENARIO);
    chunk.compressed = true;
    writer.write_text_chunk(&chunk).unwrap();
    drop(writer);
    assert_eq!(scenario_in(&packed).as_deref(), Some(SCENARIO));
}

#[test]
fn a_text_that_another_program_wrote_anew_is_read() {
    let file = "\u{feff}<svg><metadata>\n<downhill:scenario\n  id='a'>a &#60; &quot;b&#x22; &apos;</downhill:scenario></metadata></svg>";
    assert_eq!(scenario_in(file.as_bytes()).as_deref(), Some("a < \"b\" '"));
    assert_eq!(scenario_in(b"<downhill:scenario>a &unknown; b</downhill:scenario>"), None);
}

#[test]
fn what_is_too_long_is_not_taken() {
    let long = "x".repeat((1 << 20) + 1);
    for (format, file) in files(&long) {
        assert_eq!(scenario_in(&file), None, "{format}");
    }
    let allowed = "x".repeat(1 << 20);
    for (format, file) in files(&allowed) {
        assert!(scenario_in(&file).is_some_and(|text| text == allowed), "{format}");
    }
}

#[test]
fn half_a_file_does_no_harm() {
    for (format, file) in files(SCENARIO) {
        for end in 0..file.len() {
            let found = scenario_in(&file[..end]);
            assert!(found.is_none_or(|text| text == SCENARIO), "{format} up to {end}");
        }
    }
}

proptest! {
    #[test]
    fn damaged_files_do_no_harm(format in 0usize..6, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let files = files(SCENARIO);
        let mut file = files[format % files.len()].1.clone();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        _ = scenario_in(&file);
    }

    #[test]
    fn any_bytes_do_no_harm(start in 0usize..7, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let starts: [&[u8]; 7] = [
            b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7 <</Type/DownhillScenario/Length ",
            b"\0\0\0\x10ftyp", b"<downhill:scenario",
        ];
        _ = scenario_in(&[starts[start], &bytes].concat());
    }
}
