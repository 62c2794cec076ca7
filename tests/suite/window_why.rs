//! The right panel through its accessibility tree: its tabs, and each control in them.

use downhill::app::WhyTab;
use egui::Key;
use egui::accesskit::Role;

use crate::window::{click, english, press};

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
