//! The layers: how many units each has and what they answer with, how the first weights are drawn, in which numbers.

use egui::{Align2, Id, Rect, Sense, Ui, pos2, vec2};

use crate::app::paint::{Icon, elided_text, face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{
    ButtonKind, Choice, Chooser, NumberField, ROW, Segment, icon_button, named_row, seed_row, segmented, small_button,
};
use crate::i18n::{self, Lang};
use crate::nn::{Activation, Initializer, Precision};
use crate::session::net::{NetCommand, NetDocument, NetSession};

/// The button that adds a hidden layer; true when it was pressed.
pub(super) fn add(ui: &mut Ui, session: &NetSession, lang: Lang) -> bool {
    let room = session.document().layers.len() <= NetDocument::MAX_HIDDEN;
    let name = i18n::text(lang, "net.add_layer");
    ui.add_enabled_ui(room, |ui| icon_button(ui, Icon::Plus, name, "", ButtonKind::Quiet, 22.0).clicked()).inner
}

/// Draws the list and what is below it.
pub(super) fn controls(ui: &mut Ui, session: &NetSession, lang: Lang, commands: &mut Vec<NetCommand>) {
    let document = session.document();
    let last = document.layers.len().saturating_sub(1);
    for layer in 0..=last {
        row(ui, session, layer, layer == last, lang, commands);
    }
    ui.add_space(4.0);
    initializer(ui, document, lang, commands);
    let (name, hint) = (i18n::text(lang, "net.seed"), i18n::text(lang, "net.seed_hint"));
    let another = i18n::text(lang, "net.weights_seed");
    let another = i18n::fill(lang, "data.another", &[("name", &another)]);
    commands.extend(seed_row(ui, name, hint, document.seed, &another).map(NetCommand::SetSeed));
    let (name, hint) = (i18n::text(lang, "net.precision"), i18n::text(lang, "net.precision_hint"));
    let rect = named_row(ui, name, hint);
    let segment = |value: Precision, word| Segment { value, word, hint };
    let segments = [segment(Precision::F32, "f32"), segment(Precision::F64, "f64")];
    let asked =
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| segmented(ui, document.precision, &segments));
    commands.extend(asked.inner.map(NetCommand::SetPrecision));
}

/// A layer: its name, its units, its activation, and the way out.
fn row(ui: &mut Ui, session: &NetSession, layer: usize, output: bool, lang: Lang, commands: &mut Vec<NetCommand>) {
    let theme = Theme::of(ui);
    let Some(own) = session.document().layers.get(layer) else { return };
    let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + 4.0), Sense::hover());
    let name = if output {
        i18n::text(lang, "net.output").to_owned()
    } else {
        i18n::fill(lang, "net.hidden", &[("number", &(layer + 1))])
    };
    let body = face(sizes().body, false);
    elided_text(ui.painter(), row.left_center(), 84.0, &name, body, theme.text);
    label.on_hover_text(i18n::text(lang, if output { "net.output_hint" } else { "net.hidden_hint" }));
    let id = Id::unique(("net layer", layer));
    let units = Rect::from_min_size(pos2(row.left() + 88.0, row.top() + 4.0), vec2(48.0, 24.0));
    if output {
        let at = pos2(units.right() - 6.0, units.center().y);
        let count = own.units.to_string();
        text(ui.painter(), at, Align2::RIGHT_CENTER, count, face(sizes().number, true), theme.muted);
    } else {
        let words = i18n::fill(lang, "net.units_of", &[("layer", &name)]);
        let most = NetDocument::MAX_UNITS as f64;
        let field = NumberField { name: &words, value: own.units as f64, range: [1.0, most], speed: 0.1, digits: 5 };
        if let Some(units) = field.show(ui, units, id.with("units")) {
            commands.push(NetCommand::SetUnits { layer, units: units.round() as usize });
        }
    }
    let close = Rect::from_min_size(pos2(row.right() - 22.0, row.top() + 5.0), vec2(22.0, 22.0));
    let place =
        Rect::from_min_max(pos2(units.right() + 8.0, row.top() + 3.0), pos2(close.left() - 4.0, row.bottom() - 3.0));
    let words = i18n::fill(lang, "net.activation_of", &[("layer", &name)]);
    let shown = own.activation.to_string();
    let chosen = Activation::ALL.iter().position(|known| known.name() == own.activation.name());
    let field = Chooser { name: &words, shown: (&shown, ""), picture: None, chosen };
    let picked = field.show_in(ui, place, |_| {
        let entry = |known: &Activation| Choice {
            group: "",
            name: known.name(),
            note: formula(*known).to_owned(),
            picture: None,
            hint: "",
        };
        Activation::ALL.iter().map(entry).collect()
    });
    if let Some(activation) = picked.and_then(|index| Activation::ALL.get(index)) {
        commands.push(NetCommand::SetActivation { layer, activation: *activation });
    }
    if !output {
        let words = i18n::fill(lang, "net.remove_layer", &[("layer", &name)]);
        if small_button(ui, close, id.with("close"), Icon::Close, &words) {
            commands.push(NetCommand::RemoveLayer(layer));
        }
    }
}

/// What an activation makes of a sum, as a formula.
pub(in crate::app::net) fn formula(activation: Activation) -> &'static str {
    match activation {
        Activation::Linear => "z",
        Activation::Relu => "max(z, 0)",
        Activation::LeakyRelu(_) => "max(z, 0.01·z)",
        Activation::Elu(_) => "z > 0: z, else exp(z) − 1",
        Activation::Gelu => "z·Φ(z)",
        Activation::GeluTanh => "z·(1 + tanh(…))/2",
        Activation::Silu => "z·σ(z)",
        Activation::Softplus => "ln(1 + exp(z))",
        Activation::Tanh => "tanh(z)",
        Activation::Sigmoid => "1/(1 + exp(−z))",
        Activation::Sin => "sin(z)",
        Activation::Softmax => "exp(z)/Σ exp(z)",
    }
}

fn initializer(ui: &mut Ui, document: &NetDocument, lang: Lang, commands: &mut Vec<NetCommand>) {
    let names: Vec<&'static str> = Initializer::names().collect();
    let (name, hint) = (i18n::text(lang, "net.initializer"), i18n::text(lang, "net.initializer_hint"));
    let rect = named_row(ui, name, hint);
    let shown = document.initializer.to_string();
    let chosen = names.iter().position(|known| *known == document.initializer.name());
    let field = Chooser { name, shown: (&shown, ""), picture: None, chosen };
    let picked = field.show_in(ui, rect, |_| {
        let entry =
            |known: &&'static str| Choice { group: "", name: known, note: String::new(), picture: None, hint: "" };
        names.iter().map(entry).collect()
    });
    let chosen = picked.and_then(|index| names.get(index)).and_then(|name| name.parse().ok());
    commands.extend(chosen.map(NetCommand::SetInitializer));
}
