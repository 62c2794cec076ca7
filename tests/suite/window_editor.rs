//! The left panel through its accessibility tree: sections, racers, noise, and the boxes for formulas and rules with
//! their cures and lists.

use downhill::app::Section;
use downhill::app::raster::Image;
use downhill::app::theme::ThemeName;
use downhill::i18n::Lang;
use downhill::session::{Command, OptimizerChoice, Session, formula_snippets, rule_snippets};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::cpu_renderer::assert_picture;
use crate::window::{Window, apply, click, english, pictured, press, session, type_into};

/// Types on where the cursor is.
fn type_on(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn with_ctrl(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run_steps(3);
}

fn offered(window: &Window, name: &str) -> bool {
    window.query_by_role_and_label(Role::ListBoxOption, name).is_some()
}

#[test]
fn sections_fold_and_stay_folded() {
    let mut window = english("rosenbrock");
    for (name, section, control) in
        [("Optimizer", Section::Optimizer, "momentum"), ("Start and noise", Section::Start, "gradient noise")]
    {
        assert!(window.query_by_role_and_label(Role::Slider, control).is_some(), "{name}");
        click(&mut window, Role::Button, name);
        assert!(window.state().view().folded.contains(&section));
        assert!(window.query_by_role_and_label(Role::Slider, control).is_none(), "{name} is folded");
        click(&mut window, Role::Button, name);
        assert!(window.query_by_role_and_label(Role::Slider, control).is_some(), "{name} is back");
    }
}

#[test]
fn a_racer_is_hidden_and_shown_by_its_eye() {
    let mut window = english("rosenbrock");
    let visible = |window: &Window| session(window).racers().iter().map(|racer| racer.visible).collect::<Vec<_>>();
    click(&mut window, Role::Button, "Add a racer");
    click(&mut window, Role::Button, "Hide racer 1");
    assert_eq!(visible(&window), [false, true]);
    click(&mut window, Role::Button, "Show racer 1");
    assert_eq!(visible(&window), [true, true]);
}

#[test]
fn noise_and_its_seed_are_set() {
    let mut window = english("rosenbrock");
    window.get_by_role_and_label(Role::Slider, "gradient noise").set_value_accesskit(0.5);
    window.run_steps(2);
    click(&mut window, Role::Button, "New seed");
    let noise = session(&window).document().noise;
    assert_eq!((noise.sigma, noise.seed), (0.5, 1));
    window.get_by_role_and_label(Role::SpinButton, "seed").set_value_accesskit(20_261_126.0);
    window.run_steps(2);
    assert_eq!(session(&window).document().noise.seed, 20_261_126);
}

#[test]
fn a_cure_is_put_in_place_by_key_and_by_click() {
    let mut window = english("rosenbrock");
    type_into(&mut window, "Formula", "sine(x) + 2*cost(y)");
    assert!(window.query_all_by_label_contains("(1 of 2)").count() > 0, "all problems are counted");
    with_ctrl(&mut window, Key::Period);
    with_ctrl(&mut window, Key::Period);
    assert_eq!(session(&window).surface().source, "sin(x) + 2*cos(y)");
    type_into(&mut window, "Formula", "x^2 + sine(y)");
    click(&mut window, Role::Button, "Write sin  (Ctrl+.)");
    assert_eq!(session(&window).surface().source, "x^2 + sin(y)");
}

#[test]
fn a_name_is_completed_from_the_list() {
    let mut window = english("rosenbrock");
    type_into(&mut window, "Formula", "x^2 + si");
    assert!(offered(&window, "sin") && offered(&window, "sigmoid") && !offered(&window, "cos"));
    press(&mut window, Key::Tab);
    assert!(!offered(&window, "sin"));
    type_on(&mut window, "y)");
    assert_eq!(session(&window).surface().source, "x^2 + sin(y)");
    type_on(&mut window, " + si");
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    type_on(&mut window, "x)");
    assert_eq!(session(&window).surface().source, "x^2 + sin(y) + sinh(x)");
    type_on(&mut window, " + co");
    assert!(offered(&window, "cos"));
    press(&mut window, Key::Escape);
    assert!(!offered(&window, "cos"), "closed");
    with_ctrl(&mut window, Key::Space);
    assert!(offered(&window, "cosh"), "asked for");
    click(&mut window, Role::ListBoxOption, "cosh");
    type_on(&mut window, "y)");
    assert_eq!(session(&window).surface().source, "x^2 + sin(y) + sinh(x) + cosh(y)");
}

/// Opens a chooser and takes the entry of that name, in sight or not.
fn choose(window: &mut Window, chooser: &str, entry: &str) {
    click(window, Role::ComboBox, chooser);
    let row = window
        .query_all_by_role(Role::MenuItem)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label == entry));
    row.unwrap_or_else(|| panic!("no {entry} in the list")).click_accesskit();
    window.run_steps(4);
}

fn own_rule(window: &Window) -> Option<String> {
    match &session(window).selected()?.optimizer {
        OptimizerChoice::Rule(text) => Some(text.clone()),
        OptimizerChoice::Catalogue(_) => None,
    }
}

