//! The maps in the window: opened, read, clicked, worked by keys; the best rate for each racer.

use crate::cpu_renderer::assert_picture;
use crate::window::{PANELS, Window, apply, click, english, fold, pictured, press, session};
use downhill::app::theme::ThemeName;
use downhill::i18n::Lang;
use downhill::session::{Command, Session, View};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable;

/// A window with a small map, so that it is computed quickly.
fn open(surface: &str, view: View) -> Window {
    let mut window = english(surface);
    apply(&mut window, Command::SetMapSize(256));
    apply(&mut window, Command::SetSteps(60));
    apply(&mut window, Command::SetView(view));
    window
}

fn start(window: &Window) -> Vec<f64> {
    session(window).document().start.clone()
}

/// Clicks into a canvas, so far right and down from its middle.
fn click_canvas(window: &mut Window, name: &str, by: egui::Vec2) {
    let place = window.get_by_role_and_label(Role::Canvas, name).rect().center() + by;
    window.hover_at(place);
    window.run_steps(1);
    window.drag_at(place);
    window.run_steps(1);
    window.drop_at(place);
    window.run_steps(3);
}

fn settings(window: &Window) -> Vec<f64> {
    session(window).selected().map(|racer| racer.settings.clone()).unwrap_or_default()
}

#[test]
fn basins_are_opened_and_a_click_runs_that_start() {
    let mut window = open("himmelblau", View::Auto);
    click(&mut window, Role::RadioButton, "Basins");
    assert_eq!(session(&window).document().picture.view, View::Basins);
    for minimum in ["1  (−3.78, −3.28)", "2  (−2.81, 3.13)", "3  (3, 2)", "4  (3.58, −1.85)"] {
        assert_eq!(window.query_all_by_label_contains(minimum).count(), 1, "{minimum} is in the legend");
    }
    assert!(window.query_all_by_label_contains("Arrived: within").count() > 0, "the rule is on the screen");
    let before = start(&window);
    click_canvas(&mut window, "Basins of attraction", vec2(60.0, -40.0));
    let after = start(&window);
    assert_ne!(after, before);
    let run: Vec<f64> = session(&window).runs().next().map(|(_, run)| run.row(0).w.to_vec()).unwrap_or_default();
    assert_eq!(run, after, "the path starts there");
    apply(&mut window, Command::SetSteps(10));
    click(&mut window, Role::CheckBox, "512 × 512 cells");
    assert_eq!(session(&window).document().picture.maps.size, 512);
}

#[test]
fn the_cross_hair_is_in_the_hands_of_the_keys() {
    let mut window = open("himmelblau", View::Basins);
    click_canvas(&mut window, "Basins of attraction", vec2(0.0, 0.0));
    let from = start(&window);
    for _ in 0..4 {
        press(&mut window, Key::ArrowRight);
    }
    press(&mut window, Key::ArrowUp);
    assert_eq!(start(&window), from, "the arrows move the cross-hair alone");
    press(&mut window, Key::Enter);
    let to = start(&window);
    assert!(to[0] > from[0] && to[1] > from[1], "{from:?} {to:?}");
    assert_eq!(session(&window).document().transport.cursor, 0.0);
}

#[test]
fn a_sweep_is_set_up_and_a_click_sets_both_numbers() {
    let mut window = open("himmelblau", View::Sweep);
    let before = settings(&window);
    click_canvas(&mut window, "Sweep over two settings", vec2(-30.0, -60.0));
    let after = settings(&window);
    assert!(after[0] != before[0] && after[1] != before[1], "rate and momentum: {before:?} {after:?}");
    assert!(window.query_all_by_label_contains("limit of stability").count() > 0);
    click(&mut window, Role::ComboBox, "Up");
    click(&mut window, Role::MenuItem, "start x");
    let axes = |window: &Window| session(window).document().picture.maps.axes.clone();
    assert_eq!(axes(&window)[1].name.as_deref(), Some("x"));
    let field = window.get_by_role_and_label(Role::SpinButton, "Across: from").rect().center();
    window.drag_at(field);
    window.drop_at(field);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(egui::Event::Text("0.001".to_owned()));
    window.run_steps(1);
    press(&mut window, Key::Enter);
    window.run_steps(2);
    assert_eq!(axes(&window)[0].range.map(|range| range[0]), Some(0.001));
    click(&mut window, Role::RadioButton, "Map");
    assert_eq!(session(&window).document().picture.view, View::Auto);
}

#[test]
fn one_variable_has_starts_across_and_rates_up() {
    let mut window = open("double_well", View::Basins);
    let (before, rate) = (start(&window), settings(&window)[0]);
    click_canvas(&mut window, "Basins of attraction", vec2(50.0, 30.0));
    assert!(start(&window) != before && settings(&window)[0] != rate);
}

#[test]
fn the_best_rate_is_searched_and_taken() {
    let mut window = english("himmelblau");
    apply(&mut window, Command::SetSteps(40));
    apply(&mut window, Command::AddRacer("adam".to_owned()));
    let rates = |window: &Window| session(window).racers().iter().map(|racer| racer.rate()).collect::<Vec<_>>();
    let losses = |window: &Window| session(window).runs().map(|(_, run)| run.last().loss).collect::<Vec<_>>();
    let (before, worse) = (rates(&window), losses(&window));
    press(&mut window, Key::F5);
    click(&mut window, Role::Button, "Best rate for each …");
    window.run_steps(2);
    assert!(window.query_all_by_label_contains("best η").count() >= 2, "both are found");
    click(&mut window, Role::Button, "Take the best rate for racer 1");
    let taken = rates(&window);
    assert!(taken[0] != before[0] && taken[1] == before[1]);
    click(&mut window, Role::Button, "Take all");
    assert!(rates(&window)[1] != before[1]);
    for (better, worse) in losses(&window).into_iter().zip(worse) {
        assert!(better <= worse, "{better} {worse}");
    }
    click(&mut window, Role::Button, "Close");
    assert_eq!(window.query_all_by_label_contains("best η").count(), 0);
    press(&mut window, Key::B);
    window.run_steps(2);
    assert!(window.query_all_by_label_contains("best η").count() >= 2, "a key opens it too");
}

#[test]
fn maps_are_drawn_as_they_were() {
    for (name, surface, view, theme) in [
        ("basins_dark", "himmelblau", View::Basins, ThemeName::Dark),
        ("basins_light", "himmelblau", View::Basins, ThemeName::Light),
        ("sweep_dark", "himmelblau", View::Sweep, ThemeName::Dark),
    ] {
        let mut session = Session::on(surface, "torch/sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let racer = session.document().selected;
        for command in [
            Command::SetHyper { racer, name: "momentum".into(), value: 0.8 },
            Command::SetMapSize(256),
            Command::SetSteps(60),
        ] {
            assert!(session.apply(command).is_ok());
        }
        let (mut window, camera) = pictured(session, theme, Lang::En, vec2(620.0, 460.0));
        fold(&mut window, &PANELS);
        apply(&mut window, Command::SetView(view));
        assert_picture(name, &camera.picture(&window));
    }
}
