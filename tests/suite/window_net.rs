//! The network laboratory in the window, through its accessibility tree: controls are found by the names that a person
//! reads, worked, and seen to change document and training.

use downhill::app::theme::ThemeName;
use downhill::app::{App, Lab, Options};
use downhill::i18n::Lang;
use downhill::nn::data::Source;
use downhill::nn::{Activation, Loss};
use downhill::session::net::{NetCommand, NetSession, NetView, Neuron, Speed};
use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::cpu_renderer::Camera;
use crate::window::{Window, click, drop_file, english, press};

fn opened(net: NetSession, lang: Lang, theme: ThemeName) -> Window {
    let app = App::detached(Options { net: Some(net), lang: Some(lang), theme: Some(theme), ..Options::default() });
    let styled = App::detached(Options { lang: Some(lang), theme: Some(theme), ..Options::default() });
    let mut window = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(move |ctx| styled.prepare(ctx))
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app);
    window.run_steps(3);
    window
}

fn session(data: &str) -> NetSession {
    NetSession::on(data).unwrap_or_else(|refusal| panic!("{data}: {refusal:?}"))
}

fn lab(data: &str) -> Window {
    opened(session(data), Lang::En, ThemeName::Dark)
}

fn net(window: &Window) -> &NetSession {
    window.state().net()
}

/// The step that the training stands at.
fn shown(window: &Window) -> usize {
    window.state().net_shown().map_or(usize::MAX, |(step, _)| step)
}

fn weights(window: &Window) -> Vec<f64> {
    window.state().net_shown().map_or_else(Vec::new, |(_, weights)| weights)
}

fn set(window: &mut Window, role: Role, label: &str, value: f64) {
    window.get_by_role_and_label(role, label).set_value_accesskit(value);
    window.run_steps(3);
}

/// Opens the list of a chooser and takes an entry.
fn choose(window: &mut Window, chooser: &str, entry: &str) {
    window.get_by_role_and_label(Role::ComboBox, chooser).click_accesskit();
    window.run_steps(3);
    window.get_by_role_and_label(Role::MenuItem, entry).click_accesskit();
    window.run_steps(3);
}

#[test]
fn the_header_leads_from_one_laboratory_to_the_other_and_back() {
    let mut window = english("rosenbrock");
    let surface = window.state().session().document().clone();
    click(&mut window, Role::RadioButton, "Network");
    assert_eq!(window.state().view().lab, Lab::Net);
    press(&mut window, Key::Space);
    window.run_steps(3);
    assert!(net(&window).document().transport.playing && shown(&window) > 0);
    assert_eq!(*window.state().session().document(), surface, "the other document is untouched");
    press(&mut window, Key::F6);
    assert_eq!(window.state().view().lab, Lab::Descent);
    let step = net(&window).step();
    window.run_steps(5);
    assert!(!net(&window).document().transport.playing && net(&window).step() == step, "nobody trains unseen");
    press(&mut window, Key::ArrowRight);
    assert!(window.state().session().step() == 1 && net(&window).step() == step);
}

#[test]
fn steps_epochs_and_the_way_back_are_exact() {
    let mut window = lab("moons");
    let first = weights(&window);
    click(&mut window, Role::Button, "One mini-batch step");
    assert_eq!((net(&window).step(), shown(&window)), (1, 1));
    let second = weights(&window);
    click(&mut window, Role::Button, "Epoch");
    assert_eq!(shown(&window), net(&window).epoch()[0]);
    press(&mut window, Key::N);
    assert_eq!(shown(&window), 2 * net(&window).epoch()[0]);
    set(&mut window, Role::Slider, "Steps", 1.0);
    assert_eq!((shown(&window), weights(&window) == second), (1, true), "the same bits again");
    click(&mut window, Role::Button, "One mini-batch step back");
    assert_eq!((shown(&window), weights(&window) == first), (0, true));
    press(&mut window, Key::End);
    assert_eq!(shown(&window), net(&window).farthest());
    click(&mut window, Role::Button, "Back to the same first weights");
    assert_eq!((shown(&window), weights(&window) == first), (0, true));
    click(&mut window, Role::Button, "New first weights");
    assert!(weights(&window) != first && shown(&window) == 0);
}

