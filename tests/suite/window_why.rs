//! The right panel through its accessibility tree: its tabs, and each control in them.

use downhill::app::WhyTab;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::window::{click, english, press, session};

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
fn a_racer_is_selected_in_the_standings() {
    let mut window = english("rosenbrock");
    click(&mut window, Role::Button, "Add a racer");
    press(&mut window, Key::F5);
    let first = session(&window).racers().first().map(|racer| racer.id);
    assert_ne!(Some(session(&window).document().selected), first);
    let row = window.query_all_by_role(Role::Button).find(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with("SGD") && label.ends_with(char::is_numeric)
    });
    row.unwrap_or_else(|| panic!("no row for the first racer")).click();
    window.run_steps(2);
    assert_eq!(Some(session(&window).document().selected), first);
}
