//! The views through the accessibility tree: how the surface is looked at, the hand on the relief, what is linked, and
//! pictures of all of it.

use downhill::app::theme::ThemeName;
use downhill::session::{Camera as Eye, Command, Motion, Scale, Session, View};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable;

use crate::cpu_renderer::assert_picture;
use crate::window::{Window, click, english, press, session, view_of};

fn picture(window: &Window) -> &downhill::session::Picture {
    &session(window).document().picture
}

fn eye(window: &Window) -> Eye {
    picture(window).camera
}

fn relief(surface: &str) -> Window {
    let mut window = english(surface);
    click(&mut window, Role::RadioButton, "Relief");
    window
}

fn middle(window: &Window) -> Pos2 {
    window.get_by_label("Relief of the loss").rect().center()
}

/// A drag with a button and modifiers, in two steps.
fn drag(window: &mut Window, from: Pos2, by: Vec2, button: PointerButton, modifiers: Modifiers) {
    window.hover_at(from);
    window.run_steps(1);
    let press = |pos, pressed| Event::PointerButton { pos, button, pressed, modifiers };
    window.event_modifiers(press(from, true), modifiers);
    window.run_steps(1);
    for part in [0.5, 1.0] {
        window.event_modifiers(Event::PointerMoved(from + by * part), modifiers);
        window.run_steps(1);
    }
    window.event_modifiers(press(from + by, false), modifiers);
    window.run_steps(2);
}

fn scroll(window: &mut Window, at: Pos2, unit: MouseWheelUnit, delta: Vec2) {
    window.hover_at(at);
    window.run_steps(1);
    let (phase, source) = (egui::TouchPhase::Move, egui::MouseWheelSource::Unknown);
    window.event(Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE });
    window.run_steps(3);
}

#[test]
fn the_view_is_chosen_by_click_and_by_key() {
    let mut window = english("himmelblau");
    // Small maps: they are passed by, too.
    for command in [Command::SetMapSize(256), Command::SetSteps(10)] {
        assert!(window.state_mut().session_mut().apply(command).is_ok());
    }
    for (word, view) in [("Relief", View::Relief), ("Both", View::Both), ("Map", View::Auto)] {
        click(&mut window, Role::RadioButton, word);
        assert_eq!(picture(&window).view, view);
        assert_eq!(window.query_by_label("Relief of the loss").is_some(), view.shows_relief());
        assert_eq!(window.query_by_label("Map of the loss").is_some(), view != View::Relief);
    }
    for view in [View::Relief, View::Both, View::Basins, View::Sweep, View::Auto] {
        press(&mut window, Key::V);
        assert_eq!(picture(&window).view, view);
    }
    let window = english("double_well");
    assert!(window.query_by_role_and_label(Role::RadioButton, "Relief").is_none(), "one variable has its curve");
}

#[test]
fn the_relief_is_turned_moved_and_zoomed() {
    let mut window = relief("himmelblau");
    let home = eye(&window);
    // Away from the start, which a drag would take along.
    let at = middle(&window) + vec2(60.0, 90.0);
    drag(&mut window, at, vec2(50.0, 20.0), PointerButton::Primary, Modifiers::NONE);
    let turned = eye(&window);
    assert!(turned.yaw < home.yaw && turned.pitch > home.pitch && turned.zoom == home.zoom, "{turned:?}");
    let drags = [(PointerButton::Secondary, Modifiers::NONE), (PointerButton::Primary, Modifiers::SHIFT)];
    for (button, modifiers) in drags {
        let before = eye(&window);
        drag(&mut window, at, vec2(30.0, 10.0), button, modifiers);
        let after = eye(&window);
        assert!(after.target != before.target && after.yaw == before.yaw, "{button:?} {modifiers:?}");
    }
    scroll(&mut window, at, MouseWheelUnit::Line, vec2(0.0, 2.0));
    assert!(eye(&window).zoom > home.zoom, "the wheel zooms");
    let before = eye(&window);
    scroll(&mut window, at, MouseWheelUnit::Point, vec2(20.0, 30.0));
    assert!(eye(&window).yaw != before.yaw && eye(&window).pitch > before.pitch, "two fingers turn");
    window.event(Event::Zoom(0.5));
    window.run_steps(2);
    assert!(eye(&window).zoom < before.zoom, "a pinch zooms");
    press(&mut window, Key::F);
    assert_eq!(eye(&window), home, "and the fit brings all back");
}