#[test]
fn it_trains_at_a_pace_or_as_fast_as_it_can() {
    let mut window = lab("moons");
    click(&mut window, Role::Button, "Train");
    window.run_steps(4);
    let free = shown(&window);
    assert!(free >= 40 && net(&window).step() == free, "at full speed the picture follows the training");
    click(&mut window, Role::Button, "Slower");
    let Speed::Steps(pace) = net(&window).document().transport.speed else { panic!("a pace") };
    assert_eq!(pace, 1000.0);
    (0..3).for_each(|_| click(&mut window, Role::Button, "Slower"));
    let before = net(&window).step();
    window.run_steps(60);
    let made = net(&window).step() - before;
    assert!((95..=105).contains(&made), "{made} steps in a second of frames at 100 a second");
    click(&mut window, Role::Button, "Pause");
    let step = shown(&window);
    window.run_steps(5);
    assert_eq!(shown(&window), step);
}

#[test]
fn a_rate_is_changed_while_it_runs_and_the_change_is_replayed() {
    let mut window = lab("moons");
    click(&mut window, Role::Button, "Train");
    window.run_steps(3);
    set(&mut window, Role::Slider, "learning rate", 0.05);
    window.run_steps(3);
    click(&mut window, Role::Button, "Pause");
    let legs = net(&window).document().legs.clone();
    assert_eq!((legs.len(), legs[1].recipe.drive.settings[0]), (2, 0.05));
    assert!(legs[1].since > 0 && legs[1].since < shown(&window));
    let (step, there) = (shown(&window), weights(&window));
    press(&mut window, Key::Home);
    set(&mut window, Role::Slider, "Steps", step as f64);
    assert_eq!((shown(&window), weights(&window) == there), (step, true));
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!((net(&window).document().legs.len(), shown(&window)), (1, legs[1].since));
}

#[test]
fn data_layers_and_loss_are_chosen() {
    let mut window = lab("moons");
    choose(&mut window, "Data", "Clouds");
    assert!(matches!(&net(&window).document().data.source, Source::Entry(id) if id == "blobs"));
    assert_eq!(net(&window).recipe().map(|recipe| recipe.loss), Some(Loss::SoftmaxCrossEntropy));
    set(&mut window, Role::SpinButton, "classes", 4.0);
    assert_eq!(net(&window).architecture().outputs(), 4);
    click(&mut window, Role::Button, "Add a hidden layer");
    assert_eq!(net(&window).document().layers.len(), 4);
    set(&mut window, Role::SpinButton, "Units: Hidden 3", 3.0);
    choose(&mut window, "Activation: Hidden 3", "relu");
    let layer = net(&window).document().layers[2].clone();
    assert_eq!((layer.units, layer.activation), (3, Activation::Relu));
    click(&mut window, Role::Button, "Remove: Hidden 1");
    assert_eq!(net(&window).document().layers.len(), 3);
    click(&mut window, Role::CheckBox, "Input x1^2");
    assert_eq!(net(&window).architecture().inputs, 3);
    choose(&mut window, "loss", "Mean squared error");
    assert_eq!(net(&window).recipe().map(|recipe| recipe.loss), Some(Loss::Mse));
    set(&mut window, Role::SpinButton, "batch size", 25.0);
    assert_eq!(net(&window).recipe().map(|recipe| recipe.batch.size), Some(25));
    choose(&mut window, "initializer", "he_normal");
    choose(&mut window, "Optimizer", "Adagrad (Keras)");
    press(&mut window, Key::Space);
    window.run_steps(3);
    assert!(shown(&window) > 0, "all of it together trains");
}

