//! Models with data in the window: points under mouse and keys, mini-batches, texts, tables that are dropped.

use crate::cpu_renderer::assert_picture;
use crate::window::{PANELS, Window, click, drop_file, english, fold, open, pictured, press, session, type_into};
use downhill::app::theme::ThemeName;
use downhill::i18n::{self, Lang};
use downhill::objective::Batch;
use downhill::session::{Command, Layer, Session};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// A window on a model, by the list of surfaces.
fn on_model(id: &str) -> Window {
    let mut window = english("bowl");
    window.state_mut().session_mut().apply(Command::ChooseModel(id.to_owned())).unwrap();
    window.run_steps(3);
    window
}

fn points(window: &Window) -> Vec<[f64; 2]> {
    session(window).surface().model.as_ref().map(|model| model.points().collect()).unwrap_or_default()
}

fn pane(window: &Window) -> Rect {
    window.get_by_role_and_label(Role::Canvas, "Data").rect()
}

/// A press of a button of the mouse and its release, at a place.
fn button(window: &mut Window, at: Pos2, button: PointerButton) {
    for pressed in [true, false] {
        window.event(Event::PointerMoved(at));
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        window.run_steps(1);
    }
}

/// Adds a point by a double click.
fn add(window: &mut Window, at: Pos2) {
    button(window, at, PointerButton::Primary);
    button(window, at, PointerButton::Primary);
    window.run_steps(2);
}

/// A window on a model with a single point in the middle of the pane.
fn with_one_point() -> (Window, Pos2) {
    let mut window = on_model("line");
    click(&mut window, Role::Button, "Remove all points");
    assert!(points(&window).is_empty());
    // Long enough after that click not to be a third one.
    window.run_steps(30);
    let place = pane(&window).center();
    add(&mut window, place);
    assert_eq!(points(&window).len(), 1);
    // The pane fits itself to the point: it is looked for where it is now.
    let shown = pane(&window);
    (window, shown.center())
}

#[test]
fn a_model_is_chosen_from_the_list() {
    let mut window = english("bowl");
    click(&mut window, Role::ComboBox, "Surface");
    window.get_by_role_and_label(Role::MenuItem, "Logistic regression").click_accesskit();
    window.run_steps(3);
    assert_eq!(session(&window).surface().id.as_deref(), Some("logistic"));
    assert!(window.query_by_role_and_label(Role::Canvas, "Data").is_some());
    assert!(window.query_by_role_and_label(Role::Canvas, "Map of the loss").is_some());
}

#[test]
fn points_are_added_moved_and_removed_by_the_mouse() {
    let mut window = on_model("line");
    let rect = pane(&window);
    let before = points(&window).len();
    let place = rect.left_top() + vec2(30.0, 30.0);
    add(&mut window, place);
    assert_eq!(points(&window).len(), before + 1);
    let added = points(&window)[before];
    // It is dragged from where it is seen: the highest point of the pane.
    let (row, _) = points(&window).iter().enumerate().max_by(|(_, a), (_, b)| a[1].total_cmp(&b[1])).unwrap();
    assert_eq!(row, before);
    click(&mut window, Role::Button, "The model's own points again");
    assert_eq!(points(&window).len(), 40);
    assert!(added[1] > 2.0);
}

#[test]
fn a_point_is_dragged_and_removed_where_it_is_seen() {
    let (mut window, _) = with_one_point();
    let first = points(&window)[0];
    let place = find(&mut window);
    window.drag_at(place);
    window.run_steps(1);
    window.hover_at(place + vec2(20.0, -30.0));
    window.run_steps(1);
    window.hover_at(place + vec2(30.0, -40.0));
    window.run_steps(1);
    let during = points(&window)[0];
    assert!(during[0] > first[0] && during[1] > first[1], "{first:?} {during:?}");
    window.drop_at(place + vec2(30.0, -40.0));
    window.run_steps(2);
    let place = find(&mut window);
    button(&mut window, place, PointerButton::Secondary);
    window.run_steps(2);
    assert!(points(&window).is_empty());
}

/// Where the one point is: its loss follows the hand, so it is looked for by hovering down the middle columns.
fn find(window: &mut Window) -> Pos2 {
    let rect = pane(window);
    for row in 0..24 {
        for column in 0..13 {
            let at = rect.lerp_inside(vec2((column as f32 + 0.5) / 13.0, (row as f32 + 0.5) / 24.0));
            window.hover_at(at);
            window.run_steps(1);
            if window.output().platform_output.cursor_icon == egui::CursorIcon::Grab {
                return at;
            }
        }
    }
    panic!("the point is not in the pane");
}

