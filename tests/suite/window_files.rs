//! Files, the gallery and the ways of showing the window, through its accessibility tree.

use std::path::Path;

use crate::cpu_renderer::assert_picture;
use crate::window::{Window, apply, click, drop_file, english, pictured, press, session, type_into, window_of};
use downhill::app::raster::Image;
use downhill::app::theme::ThemeName;
use downhill::app::{App, Options, Section};
use downhill::i18n::{self, Lang};
use downhill::scenario::{self, examples};
use downhill::scene::{About, Scene, pdf, png, svg};
use downhill::session::Command;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A window that remembers in a folder.
fn kept(folder: &Path) -> Window {
    let options = Options { lang: Some(Lang::En), ..Options::default() };
    window_of(App::in_folder(options, Some(folder.to_owned()), Lang::En))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"))
}

fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

/// A press whose frame is the last one, so that what it asked for can be seen.
fn press_once(window: &mut Window, modifiers: Modifiers, key: Key) {
    let press = egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    window.input_mut().events.push(press);
    window.step();
}

fn rate(window: &mut Window, rate: f64) {
    window.get_by_role_and_label(Role::Slider, "learning rate").set_value_accesskit(rate);
    window.run_steps(40);
}

/// The window says something that contains these words.
fn says(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).count() > 0
}

#[test]
fn a_scenario_is_saved_named_changed_and_opened() {
    let (memory, files) = (folder(), folder());
    let mut window = kept(memory.path());
    assert_eq!(window.state().title(), "Three rules, one start – Downhill");
    press(&mut window, Key::Space);
    rate(&mut window, 0.002);
    assert_eq!(window.state().title(), "Three rules, one start • – Downhill");
    click(&mut window, Role::Button, "File");
    click(&mut window, Role::MenuItem, "Save");
    let path = files.path().join("mine.toml");
    type_into(&mut window, "File name", &files.path().join("mine").display().to_string());
    click(&mut window, Role::Button, "Save");
    assert_eq!(window.state().title(), "mine.toml – Downhill");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(scenario::read(&written).as_ref(), Ok(session(&window).document()));

    rate(&mut window, 0.004);
    assert_eq!(window.state().title(), "mine.toml • – Downhill");
    press_with(&mut window, CTRL, Key::S);
    assert_eq!(window.state().title(), "mine.toml – Downhill");
    assert!(says(&window, "mine.toml is saved"));

    // Another one is opened by its name, and the first one is in the list of recent files.
    let other = examples().nth(1).map_or("", |example| example.text());
    std::fs::write(files.path().join("other.toml"), other).unwrap_or_else(|error| panic!("{error}"));
    press_with(&mut window, CTRL, Key::O);
    click(&mut window, Role::Button, "other.toml");
    assert_eq!(window.state().title(), "other.toml – Downhill");
    click(&mut window, Role::Button, "File");
    click(&mut window, Role::MenuItem, "mine.toml");
    assert_eq!(window.state().title(), "mine.toml – Downhill");
    // What was opened can be taken back, and then saving does not write over the wrong file.
    apply(&mut window, Command::Pause);
    press_with(&mut window, CTRL, Key::Z);
    assert!(window.state().title().starts_with("other.toml"));
    press_with(&mut window, CTRL_SHIFT, Key::Z);
    assert!(window.state().title().starts_with("mine.toml"));
}