#[test]
fn a_rule_of_the_catalogue_is_edited_broken_cured_and_given_back() {
    let mut window = english("rosenbrock");
    window.get_by_role_and_label(Role::Slider, "momentum").set_value_accesskit(0.5);
    window.run_steps(2);
    let last =
        |window: &Window| session(window).run(session(window).document().selected).map(|run| run.last().w.to_vec());
    let before = last(&window);
    click(&mut window, Role::Button, "Edit this rule");
    let text = own_rule(&window).unwrap_or_else(|| panic!("no rule of one's own"));
    assert!(text.contains("param momentum = 0.5") && text.starts_with("# SGD"), "{text}");
    assert_eq!(last(&window), before, "it steps as it did");
    assert!(window.query_by_role_and_label(Role::Slider, "momentum").is_some(), "its sliders are there by themselves");
    type_into(&mut window, "Update rule", "param drag = 0.1 in 0..1\nv = (1 - drag)*v - lr*grad\nw = w + v");
    assert_eq!(own_rule(&window).as_ref(), Some(&text), "the last good rule goes on");
    assert!(window.query_all_by_label_contains("grad").count() > 0, "what is wrong is said");
    type_into(&mut window, "Update rule", "param drag = 0.1 in 0..1\nv = (1 - drag)*v - lr*g\nw = w + v");
    window.get_by_role_and_label(Role::Slider, "drag").set_value_accesskit(0.25);
    window.run_steps(2);
    assert_eq!(session(&window).selected().map(|racer| racer.settings[1]), Some(0.25));
    click(&mut window, Role::Button, "Back to SGD (PyTorch)");
    assert_eq!(own_rule(&window), None);
}

#[test]
fn a_rule_of_ones_own_is_written_and_begun_from_an_example() {
    let mut window = english("rosenbrock");
    choose(&mut window, "Optimizer", "The book's momentum loop");
    let book = rule_snippets().iter().find(|snippet| snippet.id == "book_momentum").map(|s| s.rule(Lang::En));
    assert_eq!(own_rule(&window), book);
    choose(&mut window, "Optimizer", "Newton's method");
    choose(&mut window, "Optimizer", "Write a rule …");
    assert!(
        own_rule(&window).is_some_and(|text| text.ends_with("w = w - lr*g")),
        "a method without a text begins plainly"
    );
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    type_on(&mut window, "w = w - lr*sig");
    press(&mut window, Key::Tab);
    type_on(&mut window, "g)");
    assert_eq!(own_rule(&window).as_deref(), Some("w = w - lr*sign(g)"));
}

#[test]
fn a_formula_is_begun_from_an_example_with_its_sliders() {
    let mut window = english("rosenbrock");
    choose(&mut window, "Surface", "Double well with a tilt");
    let tilted = formula_snippets().iter().find(|snippet| snippet.id == "tilted_well").map(|snippet| snippet.formula());
    assert_eq!(Some(session(&window).surface().source.as_str()), tilted);
    window.get_by_role_and_label(Role::Slider, "tilt").set_value_accesskit(1.5);
    window.run_steps(2);
    assert_eq!(session(&window).surface().params, [1.5]);
    click(&mut window, Role::Button, "Back to Rosenbrock");
    assert_eq!(session(&window).surface().id.as_deref(), Some("rosenbrock"));
    choose(&mut window, "Surface", "Write a formula …");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    type_on(&mut window, "x^2 + y^2");
    assert_eq!(session(&window).surface().source, "x^2 + y^2", "the box had the keyboard");
}

fn schedule(window: &Window) -> Option<String> {
    session(window).selected().and_then(|racer| racer.schedule.clone())
}

#[test]
fn a_schedule_is_chosen_and_its_arguments_are_set() {
    let mut window = english("rosenbrock");
    assert!(window.query_by_label("Learning rate over the steps").is_none());
    choose(&mut window, "schedule", "Cosine decay");
    assert_eq!(schedule(&window).as_deref(), Some("cosine"));
    window.get_by_role_and_label(Role::SpinButton, "steps").set_value_accesskit(60.0);
    window.run_steps(3);
    assert_eq!(schedule(&window).as_deref(), Some("cosine:steps=60"));
    choose(&mut window, "schedule", "PyTorch OneCycleLR");
    click(&mut window, Role::CheckBox, "cycle_momentum");
    assert!(schedule(&window).is_some_and(|text| text.contains("cycle_momentum=false")), "{:?}", schedule(&window));
    choose(&mut window, "anneal_strategy", "linear");
    assert!(schedule(&window).is_some_and(|text| text.contains("anneal_strategy=linear")), "{:?}", schedule(&window));
    choose(&mut window, "schedule", "A formula of t");
    type_into(&mut window, "schedule", "lr*0.9^t + sine(t)");
    with_ctrl(&mut window, Key::Period);
    assert_eq!(schedule(&window).as_deref(), Some("lr*0.9^t + sin(t)"));
    choose(&mut window, "schedule", "Constant");
    assert_eq!(schedule(&window), None);
}