#[test]
fn points_are_in_the_hands_of_the_keys() {
    let mut window = on_model("line");
    window.get_by_role_and_label(Role::Canvas, "Data").focus();
    window.run_steps(2);
    let before = points(&window);
    press(&mut window, Key::PageDown);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowUp);
    let after = points(&window);
    assert!(after[0][0] > before[0][0] && after[0][1] > before[0][1], "{:?} {:?}", before[0], after[0]);
    assert_eq!(session(&window).document().transport.cursor, 0.0, "the arrows move the point, not the time");
    press(&mut window, Key::Delete);
    assert_eq!(points(&window).len(), 39);
    press(&mut window, Key::Insert);
    assert_eq!(points(&window).len(), 40);
}

/// Replaces what stands in the field that has the focus.
fn enter(window: &mut Window, text: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(Event::Text(text.to_owned()));
    window.run_steps(1);
}

#[test]
fn points_are_edited_in_a_table() {
    let mut window = on_model("line");
    assert!(window.query_by_role_and_label(Role::SpinButton, "x of point 1").is_none());
    click(&mut window, Role::Button, "Table of the points");
    let before = points(&window);
    let focused = |window: &Window| {
        let nodes = window.root().children_recursive();
        nodes.into_iter().find(|node| node.accesskit_node().is_focused()).and_then(|node| node.accesskit_node().label())
    };
    window.get_by_role_and_label(Role::SpinButton, "x of point 1").focus();
    window.run_steps(2);
    enter(&mut window, "0.125");
    press(&mut window, Key::Tab);
    window.run_steps(2);
    assert_eq!(focused(&window).as_deref(), Some("y of point 1"));
    enter(&mut window, "-7/2");
    press(&mut window, Key::Enter);
    window.run_steps(3);
    assert_eq!(points(&window)[0], [0.125, -3.5]);
    assert_eq!(focused(&window).as_deref(), Some("y of point 2"), "Enter goes down");
    press(&mut window, Key::ArrowUp);
    window.run_steps(3);
    assert_eq!(focused(&window).as_deref(), Some("y of point 1"));
    assert_eq!(points(&window)[1..], before[1..], "what was only passed stays");
    // Down to a row that was out of sight.
    for _ in 0..30 {
        press(&mut window, Key::ArrowDown);
        window.run_steps(2);
    }
    assert_eq!(focused(&window).as_deref(), Some("y of point 31"));
    press(&mut window, Key::Escape);
    // Each number is a change of its own.
    for want in [[0.125, before[0][1]], before[0]] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run_steps(2);
        assert_eq!(points(&window)[0], want);
    }
    window.get_by_role_and_label(Role::Button, "Remove point 31").click_accesskit();
    window.run_steps(3);
    assert_eq!((points(&window).len(), points(&window)[30]), (39, before[31]));
    window.get_by_role_and_label(Role::Button, "Add a point").click_accesskit();
    window.run_steps(4);
    assert_eq!(points(&window).len(), 40);
    assert_eq!(focused(&window).as_deref(), Some("x of point 40"), "what is new is given its numbers");

    let mut window = on_model("logistic");
    click(&mut window, Role::Button, "Table of the points");
    window.get_by_role_and_label(Role::SpinButton, "y of point 1").focus();
    window.run_steps(2);
    enter(&mut window, "0.7");
    press(&mut window, Key::Enter);
    assert_eq!(points(&window)[0][1], 1.0, "a class is 0 or 1");
}

#[test]
fn mini_batches_and_samples_are_set() {
    let mut window = on_model("line");
    click(&mut window, Role::CheckBox, "One point a step");
    assert_eq!(session(&window).document().batch, Batch { size: 1, seed: 0 });
    click(&mut window, Role::CheckBox, "Batches of 5");
    click(&mut window, Role::Button, "order seed: next");
    assert_eq!(session(&window).document().batch, Batch { size: 5, seed: 1 });
    press(&mut window, Key::ArrowRight);
    assert!(window.query_by_label("epoch 1 · batch 2 of 8").is_some());
    click(&mut window, Role::CheckBox, "All points at every step");
    assert_eq!(session(&window).batch_rows().map(|rows| rows.len()), Some(40));
    let before = points(&window);
    click(&mut window, Role::Button, "Draw new points");
    assert!(points(&window) != before && points(&window).len() == 40);
    window.get_by_role_and_label(Role::Slider, "noise").set_value_accesskit(0.0);
    window.run_steps(2);
    assert!(points(&window).iter().all(|[x, y]| (y - 0.8 * x - 0.5).abs() < 2e-3));
}

