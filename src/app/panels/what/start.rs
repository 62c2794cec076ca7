//! Where the descent starts, to the digit, and how noisy its gradients are.

use egui::{Align2, Id, Rect, Sense, Ui, pos2, vec2};

use crate::app::paint::{face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{NumberField, Rail, Slider, heading};
use crate::i18n;
use crate::optim::Scale;
use crate::session::{Command, Session};

/// Draws the fields of the start and the slider of the noise.
pub(super) fn controls(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let start = &session.document().start;
    let surface = session.surface();
    heading(ui, i18n::text(lang, "app.start"));
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
            let mut start = start.clone();
            start[k] = value;
            commands.push(Command::MoveStart(start));
        }
    }
    ui.add_space(8.0);
    let noise = &session.document().noise;
    let slider = Slider {
        name: i18n::text(lang, "app.noise"),
        symbol: "σ",
        hint: i18n::text(lang, "app.noise_hint"),
        value: noise.sigma,
        rail: Rail { range: [0.0, 10.0], scale: Scale::Log },
        default: Some(0.0),
        limit: None,
    };
    if let Some(sigma) = slider.show(ui) {
        commands.push(Command::SetNoise { sigma, seed: noise.seed });
    }
}