#[test]
fn lists_and_pairs_of_a_schedule_have_a_field_for_each_number() {
    let mut window = english("rosenbrock");
    let set = |window: &mut Window, name: &str, value: f64| {
        window.get_by_role_and_label(Role::SpinButton, name).set_value_accesskit(value);
        window.run_steps(3);
    };
    choose(&mut window, "schedule", "Milestones");
    set(&mut window, "milestones 2", 90.0);
    assert_eq!(schedule(&window).as_deref(), Some("milestones:milestones=[50, 90]"));
    click(&mut window, Role::Button, "Add to milestones");
    click(&mut window, Role::Button, "Remove milestones 1");
    assert_eq!(schedule(&window).as_deref(), Some("milestones:milestones=[90, 130]"));
    // Two lists of which one is longer stay so.
    choose(&mut window, "schedule", "Piecewise constant");
    click(&mut window, Role::Button, "Add to boundaries");
    assert_eq!(
        schedule(&window).as_deref(),
        Some("piecewise:boundaries=[30, 60, 90],values=[0.1, 0.03, 0.01, 0.00333333]")
    );
    click(&mut window, Role::Button, "Remove values 1");
    assert_eq!(schedule(&window).as_deref(), Some("piecewise:boundaries=[60, 90],values=[0.03, 0.01, 0.00333333]"));
    choose(&mut window, "schedule", "optax piecewise_constant_schedule");
    set(&mut window, "boundaries_and_scales 1, boundary", 20.0);
    set(&mut window, "boundaries_and_scales 2, scale", 0.25);
    click(&mut window, Role::Button, "Add to boundaries_and_scales");
    let text = schedule(&window).unwrap_or_default();
    assert!(text.contains("boundaries_and_scales=[[20, 0.5], [60, 0.25], [100, 0.125]]"), "{text}");
    click(&mut window, Role::Button, "Remove boundaries_and_scales 3");
    assert!(schedule(&window).is_some_and(|text| text.ends_with("=[[20, 0.5], [60, 0.25]]")));
    choose(&mut window, "schedule", "One after another");
    assert!(window.query_all_by_label_contains("schedules is a list of schedules").count() > 0);
    set(&mut window, "boundaries 1", 15.0);
    assert!(schedule(&window).is_some_and(|text| text.contains("boundaries=[15]")));
}

#[test]
fn a_broken_schedule_leaves_the_last_one_and_is_cured() {
    let mut window = english("rosenbrock");
    choose(&mut window, "schedule", "Cosine decay");
    type_into(&mut window, "schedule", "cosine:step=50");
    assert_eq!(schedule(&window).as_deref(), Some("cosine"), "the last good one goes on");
    click(&mut window, Role::Button, "Write steps=50  (Ctrl+.)");
    assert_eq!(schedule(&window).as_deref(), Some("cosine:steps=50"));
}

#[test]
fn the_curve_of_the_schedule_is_a_way_through_time() {
    let mut window = english("rosenbrock");
    choose(&mut window, "schedule", "Linear");
    let rect = window.get_by_label("Learning rate over the steps").rect();
    window.drag_at(rect.center());
    window.run_steps(2);
    window.drop_at(rect.center());
    window.run_steps(2);
    let (cursor, last) = (session(&window).document().transport.cursor, session(&window).last_step() as f64);
    assert!((cursor - last / 2.0).abs() <= 2.0, "{cursor} of {last}");
}

/// The window with a broken formula, a rule of one's own and a schedule, of which only the left panel is looked at.
fn left_panel(theme: ThemeName, lang: Lang) -> Image {
    let opened = Session::on("rosenbrock", "torch/sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let (mut window, camera) = pictured(opened, theme, lang, vec2(640.0, 860.0));
    let racer = session(&window).document().selected;
    let book = rule_snippets().iter().find(|snippet| snippet.id == "book_momentum");
    let text = book.map_or_else(String::new, |snippet| snippet.rule(lang));
    for command in [
        Command::SetFormula("param a = 2 in 0..9\na*x^2 + sine(y)  # a bowl".to_owned()),
        Command::ChooseRule { racer, text },
        Command::SetSchedule { racer, text: "warmup_cosine".to_owned() },
        Command::Seek(60.0),
    ] {
        apply(&mut window, command);
    }
    window.run_steps(4);
    let whole = camera.picture(&window);
    let rows = whole.pixels.chunks(whole.width).skip(48);
    Image { width: 288, height: whole.height - 48, pixels: rows.flat_map(|row| &row[..288]).copied().collect() }
}

#[test]
fn the_left_panel_is_drawn_as_it_was() {
    assert_picture("what_dark", &left_panel(ThemeName::Dark, Lang::En));
    assert_picture("what_light", &left_panel(ThemeName::Light, Lang::Ko));
}

#[test]
fn every_schedule_of_the_list_runs_at_once() {
    let mut window = english("rosenbrock");
    let racer = session(&window).document().selected;
    for kind in downhill::schedule::catalogue() {
        let text = kind.example();
        apply(&mut window, Command::SetSchedule { racer, text });
        assert!(session(&window).drafts().schedules.is_empty(), "{}", kind.id);
        assert!(window.query_by_label("Learning rate over the steps").is_some(), "{} has no curve", kind.id);
    }
}
