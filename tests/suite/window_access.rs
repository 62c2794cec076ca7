//! The window for those who do not see it or do not use a mouse: every control has a name and says what it does, no two
//! in a row are called the same, nothing without a name takes the focus, and the focus is seen wherever it is.

use std::collections::BTreeMap;

use crate::cpu_renderer::Camera;
use crate::window::{Window, apply, click, english, open, press, session};
use downhill::app::theme::ThemeName;
use downhill::app::{App, Options};
use downhill::chart::relief::{Eye, Relief};
use downhill::chart::{Sampler, ToneKind, View as View2};
use downhill::i18n::Lang;
use downhill::num::linalg;
use downhill::objective::{Batch, Evaluator};
use downhill::session::{Command, Layer, View};
use downhill::surface::Curvature;
use egui::accesskit::{Action, Role};
use egui::{Key, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// The roles that a hand works.
const CONTROLS: [Role; 12] = [
    Role::Button,
    Role::CheckBox,
    Role::ComboBox,
    Role::Slider,
    Role::SpinButton,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::RadioButton,
    Role::Tab,
    Role::MenuItem,
    Role::MenuItemRadio,
    Role::Splitter,
];

/// What a node of the tree is to a person.
struct Control {
    role: Role,
    name: String,
    says: bool,
    enabled: bool,
    rect: Rect,
}

/// Every control, and everything that takes the focus.
fn controls(window: &Window) -> Vec<Control> {
    let nodes = window.root().children_recursive();
    nodes
        .filter_map(|node| {
            let inner = node.accesskit_node();
            let data = inner.data();
            let focusable = data.supports_action(Action::Focus);
            (focusable || CONTROLS.contains(&inner.role())).then(|| Control {
                role: inner.role(),
                name: inner.label().unwrap_or_default().trim().to_owned(),
                says: data.description().is_some_and(|said| !said.trim().is_empty()),
                enabled: focusable && !inner.is_disabled(),
                rect: node.rect(),
            })
        })
        .collect()
}

/// Holds a state of the window to the rules.
fn hold(state: &str, window: &Window) {
    let controls = controls(window);
    assert!(controls.len() > 5, "{state}: only {} controls", controls.len());
    let mut wrong = Vec::new();
    let mut rows: BTreeMap<(i32, String, String), usize> = BTreeMap::new();
    for control in &controls {
        let Control { role, name, says, rect, .. } = control;
        if name.is_empty() {
            wrong.push(format!("{role:?} at {rect:?} has no name"));
        }
        if !says && CONTROLS.contains(role) {
            wrong.push(format!("{role:?} '{name}' does not say what it does"));
        }
        *rows.entry((rect.center().y.round() as i32, format!("{role:?}"), name.clone())).or_default() += 1;
    }
    for ((y, role, name), count) in rows {
        if count > 1 {
            wrong.push(format!("{count} of {role} are called '{name}' in the row at {y}"));
        }
    }
    assert!(wrong.is_empty(), "{state}:\n{}", wrong.join("\n"));
}

/// The main states of the window: a name, and how to come there from a fresh one.
type Way = (&'static str, &'static str, fn(&mut Window));
const STATES: &[Way] = &[
    ("a map", "himmelblau", |_| {}),
    ("a curve", "double_well", |_| {}),
    ("a relief", "rosenbrock", |window| look(window, View::Relief)),
    ("both", "rosenbrock", |window| look(window, View::Both)),
    ("the tab of the rule", "himmelblau", |window| press(window, Key::F3)),
    ("the tab of curvature", "himmelblau", |window| press(window, Key::F4)),
    ("the tab of the race", "himmelblau", |window| press(window, Key::F5)),
    ("three racers", "himmelblau", |window| {
        click(window, Role::Button, "Add a racer");
        click(window, Role::Button, "Add a racer");
    }),
    ("an own rule", "double_well", |window| {
        let racer = session(window).document().selected;
        let text = "param k = 0.5 in 0 .. 1\nw = w - k*lr*g".to_owned();
        apply(window, Command::SetRule { racer, text });
    }),
    ("a formula with a mistake", "double_well", |window| {
        apply(window, Command::SetFormula("sine(x".into()));
    }),
    ("the presentation", "himmelblau", |window| press(window, Key::F9)),
    ("the gallery", "himmelblau", |window| press(window, Key::E)),
    ("the key list", "himmelblau", |window| press(window, Key::Questionmark)),
    ("the file menu", "himmelblau", |window| click(window, Role::Button, "File")),
    ("the display menu", "himmelblau", |window| click(window, Role::Button, "How the window is shown")),
    ("the list of layers", "himmelblau", |window| click(window, Role::Button, "What is drawn")),
    ("the list of surfaces", "himmelblau", |window| click(window, Role::ComboBox, "Surface")),
    ("the list of optimizers", "himmelblau", |window| click(window, Role::ComboBox, "Optimizer")),
    ("the data of a model", "bowl", |window| apply(window, Command::ChooseModel("logistic".into()))),
    ("the table of the points", "bowl", |window| {
        apply(window, Command::ChooseModel("line".into()));
        click(window, Role::Button, "Table of the points");
    }),
    ("a model of one parameter", "bowl", |window| apply(window, Command::ChooseModel("line_slope".into()))),
    ("basins", "himmelblau", |window| small_map(window, View::Basins)),
    ("basins of one variable", "double_well", |window| small_map(window, View::Basins)),
    ("a sweep", "himmelblau", |window| small_map(window, View::Sweep)),
    ("the search for the best rates", "himmelblau", |window| {
        apply(window, Command::SetSteps(20));
        click(window, Role::Button, "Add a racer");
        press(window, Key::B);
        window.run_steps(3);
    }),
    ("a schedule with lists", "himmelblau", |window| {
        let racer = session(window).document().selected;
        apply(window, Command::SetSchedule { racer, text: "piecewise".into() });
    }),
    ("a schedule of pairs", "himmelblau", |window| {
        let racer = session(window).document().selected;
        let text = "optax/piecewise_constant_schedule:boundaries_and_scales=[[10, 0.5], [20, 0.1]]".into();
        apply(window, Command::SetSchedule { racer, text });
    }),
    ("ghosts", "himmelblau", |window| {
        apply(window, Command::Seek(5.0));
        press(window, Key::Y);
    }),
    ("the file dialog", "himmelblau", |window| {
        window.key_press_modifiers(egui::Modifiers::COMMAND, Key::O);
        window.run_steps(3);
    }),
];

/// A map that is quickly made.
fn small_map(window: &mut Window, view: View) {
    for command in [Command::SetMapSize(256), Command::SetSteps(20), Command::SetView(view)] {
        apply(window, command);
    }
}

fn look(window: &mut Window, view: View) {
    apply(window, Command::SetView(view));
}

#[test]
fn every_control_in_every_state_has_a_name_and_says_what_it_does() {
    for (state, surface, go) in STATES {
        let mut window = english(surface);
        go(&mut window);
        hold(state, &window);
    }
    hold("in Korean", &open("himmelblau", Lang::Ko, ThemeName::Light));
}

#[test]
fn the_view_is_told_in_words() {
    for (lang, parts) in [
        (Lang::En, ["Himmelblau, 1 racer, step 2 of ", ": SGD (PyTorch) at (", "), loss "]),
        (Lang::Ko, ["히멜블라우 함수, 경주자 1명, ", "걸음 가운데 2걸음: SGD (PyTorch) 위치 (", "), 손실 "]),
    ] {
        let mut window = open("himmelblau", lang, ThemeName::Dark);
        press(&mut window, Key::ArrowRight);
        press(&mut window, Key::ArrowRight);
        let name = downhill::i18n::text(lang, "app.map");
        let said = window.get_by_label(name).accesskit_node().description().unwrap_or_default();
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    }
}

#[test]
fn the_focus_is_seen_wherever_it_is_and_goes_through_rows_from_left_to_right() {
    let data = |window: &mut Window| {
        apply(window, Command::ChooseModel("line".into()));
        apply(window, Command::SetPoints(vec![[-1.0, 0.5], [0.5, 1.0]]));
        click(window, Role::Button, "Table of the points");
    };
    let ways: [&dyn Fn(&mut Window); 3] = [&|_| {}, &data, &|window| small_map(window, View::Sweep)];
    ways.iter().for_each(|go| walk(go));
}

/// Goes through a state of the window by Tab.
fn walk(go: &dyn Fn(&mut Window)) {
    let camera = Camera::default();
    let styled = App::detached(Options::default());
    let session = downhill::session::Session::on("rosenbrock", "torch/sgd").unwrap();
    let mut window = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_context_setup(move |ctx| {
            styled.prepare(ctx);
            // Nothing moves between two pictures.
            ctx.all_styles_mut(|style| {
                style.animation_time = 0.0;
                style.visuals.text_cursor.blink = false;
            });
        })
        .renderer(camera.renderer())
        .build_ui_state(
            |ui, app: &mut App| app.ui(ui),
            App::detached(Options { session: Some(session), ..Options::default() }),
        );
    go(&mut window);
    window.hover_at(egui::Pos2::ZERO);
    window.run_steps(4);
    let mut before = camera.picture(&window);
    let mut seen: Vec<(String, Rect)> = Vec::new();
    let mut last: Option<egui::accesskit::NodeId> = None;
    let stops: Vec<Control> = controls(&window).into_iter().filter(|control| control.enabled).collect();
    for _ in 0..2 * stops.len() {
        window.key_press(Key::Tab);
        window.run_steps(3);
        let Some(focused) = window.root().children_recursive().find(|node| node.accesskit_node().is_focused()) else {
            continue;
        };
        let (name, rect) = (focused.accesskit_node().label().unwrap_or_default(), focused.rect());
        let now = camera.picture(&window);
        let changed = (0..now.height).any(|y| {
            (0..now.width).any(|x| {
                let inside = rect.expand(5.0).contains(egui::pos2(x as f32, y as f32));
                inside && now.pixels[y * now.width + x] != before.pixels[y * before.width + x]
            })
        });
        assert!(changed, "the focus on '{name}' at {rect:?} is not seen");
        // Where the focus came from, where that is now: what scrolls has moved it.
        let from = window.root().children_recursive().find(|node| Some(node.accesskit_node().locate().0) == last);
        if let Some((from, a)) = from.map(|from| (from.accesskit_node().label().unwrap_or_default(), from.rect())) {
            let row = (a.center().y - rect.center().y).abs() < 3.0 && a.height() < 60.0 && rect.height() < 60.0;
            let again = seen.first().is_some_and(|(first, _)| *first == name);
            assert!(!row || again || rect.center().x >= a.center().x, "from '{from}' back to '{name}'");
        }
        last = Some(focused.accesskit_node().locate().0);
        if seen.iter().any(|(known, place)| *known == name && *place == rect) {
            break;
        }
        seen.push((name, rect));
        before = now;
    }
    // What was out of sight has come up since.
    let across = |a: &Rect, b: &Rect| a.x_range().intersection(b.x_range()).span() > 0.0;
    let reached = |stop: &&Control| !seen.iter().any(|(name, rect)| *name == stop.name && across(rect, &stop.rect));
    let missed: Vec<&str> = stops.iter().filter(reached).map(|stop| stop.name.as_str()).collect();
    assert!(missed.is_empty(), "the focus never comes to {missed:?}");
}

/// Waits over a place and holds that something is said there.
fn hover(window: &mut Window, point: egui::Pos2, words: &str) {
    window.hover_at(egui::pos2(2.0, 2.0));
    window.run_steps(4);
    window.hover_at(point);
    window.run_steps(45);
    assert!(window.query_all_by_label_contains(words).count() > 0, "{words} at {point:?}");
}

/// Where a place is on the map: both axes have the same scale, around the middle of what is looked at.
fn on_map(window: &Window, x: f64, y: f64) -> egui::Pos2 {
    let view = window.get_by_label("Map of the loss").rect();
    let range = session(window).shown_range();
    let [[a, b], [c, d]] = [range[0], range[1]];
    let scale = ((b - a) / f64::from(view.width())).max((d - c) / f64::from(view.height()));
    view.center() + vec2(((x - (a + b) / 2.0) / scale) as f32, (-(y - (c + d) / 2.0) / scale) as f32)
}

#[test]
fn every_mark_says_what_it_is() {
    let mut window = english("himmelblau");
    press(&mut window, Key::ArrowRight);
    let start = session(&window).document().start.clone();
    let ball = session(&window).position(session(&window).document().selected).unwrap_or_default();
    for (place, words) in [
        (vec![3.0, 2.0], "Known global minimum: f(3"),
        (start, "Start of the descent: ("),
        (ball, "SGD (PyTorch) after step 1: at ("),
    ] {
        let point = on_map(&window, place[0], place[1]);
        hover(&mut window, point, words);
    }
}

#[test]
fn the_whole_gradient_beside_that_of_a_mini_batch_says_what_it_is() {
    let mut window = english("bowl");
    for command in [Command::ChooseModel("line".to_owned()), Command::SetBatch(Batch { size: 1, seed: 1 })] {
        apply(&mut window, command);
    }
    window.run_steps(3);
    let mut slope = [0.0; 2];
    let from = session(&window).document().start.clone();
    let _ = Evaluator::new(session(&window).shared_surface()).gradient(&from, &mut slope);
    let way = vec2(-slope[0] as f32, slope[1] as f32).normalized();
    let point = on_map(&window, from[0], from[1]) + way * 28.0;
    hover(&mut window, point, "Downhill by all the data: ‖∇f‖ = ");
}

#[test]
fn every_mark_in_space_says_what_it_is() {
    let mut window = english("himmelblau");
    look(&mut window, View::Relief);
    for layer in [Layer::CurvatureAxes, Layer::LocalModel] {
        apply(&mut window, Command::SetLayer { layer, on: true });
    }
    // Far enough that neither ball nor start stands on an iterate between them.
    let racer = session(&window).document().selected;
    for command in [Command::SetHyper { racer, name: "momentum".into(), value: 0.5 }, Command::Seek(4.0)] {
        apply(&mut window, command);
    }
    window.run_steps(3);
    let rect = window.get_by_label("Relief of the loss").rect();
    let (relief, eye, ground, way) = {
        let session = session(&window);
        let surface = session.shared_surface();
        let range = session.range();
        let field = Sampler::new(&*surface).field(View2 { x: range[0], y: range[1] }, [200, 200]);
        let relief = Relief::bare(&field, ToneKind::Log);
        let eye =
            Eye::new(&session.document().picture.camera, relief.half, [rect.width(), rect.height()].map(f64::from));
        let run = session.run(session.document().selected).unwrap();
        let mut evaluator = Evaluator::new(surface.clone());
        let ground = Curvature::at(&mut evaluator, run.row(4).w);
        let way = [run.row(2).w.to_vec(), run.row(4).w.to_vec(), session.document().start.clone()];
        (relief, eye, ground, way)
    };
    let on = |w: &[f64]| {
        let [x, y] = relief.ground([w[0], w[1]]);
        let [x, y] = eye.see([x, y, relief.height([x, y]).unwrap()]).at;
        rect.min + vec2(x as f32, y as f32)
    };
    let [before, ball, start] = way;
    // A little to the side of the ball, along the arrow of −∇f and along the longer axis of the curvature.
    let beside = |by: &[f64], pixels: f32| {
        let tip = on(&[ball[0] + 1e-3 * by[0], ball[1] + 1e-3 * by[1]]);
        on(&ball) + (tip - on(&ball)).normalized() * pixels
    };
    let down: Vec<f64> = ground.gradient.iter().map(|slope| -slope / linalg::norm(&ground.gradient)).collect();
    let long = usize::from(ground.eigen.values[1].abs() < ground.eigen.values[0].abs());
    let marks = [
        (on(&[-3.779_310, -3.283_186]), "Known global minimum: f(−3.779"),
        (on(&ball) - vec2(0.0, 8.0), "SGD (PyTorch) after step 4: at ("),
        (on(&before), "SGD (PyTorch), step 2: ("),
        (on(&start), "Start of the descent: ("),
        (beside(&down, 40.0), "Minus the gradient"),
    ];
    for (point, words) in marks {
        hover(&mut window, point, words);
    }
    // Arrows may lie over an axis.
    for off in [Layer::Gradient, Layer::Step].map(|layer| Command::SetLayer { layer, on: false }) {
        apply(&mut window, off);
    }
    apply(&mut window, Command::SetArrow { state: "b".into(), on: false });
    hover(&mut window, beside(&ground.eigen.vectors[long], 25.0), "how much the loss bends along");
}
