//! The window through its accessibility tree: each control is found by the name that a person reads, worked, and seen
//! to change the session; every surface is drawn in both languages and both themes without a character missing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cpu_renderer::{Camera, assert_picture};
use downhill::app::raster::Image;
use downhill::app::theme::ThemeName;
use downhill::app::{App, Options};
use downhill::i18n::{self, Lang};
use downhill::session::{Command, Session};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

pub(crate) type Window = Harness<'static, App>;

const SIZE: Vec2 = vec2(1280.0, 800.0);

pub(crate) fn open(surface: &str, lang: Lang, theme: ThemeName) -> Window {
    let session = Session::on(surface, "torch/sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    window_of(App::detached(Options {
        session: Some(session),
        lang: Some(lang),
        theme: Some(theme),
        ..Options::default()
    }))
}

/// The window of a program, in the usual size.
pub(crate) fn window_of(app: App) -> Window {
    let styled = style_of(&app);
    let mut window = Harness::builder()
        .with_size(SIZE)
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(move |ctx| styled.prepare(ctx))
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app);
    window.run_steps(3);
    window
}

/// A window of some size with what takes its picture.
pub(crate) fn pictured(session: Session, theme: ThemeName, lang: Lang, size: Vec2) -> (Window, Camera) {
    let app =
        App::detached(Options { session: Some(session), lang: Some(lang), theme: Some(theme), ..Options::default() });
    let (styled, camera) = (style_of(&app), Camera::default());
    let window = Harness::builder()
        .with_size(size)
        .with_context_setup(move |ctx| styled.prepare(ctx))
        .renderer(camera.renderer())
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app);
    (window, camera)
}

/// A program with the same fonts and styles.
fn style_of(app: &App) -> App {
    let view = app.view();
    App::detached(Options { lang: Some(view.lang), theme: Some(view.theme), ..Options::default() })
}

/// Folds the panels of these keys away.
pub(crate) fn fold(window: &mut Window, keys: &[Key]) {
    keys.iter().for_each(|key| press(window, *key));
    window.run_steps(3);
}

/// The keys that leave nothing but the view.
pub(crate) const PANELS: [Key; 3] = [Key::OpenBracket, Key::CloseBracket, Key::Backslash];

/// Does what a command says, which must be possible.
pub(crate) fn apply(window: &mut Window, command: Command) {
    let said = format!("{command:?}");
    let done = window.state_mut().session_mut().apply(command);
    assert!(done.is_ok(), "{said}: {done:?}");
    window.run_steps(3);
}

pub(crate) fn english(surface: &str) -> Window {
    open(surface, Lang::En, ThemeName::Dark)
}

pub(crate) fn session(window: &Window) -> &Session {
    window.state().session()
}

pub(crate) fn rate(window: &Window) -> f64 {
    session(window).selected().map_or(f64::NAN, |racer| racer.rate())
}

pub(crate) fn cursor(window: &Window) -> f64 {
    session(window).document().transport.cursor
}

pub(crate) fn click(window: &mut Window, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click();
    window.run_steps(3);
}

pub(crate) fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run_steps(2);
}

/// A file in the hand over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Lets a file go over the window.
pub(crate) fn drop_file(window: &mut Window, path: &Path) {
    window.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    window.run_steps(3);
}

/// The picture of a small window that shows nothing but the view.
pub(crate) fn view_of(session: Session, theme: ThemeName) -> Image {
    let (mut window, camera) = pictured(session, theme, Lang::En, vec2(520.0, 400.0));
    fold(&mut window, &PANELS);
    // The bar above has tests of its own.
    let mut picture = camera.picture(&window);
    picture.pixels.drain(..40 * picture.width);
    picture.height -= 40;
    picture
}

/// Empties a text box, types into it and lets the window take notice.
pub(crate) fn type_into(window: &mut Window, label: &str, text: &str) {
    let boxes: Vec<_> = window.query_all_by_label(label).collect();
    let place = boxes
        .iter()
        .find(|node| matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput))
        .unwrap_or_else(|| panic!("no box named {label}"))
        .rect()
        .center();
    drop(boxes);
    window.drag_at(place);
    window.drop_at(place);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(3);
}

#[test]
fn a_surface_is_chosen_from_the_list() {
    let mut window = english("rosenbrock");
    click(&mut window, Role::ComboBox, "Surface");
    // The list scrolls: what is out of sight is reached all the same.
    window.get_by_role_and_label(Role::MenuItem, "Himmelblau").click_accesskit();
    window.run_steps(3);
    assert_eq!(session(&window).surface().id.as_deref(), Some("himmelblau"));
}