#[test]
fn nothing_is_replaced_unasked() {
    let (memory, files) = (folder(), folder());
    let (mine, other) = (files.path().join("mine.toml"), files.path().join("other.toml"));
    std::fs::write(&other, "a diary").unwrap_or_else(|error| panic!("{error}"));
    let text = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let mut window = kept(memory.path());
    press_with(&mut window, CTRL_SHIFT, Key::S);
    type_into(&mut window, "File name", &other.display().to_string());
    click(&mut window, Role::Button, "Save");
    assert!(says(&window, "exists already") && text(&other) == "a diary");
    type_into(&mut window, "File name", &mine.display().to_string());
    click(&mut window, Role::Button, "Save");
    assert_eq!(text(&other), "a diary");

    // Another program writes the file: that is noticed and asked about.
    std::fs::write(&mine, "another program").unwrap_or_else(|error| panic!("{error}"));
    press_with(&mut window, CTRL, Key::S);
    assert!(says(&window, "changed by another program"));
    click(&mut window, Role::Button, "Cancel");
    assert_eq!(text(&mine), "another program");
    press_with(&mut window, CTRL, Key::S);
    click(&mut window, Role::Button, "Replace");
    assert!(scenario::read(&text(&mine)).is_ok());
    let title = window.state().title();
    press_with(&mut window, CTRL, Key::O);
    press(&mut window, Key::Escape);
    assert_eq!(window.state().title(), title, "a dialog that is left changes nothing");
}

#[test]
fn files_are_dropped_and_bad_ones_leave_everything() {
    let (memory, files) = (folder(), folder());
    let mut window = kept(memory.path());
    press(&mut window, Key::Space);
    let at = |name: &str| files.path().join(name);
    let put = |name: &str, bytes: &[u8]| std::fs::write(at(name), bytes).unwrap_or_else(|error| panic!("{error}"));
    let good = examples().nth(2).map_or("", |example| example.text());
    put("good.toml", good.as_bytes());
    put("newer.toml", b"version = 99\nlaps = 3\n");
    put("half.toml", &good.as_bytes()[..good.len() - 8]);
    put("noise.toml", &[0xFF, 0xFE, 0, 1, 2]);
    let huge = std::fs::File::create(at("huge.toml")).unwrap_or_else(|error| panic!("{error}"));
    huge.set_len(1 << 30).unwrap_or_else(|error| panic!("{error}"));
    let (before, title) = (session(&window).document().clone(), window.state().title());
    for (name, cure) in [
        ("newer.toml", "a newer one is needed"),
        ("half.toml", "half.toml:"),
        ("noise.toml", "is no text"),
        ("huge.toml", "1024 MB"),
        ("gone.toml", "is not there"),
        ("", "is a folder"),
    ] {
        drop_file(&mut window, &at(name));
        assert!(says(&window, cure), "{name}");
        assert_eq!((session(&window).document(), window.state().title()), (&before, title.clone()), "{name}");
    }
    drop_file(&mut window, &at("good.toml"));
    assert_eq!(window.state().title(), "good.toml – Downhill");
    assert!(session(&window).document().transport.playing);
}

#[test]
fn a_picture_opens_as_the_session_that_made_it() {
    let files = folder();
    let made =
        examples().find(|example| example.id == "four_basins").and_then(|example| example.document().ok()).unwrap();
    let about = About { scenario: scenario::write(&made), ..About::default() };
    let mut drawn = Scene { size: [20.0, 10.0], about, ..Scene::default() };
    let put = |name: &str, bytes: &[u8]| std::fs::write(files.path().join(name), bytes).unwrap();
    put("made.png", &png(&drawn, 1.0).unwrap());
    put("made.svg", svg(&drawn).as_bytes());
    put("made.PDF", &pdf(&drawn).unwrap());
    drawn.about.scenario = "version = 99\n".to_owned();
    put("newer.svg", svg(&drawn).as_bytes());
    drawn.about.scenario.clear();
    put("foreign.png", &png(&drawn, 1.0).unwrap());
    for name in ["made.png", "made.svg", "made.PDF"] {
        let mut window = english("rosenbrock");
        let before = session(&window).document().clone();
        for (bad, cure) in [("newer.svg", "newer.svg:1"), ("foreign.png", "no scenario")] {
            drop_file(&mut window, &files.path().join(bad));
            assert!(says(&window, cure), "{bad}");
            assert_eq!(session(&window).document(), &before, "{bad}");
        }
        drop_file(&mut window, &files.path().join(name));
        assert_eq!(session(&window).document().surface, made.surface, "{name}");
        assert_eq!(session(&window).document().racers, made.racers, "{name}");
        assert_eq!(window.state().title(), "Downhill", "{name}: it is not saved into the picture");
    }
}