#[test]
fn a_weight_and_a_bias_are_set_by_hand() {
    let mut window = lab("moons");
    click(&mut window, Role::Button, "Neuron 1.2");
    assert_eq!(net(&window).document().picture.neuron, Some(Neuron { layer: 1, unit: 1 }));
    set(&mut window, Role::SpinButton, "x2", 1.5);
    set(&mut window, Role::SpinButton, "bias b", -0.5);
    let architecture = net(&window).architecture().clone();
    let (weight, bias) = (architecture.weight(0).start + 3, architecture.bias(0).start + 1);
    assert_eq!((weights(&window)[weight], weights(&window)[bias]), (1.5, -0.5));
    // Dragged up in the diagram, the output's bias too.
    let bead = window.get_by_role_and_label(Role::Button, "Bias of Output 1").rect().center();
    window.drag_at(bead);
    window.run_steps(2);
    window.hover_at(bead - vec2(0.0, 40.0));
    window.run_steps(2);
    window.drop_at(bead - vec2(0.0, 40.0));
    window.run_steps(3);
    let output = architecture.bias(2).start;
    assert!((weights(&window)[output] - 0.4).abs() < 0.05, "{}", weights(&window)[output]);
    assert_eq!(net(&window).document().legs[0].edits.len(), 3);
    click(&mut window, Role::Button, "One mini-batch step");
    assert_ne!(weights(&window)[weight], 1.5, "it goes on from there");
}

#[test]
fn a_training_that_leaves_the_numbers_stops_with_a_sentence_and_can_be_rewound() {
    let mut net_session = session("plane");
    let commands = [
        NetCommand::ChooseOptimizer("torch/sgd".to_owned()),
        NetCommand::SetActivation { layer: 0, activation: Activation::Relu },
        NetCommand::SetActivation { layer: 1, activation: Activation::Relu },
        NetCommand::SetHyper { name: "lr".to_owned(), value: 50.0 },
        NetCommand::Play,
    ];
    for command in commands {
        net_session.apply(command).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    }
    let mut window = opened(net_session, Lang::En, ThemeName::Light);
    window.run_steps(20);
    assert!(!net(&window).document().transport.playing, "it stands still");
    assert!(window.query_all_by_label_contains("take a smaller one").count() > 0);
    let step = shown(&window);
    press(&mut window, Key::ArrowLeft);
    assert!(shown(&window) < step && weights(&window).iter().all(|weight| weight.is_finite()));
    set(&mut window, Role::Slider, "learning rate", 0.001);
    press(&mut window, Key::Home);
    set(&mut window, Role::Slider, "learning rate", 0.001);
    press(&mut window, Key::Space);
    window.run_steps(20);
    assert!(shown(&window) > step, "and goes on with a smaller rate");
}

#[test]
fn every_view_is_drawn_for_every_kind_of_data_in_every_theme_and_language() {
    for (index, data) in ["moons", "blobs", "sine", "multi_gauss", "iris_like", "digits"].into_iter().enumerate() {
        let theme = ThemeName::ALL[index % ThemeName::ALL.len()];
        let lang = Lang::ALL[index % Lang::ALL.len()];
        let mut whole = session(data);
        let rows = downhill::nn::data::DataSpec { rows: 60, ..whole.document().data.clone() };
        for command in
            [NetCommand::SetData(rows), NetCommand::Step, NetCommand::SelectNeuron(Some(Neuron { layer: 1, unit: 0 }))]
        {
            whole.apply(command).unwrap_or_else(|refusal| panic!("{data}: {refusal:?}"));
        }
        let mut window = opened(whole, lang, theme);
        // What runs beside the training takes long where it is large, and is drawn for one of them.
        let beside = [NetView::Landscape, NetView::Race];
        for view in NetView::ALL.into_iter().filter(|view| data == "moons" || !beside.contains(view)) {
            window.state_mut().net_mut().apply(NetCommand::SetView(view)).unwrap_or_else(|r| panic!("{r:?}"));
            window.run_steps(2);
            assert_eq!(shown(&window), 1, "{data} {view:?}");
        }
        window.set_size(vec2(960.0, 600.0));
        window.run_steps(3);
    }
}