#[test]
fn a_formula_is_typed_and_a_broken_one_leaves_the_last_good_one() {
    let mut window = english("rosenbrock");
    type_into(&mut window, "Formula", "x^2 + 3*y^2");
    assert_eq!(session(&window).surface().source, "x^2 + 3*y^2");
    assert!(session(&window).surface().id.is_none());
    type_into(&mut window, "Formula", "sine(x)");
    assert_eq!(session(&window).surface().source, "x^2 + 3*y^2");
    assert_eq!(session(&window).formula_text(), "sine(x)");
    assert!(window.query_all_by_label_contains("sin").count() > 0, "the cure is said");
    type_into(&mut window, "Formula", "sin(x)");
    assert_eq!((session(&window).surface().source.as_str(), session(&window).surface().dimension), ("sin(x)", 1));
}

#[test]
fn an_optimizer_is_chosen_and_its_numbers_are_set() {
    let mut window = english("rosenbrock");
    window.get_by_role_and_label(Role::Slider, "learning rate").set_value_accesskit(0.002);
    window.run_steps(2);
    assert_eq!(rate(&window), 0.002);
    window.get_by_role_and_label(Role::Slider, "learning rate").focus();
    press(&mut window, Key::ArrowRight);
    assert!(rate(&window) > 0.002 && cursor(&window) == 0.0, "the focused slider has the arrow, not the time");
    press(&mut window, Key::Escape);
    window.get_by_role_and_label(Role::Slider, "momentum").set_value_accesskit(0.9);
    window.run_steps(2);
    click(&mut window, Role::CheckBox, "Nesterov");
    let settings = |window: &Window| session(window).selected().map(|racer| racer.settings.clone()).unwrap_or_default();
    let spec = session(&window).optimizer(session(&window).document().selected);
    let index = |name: &str| spec.and_then(|spec| spec.index_of(name)).unwrap_or(usize::MAX);
    let (momentum, nesterov) = (index("momentum"), index("nesterov"));
    assert_eq!((settings(&window)[momentum], settings(&window)[nesterov]), (0.9, 1.0));
    click(&mut window, Role::ComboBox, "Optimizer");
    // The list is long: the keys reach what is out of sight.
    let adam = window
        .query_all_by_role(Role::MenuItem)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Adam (PyTorch)")));
    adam.unwrap_or_else(|| panic!("no Adam in the list")).click_accesskit();
    window.run_steps(3);
    let id = session(&window).optimizer(session(&window).document().selected).map(|spec| spec.id.clone());
    assert_eq!(id.as_deref(), Some("torch/adam"));
}

#[test]
fn a_number_is_typed_into_its_field() {
    let mut window = english("rosenbrock");
    let place = window.get_by_role_and_label(Role::SpinButton, "learning rate").rect().center();
    window.drag_at(place);
    window.drop_at(place);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.event(egui::Event::Text("3e-4".to_owned()));
    window.run_steps(1);
    press(&mut window, Key::Enter);
    window.run_steps(2);
    assert_eq!(rate(&window), 3e-4);
}

#[test]
fn a_number_that_is_looked_at_and_left_stays_what_it_was() {
    let mut window = english("rosenbrock");
    let racer = session(&window).document().selected;
    let long = 0.001_234_567_890_123;
    apply(&mut window, Command::SetHyper { racer, name: "lr".into(), value: long });
    for key in [Key::Tab, Key::Enter] {
        window.get_by_role_and_label(Role::SpinButton, "learning rate").focus();
        window.run_steps(2);
        press(&mut window, key);
        window.run_steps(2);
        assert_eq!(rate(&window), long, "{key:?}");
    }
}

#[test]
fn racers_come_go_and_are_selected() {
    let mut window = english("rosenbrock");
    click(&mut window, Role::Button, "Add a racer");
    click(&mut window, Role::Button, "Add a racer");
    assert_eq!(session(&window).racers().len(), 3);
    assert_eq!(session(&window).selected().map(|racer| racer.id), session(&window).racers().get(2).map(|r| r.id));
    press(&mut window, Key::Num1);
    assert_eq!(session(&window).selected().map(|racer| racer.id), session(&window).racers().first().map(|r| r.id));
    click(&mut window, Role::Button, "Remove racer 3");
    assert_eq!(session(&window).racers().len(), 2);
}

