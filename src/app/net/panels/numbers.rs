//! The numbers: where the training is, the losses, what is selected with its value, why it stopped.

use egui::{Align2, Id, Margin, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::training::loss_name;
use crate::app::net::state::NetState;
use crate::app::net::views::{Scene, neuron_name, output, weight_name};
use crate::app::paint::{elided_text, face, text};
use crate::app::theme::sizes;
use crate::app::widgets::{NumberField, caption, heading, rule};
use crate::explain::{self, steady};
use crate::i18n;
use crate::nn::Measure;
use crate::session::net::{NetCommand, NetView, Neuron};

/// Points of a row, across.
const ROW: f32 = 20.0;
/// The share of a row that the name has.
const NAMES: f32 = 0.42;

/// Draws the right panel.
pub(in crate::app::net) fn numbers(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut NetState,
    commands: &mut Vec<NetCommand>,
) {
    ScrollArea::vertical().id_salt("net numbers").auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let flat = scene.plane.is_some();
            if flat && scene.session.document().picture.view != NetView::Output {
                let side = ui.available_width();
                let tall = if scene.plane.is_some_and(|plane| plane.flat) { side } else { side * 0.62 };
                let (rect, _) = ui.allocate_exact_size(vec2(side, tall), Sense::hover());
                output(ui, rect, scene, state, commands, false);
                ui.add_space(10.0);
            }
            progress(ui, scene);
            selected(ui, scene, commands);
        });
    });
}

/// Step, epoch, losses.
fn progress(ui: &mut Ui, scene: &Scene<'_>) {
    let lang = scene.lang;
    let snapshot = scene.snapshot;
    let place = snapshot.place;
    row(ui, scene, i18n::text(lang, "net.step"), &[snapshot.step.to_string()], i18n::text(lang, "net.step_hint"));
    let epoch = format!("{} · {}/{}", place.epoch + 1, place.batch + 1, place.batches);
    row(ui, scene, i18n::text(lang, "net.epoch"), &[epoch], i18n::text(lang, "net.epoch_hint"));
    let measured = snapshot.measured;
    let of = |measure: Option<Measure>, read: fn(&Measure) -> f64| {
        measure.map_or_else(|| "–".to_owned(), |measure| steady(read(&measure)))
    };
    let recipe = scene.session.recipe();
    let loss = recipe.map_or("", |recipe| loss_name(recipe.loss, lang));
    ui.add_space(6.0);
    heading_row(ui, scene, loss);
    let losses = [of(measured.train, |m| m.loss), of(measured.test, |m| m.loss)];
    row(ui, scene, i18n::text(lang, "net.loss"), &losses, i18n::text(lang, "net.loss_row_hint"));
    if recipe.is_some_and(|recipe| !recipe.penalty.is_none()) {
        let losses = [of(measured.train, |m| m.data_loss), of(measured.test, |m| m.data_loss)];
        row(ui, scene, i18n::text(lang, "net.data_loss"), &losses, i18n::text(lang, "net.data_loss_hint"));
    }
    if measured.train.is_some_and(|measure| measure.accuracy.is_some()) {
        let share = |measure: Option<Measure>| {
            let share = measure.and_then(|measure| measure.accuracy);
            share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share))
        };
        let shares = [share(measured.train), share(measured.test)];
        row(ui, scene, i18n::text(lang, "net.accuracy"), &shares, i18n::text(lang, "net.accuracy_hint"));
    }
    if measured.step != snapshot.step {
        caption(ui, &i18n::fill(lang, "net.measured_at", &[("step", &measured.step)]));
    }
    ui.add_space(6.0);
    let parameters = snapshot.weights.len().to_string();
    row(ui, scene, i18n::text(lang, "net.parameters"), &[parameters], i18n::text(lang, "net.parameters_hint"));
    let rate = snapshot.batch.as_ref().map_or_else(|| "–".to_owned(), |batch| steady(batch.rate));
    row(ui, scene, i18n::text(lang, "app.rate_now"), &[rate], i18n::text(lang, "app.rate_now_hint"));
    if let Some(pace) = snapshot.pace.filter(|_| scene.session.document().transport.playing) {
        let words = i18n::fill(lang, "net.per_second", &[("count", &format!("{pace:.0}"))]);
        row(ui, scene, i18n::text(lang, "net.pace"), &[words], i18n::text(lang, "net.pace_hint"));
    }
    let trouble = match (&snapshot.trouble, &snapshot.stopped) {
        (Some(trouble), _) => Some(explain::training(lang, trouble)),
        (None, Some(stop)) => Some(explain::stop(lang, stop)),
        (None, None) => None,
    };
    if let Some(words) = trouble {
        ui.add_space(6.0);
        ui.label(egui::RichText::new(words).size(sizes().body).color(scene.theme.bad));
    }
    if !snapshot.arrived {
        ui.add_space(6.0);
        let wanted = scene.session.step();
        caption(ui, &i18n::fill(lang, "net.on_the_way", &[("step", &snapshot.step), ("wanted", &wanted)]));
    }
}

