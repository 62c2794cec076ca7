//! The tab of the race: who is ahead at this step.

use egui::{Align2, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::paint::{elided_text, face, marker, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{focus_ring, heading};
use crate::explain::steady;
use crate::i18n;
use crate::session::{Command, Session};

/// Draws the tab; a click on a row selects its racer.
pub(super) fn race(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    heading(ui, i18n::text(lang, "app.standings"));
    ui.add_space(4.0);
    let racers: Vec<_> = session.runs().map(|(racer, _)| racer).collect();
    for standing in session.standings() {
        let Some(racer) = racers.get(standing.ball) else { continue };
        let Some(spec) = session.optimizer(racer.id) else { continue };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::click());
        if response.clicked() {
            commands.push(Command::SelectRacer(racer.id));
        }
        let chosen = racer.id == session.document().selected;
        if chosen || response.hovered() {
            let fill = if chosen { theme.accent_soft } else { theme.raised_hover };
            ui.painter().rect_filled(rect.expand2(vec2(8.0, 0.0)), 6.0, fill);
        }
        if response.has_focus() {
            focus_ring(ui, rect.expand2(vec2(8.0, 0.0)), 6);
        }
        let look = theme.racer(racer);
        marker(ui.painter(), rect.left_center() + vec2(6.0, 0.0), look.marker, 5.0, look.color, theme.panel);
        let loss = steady(standing.loss);
        let number = text(
            ui.painter(),
            rect.right_center(),
            Align2::RIGHT_CENTER,
            &loss,
            face(sizes().number, true),
            theme.text,
        );
        let at = pos2(rect.left() + 20.0, rect.center().y);
        let name = spec.name.get(lang);
        elided_text(ui.painter(), at, number.left() - at.x - 8.0, name, face(sizes().body, false), theme.text);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, format!("{name} {loss}")));
    }
}
