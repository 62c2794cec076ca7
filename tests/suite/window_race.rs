//! The race in the window: forks and ghosts, starts of one's own, standings, undo, loop.

use crate::window::{click, english, press, session};
use downhill::session::{Command, RacerId};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

const FIRST: RacerId = RacerId(0);

#[test]
fn a_fork_leaves_a_ghost_that_can_be_forgotten() {
    let mut window = english("himmelblau");
    window.state_mut().session_mut().apply(Command::Seek(5.0)).unwrap();
    window.run_steps(2);
    let fork = window.query_all_by_role(Role::Button).find(|node| {
        use egui_kittest::kittest::NodeT as _;
        node.accesskit_node().label().is_some_and(|label| label.starts_with("Fork"))
    });
    fork.unwrap_or_else(|| panic!("no button to fork")).click();
    window.run_steps(2);
    window.get_by_role_and_label(Role::Slider, "learning rate").set_value_accesskit(0.001);
    window.run_steps(2);
    let (ghost, _) = session(&window).ghosts().next().unwrap_or_else(|| panic!("a ghost"));
    assert_eq!((ghost.of, ghost.since), (FIRST, 5));
    assert_eq!(session(&window).racers()[0].legs.len(), 1);
    click(&mut window, Role::Tab, "Race");
    let remove = window.query_all_by_label_contains("Forget the ghost").next();
    remove.unwrap_or_else(|| panic!("no button to forget")).click();
    window.run_steps(2);
    assert_eq!(session(&window).ghosts().count(), 0);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Y);
    window.run_steps(2);
    assert!(session(&window).racers()[0].legs.is_empty(), "the fork is taken back");
}

#[test]
fn settings_are_undone_and_made_again_by_key() {
    let mut window = english("himmelblau");
    let before = session(&window).racers()[0].rate();
    window.get_by_role_and_label(Role::Slider, "learning rate").set_value_accesskit(0.002);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(2);
    assert_eq!(session(&window).racers()[0].rate(), before);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.run_steps(2);
    assert_eq!(session(&window).racers()[0].rate(), 0.002);
}

#[test]
fn a_racer_gets_a_start_of_its_own() {
    let mut window = english("rosenbrock");
    click(&mut window, Role::CheckBox, "own start");
    let own = session(&window).racers()[0].start.clone();
    assert_eq!(own.as_ref(), Some(&session(&window).document().start));
    let race = session(&window).document().start.clone();
    window.get_by_role_and_label(Role::Canvas, "Map of the loss").click();
    window.run_steps(2);
    assert_ne!(session(&window).racers()[0].start, own, "the hand moves its start");
    assert_eq!(session(&window).document().start, race, "and leaves that of the race");
}

#[test]
fn the_standings_list_the_racers_and_a_click_selects() {
    let mut window = english("himmelblau");
    window.state_mut().session_mut().apply(Command::AddRacer("adam".into())).unwrap();
    press(&mut window, Key::End);
    click(&mut window, Role::Tab, "Race");
    let rows: Vec<String> = window
        .query_all_by_role(Role::Button)
        .filter_map(|node| {
            use egui_kittest::kittest::NodeT as _;
            node.accesskit_node().label().filter(|label| label.starts_with(['1', '2']))
        })
        .collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    let sgd = rows.iter().find(|label| label.contains("SGD")).cloned().unwrap_or_default();
    window.get_by_role_and_label(Role::Button, &sgd).click();
    window.run_steps(2);
    assert_eq!(session(&window).document().selected, FIRST);
}

#[test]
fn a_narrow_window_cuts_nothing_of_the_transport() {
    let mut window = english("himmelblau");
    for width in [960.0, 1100.0, 1280.0] {
        window.set_size(egui::vec2(width, 700.0));
        window.run_steps(3);
        let end = window.get_by_role_and_label(Role::Tab, "Step").rect().left();
        let bar = window.get_by_role_and_label(Role::Slider, "Step").rect();
        assert!(bar.width() >= 60.0 && bar.right() <= end, "{width}: {bar} up to {end}");
        let steps = window.query_by_role_and_label(Role::SpinButton, "Steps at most");
        assert!(steps.is_none_or(|field| field.rect().right() <= end), "{width}");
    }
}

#[test]
fn time_begins_again_where_it_ends() {
    let mut window = english("himmelblau");
    click(&mut window, Role::Button, "Loop");
    assert!(session(&window).document().transport.looping);
    press(&mut window, Key::R);
    assert!(!session(&window).document().transport.looping);
}
