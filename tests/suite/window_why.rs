//! The right panel through its accessibility tree: its tabs, and each control in them.

use downhill::app::WhyTab;
use downhill::app::theme::ThemeName;
use downhill::i18n::Lang;
use downhill::session::{Command, Layer, Phase, Session};
use egui::accesskit::Role;
use egui::{Key, Vec2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::cpu_renderer::{Camera, assert_picture};
use crate::window::{Window, apply, click, english, fold, pictured, press, session};

#[test]
fn the_tabs_are_opened_by_click_and_by_key() {
    let mut window = english("rosenbrock");
    assert_eq!(window.state().view().why, WhyTab::Step);
    for (label, tab) in [("Rule", WhyTab::Rule), ("Curvature", WhyTab::Curvature), ("Race", WhyTab::Race)] {
        click(&mut window, Role::Tab, label);
        assert_eq!(window.state().view().why, tab);
    }
    for (key, tab) in [Key::F2, Key::F3, Key::F4, Key::F5].into_iter().zip(WhyTab::ALL) {
        press(&mut window, Key::CloseBracket);
        press(&mut window, key);
        assert_eq!((window.state().view().why, window.state().view().folds[1]), (tab, false), "a key unfolds it too");
    }
}

#[test]
fn each_arrow_is_switched_by_its_row() {
    let mut window = english("rosenbrock");
    let racer = session(&window).document().selected;
    apply(&mut window, Command::ChooseOptimizer { racer, id: "torch/adam".into() });
    let picture = |window: &Window| session(window).document().picture.clone();
    for (name, layer) in [("−∇f", Layer::Gradient), ("look-ahead", Layer::LookAhead), ("step Δ", Layer::Step)] {
        let before = picture(&window).shows(layer);
        click(&mut window, Role::CheckBox, &format!("Arrow: {name}"));
        assert_eq!(picture(&window).shows(layer), !before, "{name}");
    }
    for (name, on) in [("m", false), ("v", true), ("v", false)] {
        click(&mut window, Role::CheckBox, &format!("Arrow: {name}"));
        assert_eq!(
            picture(&window).arrows.get(name),
            Some(&on),
            "a moment adds and has an arrow, a second one has not"
        );
    }
}

#[test]
fn a_step_is_gone_through_line_by_line() {
    let mut window = english("rosenbrock");
    press(&mut window, Key::F3);
    click(&mut window, Role::CheckBox, "Slow motion");
    assert!(session(&window).document().transport.slow);
    let lines = session(&window).optimizer(session(&window).document().selected).map_or(0, |spec| spec.line_count());
    for line in 0..lines {
        press(&mut window, Key::ArrowRight);
        let phase = session(&window).document().transport.phase(lines);
        assert_eq!(phase, Some(Phase::Line(line)));
        let numbers = window.query_all_by_label_contains(" = ").filter(|node| {
            node.accesskit_node().value().is_some_and(|label| label.matches('=').count() > 1 && label.contains('('))
        });
        assert!(numbers.count() > line, "the lines that are reached have their numbers");
    }
    press(&mut window, Key::ArrowRight);
    assert_eq!(session(&window).document().transport.cursor, 1.0);
    press(&mut window, Key::S);
    assert!(!session(&window).document().transport.slow);
}

#[test]
fn the_ground_is_drawn_on_demand() {
    for (surface, names) in [
        ("rosenbrock", &[("Axes of the curvature", Layer::CurvatureAxes), ("Local parabola", Layer::LocalModel)][..]),
        ("double_well", &[("Local parabola", Layer::LocalModel)]),
    ] {
        let mut window = english(surface);
        press(&mut window, Key::F4);
        for (name, layer) in names {
            click(&mut window, Role::CheckBox, name);
            assert!(session(&window).document().picture.shows(*layer), "{surface}: {name}");
        }
        assert!(window.query_all_by_label_contains("A slope").count() == 1, "the kind of place is said");
    }
}

#[test]
fn the_tangent_is_followed_by_hand_by_key_and_by_number() {
    let mut window = english("double_well");
    press(&mut window, Key::F4);
    click(&mut window, Role::CheckBox, "Linear approximation");
    assert!(session(&window).document().picture.shows(Layer::Approximation));
    let name = "ε along the tangent";
    let epsilon = |window: &Window| session(window).document().picture.epsilon;
    assert_eq!(epsilon(&window), None);
    let usual = session(&window).epsilon();
    let place = window.get_by_role_and_label(Role::Slider, name).rect().center();
    let start = session(&window).document().start.clone();
    window.drag_at(place);
    window.run_steps(1);
    window.hover_at(place + vec2(30.0, 0.0));
    window.run_steps(2);
    window.drop_at(place + vec2(30.0, 0.0));
    window.run_steps(2);
    let dragged = epsilon(&window).unwrap_or(f64::NAN);
    assert!(dragged > usual, "{dragged} is beyond {usual}");
    assert_eq!(session(&window).document().start, start, "the handle was dragged, not the start");
    window.get_by_role_and_label(Role::Slider, name).focus();
    press(&mut window, Key::ArrowLeft);
    assert!(epsilon(&window) < Some(dragged));
    window.get_by_role_and_label(Role::Slider, name).set_value_accesskit(-0.25);
    window.run_steps(2);
    assert_eq!(epsilon(&window), Some(-0.25));
    assert!(window.query_by_role_and_label(Role::SpinButton, name).is_some(), "and it is a number in the panel");
}

/// A window of the size of a picture, its left and lower panels folded.
fn small(session: Session, dark: bool, size: Vec2) -> (Window, Camera) {
    let theme = if dark { ThemeName::Dark } else { ThemeName::Light };
    let (mut window, camera) = pictured(session, theme, Lang::En, size);
    fold(&mut window, &[Key::OpenBracket, Key::Backslash]);
    (window, camera)
}

#[test]
fn the_anatomy_of_a_step_is_drawn_as_it_was() {
    let on = |surface: &str, optimizer: &str, at: f64, layers: &[Layer]| {
        let mut session = Session::on(surface, optimizer).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        for layer in layers {
            _ = session.apply(Command::SetLayer { layer: *layer, on: true });
        }
        let racer = session.document().selected;
        _ = session.apply(Command::SetHyper { racer, name: "momentum".into(), value: 0.8 });
        _ = session.apply(Command::Seek(at));
        session
    };
    let map = [Layer::LookAhead, Layer::CurvatureAxes, Layer::LocalModel];
    let curve = [Layer::Approximation, Layer::LocalModel];
    for (name, session, dark) in [
        ("anatomy_dark", on("himmelblau", "torch/sgd", 3.0, &map), true),
        ("approximation_light", on("double_well", "torch/sgd", 4.0, &curve), false),
    ] {
        let (mut window, camera) = small(session, dark, vec2(460.0, 380.0));
        press(&mut window, Key::CloseBracket);
        window.run_steps(2);
        assert_picture(name, &camera.picture(&window));
    }
    let mut session = on("himmelblau", "torch/sgd", 3.0, &[]);
    for command in [Command::SetSlow(true), Command::Step, Command::Step, Command::Step] {
        _ = session.apply(command);
    }
    let (mut window, camera) = small(session, true, vec2(580.0, 420.0));
    press(&mut window, Key::F3);
    window.run_steps(2);
    assert_picture("rule_dark", &camera.picture(&window));
}
