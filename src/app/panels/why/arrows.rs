//! The arrows at the ball as rows: a switch, the arrow's look, its name and its numbers.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::model::{ArrowOf, ArrowRow};
use crate::app::paint::{arrow, elided_text, face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{focus_ring, heading};
use crate::explain::brief;
use crate::i18n::{self, Lang};
use crate::session::Command;

/// Points of a row, down.
const ROW: f32 = 22.0;
/// Where the names and the numbers begin.
const NAME: f32 = 54.0;
const NUMBERS: f32 = 118.0;

/// Draws the rows; a click switches an arrow.
pub(super) fn arrows(ui: &mut Ui, lang: Lang, rows: &[ArrowRow], commands: &mut Vec<Command>) {
    heading(ui, i18n::text(lang, "app.arrows"));
    ui.add_space(4.0);
    for row in rows {
        if let Some(on) = arrow_row(ui, lang, row) {
            commands.push(match &row.what {
                ArrowOf::Layer(layer) => Command::SetLayer { layer: *layer, on },
                ArrowOf::State(state) => Command::SetArrow { state: state.clone(), on },
            });
        }
    }
}

fn arrow_row(ui: &mut Ui, lang: Lang, row: &ArrowRow) -> Option<bool> {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let clicked = response.clicked();
    let on = row.on != clicked;
    let name = i18n::fill(lang, "app.arrow.of", &[("name", &row.name)]);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
    let wide = rect.expand2(vec2(6.0, 0.0));
    if response.hovered() {
        ui.painter().rect_filled(wide, CornerRadius::same(5), theme.raised_hover);
    }
    if response.has_focus() {
        focus_ring(ui, wide.shrink(1.5), 5);
    }
    let tick = Rect::from_center_size(rect.left_center() + vec2(7.0, 0.0), vec2(13.0, 13.0));
    let (fill, outline) = if on { (theme.accent, theme.accent) } else { (theme.raised, theme.line_strong) };
    ui.painter().rect(tick, CornerRadius::same(3), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
    if on {
        let c = tick.center();
        let points = vec![c + vec2(-3.5, 0.0), c + vec2(-1.0, 2.75), c + vec2(3.5, -2.75)];
        ui.painter().add(Shape::line(points, Stroke::new(1.75, theme.on_accent)));
    }
    let (from, to) = (rect.left_center() + vec2(20.0, 0.0), rect.left_center() + vec2(46.0, 0.0));
    let mut style = row.kind.style(theme);
    if !on {
        style.color = style.color.gamma_multiply(0.45);
    }
    arrow(ui.painter(), from, to, style, theme.panel);
    let ink = if on { theme.text } else { theme.muted };
    let room = if row.values.len() > 1 { NUMBERS - NAME + 4.0 } else { 100.0 };
    elided_text(ui.painter(), rect.left_center() + vec2(NAME, 0.0), room, &row.name, face(sizes().body, false), ink);
    let columns = row.values.len().max(1) as f32;
    let column = (rect.width() - NUMBERS) / columns;
    for (k, value) in row.values.iter().enumerate() {
        let at = pos2(rect.left() + NUMBERS + column * (k as f32 + 1.0), rect.center().y);
        text(ui.painter(), at, Align2::RIGHT_CENTER, brief(*value), face(sizes().caption, true), ink);
    }
    response.on_hover_text(&row.hint);
    clicked.then_some(on)
}