#[test]
fn time_is_in_the_hands_of_the_buttons() {
    let mut window = english("rosenbrock");
    click(&mut window, Role::Button, "One step");
    click(&mut window, Role::Button, "One step");
    assert_eq!(cursor(&window), 2.0);
    click(&mut window, Role::Button, "One step back");
    assert_eq!(cursor(&window), 1.0);
    window.get_by_role_and_label(Role::Slider, "Step").set_value_accesskit(30.0);
    window.run_steps(2);
    assert_eq!(cursor(&window), 30.0);
    click(&mut window, Role::Button, "Play");
    assert!(session(&window).document().transport.playing);
    let before = cursor(&window);
    window.run_steps(30);
    assert!(cursor(&window) > before + 2.0, "half a second at ten steps a second");
    click(&mut window, Role::Button, "Pause");
    assert!(!session(&window).document().transport.playing);
    click(&mut window, Role::Button, "Faster");
    assert!(session(&window).document().transport.speed > 1.0);
    click(&mut window, Role::Button, "To the end");
    assert_eq!(cursor(&window), session(&window).last_step() as f64);
    click(&mut window, Role::Button, "Back to the start");
    assert_eq!(cursor(&window), 0.0);
}

#[test]
fn time_is_in_the_hands_of_the_keys() {
    let mut window = english("rosenbrock");
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(cursor(&window), 1.0);
    press(&mut window, Key::End);
    assert_eq!(cursor(&window), session(&window).last_step() as f64);
    press(&mut window, Key::Home);
    press(&mut window, Key::Space);
    assert!(session(&window).document().transport.playing);
    press(&mut window, Key::Space);
    assert!(!session(&window).document().transport.playing);
    press(&mut window, Key::Plus);
    assert!(session(&window).document().transport.speed > 1.0);
    press(&mut window, Key::Minus);
    press(&mut window, Key::Minus);
    assert!(session(&window).document().transport.speed < 1.0);
    let start = session(&window).document().start.clone();
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
    window.run_steps(2);
    assert!(session(&window).document().start[1] > start[1]);
}

#[test]
fn the_loss_curve_is_a_way_through_time() {
    let mut window = english("rosenbrock");
    let rect = window.get_by_label("Loss over the steps").rect();
    let place = rect.left_center() + vec2(rect.width() * 0.5, 0.0);
    window.drag_at(place);
    window.run_steps(2);
    window.drop_at(place);
    window.run_steps(2);
    let half = session(&window).last_step() as f64 / 2.0;
    assert!((cursor(&window) - half).abs() <= 2.0, "{} of {half}", cursor(&window));
}

#[test]
fn the_start_is_dragged_and_the_path_follows_at_once() {
    for (surface, name) in [("rosenbrock", "Map of the loss"), ("double_well", "Graph of the loss")] {
        let mut window = english(surface);
        let rect = window.get_by_label(name).rect();
        let before = session(&window).document().start.clone();
        window.drag_at(rect.center());
        window.run_steps(1);
        window.hover_at(rect.center() + vec2(40.0, -30.0));
        window.run_steps(2);
        let during = session(&window).document().start.clone();
        assert_ne!(during, before, "{surface}: moved while dragging");
        let first: Vec<f64> = session(&window).runs().next().map(|(_, run)| run.row(0).w.to_vec()).unwrap_or_default();
        assert_eq!(first, during, "{surface}: the run starts there already");
        window.hover_at(rect.center() + vec2(80.0, -60.0));
        window.run_steps(1);
        window.drop_at(rect.center() + vec2(80.0, -60.0));
        window.run_steps(2);
        let after = session(&window).document().start.clone();
        assert!(after[0] > during[0], "{surface}: to the right is more");
        if let (Some(a), Some(b)) = (during.get(1), after.get(1)) {
            assert!(b > a, "{surface}: up is more");
        }
    }
}

#[test]
fn the_view_is_panned_zoomed_and_fitted() {
    let mut window = english("rosenbrock");
    let rect = window.get_by_label("Map of the loss").rect();
    window.hover_at(rect.center());
    window.run_steps(1);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, 120.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(20);
    let width = |window: &Window| session(window).range()[0][1] - session(window).range()[0][0];
    let near = width(&window);
    press(&mut window, Key::F);
    let all = width(&window);
    assert!(near < all, "{near} is nearer than {all}");
    press(&mut window, Key::P);
    assert!(session(&window).document().picture.range.is_some());
}