#[test]
fn the_state_is_copied_and_pasted_as_text() {
    let mut window = english("rosenbrock");
    press_once(&mut window, CTRL_SHIFT, Key::C);
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap_or_else(|| panic!("nothing was copied"));
    assert_eq!(scenario::read(&copied).as_ref(), Ok(session(&window).document()));
    let other = examples().nth(4).map_or("", |example| example.text());
    window.event(egui::Event::Paste(other.to_owned()));
    window.run_steps(2);
    assert_eq!(session(&window).surface().id.as_deref(), Some("ellipse10"));
    let before = session(&window).document().surface.clone();
    window.event(egui::Event::Paste("what is this?".to_owned()));
    window.run_steps(2);
    assert!(says(&window, "cannot be opened") && session(&window).document().surface == before);
    press_once(&mut window, CTRL_SHIFT, Key::V);
    let asked = window.output().viewport_output.values().flat_map(|viewport| &viewport.commands);
    assert!(asked.into_iter().any(|command| matches!(command, egui::ViewportCommand::RequestPaste)));
    // Text that is pasted into a box stays there.
    type_into(&mut window, "Formula", "x^2");
    window.event(egui::Event::Paste(" + 1".to_owned()));
    window.run_steps(3);
    assert_eq!(session(&window).surface().source, "x^2 + 1");
}

#[test]
fn what_was_on_the_desk_is_there_at_the_next_start() {
    let memory = folder();
    let mut window = kept(memory.path());
    press(&mut window, Key::Space);
    rate(&mut window, 0.0123);
    // A few seconds after the change, without any farewell.
    window.run_steps(240);
    let kept_rate = |window: &Window| session(window).selected().map(|racer| racer.rate());
    drop(window);
    let mut window = kept(memory.path());
    assert_eq!(kept_rate(&window), Some(0.0123));
    assert_eq!(window.state().title(), "Three rules, one start • – Downhill");
    // On exit, at once.
    rate(&mut window, 0.0077);
    window.state_mut().close();
    drop(window);
    let window = kept(memory.path());
    assert_eq!(kept_rate(&window), Some(0.0077));
    drop(window);
    // A memory that cannot be read is said, set aside, and does not stop anything.
    let autosave = memory.path().join("autosave.toml");
    std::fs::write(&autosave, "version = 99").unwrap_or_else(|error| panic!("{error}"));
    let window = kept(memory.path());
    assert!(says(&window, "autosave-unreadable.toml"));
    assert!(memory.path().join("autosave-unreadable.toml").is_file() && !autosave.exists());
}

#[test]
fn folds_and_unfinished_texts_are_there_at_the_next_start() {
    let memory = folder();
    let mut window = kept(memory.path());
    click(&mut window, Role::Button, "Start and noise");
    drop(window);
    let mut window = kept(memory.path());
    assert_eq!(window.state().view().folded, [Section::Start].into(), "at once, without any farewell");
    type_into(&mut window, "Formula", "x^2 + sine(y");
    window.run_steps(240);
    drop(window);
    let mut window = kept(memory.path());
    assert_eq!(session(&window).formula_text(), "x^2 + sine(y");
    assert!(session(&window).drafts().formula.is_some() && says(&window, "sin"), "with what is wrong with it");
    // What was cured is kept as cured.
    type_into(&mut window, "Formula", "x^2 + sin(y)");
    window.state_mut().close();
    drop(window);
    let window = kept(memory.path());
    assert_eq!(session(&window).surface().source, "x^2 + sin(y)");
    assert!(session(&window).drafts().formula.is_none() && !memory.path().join("drafts.toml").exists());
}