#[test]
fn the_relief_is_worked_by_keys() {
    let mut window = relief("himmelblau");
    let home = eye(&window);
    let mut with = |modifiers: Modifiers, key: Key| {
        window.key_press_modifiers(modifiers, key);
        window.run_steps(2);
        (eye(&window), session(&window).range().to_vec(), session(&window).document().transport.cursor)
    };
    assert!(with(Modifiers::ALT, Key::ArrowRight).0.yaw > home.yaw);
    assert!(with(Modifiers::ALT, Key::ArrowUp).0.pitch > home.pitch);
    let (panned, range, cursor) = with(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowUp);
    assert!(panned.target != home.target && cursor == 0.0);
    assert!(with(Modifiers::ALT, Key::Minus).0.zoom < home.zoom);
    _ = with(Modifiers::NONE, Key::V);
    _ = with(Modifiers::NONE, Key::V);
    let moved = with(Modifiers::ALT, Key::ArrowRight).1;
    assert!(moved[0][0] > range[0][0] && moved[1] == range[1], "on the map the keys move the map");
    let nearer = with(Modifiers::ALT, Key::Plus).1;
    assert!(nearer[0][1] - nearer[0][0] < moved[0][1] - moved[0][0]);
}

#[test]
fn the_start_is_set_on_the_relief() {
    let mut window = relief("himmelblau");
    let before = session(&window).document().start.clone();
    let place = middle(&window) + vec2(30.0, 40.0);
    window.drag_at(place);
    window.drop_at(place);
    window.run_steps(2);
    let clicked = session(&window).document().start.clone();
    assert_ne!(clicked, before, "by a click");
    let camera = eye(&window);
    drag(&mut window, place, vec2(-40.0, 10.0), PointerButton::Primary, Modifiers::NONE);
    let dragged = session(&window).document().start.clone();
    assert!(dragged != clicked && eye(&window) == camera, "it is taken hold of, and the relief stands still");
    let first: Vec<f64> = session(&window).runs().next().map(|(_, run)| run.row(0).w.to_vec()).unwrap_or_default();
    assert_eq!(first, dragged);
    drag(&mut window, place + vec2(90.0, 40.0), vec2(-20.0, 0.0), PointerButton::Primary, Modifiers::COMMAND);
    assert!(session(&window).document().start != dragged && eye(&window) == camera, "with Ctrl from anywhere");
}

#[test]
fn map_and_relief_are_linked() {
    let mut window = english("himmelblau");
    click(&mut window, Role::RadioButton, "Both");
    let (map, relief) =
        (window.get_by_label("Map of the loss").rect(), window.get_by_label("Relief of the loss").rect());
    assert!(map.right() < relief.left(), "side by side");
    window.hover_at(map.center());
    window.run_steps(2);
    let [x, y] = window.state().view().hover.unwrap();
    let range = session(&window).range();
    assert!((x - 0.5 * (range[0][0] + range[0][1])).abs() < 0.1 && (y - 0.5 * (range[1][0] + range[1][1])).abs() < 0.1);
    window.hover_at(relief.center());
    window.run_steps(2);
    let over = window.state().view().hover.unwrap();
    assert!((over[0] - x).abs() < 2.0 && (over[1] - y).abs() < 2.0, "the middle of the relief is near {over:?}");
    window.hover_at(pos2(relief.right() - 2.0, relief.top() + 2.0));
    window.run_steps(2);
    assert_eq!(window.state().view().hover, None, "beside the surface nothing is pointed at");
    let work = window.state().work();
    window.run_steps(3);
    assert_eq!(window.state().work(), work, "both are made of one field");
    window.set_size(vec2(900.0, 1000.0));
    window.run_steps(3);
    let (map, relief) =
        (window.get_by_label("Map of the loss").rect(), window.get_by_label("Relief of the loss").rect());
    assert!(map.bottom() < relief.top(), "above each other where the room is narrow");
}