#[test]
fn language_theme_and_folds_change_the_window_only() {
    let mut window = english("rosenbrock");
    let document = session(&window).document().clone();
    click(&mut window, Role::Button, Lang::Ko.name());
    assert_eq!(window.state().view().lang, Lang::Ko);
    assert!(window.query_by_label(i18n::text(Lang::Ko, "app.play")).is_some());
    press(&mut window, Key::L);
    assert_eq!(window.state().view().lang, Lang::En);
    click(&mut window, Role::Button, "Light theme");
    assert_eq!(window.state().view().theme, ThemeName::Light);
    press(&mut window, Key::T);
    assert_eq!(window.state().view().theme, ThemeName::Contrast);
    click(&mut window, Role::Button, "Dark theme");
    assert_eq!(window.state().view().theme, ThemeName::Dark);
    for key in [Key::OpenBracket, Key::CloseBracket, Key::Backslash] {
        press(&mut window, key);
    }
    assert_eq!(window.state().view().folds, [true; 3]);
    assert!(window.query_by_role_and_label(Role::Slider, "learning rate").is_none());
    press(&mut window, Key::Questionmark);
    assert!(window.state().view().keys_open);
    press(&mut window, Key::Escape);
    assert!(!window.state().view().keys_open);
    assert_eq!(session(&window).document(), &document);
}

#[test]
fn layers_and_scales_are_switched() {
    let mut window = english("rosenbrock");
    let before = session(&window).document().picture.clone();
    click(&mut window, Role::CheckBox, "Logarithmic heights");
    click(&mut window, Role::CheckBox, "Logarithmic losses");
    let after = session(&window).document().picture.clone();
    assert!(after.heights != before.heights && after.losses != before.losses);
    click(&mut window, Role::Button, "What is drawn");
    click(&mut window, Role::CheckBox, "Contour lines");
    assert_ne!(session(&window).document().picture.layers, after.layers);
}

#[test]
fn contours_are_made_again_only_when_they_change() {
    let mut window = english("rosenbrock");
    let before = window.state().work();
    click(&mut window, Role::Button, "Play");
    window.run_steps(20);
    press(&mut window, Key::T);
    press(&mut window, Key::L);
    assert_eq!(window.state().work(), before);
    apply(&mut window, Command::ChooseSurface("himmelblau".into()));
    assert!(window.state().work().0 > before.0);
}

#[test]
fn every_surface_is_drawn_in_every_language_and_theme() {
    for lang in Lang::ALL {
        for theme in ThemeName::ALL {
            // The harness panics at a character that no font has.
            let mut window = open("rosenbrock", lang, theme);
            for surface in downhill::surface::catalogue() {
                let id = surface.id.clone().unwrap_or_default();
                let chosen = window.state_mut().session_mut().apply(Command::ChooseSurface(id.clone()));
                assert!(chosen.is_ok(), "{id}");
                window.run_steps(1);
                _ = window.state_mut().session_mut().apply(Command::Seek(7.5));
                window.run_steps(1);
                window.run_steps(1);
            }
            for optimizer in downhill::optim::catalogue() {
                let racer = session(&window).document().selected;
                let id = optimizer.id.clone();
                assert!(window.state_mut().session_mut().apply(Command::ChooseOptimizer { racer, id }).is_ok());
                window.run_steps(1);
            }
        }
    }
}

#[test]
fn every_control_has_a_name() {
    let controls: BTreeSet<&str> =
        ["Button", "CheckBox", "ComboBox", "Slider", "SpinButton", "TextInput", "MultilineTextInput", "RadioButton"]
            .into();
    for surface in ["rosenbrock", "double_well"] {
        let window = english(surface);
        let mut found = 0;
        for node in window.root().children_recursive() {
            let node = node.accesskit_node();
            if controls.contains(format!("{:?}", node.role()).as_str()) {
                assert!(node.label().is_some_and(|label| !label.trim().is_empty()), "{node:?}");
                found += 1;
            }
        }
        assert!(found > 30, "{surface}: only {found} controls found");
    }
}

#[test]
fn the_views_are_drawn_as_they_were() {
    for (name, surface, theme, at) in [
        ("map_dark", "himmelblau", ThemeName::Dark, 6.5),
        ("map_light", "rosenbrock", ThemeName::Light, 3.0),
        ("map_contrast", "himmelblau", ThemeName::Contrast, 6.5),
        ("curve_light", "double_well", ThemeName::Light, 1.0),
    ] {
        let mut session = Session::on(surface, "torch/adam").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        assert!(session.apply(Command::Seek(at)).is_ok());
        assert_picture(name, &view_of(session, theme));
    }
}

#[test]
fn nothing_but_the_table_of_tokens_names_a_color() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
    let mut folders = vec![app.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.ends_with("theme") || path.ends_with("raster") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap_or_default();
            for (number, line) in source.lines().enumerate() {
                let named = line.split("Color32::").skip(1).any(|rest| {
                    !rest.starts_with("TRANSPARENT")
                        && (rest.starts_with("from_") || rest.starts_with(char::is_uppercase))
                });
                assert!(!named, "{}:{}: {line}", path.display(), number + 1);
            }
        }
    }
}