#[test]
fn pictures_are_filled_for_new_snapshots_only() {
    let mut window = lab("moons");
    let before = window.state().net_filled();
    window.run_steps(10);
    assert_eq!(window.state().net_filled(), before);
    press(&mut window, Key::ArrowRight);
    assert_eq!(window.state().net_filled(), before + 2, "the neurons' sheet and the output, once each");
}

#[test]
fn the_output_shows_which_side_is_which() {
    let mut whole = session("gauss");
    for command in [NetCommand::SetView(NetView::Output), NetCommand::Seek(0)] {
        whole.apply(command).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    }
    (0..120).for_each(|_| whole.apply(NetCommand::Step).unwrap_or_else(|refusal| panic!("{refusal:?}")));
    let app = App::detached(Options { net: Some(whole), theme: Some(ThemeName::Light), ..Options::default() });
    let styled = App::detached(Options { theme: Some(ThemeName::Light), ..Options::default() });
    let camera = Camera::default();
    let mut window = Harness::builder()
        .with_size(vec2(520.0, 480.0))
        .with_context_setup(move |ctx| styled.prepare(ctx))
        .renderer(camera.renderer())
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app);
    for key in [Key::OpenBracket, Key::CloseBracket, Key::Backslash] {
        press(&mut window, key);
    }
    window.run_steps(3);
    let rect = window.get_by_role_and_label(Role::Canvas, "Output").rect();
    let picture = camera.picture(&window);
    let at = |x: f32, y: f32| {
        let place = rect.min + rect.size() * vec2(x, y);
        picture.pixels[place.y as usize * picture.width + place.x as usize]
    };
    // One cloud lies upper right (class 1, blue), the other lower left (class 0, orange).
    let (upper, lower) = (at(0.97, 0.03), at(0.03, 0.97));
    assert!(upper[2] > upper[0] && lower[0] > lower[2], "{upper:?} {lower:?}");
}

fn show(data: &str, view: NetView, more: impl IntoIterator<Item = NetCommand>) -> Window {
    let mut whole = session(data);
    for command in [NetCommand::SetView(view)].into_iter().chain(more) {
        let said = format!("{command:?}");
        whole.apply(command).unwrap_or_else(|refusal| panic!("{said}: {refusal:?}"));
    }
    opened(whole, Lang::En, ThemeName::Dark)
}

/// How many parts of the training loop are lit.
fn lit(window: &Window) -> usize {
    let lit = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
            || node.accesskit_node().is_selected() == Some(true)
    };
    window.query_all_by_role(Role::ListItem).filter(lit).count()
}

#[test]
fn the_training_loop_lights_its_four_parts_and_the_last_one_steps() {
    let mut window = show("moons", NetView::Loop, []);
    let first = weights(&window);
    assert_eq!(window.query_all_by_role(Role::ListItem).count(), 4);
    assert_eq!(lit(&window), 1);
    for parts in 2..=4 {
        press(&mut window, Key::ArrowRight);
        assert_eq!((lit(&window), shown(&window)), (parts, 0));
    }
    press(&mut window, Key::ArrowRight);
    assert_eq!((lit(&window), shown(&window)), (1, 1));
    assert_ne!(weights(&window), first);
    press(&mut window, Key::ArrowLeft);
    assert_eq!((lit(&window), shown(&window)), (4, 0));
    assert_eq!(weights(&window), first);
}