#[test]
fn the_relief_is_drawn_again_only_when_it_changes() {
    let mut window = relief("rosenbrock");
    window.run_steps(2);
    let drawn = window.state().reliefs_drawn();
    click(&mut window, Role::Button, "Play");
    window.run_steps(20);
    assert_eq!(window.state().reliefs_drawn(), drawn, "time alone draws nothing");
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    window.run_steps(4);
    assert_eq!(window.state().reliefs_drawn(), drawn + 2, "once at once, once smooth");
}

#[test]
fn heights_motion_and_following_are_switched() {
    let mut window = relief("rosenbrock");
    assert_eq!(picture(&window).relief, Scale::Log);
    click(&mut window, Role::CheckBox, "Logarithmic heights of the relief");
    assert_eq!(picture(&window).relief, Scale::Linear);
    click(&mut window, Role::Button, "What is drawn");
    click(&mut window, Role::CheckBox, "The ball rolls");
    assert_eq!(picture(&window).motion, Motion::Jump);
    press(&mut window, Key::Escape);
    press(&mut window, Key::J);
    assert_eq!(picture(&window).motion, Motion::Roll);
    click(&mut window, Role::Button, "Keep the ball in sight");
    assert!(picture(&window).follow);
    press(&mut window, Key::C);
    assert!(!picture(&window).follow);
    click(&mut window, Role::Button, "Fit the paths");
    assert!(picture(&window).range.is_some());
}

#[test]
fn every_surface_is_drawn_in_relief() {
    let mut window = relief("rosenbrock");
    for surface in downhill::surface::catalogue().iter().filter(|surface| surface.dimension == 2) {
        let id = surface.id.clone().unwrap_or_default();
        for command in [Command::ChooseSurface(id), Command::Seek(3.5)] {
            assert!(window.state_mut().session_mut().apply(command).is_ok());
            window.run_steps(1);
        }
    }
    for formula in ["1/x + y", "log(x) + y^2", "0*x + y*0", "1/0 + x + y", "exp(700*x) + y", "1/(x^2 + y^2)"] {
        for view in [View::Relief, View::Both] {
            for command in [Command::SetFormula(formula.into()), Command::SetView(view)] {
                assert!(window.state_mut().session_mut().apply(command).is_ok(), "{formula}");
            }
            window.run_steps(1);
        }
    }
}

#[test]
fn the_views_in_space_are_drawn_as_they_were() {
    for (name, surface, view, theme, at) in [
        ("relief_dark", "himmelblau", View::Relief, ThemeName::Dark, 6.5),
        ("relief_light", "rosenbrock", View::Relief, ThemeName::Light, 3.0),
        ("both_dark", "monkey_saddle", View::Both, ThemeName::Dark, 4.0),
        ("both_light", "ackley", View::Both, ThemeName::Light, 2.5),
        ("relief_contrast", "himmelblau", View::Relief, ThemeName::Contrast, 6.5),
    ] {
        let mut session = Session::on(surface, "torch/adam").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        for command in [Command::SetView(view), Command::Seek(at)] {
            assert!(session.apply(command).is_ok());
        }
        assert_picture(name, &view_of(session, theme));
    }
}

#[test]
fn a_jump_over_a_valley_is_seen_as_one() {
    for (name, surface, start, view) in [
        ("jump_curve", "parabola", vec![-3.0], View::Auto),
        ("jump_relief", "bowl", vec![-3.0, 0.5], View::Relief),
        ("jump_map", "bowl", vec![-3.0, 0.5], View::Auto),
    ] {
        let mut session = Session::on(surface, "torch/sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let racer = session.document().selected;
        for command in [
            Command::MoveStart(start),
            Command::SetHyper { racer, name: "lr".into(), value: 0.9 },
            Command::SetView(view),
            Command::Seek(0.5),
        ] {
            assert!(session.apply(command).is_ok());
        }
        assert_picture(name, &view_of(session, ThemeName::Dark));
    }
}
