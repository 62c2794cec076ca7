//! Where the descent starts, to the digit, and how noisy its gradients are.

use egui::{Align2, Id, Rect, Sense, Ui, pos2, vec2};

use crate::app::paint::{Icon, face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{NumberField, ROW, Rail, Slider, small_button, switch};
use crate::descent::Noise;
use crate::i18n::{self, Lang};
use crate::optim::Scale;
use crate::session::{Command, Session};

/// The largest seed that a field of floats can show to the digit.
const MOST_SEED: f64 = 9_007_199_254_740_992.0;

/// Draws the fields of the start and the slider of the noise.
pub(super) fn controls(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let start = session.shown_start();
    let surface = session.surface();
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let count = start.len().max(1) as f32;
    let width = (row.width() - 12.0 * (count - 1.0)) / count;
    for (k, &value) in start.iter().enumerate() {
        let left = row.left() + k as f32 * (width + 12.0);
        let name = surface.variables.get(k).map_or("w", String::as_str);
        text(
            ui.painter(),
            pos2(left, row.center().y),
            Align2::LEFT_CENTER,
            name,
            face(sizes().body, true),
            theme.muted,
        );
        let rect = Rect::from_min_max(pos2(left + 18.0, row.top()), pos2(left + width, row.bottom()));
        let domain = surface.domain.get(k).copied().unwrap_or([-1.0, 1.0]);
        let spoken = format!("{} {name}", i18n::text(lang, "app.start"));
        let field = NumberField {
            name: &spoken,
            value,
            range: [-1e12, 1e12],
            speed: (domain[1] - domain[0]) / 400.0,
            digits: 6,
        };
        if let Some(value) = field.show(ui, rect, Id::unique(("start", k))) {
            let mut start = start.to_vec();
            start[k] = value;
            commands.push(session.move_start(start));
        }
    }
    if let Some(racer) = session.selected() {
        let words = [i18n::text(lang, "app.own_start"), i18n::text(lang, "app.own_start_hint")];
        let own = switch(ui, words[0], words[1], racer.start.is_some());
        commands.extend(own.map(|own| Command::MoveRacerStart { racer: racer.id, start: own.then(|| start.to_vec()) }));
    }
    ui.add_space(4.0);
    noise(ui, session, lang, commands);
}

/// The slider of the noise, and its seed: a field, and a button for another one.
fn noise(ui: &mut Ui, session: &Session, lang: Lang, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let Noise { sigma, seed } = session.document().noise;
    let slider = Slider {
        name: i18n::text(lang, "app.noise"),
        symbol: "σ",
        hint: i18n::text(lang, "app.noise_hint"),
        value: sigma,
        rail: Rail { range: [1e-4, 10.0], scale: Scale::Log, zero: true },
        default: Some(0.0),
        limit: None,
        wide: false,
    };
    if let Some(sigma) = slider.show(ui) {
        commands.push(Command::SetNoise { sigma, seed });
    }
    let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let ink = if sigma > 0.0 { theme.text } else { theme.muted };
    let name = i18n::text(lang, "app.seed");
    text(ui.painter(), row.left_center(), Align2::LEFT_CENTER, name, face(sizes().body, false), ink);
    label.on_hover_text(i18n::text(lang, "app.seed_hint"));
    let field = Rect::from_center_size(pos2(row.right() - 33.0, row.center().y), vec2(66.0, 22.0));
    let number = NumberField { name, value: seed as f64, range: [0.0, MOST_SEED], speed: 0.1, digits: 16 };
    let die = Rect::from_center_size(pos2(field.left() - 15.0, row.center().y), vec2(22.0, 22.0));
    let another = small_button(ui, die, Id::unique("new seed"), Icon::Die, i18n::text(lang, "app.new_seed"));
    let entered = number.show(ui, field, Id::unique("seed"));
    // A click gives the next seed, so that the one before can be had again.
    let next = if another { Some(seed.wrapping_add(1)) } else { entered.map(|seed| seed.round() as u64) };
    if let Some(seed) = next {
        commands.push(Command::SetNoise { sigma, seed });
    }
}