#[test]
fn a_sample_is_followed_and_the_naive_way_stands_beside() {
    let mut window = show("moons", NetView::Sample, [NetCommand::SelectSample(4), NetCommand::SelectWeight(Some(3))]);
    assert!(window.query_all_by_label_contains("Neuron 1.1").count() > 0);
    click(&mut window, Role::Button, "Neuron 2.1");
    assert_eq!(net(&window).document().picture.neuron, Some(Neuron { layer: 2, unit: 0 }));
}

#[test]
fn the_confusion_matrix_counts_every_test_row_once() {
    let window = show("blobs", NetView::Confusion, []);
    let cells: Vec<String> =
        window.query_all_by_role(Role::Cell).filter_map(|node| node.accesskit_node().label()).collect();
    assert_eq!(cells.len(), 9);
    let counts = cells.iter().filter_map(|words| words.rsplit(' ').next()?.parse::<usize>().ok());
    assert_eq!(counts.sum::<usize>(), net(&window).split().test.rows(), "{cells:?}");
}

#[test]
fn points_are_painted_and_wiped_off() {
    let mut window = show("gauss", NetView::Output, []);
    choose(&mut window, "Data", "Painted points");
    let count = |window: &Window| match &net(window).document().data.source {
        Source::Painted { points, .. } => points.len(),
        _ => 0,
    };
    let before = count(&window);
    assert_eq!(before, 250, "it begins with the points that were shown");
    click(&mut window, Role::CheckBox, "Class 1: paints points of this class");
    let rect = window.get_by_role_and_label(Role::Canvas, "Output").rect();
    let at = rect.min + rect.size() * vec2(0.1, 0.1);
    window.drag_at(at);
    window.run_steps(2);
    window.hover_at(at + vec2(40.0, 0.0));
    window.run_steps(2);
    window.drop_at(at + vec2(40.0, 0.0));
    window.run_steps(2);
    let painted = count(&window);
    assert!(painted >= before + 2, "{painted}");
    click(&mut window, Role::CheckBox, "Wipes points off");
    window.drag_at(at);
    window.drop_at(at);
    window.run_steps(3);
    assert!(count(&window) < painted);
    click(&mut window, Role::CheckBox, "Begins again with one point of each class");
    assert_eq!(count(&window), 2);
}

#[test]
fn a_table_is_dropped_on_the_window() {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let path = folder.path().join("mine.csv");
    let rows: String =
        (0..40).map(|k| format!("{},{},{}\n", k % 7, k % 5, if k % 7 > 3 { "cat" } else { "dog" })).collect();
    std::fs::write(&path, format!("a,b,kind\n{rows}")).unwrap_or_else(|error| panic!("{error}"));
    let mut window = lab("moons");
    drop_file(&mut window, &path);
    window.run_steps(1);
    window.input_mut().dropped_files.clear();
    window.run_steps(2);
    assert!(matches!(&net(&window).document().data.source, Source::Table(table) if table.name == "mine.csv"));
    press(&mut window, Key::ArrowRight);
    assert_eq!(shown(&window), 1);
}

#[test]
fn a_slice_of_the_loss_is_opened_in_the_other_laboratory() {
    let small = downhill::nn::data::find_dataset("moons").map(downhill::nn::data::DataSpec::of);
    let small = small.map(|spec| downhill::nn::data::DataSpec { rows: 16, ..spec }).unwrap_or_else(|u| panic!("{u:?}"));
    let layers = [NetCommand::RemoveLayer(1), NetCommand::SetUnits { layer: 0, units: 2 }];
    let mut window = show("moons", NetView::Landscape, [NetCommand::SetData(small)].into_iter().chain(layers));
    click(&mut window, Role::Button, "Open in the descent laboratory");
    assert_eq!(window.state().view().lab, Lab::Descent);
    let surface = window.state().session().surface();
    assert_eq!((surface.dimension, surface.start.len()), (2, 2));
    let here = window.state().session().run(window.state().session().document().selected).map(|run| run.row(0).loss);
    assert!(here.is_some_and(|loss| loss.is_finite()));
}