#[test]
fn prediction_and_loss_are_typed() {
    let mut window = on_model("line");
    type_into(&mut window, "Prediction", "w*x");
    assert_eq!((session(&window).surface().dimension, session(&window).prediction_text()), (1, "w*x"));
    type_into(&mut window, "Loss", "mean(abs(p - y");
    assert!(session(&window).drafts().formula.is_some());
    type_into(&mut window, "Loss", "mean(abs(p - y))");
    assert_eq!(session(&window).surface().source, "mean(abs(p - y))");
}

#[test]
fn a_table_is_opened_from_the_dialog() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    std::fs::write(&path, b"x,y\n1,2\n3,4\n").unwrap();
    let mut window = on_model("line");
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run_steps(2);
    type_into(&mut window, "File name", &path.display().to_string());
    press(&mut window, Key::Enter);
    assert_eq!(points(&window), [[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(window.query_all_by_label("File name").count(), 0, "the dialog is gone");
}

#[test]
fn a_table_that_is_dropped_becomes_the_points() {
    let folder = tempfile::tempdir().unwrap();
    let drop = |window: &mut Window, name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        drop_file(window, &path);
        window.run_steps(1);
        window.input_mut().dropped_files.clear();
        window.run_steps(2);
    };
    let mut window = on_model("line");
    drop(&mut window, "table.csv", b"y;x\n1,5;2\n3;4\n");
    assert_eq!(points(&window), [[2.0, 1.5], [4.0, 3.0]]);
    for (name, text) in
        [("bad.csv", &b"x,y\n1,2\n3,\n"[..]), ("picture.png", b"\x89PNG"), ("bytes.csv", b"\xff\xfe,\n")]
    {
        drop(&mut window, name, text);
        assert_eq!(points(&window).len(), 2, "{name} changes nothing");
        assert!(window.query_all_by_label_contains(name).count() > 0, "{name} is told");
    }
    let mut window = english("bowl");
    drop(&mut window, "table.csv", b"1,2\n");
    assert!(window.query_all_by_label_contains("choose a model").count() > 0);
}

#[test]
fn every_model_is_drawn_in_every_language_and_theme() {
    for lang in Lang::ALL {
        for theme in ThemeName::ALL {
            let mut window = open("bowl", lang, theme);
            for entry in downhill::surface::model::models() {
                for command in [
                    Command::ChooseModel(entry.id.clone()),
                    Command::SetBatch(Batch { size: 5, seed: 1 }),
                    Command::Seek(7.0),
                ] {
                    window.state_mut().session_mut().apply(command).unwrap();
                }
                window.run_steps(2);
                let name = i18n::text(lang, "data.pane");
                assert!(window.query_by_role_and_label(Role::Canvas, name).is_some(), "{}", entry.id);
            }
        }
    }
}

#[test]
fn the_batch_is_a_layer_of_models_only() {
    let mut window = on_model("line");
    click(&mut window, Role::Button, "What is drawn");
    click(&mut window, Role::CheckBox, "Mini-batch");
    assert!(!session(&window).document().picture.shows(Layer::Batch));
    let mut window = english("bowl");
    click(&mut window, Role::Button, "What is drawn");
    assert!(window.query_by_role_and_label(Role::CheckBox, "Mini-batch").is_none());
}

#[test]
fn the_data_is_drawn_beside_its_loss() {
    for (name, model, theme, size) in [
        ("data_line_dark", "line", ThemeName::Dark, 5),
        ("data_slope_light", "line_slope", ThemeName::Light, 2),
        ("data_logistic_dark", "logistic", ThemeName::Dark, 5),
    ] {
        let mut session = Session::on("bowl", "torch/sgd").unwrap();
        for command in
            [Command::ChooseModel(model.to_owned()), Command::SetBatch(Batch { size, seed: 3 }), Command::Seek(6.0)]
        {
            session.apply(command).unwrap();
        }
        let (mut window, camera) = pictured(session, theme, Lang::En, vec2(720.0, 400.0));
        fold(&mut window, &PANELS);
        assert_picture(name, &camera.picture(&window));
        if name == "data_line_dark" {
            click(&mut window, Role::Button, "Table of the points");
            window.hover_at(Pos2::ZERO);
            window.run_steps(3);
            assert_picture("data_table_dark", &camera.picture(&window));
        }
    }
}
