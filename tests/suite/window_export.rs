//! Pictures that leave the window: the dialog, its preview, the files, the clipboard.

use std::path::Path;

use crate::window::{Window, click, drop_file, english, session, type_into};
use downhill::figure::{Figure, Parts, Request, View};
use downhill::scene;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"))
}

/// The window says something that contains these words.
fn says(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).count() > 0
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

/// The line below the preview, which begins with the name of the file.
fn facts(window: &Window, name: &str) -> String {
    let line = window.get_by_label_contains(name);
    let node = line.accesskit_node();
    node.value().or_else(|| node.label()).unwrap_or_default()
}

/// Saves under a name in a folder what the dialog has chosen.
fn save(window: &mut Window, path: &Path) {
    click(window, Role::Button, "Save …");
    type_into(window, "File name", &path.display().to_string());
    click(window, Role::Button, "Save");
}

#[test]
fn what_is_chosen_in_the_dialog_is_what_the_preview_and_the_file_are() {
    let files = folder();
    let mut window = english("himmelblau");
    press_with(&mut window, CTRL, Key::E);
    let said = facts(&window, "himmelblau-torch-sgd-contour.svg");
    assert!(said.contains("cm"), "a name that says what is in it: {said}");
    assert!(window.query_by_role_and_label(Role::Image, "Preview of the figure").is_some());
    click(&mut window, Role::RadioButton, "PNG");
    click(&mut window, Role::RadioButton, "Print");
    click(&mut window, Role::RadioButton, "px");
    click(&mut window, Role::CheckBox, "As suits the view");
    for (name, value) in [("Width", 320.0), ("Height", 240.0), ("Pixels to a px", 1.5)] {
        window.get_by_role_and_label(Role::SpinButton, name).set_value_accesskit(value);
        window.run_steps(3);
    }
    type_into(&mut window, "Title", "<b>\"경사\" & slope");
    click(&mut window, Role::CheckBox, "Legend");
    click(&mut window, Role::ComboBox, "View");
    click(&mut window, Role::MenuItem, "Loss over the steps");
    let said = facts(&window, "himmelblau-torch-sgd-loss.png");
    assert!(said.contains("320 × 240 px") && said.contains("480 × 360 pixels"), "{said}");
    let path = files.path().join("mine");
    save(&mut window, &path);
    let path = path.with_extension("png");
    assert!(says(&window, &format!("{} is written.", path.display())));
    assert!(window.query_by_label("Preview of the figure").is_none(), "the dialog is done");

    // The same figure, made without the window.
    let request = Request {
        size: Some([240.0, 180.0]),
        theme: downhill::figure::ThemeName::Print,
        title: Some("<b>\"경사\" & slope".to_owned()),
        parts: Parts { legend: false, ..Parts::default() },
        at: Some(session(&window).last_step() as f64),
        density: 2.0,
        ..Request::new(View::Loss)
    };
    let scene = Figure::new(session(&window), &request).unwrap_or_else(|error| panic!("{error}")).scene();
    assert!(std::fs::read(&path).ok() == scene::png(&scene, 2.0).ok());

    // What was chosen is there the next time, in the view that the window shows; the title is not.
    press_with(&mut window, CTRL, Key::E);
    assert!(facts(&window, "himmelblau-torch-sgd-contour.png").contains("480 × 360 pixels"));
    // A file that is there is asked about.
    click(&mut window, Role::Button, "Save …");
    type_into(&mut window, "File name", "mine");
    let before = std::fs::read(&path).ok();
    click(&mut window, Role::Button, "Save");
    assert!(says(&window, "exists already") && std::fs::read(&path).ok() == before);
    click(&mut window, Role::Button, "Replace");
    assert!(std::fs::read(&path).ok() != before);
}