#[test]
fn tab_completes_a_path_and_goes_on_where_there_is_nothing_to_complete() {
    let (memory, files) = (folder(), folder());
    std::fs::create_dir(files.path().join("Lectures")).unwrap_or_else(|error| panic!("{error}"));
    let text = examples().next().map_or("", |example| example.text());
    std::fs::write(files.path().join("Lectures/momentum.toml"), text).unwrap_or_else(|error| panic!("{error}"));
    let mut window = kept(memory.path());
    press_with(&mut window, CTRL, Key::O);
    type_into(&mut window, "File name", &files.path().join("Lec").display().to_string());
    for _ in 0..2 {
        press_with(&mut window, Modifiers::NONE, Key::Tab);
    }
    let focused = |window: &Window| {
        let boxes = window.get_by_role_and_label(Role::TextInput, "File name");
        (boxes.accesskit_node().is_focused(), boxes.accesskit_node().value().unwrap_or_default())
    };
    let whole = files.path().join("Lectures/momentum.toml").display().to_string();
    assert_eq!(focused(&window), (true, whole.clone()));
    press_with(&mut window, Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&window), (false, whole), "Tab goes on to the buttons");
    press_with(&mut window, Modifiers::SHIFT, Key::Tab);
    assert!(focused(&window).0);
    press(&mut window, Key::Enter);
    window.run_steps(3);
    assert_eq!(window.state().title(), "momentum.toml – Downhill");
}

#[test]
fn an_example_is_one_press_away_and_moves() {
    let mut window = english("rosenbrock");
    click(&mut window, Role::Button, "Examples");
    assert!(window.state().view().gallery);
    window.get_by_role_and_label(Role::Button, "Newton needs one step").click_accesskit();
    window.run_steps(20);
    assert!(!window.state().view().gallery);
    assert_eq!(session(&window).surface().id.as_deref(), Some("rotated_ellipse"));
    assert!(session(&window).document().transport.cursor > 0.0);
    assert_eq!(window.state().title(), "Newton needs one step – Downhill");
    let point = "On a quadratic the curvature says exactly how far to go";
    assert!(says(&window, point), "its point is read above the view");

    // By keys alone: the first card has the focus, arrows go on, Enter opens.
    press(&mut window, Key::E);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::Enter);
    window.run_steps(2);
    assert_eq!(window.state().title(), "Too small a rate – Downhill");
    press(&mut window, Key::E);
    press(&mut window, Key::E);
    assert!(!window.state().view().gallery);
    press(&mut window, Key::E);
    press(&mut window, Key::Escape);
    assert!(!window.state().view().gallery);
}

#[test]
fn every_example_has_a_card_with_its_point_in_every_language() {
    for lang in Lang::ALL {
        let mut window = window_of(App::detached(Options { lang: Some(lang), ..Options::default() }));
        press(&mut window, Key::E);
        for example in examples() {
            let card = window.get_by_role_and_label(Role::Button, example.title.get(lang));
            assert_eq!(card.accesskit_node().description().as_deref(), Some(example.point.get(lang)));
        }
    }
}

#[test]
fn the_presentation_is_large_and_left_by_escape() {
    let mut window = english("rosenbrock");
    press(&mut window, Key::F9);
    window.run_steps(2);
    assert!(window.state().view().presenting && window.ctx.zoom_factor() > 1.2);
    assert!(window.query_by_role_and_label(Role::Slider, "learning rate").is_none(), "the panels are folded");
    assert!(window.query_by_role_and_label(Role::Button, "Play").is_some(), "time is in reach");
    press(&mut window, Key::ArrowRight);
    assert_eq!(session(&window).document().transport.cursor, 1.0);
    press(&mut window, Key::Escape);
    window.run_steps(2);
    assert!(!window.state().view().presenting && window.ctx.zoom_factor() == 1.0);
}

