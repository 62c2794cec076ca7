//! The learning-rate schedule of the selected racer, as a line of text.

use egui::{Align2, CornerRadius, Margin, Rect, Sense, Stroke, StrokeKind, TextEdit, Ui, pos2, vec2};

use crate::app::model;
use crate::app::paint::{face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::i18n;
use crate::session::{Command, RacerId, Session};

/// Draws the name and the box in one row; what is wrong is said below while it is.
pub(super) fn field(ui: &mut Ui, session: &Session, racer: RacerId, view: &mut ViewState, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    if !view.typing_schedule {
        view.schedule = session.schedule_text(racer).to_owned();
    }
    ui.add_space(4.0);
    let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let name = i18n::text(lang, "app.schedule");
    let named = text(ui.painter(), row.left_center(), Align2::LEFT_CENTER, name, face(sizes().body, false), theme.text);
    label.on_hover_text(i18n::text(lang, "app.schedule_hint"));
    let rect = Rect::from_min_max(pos2(named.right() + 12.0, row.top()), row.max);
    let error = model::schedule_error(session, racer, lang);
    let edit = TextEdit::singleline(&mut view.schedule)
        .id_salt("schedule")
        .font(face(sizes().caption, true))
        .hint_text(i18n::text(lang, "app.schedule_example"))
        .desired_width(rect.width())
        .frame(
            egui::Frame::new()
                .fill(theme.canvas)
                .corner_radius(CornerRadius::same(5))
                .inner_margin(Margin::symmetric(8, 5)),
        );
    let response = ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| edit.show(ui)).inner.response.response;
    let response = response.accessible_name(name);
    view.typing_schedule = response.has_focus();
    let outline = match (&error, response.has_focus()) {
        (Some(_), _) => Stroke::new(1.5, theme.bad),
        (None, true) => Stroke::new(1.5, theme.accent),
        (None, false) => Stroke::new(1.0, theme.line),
    };
    ui.painter().rect_stroke(response.rect, CornerRadius::same(5), outline, StrokeKind::Inside);
    if response.changed() {
        commands.push(Command::SetSchedule { racer, text: view.schedule.clone() });
    }
    if let Some(error) = error {
        ui.label(egui::RichText::new(error).size(sizes().caption).color(theme.bad));
    }
}