#[test]
fn every_format_is_written_and_brings_the_session_along() {
    let files = folder();
    for (format, ending, beginning) in [
        ("SVG", "svg", &b"<svg"[..]),
        ("PDF", "pdf", b"%PDF"),
        ("PNG", "png", b"\x89PNG"),
        ("GIF", "gif", b"GIF89a"),
        ("APNG", "png", b"\x89PNG"),
        ("WebP", "webp", b"RIFF"),
        ("CSV", "csv", b"part,series"),
        ("JSON", "json", b"[{\"part\":"),
        ("LaTeX", "tex", b"%"),
    ] {
        let mut window = english("himmelblau");
        press_with(&mut window, CTRL, Key::E);
        click(&mut window, Role::RadioButton, format);
        if ["GIF", "APNG", "WebP"].contains(&format) {
            for (name, value) in [("Seconds", 0.5), ("Frames a second", 8.0), ("Pixels to a px", 0.3)] {
                window.get_by_role_and_label(Role::SpinButton, name).set_value_accesskit(value);
                window.run_steps(3);
            }
            assert!(says(&window, "4 frames"), "{format}");
        }
        let path = files.path().join(format).with_extension(ending);
        save(&mut window, &path);
        let bytes = std::fs::read(&path).unwrap_or_default();
        let start = bytes.iter().position(|byte| *byte == beginning[0]).unwrap_or(0);
        assert!(bytes[start..].starts_with(beginning), "{format}: {:?}", bytes.get(..40));
        assert_eq!(bytes.windows(4).any(|part| part == b"acTL"), format == "APNG", "{format}");
        if !["CSV", "JSON", "LaTeX"].contains(&format) {
            let mut other = english("rosenbrock");
            drop_file(&mut other, &path);
            assert_eq!(session(&other).surface().id.as_deref(), Some("himmelblau"), "{format}");
        }
    }
    let left = std::fs::read_dir(files.path()).map(Iterator::count).unwrap_or(0);
    assert_eq!(left, 9, "nothing else is left");
}

#[test]
fn what_cannot_be_drawn_or_written_is_said_and_leaves_no_file() {
    let files = folder();
    let mut window = english("himmelblau");
    press_with(&mut window, CTRL, Key::E);
    click(&mut window, Role::CheckBox, "As suits the view");
    for name in ["Width", "Height"] {
        window.get_by_role_and_label(Role::SpinButton, name).set_value_accesskit(0.0);
        window.run_steps(3);
    }
    assert!(says(&window, "leaves no room for the data"), "the preview says what is wrong");
    save(&mut window, &files.path().join("small"));
    assert!(says(&window, "leaves no room for the data"));
    press_with(&mut window, CTRL, Key::E);
    for name in ["Width", "Height"] {
        window.get_by_role_and_label(Role::SpinButton, name).set_value_accesskit(500.0);
        window.run_steps(3);
    }
    click(&mut window, Role::RadioButton, "PNG");
    window.get_by_role_and_label(Role::SpinButton, "Pixels to a px").set_value_accesskit(16.0);
    window.run_steps(3);
    save(&mut window, &files.path().join("large"));
    assert!(says(&window, "is impossible"));
    press_with(&mut window, CTRL, Key::E);
    save(&mut window, &files.path().join("no/where.png"));
    assert!(says(&window, "is not there"));
    assert_eq!(std::fs::read_dir(files.path()).map(Iterator::count).ok(), Some(0));
}

#[test]
fn the_picture_is_copied_as_it_was_asked_for() {
    let mut window = english("himmelblau");
    let press = |key| egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: CTRL_SHIFT };
    window.input_mut().events.push(press(Key::E));
    let mut copied = None;
    for _ in 0..3 {
        window.step();
        copied = copied.or(window.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyImage(image) => Some(image.size),
            _ => None,
        }));
    }
    let request = Request::new(View::Contour);
    let figure = Figure::new(session(&window), &request).unwrap_or_else(|error| panic!("{error}"));
    let size = figure.size().map(|side| (side * 2.0 * 96.0 / 72.0).round() as usize);
    assert_eq!(copied, Some(size));
    window.run_steps(2);
    assert!(says(&window, "on the clipboard"));
}

#[test]
fn the_dialog_is_reached_from_the_menu_and_the_view_and_left_by_escape() {
    let mut window = english("parabola");
    let open = |window: &Window| window.query_by_role_and_label(Role::Image, "Preview of the figure").is_some();
    click(&mut window, Role::Button, "Save picture …");
    assert!(open(&window));
    press_with(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!open(&window));
    click(&mut window, Role::Button, "File");
    click(&mut window, Role::MenuItem, "Save picture …");
    assert!(open(&window));
    press_with(&mut window, Modifiers::NONE, Key::Space);
    assert!(!session(&window).document().transport.playing, "the window's keys rest");
}