#[test]
fn everything_is_shown_larger_and_that_is_remembered() {
    let memory = folder();
    let mut window = kept(memory.path());
    press_with(&mut window, CTRL, Key::Plus);
    press_with(&mut window, CTRL_SHIFT, Key::Plus);
    assert_eq!(window.ctx.zoom_factor(), 1.2);
    press_with(&mut window, CTRL, Key::Minus);
    assert_eq!(window.ctx.zoom_factor(), 1.1);
    press_with(&mut window, CTRL, Key::Num0);
    assert_eq!(window.ctx.zoom_factor(), 1.0);
    click(&mut window, Role::Button, "How the window is shown");
    click(&mut window, Role::MenuItemRadio, "125 %");
    assert_eq!(window.ctx.zoom_factor(), 1.25);
    click(&mut window, Role::Button, "How the window is shown");
    click(&mut window, Role::MenuItemRadio, "High contrast");
    assert_eq!(window.state().view().theme, ThemeName::Contrast);
    window.state_mut().close();
    drop(window);
    let window = kept(memory.path());
    assert_eq!((window.state().view().zoom, window.state().view().theme), (1.25, ThemeName::Contrast));
}

#[test]
fn panels_are_widened_within_bounds_and_remembered() {
    let memory = folder();
    let mut window = kept(memory.path());
    let edge = window.get_by_role_and_label(Role::Splitter, "Width of the left panel").rect().center();
    window.hover_at(edge);
    window.run_steps(2);
    window.drag_at(edge);
    window.run_steps(1);
    window.hover_at(edge + vec2(40.0, 0.0));
    window.run_steps(2);
    window.drop_at(edge + vec2(40.0, 0.0));
    window.run_steps(2);
    let left = window.state().view().panels[0];
    assert!((310.0..=335.0).contains(&left), "{left}");
    window.get_by_role_and_label(Role::Splitter, "Height of the lower panel").focus();
    press(&mut window, Key::ArrowUp);
    assert_eq!(window.state().view().panels[2], 212.0);
    for _ in 0..40 {
        press(&mut window, Key::ArrowUp);
    }
    assert!(window.state().view().panels[2] <= 440.0);
    window.state_mut().close();
    drop(window);
    let window = kept(memory.path());
    assert_eq!(window.state().view().panels[0], left.round());
}

#[test]
fn the_key_list_has_every_group() {
    let mut window = english("rosenbrock");
    press(&mut window, Key::Questionmark);
    for group in ["app.keys.group_time", "app.keys.group_file", "app.keys.group_window"] {
        assert!(says(&window, i18n::text(Lang::En, group)), "{group}");
    }
    assert!(says(&window, "Presentation: F9"));
    let cursor = session(&window).document().transport.cursor;
    press(&mut window, Key::ArrowRight);
    assert_eq!(session(&window).document().transport.cursor, cursor, "what lies over the window has the keys");
}

/// A picture without its outermost pixels.
fn within(picture: &Image, margin: usize) -> Image {
    let (width, height) = (picture.width - 2 * margin, picture.height - 2 * margin);
    let rows = picture.pixels.chunks_exact(picture.width).skip(margin).take(height);
    let pixels = rows.flat_map(|row| &row[margin..margin + width]).copied().collect();
    Image { width, height, pixels }
}

#[test]
fn gallery_and_presentation_are_drawn_as_they_were() {
    for (name, theme, size, key) in [
        ("gallery_dark", ThemeName::Dark, vec2(900.0, 620.0), Key::E),
        ("gallery_contrast", ThemeName::Contrast, vec2(660.0, 460.0), Key::E),
        ("presentation_light", ThemeName::Light, vec2(720.0, 450.0), Key::F9),
    ] {
        let text = examples().find(|example| example.id == "leaves_local").map_or("", |example| example.text());
        let mut session = scenario::read(text).map(downhill::session::Session::open).unwrap().unwrap();
        _ = session.apply(Command::Pause);
        _ = session.apply(Command::Seek(30.0));
        let (mut window, camera) = pictured(session, theme, Lang::En, size);
        press(&mut window, key);
        window.run_steps(4);
        let picture = camera.picture(&window);
        // Of the gallery without the window behind it.
        let gallery = key == Key::E;
        assert_picture(name, &if gallery { within(&picture, 60) } else { picture });
    }
}