/// What is selected: a neuron with what comes in and its bias, or a weight.
fn selected(ui: &mut Ui, scene: &Scene<'_>, commands: &mut Vec<NetCommand>) {
    let picture = &scene.session.document().picture;
    rule(ui);
    if let Some(place) = picture.weight.filter(|place| *place < scene.snapshot.weights.len()) {
        heading(ui, &weight_name(scene, place));
        ui.add_space(4.0);
        parameter(ui, scene, place, i18n::text(scene.lang, "net.value"), commands);
        if let Some(gradient) = scene.snapshot.gradient.as_ref().and_then(|gradient| gradient.get(place)) {
            row(ui, scene, "∂L/∂w", &[steady(*gradient)], i18n::text(scene.lang, "net.gradient_hint"));
        }
        ui.add_space(8.0);
    }
    if let Some(neuron) = picture.neuron {
        of_neuron(ui, scene, neuron, commands);
    }
    if picture.weight.is_none() && picture.neuron.is_none() {
        caption(ui, i18n::text(scene.lang, "net.select_hint"));
    }
}

/// What a neuron computes, in numbers.
fn of_neuron(ui: &mut Ui, scene: &Scene<'_>, neuron: Neuron, commands: &mut Vec<NetCommand>) {
    const MOST: usize = 24;
    let lang = scene.lang;
    heading(ui, &neuron_name(scene, neuron));
    ui.add_space(4.0);
    let architecture = &scene.snapshot.program.architecture;
    let Some(layer) = neuron.layer.checked_sub(1) else { return };
    let Some(own) = architecture.layers.get(layer).filter(|own| neuron.unit < own.units) else { return };
    let width = architecture.inputs_of(layer);
    let formula = format!("a = {}(Σ w·x + b)", own.activation);
    caption(ui, &formula);
    let start = architecture.weight(layer).start + neuron.unit * width;
    for unit in 0..width.min(MOST) {
        let name = neuron_name(scene, Neuron { layer, unit });
        parameter(ui, scene, start + unit, &name, commands);
    }
    if width > MOST {
        caption(ui, &i18n::fill(lang, "net.more_units", &[("count", &(width - MOST))]));
    }
    parameter(ui, scene, architecture.bias(layer).start + neuron.unit, i18n::text(lang, "net.bias"), commands);
}

/// A row with a parameter that can be typed and dragged.
fn parameter(ui: &mut Ui, scene: &Scene<'_>, place: usize, name: &str, commands: &mut Vec<NetCommand>) {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let value = scene.snapshot.weights.get(place).copied().unwrap_or(f64::NAN);
    elided_text(ui.painter(), rect.left_center(), rect.width() - 96.0, name, face(sizes().body, false), theme.muted);
    let field = Rect::from_center_size(pos2(rect.right() - 42.0, rect.center().y), vec2(84.0, 22.0));
    let number = NumberField { name, value, range: [-1e9, 1e9], speed: 0.01, digits: 5 };
    let asked = number.show(ui, field, Id::unique(("net parameter", place)));
    commands.extend(asked.filter(|_| scene.is_current()).map(|value| NetCommand::SetWeight { place, value }));
}

/// The names of the two columns: training and test.
fn heading_row(ui: &mut Ui, scene: &Scene<'_>, name: &str) {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let small = face(sizes().caption, false);
    let names = (rect.width() * NAMES).floor();
    elided_text(ui.painter(), rect.left_center(), names - 4.0, name, small.clone(), theme.faint);
    let wide = (rect.width() - names) / 2.0;
    for (k, word) in [i18n::text(scene.lang, "net.train"), i18n::text(scene.lang, "net.test")].into_iter().enumerate() {
        let at = pos2(rect.left() + names + wide * (k as f32 + 1.0), rect.center().y);
        text(ui.painter(), at, Align2::RIGHT_CENTER, word, small.clone(), theme.faint);
    }
}

/// A row of names and numbers, right-aligned in columns of one width.
fn row(ui: &mut Ui, scene: &Scene<'_>, name: &str, values: &[String], hint: &str) {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let names = (rect.width() * NAMES).floor();
    elided_text(ui.painter(), rect.left_center(), names, name, face(sizes().body, false), theme.muted);
    let wide = (rect.width() - names) / values.len().max(1) as f32;
    for (k, value) in values.iter().enumerate() {
        let at = pos2(rect.left() + names + wide * (k as f32 + 1.0), rect.center().y);
        text(ui.painter(), at, Align2::RIGHT_CENTER, value, face(sizes().number, true), theme.text);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name} {}", values.join(", "))));
    response.on_hover_text(hint);
}
